"""Days in the country and days away. Layer: law, stdlib only.

The day of departure and the day of return both count as presence (USCIS Policy Manual vol. 12 part D
ch. 4, January 2022); a day is absent when it lies strictly between them, and no day counts twice.
The window is [filing - N years, filing). The length of an absence is return minus departure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ournydesk.law.dates import ONE_DAY, add_years
from ournydesk.law.naturalization.pinned import Journey


@dataclass(frozen=True, slots=True)
class Window:
    """The days ``start`` to the day before ``end``."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days the window has."""
        return (self.end - self.start).days


@dataclass(frozen=True, slots=True)
class Absence:
    """One unbroken time away: trips that overlap are one. ``ret`` None: not back yet."""

    depart: date
    ret: date | None
    numbers: tuple[int, ...]

    def length(self, today: date) -> int:
        """Return minus departure in days; up to ``today`` for someone still away."""
        return max(0, ((self.ret or today) - self.depart).days)


def window(filing: date, years: int) -> Window:
    """The look-back of ``years`` before the filing date, which itself is outside."""
    return Window(add_years(filing, -years), filing)


def absences(journeys: Sequence[Journey]) -> tuple[Absence, ...]:
    """Trips as unbroken absences, oldest first.

    A trip that starts the day another ended is a second absence: the person was back that day.
    """
    merged: list[Absence] = []
    for trip in sorted(journeys, key=lambda trip: (trip.depart, trip.ret or date.max)):
        before = merged[-1] if merged else None
        if before is not None and (before.ret is None or trip.depart < before.ret):
            ret = None if before.ret is None or trip.ret is None else max(before.ret, trip.ret)
            merged[-1] = Absence(before.depart, ret, (*before.numbers, trip.number))
        else:
            merged.append(Absence(trip.depart, trip.ret, (trip.number,)))
    return tuple(merged)


def absent_days(away: Sequence[Absence], span: Window) -> int:
    """Days inside the window on which the person was in no part of the day in the country."""
    total = 0
    for absence in away:
        first = max(absence.depart + ONE_DAY, span.start)
        after = span.end if absence.ret is None else min(absence.ret, span.end)
        total += max(0, (after - first).days)
    return total


def presence_reached(away: Sequence[Absence], filing: date, years: int, required: int) -> date | None:
    """The first filing date from ``filing`` on with ``required`` days, if no further trip is made.

    None while the person is away. ``required`` fits into the years: ``read_rules`` sees to it. A later
    filing date gains a day only where a day of absence leaves the window at its old end, or around
    29 February, where the window itself grows: all else is stepped over.
    """
    if any(absence.ret is None for absence in away):
        return None
    day = filing
    while True:
        span = window(day, years)
        short = required - (span.days - absent_days(away, span))
        if short <= 0:
            return day
        day = max(day + ONE_DAY, _next_gain(away, span, short, years))


def _next_gain(away: Sequence[Absence], span: Window, short: int, years: int) -> date:
    leap = date(span.end.year + (span.end > date(span.end.year, 3, 1)), 2, 28)
    leaving = [max(absence.depart + ONE_DAY, span.start) for absence in away if _lasts(absence, span.start)]
    if min(leaving) == span.start:
        return min(leap, span.end + timedelta(days=short))
    return min(leap, add_years(min(leaving), years))


def _lasts(absence: Absence, day: date) -> bool:
    return absence.ret is not None and absence.ret > max(absence.depart + ONE_DAY, day)
