"""Dated law read from TOML with every value checked. Layer: law, stdlib only.

The files beside this module are what the desk ships; an organisation may put a file of the same name
into a folder of its own, and that file is read instead. Both go through the same checks.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Final

from ournydesk.errors import BadInput

MARKS: Final = ("V", "S", "K")


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a table comes from, when it was last checked, and until when that may be relied on."""

    name: str
    as_of: date
    stale_after: date
    source: str
    mark: str

    def notice(self, on: date) -> str | None:
        """A sentence for the screen when the table is stale on that day."""
        if on <= self.stale_after:
            return None
        return (
            f"The table “{self.name}” was last checked on {self.as_of} and should have been checked again "
            f"by {self.stale_after}: confirm before relying on it."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """Where one rule comes from, how sure that is, and when it was last checked."""

    citation: str
    mark: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Section:
    """One table of a TOML file; each reader gives the value or refuses with file and key."""

    where: str
    values: Mapping[str, object]

    def text(self, key: str) -> str:
        """A text that is not empty."""
        value = self._value(key)
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(key, "a text")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; missing means none."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self._wrong(key, "a list of texts")
        return tuple(value)

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        """A text from a closed list."""
        value = self.text(key)
        if value not in allowed:
            raise self._wrong(key, f"one of {', '.join(allowed)}")
        return value

    def integer(self, key: str) -> int:
        """A whole number, zero or more."""
        value = self._value(key)
        if type(value) is not int or value < 0:
            raise self._wrong(key, "a whole number, zero or more")
        return value

    def truth(self, key: str) -> bool:
        """True or false; missing means false."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self._wrong(key, "true or false")
        return value

    def day(self, key: str) -> date:
        """A calendar date."""
        value = self._value(key)
        if type(value) is not date:
            raise self._wrong(key, "a date such as 2026-11-23")
        return value

    def mark(self) -> str:
        """How sure the source is: V, S or K."""
        return self.one_of("mark", MARKS)

    def has(self, key: str) -> bool:
        """Whether the key is there at all."""
        return key in self.values

    def section(self, key: str) -> Section:
        """The table under this key."""
        value = self._value(key)
        if not isinstance(value, dict):
            raise self._wrong(key, "a table")
        return Section(f"{self.where}, [{key}]", value)

    def named(self, key: str) -> Iterator[tuple[str, Section]]:
        """The tables below this table, with their names."""
        inner = self.section(key)
        for name in inner.values:
            yield name, inner.section(name)

    def rows(self, key: str) -> Iterator[Section]:
        """The rows of an array of tables; at least one."""
        value = self._value(key)
        if not isinstance(value, list) or not value or not all(isinstance(row, dict) for row in value):
            raise self._wrong(key, "a list of tables")
        for number, row in enumerate(value, start=1):
            yield Section(f"{self.where}, [[{key}]] {number}", row)

    def authority(self) -> Authority:
        """Citation, mark and date of one rule."""
        return Authority(citation=self.text("citation"), mark=self.mark(), as_of=self.day("as_of"))

    def provenance(self) -> Provenance:
        """The head every file carries."""
        return Provenance(
            name=self.text("name"),
            as_of=self.day("as_of"),
            stale_after=self.day("stale_after"),
            source=self.text("source"),
            mark=self.mark(),
        )

    def _value(self, key: str) -> object:
        if key not in self.values:
            raise BadInput(f"{self.where}: “{key}” is missing.", key=key)
        return self.values[key]

    def _wrong(self, key: str, wanted: str) -> BadInput:
        return BadInput(f"{self.where}: “{key}” must be {wanted}.", key=key)


def read_law(name: str, own: Path | None = None) -> Section:
    """The law file ``name`` (``fees.toml``): the organisation's in ``own`` if it has one, else ours.

    Raises BadInput when the organisation's file is not TOML.
    """
    mine = own / name if own is not None else None
    if mine is not None and mine.is_file():
        where, untrusted = str(mine), mine.read_bytes()
    else:
        where = name
        untrusted = resources.files("ournydesk.law").joinpath("data", name).read_bytes()
    try:
        return Section(where, tomllib.loads(untrusted.decode("utf-8")))
    except ValueError as error:
        raise BadInput(f"{where} is not a TOML file: {error}.") from error
