"""When filing opens: both sides of every boundary."""

from __future__ import annotations

import pytest

from ournydesk.law.naturalization import Severity
from tests.unit.law.people import assessed, day, trip

SPOUSE = {
    "basis": "319a",
    "married": True,
    "living_together": True,
    "marriage_date": "2015-01-10",
    "spouse_usc_since": "birth",
}


@pytest.mark.parametrize(
    ("lpr", "basis", "opens"),
    [
        pytest.param("2006-07-04", "316", "2011-04-05", id="M-476 example"),
        pytest.param("2020-06-15", "316", "2025-03-17", id="8 CFR 334.2(b): 90 days, not three months"),
        pytest.param("2020-03-01", "316", "2024-12-01", id="90 days over a common February"),
        pytest.param("2019-03-01", "316", "2023-12-02", id="90 days over a leap February"),
        pytest.param("2024-02-29", "316", "2028-12-01", id="29 February becomes 1 March"),
        pytest.param("2020-02-29", "vawa", "2022-12-01", id="29 February, three years"),
        pytest.param("2020-06-15", "vawa", "2023-03-17", id="8 U.S.C. 1430(a): three years"),
        pytest.param("2020-06-15", "328", "2020-06-15", id="8 U.S.C. 1439: no waiting"),
    ],
)
def test_filing_opens_on(lpr: str, basis: str, opens: str) -> None:
    said = assessed(lpr_date=lpr, basis=basis)
    assert said.earliest_filing == day(opens)
    assert said.earliest_by_basis == {basis: day(opens)}


@pytest.mark.parametrize(("filing", "early"), [("2025-03-16", True), ("2025-03-17", False)])
def test_the_day_before_it_opens_is_too_early(filing: str, early: bool) -> None:
    """8 CFR 334.2(b)."""
    said = assessed(lpr_date="2020-06-15", filing_date=filing)
    assert said.outcome == ("not_yet" if early else "ready")
    assert said.codes == (("TOO_EARLY",) if early else ())


@pytest.mark.parametrize(
    ("filing", "codes"),
    [("2023-08-19", ("TOO_EARLY",)), ("2023-08-20", ())],
    ids=["a day less", "three years"],
)
def test_three_years_of_marriage_are_met_on_the_day_itself(filing: str, codes: tuple[str, ...]) -> None:
    """8 U.S.C. 1430(a), 8 CFR 319.1(a)(3): early filing does not shorten the marriage."""
    said = assessed(**{**SPOUSE, "marriage_date": "2020-08-20", "filing_date": filing})
    assert said.codes == codes
    assert said.earliest_filing == day("2023-08-20")


@pytest.mark.parametrize(
    ("filing", "codes"),
    [("2023-08-19", {"SPOUSE_USC_UNDER_3Y", "TOO_EARLY"}), ("2023-08-20", set())],
    ids=["a day less", "three years"],
)
def test_three_years_of_the_spouse_s_citizenship_are_met_on_the_day_itself(
    filing: str, codes: set[str]
) -> None:
    """8 U.S.C. 1430(a)."""
    said = assessed(**{**SPOUSE, "spouse_usc_since": "2020-08-20", "filing_date": filing})
    assert set(said.codes) == codes
    assert said.outcome == ("not_yet" if codes else "ready")


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        pytest.param("married", False, id="8 U.S.C. 1430(a): not married"),
        pytest.param("living_together", False, id="8 CFR 319.1(b): separated"),
        pytest.param("divorce_date", "2026-11-28", id="8 CFR 319.1(b)(2): divorced on the day"),
    ],
)
def test_without_marital_union_the_spouse_s_basis_needs_an_attorney(fact: str, value: object) -> None:
    said = assessed(**{**SPOUSE, fact: value})
    assert (said.outcome, said.codes) == ("attorney", ("NO_MARITAL_UNION",))


@pytest.mark.parametrize(
    "divorce",
    [pytest.param("2026-11-29", id="after filing"), pytest.param("2010-01-01", id="from someone before")],
)
def test_a_divorce_that_is_not_from_this_spouse_by_now_changes_nothing(divorce: str) -> None:
    assert assessed(**{**SPOUSE, "divorce_date": divorce}).codes == ()


def test_divorced_without_a_wedding_date_is_no_union() -> None:
    changed = {**SPOUSE, "marriage_date": None, "divorce_date": "2020-01-01"}
    assert assessed(**changed).codes == ("NO_MARITAL_UNION",)


