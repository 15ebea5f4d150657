"""An agency's form, filled. Layer: forms.paper.

``fill`` takes the agency's own blank, the map of its edition and items, and gives a PDF: flattened
for print, where every viewer shows the same ink, or fillable, with values and appearances set. XFA,
usage rights, signatures and scripts are gone from both. An answer that does not fit its box stands
in full in the form's part for additional information (the N-400's Part 14) or on a continuation
sheet, and its box says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from forms.paper import blank as blanks
from forms.paper.blank import Widget
from forms.paper.fonts import system_fonts
from forms.paper.official_addendum import addendum
from forms.paper.official_answers import Entry, answered
from forms.paper.official_fit import Fitter, Inked
from forms.paper.official_pages import finish
from forms.paper.official_sheets import Person
from forms.paper.paper_map import PaperMap, for_form
from ournydesk.domain.documents import MovedAnswer, Printout
from ournydesk.errors import BadInput

_IN_BRACKETS: Final = re.compile(r"\(([^()]+)\)")
LONGEST: Final = 4000
"""Characters of one answer. The part for additional information and a page of paper hold fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The finished PDF, what was moved, what the form has no place for, and what each field says."""

    pdf: bytes = field(repr=False)
    pages: int
    edition: str
    moved: tuple[MovedAnswer, ...]
    unknown: tuple[str, ...]
    widgets: Mapping[str, str] = field(repr=False)


def fill(
    untrusted: bytes, paper_map: PaperMap, items: Mapping[str, object], *, fillable: bool = False
) -> Filled:
    """The blank with ``items`` (by the form's item ids) on it.

    Raises BadInput for a blank that is not the map's edition, unchanged, and for an item whose value
    the form cannot hold, naming it.
    """
    opened = blanks.opened(untrusted, paper_map)
    said = answered(paper_map, items)
    fitter = Fitter(system_fonts())
    inked: dict[str, Inked] = {}
    moved: list[Entry] = []
    for entry in said.entries:
        if len(entry.text) > LONGEST:
            raise BadInput(
                f"{entry.item} is {len(entry.text)} characters long; at most {LONGEST} can be printed."
            )
        fitter.drawable(entry.item, entry.label)
        placed = place(entry, opened.widgets, fitter)
        if placed is None:
            moved.append(entry)
        else:
            inked.update(placed)
    more = addendum(moved, paper_map, opened.widgets, _person(paper_map, said.entries), fitter)
    inked.update(more.inked)
    title = f"Form {paper_map.form}, {paper_map.title}, edition {paper_map.edition}"
    return Filled(
        pdf=finish(opened, inked, more.sheets, fillable=fillable, title=title),
        pages=paper_map.pages + len(more.sheets),
        edition=paper_map.edition,
        moved=more.moved,
        unknown=said.unknown,
        widgets={name: each.value for name, each in inked.items()},
    )


def printout(form: str, untrusted: bytes, items: Mapping[str, object]) -> Printout:
    """The agency's form ``n-400`` filled and flattened, as the desk's windows know it."""
    filled = fill(untrusted, for_form(form), items)
    return Printout(pdf=filled.pdf, pages=filled.pages, moved=filled.moved, edition=filled.edition)


def place(entry: Entry, widgets: Mapping[str, Widget], fitter: Fitter) -> dict[str, Inked] | None:
    """The entry's ink by field, or None when one of its boxes cannot hold it."""
    if entry.marks:
        marked = ((mark, widgets[mark.box.field]) for mark in entry.marks)
        return {
            mark.box.field: Inked(value=mark.answer, placed=fitter.cross(widget.rect), state=mark.state)
            for mark, widget in marked
        }
    boxes = [widgets[box.field] for box in entry.boxes]
    if not boxes:
        return None
    if entry.kind == "digits":
        return _digits(entry, boxes, fitter)
    if entry.kind == "parts":
        return _parts(entry, boxes, fitter)
    inked = {}
    for widget in boxes:
        ink = _text(entry, widget, fitter)
        if ink is None:
            return None
        inked[widget.field] = ink
    return inked


def _text(entry: Entry, widget: Widget, fitter: Fitter) -> Inked | None:
    if widget.comb and 0 < len(entry.text) <= widget.longest:
        return Inked(value=entry.text, placed=fitter.comb(entry.text, widget))
    value, text = entry.text, entry.text
    if widget.options:
        offered = {option.strip().casefold(): option for option in widget.options}
        if text.casefold() not in offered:
            return None
        value = offered[text.casefold()]
        text = value.strip()
    if 0 < widget.longest < len(text):
        return None
    placed = fitter.ruled(text, widget, entry.rise) if entry.kind == "ruled" else fitter.fit(text, widget)
    return None if placed is None else Inked(value=value, placed=placed)


def _digits(entry: Entry, boxes: list[Widget], fitter: Fitter) -> dict[str, Inked] | None:
    """One digit a box, the last one to the right."""
    if len(entry.text) > len(boxes):
        return None
    inked = {}
    for widget, digit in zip(boxes[len(boxes) - len(entry.text) :], entry.text, strict=True):
        placed = fitter.fit(digit, widget)
        if placed is not None:
            inked[widget.field] = Inked(value=digit, placed=placed)
    return inked


def _parts(entry: Entry, boxes: list[Widget], fitter: Fitter) -> dict[str, Inked] | None:
    """What stands in brackets, a box each from the left."""
    said = _IN_BRACKETS.findall(entry.text)
    if len(said) > len(boxes) or "".join(f"({part})" for part in said) != entry.text.replace(" ", ""):
        return None
    inked = {}
    for widget, part in zip(boxes, said, strict=False):
        placed = fitter.fit(part, widget)
        if placed is None:
            return None
        inked[widget.field] = Inked(value=part, placed=placed)
    return inked


def _person(paper_map: PaperMap, entries: Iterable[Entry]) -> Person:
    """Name and A-number for the head of a continuation sheet."""
    said = {entry.item: entry.text for entry in entries}
    family, *given = (said.get(item, "") for item in paper_map.name)
    return Person(
        name=", ".join(part for part in (family, " ".join(filter(None, given))) if part),
        a_number=said.get("a_number", ""),
    )
