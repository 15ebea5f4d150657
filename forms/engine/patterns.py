"""Regular expressions that cannot run away. Layer: forms.engine.

A form's pattern runs on RE2, whose time is linear. A pattern that needs what RE2 lacks (look-ahead,
back-references) runs on the ``regex`` package with a time limit; past it the form is refused with
the pattern named. A pattern is searched for, not anchored, as ODK's web engine does.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

import re2

from forms.engine.faults import ExpressionFault

MAX_SECONDS: Final = 0.25
MAX_PATTERN: Final = 10_000
_MAX_MEMORY: Final = 8 * 1024 * 1024
_MAX_COPIES: Final = 50_000
"""How long a pattern may be once its counts are written out: ``regex`` does write them out."""
_PIECE: Final = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\{(\d+)(?:,(\d*))?\}|.", re.DOTALL)
_UNICODE_ESCAPE: Final = re.compile(r"(?<!\\)((?:\\\\)*)\\u([0-9a-fA-F]{4})")


def matches(pattern: str, text: str) -> bool:
    """Whether the pattern occurs in the text. Raises ExpressionFault for a pattern that cannot be used."""
    return _prepared(pattern)(text)


@lru_cache(maxsize=512)
def _prepared(pattern: str) -> Callable[[str], bool]:
    if len(pattern) > MAX_PATTERN:
        raise ExpressionFault(
            f"A regex() pattern is {len(pattern)} characters long; {MAX_PATTERN} is enough."
        )
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MAX_MEMORY
    try:
        quick = re2.compile(_UNICODE_ESCAPE.sub(r"\1\\x{\2}", pattern), options)
    except re2.error:
        return _careful(pattern)
    return lambda text: quick.search(text) is not None


def _careful(pattern: str) -> Callable[[str], bool]:
    try:
        regex = importlib.import_module("regex")
    except ImportError as error:
        # Only patterns that look around or back need it; a desk without it refuses those by name.
        raise ExpressionFault(f"regex() cannot use the pattern “{pattern[:80]}” on this computer.") from error
    if _copies(pattern) > _MAX_COPIES:
        raise ExpressionFault(f"The regex() pattern “{pattern[:80]}” repeats too often. Simplify it.")
    try:
        slow = regex.compile(pattern, flags=regex.ASCII | regex.VERSION0)
    except regex.error as error:
        raise ExpressionFault(f"regex() cannot use the pattern “{pattern[:80]}”: {error}.") from error

    def search(text: str) -> bool:
        try:
            return slow.search(text, timeout=MAX_SECONDS) is not None
        except TimeoutError as error:
            raise ExpressionFault(
                f"The regex() pattern “{pattern[:80]}” takes too long on this answer. Simplify it."
            ) from error

    return search


def _copies(pattern: str) -> int:
    """How long a pattern is with every ``{n}`` written out n times."""
    lengths, last = [0], 0
    for piece in _PIECE.finditer(pattern):
        if piece[1] is not None:
            times = max(int(piece[1][:9]), int((piece[2] or "0")[:9]))
            lengths[-1] += last * max(0, times - 1)
            last *= max(1, times)
            continue
        if piece[0] == "(":
            lengths.append(0)
            continue
        last = lengths.pop() if piece[0] == ")" and len(lengths) > 1 else 1
        lengths[-1] += last
    return sum(lengths)
