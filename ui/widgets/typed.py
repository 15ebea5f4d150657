"""What was typed, as the answer a form keeps; and back, as a person reads it. Layer: ui, without Qt.

A text that cannot be the answer is never thrown away: it comes back with the sentence that says how to
mend it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from dateutil import parser

from ui.i18n import tr

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DIGITS_ONLY: Final = frozenset(("a-number", "phone", "ssn", "zip", "digits"))
LEFT_TO_RIGHT: Final = DIGITS_ONLY | {"email", "money", "state"}
NUMBER: Final = re.compile(r"-?\d{1,15}")
DECIMAL: Final = re.compile(r"-?\d{1,15}(\.\d{1,6})?")
WIDTHS: Final = {
    "a-number": 160,
    "phone": 180,
    "ssn": 150,
    "zip": 96,
    "state": 96,
    "email": 320,
    "money": 140,
}
# Two days that share no part: what a reading borrows from either is what nobody typed.
BORROWED: Final = (datetime(2000, 1, 1), datetime(2003, 2, 2))  # noqa: DTZ001 - only their parts are used


@dataclass(frozen=True, slots=True)
class Typed:
    """The answer, or why there is none yet."""

    answer: str = ""
    problem: str = ""


def read(text: str, type_: str, kind: str = "") -> Typed:
    """What a field's text means for a question of this type and kind."""
    stripped = " ".join(text.split()) if kind else text.strip()
    if not stripped:
        return Typed()
    reader = _READERS.get(type_)
    if reader is not None:
        return reader(stripped)
    if kind in DIGITS_ONLY:
        return Typed(_digits(stripped, kind))
    return Typed(stripped)


def shown(answer: str, type_: str, kind: str = "") -> str:
    """An answer as it stands in its field."""
    if type_ == "date":
        return long_date(answer)
    if kind == "phone" and len(answer) == 10:
        return f"{answer[:3]}-{answer[3:6]}-{answer[6:]}"
    if kind == "a-number" and len(answer) == 9:
        return f"A {answer[:3]}-{answer[3:6]}-{answer[6:]}"
    if kind == "ssn" and len(answer) == 9:
        return f"{answer[:3]}-{answer[3:5]}-{answer[5:]}"
    return answer


def long_date(answer: str) -> str:
    """``2024-08-18`` as ``18 Aug 2024``; anything else as it is."""
    try:
        day = date.fromisoformat(answer)
    except ValueError:
        return answer
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def days_between(start: str, end: str) -> int | None:
    """Whole days from one date to another, None when either is missing."""
    try:
        return (date.fromisoformat(end) - date.fromisoformat(start)).days
    except ValueError:
        return None


def _digits(text: str, kind: str) -> str:
    bare = re.sub(r"[\s().\-/]", "", text)
    if kind == "a-number":
        bare = re.sub(r"^[Aa](?:lien)?#?", "", bare)
    if kind == "phone":
        bare = re.sub(r"^\+?1(?=\d{10}$)", "", bare)
    # What is not only digits stays as it was typed: the form's own rule says what is wrong with it.
    return bare if bare.isascii() and bare.isdigit() else text


def _date(text: str) -> Typed:
    how = tr("Write day, month and year, like 18 Aug 2024.")
    try:
        read_twice = [parser.parse(text, default=other, dayfirst=False) for other in BORROWED]
    except (ValueError, OverflowError):
        return Typed(problem=tr("“{text}” is not a date. {how}", text=text[:40], how=how))
    first, second = read_twice
    if first.date() != second.date():
        return Typed(problem=tr("A part of the date is missing. {how}", how=how))
    if not re.search(r"\d{4}", text):
        return Typed(problem=tr("Write the year with four digits. {how}", how=how))
    return Typed(first.date().isoformat())


def _int(text: str) -> Typed:
    bare = text.replace(",", "").lstrip("$").strip()
    if NUMBER.fullmatch(bare) is None:
        return Typed(problem=tr("“{text}” is not a whole number. Write digits only, like 2.", text=text[:40]))
    return Typed(str(int(bare)))


def _decimal(text: str) -> Typed:
    bare = text.replace(",", "").lstrip("$").strip()
    if DECIMAL.fullmatch(bare) is None:
        return Typed(problem=tr("“{text}” is not a number. Write digits, like 2.5.", text=text[:40]))
    return Typed(bare)


_READERS: Final[dict[str, Callable[[str], Typed]]] = {"date": _date, "int": _int, "decimal": _decimal}


def differing(typed: list[str], words: tuple[str, ...]) -> int:
    """The first word that differs, counted from one; 0 when none does."""
    for index, word in enumerate(words):
        if index >= len(typed) or typed[index].casefold() != word.casefold():
            return index + 1
    return 0 if len(typed) == len(words) else len(words) + 1
