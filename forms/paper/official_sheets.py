"""Continuation sheets: what the form has no room for, with name and A-number. Layer: forms.paper.

The form says: type your name and A-number at the top of each sheet, give page, part and item number,
sign and date each sheet. Name, number and places are printed here; the lines for signature and date
stay empty for the person's own hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from forms.paper.official_fit import Fitter, Placed
from forms.paper.overflow import SIZE, Group, Piece
from forms.paper.paper_map import PaperMap

WIDTH: Final = 612.0
HEIGHT: Final = 792.0
LEFT: Final = 36.0
RIGHT: Final = 576.0
INDENT: Final = 60.0
TEXT_WIDTH: Final = RIGHT - INDENT
_TOP: Final = 690.0
_BOTTOM: Final = 118.0
_PITCH: Final = 13.0
_GAP: Final = 9.0
_SMALL: Final = 8.0
_MOST_NAME_LINES: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whose sheets they are; ``a_number`` nine digits or empty."""

    name: str
    a_number: str


@dataclass(slots=True)
class Sheet:
    """One page: its set lines, its rules and boxes as operators, and the answers that stand on it."""

    placed: list[Placed] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


def sheets(
    rest: Sequence[tuple[Group, Sequence[Piece]]], paper_map: PaperMap, person: Person, fitter: Fitter
) -> tuple[Sheet, ...]:
    """As many sheets as it takes, numbered x of y."""
    name = fitter.lines(person.name, SIZE + 0.5, RIGHT - LEFT - 60)
    if len(name) > _MOST_NAME_LINES:  # it stands in full among the answers
        asked = paper_map.question(paper_map.name[0])
        where = f"as given in Part {asked.part}, item {asked.number}" if asked else "as given on page 1"
        name = fitter.lines(where, SIZE + 0.5, RIGHT - LEFT - 60)
    pages = _Pages(fitter, start=_TOP - (len(name) - 1) * _PITCH - 20)
    for group, pieces in rest:
        pages.begin(group)
        for piece in pieces:
            pages.write(piece)
    made = pages.made
    for number, sheet in enumerate(made, 1):
        _frame(sheet, number, len(made), paper_map, person, fitter)
        for at, line in enumerate(name):
            sheet.placed.append(Placed(line, LEFT + 60, _TOP - at * _PITCH))
    return tuple(made)


class _Pages:
    """Fills sheet after sheet; an answer is split between two only when one page cannot hold it."""

    def __init__(self, fitter: Fitter, start: float) -> None:
        self.made: list[Sheet] = []
        self._fitter = fitter
        self._start = start
        self._y = 0.0
        self._group: Group | None = None
        self._headed = False

    def begin(self, group: Group) -> None:
        """What follows belongs under another heading."""
        self._group, self._headed = group, False

    def write(self, piece: Piece) -> None:
        """The lines of one answer, on a new sheet if they do not fit on this one."""
        whole = len(piece.lines) * _PITCH
        if not self._room(min(whole, self._start - _BOTTOM - _GAP - 2 * _PITCH)):
            self._turn()
        for line in piece.lines:
            if not self._room(_PITCH):
                self._turn()
            self._head()
            self.made[-1].placed.append(Placed(line, INDENT, self._y))
            self._y -= _PITCH
            if not self.made[-1].pieces or self.made[-1].pieces[-1] is not piece:
                self.made[-1].pieces.append(piece)

    def _room(self, height: float) -> bool:
        heading = 0.0 if self._headed else _GAP + _PITCH
        return bool(self.made) and self._y - heading - height >= _BOTTOM - _PITCH

    def _turn(self) -> None:
        self.made.append(Sheet())
        self._y = self._start
        self._headed = False

    def _head(self) -> None:
        if self._headed or self._group is None:
            return
        self._y -= _GAP
        again = any(piece.entry in self._group.entries for sheet in self.made for piece in sheet.pieces)
        self.made[-1].placed += _heading(self._group, self._y, self._fitter, again=again)
        self._y -= _PITCH
        self._headed = True


def _heading(group: Group, y: float, fitter: Fitter, *, again: bool) -> Iterator[Placed]:
    cells = [f"Page Number {group.page}", f"Part Number {group.part}", f"Item Number {group.number}"]
    if not group.number:
        cells.pop()
    if again:
        cells.append("(continued)")
    for at, text in enumerate(cells):
        yield Placed(fitter.line(text, SIZE, bold=True), LEFT + at * 100, y)


def _frame(
    sheet: Sheet, number: int, total: int, paper_map: PaperMap, person: Person, fitter: Fitter
) -> None:
    """What every sheet carries: head, name, A-number, and empty lines to sign and date."""
    add = sheet.placed.append
    sheet.rules += [
        f"0 g {LEFT} 752 {RIGHT - LEFT} 4 re f",
        f"0.88 g {LEFT} 720 396 18 re f 0 G 0.75 w {LEFT} 720 396 18 re S",
        "0.75 w 456 720 120 18 re S",
        *(
            f"0.6 G 0.5 w {456 + at * 120 / 9:.2f} 720 m {456 + at * 120 / 9:.2f} 738 l S"
            for at in range(1, 9)
        ),
        "0 G 0.75 w 60 76 m 420 76 l S 444 76 m 576 76 l S",
        f"0.75 w {LEFT} 46 m {RIGHT} 46 l S",
    ]
    add(
        Placed(
            fitter.line(
                f"Part {paper_map.additional}. Additional Information (continuation sheet)", 10.5, bold=True
            ),
            LEFT + 5,
            725.5,
        )
    )
    add(Placed(fitter.line("A-", 10.5, bold=True), 441, 725.5))
    for at, digit in enumerate(person.a_number):
        line = fitter.line(digit, 10.5)
        add(Placed(line, 456 + 120 / 9 * (at + 0.5) - line.width / 2, 725.5))
    add(Placed(fitter.line("Name:", SIZE + 0.5, bold=True), LEFT, _TOP))
    add(Placed(fitter.line("Applicant's Signature", _SMALL), 60, 66))
    add(Placed(fitter.line("Date of Signature (mm/dd/yyyy)", _SMALL), 444, 66))
    foot = f"Form {paper_map.form}   Edition {paper_map.edition}"
    add(Placed(fitter.line(foot, _SMALL), LEFT, 34))
    page = fitter.line(f"Continuation sheet {number} of {total}", _SMALL)
    add(Placed(page, RIGHT - page.width, 34))
