"""Invented people for the rules: valid by default, override the one fact that matters."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from ournydesk.law.naturalization import Assessment, Facts, assess
from ournydesk.law.naturalization.reported import read_facts
from ournydesk.law.tables import Tables, read_tables

FILING = "2026-11-28"


@cache
def tables() -> Tables:
    return read_tables()


def facts(**changed: Any) -> Facts:
    """Someone of 40 who has been a resident for eleven years and never travelled."""
    return read_facts(
        {
            "dob": "1986-05-17",
            "sex": "F",
            "lpr_date": "2015-06-15",
            "filing_date": FILING,
            "basis": "316",
            **changed,
        }
    )


def assessed(**changed: Any) -> Assessment:
    return assess(facts(**changed), tables())


def trip(depart: str, ret: str | None) -> dict[str, str | None]:
    return {"depart": depart, "ret": ret}


def day(text: str) -> date:
    return date.fromisoformat(text)
