"""The last day to ask for asylum, counted from the latest arrival. Layer: law.

Source: 8 U.S.C. 1158(a)(2)(B); 8 CFR 208.4(a)(2)(ii). The day of arrival is day 0; a last day on a
Saturday, Sunday or legal holiday moves to the next day that is none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ournydesk.errors import BadInput
from ournydesk.law.dates import ONE_DAY, When, deadline_years, earliest, latest
from ournydesk.law.federal_holidays import is_business_day
from ournydesk.law.reading import Authority, Provenance, read_law

FILE = "asylum.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class AsylumTable:
    """The length of the period and the first day it can run from."""

    provenance: Provenance
    years: int
    not_before: date
    authority: Authority
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AsylumDate:
    """The last day, the day to aim for, and how many days are left (negative when it has passed)."""

    last_day: date
    safe_target: date
    days_left: int
    counted_from: date
    last_day_at_most: date
    """Later than ``last_day`` only when the arrival is known in part."""
    text: str
    citation: str
    mark: str
    notices: tuple[str, ...]


def read_asylum(own: Path | None = None) -> AsylumTable:
    """The table the desk ships, or the organisation's own. Raises BadInput as ``read_law`` does."""
    file = read_law(FILE, own)
    row = file.section("deadline")
    return AsylumTable(
        provenance=file.provenance(),
        years=row.integer("years"),
        not_before=row.day("not_before"),
        authority=row.authority(),
        note=row.text("note"),
    )


def asylum_date(
    arrivals: Sequence[When],
    as_of: date,
    table: AsylumTable,
    open_on: Callable[[date], bool] = is_business_day,
) -> AsylumDate:
    """The one-year date of a person with these arrivals, in whatever order they were typed.

    An arrival known only in part counts from the first day it can be. Raises BadInput when there is no
    arrival, or one after ``as_of``.
    """
    if not arrivals:
        raise BadInput("arrivals is empty: give at least the latest date of arrival.", key="arrivals")
    future = [arrival for arrival in arrivals if earliest(arrival) > as_of]
    if future:
        raise BadInput(f"arrivals: {future[0]} is after {as_of}; correct it.", key="arrivals")
    start = max(table.not_before, *(earliest(arrival) for arrival in arrivals))
    end = max(table.not_before, *(min(latest(arrival), as_of) for arrival in arrivals))
    anniversary = deadline_years(start, table.years)
    last_day = _rolled(anniversary, open_on)
    left = (last_day - as_of).days
    return AsylumDate(
        last_day=last_day,
        safe_target=anniversary - ONE_DAY,
        days_left=left,
        counted_from=start,
        last_day_at_most=_rolled(deadline_years(end, table.years), open_on),
        text=_text(start, last_day, left, table),
        citation=table.authority.citation,
        mark=table.authority.mark,
        notices=tuple(said for said in (table.provenance.notice(as_of),) if said is not None),
    )


def _rolled(day: date, open_on: Callable[[date], bool]) -> date:
    while not open_on(day):
        day += ONE_DAY
    return day


def _text(start: date, last_day: date, left: int, table: AsylumTable) -> str:
    ahead = f"{left} days are left" if left >= 0 else f"it passed {-left} days ago"
    return f"Counted from the latest arrival on {start}, the last day is {last_day}; {ahead}. {table.note}"
