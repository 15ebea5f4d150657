"""Items as they will stand on paper: checked, in the form's own writing, row by row. Layer: forms.paper.

Nothing here knows how wide a box is. What comes out are entries: a text for a box, a mark to cross,
or an answer that has no box and belongs to the page for additional information.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Final

from forms.paper.paper_map import Box, Column, Listing, Mark, PaperMap, Question
from forms.paper.typesetting import clean
from ournydesk.errors import BadInput

PRESENT: Final = "PRESENT"
_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBERS: Final = frozenset(
    {"a-number", "ssn", "online-account", "selective-service", "phone", "receipt", "i-94"}
)
_WRITTEN: Final = {
    "receipt": (
        re.compile(r"[A-Z]{3}\d{10}"),
        "a receipt number has three letters and ten digits, IOE0912345678",
    ),
    "i-94": (re.compile(r"[A-Z0-9]{11}"), "an I-94 number has eleven digits or letters"),
}
_TURNED: Final = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
"""Characters that turn the text after them round: a name that has them would print as another name."""
_LENGTHS: Final = {"ssn": (9, "nine"), "online-account": (12, "twelve"), "selective-service": (10, "ten")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One answer ready for paper: ``text`` for ``boxes``, or ``marks`` to cross, or neither (addendum)."""

    item: str
    title: str
    part: str
    number: str
    page: int
    text: str
    kind: str
    rise: float = 0.0
    boxes: tuple[Box, ...] = ()
    marks: tuple[Mark, ...] = ()
    row: bool = False
    """A whole row of a table that found no line; its text names its own columns."""

    @property
    def label(self) -> str:
        """The answer as it reads on the page for additional information."""
        return f"{self.title}{'.' if self.row else ':'} {self.text}"


@dataclass(frozen=True, slots=True)
class Answered:
    """Everything to print, in the form's order, and the names of items the form does not have."""

    entries: tuple[Entry, ...]
    unknown: tuple[str, ...]


def answered(paper_map: PaperMap, items: Mapping[str, object]) -> Answered:
    """``items`` (shape: the form's item ids) as entries.

    Raises BadInput naming the item whose value is not of the kind the form asks for.
    """
    lists = {listing.id: listing for listing in paper_map.listings}
    known = {*lists, *(question.id for question in paper_map.questions)}
    flat = _flat(items, known)
    entries: list[Entry] = []
    used: set[str] = set()
    for question in paper_map.questions:
        if question.id in flat:
            used.add(question.id)
            entries += _question(question, flat[question.id])
    unknown: list[str] = []
    for name, listing in lists.items():
        if name in flat:
            used.add(name)
            rows = _rows(listing, flat[name])
            unknown += _unknown_columns(listing, rows)
            entries += _table(listing, rows)
    unknown += [name for name in flat if name not in used]
    entries.sort(key=_place)
    return Answered(tuple(entries), tuple(unknown))


def normalised(paper_map: PaperMap, items: Mapping[str, object]) -> dict[str, object]:
    """The same items with the form's numbers in the form's writing: ``A 61-234-507`` as nine digits.

    Dates and everything else stay as they are. Raises BadInput naming the item.
    """
    shapes = {question.id: question.shape for question in paper_map.questions}
    return {
        name: _shaped(name, shapes[name], _text(name, value))
        if shapes.get(name) in _NUMBERS and value is not None
        else value
        for name, value in items.items()
    }


def _place(entry: Entry) -> tuple[int, int, int]:
    digits = re.match(r"\d*", entry.number)
    return entry.page, int(entry.part), int(digits.group() or 0) if digits else 0


def _flat(items: Mapping[str, object], known: AbstractSet[str]) -> dict[str, object]:
    """Items with ``{"feet": 5}`` under a name spread to ``name.feet``; answers of null left out."""
    flat: dict[str, object] = {}
    for name, value in items.items():
        if isinstance(value, Mapping) and name not in known:
            flat.update({f"{name}.{inner}": each for inner, each in value.items() if each is not None})
        elif value is not None:
            flat[name] = value
    return flat


def _question(question: Question, value: object) -> Iterator[Entry]:
    name = question.id
    if question.kind in {"check", "checks"}:
        wanted = _strings(name, value) if question.kind == "checks" else [_text(name, value)]
        if question.kind == "check" and len(question.marks) == 1 and wanted == ["N"]:
            return  # a box to tick if it is so: no is said by leaving it
        marks = tuple(_mark(name, question.marks, each) for each in wanted if each)
        if marks:
            yield _entry(question, ", ".join(mark.answer for mark in marks), marks=marks)
        return
    values = _strings(name, value) if isinstance(value, list) and question.kind == "addendum" else [value]
    for each in values:
        text = _shaped(name, question.shape, _text(name, each))
        if text:
            yield _entry(question, text)


def _entry(question: Question, text: str, marks: tuple[Mark, ...] = ()) -> Entry:
    return Entry(
        item=question.id,
        title=question.title,
        part=question.part,
        number=question.number,
        page=question.page,
        text=text,
        kind=question.kind,
        rise=question.rise,
        boxes=question.boxes,
        marks=marks,
    )


def _rows(listing: Listing, value: object) -> list[Mapping[str, object]]:
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        raise BadInput(f"{listing.id} has to be a list of rows, each with {_keys(listing)}.")
    rows = [row for row in value if any(each not in (None, "") for each in row.values())]
    if listing.newest_first:
        rows.sort(key=lambda row: _age(listing, row), reverse=True)
    return rows


def _keys(listing: Listing) -> str:
    return ", ".join(column.key for column in listing.columns)


def _age(listing: Listing, row: Mapping[str, object]) -> tuple[object, ...]:
    """Sorts what still goes on last, then by the table's dates; Python's sort keeps equals in order."""
    going_on = any(str(each).upper() == PRESENT for each in row.values())
    return (going_on, *(str(row.get(key) or "") for key in listing.newest_first))