@pytest.mark.parametrize(
    ("dob", "codes"),
    [
        pytest.param("2008-11-28", (), id="8 U.S.C. 1445(b): 18 today"),
        pytest.param("2008-11-29", ("UNDER_18",), id="8 U.S.C. 1445(b): 18 tomorrow"),
    ],
)
def test_eighteen_on_the_filing_date(dob: str, codes: tuple[str, ...]) -> None:
    said = assessed(dob=dob)
    assert said.codes == codes
    assert said.outcome == ("not_yet" if codes else "ready")


def test_born_on_29_february_turns_eighteen_on_1_march() -> None:
    """8 U.S.C. 1445(b); the safe reading of a birthday the year does not have."""
    late = {"dob": "2008-02-29", "lpr_date": "2012-01-01"}
    assert assessed(**late, filing_date="2026-02-28").codes == ("UNDER_18",)
    assert assessed(**late, filing_date="2026-03-01").codes == ()


def test_the_eighteenth_birthday_can_be_what_opens_filing() -> None:
    said = assessed(dob="2010-05-05", lpr_date="2018-01-01")
    assert said.earliest_filing == day("2028-05-05")


@pytest.mark.parametrize(
    ("since", "filing", "codes"),
    [
        pytest.param("2026-08-28", "2026-11-28", (), id="8 U.S.C. 1427(a): three months to the day"),
        pytest.param("2026-08-29", "2026-11-28", ("STATE_UNDER_3M",), id="8 U.S.C. 1427(a): a day less"),
        pytest.param(
            "2026-08-31", "2026-11-30", ("STATE_UNDER_3M",), id="a day November lacks is 1 December"
        ),
        pytest.param("2026-08-31", "2026-12-01", (), id="1 December is enough"),
    ],
)
def test_three_months_in_the_state(since: str, filing: str, codes: tuple[str, ...]) -> None:
    said = assessed(state="NY", state_since=since, filing_date=filing)
    assert said.codes == codes
    assert said.outcome == ("not_yet" if codes else "ready")


def test_an_early_filer_may_complete_the_state_months_by_the_interview() -> None:
    """8 CFR 316.2(a)(5), 334.2(b): told, but not in the way."""
    early = {"state": "NY", "state_since": "2025-03-01", "lpr_date": "2020-06-15"}
    said = assessed(**early, filing_date="2025-03-17")
    assert (said.outcome, said.codes, said.reasons[0].severity) == (
        "ready",
        ("STATE_UNDER_3M",),
        Severity.INFORMATION,
    )
    moved = {**early, "state_since": "2025-06-01"}
    assert assessed(**early, filing_date="2025-03-16").outcome == "not_yet"
    assert assessed(**moved, filing_date="2025-06-14").outcome == "ready"
    assert assessed(**moved, filing_date="2025-06-15").outcome == "not_yet"


def test_without_a_resident_date_nothing_can_start() -> None:
    """8 U.S.C. 1427(a), 1429."""
    said = assessed(lpr_date=None, state_since="2026-11-01", trips=[trip("2024-01-01", "2025-06-01")])
    assert (said.outcome, said.earliest_filing) == ("not_yet", None)
    assert set(said.codes) == {"NOT_LPR", "STATE_UNDER_3M"}


def test_residence_that_starts_after_filing_is_not_residence_yet() -> None:
    assert assessed(lpr_date="2026-11-28", basis="328").codes == ("MILITARY",)
    assert set(assessed(lpr_date="2026-11-29").codes) == {"NOT_LPR", "TOO_EARLY"}


def test_service_in_hostilities_needs_no_residence_fee_or_age() -> None:
    """8 U.S.C. 1440."""
    served = {"active_hostilities": True, "honorable": True}
    said = assessed(basis="329", lpr_date=None, dob="2010-01-01", military=served)
    assert (said.codes, said.fee, said.earliest_filing, said.outcome) == (("MILITARY",), 0, None, "attorney")


def test_hostilities_without_honourable_service_waive_nothing() -> None:
    said = assessed(basis="329", lpr_date=None, military={"active_hostilities": True, "honorable": False})
    assert set(said.codes) == {"MILITARY", "NOT_LPR"}


def test_a_year_of_honourable_service_asks_for_no_presence() -> None:
    """8 U.S.C. 1439: no residence or presence; a fee of nothing."""
    said = assessed(
        basis="328",
        trips=[trip("2023-01-01", "2026-01-01")],
        military={"honorable": True},
        state_since="2026-11-01",
    )
    assert (said.codes, said.fee) == (("MILITARY",), 0)
    assert assessed(basis="328").codes == ("MILITARY",)
    assert assessed(military={"active_hostilities": False, "honorable": False}).codes == ()
    assert assessed(military={"active_hostilities": True}).codes == ("MILITARY",)
