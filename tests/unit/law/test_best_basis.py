"""Which of two bases is offered, and why."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.law.people import assessed, day, trip

COUPLE: dict[str, Any] = {
    "basis": "best",
    "married": True,
    "living_together": True,
    "marriage_date": "2015-01-10",
    "spouse_usc_since": "birth",
}


def test_a_spouse_of_a_citizen_is_offered_three_years_when_five_are_not_over() -> None:
    """8 U.S.C. 1430(a)."""
    said = assessed(**COUPLE, lpr_date="2023-02-01")
    assert (said.best_basis, said.earliest_filing, said.outcome) == ("319a", day("2025-11-03"), "ready")
    assert said.earliest_by_basis == {"319a": day("2025-11-03"), "316": day("2027-11-03")}


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("married", False),
        ("living_together", False),
        ("divorce_date", "2026-01-01"),
        ("marriage_date", None),
        ("spouse_usc_since", None),
    ],
)
def test_without_a_living_marriage_to_a_citizen_only_five_years_are_tried(fact: str, value: object) -> None:
    said = assessed(**{**COUPLE, fact: value})
    assert (said.best_basis, list(said.earliest_by_basis), said.codes) == ("316", ["316"], ())


def test_of_two_equal_dates_the_lower_burden_of_proof_is_offered() -> None:
    said = assessed(**{**COUPLE, "marriage_date": "2017-03-17"}, lpr_date="2015-06-15")
    assert said.earliest_by_basis == {"316": day("2020-03-17"), "319a": day("2020-03-17")}
    assert said.best_basis == "316"


def test_a_basis_that_can_be_filed_comes_before_an_earlier_one_that_cannot() -> None:
    """Short of 548 days in three years, but not of 913 in five (Policy Manual vol. 12 part D ch. 4)."""
    away = [trip(f"{year}-{start}", f"{year}-{end}") for year in (2024, 2025, 2026) for start, end in SUMMERS]
    said = assessed(**COUPLE, lpr_date="2015-06-15", trips=away)
    assert (said.best_basis, said.outcome) == ("316", "ready")
    assert assessed(**{**COUPLE, "basis": "319a"}, trips=away).codes == ("PRESENCE_SHORT",)


SUMMERS = (("01-02", "04-20"), ("05-01", "08-20"))


def test_a_basis_without_a_presumption_comes_before_one_with() -> None:
    said = assessed(**COUPLE, trips=[trip("2022-01-01", "2022-08-01")])
    assert (said.best_basis, said.outcome) == ("319a", "ready")
    assert assessed(trips=[trip("2022-01-01", "2022-08-01")]).codes == ("CR_PRESUMPTION",)


def test_nobody_s_resident_date_leaves_no_date() -> None:
    said = assessed(**COUPLE, lpr_date=None)
    assert said.best_basis == "316"
    assert said.earliest_by_basis == {"316": None, "319a": None}
