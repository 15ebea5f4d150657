"""Text measured against its box, before anything is drawn. Layer: forms.paper.

A text is set as large as its box allows, from ``LARGEST`` down to ``SMALLEST`` points, on several
lines where the agency made the box for several. What does not fit at the smallest size does not
fit: nothing is cut, squeezed or printed over an edge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from icu4py.breakers import LineBreaker

from forms.paper.blank import Widget
from forms.paper.fonts import Fonts, Weight
from forms.paper.paper_map import Rect
from forms.paper.typesetting import Line, Style, Typesetter
from ournydesk.errors import BadInput

LARGEST: Final = 9.5
SMALLEST: Final = 6.5
COMB: Final = 10.5
CROSS: Final = 9.5
_STEP: Final = 0.5
_LEADING: Final = 1.12
_CAPITALS: Final = 0.714
"""Height of Noto Sans' capitals in ems."""
_MARGIN: Final = 3.0
_MARGIN_SHARE: Final = 0.035
"""Narrow boxes get narrower margins: 42 points keep 1.5 on each side."""
ON_RULES: Final = 9.0
RULE: Final = 18.0
"""Points between ruled lines, the same on every form of the agency."""
_ABOVE_RULE: Final = 4.5
_TALL: Final = 60.0
"""Points of height from which a text begins at the top of its box."""
_EDGE: Final = 0.8
"""Points of ink that must stay free above and below."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One set line and where its baseline starts, in points from the lower left corner of its box."""

    line: Line
    x: float
    baseline: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Inked:
    """What one field will say and the ink that says it. ``state``: the export state of a crossed mark.

    ``reference``: the value is not the answer but where to find it.
    """

    value: str
    placed: tuple[Placed, ...]
    state: str = ""
    reference: bool = False


class Fitter:
    """Fits texts into boxes with one document's typesetter."""

    def __init__(self, fonts: Fonts) -> None:
        self._setter = Typesetter(fonts)

    def line(self, text: str, size: float, *, bold: bool = False) -> Line:
        """``text`` on one line, however wide."""
        return self._setter.line(text, _style(size, bold=bold))

    def lines(self, text: str, size: float, width: float) -> tuple[Line, ...]:
        """``text`` broken to ``width`` points, between words unless a word is wider than that."""
        return self._at_spaces(text, size, width) or self._setter.lines(text, _style(size), width)

    def drawable(self, item: str, text: str) -> None:
        """Raise BadInput naming the item when no face on this machine has one of its characters."""
        self._setter.line(text, _style(LARGEST))
        if self._setter.undrawn:
            names = ", ".join(f"{char!r} (U+{ord(char):04X})" for char in sorted(self._setter.undrawn))
            raise BadInput(f"{item} has {names}, which no font on this machine can print.")

    def fit(self, text: str, widget: Widget, *, multiline: bool | None = None) -> tuple[Placed, ...] | None:
        """The text in its box, as large as it goes; None when it does not fit at ``SMALLEST``."""
        rect = widget.rect
        several = widget.multiline if multiline is None else multiline
        margin = min(_MARGIN, rect.width * _MARGIN_SHARE)
        width = rect.width - 2 * margin
        # A hyphen that ends a line is taken for one that was not typed when the form is read by
        # machine, so words are kept whole at any size before one is broken at its hyphen.
        ways = (self._at_spaces, self._anywhere) if several else (self._on_one_line,)
        for way in ways:
            for size in _sizes():
                lines = way(text, size, width)
                placed = tuple(_stack(lines, size, rect, margin, centred=widget.centred))
                if placed and _inside(placed, rect):
                    return placed
        return None

    def ruled(self, text: str, widget: Widget, rise: float) -> tuple[Placed, ...] | None:
        """The text on the lines the agency printed in its box; None when there are too few."""
        return on_rules(self.lines(text, ON_RULES, widget.rect.width - 2 * _MARGIN), widget.rect, rise)

    def comb(self, text: str, widget: Widget) -> tuple[Placed, ...]:
        """One character in the middle of each cell."""
        cell = widget.rect.width / widget.longest
        placed = []
        for at, char in enumerate(text):
            line = self.line(char, COMB)
            x = cell * (at + 0.5) - line.width / 2
            placed.append(Placed(line, x, _middle(widget.rect, COMB)))
        return tuple(placed)

    def cross(self, rect: Rect) -> tuple[Placed, ...]:
        """An X in the middle of a box."""
        line = self.line("X", CROSS, bold=True)
        return (Placed(line, (rect.width - line.width) / 2, _middle(rect, CROSS)),)

    def _on_one_line(self, text: str, size: float, width: float) -> tuple[Line, ...]:
        whole = self.line(text, size)
        return (whole,) if whole.width <= width else ()

    def _at_spaces(self, text: str, size: float, width: float) -> tuple[Line, ...]:
        """Lines of whole words; none when a word is wider than the line."""
        words = text.split(" ")
        if any(self.line(word, size).width > width for word in words):
            return ()
        lines: list[Line] = []
        row: list[str] = []
        for word in words:
            if row and self.line(" ".join([*row, word]), size).width > width:
                lines.append(self.line(" ".join(row), size))
                row = []
            row.append(word)
        return (*lines, self.line(" ".join(row), size))

    def _anywhere(self, text: str, size: float, width: float) -> tuple[Line, ...]:
        """Lines broken wherever the script allows; none when a word would have to be cut."""
        if any(self.line(piece, size).width > width for piece in _pieces(text)):
            return ()
        return self._setter.lines(text, _style(size), width)


