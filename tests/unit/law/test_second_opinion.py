"""The rules against a count that walks the calendar, on ten thousand invented histories."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ournydesk.law.naturalization import Basis, Facts, Trip, assess
from ournydesk.law.naturalization.pinned import Journey
from ournydesk.law.naturalization.presence import absences, absent_days, presence_reached, window
from tests.unit.law.day_by_day import Days, count, enough_on
from tests.unit.law.people import tables

HISTORIES = 10_000
PARTS = 5
WATCHED = {"TOO_EARLY", "PRESENCE_SHORT", "CR_BREAK", "CR_PRESUMPTION"}
LENGTHS = (0, 1, 2, 14, 63, 179, 180, 181, 182, 200, 364, 365, 366, 400, 900, 1000)


def history(chance: Random) -> tuple[date, date, list[Days]]:
    """A filing date, a resident date and up to six trips, many of them at the edges of a rule."""
    filing = date(2008, 1, 1) + timedelta(days=chance.randrange(9000))
    if chance.random() < 0.2:
        filing = date(
            chance.choice((2012, 2016, 2020, 2024, 2028)), *chance.choice(((2, 28), (2, 29), (3, 1)))
        )
    lpr = filing - timedelta(days=chance.choice((1005, 1095, 1736, 1737, 1826, 2500, chance.randrange(6000))))
    trips: list[Days] = []
    for _ in range(chance.randrange(7)):
        depart = filing - timedelta(days=chance.randrange(-30, 2400))
        length = chance.choice(LENGTHS) if chance.random() < 0.5 else chance.randrange(500)
        still_away = chance.random() < 0.02
        trips.append((depart, None if still_away else depart + timedelta(days=length)))
    return filing, lpr, trips


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_the_rules_and_the_calendar_agree_on_every_history(part: int) -> None:
    chance = Random(f"histories {part}")  # noqa: S311 — invented journeys, not secrets
    for _ in range(HISTORIES // PARTS):
        filing, lpr, trips = history(chance)
        basis = chance.choice((Basis.GENERAL, Basis.VAWA))
        years, needed = (5, 913) if basis is Basis.GENERAL else (3, 548)
        said = assess(
            Facts(filing_date=filing, lpr_date=lpr, basis=basis, trips=tuple(Trip(*days) for days in trips)),
            tables(),
        )
        counted = count(trips, lpr, filing, years, needed)
        seen = f"{filing} {lpr} {basis} {trips}"
        assert (said.presence_days, said.absent_days) == (counted.present, counted.absent), seen
        assert (said.longest_absence, said.in_window_absence) == (counted.longest, counted.inside), seen
        assert set(said.codes) & WATCHED == counted.codes, seen
        assert said.earliest_filing == counted.earliest, seen


@pytest.mark.slow
def test_the_day_presence_is_reached_is_the_first_one_that_has_enough() -> None:
    chance = Random("enough")  # noqa: S311 — invented journeys, not secrets
    tried = 0
    while tried < 20:
        filing, _, trips = history(chance)
        if any(ret is None for _, ret in trips):
            continue
        away = absences([Journey(n, dep, ret) for n, (dep, ret) in enumerate(trips, start=1)])
        years, needed = chance.choice(((5, 913), (3, 548), (5, 1700), (3, 1000)))
        span = window(filing, years)
        if span.days - absent_days(away, span) >= needed:
            continue
        tried += 1
        assert presence_reached(away, filing, years, needed) == enough_on(trips, filing, years, needed)


DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2027, 1, 1))


@given(trips=st.lists(st.tuples(DAYS, st.integers(0, 700)), max_size=6), filing=DAYS)
@settings(max_examples=200)
def test_present_and_absent_days_fill_the_window_and_order_does_not_matter(
    trips: list[tuple[date, int]], filing: date
) -> None:
    journeys = [Journey(1, dep, dep + timedelta(days=length)) for dep, length in trips]
    span = window(filing, 5)
    forward = absent_days(absences(journeys), span)
    assert 0 <= forward <= span.days
    assert forward == absent_days(absences(journeys[::-1]), span)
    assert forward == absent_days(absences(journeys * 2), span)
