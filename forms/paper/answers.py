"""Questions and answers in two languages as strips. Layer: forms.paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from forms.paper import bidi
from forms.paper.columns import Cell, Column, Columns, ruled
from forms.paper.fonts import Weight
from forms.paper.page import (
    ANSWER,
    BODY,
    CAPTION,
    HEADING,
    LEFT,
    RIGHT,
    SECTION,
    SMALL,
    Strip,
    keep,
    on,
    space,
    with_heads,
)
from forms.paper.typesetting import Style
from forms.paper.words import Words
from ournydesk.domain.answers import Said
from ournydesk.domain.documents import Bilingual, PacketRow, PacketSection, PacketTable

_GUTTER = 24.0
_CELL = SMALL.but(size=9)
_HEAD = CAPTION
_BETWEEN = 10.0  # between two columns of a table
_NARROW, _BROAD = 30.0, 170.0


class Answers:
    """Lays out what was asked and answered, the client's language first."""

    def __init__(self, words: Words, columns: Columns, left: float = LEFT, right: float = RIGHT) -> None:
        self._words = words
        self._columns = columns
        self._left, self._right = left, right

    def style(self, style: Style) -> Style:
        """A style in the client's language."""
        return style.but(language=self._words.language)

    def sides(self, left: float, right: float) -> tuple[Column, Column]:
        """The client's column and the English one: from the right for languages read so."""
        half = (right - left - _GUTTER) / 2
        first, second = Column(left, half), Column(left + half + _GUTTER, half)
        if bidi.is_rtl(self._words.language):
            return replace(second, to_the_right=True), first
        return first, second

    def whole(self, text: str, style: Style, *, above: float = 0, below: float = 0) -> tuple[Strip, ...]:
        """English words over the whole width."""
        column = Column(self._left, self._right - self._left)
        return self._columns.band((column,), ([Cell(text, style)],), above=above, below=below)

    def pair(self, said: Bilingual, style: Style, *, above: float = 0, below: float = 0) -> tuple[Strip, ...]:
        """The same words twice, side by side and equally large; once where there is one language."""
        if self._words.english_only:
            return self.whole(said.english, style, above=above, below=below)
        client = Cell(said.client, self.style(style)) if said.client else self._only_english()
        columns = self.sides(self._left, self._right)
        return self._columns.band(columns, ([client], [Cell(said.english, style)]), above=above, below=below)

    def section(self, section: PacketSection, anchor: str) -> Iterator[Strip]:
        """A section: its title, its answers, its tables."""
        yield space(20, keep=True)
        title = ruled(self.pair(section.title, SECTION, below=7), self._left, self._right - self._left, "acc")
        yield from on(
            keep(title), lambda strip: replace(strip, anchor=anchor, bookmark=section.title.english)
        )
        yield space(4, keep=True)
        if not section.rows and not section.tables:
            yield from self.pair(self._words["none"], BODY.but(colour="ink3"), above=4, below=8)
        for row in section.rows:
            yield from self.row(row)
        for at, table in enumerate(section.tables):
            yield from self.table(table, f"{anchor}-{at}")

    def row(self, row: PacketRow) -> Iterator[Strip]:
        """One question with its answer under it, in both languages."""
        if row.heading:
            yield from keep(self.pair(row.heading, HEADING, above=12, below=2))
        wide = self._right - self._left
        answer = self._words.answer(row.answer)
        if self._words.english_only:
            column, beside = Column(self._left, wide * 0.6), Column(self._left + wide * 0.64, wide * 0.36)
            cells = ([Cell(row.question.english, BODY)], [Cell(answer.english, ANSWER)])
            yield from ruled(self._columns.band((column, beside), cells, above=5, below=6), self._left, wide)
            return
        yield from _last_kept(self.pair(row.question, BODY.but(colour="ink2"), above=5, below=1))
        spoken = Cell(answer.client or answer.english, self.style(ANSWER))
        columns = self.sides(self._left, self._right)
        strips = self._columns.band(columns, ([spoken], [Cell(answer.english, ANSWER)]), below=6)
        yield from ruled(strips, self._left, wide)

    def table(self, table: PacketTable, anchor: str) -> Iterator[Strip]:
        """A table whose heads come again on every page; too many columns become one answer a line."""
        title = self.pair(table.title, HEADING, above=16, below=5)
        yield from on(
            keep(title), lambda strip: replace(strip, anchor=anchor, bookmark=table.title.english, level=1)
        )
        if not table.rows:
            yield from self.pair(self._words["none"], BODY.but(colour="ink3"), below=8)
            return
        cells = [[self._cell(each) for each in row] for row in table.rows]
        heads = [self._head(head) for head in table.heads]
        columns = self._fitted(heads, cells)
        if columns is None:
            yield from self._one_by_one(table)
            return
        wide = self._right - self._left
        head = keep(ruled(self._columns.band(columns, heads, below=4), self._left, wide, "acc.line"))
        yield from head
        again = (*self._continued(table.title), *head)
        for row in cells:
            strips = self._columns.band(columns, row, above=5, below=5)
            yield from with_heads(ruled(strips, self._left, wide), again)

    def _continued(self, title: Bilingual) -> tuple[Strip, ...]:
        said = Bilingual(english=f"{title.english}, continued", client=title.client)
        return keep(self.pair(said, CAPTION, above=4, below=6))

    def _head(self, head: Bilingual) -> list[Cell]:
        english = [Cell(head.english, _HEAD)]
        if self._words.english_only or not head.client:
            return english
        return [Cell(head.client, self.style(_HEAD)), *english]

    def _cell(self, said: Bilingual) -> list[Cell]:
        day = said.day
        blank = said.said is Said.VALUE and not said.english and not said.client
        said = Bilingual(english="—") if blank else self._words.answer(said)
        client = said.client if not self._words.english_only else ""
        style = _CELL.but(weight=Weight.BOLD)
        whole = day is not None
        if client and client != said.english:
            return [Cell(client, self.style(style), whole), Cell(said.english, style, whole)]
        return [Cell(said.english, self.style(style), whole)]

    def _fitted(
        self, heads: Sequence[list[Cell]], rows: Sequence[Sequence[list[Cell]]]
    ) -> list[Column] | None:
        """Columns as wide as their words need, or None where they do not fit side by side."""
        room = self._right - self._left - _BETWEEN * (len(heads) - 1)
        stacks = [[*head, *(cell for row in rows for cell in row[at])] for at, head in enumerate(heads)]
        least = [max(_NARROW, *(self._columns.least(cell) for cell in stack)) for stack in stacks]
        if sum(least) > room:
            least = [max(_NARROW, *(self._columns.longest_word(cell) for cell in stack)) for stack in stacks]
        if sum(least) > room:
            return None
        wanted = [
            max(_NARROW, *(min(_BROAD, self._columns.natural(cell)) for cell in stack)) for stack in stacks
        ]
        widths = [max(pair) for pair in zip(least, wanted, strict=True)]
        spare = room - sum(widths)
        if spare < 0:
            loose = [width - narrow for width, narrow in zip(widths, least, strict=True)]
            widths = [width + spare * part / sum(loose) for width, part in zip(widths, loose, strict=True)]
        else:
            widths = [width + spare * width / sum(widths) for width in widths]
        columns, x = [], self._left
        for width in widths:
            columns.append(Column(x, width))
            x += width + _BETWEEN
        return columns

    def _one_by_one(self, table: PacketTable) -> Iterator[Strip]:
        for number, cells in enumerate(table.rows, 1):
            for at, (head, cell) in enumerate(zip(table.heads, cells, strict=True)):
                heading = _numbered(table.title, number) if at == 0 else None
                yield from self.row(PacketRow(question=head, answer=cell, row=number, heading=heading))

    def _only_english(self) -> Cell:
        said = self._words["only_english"]
        return Cell(said.client or said.english, self.style(CAPTION))


def _numbered(title: Bilingual, number: int) -> Bilingual:
    return Bilingual(
        english=f"{title.english} {number}", client=f"{title.client} {number}" if title.client else ""
    )


def _last_kept(strips: tuple[Strip, ...]) -> tuple[Strip, ...]:
    return (*strips[:-1], replace(strips[-1], keep=True))