@lru_cache(maxsize=64)
def _style(size: float, *, bold: bool = False) -> Style:
    return Style(size=size, weight=Weight.BOLD if bold else Weight.REGULAR)


def _sizes() -> Iterator[float]:
    size = LARGEST
    while size >= SMALLEST:
        yield size
        size -= _STEP


def _pieces(text: str) -> Iterator[str]:
    """What may not be broken: text between two places where a line may end."""
    yield from (piece.strip() for piece in LineBreaker(text, "en") if piece.strip())


def _middle(rect: Rect, size: float) -> float:
    return (rect.height - _CAPITALS * size) / 2


def rules_of(rect: Rect) -> int:
    """How many ruled lines a box holds; a box may be a point short of the last one."""
    return int((rect.height + 1) // RULE)


def on_rules(lines: Sequence[Line], rect: Rect, rise: float = 0.0) -> tuple[Placed, ...] | None:
    """Lines above the ruled ones of a box, from the top; None when they are more than those."""
    if len(lines) > rules_of(rect):
        return None
    top = rect.height + _ABOVE_RULE + rise
    return tuple(Placed(line, _MARGIN, top - (at + 1) * RULE) for at, line in enumerate(lines))


def _stack(
    lines: tuple[Line, ...], size: float, rect: Rect, margin: float, *, centred: bool
) -> Iterator[Placed]:
    """Lines one under the other, the block of their capitals in the middle of the box, or at its top."""
    pitch = size * _LEADING
    below = (rect.height - _CAPITALS * size - (len(lines) - 1) * pitch) / 2
    if rect.height > _TALL:
        below = max(below, 2 * below - _MARGIN - size * (1 - _CAPITALS))
    for at, line in enumerate(lines):
        x = (rect.width - line.width) / 2 if centred else margin + _overhang(line)
        yield Placed(line, x, below + (len(lines) - 1 - at) * pitch)


def _overhang(line: Line) -> float:
    """Points by which the first shape reaches left of where the line starts, as J does."""
    if not line.runs or not line.runs[0].glyphs:
        return 0.0
    face = line.runs[0].face
    extents = face.shaper.get_glyph_extents(line.runs[0].glyphs[0].gid)
    return max(0.0, -extents.x_bearing * line.style.size / face.units) if extents is not None else 0.0


def _inside(placed: tuple[Placed, ...], rect: Rect) -> bool:
    return all(
        each.baseline + low >= _EDGE and each.baseline + high <= rect.height - _EDGE
        for each in placed
        for low, high in (ink_of(each.line),)
    )


def ink_of(line: Line) -> tuple[float, float]:
    """How far the drawn shapes of a line reach below and above its baseline, in points."""
    low = high = 0.0
    for run in line.runs:
        scale = line.style.size / run.face.units
        for glyph in run.glyphs:
            extents = run.face.shaper.get_glyph_extents(glyph.gid)
            if extents is not None:
                top = extents.y_bearing + glyph.dy
                high = max(high, top * scale)
                low = min(low, (top + extents.height) * scale)
    return low, high
