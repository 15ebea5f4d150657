"""Lines put on a reportlab canvas with embedded, subset faces. Layer: forms.paper.

reportlab keeps the page; the text operators are ours, because reportlab addresses characters and
shaping yields glyphs. What is copied out of the page must read as it was typed, in readers that
know /ActualText and in those that do not:

* each code on the page stands for a glyph *and* what it means there (see embedding), and codes are
  written in reading order, also from right to left;
* where a word's glyphs and characters do not pair off, /ActualText carries the word as typed, and
  a glyph that is no character of its own is drawn as a shape instead of being written;
* from right to left /ActualText does not help (poppler and PDFium turn its words around), so where
  glyphs and characters do not pair off there, the glyphs are drawn as shapes and each character
  is written, unseen, over its share of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from forms.paper.embedding import Codes
from forms.paper.fonts import Face
from forms.paper.typesetting import Glyph, Line, Run

_WORDS = re.compile(r"\S+\s*|\s+")
_UNSEEN, _SEEN = "3 Tr", "0 Tr"


class _Cluster(NamedTuple):
    """Characters and the glyphs that stand for them together, from left to right."""

    text: str
    start: int
    glyphs: tuple[Glyph, ...]
    left: float
    width: float


class Ink:
    """Draws lines on one canvas and embeds, when the canvas is saved, what was drawn with."""

    def __init__(
        self, canvas: Canvas, colours: Callable[[str], tuple[float, float, float]], *, outlines: bool = False
    ) -> None:
        """``outlines``: a glyph that is drawn as a shape is drawn where it stands, not kept to be reused."""
        self._canvas = canvas
        self._outlines = outlines
        self._colours = colours
        self._used: dict[str, Codes] = {}
        # reportlab asks each of these for its objects when it writes the file; it has no public door.
        canvas._doc.delayedFonts.append(self)  # type: ignore[attr-defined]  # noqa: SLF001

    def draw(self, line: Line, x: float, top: float) -> None:
        """``line`` with its left end at ``x`` and its top at ``top``, in points from the page's corner."""
        red, green, blue = self._colours(line.style.colour)
        y = top - line.baseline
        pen = _Pen(line.style.size, line.style.language, y)
        pen.code.append(f"BT {red:.3f} {green:.3f} {blue:.3f} rg")
        placed = []
        for run in line.runs:
            placed.append((run, x))
            x += run.width
        for run, left in sorted(placed, key=lambda each: each[0].order):
            pen.run(run, left, self._codes(run.face))
        pen.code.append("ET")
        self._canvas.addLiteral("\n".join(pen.code))
        for shape in pen.shapes:
            self._shape(shape, line.style.size)

    def _shape(self, shape: _Shape, size: float) -> None:
        kept = "" if self._outlines else self._kept(shape)
        scale = size / shape.face.units
        self._canvas.addLiteral(f"q {scale:.6f} 0 0 {scale:.6f} {shape.x:.3f} {shape.y:.3f} cm")
        if kept:
            self._canvas.doForm(kept)
        else:
            self._canvas.addLiteral(shape.face.outline(shape.gid))
        self._canvas.addLiteral("Q")

    def _kept(self, shape: _Shape) -> str:
        """The name under which the canvas keeps the shape."""
        name = f"{shape.face.name}.{shape.gid}"
        if not self._canvas.hasForm(name):
            left, bottom, width, height = shape.face.extents(shape.gid)
            self._canvas.beginForm(name, left, bottom + height, left + width, bottom)
            self._canvas.addLiteral(shape.face.outline(shape.gid))
            self._canvas.endForm()
        return name

    def _codes(self, face: Face) -> Codes:
        if face.name not in self._used:
            self._used[face.name] = Codes(face, f"N{len(self._used) + 1}")
        return self._used[face.name]

    def addObjects(self, document: Any) -> None:  # noqa: N802 - the name reportlab calls
        """Write the faces into the file. Called once by reportlab."""
        fonts = document.idToObject[pdfdoc.BasicFonts].dict
        for codes in self._used.values():
            fonts[codes.name] = codes.embedded(document)


class _Shape(NamedTuple):
    """A glyph to be drawn, not written, with its origin on the page."""

    face: Face
    gid: int
    x: float
    y: float


