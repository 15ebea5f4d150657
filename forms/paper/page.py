"""The one page design of our own documents. Layer: forms.paper; owns the page, its edges and its flow.

A document is a row of :class:`Strip` values, bands across the page that are never cut. Pages are
filled from them in order: a heading stays with what follows it, and a table's heads come again at
the top of the next page. All measures are points; ``top`` counts down from the top of a strip.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from forms.paper.fonts import Weight
from forms.paper.ink import Ink
from forms.paper.typesetting import Line, Style, Typesetter

WIDTH, HEIGHT = 612.0, 792.0  # US Letter
LEFT, RIGHT = 54.0, WIDTH - 54.0
TOP, BOTTOM = 734.0, 58.0
ROOM = TOP - BOTTOM
BANNER = 30.0
PALETTE = {
    "paper": "#FFFFFF",
    "ink": "#221E18",
    "ink2": "#564E41",
    "ink3": "#6A6151",
    "line": "#DDD5C5",
    "acc": "#14495A",
    "acc.tint": "#DCE8EA",
    "acc.line": "#A9C4CA",
    "on.acc": "#FFFFFF",
    "amb": "#764600",
    "amb.tint": "#FBEBC9",
    "amb.line": "#AC7006",
}
CAPTION = Style(size=8.5, colour="ink3", tight=True)
SMALL = Style(size=9.5)
BODY = Style(size=10)
ANSWER = Style(size=10, weight=Weight.BOLD)
SECTION = Style(size=15, weight=Weight.BOLD, colour="acc", tight=True)
HEADING = Style(size=11, weight=Weight.BOLD, tight=True)
DISPLAY = Style(size=25, weight=Weight.BOLD, colour="acc", tight=True)


@dataclass(frozen=True, slots=True)
class Placed:
    """A line in a strip: ``x`` from the page's left edge, ``top`` from the strip's top."""

    line: Line
    x: float
    top: float


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle in a strip; a hairline is a thin one."""

    x: float
    top: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """A band across the page that is never cut."""

    height: float
    lines: tuple[Placed, ...] = ()
    boxes: tuple[Box, ...] = ()
    keep: bool = False
    """Stays on the page of the strip that follows."""
    heads: tuple[Strip, ...] = ()
    """Drawn again where a page begins with this strip."""
    anchor: str = ""
    """A name unlike any other in the document, by which this place is found."""
    bookmark: str = ""
    """The title under which readers list this place; wants an anchor."""
    level: int = 0
    new_page: bool = False
    attorney: bool = False
    """Stands on a page under the banner of the attorney's copy."""
    goes_to: str = ""
    """The anchor this strip leads to when it is clicked."""

    @property
    def empty(self) -> bool:
        """True for mere room between two others."""
        return not (self.lines or self.boxes or self.anchor)


@dataclass(frozen=True, slots=True)
class Page:
    """Strips with the height at which each begins, from the page's bottom edge."""

    placed: tuple[tuple[Strip, float], ...]
    attorney: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """What stands at the edges of every page."""

    title: str
    """The document's own title: never a client's name."""
    subject: str
    left: str
    footing: str
    printed_at: datetime
    notice: str = ""
    banner: str = "Attorney’s copy. Not for the client."
    language: str = "en"
    bare: bool = False
    """Nothing at the edges, and no name in the file: a page that gives nothing away."""
    stamp: Callable[[Canvas, Ink, int, int], None] | None = None
    """Draws on each page, with the page's own ink: its number, and how many there are."""


def paginate(strips: Sequence[Strip]) -> tuple[Page, ...]:
    """Pages filled with the strips in their order, none lost and none cut."""
    pages: list[Page] = []
    placed: list[tuple[Strip, float]] = []
    at, attorney = TOP, False
    for chunk in _chunks(strips):
        first = chunk[0]
        tall = sum(strip.height for strip in chunk)
        if placed and (first.new_page or first.attorney != attorney or at - tall < BOTTOM):
            pages.append(Page(tuple(placed), attorney))
            placed = []
        if not placed:
            attorney = first.attorney
            at = TOP - (BANNER if attorney else 0)
            for head in first.heads:
                placed.append((head, at))
                at -= head.height
        for strip in chunk:
            if not placed and strip.empty:  # room above a heading is for what stands before it
                continue
            if placed and at - strip.height < BOTTOM and strip is not first:  # a chunk taller than a page
                pages.append(Page(tuple(placed), attorney))
                placed, at = [], TOP - (BANNER if attorney else 0)
            placed.append((strip, at))
            at -= strip.height
    if placed:
        pages.append(Page(tuple(placed), attorney))
    return tuple(pages)


