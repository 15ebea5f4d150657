"""Facts with every date pinned to one day. Layer: law, stdlib only.

A date known only in part can be many days. The rules run twice: once with each such date at its
cautious end, the one that makes a person wait longer, and once at its hopeful end. What both runs
agree on is certain; what they differ on depends on the day nobody has told us yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from ournydesk.law.dates import PartialDate, When, earliest, latest
from ournydesk.law.naturalization.facts import Facts, Trip

Pin = Callable[[When], date]
_DATES: Final = (
    "filing_date",
    "dob",
    "lpr_date",
    "marriage_date",
    "divorce_date",
    "spouse_usc_since",
    "state_since",
)


@dataclass(frozen=True, slots=True)
class Journey:
    """A trip with definite days; ``ret`` None while still away. ``number`` counts from 1 as entered."""

    number: int
    depart: date
    ret: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The dated facts of one run, and all others as they were given."""

    facts: Facts
    dob: date | None
    lpr: date | None
    absences_count_from: date | None
    """The other end of a partly known resident date, so that no long trip slips through."""
    marriage: date | None
    divorce: date | None
    spouse_usc_since: date | None
    state_since: date | None
    journeys: tuple[Journey, ...]


def dates(facts: Facts) -> Iterator[tuple[str, When]]:
    """Every date in the facts with its name, trips by number."""
    for name in _DATES:
        given = getattr(facts, name)
        if isinstance(given, date | PartialDate):
            yield name, given
    for number, trip in enumerate(facts.trips, start=1):
        yield f"trips[{number}].depart", trip.depart
        if trip.ret is not None:
            yield f"trips[{number}].ret", trip.ret


def partly_known(facts: Facts) -> tuple[str, ...]:
    """Names of the facts whose day is not certain."""
    return tuple(name for name, given in dates(facts) if isinstance(given, PartialDate))


def pinned(facts: Facts, *, cautious: bool) -> Person:
    """Every date at the end that makes the person wait longer, or at the other end."""
    later, sooner = (latest, earliest) if cautious else (earliest, latest)
    usc = facts.spouse_usc_since
    return Person(
        facts=facts,
        dob=_pin(facts.dob, later),
        lpr=_pin(facts.lpr_date, later),
        absences_count_from=_pin(facts.lpr_date, sooner),
        marriage=_pin(facts.marriage_date, later),
        divorce=_pin(facts.divorce_date, sooner),
        spouse_usc_since=None if isinstance(usc, str) else _pin(usc, later),
        state_since=_pin(facts.state_since, later),
        journeys=tuple(_journey(number, trip, cautious) for number, trip in enumerate(facts.trips, start=1)),
    )


def _pin(when: When | None, end: Pin) -> date | None:
    return None if when is None else end(when)


def _journey(number: int, trip: Trip, cautious: bool) -> Journey:
    if cautious:
        return Journey(number, earliest(trip.depart), _pin(trip.ret, latest))
    if trip.ret is None:
        return Journey(number, latest(trip.depart), None)
    depart = min(latest(trip.depart), latest(trip.ret))
    return Journey(number, depart, max(earliest(trip.ret), depart))
