"""Worked cases, each naming where its answer comes from."""

from __future__ import annotations

import pytest

from tests.unit.law.people import assessed, day, trip


def test_the_agency_s_own_example_opens_ninety_days_before_five_years() -> None:
    """USCIS M-476: resident since 4 July 2006, file from 5 April 2011."""
    assert assessed(lpr_date="2006-07-04").earliest_filing == day("2011-04-05")


def test_a_trip_over_new_year_has_length_63_and_62_absent_days() -> None:
    """USCIS Policy Manual vol. 12 part D ch. 4: both travel days are days of presence."""
    said = assessed(trips=[trip("2020-12-20", "2021-02-21")], filing_date="2022-01-01")
    assert (said.longest_absence, said.absent_days) == (63, 62)


def test_the_earlier_of_two_bases_is_offered() -> None:
    """8 U.S.C. 1427(a) and 1430(a): five years as a resident come before three years of marriage."""
    said = assessed(
        lpr_date="2020-06-15",
        married=True,
        living_together=True,
        marriage_date="2023-08-20",
        spouse_usc_since="2010-01-01",
        basis="best",
        filing_date="2025-03-17",
    )
    assert said.best_basis == "316"
    assert said.earliest_by_basis == {"316": day("2025-03-17"), "319a": day("2026-08-20")}
    assert said.outcome == "ready"


def test_two_hundred_days_away_need_an_attorney() -> None:
    """8 U.S.C. 1427(b): more than six months and less than a year is a presumption."""
    said = assessed(trips=[trip("2024-01-01", "2024-07-19")])
    assert (said.longest_absence, said.outcome, said.codes) == (200, "attorney", ("CR_PRESUMPTION",))


def test_a_year_away_waits_four_years_and_a_day_and_never_ninety_days_less() -> None:
    """8 CFR 316.5(c)(1)(ii)."""
    said = assessed(trips=[trip("2025-01-01", "2026-01-01")])
    assert (said.longest_absence, said.outcome, said.codes) == (365, "not_yet", ("CR_BREAK",))
    assert said.earliest_filing == day("2030-01-02")


def test_the_agency_s_example_of_fifteen_months_away_opens_four_years_and_a_day_after_return() -> None:
    """USCIS M-476: back on 1 April 1998, file on 2 April 2002, with 364 days of the trip still inside."""
    away = {"dob": "1960-01-01", "lpr_date": "1994-01-01", "trips": [trip("1997-01-01", "1998-04-01")]}
    assert assessed(**away, filing_date="2002-04-01").codes == ("CR_BREAK",)
    after = assessed(**away, filing_date="2002-04-02")
    assert after.earliest_filing == day("2002-04-02")
    assert (after.codes, after.in_window_absence) == (("CR_PRESUMPTION",), 364)


@pytest.mark.parametrize(("filing", "codes"), [("2026-07-04", ("CR_PRESUMPTION",)), ("2026-07-05", ())])
def test_a_healed_break_is_clean_about_four_and_a_half_years_after_return(
    filing: str, codes: tuple[str, ...]
) -> None:
    """USCIS Policy Manual vol. 12 part D ch. 3: by then 180 days of the trip are left in the window."""
    assert assessed(trips=[trip("2020-06-01", "2022-01-01")], filing_date=filing).codes == codes