class _Pen:
    """Writes the text operators of one line and notes the glyphs to be drawn as shapes."""

    def __init__(self, size: float, language: str, y: float) -> None:
        self.code: list[str] = []
        self.shapes: list[_Shape] = []
        self._size = size
        self._language = language
        self._y = y

    def run(self, run: Run, x: float, codes: Codes) -> None:
        self.code.append(f"/{codes.name} {self._size:g} Tf")
        if self._language != "en":
            self.code.append(f"/Span <</Lang ({self._language})>> BDC")
        clusters = _clusters(run, x, self._size / run.face.units)
        if run.rtl:
            for cluster in reversed(clusters):
                self._right_to_left(cluster, codes)
        else:
            for word in _words(run.text, clusters):
                self._left_to_right(word, codes)
        if self._language != "en":
            self.code.append("EMC")

    def _left_to_right(self, word: list[_Cluster], codes: Codes) -> None:
        exact = True
        drawn: list[tuple[Glyph, int | None]] = []
        for cluster in word:
            exact &= len(cluster.glyphs) == 1
            for glyph, meaning in _shared(cluster):
                code, said = codes.code(glyph.gid, meaning) if meaning else (None, False)
                exact &= said
                drawn.append((glyph, code))
        if not exact:
            typed = "".join(cluster.text for cluster in word).encode("utf-16-be").hex().upper()
            self.code.append(f"/Span <</ActualText <FEFF{typed}>>> BDC")
        self._show(drawn, word[0].left, codes.face)
        if not exact:
            self.code.append("EMC")

    def _right_to_left(self, cluster: _Cluster, codes: Codes) -> None:
        first = cluster.glyphs[0]
        if len(cluster.text) == len(cluster.glyphs) == 1 and not first.dy and not cluster.text.isspace():
            code, said = codes.code(first.gid, cluster.text)
            if said:
                self._show([(first, code)], cluster.left, codes.face)
                return
        if (
            not cluster.text.isspace()
        ):  # an empty glyph is no word's end to PDFium, so spaces are written unseen
            self._show([(glyph, None) for glyph in cluster.glyphs], cluster.left, codes.face)
        share = cluster.width / len(cluster.text)
        self.code.append(_UNSEEN)
        for at, character in enumerate(cluster.text):
            code, natural = codes.carrier(character)
            left = cluster.left + cluster.width - share * (at + 1)
            stretch = max(1.0, 100 * share / (natural * self._size / codes.face.units))
            self.code.append(f"{stretch:.2f} Tz 1 0 0 1 {left:.3f} {self._y:.3f} Tm <{code:04X}> Tj")
        self.code.append(f"100 Tz {_SEEN}")

    def _show(self, drawn: list[tuple[Glyph, int | None]], x: float, face: Face) -> None:
        """Glyphs from left to right, ``x`` the left end of the first; those without a code as shapes."""
        scale = self._size / face.units
        row: list[str] = []
        pen = shown = 0  # font units: where the text stands, and where the last written glyph left the pen
        rise = 0
        self.code.append(f"1 0 0 1 {x:.3f} {self._y:.3f} Tm")
        for glyph, code in drawn:
            at = pen + glyph.dx
            pen += glyph.advance
            if code is None:
                self.shapes.append(_Shape(face, glyph.gid, x + at * scale, self._y + glyph.dy * scale))
                continue
            if glyph.dy != rise:
                self._flush(row)
                rise = glyph.dy
                self.code.append(f"{rise * scale:.3f} Ts")
            if at != shown:
                row.append(f"{-(at - shown) * 1000 / face.units:.0f}")
            row.append(f"<{code:04X}>")
            shown = at + face.advance(glyph.gid)
        self._flush(row)
        if rise:
            self.code.append("0 Ts")

    def _flush(self, row: list[str]) -> None:
        if row:
            self.code.append(f"[{''.join(row)}] TJ")
            row.clear()


def _clusters(run: Run, x: float, scale: float) -> list[_Cluster]:
    starts = sorted({glyph.cluster for glyph in run.glyphs})
    ends = dict(zip(starts, [*starts[1:], len(run.text)], strict=True))
    found: list[_Cluster] = []
    for glyph in run.glyphs:
        width = glyph.advance * scale
        if found and found[-1].start == glyph.cluster:
            same = found[-1]
            found[-1] = same._replace(glyphs=(*same.glyphs, glyph), width=same.width + width)
        else:
            text = run.text[glyph.cluster : ends[glyph.cluster]]
            found.append(_Cluster(text, glyph.cluster, (glyph,), x, width))
        x += width
    return found


def _words(text: str, clusters: list[_Cluster]) -> Iterator[list[_Cluster]]:
    edges = [found.start() for found in _WORDS.finditer(text)] + [len(text)]
    for start, end in pairwise(edges):
        if word := [cluster for cluster in clusters if start <= cluster.start < end]:
            yield word


def _shared(cluster: _Cluster) -> Iterator[tuple[Glyph, str]]:
    """The cluster's characters dealt out to its glyphs, widest glyphs first; "" where none is left."""
    count = len(cluster.glyphs)
    if count == 1:
        yield cluster.glyphs[0], cluster.text
        return
    speaking = sorted(range(count), key=lambda at: -cluster.glyphs[at].advance)[: len(cluster.text)]
    dealt = 0
    for at, glyph in enumerate(cluster.glyphs):
        if at not in speaking:
            yield glyph, ""
            continue
        dealt += 1
        last = dealt == len(speaking)
        yield glyph, cluster.text[dealt - 1 :] if last else cluster.text[dealt - 1]
