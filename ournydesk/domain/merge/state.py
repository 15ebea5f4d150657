"""What a record comes to, as a value. Layer: domain, standard library only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Generic, NamedTuple, TypeVar

from ournydesk.domain.answers import Answer, Answers
from ournydesk.domain.ids import Path, RowId
from ournydesk.domain.merge.clock import START
from ournydesk.domain.operations import DeviceId
from ournydesk.domain.record import (
    Began,
    Counted,
    Decided,
    Dot,
    HandedOver,
    Lent,
    Noted,
    Payload,
    Published,
    RowPut,
    RowTaken,
    Stamp,
)

W_co = TypeVar("W_co", covariant=True)
Row = tuple[Path, RowId]
NOTHING: Final = Answers()
"""What a record comes to before anything was said."""
_ROW: Final = re.compile(r"\[([0-9a-f]{32})\]")


class Told(NamedTuple):
    """One operation as merging sees it: who, at which place of their chain, and what."""

    device: DeviceId
    dseq: int
    payload: Payload


@dataclass(frozen=True, slots=True)
class Placed(Generic[W_co]):
    """A write with its name and its time."""

    dot: Dot
    at: Stamp
    write: W_co

    @property
    def key(self) -> tuple[Stamp, Dot]:
        """Orders writes in the same way at every desk."""
        return self.at, self.dot


@dataclass(frozen=True, slots=True)
class Live:
    """A live answer, by the latest write that gave it; ``also`` are other live writes of the same."""

    dot: Dot
    answer: Answer
    at: Stamp
    also: tuple[Dot, ...] = ()

    @property
    def dots(self) -> tuple[Dot, ...]:
        """Every live write that gave this answer."""
        return (self.dot, *self.also)


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row that was taken by writes ``taken`` and stays for writes ``edited`` they had not seen."""

    path: Path
    row: RowId
    taken: tuple[Dot, ...]
    edited: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class RowWrites:
    """All that was said about whether a row is there; removed rows have it too."""

    there: bool
    puts: tuple[Placed[RowPut], ...]
    takings: tuple[Placed[RowTaken], ...]
    """Takings no put has taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What a record comes to. Lists are in the order of their stamps, the oldest first."""

    answers: Answers = NOTHING
    live: Mapping[Path, tuple[Live, ...]] = field(default_factory=dict)
    """Every live answer by path, the one shown first in front; removed rows' and blank ones too."""
    conflicts: tuple[Path, ...] = ()
    """Paths that are there and have several live answers that differ."""
    removed_but_edited: tuple[KeptRow, ...] = ()
    rows: Mapping[Row, RowWrites] = field(default_factory=dict)
    began: Began | None = None
    counted: Counted | None = None
    handed_over: tuple[Placed[HandedOver], ...] = ()
    notes: tuple[Placed[Noted], ...] = ()
    decisions: tuple[Placed[Decided], ...] = ()
    lent: tuple[Placed[Lent], ...] = ()
    published: tuple[Placed[Published], ...] = ()
    named: Mapping[Path, tuple[Dot, ...]] = field(default_factory=dict, repr=False)
    """Every write ever made at a path, superseded ones too."""
    latest: Stamp = START
    """The stamp of the latest of them; what is written on top of all this carries a later one."""


def rows_around(path: Path) -> Iterator[Row]:
    """The rows a path stands in, the outermost first."""
    for match in _ROW.finditer(path):
        yield Path(path[: match.start()]), RowId(match[1])


def innermost(path: Path) -> Row | None:
    """The row a path stands in directly, None outside of all repeats."""
    return max(rows_around(path), key=lambda row: len(row[0]), default=None)


def is_inside(path: Path, repeat: Path, row: RowId) -> bool:
    """Whether a path is of something within a row."""
    inside = f"{repeat}[{row}]"
    return path == inside or path.startswith(inside + "/")
