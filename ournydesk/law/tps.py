"""Temporary protected status by country. Layer: law, stdlib only; the table is ``tps.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from ournydesk.law.reading import Provenance, read_law

FILE = "tps.toml"


class TpsState(StrEnum):
    """What the table says; ``LAPSED``: the last day has passed and nothing later is known."""

    ACTIVE = "active"
    LAPSED = "lapsed"
    CONFLICTING = "conflicting"
    TERMINATED = "terminated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Designation:
    """One designation of one country as the table has it."""

    country: str
    designation: str
    state: TpsState
    until: date | None
    notice: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TpsTable:
    """All designations, with the statute they rest on."""

    provenance: Provenance
    citation: str
    rows: tuple[Designation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TpsStatus:
    """What to tell an attorney of one designation on one day."""

    country: str
    designation: str
    state: TpsState
    until: date | None
    text: str
    citation: str
    mark: str
    notice: str | None


def read_tps(own: Path | None = None) -> TpsTable:
    """The table the desk ships, or the organisation's own. Raises BadInput as ``read_law`` does."""
    file = read_law(FILE, own)
    return TpsTable(
        provenance=file.provenance(),
        citation=file.text("citation"),
        rows=tuple(
            Designation(
                country=row.text("name"),
                designation=row.text("designation") if row.has("designation") else "",
                state=TpsState(row.one_of("state", ("active", "conflicting", "terminated"))),
                until=row.day("until") if row.has("until") else None,
                notice=row.text("notice") if row.has("notice") else "",
                text=row.text("text") if row.has("text") else "",
            )
            for row in file.rows("country")
        ),
    )


def tps(country: str, on: date, table: TpsTable) -> tuple[TpsStatus, ...]:
    """Every designation of a country, as on that day; empty for a country the table does not name."""
    return tuple(
        TpsStatus(
            country=row.country,
            designation=row.designation,
            state=_state(row, on),
            until=row.until,
            text=_text(row, _state(row, on)),
            citation=", ".join(filter(None, (table.citation, row.notice))),
            mark=table.provenance.mark,
            notice=table.provenance.notice(on),
        )
        for row in table.rows
        if row.country.casefold() == country.strip().casefold()
    )


def _state(row: Designation, on: date) -> TpsState:
    lapsed = row.state is TpsState.ACTIVE and row.until is not None and row.until < on
    return TpsState.LAPSED if lapsed else row.state


def _text(row: Designation, state: TpsState) -> str:
    said = {
        TpsState.ACTIVE: f"In force until {row.until}.",
        TpsState.LAPSED: f"In force until {row.until}; whether it was extended is not known here.",
        TpsState.CONFLICTING: f"Sources disagree whether it ended on {row.until}.",
        TpsState.TERMINATED: f"Ended on {row.until}." if row.until is not None else "Ended.",
    }[state]
    after = "" if state is TpsState.ACTIVE else " Unlawful presence may run again; ask about late asylum."
    return f"{said}{after} {row.text}".strip()
