"""Days as English pages write them. Layer: domain, standard library only."""

from __future__ import annotations

from datetime import date

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def english_day(day: date) -> str:
    """``20 Jun 2024``, whatever the machine's own locale."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
