"""Days on which the federal government is closed. Layer: law; the only owner of the holidays library."""

from __future__ import annotations

from datetime import date

import holidays


def is_federal_holiday(day: date) -> bool:
    """Whether the day is a legal federal holiday, also one observed on another day than its own.

    Source: 5 U.S.C. 6103, as the holidays library knows it.
    """
    return day in holidays.country_holidays("US", years=day.year)


def is_business_day(day: date) -> bool:
    """Whether the day is neither a Saturday, a Sunday nor a federal holiday."""
    return day.weekday() < 5 and not is_federal_holiday(day)  # Saturday is 5
