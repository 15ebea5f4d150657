"""Dates and times. Layer: forms.engine."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from forms.engine.context import Context
from forms.engine.faults import ExpressionFault
from forms.engine.functions.library import eager
from forms.engine.moments import DAY_MILLIS, Moment, moment_from_days, read_moment, to_millis
from forms.engine.numbers import NAN
from forms.engine.values import Value, to_text

_MONTHS: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DAYS: Final = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
_DATE_START: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[-+]\d{2}:\d{2})?)?", re.ASCII
)
_UNPADDED: Final = re.compile(r"(\d{4})-([1-9]|\d{2})-([1-9]|\d{2})(T.*)?", re.ASCII)
_TIME: Final = re.compile(r"(\d{2}):(\d{2})(?::([0-5]\d))?(?:\.(\d+))?([-+]\d{2}:\d{2})?", re.ASCII)

_DATE_MARKS: Final[Mapping[str, Callable[[datetime], str]]] = {
    "%Y": lambda when: f"{when.year:04d}",
    "%y": lambda when: f"{when.year:04d}"[2:],
    "%m": lambda when: f"{when.month:02d}",
    "%n": lambda when: str(when.month),
    "%b": lambda when: _MONTHS[when.month - 1],
    "%d": lambda when: f"{when.day:02d}",
    "%e": lambda when: str(when.day),
    "%a": lambda when: _DAYS[when.weekday()],
}
_TIME_MARKS: Final[Mapping[str, Callable[[datetime], str]]] = {
    "%H": lambda when: f"{when.hour:02d}",
    "%h": lambda when: str(when.hour),
    "%M": lambda when: f"{when.minute:02d}",
    "%S": lambda when: f"{when.second:02d}",
    "%3": lambda when: f"{when.microsecond // 1000:03d}",
}
_MARKS: Final = {**_DATE_MARKS, **_TIME_MARKS}
_MARK: Final = re.compile("|".join(_MARKS))


def _today(context: Context) -> Value:
    world = context.world
    return Moment(to_millis(world.now.replace(hour=0, minute=0, second=0, microsecond=0)), world.zone)


def _now(context: Context) -> Value:
    return Moment(to_millis(context.world.now), context.world.zone)


def _format(context: Context, value: Value, pattern: Value) -> Value:
    moment = read_moment(to_text(value), context.world.zone)
    if moment is None:
        return ""
    local = moment.local
    return _MARK.sub(lambda mark: _MARKS[mark[0]](local), to_text(pattern))


def _moment_of(context: Context, value: Value, function: str) -> Moment | None:
    if isinstance(value, bool):
        raise ExpressionFault(f"{function}() wants a date or a number, not true or false.")
    if isinstance(value, Moment):
        return value if value.millis is not None else None
    if isinstance(value, float):
        return moment_from_days(value, context.world.zone)
    return read_moment(to_text(value), context.world.zone)


def _date(context: Context, value: Value) -> Value:
    zone = context.world.zone
    if isinstance(value, bool):
        return ""
    if isinstance(value, (str, list)):
        text = to_text(value)
        if not text:
            return ""
        if not _DATE_START.match(text):
            parts = _UNPADDED.fullmatch(text)
            if parts is None:
                return Moment(None, zone)
            year, month, day, rest = parts.groups(default="")
            padded = f"{year}-{month.zfill(2)}-{day.zfill(2)}{rest}"
            return read_moment(padded, zone) or Moment(None, zone)
    moment = _moment_of(context, value, "date")
    return Moment(moment.millis, zone) if moment is not None else Moment(None, zone)


def _decimal_date_time(context: Context, value: Value) -> Value:
    moment = _moment_of(context, value, "decimal-date-time")
    return NAN if moment is None else moment.days


def _decimal_time(context: Context, value: Value) -> Value:
    text = to_text(value)
    if not _TIME.fullmatch(text):
        return NAN
    moment = read_moment(f"1970-01-01T{text}", context.world.zone)
    if moment is None:
        return NAN
    local = moment.local
    millis = ((local.hour * 60 + local.minute) * 60 + local.second) * 1000 + local.microsecond // 1000
    return millis / DAY_MILLIS


FUNCTIONS: Final = (
    eager("today", 0, 0, _today),
    eager("now", 0, 0, _now),
    eager("format-date", 2, 2, _format),
    eager("format-date-time", 2, 2, _format),
    eager("date", 1, 1, _date),
    eager("date-time", 1, 1, _date),
    eager("decimal-date-time", 1, 1, _decimal_date_time),
    eager("decimal-time", 1, 1, _decimal_time),
)
