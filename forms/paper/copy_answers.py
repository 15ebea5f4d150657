"""Room for answers on a paper copy: boxes, lines, dates, tables. Layer: forms.paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from forms.paper import bidi
from forms.paper.columns import Cell, Column, Columns
from forms.paper.copy_words import said
from forms.paper.fonts import Weight
from forms.paper.page import CAPTION, LEFT, RIGHT, SMALL, Box, Strip, keep
from forms.paper.typesetting import Style
from ournydesk.domain.documents import Bilingual
from ournydesk.domain.paper_copy import Answering, Condition, CopyQuestion, CopyRepeat, When

_T = TypeVar("_T")
SQUARE: Final = 9.5
_LINE: Final = 22.0
_LINES: Final = 5
_NUMBER: Final = 110.0
_DATE: Final = (2, 2, 4)
_DIGIT: Final = 17.0
_CELLS: Final = 6
"""Questions of a table beside each other."""
_FEW, _MANY = 3, 6
_WRITING: Final = 20.0
"""Points of room to write in a cell."""
_BETWEEN: Final = 10.0


class CopyAnswers:
    """Draws where an answer is written. ``gutter``: points before an answer, under the number."""

    def __init__(self, columns: Columns, language: str, gutter: float) -> None:
        self._columns, self._language = columns, language
        self._rtl = bidi.is_rtl(language)
        self._left = LEFT if self._rtl else LEFT + gutter
        self._wide = RIGHT - LEFT - gutter

    def of(self, asked: CopyQuestion) -> Iterator[Strip]:
        """Room for the answer to one question, and where to go on."""
        match asked.answering:
            case Answering.ONE | Answering.MANY:
                yield from self._boxes(asked)
            case Answering.DAY:
                yield self._day()
            case Answering.NUMBER:
                yield self._rule(_NUMBER)
            case Answering.LINES:
                yield from (self._rule(self._wide) for _ in range(_LINES))
            case _:
                yield self._rule(self._wide)
        if asked.skip_answer is not None:
            words = said("skip", self._language, answer=asked.skip_answer, number=asked.skip_to)
            yield from self._aside(words, bold=True)

    def condition(self, only_if: Condition | None) -> Iterator[Strip]:
        """When a question is answered at all."""
        if only_if is None:
            return
        joined = Bilingual(
            english=" / ".join(each.english for each in only_if.answers),
            client=" / ".join(each.client or each.english for each in only_if.answers),
        )
        yield from self._aside(
            said(only_if.when.value, self._language, number=only_if.number, answers=joined),
            bold=only_if.when is not When.APPLIES,
        )

    def ticket(self) -> Iterator[Strip]:
        """A line for the ticket's number: paper needs no name to be found again."""
        words = said("ticket", self._language)
        column = Column(self._left, self._wide, to_the_right=self._rtl)
        text = f"{words.client} · {words.english}" if words.client else words.english
        cell = Cell(text, CAPTION.but(language=self._language))
        yield from self._columns.band((column,), ([cell],))
        yield self._rule(_NUMBER)

    def table(self, entry: CopyRepeat, rows: int) -> Iterator[Strip]:
        """Empty rows; each cell says what belongs into it, so no row has to be counted across."""
        lines = -(-len(entry.columns) // _CELLS)
        per = -(-len(entry.columns) // lines)
        groups = tuple(_batches(entry.columns, per))
        for _ in range(rows or (_MANY if lines == 1 else _FEW)):
            strips = [strip for group in groups for strip in self._row(group)]
            top = Box(LEFT, 0, RIGHT - LEFT, 1.2, "ink2")
            strips[0] = replace(strips[0], boxes=(*strips[0].boxes, top))
            yield from keep(strips[:-1])
            yield strips[-1]
        yield from self._aside(said("more", self._language), bold=False)

    def _row(self, group: Sequence[CopyQuestion]) -> Iterator[Strip]:
        wide = (RIGHT - LEFT) / len(group)
        places = [LEFT + wide * at for at in range(len(group))]
        if self._rtl:
            places.reverse()
        inside = [Column(x + 4, wide - 8, to_the_right=self._rtl) for x in places]
        cells = [self._cell(asked) for asked in group]
        written = 4.0 if all(asked.options for asked in group) else _WRITING
        (strip, *rest) = self._columns.band(inside, cells, above=3, below=written)
        strips = (strip, *rest)
        edges = sorted({*places, RIGHT})
        for at, each in enumerate(strips):
            boxes = [Box(x - (0.5 if x == RIGHT else 0), 0, 0.5, each.height, "ink3") for x in edges]
            if at == len(strips) - 1:
                boxes.append(Box(LEFT, each.height - 0.5, RIGHT - LEFT, 0.5, "ink3"))
            yield replace(each, boxes=(*each.boxes, *boxes), keep=at < len(strips) - 1)

    def _cell(self, asked: CopyQuestion) -> list[Cell]:
        client = asked.label.client or asked.label.english
        cells = [Cell(f"{asked.number} {client}", self._style(CAPTION.but(colour="ink", weight=Weight.BOLD)))]
        if asked.label.client:
            cells.append(Cell(asked.label.english, CAPTION))
        small = self._style(CAPTION.but(colour="ink", size=8))
        cells += [Cell(f"☐ {_spoken(option)}", small) for option in asked.options]
        return cells

    def _boxes(self, asked: CopyQuestion) -> Iterator[Strip]:
        """Boxes to tick in as many columns as their words allow."""
        if asked.answering is Answering.MANY:
            yield from self._aside(said("many", self._language), bold=False)
        style = self._style(SMALL)
        texts = [_spoken(option) for option in asked.options]
        widest = max(self._columns.natural(Cell(text, style)) for text in texts) + SQUARE + 6 + _BETWEEN
        across = max(1, min(4, int((self._wide + _BETWEEN) // widest), len(texts)))
        wide = (self._wide + _BETWEEN) / across if across > 1 else self._wide
        for row in _batches(texts, across):
            yield from self._options(row, min(wide, max(widest, 74.0)), style)

    def _options(self, row: Sequence[str], wide: float, style: Style) -> Iterator[Strip]:
        columns: list[Column] = []
        boxes: list[Box] = []
        for at in range(len(row)):
            x = self._left + wide * at
            if self._rtl:
                x = self._left + self._wide - wide * (at + 1)
                columns.append(Column(x, wide - SQUARE - 6, to_the_right=True))
                boxes += _square(x + wide - SQUARE, 4.0)
            else:
                columns.append(Column(x + SQUARE + 6, wide - SQUARE - 6))
                boxes += _square(x, 4.0)
        strips = self._columns.band(columns, [[Cell(text, style)] for text in row], above=2, below=2)
        yield from (replace(strips[0], boxes=(*boxes, *strips[0].boxes)), *strips[1:])

    def _day(self) -> Strip:
        """Cells for month, day and year; digits are written from the left in every language."""
        boxes: list[Box] = []
        x = self._left if not self._rtl else self._left + self._wide - (sum(_DATE) * _DIGIT + 2 * 12)
        for count in _DATE:
            for _ in range(count):
                boxes += _outline(x, 3.0, _DIGIT, 19.0)
                x += _DIGIT
            x += 12
        words = said("day", self._language)
        text = words.client or words.english
        style = self._style(CAPTION)
        beside = Column(x, 200.0)
        if self._rtl:
            beside = Column(self._left, self._wide - sum(_DATE) * _DIGIT - 2 * 12 - 10, to_the_right=True)
        (strip,) = self._columns.band((beside,), ([Cell(text, style)],), above=7, below=7)
        return replace(strip, boxes=(*boxes, *strip.boxes))

    def _rule(self, wide: float) -> Strip:
        x = self._left + self._wide - wide if self._rtl else self._left
        return Strip(height=_LINE, boxes=(Box(x, _LINE - 2, wide, 0.6, "ink3"),))

    def _aside(self, words: Bilingual, *, bold: bool) -> Iterator[Strip]:
        texts = [f"{words.client} · {words.english}" if words.client else words.english]
        if self._rtl and words.client:  # two directions in one line are hard to read
            texts = [words.client, words.english]
        style = self._style(CAPTION.but(colour="acc", weight=Weight.BOLD if bold else Weight.REGULAR))
        column = Column(self._left, self._wide, to_the_right=self._rtl)
        yield from self._columns.band((column,), ([Cell(text, style) for text in texts],), above=1, below=2)

    def _style(self, style: Style) -> Style:
        return style.but(language=self._language)


def _batches(things: Sequence[_T], size: int) -> Iterator[tuple[_T, ...]]:
    """The things in their order, ``size`` at a time."""
    return (tuple(things[at : at + size]) for at in range(0, len(things), size))


def _spoken(option: Bilingual) -> str:
    if option.client and option.client != option.english:
        return f"{option.client} · {option.english}"
    return option.english


def _square(x: float, top: float) -> tuple[Box, Box]:
    return (Box(x, top, SQUARE, SQUARE, "ink"), Box(x + 1, top + 1, SQUARE - 2, SQUARE - 2, "paper"))


def _outline(x: float, top: float, wide: float, high: float) -> tuple[Box, Box]:
    return (Box(x, top, wide, high, "ink3"), Box(x + 0.8, top + 0.8, wide - 1.6, high - 1.6, "paper"))
