"""How soon an attorney must see a case. Layer: law, stdlib only.

Levels are data (``urgency.toml``). The worst row that fits sets the level; nothing here lowers one. A
number of days that is negative (a hearing that was missed, a date that passed) counts as the most
urgent of its kind.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from ournydesk.errors import BadInput
from ournydesk.law.reading import Authority, Provenance, Section, read_law

FILE = "urgency.toml"
MOST_DAYS = 36_600


class Level(StrEnum):
    """From today to normal."""

    CRITICAL = "CRITICAL"
    HIGH = "HIGH"
    MEDIUM = "MEDIUM"
    LOW = "LOW"


_WORST_FIRST: Final = tuple(Level)


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgencyRow:
    """One condition: a fact that is so, or days left up to ``at_most`` (None: any number)."""

    fact: str
    level: Level
    days: bool
    at_most: int | None
    short: str
    """A word or two for a list."""
    text: str
    passed: str
    """Said instead of ``text`` once the day lies behind; empty for a table that has no such words."""
    authority: Authority

    def fits(self, left: int | None) -> bool:
        """Whether the condition holds for this many days left."""
        return self.at_most is None or (left is not None and left <= self.at_most)


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgencyTable:
    """All conditions, and what each level promises."""

    provenance: Provenance
    targets: Mapping[Level, str]
    rows: tuple[UrgencyRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgencyReason:
    """One fact and the level it alone would set."""

    fact: str
    level: Level
    short: str
    text: str
    citation: str
    mark: str
    days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgency:
    """The level, what it promises, and every fact that set or supports it, worst first."""

    level: Level
    target: str
    reasons: tuple[UrgencyReason, ...]


def read_urgency(own: Path | None = None) -> UrgencyTable:
    """The table the desk ships, or the organisation's own. Raises BadInput as ``read_law`` does."""
    file = read_law(FILE, own)
    levels = {level: file.section("level").section(level).text("target") for level in Level}
    return UrgencyTable(
        provenance=file.provenance(), targets=levels, rows=tuple(_row(row) for row in file.rows("row"))
    )


def urgency(facts: Sequence[str], table: UrgencyTable) -> Urgency:
    """The level of these facts, each ``name`` or ``name:days``. No facts: LOW.

    Raises BadInput naming a fact that is not known, or one whose number is missing or wrong.
    """
    reasons = []
    for written in facts:
        rows, left = _read(written, table)
        fitting = [row for row in rows if row.fits(left)]
        if fitting:
            row = min(fitting, key=lambda row: _WORST_FIRST.index(row.level))
            reasons.append(_reason(written, row, left))
    reasons.sort(key=lambda reason: _WORST_FIRST.index(reason.level))
    level = reasons[0].level if reasons else Level.LOW
    return Urgency(level=level, target=table.targets[level], reasons=tuple(reasons))


def _row(row: Section) -> UrgencyRow:
    return UrgencyRow(
        fact=row.text("fact"),
        level=Level(row.one_of("level", tuple(Level))),
        days=row.one_of("kind", ("fact", "days")) == "days",
        at_most=row.integer("at_most") if row.has("at_most") else None,
        short=row.text("short") if row.has("short") else row.text("fact").replace("_", " ").capitalize(),
        text=row.text("text"),
        passed=row.text("passed") if row.has("passed") else "",
        authority=row.authority(),
    )


def _read(written: str, table: UrgencyTable) -> tuple[list[UrgencyRow], int | None]:
    name, colon, value = (part.strip() for part in written.partition(":"))
    rows = [row for row in table.rows if row.fact == name]
    if not rows:
        known = ", ".join(dict.fromkeys(f"{row.fact}:N" if row.days else row.fact for row in table.rows))
        raise BadInput(f"facts: “{written}” is not known; known are {known}.", key="facts")
    if not rows[0].days:
        if colon and value != "true":
            raise BadInput(f"facts: “{written}” takes no value.", key="facts")
        return rows, None
    digits = value.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 5 or int(digits) > MOST_DAYS:
        raise BadInput(f"facts: “{written}” needs a whole number of days, as in {name}:7.", key="facts")
    return rows, int(value)


def _reason(written: str, row: UrgencyRow, left: int | None) -> UrgencyReason:
    text = _in_words(row.text, left)
    if left is not None and left < 0:
        said = _in_words(row.passed, -left) or f"{text} It has passed by {-left} days."
        text = f"{said} What can still be done is for the attorney to say."
    return UrgencyReason(
        fact=written,
        level=row.level,
        short=row.short,
        text=text,
        citation=row.authority.citation,
        mark=row.authority.mark,
        days=left,
    )


def _in_words(text: str, days: int | None) -> str:
    said = text.replace("{days}", str(days)).replace(" in 0 days", " today")
    return re.sub(r"(?<!\d)(-?1) days", r"\1 day", said)
