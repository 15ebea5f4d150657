"""The page for additional information, filled from what did not fit. Layer: forms.paper.

Takes the answers whose boxes were too small (or that never had one), gives the ink for
that part's blocks, the reference that stands in each box instead, the sheets, and the list for the screen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from forms.paper.blank import Widget
from forms.paper.official_answers import Entry
from forms.paper.official_fit import Fitter, Inked, on_rules, rules_of
from forms.paper.official_sheets import Person, Sheet, sheets
from forms.paper.overflow import SIZE, Filling, Piece, Spread, grouped, spread
from forms.paper.paper_map import Block, PaperMap
from forms.paper.typesetting import Line
from ournydesk.domain.documents import MovedAnswer
from ournydesk.errors import BadInput

_MARGIN: Final = 3.0
_SHEET: Final = "continuation sheet"


@dataclass(frozen=True, slots=True)
class Addendum:
    """What goes into fields, what goes onto sheets, and where each moved answer can be read."""

    inked: Mapping[str, Inked]
    sheets: tuple[Sheet, ...]
    moved: tuple[MovedAnswer, ...]


def addendum(
    moved: Sequence[Entry], paper_map: PaperMap, widgets: Mapping[str, Widget], person: Person, fitter: Fitter
) -> Addendum:
    """``moved`` in that part's blocks and, from where those end, on continuation sheets."""
    texts = [widgets[block.text.field] for block in paper_map.blocks]
    width = min((text.rect.width for text in texts), default=0.0) - 2 * _MARGIN
    capacities = [rules_of(text.rect) for text in texts]
    parts = spread(grouped(moved), capacities, width, lambda text, room: fitter.lines(text, SIZE, room))
    pages = sheets(parts.rest, paper_map, person, fitter)
    inked: dict[str, Inked] = {}
    for filling, block in zip(parts.fillings, paper_map.blocks, strict=False):
        inked.update(_block(filling, block, widgets, pages, fitter))
    where = _places(parts, pages, paper_map.additional)
    here = {block.text.page for block in paper_map.blocks}
    for entry in moved:
        inked.update(_references(entry, where[id(entry)], here, widgets, fitter))
    return Addendum(inked, pages, tuple(_moved(entry, where[id(entry)]) for entry in moved))


def _block(
    filling: Filling, block: Block, widgets: Mapping[str, Widget], pages: Sequence[Sheet], fitter: Fitter
) -> dict[str, Inked]:
    group = filling.group
    inked = {}
    for box, text in ((block.page, str(group.page)), (block.part, group.part), (block.item, group.number)):
        widget = widgets[box.field]
        placed = fitter.fit(text, widget)
        if placed is None:  # the map's part and item numbers are short; a block's own boxes hold them
            raise BadInput(f"The paper map's {text!r} does not fit the block's box {box.field}.")
        inked[box.field] = Inked(value=text, placed=placed)
    lines = [line for piece in filling.pieces for line in piece.lines]
    said = "\n".join(_said(piece) for piece in filling.pieces)
    if filling.follows:
        sheet = next(
            at for at, page in enumerate(pages, 1) if any(p.entry in group.entries for p in page.pieces)
        )
        note = f"(continued on {_SHEET} {sheet})"
        lines.append(fitter.line(note, SIZE))
        said = f"{said}\n{note}"
    placed = on_rules(lines, widgets[block.text.field].rect)
    inked[block.text.field] = Inked(value=said, placed=placed or ())
    return inked


def _said(piece: Piece) -> str:
    """A piece's text: the whole answer as it was given, or the lines of it that stand here."""
    return piece.entry.label if piece.whole else " ".join(_read(line) for line in piece.lines)


def _read(line: Line) -> str:
    return "".join(run.text for run in sorted(line.runs, key=lambda run: run.order)).strip()


@dataclass(slots=True)
class _Where:
    """The blocks and the sheets one answer stands in, counted from 1; ``part`` is that of the blocks."""

    part: str
    blocks: list[int]
    sheets: list[int]

    def __str__(self) -> str:
        named = [(f"Part {self.part}, block", self.blocks), (_SHEET, self.sheets)]
        return " and ".join(_counted(name, numbers) for name, numbers in named if numbers)


def _counted(name: str, numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"{name} {numbers[0]}"
    return f"{name}s {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def _places(parts: Spread, pages: Sequence[Sheet], part: str) -> dict[int, _Where]:
    """For each moved answer, by identity (two may read alike), where it stands."""
    where: dict[int, _Where] = {}
    for at, filling in enumerate(parts.fillings, 1):
        for piece in filling.pieces:
            where.setdefault(id(piece.entry), _Where(part, [], [])).blocks.append(at)
    for at, page in enumerate(pages, 1):
        for piece in page.pieces:
            where.setdefault(id(piece.entry), _Where(part, [], [])).sheets.append(at)
    return where


def _moved(entry: Entry, where: _Where) -> MovedAnswer:
    return MovedAnswer(
        item=entry.item,
        title=entry.title,
        page=entry.page,
        part=entry.part,
        number=entry.number,
        text=entry.text,
        where=str(where),
    )


def _references(
    entry: Entry, where: _Where, here: AbstractSet[int], widgets: Mapping[str, Widget], fitter: Fitter
) -> dict[str, Inked]:
    """What stands in the box instead: where to read on. ``here`` are the pages of the blocks."""
    inked = {}
    for box in entry.boxes:
        widget = widgets[box.field]
        if not where.blocks:
            there = f"sheet {where.sheets[0]}"
        else:
            there = "below" if box.page in here else f"Part {where.part}"
        for text in (f"See {there}", there, "*"):
            placed = fitter.fit(text, widget, multiline=True)
            if placed is not None:
                inked[box.field] = Inked(value=text, placed=placed, reference=True)
                break
    return inked
