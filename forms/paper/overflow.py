"""What does not fit its box: Part 14's blocks, then continuation sheets. Layer: forms.paper.

Answers are gathered by page, part and item, as the form asks. Each such group gets a block; a group
longer than its block takes a further one while enough are left for the groups after it. What is left
over, down to the last line, goes to continuation sheets. Nothing is dropped and nothing is cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from forms.paper.official_answers import Entry
from forms.paper.typesetting import Line

SIZE: Final = 9.0
Wrap = Callable[[str, float], tuple[Line, ...]]
"""Breaks a text to lines of at most so many points."""


@dataclass(frozen=True, slots=True)
class Group:
    """Answers that continue under one heading: where the form asked for them."""

    page: int
    part: str
    number: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands in one block. ``follows``: the group goes on on a continuation sheet."""

    group: Group
    pieces: tuple[Piece, ...]
    follows: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """The lines of one answer that stand in one place."""

    entry: Entry
    lines: tuple[Line, ...]
    whole: bool = True


@dataclass(slots=True)
class Spread:
    """Where everything went: a filling for each block used, the rest for the sheets, in order."""

    fillings: list[Filling] = field(default_factory=list)
    rest: list[tuple[Group, tuple[Piece, ...]]] = field(default_factory=list)


def grouped(entries: Iterable[Entry]) -> tuple[Group, ...]:
    """Entries under their page, part and item, in the form's order."""
    keyed = groupby(
        sorted(entries, key=lambda entry: entry.page),
        key=lambda entry: (entry.page, entry.part, entry.number),
    )
    return tuple(Group(page, part, number, tuple(each)) for (page, part, number), each in keyed)


def spread(groups: Sequence[Group], capacities: Sequence[int], width: float, wrap: Wrap) -> Spread:
    """Each group in its blocks (``capacities`` in lines, in order), the rest for the sheets."""
    result = Spread()
    free = list(capacities)
    for at, group in enumerate(groups):
        left = [Piece(entry, wrap(entry.label, width)) for entry in group.entries]
        others = len(groups) - at - 1
        while left and free and (len(free) > others or not _begun(result, group)):
            capacity = free.pop(0)
            more_blocks = len(free) > others
            taken, left = _take(left, capacity, keep_one=not more_blocks)
            result.fillings.append(Filling(group, taken, follows=bool(left) and not more_blocks))
        if left:
            result.rest.append((group, tuple(left)))
    return result


def _begun(result: Spread, group: Group) -> bool:
    return bool(result.fillings) and result.fillings[-1].group is group


def _take(left: list[Piece], capacity: int, *, keep_one: bool) -> tuple[tuple[Piece, ...], list[Piece]]:
    """What fits into ``capacity`` lines, whole answers if possible; ``keep_one`` leaves room to say so."""
    if sum(len(piece.lines) for piece in left) <= capacity:
        return tuple(left), []
    room = capacity - 1 if keep_one else capacity
    taken: list[Piece] = []
    queue = list(left)
    while queue and len(queue[0].lines) <= room:
        room -= len(queue[0].lines)
        taken.append(queue.pop(0))
    if queue and room and (not taken or len(queue[0].lines) > capacity):
        first = queue.pop(0)
        taken.append(Piece(first.entry, first.lines[:room], whole=False))
        queue.insert(0, Piece(first.entry, first.lines[room:], whole=False))
    return tuple(taken), queue
