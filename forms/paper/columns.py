"""Texts side by side as strips. Layer: forms.paper; owns columns, their edges and where they may part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from forms.paper.page import Box, Placed, Strip
from forms.paper.typesetting import Line, Style, Typesetter

_WHOLE = 150.0  # a band up to this height stays in one piece


@dataclass(frozen=True, slots=True)
class Cell:
    """Words to be set in a column."""

    text: str
    style: Style
    whole: bool = False
    """Better not broken: a date."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column stands and which edge its lines keep to."""

    x: float
    width: float
    to_the_right: bool = False


class Columns:
    """Sets cells in columns with one typesetter."""

    def __init__(self, typesetter: Typesetter) -> None:
        self._typesetter = typesetter

    def band(
        self,
        columns: Sequence[Column],
        cells: Sequence[Sequence[Cell]],
        *,
        above: float = 0,
        below: float = 0,
    ) -> tuple[Strip, ...]:
        """One band: ``cells[i]`` one under the other in ``columns[i]``.

        A low band is one strip; a tall one is parted between lines so that it can cross pages.
        """
        set_lines = [
            self._set(column, column_cells) for column, column_cells in zip(columns, cells, strict=True)
        ]
        tall = max((sum(line.height for line in lines) for lines in set_lines), default=0.0)
        if tall <= _WHOLE:
            placed = tuple(
                place
                for column, lines in zip(columns, set_lines, strict=True)
                for place in stacked(column, lines, above)
            )
            return (Strip(height=above + tall + below, lines=placed),)
        return _parted(columns, set_lines, above, below)

    def natural(self, cell: Cell) -> float:
        """The width of the widest line of a cell that is never broken."""
        lines = self._typesetter.lines(cell.text, cell.style, float("inf"))
        return max((line.width for line in lines), default=0.0)

    def least(self, cell: Cell) -> float:
        """The width a cell should not go below: a date stays in one piece, other words are broken."""
        return self.natural(cell) if cell.whole else self.longest_word(cell)

    def longest_word(self, cell: Cell) -> float:
        """The width below which a word of the cell would have to be cut."""
        words = cell.text.split() or [""]
        return max(self.natural(Cell(word, cell.style)) for word in words)

    def _set(self, column: Column, cells: Sequence[Cell]) -> list[Line]:
        return [
            line for cell in cells for line in self._typesetter.lines(cell.text, cell.style, column.width)
        ]


def stacked(column: Column, lines: Sequence[Line], top: float) -> tuple[Placed, ...]:
    """Lines one under the other in a column, each at the column's reading edge."""
    placed = []
    for line in lines:
        x = column.x + column.width - line.width if column.to_the_right else column.x
        placed.append(Placed(line, x, top))
        top += line.height
    return tuple(placed)


def ruled(strips: tuple[Strip, ...], x: float, width: float, colour: str = "line") -> tuple[Strip, ...]:
    """The strips with a hairline under the last of them."""
    last = strips[-1]
    line = Box(x, last.height - 0.5, width, 0.5, colour)
    return (*strips[:-1], replace(last, boxes=(*last.boxes, line)))


def barred(strips: tuple[Strip, ...], x: float, width: float, tint: str, bar: str) -> tuple[Strip, ...]:
    """The strips on a tint, with a bar at their leading edge."""
    return tuple(
        replace(
            strip,
            boxes=(Box(x, 0, width, strip.height, tint), Box(x, 0, 3, strip.height, bar), *strip.boxes),
        )
        for strip in strips
    )


def _parted(
    columns: Sequence[Column], set_lines: Sequence[list[Line]], above: float, below: float
) -> tuple[Strip, ...]:
    strips = []
    rows = list(zip_longest(*set_lines))
    for at, row in enumerate(rows):
        before = above if at == 0 else 0.0
        after = below if at == len(rows) - 1 else 0.0
        height = max(line.height for line in row if line)
        placed = tuple(
            place
            for column, line in zip(columns, row, strict=True)
            if line
            for place in stacked(column, (line,), before)
        )
        lonely = at in {0, len(rows) - 2}  # no single line stays behind or goes ahead alone
        strips.append(Strip(height=before + height + after, lines=placed, keep=lonely))
    return tuple(strips)
