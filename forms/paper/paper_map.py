"""Where every item of an agency's form stands on its blank, as data. Layer: forms.paper.

A map is one ``paper.toml`` beside a form in ``forms/library``. It is read once into frozen values;
``forms.paper.blank`` compares it with the blank before anything is printed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ournydesk.errors import BadInput

LIBRARY: Final = Path(__file__).resolve().parents[1] / "library"
FILE: Final = "paper.toml"


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in PDF points, origin at the page's lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Points from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Points from bottom to top."""
        return self.top - self.bottom

    def near(self, other: Rect, within: float) -> bool:
        """Whether no edge is further than ``within`` points from the other's."""
        return (
            abs(self.left - other.left) <= within
            and abs(self.bottom - other.bottom) <= within
            and abs(self.right - other.right) <= within
            and abs(self.top - other.top) <= within
        )


@dataclass(frozen=True, slots=True)
class Box:
    """One box on the blank: page from 1, place, and the name of its field.

    A name that several boxes share has ``#2``, ``#3`` behind it from the second on, in the order of
    the blank. Where the agency printed a box and made no field of it the name begins with ``@``, and
    ``cells`` says into how many the box is parted (0: it is not).
    """

    page: int
    rect: Rect
    field: str
    cells: int = 0

    @property
    def printed(self) -> bool:
        """True for a box without a field: ink goes on the page itself."""
        return self.field.startswith("@")


