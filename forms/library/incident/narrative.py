"""Likely names and numbers in a narrative, so that a person can take them out. Layer: forms.library.

It finds what has the shape of one. Nothing found does not mean that nothing is there: names are guessed from
capital letters, so scripts without them are not read for names at all, and ``Looked.names_unread`` says so.
No dictionary, no network, and nothing is changed or kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Final


class SpanKind(StrEnum):
    """What a piece of text looks like."""

    EMAIL = "email"
    SSN = "ssn"
    A_NUMBER = "a_number"
    PHONE = "phone"
    NUMBER = "number"
    """Another long number: a case, a receipt, an account."""
    ADDRESS = "address"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` up to ``end`` of the text, and what they may be."""

    start: int
    end: int
    kind: SpanKind


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found, in order and without overlap."""

    spans: tuple[Span, ...]
    names_unread: bool
    """Some of the text is in a script without capitals, where no name can be found."""


_STREET: Final = (
    "street|st|avenue|ave|av|road|rd|boulevard|blvd|place|pl|lane|ln|drive|dr|court|ct|parkway|pkwy|terrace"
    "|ter|way|highway|hwy|turnpike|tpke|broadway|expressway|calle|avenida"
)
_D: Final = r"(?<![\w-])"
"""Not in the middle of a word or a longer number."""
SHAPES: Final = (
    (SpanKind.EMAIL, re.compile(r"[^\s@<>,;:]{1,64}@[^\s@<>,;:]{1,190}\.\w{2,24}")),
    (SpanKind.SSN, re.compile(_D + r"\d{3}([- ])\d{2}\1\d{4}(?![\w-])")),
    (SpanKind.A_NUMBER, re.compile(_D + r"[Aa][-# ]{0,2}\d(?:[- ]?\d){6,8}(?![\w-])")),
    (SpanKind.PHONE, re.compile(r"(?<!\w)\+\d{1,3}(?:[-. ]?\d){7,12}(?!\w)")),
    (
        SpanKind.PHONE,
        re.compile(r"(?<![\w-])(?:\+?1[-. ]?)?(?:\(\d{3}\) ?|\d{3}[-. ]?)\d{3}[-. ]?\d{4}(?![\w-])"),
    ),
    (SpanKind.PHONE, re.compile(r"(?<![\w.-])\d{3}[-. ]\d{4}(?![\w-])")),
    (
        SpanKind.ADDRESS,
        re.compile(_D + rf"\d{{1,5}}(?:-\d{{1,4}})? (?:[\w.']+ ){{0,3}}(?:{_STREET})\b\.?", re.IGNORECASE),
    ),
    (SpanKind.ADDRESS, re.compile(r"\b(?:apt|apartment|unit)\.? ?#?\d\w{0,4}\b", re.IGNORECASE)),
    (SpanKind.NUMBER, re.compile(r"(?<!\w)[A-Z]{3}[- ]?\d{10}(?!\w)")),
    (SpanKind.NUMBER, re.compile(r"(?<![\w.])(?!\d{4}-\d\d-\d\d(?!\d))\d(?:[- ]?\d){6,}(?!\w)")),
)
"""What each kind looks like; the first that fits a place has it."""
TITLE: Final = frozenset({"mr", "mrs", "ms", "miss", "dr", "sr", "sra", "don", "doña", "señor", "señora"})
SIGNAL: Final = frozenset({"named", "called", "name", "llama", "llamado", "llamada"})
"""After these a capitalised word is a name even where a sentence begins."""
_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|['’\-](?=[^\W\d_]))*")
_ENDS: Final = re.compile(r"(?:^|[.!?:;\n“\"(¿¡]\s*)$")
_JOINED: Final = re.compile(r"[ ]+|\. ")
_BETWEEN: Final = frozenset(
    {"de", "del", "da", "dos", "la", "las", "los", "y", "van", "von", "bin", "al", "el"}
)


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str
    opens: bool
    """It begins a sentence, where every word has a capital."""

    @property
    def plain(self) -> str:
        """Its lower case, without an English genitive."""
        return self.text.lower().replace("’", "'").removesuffix("'s")

    @property
    def capital(self) -> bool:
        """A capital, and neither an abbreviation nor a word everybody knows."""
        shouted = self.text.isupper() and len(self.text) <= 5
        return self.text[0].isupper() and not shouted and self.plain not in known_words()


def look(text: str) -> Looked:
    """What in a text looks like a name or a number. Linear in its length."""
    taken = bytearray(len(text))
    spans: list[Span] = []
    for found in chain(_shaped(text), _names(text)):
        if not any(taken[found.start : found.end]):
            taken[found.start : found.end] = b"\1" * (found.end - found.start)
            spans.append(found)
    unread = any(one.isalpha() and one.lower() == one.upper() for one in text)
    return Looked(tuple(sorted(spans, key=lambda span: span.start)), unread)


@cache
def known_words() -> frozenset[str]:
    """Words with a capital that name no private person, from the list beside this file."""
    lines = (Path(__file__).parent / "known_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _shaped(text: str) -> Iterator[Span]:
    for kind, shape in SHAPES:
        for match in shape.finditer(text):
            yield Span(match.start(), match.end(), kind)


def _words(text: str) -> list[_Word]:
    return [
        _Word(
            one.start(),
            one.end(),
            one[0],
            _ENDS.search(text[max(0, one.start() - 12) : one.start()]) is not None,
        )
        for one in _WORD.finditer(text)
    ]


def _names(text: str) -> Iterator[Span]:
    """Runs of capitalised words.

    A single one that opens a sentence counts only when it is met inside one too, or after a title.
    """
    words = _words(text)
    inside = {word.plain for word in words if word.capital and not word.opens}
    at = 0
    while at < len(words):
        if not words[at].capital:
            at += 1
            continue
        last = _run(words, at, text)
        first = words[at]
        before = words[at - 1].plain if at else ""
        titled = first.plain in TITLE
        alone = last == at and first.opens and first.plain not in inside and before not in TITLE | SIGNAL
        if not alone and not (titled and last == at):
            yield Span(first.start, words[last].end, SpanKind.NAME)
        at = last + 1


def _run(words: list[_Word], at: int, text: str) -> int:
    """The index of the last word of the run of capitals that begins at one."""
    last = at
    ahead = at + 1
    while ahead < len(words) and _JOINED.fullmatch(text[words[ahead - 1].end : words[ahead].start]):
        full_stop = "." in text[words[ahead - 1].end : words[ahead].start]
        if full_stop and words[ahead - 1].plain not in TITLE and len(words[ahead - 1].text) > 1:
            break
        if words[ahead].capital:
            last = ahead
        elif words[ahead].text not in _BETWEEN:
            break
        ahead += 1
    return last