def _chunks(strips: Sequence[Strip]) -> Iterator[list[Strip]]:
    chunk: list[Strip] = []
    for strip in strips:
        chunk.append(strip)
        if not strip.keep:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def printed(pages: Sequence[Page], edges: Edges, typesetter: Typesetter) -> bytes:
    """The pages as a PDF file: titled, with language, bookmarks and page x of y."""
    file = BytesIO()
    canvas = Canvas(
        file,
        pagesize=(WIDTH, HEIGHT),
        pageCompression=1,
        lang=edges.language,
        invariant=1,  # the same document is the same file; its time is the one it was given
        pdfVersion=(1, 7),
    )
    canvas.setDateFormatter(lambda *_: f"D:{edges.printed_at.astimezone(UTC):%Y%m%d%H%M%S}+00'00'")
    canvas.setTitle(edges.title)
    canvas.setSubject(edges.subject)
    canvas.setAuthor("" if edges.bare else "OurNY Desk")
    canvas.setCreator("" if edges.bare else "OurNY Desk")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    machine = _Machine(canvas, Ink(canvas, colour), edges, typesetter)
    for number, page in enumerate(pages, 1):
        machine.page(page, number, len(pages))
    if any(strip.bookmark for page in pages for strip, _ in page.placed):
        canvas.showOutline()
    canvas.save()
    return file.getvalue()


def colour(name: str) -> tuple[float, float, float]:
    """A colour of the palette as red, green and blue from 0 to 1."""
    value = PALETTE[name]
    return (int(value[1:3], 16) / 255, int(value[3:5], 16) / 255, int(value[5:7], 16) / 255)


@dataclass(slots=True)
class _Machine:
    """Draws pages on one canvas."""

    canvas: Canvas
    ink: Ink
    edges: Edges
    typesetter: Typesetter
    _last_level: int = field(default=-1)

    def page(self, page: Page, number: int, count: int) -> None:
        if number > 1:
            self._above(page)
        if page.attorney:
            self._banner()
        if not self.edges.bare:
            self._below(number, count)
        if self.edges.stamp is not None:
            self.edges.stamp(self.canvas, self.ink, number, count)
        for strip, top in page.placed:
            self._strip(strip, top)
        self.canvas.showPage()

    def _strip(self, strip: Strip, top: float) -> None:
        for box in strip.boxes:
            self._box(box, top)
        for placed in strip.lines:
            self.ink.draw(placed.line, placed.x, top - placed.top)
        if strip.anchor:
            self.canvas.bookmarkPage(strip.anchor, fit="XYZ", left=0, top=top + 8)
        if strip.bookmark:
            level = min(strip.level, self._last_level + 1)
            self.canvas.addOutlineEntry(strip.bookmark, strip.anchor, level)
            self._last_level = level
        if strip.goes_to:
            area = (LEFT, top - strip.height, RIGHT, top)
            self.canvas.linkAbsolute("", strip.goes_to, area, thickness=0)

    def _above(self, page: Page) -> None:
        self._caption(self.edges.left, LEFT, HEIGHT - 30)
        if not page.attorney:
            self._box(Box(LEFT, 0, RIGHT - LEFT, 0.5, "acc.line"), TOP + 11)

    def _banner(self) -> None:
        style = SMALL.but(weight=Weight.BOLD, colour="on.acc", tight=True)
        self._box(Box(LEFT, 0, RIGHT - LEFT, 22, "acc"), TOP + 10)
        self._line(self.edges.banner, style, LEFT + 10, TOP + 5.5)

    def _below(self, number: int, count: int) -> None:
        self._box(Box(LEFT, 0, RIGHT - LEFT, 0.5, "acc.line"), BOTTOM - 10)
        self._caption(self.edges.footing, LEFT, BOTTOM - 14)
        where = f"Page {number} of {count}"
        self._caption(where, RIGHT - self.typesetter.line(where, CAPTION).width, BOTTOM - 14)
        if self.edges.notice:
            style = CAPTION.but(weight=Weight.BOLD, colour="amb")
            width = self.typesetter.line(self.edges.notice, style).width
            self._line(self.edges.notice, style, RIGHT - width, HEIGHT - 30)

    def _caption(self, text: str, x: float, top: float) -> None:
        self._line(text, CAPTION, x, top)

    def _line(self, text: str, style: Style, x: float, top: float) -> None:
        self.ink.draw(self.typesetter.line(text, style), x, top)

    def _box(self, box: Box, top: float) -> None:
        self.canvas.setFillColorRGB(*colour(box.colour))
        self.canvas.rect(box.x, top - box.top - box.height, box.width, box.height, stroke=0, fill=1)


def space(height: float, *, keep: bool = False) -> Strip:
    """Nothing, ``height`` points of it."""
    return Strip(height=height, keep=keep)


def keep(strips: Sequence[Strip]) -> tuple[Strip, ...]:
    """The same strips, all on the page of what follows them."""
    return tuple(replace(strip, keep=True) for strip in strips)


def with_heads(strips: Sequence[Strip], heads: tuple[Strip, ...]) -> tuple[Strip, ...]:
    """The same strips; a page that begins with one of them begins with ``heads``."""
    return tuple(replace(strip, heads=heads) for strip in strips)


def on(strips: Sequence[Strip], change: Callable[[Strip], Strip]) -> tuple[Strip, ...]:
    """The first strip changed, the others as they are."""
    return (change(strips[0]), *strips[1:]) if strips else ()
