"""Dates and times as ODK forms compute with them. Layer: forms.engine.

A moment is a number to XPath: days since 1970-01-01T00:00Z, so a date at local midnight carries the
fraction of its offset. Its text is the local date, with time and offset unless it is midnight.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final

DAY_MILLIS: Final = 86_400_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DATE: Final = r"(\d{4})-(\d{2})-(\d{2})"
_TIME: Final = r"(\d{2})(?::(\d{2})(?::(\d{2})(?:\.(\d+))?)?)?"
_OFFSET: Final = r"(Z|[-+]\d{2}:\d{2})"
_LIKE: Final = re.compile(rf"{_DATE}(?:T{_TIME}{_OFFSET}?)?", re.ASCII)
_VALID_OFFSET: Final = re.compile(r"[+-](?:0\d|1[0-4]):[0-5]\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time: ``millis`` since the epoch (None when invalid) seen from ``zone``.

    ``text`` overrides what it reads as; ``number()`` of a date reads as whole days.
    """

    millis: int | None
    zone: tzinfo
    text: str | None = None

    @property
    def days(self) -> float:
        """Days since the epoch, NaN when invalid."""
        return float("nan") if self.millis is None else self.millis / DAY_MILLIS

    @property
    def local(self) -> datetime:
        """The wall clock's reading. Only for valid moments."""
        return (_EPOCH + timedelta(milliseconds=self.millis or 0)).astimezone(self.zone)

    def written(self) -> str:
        """The text XPath sees: a date, or a date with time and offset."""
        if self.text is not None:
            return self.text
        if self.millis is None:
            return "Invalid Date"
        local = self.local
        date = f"{local.year:04d}-{local.month:02d}-{local.day:02d}"
        offset = offset_text(local)
        if not (local.hour or local.minute or local.second or local.microsecond):
            return date
        millis = local.microsecond // 1000
        fraction = f"{millis:03d}".rstrip("0") if millis else "000"
        return f"{date}T{local.hour:02d}:{local.minute:02d}:{local.second:02d}.{fraction}{offset}"


def offset_text(local: datetime) -> str:
    """``+05:30`` for an aware time."""
    minutes = int((local.utcoffset() or timedelta()).total_seconds() // 60)
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def to_millis(when: datetime) -> int:
    """Milliseconds since the epoch, rounded down."""
    return (when - _EPOCH) // timedelta(milliseconds=1)


def looks_like_moment(text: str) -> bool:
    """A quick look that is right for almost every text that is no date."""
    return len(text) >= 10 and text[4] == "-" and text[7] == "-" and text[0].isdigit()


def read_moment(text: str, zone: tzinfo) -> Moment | None:
    """The moment an ISO date or date-time stands for, or None when it is not one."""
    if not looks_like_moment(text):
        return None
    match = _LIKE.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    where: tzinfo = zone
    if offset == "Z":
        where = UTC
    elif offset is not None:
        if not _VALID_OFFSET.fullmatch(offset) or minute is None:
            return None
        hours, minutes = int(offset[1:3]), int(offset[4:6])
        shift = timedelta(hours=hours, minutes=minutes)
        where = timezone(-shift if offset[0] == "-" else shift)
    micros = int((fraction or "0")[:6].ljust(6, "0"))
    leap = second == "60"
    try:
        local = datetime(
            int(year),
            int(month),
            int(day),
            int(hour or 0),
            int(minute or 0),
            59 if leap else int(second or 0),
            micros,
            tzinfo=where,
        )
        return Moment(to_millis(local), zone)
    except (ValueError, OverflowError):
        return None


def moment_from_days(days: float, zone: tzinfo) -> Moment | None:
    """The moment so many days after the epoch; None when no calendar reaches it."""
    try:
        moment = Moment(round(days * DAY_MILLIS), zone)
        _ = moment.local
    except (ValueError, OverflowError):
        return None
    return moment
