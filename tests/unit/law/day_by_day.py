"""A second opinion on absences that shares no code with the rules: it walks the calendar a day at a time.

Written only for the tests. Slow, plain and independent: sets of day numbers, no interval arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

Days = tuple[date, date | None]


def anniversary(day: date, years: int) -> date:
    """Step a day at a time to the same month and day; 29 February may land on 1 March."""
    wanted = (day.month, day.day)
    found = date(day.year + years, 1, 1)
    while (found.month, found.day) < wanted:
        found += timedelta(days=1)
    return found


@dataclass(frozen=True)
class Count:
    present: int
    absent: int
    longest: int
    inside: int
    codes: frozenset[str]
    earliest: date | None


def away_days(trips: Sequence[Days], filing: date) -> set[int]:
    """Numbers of the days on which the person was away from midnight to midnight."""
    away: set[int] = set()
    for depart, ret in trips:
        last = (ret or filing + timedelta(days=4000)).toordinal()
        away.update(range(depart.toordinal() + 1, last))
    return away


def runs(away: set[int]) -> Iterator[tuple[int, int]]:
    """Unbroken stretches of away days as (first, last)."""
    first = previous = None
    for number in sorted(away):
        if previous is None or first is None:
            first = number
        elif number != previous + 1:
            yield first, previous
            first = number
        previous = number
    if first is not None and previous is not None:
        yield first, previous


def count(trips: Sequence[Days], lpr: date, filing: date, years: int, needed: int) -> Count:
    away = away_days(trips, filing)
    start, end = anniversary(filing, -years).toordinal(), filing.toordinal()
    present = absent = 0
    for number in range(start, end):
        if number in away:
            absent += 1
        else:
            present += 1
    codes = set()
    waits = [anniversary(lpr, years) - timedelta(days=90)]
    if filing < waits[0]:
        codes.add("TOO_EARLY")
    if present < needed:
        codes.add("PRESENCE_SHORT")
    longest = inside = 0
    for left, returned in trips:
        # A night abroad has no whole day away, yet a length of one. Someone who left again and is still
        # away cannot have come back later: of two trips that say so, the open one counts.
        gone = any(ret is None and (returned is None or dep < returned) for dep, ret in trips)
        until = returned if returned is not None and not (gone and returned > filing) else filing
        if left < filing and (returned is None or returned > lpr):
            longest = max(longest, (until - left).days)
            inside = max(inside, (min(until, filing) - max(left, lpr, date.fromordinal(start))).days)
    breaks, presumed = [], []
    openings: list[date | None] = []
    for first, last in runs(away):
        back = date.fromordinal(last + 1)
        open_ended = any(ret is None and dep.toordinal() < last for dep, ret in trips)
        left = date.fromordinal(first - 1)
        if back <= lpr or left >= filing:
            continue
        until = filing if open_ended else back
        longest = max(longest, (until - left).days)
        began = max(left, lpr)
        whole = (until - began).days
        part = (min(until, filing) - max(began, date.fromordinal(start))).days
        inside = max(inside, part)
        again = None if open_ended else anniversary(back, years - 1) + timedelta(days=1)
        if whole >= 365 and part > 0:
            openings.append(again)
        if whole >= 365 and (again is None or filing < again):
            breaks.append((began, again))
        elif (until - max(began, date.fromordinal(start))).days > 180:
            presumed.append(began)
    known = [again for again in openings if again is not None]
    earliest = max(waits + known) if len(known) == len(openings) else None
    if breaks:
        codes.add("CR_BREAK")
    last_break = max((began for began, _ in breaks), default=date.min)
    if any(began >= last_break for began in presumed):
        codes.add("CR_PRESUMPTION")
    return Count(present, absent, longest, inside, frozenset(codes), earliest)


def enough_on(trips: Sequence[Days], filing: date, years: int, needed: int) -> date:
    """The first filing date with enough presence, found by trying one day after the other."""
    away = away_days(trips, filing)
    zero = date(1990, 1, 1).toordinal()
    here = bytes(0 if number in away else 1 for number in range(zero, zero + 30_000))
    while True:
        first, last = anniversary(filing, -years).toordinal(), filing.toordinal()
        if sum(here[first - zero : last - zero]) >= needed:
            return filing
        filing += timedelta(days=1)
