"""JSON that somebody wrote by hand, from a file or standard input, with one sentence for every fault.

Layer: command line.
"""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Final

from ournydesk.domain import strict_json
from ournydesk.errors import BadInput

MOST_BYTES: Final = 1024 * 1024
FAULTS: Final = {
    "long": f"is longer than {MOST_BYTES // 1024} KiB",
    "deep": "is nested too deeply",
    "text": "is not UTF-8 text",
    "twice": "names a key twice",
    "number": "holds a number that is not whole, or too long",
    "syntax": "is not JSON",
}
MARK: Final = b"\xef\xbb\xbf"
"""Notepad puts this in front."""


def read_json(name: str) -> object:
    """What a file holds, ``-`` for standard input. Numbers are whole, keys stand once, 1 MiB at most.

    Raises BadInput with the file, the fault and where to look; OSError as the file system gives it.
    """
    shown = "standard input" if name == "-" else name
    untrusted = _read(name).removeprefix(MARK)
    try:
        return strict_json.loads(untrusted, most_bytes=MOST_BYTES)
    except strict_json.NotStrictJson as error:
        raise BadInput(f"{shown} {FAULTS[str(error)]}{_place(error, untrusted)}.") from error


def _read(name: str) -> bytes:
    most = MOST_BYTES + len(MARK) + 1
    if name == "-":
        return sys.stdin.buffer.read(most)
    with Path(name).open("rb") as opened:
        return opened.read(most)


def _place(error: strict_json.NotStrictJson, untrusted: bytes) -> str:
    """Where to look: a line and column, or the key, as far as a more forgiving reader can tell."""
    cause = error.__cause__
    if isinstance(cause, json.JSONDecodeError):
        return f": look at line {cause.lineno}, column {cause.colno}"
    keys: list[str] = []
    if str(error) in {"twice", "number"}:
        json.loads(
            untrusted.decode("utf-8"),
            object_pairs_hook=lambda pairs: keys.extend(_faulty(pairs)),
            parse_float=Decimal,
            parse_constant=Decimal,
            parse_int=lambda digits: (
                int(digits) if len(digits) <= strict_json.LONGEST_NUMBER else Decimal(digits)
            ),
        )
    return f": look at {', '.join(dict.fromkeys(keys))}" if keys else ""


def _faulty(pairs: list[tuple[str, object]]) -> list[str]:
    names = [name for name, _ in pairs]
    return [name for name, value in pairs if isinstance(value, Decimal) or names.count(name) > 1]


def _whole(digits: str) -> int | Decimal:
    return int(digits) if len(digits) <= strict_json.LONGEST_NUMBER else Decimal(digits)
