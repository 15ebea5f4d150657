"""Text of any script as shaped, ordered and broken lines. Layer: forms.paper; no page, no PDF yet.

One paragraph goes through: levels (bidi), a face for each character (fonts), runs of one face and
one level, shaping (HarfBuzz), line breaks where UAX #14 allows them (ICU), and for each line its
runs from left to right. All measures of a :class:`Line` are points.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import NamedTuple

import uharfbuzz
from icu4py.breakers import CharacterBreaker, LineBreaker

from forms.paper import bidi
from forms.paper.fonts import LATIN, Face, Fonts, Weight, script_of

_LEADING = {"Bengali": 1.6, "Devanagari": 1.6, "Gurmukhi": 1.6, "Arabic": 1.7, "Nastaliq": 2.2, "CJK": 1.5}
_LATIN_LEADING = 1.4
_OTHER_LEADING = 1.6
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad")


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How one paragraph is set. ``size`` in points, ``language`` a BCP 47 code."""

    size: float = 10.5
    weight: Weight = Weight.REGULAR
    colour: str = "ink"
    language: str = "en"
    tight: bool = False
    """Less room between lines, for captions and figures that stand alone."""

    def but(self, **changes: object) -> Style:
        """The same style with some of it changed."""
        return replace(self, **changes)  # type: ignore[arg-type]  # replace() checks the names itself


class Glyph(NamedTuple):
    """One drawn glyph in font units; ``cluster`` is the index of its first character in the run."""

    gid: int
    advance: int
    dx: int
    dy: int
    cluster: int


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one face and one direction with their glyphs from left to right.

    ``order`` says where the run stands in the text: sorting by it gives reading order.
    """

    text: str
    face: Face
    rtl: bool
    glyphs: tuple[Glyph, ...]
    width: float
    order: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its runs from left to right, its width, and what it needs above and below."""

    runs: tuple[Run, ...]
    width: float
    height: float
    baseline: float
    """Points from the top of the line down to its baseline."""
    style: Style
    rtl: bool


class _Span(NamedTuple):
    """Characters ``start`` to ``end`` of a paragraph share a face and a level."""

    start: int
    end: int
    face: Face
    level: int


