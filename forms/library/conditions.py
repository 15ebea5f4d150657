"""When a question applies, where that can be said in one sentence. Layer: forms.library.

Reads the expressions people write in XLSForm most: one earlier answer, or one of several. Anything else
is not guessed at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ournydesk.domain.paper_copy import When

_IS: Final = re.compile(r"(?P<path>[\w./-]+)\s*=\s*'(?P<value>[^']*)'")
_ANSWERED: Final = re.compile(r"(?P<path>[\w./-]+)\s*!=\s*''")
_SELECTED: Final = re.compile(r"selected\(\s*(?P<path>[\w./-]+)\s*,\s*'(?P<value>[^']+)'\s*\)")


@dataclass(frozen=True, slots=True)
class Told:
    """The question a condition looks at (by its path without rows) and the answers that open it."""

    when: When
    path: str = ""
    values: tuple[str, ...] = ()


def told(source: str, at: str) -> Told:
    """What the expression ``source`` of the node at path ``at`` asks for."""
    parts = [part.strip() for part in source.split(" or ")]
    if len(parts) == 1 and (match := _ANSWERED.fullmatch(parts[0])):
        return Told(When.ANSWERED, _absolute(match["path"], at))
    found = [_IS.fullmatch(part) or _SELECTED.fullmatch(part) for part in parts]
    paths = {_absolute(match["path"], at) for match in found if match}
    if None in found or len(paths) != 1:
        return Told(When.APPLIES)
    values = tuple(match["value"] for match in found if match)
    if values == ("",):
        return Told(When.EMPTY, paths.pop())
    return Told(When.IS, paths.pop(), values) if all(values) else Told(When.APPLIES)


def _absolute(path: str, at: str) -> str:
    """``../name`` seen from a node, as a path from the root."""
    if path.startswith("/"):
        return path
    steps = at.split("/")
    for step in path.split("/"):
        if step == "..":
            steps.pop()
        elif step not in {".", ""}:
            steps.append(step)
    return "/".join(steps)
