"""The one-year date: both sides of the day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ournydesk.errors import BadInput
from ournydesk.law.asylum import AsylumDate, asylum_date
from ournydesk.law.dates import read_when
from ournydesk.law.federal_holidays import is_business_day, is_federal_holiday
from tests.unit.law.people import day, tables


def said(*arrivals: str, as_of: str = "2026-11-23") -> AsylumDate:
    return asylum_date([read_when(arrival) for arrival in arrivals], day(as_of), tables().asylum)


@pytest.mark.parametrize(
    ("arrival", "last", "safe"),
    [
        pytest.param("2001-04-09", "2002-04-09", "2002-04-08", id="Minasyan v. Mukasey: arrival is day 0"),
        pytest.param("2025-12-01", "2026-12-01", "2026-11-30", id="a Tuesday"),
        pytest.param(
            "2025-11-28", "2026-11-30", "2026-11-27", id="8 CFR 208.4(a)(2)(ii): Saturday to Monday"
        ),
        pytest.param("2025-11-29", "2026-11-30", "2026-11-28", id="8 CFR 208.4(a)(2)(ii): Sunday to Monday"),
        pytest.param("2025-11-26", "2026-11-27", "2026-11-25", id="5 U.S.C. 6103: Thanksgiving to Friday"),
        pytest.param(
            "2025-07-03", "2026-07-06", "2026-07-02", id="5 U.S.C. 6103: observed on Friday, to Monday"
        ),
        pytest.param("2025-01-18", "2026-01-20", "2026-01-17", id="Sunday, then a holiday, to Tuesday"),
        pytest.param("2024-02-29", "2025-02-28", "2025-02-27", id="29 February: the earlier day is safe"),
        pytest.param(
            "1996-05-05", "1998-04-01", "1998-03-31", id="8 CFR 208.4(a)(2)(ii): not before 1 April 1997"
        ),
    ],
)
def test_the_last_day(arrival: str, last: str, safe: str) -> None:
    date = said(arrival)
    assert (date.last_day, date.safe_target) == (day(last), day(safe))


def test_the_latest_arrival_counts_in_whatever_order_they_were_typed() -> None:
    forward, backward = said("2026-03-14", "2019-01-01"), said("2019-01-01", "2026-03-14")
    assert forward == backward
    assert forward.counted_from == day("2026-03-14")


@pytest.mark.parametrize(("as_of", "left"), [("2026-11-30", 1), ("2026-12-01", 0), ("2026-12-02", -1)])
def test_days_left_run_down_through_the_last_day(as_of: str, left: int) -> None:
    date = said("2025-12-01", as_of=as_of)
    assert date.days_left == left
    assert ("passed" in date.text) is (left < 0)


def test_an_arrival_known_in_part_counts_from_its_first_day() -> None:
    date = said("2026-03")
    assert (date.last_day, date.last_day_at_most) == (day("2027-03-01"), day("2027-03-31"))


@pytest.mark.parametrize(("arrivals", "why"), [([], "is empty"), (["2026-11-24"], "2026-11-24 is after")])
def test_no_arrival_or_one_in_the_future_is_refused(arrivals: list[str], why: str) -> None:
    with pytest.raises(BadInput, match=why):
        said(*arrivals)


def test_a_stale_table_says_so() -> None:
    assert said("2026-11-01", as_of=str(tables().asylum.provenance.stale_after)).notices == ()
    assert "checked again" in said("2026-11-01", as_of="2027-06-01").notices[0]


def test_holidays_are_those_of_the_federal_government() -> None:
    """5 U.S.C. 6103."""
    assert is_federal_holiday(day("2026-06-19"))
    assert not is_federal_holiday(day("2026-02-12"))
    assert [
        is_business_day(day(text)) for text in ("2026-11-27", "2026-11-28", "2026-11-29", "2026-11-30")
    ] == [
        True,
        False,
        False,
        True,
    ]


@given(st.dates(day("1998-01-01"), day("2040-01-01")))
def test_the_last_day_is_a_business_day_within_a_few_days_of_the_anniversary(arrival: object) -> None:
    date = asylum_date([day(str(arrival))], day("2060-01-01"), tables().asylum)
    assert is_business_day(date.last_day)
    assert timedelta(days=1) <= date.last_day - date.safe_target <= timedelta(days=5)
