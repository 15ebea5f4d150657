"""One page to take home, in the client's language and in large type. Layer: forms.paper.

It says what comes next and names nobody. Everything stands on one page: the type is as large as that
allows. For a language read from the right the page is mirrored.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from forms.paper import bidi
from forms.paper.columns import Cell, Column, Columns
from forms.paper.fonts import Fonts, Weight, system_fonts
from forms.paper.page import CAPTION, LEFT, RIGHT, ROOM, Box, Edges, Page, Strip, paginate, printed, space
from forms.paper.takehome_words import HOTLINE, TakeHomeWords, take_home_words
from forms.paper.typesetting import Style, Typesetter
from forms.paper.words import written_day
from ournydesk.domain.documents import Printout
from ournydesk.domain.takehome import TakeHome
from ournydesk.errors import BadInput

LARGEST: Final = 17.0
SMALLEST: Final = 8.0
DRAFT: Final = "Draft translation: nobody has reviewed it yet."
_STEP: Final = 0.5
_WIDE: Final = RIGHT - LEFT
_INSET: Final = 16.0
_BAR: Final = 5.0
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The page does not even say when it was printed."""


def printout(page: TakeHome, fonts: Fonts | None = None) -> Printout:
    """The page as a PDF file of one page, Letter size.

    Raises BadInput when this machine has no face for the client's language, or when so much is to be
    said that one page cannot hold it.
    """
    fonts = fonts or system_fonts()
    words = take_home_words(page.language)
    fonts.require(words.language)
    typesetter = Typesetter(fonts)
    size = LARGEST
    while size >= SMALLEST:
        pages = _set(page, words, typesetter, size)
        if len(pages) == 1:
            edges = Edges(
                title=words.said["title"], subject="", left="", footing="", printed_at=_EPOCH,
                language=words.language, bare=True,
            )  # fmt: skip
            return Printout(pdf=printed(pages, edges, typesetter), pages=1)
        size -= _STEP
    raise BadInput("The take-home page does not fit on one page: shorten the place to come to.")


def _set(page: TakeHome, words: TakeHomeWords, typesetter: Typesetter, size: float) -> tuple[Page, ...]:
    strips = list(_Sheet(page, words, Columns(typesetter), size).strips())
    pages = paginate(strips)
    if len(pages) > 1:
        return pages
    spare = ROOM - sum(strip.height for strip in strips)
    gaps = [at for at, strip in enumerate(strips) if strip.empty]
    more = min(14.0, spare / max(1, len(gaps)))
    for at in gaps:
        strips[at] = space(strips[at].height + more)
    return paginate(strips)


