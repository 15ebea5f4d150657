"""Fees and fee help: both sides of each limit, and tables that age."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ournydesk.law.fees import FeePath, fee_path
from tests.unit.law.people import assessed, day, tables


def path(household: int, income: int, *, means_tested: bool = False, filing: str = "2026-11-28") -> FeePath:
    return fee_path(
        tables().fees, household=household, income=income, means_tested=means_tested, filing=day(filing)
    )


@pytest.mark.parametrize(
    ("household", "income", "wanted"),
    [
        pytest.param(1, 23_940, "waiver_income", id="I-912 basis B: 150 % for one"),
        pytest.param(1, 23_941, "reduced_380", id="I-912 basis B: a dollar more"),
        pytest.param(2, 32_460, "waiver_income", id="150 % for two"),
        pytest.param(2, 32_461, "reduced_380", id="150 % for two and a dollar"),
        pytest.param(4, 49_500, "waiver_income", id="150 % for four"),
        pytest.param(4, 49_501, "reduced_380", id="150 % for four and a dollar"),
        pytest.param(1, 63_840, "reduced_380", id="N-400 Part 10: 400 % for one"),
        pytest.param(1, 63_841, "full_760", id="N-400 Part 10: a dollar more"),
        pytest.param(4, 132_000, "reduced_380", id="400 % for four"),
        pytest.param(4, 132_001, "full_760", id="400 % for four and a dollar"),
        pytest.param(8, 83_580, "waiver_income", id="150 % for eight"),
        pytest.param(8, 83_581, "reduced_380", id="150 % for eight and a dollar"),
        pytest.param(1, 0, "waiver_income", id="no income"),
    ],
)
def test_the_fee_path_by_income(household: int, income: int, wanted: str) -> None:
    assert path(household, income).fee_path == wanted


def test_a_means_tested_benefit_comes_before_any_income() -> None:
    """I-912 basis A."""
    said = path(1, 900_000, means_tested=True)
    assert (said.fee_path, said.amount) == ("waiver_means_tested", 0)


def test_amounts_are_named() -> None:
    """89 FR 6194."""
    assert (path(1, 100_000).amount, path(1, 100_000).online_amount, path(1, 50_000).amount) == (
        760,
        710,
        380,
    )


def test_a_change_that_is_pending_is_said() -> None:
    assert any("FR 2026-12542" in said for said in path(1, 1).notices)


def test_a_stale_table_a_missing_year_and_a_date_without_a_fee_are_said() -> None:
    fees = tables().fees
    stale = day(str(fees.provenance.stale_after))
    assert not any("checked again" in said for said in path(1, 1, filing=str(stale)).notices)
    late = path(1, 1, filing="2027-06-01").notices
    assert any("checked again" in said for said in late)
    assert any("2027 may have others" in said for said in late)
    assert any("No fee table covers" in said for said in path(1, 1, filing="2024-03-31").notices)
    assert not any("No fee table covers" in said for said in path(1, 1, filing="2024-04-01").notices)


def test_the_fee_on_an_assessment_follows_the_filing_date() -> None:
    """89 FR 6194, in force from 1 April 2024."""
    assert assessed(filing_date="2024-04-01").fee == 760
    assert assessed(filing_date="2024-03-31").fee is None
    texts = {note.code: note.text for note in assessed(filing_date="2024-03-31").workings}
    assert "No fee table" in texts["FEE"]


def test_a_new_fee_takes_over_on_its_day() -> None:
    fees = tables().fees
    risen = replace(fees, fees=(*fees.fees, replace(fees.fees[0], effective=day("2027-01-01"), paper=1330)))
    assert [fee.paper for on in ("2026-12-31", "2027-01-01") if (fee := risen.in_force(day(on)))] == [
        760,
        1330,
    ]
