"""What differs from basis to basis: both sides of each line."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.law.people import assessed, trip

SPOUSE = {
    "married": True,
    "living_together": True,
    "marriage_date": "2015-01-10",
    "spouse_usc_since": "birth",
}
SERVED = {"military": {"active_hostilities": True, "honorable": True}}
BASES: dict[str, dict[str, Any]] = {
    "316": {},
    "319a": SPOUSE,
    "vawa": {},
    "328": SERVED,
    "329": SERVED,
}


@pytest.mark.parametrize("basis", ["316", "319a", "vawa", "328"])
@pytest.mark.parametrize(("dob", "young"), [("2008-11-28", False), ("2008-11-29", True)])
def test_eighteen_on_every_basis_but_hostilities(basis: str, dob: str, young: bool) -> None:
    """8 U.S.C. 1445(b), 1439; any age under 1440."""
    assert ("UNDER_18" in assessed(**BASES[basis], basis=basis, dob=dob).codes) is young
    assert "UNDER_18" not in assessed(**SERVED, basis="329", dob="2026-11-28", lpr_date=None).codes


@pytest.mark.parametrize(
    ("basis", "inside", "outside"),
    [
        pytest.param("316", "2021-11-28", "2021-11-27", id="8 U.S.C. 1427(a): five years"),
        pytest.param("319a", "2023-11-28", "2023-11-27", id="8 U.S.C. 1430(a): three years"),
        pytest.param("vawa", "2023-11-28", "2023-11-27", id="8 U.S.C. 1430(a): three years, VAWA"),
        pytest.param("328", "2021-11-28", "2021-11-27", id="8 U.S.C. 1439: five years"),
        pytest.param("329", "2025-11-28", "2025-11-27", id="8 CFR 329.2(d): one year"),
    ],
)
def test_the_period_of_good_conduct(basis: str, inside: str, outside: str) -> None:
    for first, two in ((inside, True), (outside, False)):
        flags = [f"dui_conviction:{first}", "dui_conviction:2026-06-01"]
        said = assessed(**BASES[basis], basis=basis, flags=flags)
        assert ("GMC_TWO_DUI" in said.codes) is two


@pytest.mark.parametrize(
    ("basis", "age"),
    [("316", 31), ("319a", 29), ("vawa", 29), ("328", 31), ("329", 31)],
    ids=str,
)
def test_the_age_from_which_a_missed_registration_is_history(basis: str, age: int) -> None:
    """USCIS Policy Manual vol. 12 part D ch. 7: 26 and the period of good conduct."""
    him = {"sex": "M", "lived_us_18_26": True, "ss_registered": False, **BASES[basis], "basis": basis}
    assert "SS_OVER_31_INFO" in assessed(**him, dob=f"{2026 - age}-11-28").codes
    assert "SS_26_31" in assessed(**him, dob=f"{2026 - age}-11-29").codes


@pytest.mark.parametrize("basis", ["316", "319a", "vawa"])
def test_three_months_in_the_state_on_every_basis_with_residence(basis: str) -> None:
    """8 U.S.C. 1427(a), 1430(a)."""
    assert "STATE_UNDER_3M" in assessed(**BASES[basis], basis=basis, state_since="2026-08-29").codes
    assert "STATE_UNDER_3M" not in assessed(**BASES[basis], basis=basis, state_since="2026-08-28").codes


@pytest.mark.parametrize("basis", ["328", "329"])
def test_service_asks_for_no_waiting_and_shows_five_years_of_absences(basis: str) -> None:
    """8 U.S.C. 1439, 1440."""
    said = assessed(
        **SERVED,
        basis=basis,
        lpr_date="2026-11-28",
        state_since="2026-11-28",
        trips=[trip("2022-01-01", "2025-01-01")],
    )
    assert said.codes == ("MILITARY",)
    assert said.presence_days + said.absent_days == 1826


@pytest.mark.parametrize(("length", "noted"), [(149, False), (150, True), (180, True)])
def test_two_trips_of_five_months_and_more_are_noted(length: int, noted: bool) -> None:
    """USCIS Policy Manual vol. 12 part D ch. 3: a pattern of long trips."""
    ends = {
        149: ("2024-05-29", "2025-05-30"),
        150: ("2024-05-30", "2025-05-31"),
        180: ("2024-06-29", "2025-06-30"),
    }
    first, second = ends[length]
    said = assessed(trips=[trip("2024-01-01", first), trip("2025-01-01", second)])
    assert said.longest_absence == length
    assert ("NEAR_SIX_MONTHS" in [note.code for note in said.workings]) is noted
