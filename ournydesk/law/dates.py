"""Calendar arithmetic the rules share, and dates known only in part. Layer: law, stdlib only.

A day that does not exist in the target year or month (29 February, 31 November) becomes the first day
of the month after it: for a waiting period that is the safe side. Deadlines use :func:`deadline_years`,
whose safe side is the day before.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

ONE_DAY: Final = timedelta(days=1)
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
"""Dates outside these years are slips of the pen; inside them no rule runs off the calendar."""
_WRITTEN: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day known to lie between ``earliest`` and ``latest``, both included: "2019", "2019-05"."""

    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if self.latest < self.earliest:
            raise ValueError(self.earliest, self.latest)

    def __str__(self) -> str:
        if (self.earliest.month, self.earliest.day, self.latest.month, self.latest.day) == (1, 1, 12, 31):
            return f"{self.earliest.year:04d}"
        return f"{self.earliest.year:04d}-{self.earliest.month:02d}"


When = date | PartialDate


def read_when(text: str) -> When:
    """The date written as ``YYYY-MM-DD``, or partly as ``YYYY-MM`` or ``YYYY``.

    Raises ValueError for anything else and for days that do not exist.
    """
    match = _WRITTEN.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month, day = (None if part is None else int(part) for part in match.groups())
    if day is not None and month is not None and year is not None:
        return date(year, month, day)
    if month is not None and year is not None:
        first = date(year, month, 1)
        return PartialDate(first, date(year, month, monthrange(year, month)[1]))
    return PartialDate(date(int(match[1]), 1, 1), date(int(match[1]), 12, 31))


def earliest(when: When) -> date:
    """The first day ``when`` can be."""
    return when.earliest if isinstance(when, PartialDate) else when


def latest(when: When) -> date:
    """The last day ``when`` can be."""
    return when.latest if isinstance(when, PartialDate) else when


def add_years(day: date, years: int) -> date:
    """The anniversary; 29 February becomes 1 March in a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def deadline_years(day: date, years: int) -> date:
    """The anniversary as a deadline; 29 February becomes 28 February in a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 2, 28)


def add_months(day: date, months: int) -> date:
    """The same day some months later; a day the month lacks becomes the first of the next one."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    if day.day <= monthrange(year, month)[1]:
        return date(year, month, day.day)
    return date(year, month, monthrange(year, month)[1]) + ONE_DAY


def age_on(day: date, born: date) -> int:
    """Completed years of life on ``day``."""
    return day.year - born.year - (1 if day < add_years(born, day.year - born.year) else 0)
