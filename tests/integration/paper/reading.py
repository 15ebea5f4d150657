"""Independent readers of a printed form: nothing here comes from the code under test but the boxes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pypdfium2
from pypdf import PdfReader

from forms.paper.paper_map import Box, PaperMap, Rect

NEAR = 2.0
"""Points by which a box of a map may lie beside the agency's."""


@dataclass(frozen=True)
class Char:
    """One printed character and the tight box of its ink, in points."""

    text: str
    rect: Rect

    @property
    def middle(self) -> tuple[float, float]:
        return (self.rect.left + self.rect.right) / 2, (self.rect.bottom + self.rect.top) / 2


class Page:
    """One page's characters by place, as PDFium reads them."""

    def __init__(self, page: Any) -> None:
        text = page.get_textpage()
        everything = text.get_text_range()
        self.text = unicodedata.normalize("NFC", everything)
        self.chars = []
        for at in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(at)
            self.chars.append(Char(text.get_text_range(at, 1), Rect(left, bottom, right, top)))

    def inside(self, rect: Rect) -> list[Char]:
        """Characters whose middle lies in the rectangle."""
        return [
            char
            for char in self.chars
            if rect.left <= char.middle[0] <= rect.right
            and rect.bottom <= char.middle[1] <= rect.top
            and char.text.strip()
        ]


class Printed:
    """A flattened form, read box by box."""

    def __init__(self, pdf: bytes) -> None:
        document = pypdfium2.PdfDocument(pdf)
        self.pages = [Page(page) for page in document]

    def box(self, box: Box) -> str:
        """The text in a box without its spaces."""
        return squeezed("".join(char.text for char in self.pages[box.page - 1].inside(box.rect)))

    def addendum(self) -> str:
        """Part 14 and every sheet after the form, without spaces."""
        return squeezed("".join(page.text for page in (self.pages[12], *self.pages[14:])))


def squeezed(text: str) -> str:
    """Composed, without white space. PDFium reads a hyphen at a line's end as U+FFFE: a hyphen again."""
    composed = unicodedata.normalize("NFC", text.replace("\ufffe", "-"))
    return "".join(char for char in composed if not char.isspace())


def field_values(pdf: bytes) -> dict[str, str]:
    """What a fillable form's fields say, by full name, as pypdf reads it: text or export state.

    Of several widgets of one field the second is ``name#2``, as in a map.
    """
    values: dict[str, str] = {}
    seen: dict[str, int] = {}
    for _, annotation in widgets(pdf):
        name = full_name(annotation)
        seen[name] = seen.get(name, 0) + 1
        if (value := value_of(annotation)) is not None:
            values[f"{name}#{seen[name]}" if seen[name] > 1 else name] = value
    return values


def by_place(pdf: bytes, paper_map: PaperMap) -> dict[str, str]:
    """Values by the map's name of the box they stand in, whatever the field is called."""
    boxes = {box.field: box for _, box, _ in paper_map.boxes() if not box.printed}
    values: dict[str, str] = {}
    for number, annotation in widgets(pdf):
        left, bottom, right, top = (float(edge) for edge in annotation["/Rect"])
        rect = Rect(min(left, right), min(bottom, top), max(left, right), max(bottom, top))
        here = [each for each, box in boxes.items() if box.page == number and box.rect.near(rect, NEAR)]
        here.sort(key=lambda each: abs(boxes[each].rect.bottom - rect.bottom))
        place = here[0] if here else f"{full_name(annotation)} on page {number}"
        boxes.pop(place, None)
        if (value := value_of(annotation)) is not None:
            values[place] = value
    return values


def widgets(pdf: bytes) -> Iterator[tuple[int, Any]]:
    """Every widget with its page from 1, as pypdf reads it."""
    for number, page in enumerate(PdfReader(BytesIO(pdf)).pages, 1):
        for reference in page.get("/Annots", ()):
            annotation: Any = reference.get_object()
            if annotation.get("/Subtype") == "/Widget":
                yield number, annotation


def value_of(annotation: Any) -> str | None:
    """Text or export state of a widget; None for nothing and for a mark that is off."""
    mark = _inherited(annotation, "/FT") == "/Btn"
    value = annotation.get("/AS") if mark else _inherited(annotation, "/V")
    return None if value in (None, "/Off") else str(value)


def _inherited(annotation: Any, key: str) -> Any:
    node: Any = annotation
    while node is not None and key not in node:
        node = node["/Parent"].get_object() if "/Parent" in node else None
    return None if node is None else node[key]


def full_name(annotation: Any) -> str:
    """A field's name with those above it."""
    parts = []
    node: Any = annotation
    while node is not None:
        if "/T" in node:
            parts.append(str(node["/T"]))
        node = node["/Parent"].get_object() if "/Parent" in node else None
    return ".".join(reversed(parts))