def _unknown_columns(listing: Listing, rows: Sequence[Mapping[str, object]]) -> list[str]:
    keys = {column.key for column in listing.columns}
    return sorted({f"{listing.id}.{key}" for row in rows for key in row if key not in keys})


def _table(listing: Listing, rows: Sequence[Mapping[str, object]]) -> Iterator[Entry]:
    line = 1
    if rows and listing.present and str(rows[0].get(listing.present, "")).upper() != PRESENT:
        # The agency printed PRESENT on the first line: what has ended may not stand beside it.
        line = 2
    for row in rows:
        cells = [(column, _cell(listing, column, row, line)) for column in listing.columns]
        if line <= listing.lines:
            for column, text in cells:
                if text:
                    yield from _line(listing, column, text, line)
        else:
            yield _overflowing(listing, cells, line)
        line += 1


def _cell(listing: Listing, column: Column, row: Mapping[str, object], line: int) -> str:
    name = f"{listing.id} row {line}, {column.key}"
    raw = row.get(column.key)
    text = "" if raw is None else _text(name, raw)
    if column.kind == "check":
        if text and text not in {mark.answer for mark in column.marks[0]}:
            _mark(name, column.marks[0], text)
        return text
    return _shaped(name, column.shape, column.values.get(text, text))


def _line(listing: Listing, column: Column, text: str, line: int) -> Iterator[Entry]:
    marks: tuple[Mark, ...] = ()
    boxes: tuple[Box, ...] = ()
    if column.kind == "check":
        marks = (_mark(f"{listing.id} row {line}", column.marks[line - 1], text),)
    else:
        box = column.boxes[line - 1]
        if box is not None:
            boxes = (box,)
        elif text.casefold() == column.printed.casefold():  # the agency printed it there
            return
    yield Entry(
        item=f"{listing.id}.{column.key}",
        title=f"{listing.title} {line}, {column.title.lower()}",
        part=listing.part,
        number=listing.number,
        page=listing.page,
        text=text,
        kind=column.kind,
        boxes=boxes,
        marks=marks,
    )


def _overflowing(listing: Listing, cells: Sequence[tuple[Column, str]], line: int) -> Entry:
    words = {"Y": "yes", "N": "no"}
    said = [
        f"{column.title}: {words.get(text, text) if column.kind == 'check' else text}"
        for column, text in cells
        if text
    ]
    return Entry(
        item=listing.id,
        title=f"{listing.title} {line}",
        part=listing.part,
        number=listing.number,
        page=listing.page,
        text="; ".join(said),
        kind="addendum",
        row=True,
    )


def _mark(name: str, marks: Sequence[Mark], answer: str) -> Mark:
    for mark in marks:
        if mark.answer == answer:
            return mark
    choices = ", ".join(mark.answer for mark in marks)
    raise BadInput(f"{name} is {answer!r}; the form offers {choices}.")


def _text(name: str, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadInput(f"{name} has to be a text or a whole number, not {_kind(value)}.")
    return " ".join(clean(str(value)).translate(_TURNED).split())


def _kind(value: object) -> str:
    names = {bool: "true or false", list: "a list", dict: "a group of values", float: "a fraction"}
    return names.get(type(value), type(value).__name__)


def _strings(name: str, value: object) -> list[str]:
    if not isinstance(value, list):
        raise BadInput(f"{name} has to be a list.")
    return [_text(name, each) for each in value]


def _shaped(name: str, shape: str, text: str) -> str:
    """The text as the form wants it written; raises BadInput where it cannot be."""
    if not text or not shape:
        return text
    if shape in {"date", "until"}:
        return _date(name, text, until=shape == "until")
    if shape == "a-number":
        return a_number(name, text)
    if shape in _WRITTEN:
        return _written(name, shape, text)
    digits = "".join(char for char in text if char in "0123456789")
    if shape == "phone":
        home = digits[1:] if len(digits) == 11 and digits.startswith("1") else digits
        return home if len(home) == 10 else text
    if shape == "digits":
        if not text.isdecimal() or not text.isascii():
            raise BadInput(f"{name} is {text!r}; the form wants a whole number.")
        return text
    length, word = _LENGTHS[shape]
    if len(digits) != length or re.sub(r"[\s\-]", "", text) != digits:
        raise BadInput(f"{name} is {text!r}; the form wants {word} digits.")
    return digits


def _written(name: str, shape: str, text: str) -> str:
    """A number of letters and digits without its spaces and dashes."""
    pattern, says = _WRITTEN[shape]
    bare = re.sub(r"[\s\-]", "", text).upper()
    if not pattern.fullmatch(bare):
        raise BadInput(f"{name} is {text!r}; {says}.")
    return bare


def _date(name: str, text: str, *, until: bool) -> str:
    if until and text.upper() == PRESENT:
        return PRESENT
    try:
        if not _ISO.fullmatch(text):
            raise ValueError(text)
        return date.fromisoformat(text).strftime("%m/%d/%Y")
    except ValueError as error:
        also = " or PRESENT" if until else ""
        raise BadInput(f"{name} is {text!r}; a date is written year-month-day, 2024-06-20{also}.") from error


def a_number(name: str, text: str) -> str:
    """Nine digits: ``A 61-234-507`` gives ``061234507``; numbers of seven or eight get leading zeros."""
    bare = re.sub(r"[\s\-.#]", "", text).upper().removeprefix("A")
    if not (bare.isascii() and bare.isdigit()) or not 7 <= len(bare) <= 9:
        raise BadInput(
            f"{name} is {text!r}; an A-number has seven to nine digits, with or without the letter A."
        )
    return bare.zfill(9)
