"""A coordinator's own handout as plain text, and what it says. Layer: domain, standard library only.

::

    Know your rights            the first line is the title
    ## At the door              a heading
    You need not open.          a paragraph, up to an empty line
    - Ask for a judge's paper   a line with a box to tick
    ! Sign nothing.             words not to be overlooked
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ournydesk.domain.documents import Bilingual
from ournydesk.domain.sheets import Part, Piece, Saying, Tick
from ournydesk.errors import BadInput

MOST_BYTES: Final = 64 * 1024
MOST_TITLE: Final = 120
_NUMBER: Final = re.compile(r"\+?\d[\d()./-]*\d")
"""Digits with what stands between the parts of a number or a date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout:
    """One handout in one language: ``name`` is the same in every language, ``language`` a BCP 47 code."""

    name: str
    language: str
    title: str
    text: str


def read(untrusted: bytes, name: str, language: str) -> Handout:
    """The handout a file holds. Raises BadInput for one that is too long, no text, or without a title."""
    if len(untrusted) > MOST_BYTES:
        raise BadInput(f"The handout is longer than {MOST_BYTES // 1024} KiB: split it into two.")
    try:
        text = untrusted.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput("The handout is not UTF-8 text: save it as plain text in UTF-8.") from error
    title, _, rest = text.strip().partition("\n")
    if not title.strip() or len(title) > MOST_TITLE:
        raise BadInput(f"The first line of a handout is its title, at most {MOST_TITLE} characters.")
    if not rest.strip():
        raise BadInput("The handout has a title and nothing below it.")
    return Handout(name=name, language=language, title=" ".join(title.split()), text=rest)


def parts(handout: Handout) -> tuple[Part, ...]:
    """What it says, under its headings."""
    made: list[Part] = []
    title, pieces = "", list[Piece]()
    for line in _lines(handout.text):
        if line.startswith("## "):
            made.append(Part(title=_own(title), pieces=tuple(pieces)))
            title, pieces = line[3:].strip(), []
        elif line.startswith("- "):
            pieces.append(Tick(text=_own(line[2:].strip())))
        elif line.startswith("! "):
            pieces.append(Saying(text=_own(line[2:].strip()), care=True))
        else:
            pieces.append(Saying(text=_own(line)))
    made.append(Part(title=_own(title), pieces=tuple(pieces)))
    return tuple(part for part in made if part.pieces or part.title.english)


def _lines(text: str) -> Iterator[str]:
    """Lines that begin with a sign, and paragraphs put together."""
    paragraph: list[str] = []
    for line in (*text.splitlines(), ""):
        signed = line.startswith(("## ", "- ", "! "))
        if (signed or not line.strip()) and paragraph:
            yield " ".join(paragraph)
            paragraph = []
        if signed:
            yield line
        elif line.strip():
            paragraph.append(line.strip())


def _own(text: str) -> Bilingual:
    """Words in the handout's one language; telephone numbers read from the left in every one."""
    return Bilingual(english=_NUMBER.sub("\u2066\\g<0>\u2069", text))
