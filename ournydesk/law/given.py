"""Facts that came in as JSON, read key by key. Layer: law, stdlib only.

Every refusal is one sentence that names the key. A key that is missing or null means nothing to
report; a key nobody knows is refused, because a misspelt fact must not read as no fact.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from ournydesk.errors import BadInput
from ournydesk.law.dates import FIRST_YEAR, LAST_YEAR, When, read_when

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Given:
    """One JSON object from outside. ``where`` is put before the key in a refusal: ``trips[2].``."""

    untrusted: Mapping[str, object]
    where: str = ""

    @classmethod
    def of(cls, untrusted: object, known: Collection[str], where: str = "") -> Given:
        """The object with its keys checked. Raises BadInput for another kind or an unknown key."""
        name = where.rstrip(".") or "the file"
        if not isinstance(untrusted, dict):
            raise BadInput(f"{name} must hold one JSON object, in braces.", key=name)
        for key in untrusted:
            if key not in known:
                raise BadInput(
                    f"{where}{key} is not a key that is read here; known keys are {', '.join(known)}.",
                    key=f"{where}{key}",
                )
        return cls(untrusted, where)

    def truth(self, key: str) -> bool | None:
        """True, false, or None."""
        return self._optional(key, _truth, "true or false")

    def text(self, key: str) -> str | None:
        """A text, or None."""
        return self._optional(key, _text, "a text")

    def integer(self, key: str, least: int, most: int) -> int | None:
        """A whole number within bounds, or None."""
        return self._optional(
            key, lambda value: _integer(value, least, most), f"a whole number from {least} to {most}"
        )

    def one_of(self, key: str, allowed: Collection[str]) -> str | None:
        """One of a few texts, or None."""
        return self._optional(key, lambda value: _one_of(value, allowed), f"one of {', '.join(allowed)}")

    def day(self, key: str) -> date | None:
        """A full date, or None."""
        return self._optional(key, _day, "a real date such as 2026-11-23")

    def when(self, key: str) -> When | None:
        """A date, a month, a year, or None."""
        return self._optional(key, read_year, "a real date such as 2026-11-23 (or 2026-11, or 2026)")

    def items(self, key: str) -> list[object]:
        """A list; empty when missing."""
        return self._optional(key, _items, "a list, in square brackets") or []

    def missing(self, key: str, hint: str) -> BadInput:
        """The refusal for a key that must be there, saying what belongs in it."""
        return BadInput(f"{self.where}{key} is missing: give {hint}.", key=f"{self.where}{key}")

    def _optional(self, key: str, read: Callable[[object], T], wanted: str) -> T | None:
        value = self.untrusted.get(key)
        if value is None:
            return None
        try:
            return read(value)
        except (TypeError, ValueError) as error:
            raise BadInput(
                f"{self.where}{key} must be {wanted}, not {_shown(value)}.", key=f"{self.where}{key}"
            ) from error


def read_year(value: object) -> When:
    """A date known in whole or in part, in a year a living person can write. Raises ValueError."""
    when = read_when(_text(value))
    if not FIRST_YEAR <= int(_text(value)[:4]) <= LAST_YEAR:
        raise ValueError(value)
    return when


def _day(value: object) -> date:
    when = read_year(value)
    if not isinstance(when, date):
        raise TypeError(value)
    return when


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _integer(value: object, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError(value)
    return value


def _one_of(value: object, allowed: Collection[str]) -> str:
    if _text(value) not in allowed:
        raise ValueError(value)
    return _text(value)


def _items(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _shown(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f"“{value[:40]}”"
        case int():
            return str(value)
        case list():
            return "a list"
        case _:
            return "an object"
