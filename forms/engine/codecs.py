"""How each type of answer is read and written. Layer: forms.engine.

A stored answer is always in the form its type gives it (``007`` in an int is ``7``); a text that is
no such value becomes blank, as in ODK's web engine. Types: ODK XForms specification, "Data Types".
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date
from typing import Final

from forms.engine.numbers import read_number, write_decimal
from forms.engine.values import WHITESPACE

Codec = Callable[[str], str]
TYPES: Final = frozenset(
    [
        "string",
        "int",
        "boolean",
        "decimal",
        "date",
        "time",
        "dateTime",
        "geopoint",
        "geotrace",
        "geoshape",
        "binary",
        "barcode",
        "intent",
    ]
)
ALIASES: Final = {"select1": "string", "rank": "string", "odk:rank": "string", "integer": "int"}
INT_MIN: Final = -(2**31)
INT_MAX: Final = 2**31 - 1

_TIME: Final = r"(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?"
_OFFSET: Final = r"(?:[+-](?:0\d|1[0-4]):[0-5]\d|Z)?"
_DATE: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T\d{2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?)?)?", re.ASCII)
_DATE_TIME: Final = re.compile(rf"(\d{{4}})-(\d{{2}})-(\d{{2}})T{_TIME}{_OFFSET}", re.ASCII)
_CLOCK: Final = re.compile(_TIME + _OFFSET, re.ASCII)


def plain(text: str) -> str:
    """Types that keep every text as it is."""
    return text


def whole(text: str) -> str:
    """``int``: truncated to a whole number of 32 bits, else blank."""
    number = read_number(text) if text else math.nan
    if not math.isfinite(number):
        return ""
    value = math.trunc(number)
    return str(value) if INT_MIN <= value <= INT_MAX else ""


def decimal(text: str) -> str:
    """``decimal``: with a point always, else blank."""
    number = read_number(text) if text else math.nan
    return write_decimal(number) if math.isfinite(number) else ""


def day(text: str) -> str:
    """``date``: a real day, without its time; blank when it names an offset or no day."""
    match = _DATE.fullmatch(text)
    return text[:10] if match and _is_day(match) else ""


def moment(text: str) -> str:
    """``dateTime``: kept as written when it is one."""
    match = _DATE_TIME.fullmatch(text)
    return text if match and _is_day(match) and _is_time(match, 4) else ""


def clock(text: str) -> str:
    """``time``: kept as written when it is one."""
    match = _CLOCK.fullmatch(text)
    return text if match and _is_time(match, 1) else ""


def _is_day(match: re.Match[str]) -> bool:
    try:
        date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return False
    return True


def _is_time(match: re.Match[str], at: int) -> bool:
    return int(match[at]) < 24 and int(match[at + 1]) < 60 and int(match[at + 2]) <= 60


def _place(text: str) -> tuple[float, float, float | None, float | None] | None:
    words = text.split()
    numbers = [read_number(word) for word in words]
    if len(words) < 2 or any(math.isnan(number) for number in numbers[:4]):
        return None
    latitude, longitude = numbers[0], numbers[1]
    if abs(latitude) > 90 or abs(longitude) > 180 or (latitude == 0 and longitude == 0):
        return None
    altitude = numbers[2] if len(numbers) > 2 else None
    accuracy = numbers[3] if len(numbers) > 3 else None
    return latitude, longitude, altitude, accuracy


def geopoint(text: str) -> str:
    """``geopoint``: latitude, longitude, altitude and accuracy as decimals; blank when off the globe."""
    place = _place(text)
    if place is None:
        return ""
    latitude, longitude, altitude, accuracy = place
    numbers = [latitude, longitude]
    if altitude is not None or accuracy is not None:
        numbers.append(altitude or 0.0)
    if accuracy is not None:
        numbers.append(accuracy)
    return " ".join(write_decimal(number) if math.isfinite(number) else "" for number in numbers)


def _track(text: str, least: int, *, closed: bool) -> str:
    if not text.strip():
        return ""
    parts = text.split(";")
    if not parts[-1].strip():
        parts.pop()
    places = [_place(part) for part in parts]
    if len(places) < least or any(place is None for place in places):
        return ""
    first, last = places[0], places[-1]
    if first is None or last is None or (first[:2] == last[:2]) is not closed:
        return ""
    return ";".join(geopoint(part) for part in parts)


def geotrace(text: str) -> str:
    """``geotrace``: two or more places, not closed."""
    return _track(text, 2, closed=False)


def geoshape(text: str) -> str:
    """``geoshape``: three or more places, the last the same as the first."""
    return _track(text, 3, closed=True)


def trigger(text: str) -> str:
    """A trigger's answer: ``OK`` or blank."""
    return "OK" if text.lower() == "ok" else ""


def several(text: str) -> str:
    """A list of choices: one space between them."""
    trimmed = text.strip(WHITESPACE)
    return " ".join(word for word in re.split(r"[ \t\r\n]", trimmed) if word)


def ranged(codec: Codec, start: str, end: str) -> Codec:
    """A range's answer: a number between its bounds, else blank."""
    low, high = read_number(codec(start)), read_number(codec(end))

    def check(text: str) -> str:
        value = codec(text)
        return value if value and low <= read_number(value) <= high else ""

    return check


CODECS: Final[dict[str, Codec]] = {
    "int": whole,
    "decimal": decimal,
    "date": day,
    "dateTime": moment,
    "time": clock,
    "geopoint": geopoint,
    "geotrace": geotrace,
    "geoshape": geoshape,
}
"""Types with a form of their own; every other one is :func:`plain`."""
