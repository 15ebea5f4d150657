"""Which items a form has: the list a person writes an items file from. Layer: cli."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from forms.paper.paper_map import Column, PaperMap, Question

WRITTEN: Final = {
    "date": "year-month-day, 2024-06-20",
    "until": "year-month-day, or PRESENT",
    "a-number": "seven to nine digits",
    "ssn": "nine digits",
    "online-account": "twelve digits",
    "selective-service": "ten digits",
    "phone": "telephone number",
    "digits": "whole number",
    "receipt": "three letters, ten digits",
    "i-94": "eleven digits or letters",
}
KINDS: Final = {
    "digits": "whole number",
    "parts": "in brackets, (c)(8)",
    "dropdown": "text, as the form's list has it",
    "addendum": "text, or a list of texts",
}


def item_lines(paper_map: PaperMap) -> Iterator[str]:
    """A line an item: id, how it is written, part and number on the form, what it is."""
    same = {item: (each.form, other) for each in paper_map.same_as for item, other in each.items.items()}
    for question in paper_map.questions:
        yield _line(question.id, _answers(question), question, same.get(question.id))
    for listing in paper_map.listings:
        yield _line(listing.id, f"list of rows, {listing.lines} fit", listing, same.get(listing.id))
        for column in listing.columns:
            yield f"    .{column.key:<20} {_cell(column)}; {column.title.lower()}"


def _line(item: str, written: str, asked: object, same: tuple[str, str] | None) -> str:
    part, number, title = (getattr(asked, name) for name in ("part", "number", "title"))
    place = f"part {part}, item {number}" if number else f"part {part}"
    also = f" [{same[0]} {same[1]}]" if same else ""
    return f"{item:<25} {written}; {place}: {title}{also}"


def _answers(question: Question) -> str:
    if question.marks:
        offered = " ".join(mark.answer for mark in question.marks)
        if question.kind == "checks":
            return f"a list of {offered}"
        return "Y if so" if offered == "Y" else f"one of {offered}"
    return WRITTEN.get(question.shape) or KINDS.get(question.kind, "text")


def _cell(column: Column) -> str:
    if column.marks:
        return f"one of {' '.join(mark.answer for mark in column.marks[0])}"
    return WRITTEN.get(column.shape, "text")
