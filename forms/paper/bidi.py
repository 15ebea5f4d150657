"""In which order a line is read and drawn. Layer: forms.paper; owns the Unicode bidi algorithm's use.

Levels come from python-bidi (the whole algorithm of UAX #9, isolates and brackets included); the
two rules that need the finished line, L1 and L2, are here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from bidi import get_display

_LEVEL = re.compile(r"Level\(\s*(\d+),?\s*\)")
_LEVELS_OPEN, _LEVELS_CLOSE = "\n    levels: [\n", "\n    paragraphs: [\n"
_TURNS = frozenset({"R", "AL", "AN", "RLE", "LRE", "RLO", "LRO", "RLI", "LRI", "FSI"})
_TRAILING = frozenset({"WS", "S", "B", "RLI", "LRI", "FSI", "PDI", "BN", "RLE", "LRE", "RLO", "LRO", "PDF"})
RTL_LANGUAGES = frozenset({"ar", "fa", "ps", "ur", "ug", "ks", "pnb", "skr", "sd", "he", "yi", "dv", "ckb"})


def is_rtl(language: str) -> bool:
    """True for a language (BCP 47 code) whose pages are read from right to left."""
    return language.lower().split("-")[0] in RTL_LANGUAGES


def levels(text: str, base: int) -> list[int]:
    """The embedding level of each character of one paragraph; ``base`` is 0 (LTR) or 1 (RTL)."""
    if not text or (base == 0 and not any(unicodedata.bidirectional(char) in _TURNS for char in text)):
        return [0] * len(text)
    report = get_display(text, base_dir="R" if base else "L", debug=True)
    # The text itself stands in the report too, but with its line ends escaped: these marks cannot.
    listed = str(report).split(_LEVELS_OPEN, 1)[1].rsplit(_LEVELS_CLOSE, 1)[0]
    each_byte = [int(level) for level in _LEVEL.findall(listed)]
    found, at = [], 0
    for char in text:
        found.append(each_byte[at])
        at += len(char.encode("utf-8"))
    return found


def end_of_line(text: str, found: Sequence[int], base: int) -> list[int]:
    """Rule L1: white space at the end of a line goes where the paragraph ends."""
    kept = list(found)
    at = len(text)
    while at and unicodedata.bidirectional(text[at - 1]) in _TRAILING:
        at -= 1
        kept[at] = base
    return kept


def visual_order(found: Sequence[int]) -> list[int]:
    """Rule L2: the positions of runs (one level each) in the order they stand from left to right."""
    order = list(range(len(found)))
    highest = max(found, default=0)
    lowest_odd = min((level for level in found if level % 2), default=highest + 1)
    for level in range(highest, lowest_odd - 1, -1):
        start = 0
        while start < len(order):
            if found[order[start]] < level:
                start += 1
                continue
            end = start
            while end < len(order) and found[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end
    return order
