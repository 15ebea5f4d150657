"""Terms, checklists, covers and dockets, set on the one page design. Layer: forms.paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from forms.paper import bidi
from forms.paper.answers import Answers
from forms.paper.columns import Cell, Column, Columns, barred, ruled
from forms.paper.fonts import Fonts, Weight, system_fonts
from forms.paper.page import (
    ANSWER,
    BODY,
    CAPTION,
    DISPLAY,
    LEFT,
    RIGHT,
    SECTION,
    SMALL,
    Box,
    Edges,
    Strip,
    keep,
    on,
    paginate,
    printed,
    space,
    with_heads,
)
from forms.paper.typesetting import Style, Typesetter
from forms.paper.words import words_for
from ournydesk.domain.days import english_day
from ournydesk.domain.documents import Bilingual, PacketRow, Printout
from ournydesk.domain.sheets import Grid, Part, Piece, Saying, Sheet, SheetKind, Signing, Stated, Tick

_WIDE = RIGHT - LEFT
_SIDE = 11.0
_GAP = 8.0


def printout(sheet: Sheet, fonts: Fonts | None = None) -> Printout:
    """The sheet as a PDF, Letter size, titled, with bookmarks. Its description names no client.

    Raises BadInput when this machine has no face for the client's language.
    """
    fonts = fonts or system_fonts()
    fonts.require(sheet.language)
    typesetter = Typesetter(fonts)
    pages = paginate(tuple(_Set(sheet, typesetter).strips()))
    at = sheet.printed_at
    when = f"{english_day(at)}, {at:%H:%M} {at.tzname() or ''}".strip()
    named = f"{sheet.title.english} · Ticket {sheet.ticket}" if sheet.ticket else sheet.title.english
    edges = Edges(
        title=named.replace(" · ", ", "),
        subject=sheet.about,
        left=named,
        footing=f"{sheet.about} · printed {when}",
        printed_at=at,
        notice=sheet.notice,
        banner="For attorneys only. Not for the client.",
        language=sheet.language,
    )
    return Printout(pdf=printed(pages, edges, typesetter), pages=len(pages))


class _Set:
    """Lays one sheet out."""

    def __init__(self, sheet: Sheet, typesetter: Typesetter) -> None:
        self._sheet = sheet
        self._words = words_for(sheet.language)
        self._columns = Columns(typesetter)
        self._answers = Answers(self._words, self._columns)
        # A handout is in one language; other sheets are English beside the client's.
        self._alone = sheet.kind is SheetKind.HANDOUT
        self._rtl = self._alone and bidi.is_rtl(sheet.language)

    def strips(self) -> Iterator[Strip]:
        """The whole sheet; an attorney's is marked strip by strip."""
        for strip in self._all():
            yield replace(strip, attorney=True) if self._sheet.attorney else strip

    def _all(self) -> Iterator[Strip]:
        sheet = self._sheet
        bar = RIGHT - 64 if self._rtl else LEFT
        yield replace(space(16), boxes=(Box(bar, 0, 64, 4, "acc"),))
        yield from self._said(sheet.title, DISPLAY.but(size=20), below=2)
        about = f"{sheet.about} · Ticket {sheet.ticket}" if sheet.ticket else sheet.about
        if not self._alone:
            yield from self._answers.whole(about, SMALL.but(colour="ink2"), below=4)
        for at, part in enumerate(sheet.parts):
            yield from self._part(part, f"part-{at}")

    def _said(
        self, words: Bilingual, style: Style, *, above: float = 0, below: float = 0, inset: float = 0
    ) -> tuple[Strip, ...]:
        """Words in both languages; over the whole width where they are in one only."""
        left, right = (LEFT, RIGHT - inset) if self._rtl else (LEFT + inset, RIGHT)
        if words.client:
            inner = Answers(self._words, self._columns, left, right)
            return inner.pair(words, style, above=above, below=below)
        column = Column(left, right - left, to_the_right=self._rtl)
        own = style.but(language=self._sheet.language) if self._alone else style
        return self._columns.band((column,), ([Cell(words.english, own)],), above=above, below=below)

    def _part(self, part: Part, anchor: str) -> Iterator[Strip]:
        if part.title.english:
            yield space(14, keep=True)
            title = ruled(self._said(part.title, SECTION.but(size=13), below=5), LEFT, _WIDE, "acc")
            yield from on(
                keep(title), lambda strip: replace(strip, anchor=anchor, bookmark=part.title.english)
            )
            yield space(4, keep=True)
        for piece in part.pieces:
            yield from self._piece(piece)

    def _piece(self, piece: Piece) -> Iterator[Strip]:
        match piece:
            case Saying():
                if not piece.care:
                    yield from self._said(piece.text, BODY, above=4, below=5)
                    return
                yield space(8)
                strips = self._said(piece.text, BODY, above=6, below=6, inset=12)
                yield from self._mirrored(barred(strips, LEFT, _WIDE, "amb.tint", "amb.line"))
            case Stated():
                yield from self._answers.row(PacketRow(question=piece.label, answer=piece.fact))
            case Tick():
                yield from self._tick(piece)
            case Grid():
                yield from self._grid(piece)
            case Signing():
                yield from self._signing(piece)

    def _mirrored(self, strips: tuple[Strip, ...]) -> tuple[Strip, ...]:
        """The bar of the tint at the edge where reading begins."""
        if not self._rtl:
            return strips
        return tuple(
            replace(
                strip,
                boxes=tuple(replace(box, x=RIGHT - 3) if box.width == 3 else box for box in strip.boxes),
            )
            for strip in strips
        )

    def _tick(self, tick: Tick) -> Iterator[Strip]:
        inset = _SIDE + 10
        strips = list(self._said(tick.text, ANSWER, above=6, below=1 if tick.why else 5, inset=inset))
        x = RIGHT - _SIDE if self._rtl else LEFT
        frame = [Box(x, 7, _SIDE, _SIDE, "ink"), Box(x + 1, 8, _SIDE - 2, _SIDE - 2, "paper")]
        if tick.ticked:
            frame.append(Box(x + 3, 10, _SIDE - 6, _SIDE - 6, "ink"))
        strips[0] = replace(strips[0], boxes=(*strips[0].boxes, *frame))
        if tick.why:
            strips = [replace(strip, keep=True) for strip in strips]
            why = Bilingual(english=tick.why)
            strips += self._said(why, CAPTION.but(colour="ink2"), below=5, inset=inset)
        yield from strips

    def _grid(self, grid: Grid) -> Iterator[Strip]:
        room = _WIDE - _GAP * (len(grid.shares) - 1)
        columns, x = [], LEFT
        for share in grid.shares:
            width = room * share / sum(grid.shares)
            columns.append(Column(x, width))
            x += width + _GAP
        head = keep(
            ruled(
                self._columns.band(columns, [[Cell(text, CAPTION)] for text in grid.heads], below=4),
                LEFT,
                _WIDE,
                "acc.line",
            )
        )
        yield from head
        for row in grid.rows:
            cells = [
                [Cell(text, SMALL.but(weight=Weight.BOLD) if at == 0 else SMALL)]
                for at, text in enumerate(row)
            ]
            yield from with_heads(
                ruled(self._columns.band(columns, cells, above=4, below=4), LEFT, _WIDE), head
            )
        if not grid.rows:
            yield from self._answers.whole("None.", BODY.but(colour="ink3"), above=4, below=6)

    def _signing(self, signing: Signing) -> Iterator[Strip]:
        yield space(30, keep=True)
        wide, narrow = Column(LEFT, _WIDE * 0.62), Column(LEFT + _WIDE * 0.68, _WIDE * 0.32)
        cells = [[Cell(text, CAPTION)] for text in (_both(signing.label), _both(signing.day))]
        strips = self._columns.band((wide, narrow), cells, above=4, below=6)
        rules = tuple(Box(column.x, 0, column.width, 0.8, "ink") for column in (wide, narrow))
        yield from on(strips, lambda strip: replace(strip, boxes=(*strip.boxes, *rules)))


def _both(words: Bilingual) -> str:
    return f"{words.client} · {words.english}" if words.client else words.english