class Typesetter:
    """Sets paragraphs with the faces of ``fonts``. One for each document: it remembers its lines."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._set: dict[tuple[str, Style, float], tuple[Line, ...]] = {}
        self.undrawn: set[str] = set()
        """Characters that no face on this machine has; a box stands for each."""

    def lines(self, text: str, style: Style, width: float) -> tuple[Line, ...]:
        """``text`` broken to ``width`` points. A new line in the text is a new line on paper."""
        key = (text, style, width)
        if key not in self._set:
            paragraphs = clean(text).split("\n")
            self._set[key] = tuple(
                line for each in paragraphs for line in self._paragraph(each, style, width)
            )
        return self._set[key]

    def line(self, text: str, style: Style) -> Line:
        """``text`` on one line, however wide."""
        return self.lines(" ".join(text.split()), style, float("inf"))[0]

    def _paragraph(self, text: str, style: Style, width: float) -> Iterator[Line]:
        base = _base(text, style.language)
        found = bidi.levels(text, base)
        spans = self._spans(text, found, style)
        shaped = [_shape(text, span, style, order) for order, span in enumerate(spans)]
        if sum(run.width for run in shaped) <= width:
            levels = bidi.end_of_line(text, found, base)
            if levels == found or len({*levels}) == 1:
                yield _line(shaped, [span.level for span in spans], style, base)
                return
        points = style.size
        advances = [0.0] * len(text)
        for span, run in zip(spans, shaped, strict=True):
            for glyph in run.glyphs:
                advances[span.start + glyph.cluster] += glyph.advance * points / run.face.units
        for start, end in _breaks(text, advances, width, style.language):
            yield self._part(text[start:end].rstrip(" "), found[start:end], style, base)

    def _part(self, text: str, found: list[int], style: Style, base: int) -> Line:
        levels = bidi.end_of_line(text, found[: len(text)], base)
        spans = self._spans(text, levels, style)
        shaped = [_shape(text, span, style, order) for order, span in enumerate(spans)]
        return _line(shaped, [span.level for span in spans], style, base)

    def _spans(self, text: str, found: list[int], style: Style) -> list[_Span]:
        faces = self._faces(text, style)
        edges = [0]
        edges += [
            at for at in range(1, len(text)) if faces[at] is not faces[at - 1] or found[at] != found[at - 1]
        ]
        edges.append(len(text))
        return [_Span(a, b, faces[a], found[a]) for a, b in pairwise(edges) if b > a]

    def _faces(self, text: str, style: Style) -> list[Face]:
        """One face for each character: its script's own, else its neighbour's, else whatever has it."""
        latin = self._fonts.latin(style.weight)
        if text.isascii():
            return [latin] * len(text)
        own = [self._own(char, style) for char in text]
        following: Face | None = None
        ahead: list[Face | None] = []
        for face in reversed(own):
            following = face or following
            ahead.append(following)
        ahead.reverse()
        chosen: list[Face] = []
        before: Face | None = None
        for at, char in enumerate(text):
            face = own[at] or self._borrowed(char, before, ahead[at], style)
            chosen.append(face)
            before = own[at] or before
        return chosen

    def _own(self, char: str, style: Style) -> Face | None:
        script = script_of(char)
        if not script:
            return None
        face = self._fonts.for_script(script, style.language, style.weight)
        return face if face is not None and face.covers(char) else None

    def _borrowed(self, char: str, before: Face | None, after: Face | None, style: Style) -> Face:
        latin = self._fonts.latin(style.weight)
        if char in _INVISIBLE:
            return before or after or latin
        for face in (before, after, latin):
            if face is not None and face.covers(char):
                return face
        script = unicodedata.name(char, LATIN).split(" ", 1)[0]
        named = self._fonts.for_script(script, style.language, style.weight)
        for face in (named, *self._fonts.symbols()):
            if face is not None and face.covers(char):
                return face
        self.undrawn.add(char)
        return latin


def clean(text: str) -> str:
    """``text`` without what cannot stand on paper: control characters and broken halves of pairs."""
    spaced = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(char if char == "\n" or char.isprintable() else _instead(char) for char in spaced)


def _instead(char: str) -> str:
    match unicodedata.category(char):
        case "Cf" | "Co" | "Cn":
            return char
        case "Zs" | "Cc":
            return " "
        case _:
            return "\ufffd"


def _base(text: str, language: str) -> int:
    """0 or 1: a paragraph runs as its language does; text without a word of it, as its first letter does."""
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction in {"R", "AL"}:
            return 1
        if direction == "L":
            return int(
                bidi.is_rtl(language) and any(unicodedata.bidirectional(c) in {"R", "AL"} for c in text)
            )
    return 0


def _shape(text: str, span: _Span, style: Style, order: int) -> Run:
    buffer = uharfbuzz.Buffer()
    buffer.add_codepoints([ord(char) for char in text], span.start, span.end - span.start)
    buffer.guess_segment_properties()
    rtl = bool(span.level % 2)
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.language = style.language
    uharfbuzz.shape(span.face.shaper, buffer)
    glyphs = tuple(
        Glyph(info.codepoint, place.x_advance, place.x_offset, place.y_offset, info.cluster - span.start)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    )
    width = sum(glyph.advance for glyph in glyphs) * style.size / span.face.units
    return Run(text[span.start : span.end], span.face, rtl, glyphs, width, order)


def _line(runs: list[Run], levels: list[int], style: Style, base: int) -> Line:
    ordered = tuple(runs[at] for at in bidi.visual_order(levels))
    factor = max((_leading(run.face) for run in runs), default=_LATIN_LEADING)
    if style.tight:
        factor = 1 + (factor - 1) * 0.7
    height = style.size * factor
    above = max((run.face.ascent / run.face.units for run in runs), default=1.0)
    below = max((-run.face.descent / run.face.units for run in runs), default=0.3)
    spare = factor - above - below
    baseline = style.size * (above + spare / 2)
    return Line(ordered, sum(run.width for run in runs), height, baseline, style, bool(base))


def _leading(face: Face) -> float:
    if face.name.startswith("NotoSans-"):
        return _LATIN_LEADING
    return next((value for name, value in _LEADING.items() if name in face.name), _OTHER_LEADING)


def _breaks(text: str, advances: list[float], width: float, language: str) -> Iterator[tuple[int, int]]:
    """Where each line starts and ends: as much as fits, at the places a reader expects."""
    if not text:
        yield 0, 0
        return
    until = [0.0, *accumulate(advances)]
    ends = list(accumulate(len(part) for part in LineBreaker(text, language)))
    start = fitted = 0
    for end in ends:
        while _measure(text, until, start, end) > width:
            if fitted == start:
                fitted = _forced(text, until, start, end, width)
            yield start, fitted
            start = fitted
            if start >= end:
                break
        fitted = end
    if start < len(text):
        yield start, len(text)


def _measure(text: str, until: list[float], start: int, end: int) -> float:
    while end > start and text[end - 1] == " ":
        end -= 1
    return until[end] - until[start]


def _forced(text: str, until: list[float], start: int, end: int, width: float) -> int:
    """A word wider than the line is cut between two characters as a reader counts them."""
    at = start
    for part in CharacterBreaker(text[start:end], "en"):
        if at > start and until[at + len(part)] - until[start] > width:
            break
        at += len(part)
    return at


__all__ = ["LATIN", "Glyph", "Line", "Run", "Style", "Typesetter", "clean"]
