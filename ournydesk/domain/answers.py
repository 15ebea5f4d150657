"""What a person answered. Layer: domain, standard library only.

*Unknown*, *declined* and *blank* are three different answers: the first two are said aloud by the
client and are kept; blank means nobody has asked or answered yet.

An intake's answers are a plain value, :class:`Answers`, made by folding :class:`AnswerEvent`
values in order. Rows of a repeat have ids of their own (never positions), so an event means the
same on every desk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from ournydesk.domain.ids import Path, RowId


class Said(StrEnum):
    """How an answer was given."""

    VALUE = "value"
    UNKNOWN = "unknown"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its text as an XForms instance would hold it, or why there is none."""

    text: str = ""
    said: Said = Said.VALUE

    @property
    def blank(self) -> bool:
        """True when nothing was answered at all."""
        return self.said is Said.VALUE and not self.text


BLANK = Answer()


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """The answer at ``path`` is now ``answer``."""

    path: Path
    answer: Answer


@dataclass(frozen=True, slots=True)
class RowAdded:
    """Repeat ``path`` (``/data/trips``) gained row ``row`` before row ``before``, or at the end."""

    path: Path
    row: RowId
    before: RowId | None = None


@dataclass(frozen=True, slots=True)
class RowRemoved:
    """Repeat ``path`` lost row ``row`` with everything in it."""

    path: Path
    row: RowId


AnswerEvent = AnswerSet | RowAdded | RowRemoved


def _empty_answers() -> Mapping[Path, Answer]:
    return MappingProxyType({})


def _empty_rows() -> Mapping[Path, tuple[RowId, ...]]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers of one intake and the rows they stand in.

    ``values`` maps a path to an answer; blank answers are absent. ``rows`` maps a repeat's path to
    its row ids in order; a repeat without a row is absent. A path of a removed row is gone from both.
    """

    values: Mapping[Path, Answer] = field(default_factory=_empty_answers)
    rows: Mapping[Path, tuple[RowId, ...]] = field(default_factory=_empty_rows)

    def get(self, path: Path) -> Answer:
        """The answer at ``path``, blank when there is none."""
        return self.values.get(path, BLANK)

    def apply(self, event: AnswerEvent) -> Answers:
        """The answers after one more event; events on unknown rows change nothing."""
        return self.apply_all((event,))

    def apply_all(self, events: Iterable[AnswerEvent]) -> Answers:
        """The answers after several events, in order. Linear in answers plus events."""
        values = dict(self.values)
        rows = dict(self.rows)
        for event in events:
            match event:
                case AnswerSet(path, answer):
                    if answer.blank:
                        values.pop(path, None)
                    else:
                        values[path] = answer
                case RowAdded(path, row, before):
                    present = rows.get(path, ())
                    if row in present:
                        continue
                    at = present.index(before) if before in present else len(present)
                    rows[path] = (*present[:at], row, *present[at:])
                case RowRemoved(path, row):
                    left = tuple(other for other in rows.pop(path, ()) if other != row)
                    if left:
                        rows[path] = left
                    inside = f"{path}[{row}]"
                    for gone in [key for key in values if _within(key, inside)]:
                        del values[gone]
                    for gone in [key for key in rows if _within(key, inside)]:
                        del rows[gone]
        return replace(self, values=MappingProxyType(values), rows=MappingProxyType(rows))


def _within(path: str, inside: str) -> bool:
    return path == inside or path.startswith(inside + "/")
