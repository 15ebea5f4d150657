"""Independent readers of a printed form: nothing here comes from the code under test but the boxes."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pypdfium2
from pypdf import PdfReader

from forms.paper.paper_map import Box, Rect


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
    for page in PdfReader(BytesIO(pdf)).pages:
        for reference in page.get("/Annots", ()):
            annotation: Any = reference.get_object()
            if annotation.get("/Subtype") != "/Widget":
                continue
            name = _name(annotation)
            seen[name] = seen.get(name, 0) + 1
            mark = _inherited(annotation, "/FT") == "/Btn"
            value = annotation.get("/AS") if mark else _inherited(annotation, "/V")
            if value not in (None, "/Off"):
                values[f"{name}#{seen[name]}" if seen[name] > 1 else name] = str(value)
    return values


def _inherited(annotation: Any, key: str) -> Any:
    node: Any = annotation
    while node is not None and key not in node:
        node = node["/Parent"].get_object() if "/Parent" in node else None
    return None if node is None else node[key]


def _name(annotation: Any) -> str:
    parts = []
    node: Any = annotation
    while node is not None:
        if "/T" in node:
            parts.append(str(node["/T"]))
        node = node["/Parent"].get_object() if "/Parent" in node else None
    return ".".join(reversed(parts))
