"""The Markdown of notes and labels as a small safe value: no HTML, no surprises. Layer: forms.engine.

Understood: headings, paragraphs, lists, bold, italic, links, line breaks, backslash escapes. HTML tags that
ODK styles with (``<span style=…>``) fall away and leave their words. Source of the subset: ODK's
documentation of form language, "Styling text".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

_LONGEST: Final = 4_000
"""A longer paragraph is shown as it is written: looking for the ends of marks is not linear."""
_HEADING: Final = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*")
_ITEM: Final = re.compile(r"\s*(?:[-*+]|(\d{1,9})[.)])\s+(.*)")
_ANY: Final = r"(?:\\.|[^\\])+?"
_INLINE: Final = re.compile(
    r"\\(?P<literal>[!-/:-@\[-`{-~])"
    rf"|(?P<strong>\*\*|(?<!\w)__)(?=\S)(?P<bold>{_ANY})(?<=\S)(?P=strong)(?!\*)"
    rf"|(?<!\*)\*(?=[^\s*])(?P<starred>{_ANY})(?<=[^\s])(?<!\*)\*(?!\*)"
    rf"|(?<!\w)_(?=\S)(?P<underscored>{_ANY})(?<=\S)_(?!\w)"
    r"|\[(?P<words>(?:\\.|[^\[\]\\])*)\]\((?P<url>[^()\s]+)\)"
    r"|(?P<tag></?(?:span|div|p|u|i|em|b|strong|br)(?:\s[^<>]*)?/?>)",
    re.DOTALL | re.IGNORECASE,
)
_SAFE: Final = re.compile(r"(?:https?://|mailto:|tel:)[^\s\\]+", re.IGNORECASE)
_MARK: Final = re.compile(r"([!-/:-@\[-`{-~])")


class Shape(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style. ``link`` is an http, https, mailto or tel address, or blank."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading of a level from 1 to 6, or an item of a list with its number, 0 for a dot."""

    shape: Shape
    runs: tuple[Run, ...]
    level: int = 0
    number: int = 0

    @property
    def text(self) -> str:
        """Its words alone."""
        return "".join(run.text for run in self.runs)


def escaped(text: str) -> str:
    """Text that will be read as nothing but itself: for answers filled into a label."""
    return _MARK.sub(r"\\\1", text)


def parse(text: str) -> tuple[Block, ...]:
    """The blocks of a text, top to bottom."""
    blocks = tuple(_blocks(text))
    if len(blocks) == 1 and blocks[0].number:
        # “1. What is your name?” is a numbered question, not a list of one.
        return (Block(Shape.PARAGRAPH, _runs(text.strip())),)
    return blocks


def _blocks(text: str) -> Iterator[Block]:
    waiting: list[str] = []
    for line in [*text.splitlines(), ""]:
        heading, item = _HEADING.fullmatch(line), _ITEM.fullmatch(line)
        if waiting and (heading or item or not line.strip()):
            yield Block(Shape.PARAGRAPH, _runs("\n".join(waiting)))
            waiting = []
        if heading:
            yield Block(Shape.HEADING, _runs(heading[2]), level=len(heading[1]))
        elif item:
            yield Block(Shape.ITEM, _runs(item[2]), number=int(item[1] or 0))
        elif line.strip():
            waiting.append(line.strip())


def _runs(text: str) -> tuple[Run, ...]:
    if len(text) > _LONGEST:
        return (Run(text),)
    joined: list[Run] = []
    for run in _styled(text, Run("")):
        if joined and replace(joined[-1], text="") == replace(run, text=""):
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return tuple(joined)


def _styled(text: str, style: Run) -> Iterator[Run]:
    at = 0
    for found in _INLINE.finditer(text):
        if found.start() > at:
            yield replace(style, text=text[at : found.start()])
        at = found.end()
        if found["literal"]:
            yield replace(style, text=found["literal"])
        elif found["bold"]:
            yield from _styled(found["bold"], replace(style, bold=True))
        elif found["starred"] or found["underscored"]:
            yield from _styled(found["starred"] or found["underscored"], replace(style, italic=True))
        elif found["url"]:
            address = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", found["url"])
            link = address if _SAFE.fullmatch(address) else ""
            yield from _styled(found["words"], replace(style, link=link))
        elif found["tag"].lower().startswith("<br"):
            yield replace(style, text="\n")
    if at < len(text):
        yield replace(style, text=text[at:])