@dataclass(frozen=True, slots=True)
class Mark:
    """A box to cross for one answer; ``state`` is the export state the field calls it by."""

    answer: str
    state: str
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One item that is answered once.

    ``kind``: ``text``, ``ruled`` (on the lines of the box), ``comb`` (one character a cell),
    ``digits`` (one digit a box, right-aligned), ``parts`` (what stands in brackets, a box each:
    ``(c)(17)(iii)``), ``dropdown``, ``check`` (one mark), ``checks`` (any number of marks),
    ``addendum`` (no box: always on the page for additional information). Several boxes of a text
    print the same value. ``page`` is where the form asks. ``rise``: points by which ruled lines lie
    higher than a box of such lines has them.
    """

    id: str
    title: str
    part: str
    number: str
    page: int
    kind: str
    shape: str = ""
    rise: float = 0.0
    boxes: tuple[Box, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table: a box (or the marks) for each line; None where the form prints itself."""

    key: str
    title: str
    kind: str
    shape: str = ""
    values: Mapping[str, str]
    """Answers that are codes, and the words the form wants for them."""
    boxes: tuple[Box | None, ...] = ()
    marks: tuple[tuple[Mark, ...], ...] = ()
    printed: str = ""
    """What the agency printed where there is no box."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One table of the form. ``newest_first``: the columns to sort by, latest date on top.

    ``present``: the column whose first line the agency printed as PRESENT, so that only a row that
    says PRESENT may stand there.
    """

    id: str
    title: str
    part: str
    number: str
    page: int
    newest_first: tuple[str, ...]
    present: str
    columns: tuple[Column, ...]

    @property
    def lines(self) -> int:
        """How many rows the form has room for."""
        return max(len(column.boxes) or len(column.marks) for column in self.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of the form's page for additional information."""

    page: Box
    part: Box
    item: Box
    text: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class SameAs:
    """Items that read the same as items of ``form``: this form's id to the other's.

    They hold where the other form's answers are those of ``when``.
    """

    form: str
    when: Mapping[str, str]
    items: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperMap:
    """Everything that is known about one edition of one form."""

    form: str
    title: str
    edition: str
    pages: int
    additional: str
    """The number of the part for additional information."""
    name: tuple[str, ...]
    """The items of the person's name as it stands on continuation sheets: family name, given names."""
    same_as: tuple[SameAs, ...]
    questions: tuple[Question, ...]
    listings: tuple[Listing, ...]
    blocks: tuple[Block, ...]
    untouched: tuple[Box, ...]
    folder: Path
    """Where the map was read: the folder of the form in the library whose answers fill it."""

    def question(self, item: str) -> Question | None:
        """The question with this item id, None where there is none."""
        return next((each for each in self.questions if each.id == item), None)

    def boxes(self) -> Iterator[tuple[str, Box, str]]:
        """Every box with the item it belongs to and, for marks, its export state."""
        for question in self.questions:
            yield from ((question.id, box, "") for box in question.boxes)
            yield from ((question.id, mark.box, mark.state) for mark in question.marks)
        for listing in self.listings:
            for column in listing.columns:
                item = f"{listing.id}.{column.key}"
                yield from ((item, box, "") for box in column.boxes if box is not None)
                yield from ((item, mark.box, mark.state) for marks in column.marks for mark in marks)
        for place, block in enumerate(self.blocks, 1):
            for box in (block.page, block.part, block.item, block.text):
                yield f"block {place}", box, ""
        yield from (("untouched", box, "") for box in self.untouched)


def known() -> tuple[PaperMap, ...]:
    """The maps of every form in the library that has one."""
    return tuple(read(path) for path in sorted(LIBRARY.glob(f"*/{FILE}")))


def for_form(form: str) -> PaperMap:
    """The map of the form with this id, ``n-400`` in any case; raises BadInput if there is none."""
    maps = known()
    for paper_map in maps:
        if paper_map.form.casefold() == form.casefold():
            return paper_map
    names = ", ".join(paper_map.form.lower() for paper_map in maps)
    raise BadInput(f"There is no paper map for form {form!r}. Forms that can be filled: {names}.")


def read(path: Path) -> PaperMap:
    """The map in a ``paper.toml``; raises BadInput naming the entry that cannot be read."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(f"{path}: not a paper map ({error}).") from error
    at = "the top of the file"
    try:
        questions = []
        for entry in raw.get("item", ()):
            at = f"item {entry.get('id')}"
            questions.append(_question(entry))
        listings = []
        for entry in raw.get("list", ()):
            at = f"list {entry.get('id')}"
            listings.append(_listing(entry))
        at = "the blocks of the page for additional information"
        blocks = tuple(
            Block(**{name: _box(entry[name]) for name in ("page", "part", "item", "text")})
            for entry in raw.get("block", ())
        )
        at = "the boxes left untouched"
        untouched = tuple(_box(entry) for entry in raw.get("untouched", {}).get("boxes", ()))
        at = "the top of the file"
        return PaperMap(
            form=raw["form"],
            title=raw["title"],
            edition=raw["edition"],
            pages=raw["pages"],
            additional=raw["additional"],
            name=tuple(raw["name"]),
            same_as=tuple(
                SameAs(form=entry["form"], when=dict(entry.get("when", {})), items=dict(entry["items"]))
                for entry in raw.get("same_as", ())
            ),
            questions=tuple(questions),
            listings=tuple(listings),
            blocks=blocks,
            untouched=untouched,
            folder=path.parent,
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise BadInput(f"{path}: {at} is not written as a paper map wants it ({error}).") from error


def _question(entry: Mapping[str, Any]) -> Question:
    kind = entry["kind"]
    checks = kind in {"check", "checks"}
    marks = tuple(_mark(raw) for raw in entry["boxes"]) if checks else ()
    boxes = () if checks else tuple(_box(raw) for raw in entry.get("boxes", ()))
    page = marks[0].box.page if marks else boxes[0].page if boxes else entry["page"]
    return Question(
        id=entry["id"],
        title=entry["title"],
        part=entry["part"],
        number=entry["number"],
        page=page,
        kind=kind,
        shape=entry.get("shape", ""),
        rise=float(entry.get("rise", 0)),
        boxes=boxes,
        marks=marks,
    )


def _listing(entry: Mapping[str, Any]) -> Listing:
    columns = tuple(_column(raw) for raw in entry["column"])
    firsts = [box.page for column in columns for box in column.boxes if box is not None]
    return Listing(
        id=entry["id"],
        title=entry["title"],
        part=entry["part"],
        number=entry["number"],
        page=min(firsts),
        newest_first=tuple(entry.get("newest_first", "").split()),
        present=entry.get("present_line", ""),
        columns=columns,
    )


def _column(entry: Mapping[str, Any]) -> Column:
    checks = entry["kind"] == "check"
    return Column(
        key=entry["key"],
        title=entry["title"],
        kind=entry["kind"],
        shape=entry.get("shape", ""),
        values=dict(entry.get("values", {})),
        boxes=() if checks else tuple(_box(raw) if raw else None for raw in entry["boxes"]),
        marks=tuple(tuple(_mark(raw) for raw in line) for line in entry["boxes"]) if checks else (),
        printed=str(entry.get("printed", "")),
    )


def _box(raw: list[Any]) -> Box:
    page, (left, bottom, right, top), field, *cells = raw
    rect = Rect(float(left), float(bottom), float(right), float(top))
    name = str(field) or f"@{page}:{rect.left:g},{rect.bottom:g}"
    return Box(int(page), rect, name, *(int(each) for each in cells))


def _mark(raw: list[Any]) -> Mark:
    answer, state, *box = raw
    return Mark(str(answer), str(state), _box(box))
