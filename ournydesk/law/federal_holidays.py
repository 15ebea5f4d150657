"""Days on which the federal government is closed. Layer: law; the only owner of the holidays library."""

from __future__ import annotations

from datetime import date
from functools import cache

import holidays


def is_federal_holiday(day: date) -> bool:
    """Whether the day is a legal federal holiday, also one observed on another day than its own.

    Source: 5 U.S.C. 6103, as the holidays library knows it.
    """
    return day in _closed(day.year)


@cache
def _closed(year: int) -> frozenset[date]:
    """The holidays of a year: working them out takes a millisecond, and the rules run at every answer."""
    return frozenset(holidays.country_holidays("US", years=year))


def is_business_day(day: date) -> bool:
    """Whether the day is neither a Saturday, a Sunday nor a federal holiday."""
    return day.weekday() < 5 and not is_federal_holiday(day)  # Saturday is 5
