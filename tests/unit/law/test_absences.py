"""Presence and continuous residence: both sides of every boundary."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ournydesk.errors import BadInput
from ournydesk.law.naturalization import Facts, Trip, assess
from tests.unit.law.people import assessed, day, tables, trip


def away(days: int, ret: str = "2025-06-01") -> dict[str, str | None]:
    return trip(str(day(ret) - timedelta(days=days)), ret)


@pytest.mark.parametrize(
    ("length", "codes"),
    [
        pytest.param(180, (), id="8 U.S.C. 1427(b): 180 days"),
        pytest.param(181, ("CR_PRESUMPTION",), id="8 U.S.C. 1427(b): 181 days"),
        pytest.param(364, ("CR_PRESUMPTION",), id="8 CFR 316.5(c)(1)(i): 364 days"),
        pytest.param(365, ("CR_BREAK",), id="8 CFR 316.5(c)(1)(ii): 365 days"),
        pytest.param(366, ("CR_BREAK",), id="8 CFR 316.5(c)(1)(ii): 366 days"),
    ],
)
def test_the_length_of_an_absence_decides(length: int, codes: tuple[str, ...]) -> None:
    said = assessed(trips=[away(length)])
    assert (said.codes, said.longest_absence, said.in_window_absence) == (codes, length, length)


@pytest.mark.parametrize(("basis", "opens"), [("316", "2029-06-02"), ("vawa", "2027-06-02")])
def test_after_a_break_filing_opens_on_the_day_and_not_before(basis: str, opens: str) -> None:
    """8 CFR 316.5(c)(1)(ii): four (two) years and one day, and no 90 days on top."""
    broken = {"basis": basis, "trips": [away(400)]}
    assert assessed(**broken).earliest_filing == day(opens)
    eve = assessed(**broken, filing_date=str(day(opens) - timedelta(days=1)))
    assert (eve.outcome, eve.codes) == ("not_yet", ("CR_BREAK",))
    then = assessed(**broken, filing_date=opens)
    assert (then.outcome, then.codes, then.in_window_absence) == ("attorney", ("CR_PRESUMPTION",), 364)


def test_back_on_29_february_opens_on_2_march() -> None:
    """8 CFR 316.5(c)(1)(ii); an anniversary a year does not have is 1 March."""
    said = assessed(basis="vawa", trips=[away(400, "2024-02-29")], filing_date="2026-01-01")
    assert said.earliest_filing == day("2026-03-02")


def test_a_leap_day_inside_does_not_turn_a_healed_break_into_a_new_one() -> None:
    """8 CFR 316.5(c)(1)(ii): the window then holds 365 days of the trip."""
    said = assessed(trips=[away(400, "2020-06-01")], filing_date="2024-06-02")
    assert (said.codes, said.in_window_absence) == (("CR_PRESUMPTION",), 365)


@pytest.mark.parametrize(
    ("filing", "codes", "inside"),
    [
        pytest.param("2026-11-28", (), 180, id="180 days of the trip inside"),
        pytest.param("2026-11-27", ("CR_PRESUMPTION",), 181, id="181 days of the trip inside"),
    ],
)
def test_of_a_trip_over_the_edge_only_the_part_inside_counts(
    filing: str, codes: tuple[str, ...], inside: int
) -> None:
    """8 U.S.C. 1427(b): absences during the period."""
    said = assessed(trips=[trip("2021-09-01", "2022-05-27")], filing_date=filing)
    assert (said.codes, said.in_window_absence, said.longest_absence) == (codes, inside, 268)


def test_a_trip_of_six_calendar_months_is_told_apart() -> None:
    grey = assessed(trips=[trip("2024-03-01", "2024-09-01")])
    assert (grey.longest_absence, grey.codes) == (184, ("CR_PRESUMPTION",))
    assert "six calendar months" in grey.reasons[0].text
    assert "six calendar months" not in assessed(trips=[trip("2024-03-01", "2024-09-02")]).reasons[0].text


def test_an_old_year_away_is_on_record_but_in_nobody_s_way() -> None:
    said = assessed(trips=[trip("2017-01-01", "2018-06-01")])
    assert (said.outcome, said.codes, said.longest_absence, said.in_window_absence) == ("ready", (), 516, 0)
    assert "LONG_ABSENCE_ON_RECORD" in [note.code for note in said.workings]


def test_an_approved_n470_keeps_the_break_away() -> None:
    """8 U.S.C. 1427(b)."""
    said = assessed(n470_approved=True, trips=[away(400), away(200, "2023-01-01")])
    assert (said.outcome, set(said.codes)) == ("attorney", {"N470", "CR_PRESUMPTION"})
    assert said.earliest_filing == day("2020-03-17")
    assert assessed(n470_approved=True).codes == ("N470",)


def test_what_came_before_a_break_no_longer_matters_and_what_came_after_does() -> None:
    year = away(400)
    assert assessed(trips=[away(200, "2023-06-01"), year]).codes == ("CR_BREAK",)
    assert assessed(trips=[year, away(200, "2026-06-01")]).codes == ("CR_PRESUMPTION", "CR_BREAK")


def absent(days: int) -> list[dict[str, str | None]]:
    """Trips of at most 150 whole days away each, ending before 20 November 2026."""
    trips, end = [], day("2026-11-20")
    while days:
        stretch = min(150, days)
        start = end - timedelta(days=stretch + 1)
        trips.append(trip(str(start), str(end)))
        end, days = start, days - stretch
    return trips


@pytest.mark.parametrize(
    ("basis", "gone", "present", "codes"),
    [
        pytest.param("316", 1826 - 913, 913, (), id="Policy Manual 12 D 4: 913 of 1826"),
        pytest.param("316", 1826 - 912, 912, ("PRESENCE_SHORT",), id="Policy Manual 12 D 4: 912 of 1826"),
        pytest.param("vawa", 1096 - 548, 548, (), id="Policy Manual 12 D 4: 548 of 1096"),
        pytest.param("vawa", 1096 - 547, 547, ("PRESENCE_SHORT",), id="Policy Manual 12 D 4: 547 of 1096"),
    ],
)
def test_half_the_time_present(basis: str, gone: int, present: int, codes: tuple[str, ...]) -> None:
    said = assessed(basis=basis, trips=absent(gone))
    assert (said.presence_days, said.absent_days, said.codes) == (present, gone, codes)
    assert said.outcome == ("not_yet" if codes else "ready")


@pytest.mark.parametrize(
    ("filing", "days"), [("2026-11-28", 1826), ("2025-01-01", 1827), ("2028-02-29", 1826)]
)
def test_the_window_has_the_leap_days_it_has(filing: str, days: int) -> None:
    """USCIS Policy Manual vol. 12 part D ch. 4: five years before filing, the filing date outside."""
    assert assessed(filing_date=filing).presence_days == days


def test_the_day_of_filing_is_outside_the_window_and_its_first_day_inside() -> None:
    assert assessed(trips=[trip("2021-11-27", "2021-11-29")]).absent_days == 1
    assert assessed(trips=[trip("2021-11-26", "2021-11-28")]).absent_days == 0
    assert assessed(trips=[trip("2026-11-26", "2026-11-28")]).absent_days == 1
    assert assessed(trips=[trip("2026-11-27", "2026-11-29")]).absent_days == 0


def test_how_many_more_days_are_needed_and_when_is_said() -> None:
    """Away all of 1035 days; each day of waiting adds one until half of five years is reached."""
    said = assessed(trips=[trip("2024-01-01", "2026-11-01")], n470_approved=True)
    short = next(reason for reason in said.reasons if reason.code == "PRESENCE_SHORT")
    assert (short.inputs["presence_days"], said.absent_days) == (1826 - 1034, 1034)
    # 792 days: 765 before the trip, 27 after it. Those before it leave the window one a day as well, so
    # nothing is gained until 2024-01-02 + 5 years, when the first away day leaves it.
    assert short.inputs["reached_on"] == day("2029-05-02")


def test_for_someone_still_away_no_day_can_be_given() -> None:
    said = assessed(trips=[trip("2024-01-01", None)])
    assert [reason.inputs["reached_on"] for reason in said.reasons if reason.code == "PRESENCE_SHORT"] == [
        None
    ]


def test_someone_still_away_for_a_year_has_no_date_yet() -> None:
    said = assessed(trips=[trip("2025-11-28", None)])
    assert (said.codes, said.earliest_filing, said.longest_absence) == (("CR_BREAK",), None, 365)
    assert "still away" in said.reasons[0].text
    assert assessed(trips=[trip("2025-11-29", None)]).codes == ("CR_PRESUMPTION",)


def test_a_trip_after_filing_is_noted_and_not_counted() -> None:
    said = assessed(trips=[trip("2026-11-28", "2027-12-28")])
    assert (said.codes, said.absent_days, said.longest_absence) == ((), 0, 0)
    assert "TRIP_AFTER_FILING" in [note.code for note in said.workings]


def test_a_trip_that_runs_past_filing_counts_whole_for_residence() -> None:
    """8 U.S.C. 1427(b): absences up to the oath count too."""
    said = assessed(trips=[trip("2026-09-01", "2027-04-01")])
    assert (said.codes, said.in_window_absence) == (("CR_PRESUMPTION",), 88)


def test_time_abroad_before_permanent_residence_breaks_nothing() -> None:
    """8 U.S.C. 1427(a): residence after being admitted for permanent residence."""
    said = assessed(lpr_date="2022-01-10", basis="vawa", trips=[trip("2019-01-01", "2022-01-10")])
    assert (said.codes, said.longest_absence) == ((), 0)
    across = assessed(
        lpr_date="2022-01-10", trips=[trip("2021-01-10", "2022-03-01")], filing_date="2026-12-01"
    )
    assert (across.codes, across.longest_absence, across.in_window_absence) == ((), 415, 50)


def test_overlapping_trips_are_one_absence_and_no_day_counts_twice() -> None:
    said = assessed(trips=[trip("2025-01-01", "2025-03-01"), trip("2025-02-01", "2025-04-01")])
    assert (said.absent_days, said.longest_absence) == (89, 90)
    assert "TRIPS_OVERLAP" in [note.code for note in said.workings]


def test_a_trip_that_starts_the_day_another_ended_is_a_second_absence() -> None:
    said = assessed(trips=[trip("2025-01-01", "2025-05-01"), trip("2025-05-01", "2025-09-01")])
    assert (said.absent_days, said.longest_absence, said.codes) == (119 + 122, 123, ())


def test_several_trips_of_nearly_six_months_are_noted() -> None:
    said = assessed(trips=[away(170, "2025-06-01"), away(175, "2024-06-01")])
    assert said.outcome == "ready"
    assert "NEAR_SIX_MONTHS" in [note.code for note in said.workings]


def test_a_trip_that_ends_before_it_starts_is_refused_by_number() -> None:
    with pytest.raises(BadInput, match="trip 2 ends on 2025-01-01"):
        assessed(trips=[trip("2024-01-01", "2024-01-01"), trip("2025-01-02", "2025-01-01")])


def test_a_year_nobody_can_mean_is_refused_by_name() -> None:
    with pytest.raises(BadInput, match=r"trips\[1\].depart: 0204-01-01"):
        assess(Facts(filing_date=day("2026-01-01"), trips=(Trip(day("0204-01-01"), None),)), tables())
