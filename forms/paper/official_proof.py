"""A proof sheet: the blank with every item's id in its box. Layer: forms.paper.

Whoever makes or checks a map prints this and reads it against the form. A box whose id stands in the
wrong place is a line of ``paper.toml`` to mend; a box without an id is one nobody mapped.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from forms.paper import blank as blanks
from forms.paper.fonts import system_fonts
from forms.paper.official_fit import Fitter, Inked, Placed
from forms.paper.official_pages import finish
from forms.paper.paper_map import Box, PaperMap, Rect

_LARGEST: Final = 8.0
_PITCH: Final = 1.1
_SPARE: Final = 0.8


def proof(untrusted: bytes, paper_map: PaperMap) -> bytes:
    """The blank with item ids for answers, as a PDF. Raises BadInput as ``official.fill`` does."""
    opened = blanks.opened(untrusted, paper_map)
    fitter = Fitter(system_fonts())
    inked = {}
    for words, box in _labels(paper_map):
        rect = opened.widgets[box.field].rect
        inked[box.field] = Inked(value=" ".join(words), placed=_stack(words, rect, fitter))
    title = f"Proof sheet of form {paper_map.form}, edition {paper_map.edition}"
    return finish(opened, inked, (), fillable=False, title=title)


def _labels(paper_map: PaperMap) -> Iterator[tuple[tuple[str, ...], Box]]:
    """For each box the words that stand in it: the item, and for a mark the answer it stands for."""
    for question in paper_map.questions:
        for box in question.boxes:
            yield (question.id,), box
        for mark in question.marks:
            yield (*_split(question.id), mark.answer), mark.box
    for listing in paper_map.listings:
        for column in listing.columns:
            for line, cell in enumerate(column.boxes, 1):
                if cell is not None:
                    yield (f"{listing.id}[{line}]", column.key), cell
            for line, marks in enumerate(column.marks, 1):
                for mark in marks:
                    yield (f"{listing.id}[{line}]", column.key, mark.answer), mark.box
    for number, block in enumerate(paper_map.blocks, 1):
        for name in ("page", "part", "item", "text"):
            yield (f"block {number}", name), getattr(block, name)


def _split(item: str) -> tuple[str, ...]:
    """``P4.1.unit_type`` on two lines, ``P9.17h`` on one: a box to cross is 10 points wide."""
    head, _, tail = item.rpartition(".")
    return (head, tail) if "." in head else (item,)


def _stack(words: tuple[str, ...], rect: Rect, fitter: Fitter) -> tuple[Placed, ...]:
    widest = max(fitter.line(word, 1.0).width for word in words)
    room = (rect.height - 2 * _SPARE) / (len(words) * _PITCH)
    size = min(_LARGEST, room, (rect.width - 2 * _SPARE) / widest)
    lines = [fitter.line(word, size) for word in words]
    below = (rect.height - size * _PITCH * len(words)) / 2 + size * 0.25
    return tuple(
        Placed(line, _SPARE, below + (len(lines) - 1 - at) * size * _PITCH) for at, line in enumerate(lines)
    )
