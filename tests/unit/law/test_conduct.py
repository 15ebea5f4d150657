"""Good moral character, bars and flags: both sides of each line."""

from __future__ import annotations

import pytest

from ournydesk.errors import BadInput
from ournydesk.law.naturalization import Severity
from tests.unit.law.people import assessed


@pytest.mark.parametrize(
    ("flag", "codes", "outcome"),
    [
        pytest.param("registered_or_voted", {"VOTING"}, "attorney", id="N-400 Part 9 item 2"),
        pytest.param("on_probation", {"PROBATION"}, "attorney", id="8 CFR 316.10(c)(1)"),
        pytest.param("overdue_taxes", {"TAXES"}, "attorney", id="N-400 Part 9 item 3"),
        pytest.param("child_support_arrears", {"SUPPORT"}, "attorney", id="8 CFR 316.10(b)(3)(i)"),
        pytest.param("false_citizenship_claim", {"FALSE_CLAIM"}, "attorney", id="N-400 Part 9 item 1"),
        pytest.param("smuggling", {"SMUGGLING"}, "attorney", id="8 U.S.C. 1101(f)(3)"),
        pytest.param("final_removal_order", {"REMOVAL_ORDER"}, "stop", id="8 U.S.C. 1429: order"),
        pytest.param("in_removal_proceedings", {"REMOVAL_PENDING"}, "stop", id="8 U.S.C. 1429: pending"),
        pytest.param("marriage_fraud", {"LPR_FRAUD"}, "stop", id="8 U.S.C. 1429: admission"),
        pytest.param("smuggling:true", {"SMUGGLING"}, "attorney", id="a flag said to be true"),
        pytest.param("arrest_2003_shoplifting", {"CRIM_ANY"}, "attorney", id="N-400 Part 9 item 15.b"),
        pytest.param("arrest:2003-05", {"CRIM_ANY"}, "attorney", id="N-400 Part 9 item 15.b, dated"),
        pytest.param("arrest_fare-beating 2019:dismissed", {"CRIM_ANY"}, "attorney", id="in any words"),
        pytest.param(
            "murder_conviction:1985-01-01",
            {"GMC_PERMANENT_BAR", "CRIM_ANY"},
            "stop",
            id="8 CFR 316.10(b)(1)(i)",
        ),
        pytest.param(
            "murder_conviction", {"GMC_PERMANENT_BAR", "CRIM_ANY"}, "stop", id="murder, day unknown"
        ),
        pytest.param(
            "aggravated_felony_conviction:1990-11-29",
            {"GMC_PERMANENT_BAR", "CRIM_ANY"},
            "stop",
            id="8 CFR 316.10(b)(1)(ii): on the day",
        ),
        pytest.param(
            "aggravated_felony_conviction:1990-11-28",
            {"CRIM_ANY"},
            "attorney",
            id="8 CFR 316.10(b)(1)(ii): the day before",
        ),
        pytest.param(
            "aggravated_felony_conviction:1990-11",
            {"GMC_PERMANENT_BAR", "CRIM_ANY"},
            "stop",
            id="the month of it",
        ),
        pytest.param(
            "aggravated_felony_conviction",
            {"GMC_PERMANENT_BAR", "CRIM_ANY"},
            "stop",
            id="felony, day unknown",
        ),
        pytest.param("confined_days_in_period:179", {"CRIM_ANY"}, "attorney", id="8 U.S.C. 1101(f)(7): 179"),
        pytest.param(
            "confined_days_in_period:180",
            {"CRIM_ANY", "GMC_CONDITIONAL_BAR"},
            "attorney",
            id="8 U.S.C. 1101(f)(7): 180",
        ),
        pytest.param("confined_days_in_period:0", set(), "ready", id="not confined"),
        pytest.param("marijuana_possession_g:30", {"CRIM_ANY"}, "attorney", id="8 U.S.C. 1101(f)(3): 30 g"),
        pytest.param(
            "marijuana_possession_g:30.5",
            {"CRIM_ANY", "GMC_CONDITIONAL_BAR"},
            "attorney",
            id="8 U.S.C. 1101(f)(3): more than 30 g",
        ),
        pytest.param("dui_conviction_2024", {"CRIM_ANY"}, "attorney", id="one drunk driving"),
    ],
)
def test_what_a_flag_means(flag: str, codes: set[str], outcome: str) -> None:
    said = assessed(flags=[flag])
    assert (set(said.codes), said.outcome) == (codes, outcome)


@pytest.mark.parametrize(
    ("years", "two"),
    [
        pytest.param((2022, 2024), True, id="Castillo-Perez: two in the period"),
        pytest.param((2020, 2024), False, id="Castillo-Perez: one before it"),
        pytest.param((2021, 2024), True, id="a year that is partly in the period"),
        pytest.param((2024, 2024), True, id="two in one year"),
    ],
)
def test_two_drunk_driving_convictions_in_the_period(years: tuple[int, int], two: bool) -> None:
    said = assessed(flags=[f"dui_conviction_{year}" for year in years])
    assert ("GMC_TWO_DUI" in said.codes) is two
    assert said.outcome == "attorney"


@pytest.mark.parametrize(
    ("flags", "two"),
    [
        (["dui_conviction", "dui_conviction_2024"], True),
        (["dui_conviction:2021-11-28", "dui_conviction_2024"], True),
        (["dui_conviction_2021:2021-11-27", "dui_conviction_2024"], False),
    ],
    ids=["day not known", "first day of the period", "the day before"],
)
def test_the_day_of_a_conviction_decides_when_it_is_known(flags: list[str], two: bool) -> None:
    """Matter of Castillo-Perez: during the period."""
    assert ("GMC_TWO_DUI" in assessed(flags=flags).codes) is two


def test_one_small_possession_is_excused_and_a_second_is_not() -> None:
    """8 U.S.C. 1101(f)(3): a single offence."""
    said = assessed(flags=["marijuana_possession_g:5", "marijuana_possession_g:5"])
    assert "GMC_CONDITIONAL_BAR" in said.codes


def test_the_worst_finding_is_the_outcome_and_comes_first() -> None:
    said = assessed(lpr_date="2023-01-01", flags=["overdue_taxes", "final_removal_order"])
    assert said.codes == ("REMOVAL_ORDER", "TAXES", "TOO_EARLY")
    assert [reason.severity for reason in said.reasons] == [
        Severity.STOP,
        Severity.ATTORNEY,
        Severity.NOT_YET,
    ]
    assert said.outcome == "stop"
    assert assessed(lpr_date="2023-01-01", flags=["overdue_taxes"]).outcome == "attorney"


@pytest.mark.parametrize(
    "flag",
    [
        "murder",
        "murder_convicton:1999-01-01",
        "murder_conviction:yesterday",
        "murder_conviction:1999-02-30",
        "smuggling:maybe",
        "confined_days_in_period",
        "confined_days_in_period:many",
        "confined_days_in_period:-1",
        "marijuana_possession_g:NaN",
        "dui_conviction_20",
        "dui_conviction_0000",
        "dui_conviction_2020:yes",
        "dui_conviction:",
        "",
    ],
)
def test_a_flag_that_cannot_be_read_is_refused_by_name(flag: str) -> None:
    with pytest.raises(BadInput) as refused:
        assessed(flags=[flag])
    assert f"“{flag}”" in refused.value.message
    assert refused.value.facts["key"] == "flags"
