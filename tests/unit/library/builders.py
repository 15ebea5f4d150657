"""Fillings of the naturalization intake, and the invented client who went through it first."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

from forms.engine import Form, Session, compile_xlsform, load_form
from forms.library import LibraryForm, library
from forms.library.items import fill_from_items

NOON: Final = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
ENGLISH: Final = "English (en)"
BENGALI: Final = "Bengali (bn)"
CONSENT: Final = {
    "/data/consent/heard_in": "en",
    "/data/consent/agrees": "Y",
    "/data/consent/scope_understood": "Y",
}


def the_intake() -> LibraryForm:
    [found] = [one for one in library() if one.id == "naturalization"]
    return found


@cache
def the_form() -> Form:
    compiled = compile_xlsform(the_intake().folder)
    return load_form(compiled.xml, compiled.files)


def a_filling() -> Session:
    """Nothing answered but the consent."""
    session = Session.start(the_form(), NOON)
    for path, answer in CONSENT.items():
        session.set(path, answer)
    return session


def example() -> dict[str, Any]:
    """The items of the client in ``examples/first.json``; a copy of one's own."""
    told = json.loads((the_intake().folder / "examples" / "first.json").read_text(encoding="utf-8"))
    items: dict[str, Any] = told["items"]
    return items


def a_full_filling() -> Session:
    """The client of the example, with a row in every table."""
    session = a_filling()
    fill_from_items(session, {**example(), "P2.6.other": ["1984-03-01"], "P2.9.other": ["Canada"]})
    return session


def answered(value: object) -> object:
    """The same without the rows' blank answers, which are no answers."""
    if isinstance(value, list):
        return [answered(one) for one in value]
    if isinstance(value, dict):
        return {key: one for key, one in value.items() if one != ""}
    return value