class _Sheet:
    """Lays the page out at one size of type."""

    def __init__(self, page: TakeHome, words: TakeHomeWords, columns: Columns, size: float) -> None:
        self._page, self._words, self._columns, self._size = page, words, columns, size
        self._rtl = bidi.is_rtl(words.language)

    def strips(self) -> Iterator[Strip]:
        """The whole page, top to bottom."""
        page, said = self._page, self._words.said
        bar = LEFT if not self._rtl else RIGHT - 64
        yield Strip(height=18, boxes=(Box(bar, 0, 64, _BAR, "acc"),))
        yield from self._text(said["title"], self._style(2.1, bold=True, colour="acc"))
        yield space(8)
        yield from self._panel([(said[page.choice.value], self._style(1.3, bold=True))], "acc.tint", "acc")
        yield space(12)
        yield from self._facts()
        if page.bring:
            yield from self._text(said["bring"], self._style(1.25, bold=True, colour="acc"), below=3)
            for item in page.bring:
                yield from self._ticked(said[item.value])
            yield space(14)
        warned = (
            said["advice"],
            said["blank"],
            said["cheated"].replace("{hotline}", f"\u2066{HOTLINE}\u2069"),
        )
        yield from self._listed(said["careful"], warned, "amb.tint", "amb.line", "amb")
        yield space(10)
        rights = (said["silent"], said["door"], said["truth"], said["understand"])
        yield from self._listed(said["rights"], rights, "acc.tint", "acc", "acc")
        if not self._words.reviewed:
            style = CAPTION.but(size=8)
            yield from self._columns.band((Column(LEFT, _WIDE),), ([Cell(DRAFT, style)],), above=6)

    def _facts(self) -> Iterator[Strip]:
        """By when and where, side by side; a line to write on where the desk left one out."""
        if not self._page.bring and not self._page.by and not self._page.where:
            return
        said = self._words.said
        half = (_WIDE - 24) / 2
        first, second = Column(LEFT, half), Column(LEFT + half + 24, half)
        if self._rtl:
            first, second = replace(second, to_the_right=True), replace(first, to_the_right=True)
        by = written_day(self._page.by, self._words.language) if self._page.by else " "
        label, value = self._style(0.85, colour="ink2"), self._style(1.3, bold=True)
        cells = (
            [Cell(said["by"], label), Cell(by, value)],
            [Cell(said["where"], label), Cell(self._page.where or " ", value)],
        )
        strips = self._columns.band((first, second), cells, below=5)
        last = strips[-1]
        rules = tuple(Box(each.x, last.height - 1, half, 1, "ink3") for each in (first, second))
        yield from (*strips[:-1], replace(last, boxes=(*last.boxes, *rules)))
        yield space(12)

    def _ticked(self, text: str) -> Iterator[Strip]:
        """A line of the list, with a box to tick at home."""
        side = self._size * 0.85
        room = side + 10
        column = Column(LEFT + (0 if self._rtl else room), _WIDE - room, to_the_right=self._rtl)
        strips = self._columns.band((column,), ([Cell(text, self._style(1))],), above=2, below=3)
        x = RIGHT - side if self._rtl else LEFT
        top = 2 + max(0.0, (strips[0].lines[0].line.height - side) / 2)
        box = (Box(x, top, side, side, "ink"), Box(x + 1.2, top + 1.2, side - 2.4, side - 2.4, "paper"))
        yield from (replace(strips[0], boxes=(*strips[0].boxes, *box)), *strips[1:])

    def _listed(
        self, title: str, lines: tuple[str, ...], tint: str, bar: str, colour: str
    ) -> Iterator[Strip]:
        cells = [(title, self._style(1.15, bold=True, colour=colour))]
        cells += [(line, self._style(0.95)) for line in lines]
        yield from self._panel(cells, tint, bar)

    def _panel(self, cells: list[tuple[str, Style]], tint: str, bar: str) -> Iterator[Strip]:
        """Words on a tint, with a bar at the edge where reading begins."""
        column = Column(LEFT + _INSET, _WIDE - 2 * _INSET, to_the_right=self._rtl)
        edge = RIGHT - _BAR if self._rtl else LEFT
        for at, (text, style) in enumerate(cells):
            above = 9.0 if at == 0 else 2.0
            below = 9.0 if at == len(cells) - 1 else 2.0
            for strip in self._columns.band((column,), ([Cell(text, style)],), above=above, below=below):
                back = (Box(LEFT, 0, _WIDE, strip.height, tint), Box(edge, 0, _BAR, strip.height, bar))
                yield replace(strip, boxes=(*back, *strip.boxes))

    def _text(self, text: str, style: Style, *, below: float = 0.0) -> Iterator[Strip]:
        column = Column(LEFT, _WIDE, to_the_right=self._rtl)
        yield from self._columns.band((column,), ([Cell(text, style)],), below=below)

    def _style(self, factor: float, *, bold: bool = False, colour: str = "ink") -> Style:
        weight = Weight.BOLD if bold else Weight.REGULAR
        language = self._words.language
        return Style(size=self._size * factor, weight=weight, colour=colour, language=language, tight=True)
