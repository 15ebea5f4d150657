"""A form as empty paper, to be written by hand. Layer: forms.paper.

Every page says which form, version and page it is, in words and as a QR code, so that whoever types it
in later opens the right form. English stands under the client's language.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.pdfgen.canvas import Canvas

from forms.paper import bidi
from forms.paper.columns import Cell, Column, Columns
from forms.paper.copy_answers import CopyAnswers
from forms.paper.copy_words import said
from forms.paper.fonts import Fonts, Weight, system_fonts
from forms.paper.ink import Ink
from forms.paper.page import (
    BODY,
    BOTTOM,
    CAPTION,
    HEADING,
    LEFT,
    RIGHT,
    SECTION,
    SMALL,
    Box,
    Edges,
    Strip,
    colour,
    keep,
    paginate,
    printed,
    space,
)
from forms.paper.typesetting import Style, Typesetter
from ournydesk.domain.documents import Bilingual, Printout
from ournydesk.domain.paper_copy import (
    CopyEntry,
    CopyHeading,
    CopyNote,
    CopyQuestion,
    CopyRepeat,
    CopySection,
    PaperCopy,
)

GUTTER: Final = 30.0
"""Points for the number of a question."""
_QR: Final = 42.0
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The copy of a version is the same file whenever it is made."""


def printout(document: PaperCopy, fonts: Fonts | None = None, *, rows: int = 0) -> Printout:
    """The empty form as a PDF, Letter size. ``rows``: lines of a table, 0 for as many as are usual.

    Raises BadInput when this machine has no face for the language.
    """
    fonts = fonts or system_fonts()
    fonts.require(document.language)
    typesetter = Typesetter(fonts)
    pages = paginate(tuple(_Copy(document, Columns(typesetter), rows).strips()))
    edges = Edges(
        title=f"Paper copy: {document.title}",
        subject=f"{document.form_id}, version {document.version}",
        left="",
        footing="",
        printed_at=_EPOCH,
        language=document.language,
        bare=True,
        stamp=_Stamp(document, typesetter),
    )
    return Printout(pdf=printed(pages, edges, typesetter), pages=len(pages))


def code(document: PaperCopy, number: int, count: int) -> str:
    """What the QR code of a page says."""
    named = (document.form_id, document.version, document.fingerprint, document.language)
    return ":".join(("OURNY", *named, f"{number}/{count}"))


@dataclass(frozen=True, slots=True)
class _Stamp:
    """Which form, version and page: at the foot of every page."""

    document: PaperCopy
    typesetter: Typesetter

    def __call__(self, canvas: Canvas, ink: Ink, number: int, count: int) -> None:
        document = self.document
        canvas.setFillColorRGB(*colour("acc.line"))
        canvas.rect(LEFT, BOTTOM - 2, RIGHT - LEFT, 0.5, stroke=0, fill=1)
        words = (
            f"{document.title} · version {document.version} · {document.fingerprint} · {document.language}"
        )
        ink.draw(self.typesetter.line(words, CAPTION), LEFT, BOTTOM - 8)
        where = self.typesetter.line(f"Page {number} of {count}", CAPTION.but(weight=Weight.BOLD))
        ink.draw(where, RIGHT - _QR - 8 - where.width, BOTTOM - 8)
        widget = QrCodeWidget(code(document, number, count), barLevel="M", barBorder=0)
        left, bottom, right, top = widget.getBounds()
        scale = (_QR / (right - left), 0, 0, _QR / (top - bottom), 0, 0)
        drawing = Drawing(_QR, _QR, transform=list(scale))
        drawing.add(widget)
        renderPDF.draw(drawing, canvas, RIGHT - _QR, BOTTOM - 6 - _QR)


class _Copy:
    """Lays one copy out."""

    def __init__(self, document: PaperCopy, columns: Columns, rows: int) -> None:
        self._document, self._columns, self._rows = document, columns, rows
        self._rtl = bidi.is_rtl(document.language)
        self._answers = CopyAnswers(columns, document.language, GUTTER)

    def strips(self) -> Iterator[Strip]:
        """The whole form."""
        document = self._document
        bar = RIGHT - 64 if self._rtl else LEFT
        yield Strip(height=16, boxes=(Box(bar, 0, 64, 4, "acc"),))
        title = Bilingual(english=document.title)
        yield from self._both(title, SECTION.but(size=22), SMALL)
        yield space(4)
        yield from self._both(said("about", document.language), BODY, SMALL)
        yield space(10)
        yield from self._answers.ticket()
        for section in document.sections:
            yield from self._section(section)

    def _section(self, section: CopySection) -> Iterator[Strip]:
        yield space(16, keep=True)
        if section.title.english:
            strips = tuple(self._both(section.title, SECTION, SMALL))
            last = strips[-1]
            rule = Box(LEFT, last.height + 2, RIGHT - LEFT, 0.8, "acc")
            yield from keep((*strips[:-1], replace(last, height=last.height + 6, boxes=(*last.boxes, rule))))
        for entry in section.entries:
            yield from self._entry(entry)

    def _entry(self, entry: CopyEntry) -> Iterator[Strip]:
        match entry:
            case CopyQuestion():
                strips = [space(9), *self._numbered(entry), *self._answers.of(entry)]
                yield from (*keep(strips[:-1]), strips[-1])
            case CopyRepeat():
                yield from self._repeat(entry)
            case CopyHeading():
                yield space(12, keep=True)
                yield from keep(tuple(self._both(entry.title, HEADING, CAPTION)))
                yield from keep(tuple(self._answers.condition(entry.only_if)))
            case CopyNote():
                yield space(6)
                yield from self._both(entry.text, SMALL.but(colour="ink2"), CAPTION)

    def _numbered(self, entry: CopyQuestion | CopyRepeat) -> Iterator[Strip]:
        label = entry.label if isinstance(entry, CopyQuestion) else entry.title
        hint = entry.hint if isinstance(entry, CopyQuestion) else None
        style = BODY.but(weight=Weight.BOLD, language=self._document.language)
        text = Column(LEFT + (0 if self._rtl else GUTTER), RIGHT - LEFT - GUTTER, to_the_right=self._rtl)
        number = Column(RIGHT - GUTTER + 4 if self._rtl else LEFT, GUTTER - 4, to_the_right=self._rtl)
        cells = [Cell(label.client or label.english, style)]
        if label.client:
            cells.append(Cell(label.english, CAPTION))
        if hint is not None:
            cells.append(Cell(hint.client or hint.english, CAPTION.but(language=self._document.language)))
        figure = [Cell(entry.number, BODY.but(weight=Weight.BOLD, colour="acc"))]
        yield from self._columns.band((number, text), (figure, cells), below=2)
        yield from self._answers.condition(entry.only_if)

    def _repeat(self, entry: CopyRepeat) -> Iterator[Strip]:
        heads = (space(10, keep=True), *keep(tuple(self._numbered(entry))))
        yield from heads
        yield from self._answers.table(entry, self._rows)

    def _both(self, words: Bilingual, style: Style, english: Style) -> Iterator[Strip]:
        """The client's words, and English under them."""
        column = Column(LEFT, RIGHT - LEFT, to_the_right=self._rtl)
        language = self._document.language
        cells = [Cell(words.client or words.english, style.but(language=language))]
        if words.client:
            cells.append(Cell(words.english, english.but(colour="ink2")))
        yield from self._columns.band((column,), (cells,))
