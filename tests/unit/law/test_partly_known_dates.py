"""Dates known in part give intervals, never a guess."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ournydesk.law.dates import PartialDate, When, earliest, latest, read_when
from ournydesk.law.naturalization import Basis, Facts, Outcome, Trip, assess
from tests.unit.law.people import assessed, day, tables, trip

WORSE = tuple(Outcome)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("2023-05-06", *["2023-05-06"] * 2),
    ],
)
def test_a_part_of_a_date_is_all_the_days_it_can_be(text: str, first: str, last: str) -> None:
    when = read_when(text)
    assert (earliest(when), latest(when), str(when)) == (day(first), day(last), text)


@pytest.mark.parametrize(
    "text", ["2023-02-30", "2023-13", "23-01-01", "2023-1-1", "", "2023-01-01T00:00", "٢٠٢٣"]
)
def test_what_is_not_a_date_is_not_read_as_one(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_when(text)


def test_an_interval_does_not_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="2020"):
        PartialDate(day("2020-01-02"), day("2020-01-01"))


def test_a_resident_date_known_by_its_month_opens_between_two_days() -> None:
    """8 CFR 334.2(b)."""
    said = assessed(lpr_date="2021-12")
    assert (said.earliest_possible, said.earliest_filing) == (day("2026-09-02"), day("2026-10-02"))
    assert (said.uncertain, said.outcome) == (("lpr_date",), "ready")


def test_a_finding_that_hangs_on_the_day_says_so() -> None:
    """8 CFR 334.2(b): filing opens between 3 and 30 November 2026."""
    maybe = assessed(lpr_date="2022-02", filing_date="2026-11-20")
    assert (maybe.outcome, maybe.codes) == ("not_yet", ("TOO_EARLY",))
    assert "known only in part: lpr_date" in maybe.reasons[0].text
    assert maybe.reasons[0].inputs["certain"] is False


@pytest.mark.parametrize(("filing", "codes"), [("2026-11-02", ("TOO_EARLY",)), ("2026-11-30", ())])
def test_what_holds_on_every_day_it_can_be_is_said_without_reserve(
    filing: str, codes: tuple[str, ...]
) -> None:
    said = assessed(lpr_date="2022-02", filing_date=filing)
    assert said.codes == codes
    assert all("known only in part" not in reason.text for reason in said.reasons)


def test_a_trip_known_by_its_months_is_as_long_as_it_can_be() -> None:
    said = assessed(trips=[trip("2024-01", "2024-07")])
    assert (said.codes, said.longest_absence, said.uncertain) == (
        ("CR_PRESUMPTION",),
        212,
        ("trips[1].depart", "trips[1].ret"),
    )
    assert said.reasons[0].inputs["certain"] is False
    assert assessed(trips=[trip("2024-01", "2024-02")]).codes == ()


def test_a_trip_known_by_its_years_may_be_anything() -> None:
    """From a day to two years: both the break and the presumption are possible."""
    said = assessed(trips=[trip("2024", "2025")])
    assert (set(said.codes), said.outcome) == ({"CR_BREAK", "CR_PRESUMPTION"}, "attorney")


def test_an_early_filer_who_may_not_be_one_is_not_let_through() -> None:
    """8 CFR 316.2(a)(5)."""
    said = assessed(lpr_date="2021-10", filing_date="2026-10-20", state_since="2026-09-01")
    assert (said.outcome, said.codes) == ("not_yet", ("STATE_UNDER_3M",))


def test_a_resident_of_exactly_three_years_or_a_little_less_is_not_taken_for_an_early_filer() -> None:
    """8 CFR 316.2(a)(5): on 1 January the three years may be over, and then the three months count."""
    said = assessed(basis="vawa", lpr_date="2021-01", filing_date="2024-01-01", state_since="2023")
    assert (said.outcome, said.codes) == ("not_yet", ("STATE_UNDER_3M",))


def test_beside_a_certain_break_a_trip_of_unknown_length_may_still_be_a_presumption() -> None:
    """8 U.S.C. 1427(b)."""
    certain, unknown = trip("2022-12-01", "2023-12-05"), trip("2025", "2026-02")
    said = assessed(trips=[certain, unknown])
    assert set(said.codes) == {"CR_BREAK", "CR_PRESUMPTION"}
    assert assessed(trips=[certain]).codes == ("CR_BREAK",)


def test_a_person_still_away_since_a_month_is_counted_from_its_first_day() -> None:
    assert assessed(trips=[trip("2026-10", None)]).longest_absence == 58


def interval(draw: st.DrawFn, day: date) -> When:
    kind = draw(st.sampled_from(("day", "month", "year")))
    return day if kind == "day" else read_when(day.isoformat()[: 7 if kind == "month" else 4])


@st.composite
def histories(draw: st.DrawFn) -> tuple[Facts, Facts]:
    """Facts with some dates known in part, and one thing they may really be."""
    filing = draw(st.dates(date(2024, 1, 1), date(2027, 1, 1)))
    lpr = draw(st.dates(date(2017, 1, 1), date(2023, 1, 1)))
    born = draw(st.dates(date(1990, 1, 1), date(2009, 1, 1)))
    since = filing - timedelta(days=draw(st.integers(60, 200)))
    trips, partly = [], []
    for _ in range(draw(st.integers(0, 3))):
        left = draw(st.dates(date(2016, 1, 1), filing))
        back = left + timedelta(days=draw(st.integers(0, 500)))
        trips.append(Trip(left, back))
        partly.append(Trip(interval(draw, left), interval(draw, back)))
    basis = draw(st.sampled_from((Basis.GENERAL, Basis.VAWA)))
    real = Facts(
        filing_date=filing, lpr_date=lpr, dob=born, state_since=since, basis=basis, trips=tuple(trips)
    )
    told = Facts(
        filing_date=filing,
        lpr_date=interval(draw, lpr),
        dob=interval(draw, born),
        state_since=interval(draw, since),
        basis=basis,
        trips=tuple(partly),
    )
    return told, real


@given(histories())
@settings(max_examples=300, deadline=None)
def test_whatever_the_dates_really_are_they_were_allowed_for(histories: tuple[Facts, Facts]) -> None:
    told, real = (assess(facts, tables()) for facts in histories)
    assert set(real.codes) <= set(told.codes)
    assert WORSE.index(told.outcome) <= WORSE.index(real.outcome)
    assert told.earliest_possible is not None
    assert told.earliest_filing is not None
    assert real.earliest_filing is not None
    assert told.earliest_possible <= real.earliest_filing <= told.earliest_filing
    assert told.presence_days <= real.presence_days
    assert told.longest_absence >= real.longest_absence


def test_a_break_that_may_be_less_is_named_when_another_basis_is_best_on_the_worst_day() -> None:
    """INA 316(b): away 68 to 432 days; on the worst day the spouse basis opens sooner."""
    partly = {
        "lpr_date": "2004-02-28",
        "married": True,
        "marriage_date": "2016-10-20",
        "spouse_usc_since": "2021-03-01",
        "filing_date": "2024-02-29",
    }
    for depart, outcome in (("2019-03-24", Outcome.ATTORNEY), ("2019", Outcome.ATTORNEY)):
        said = assessed(**partly, basis="best", trips=[trip(depart, "2020-03-08")])
        assert said.outcome == outcome
        assert "CR_PRESUMPTION" in said.codes


def test_a_break_an_approved_n470_may_heal_may_also_be_less_than_a_year() -> None:
    """INA 316(b): away 161 to 190 days, or more than a year when the first trip ran into it."""
    trips = [trip("2019-10-23", "2020-04"), trip("2018-02-27", "2019")]
    said = assessed(lpr_date="2019-03-02", n470_approved=True, trips=trips, filing_date="2024-02-29")
    assert {"N470", "CR_PRESUMPTION"} <= set(said.codes)
