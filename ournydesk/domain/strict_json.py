"""JSON read without forgiveness. Layer: domain, standard library only.

Everything that comes from a disk, a stick or a wire and is about to be believed is read here. The
standard reader lets a later key replace an earlier one, accepts NaN, rounds numbers and recurses
until the stack ends; two readers of the same bytes could then believe two different things.
"""

from __future__ import annotations

import json
import re
from typing import Final, NoReturn

MOST_BYTES: Final = 64 * 1024
DEEPEST: Final = 16
LONGEST_NUMBER: Final = 18
ESCAPE: Final = b"\\u"
_STRING: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_BRACKET: Final = re.compile(rb"[\[\]{}]")


class NotStrictJson(ValueError):
    """The bytes are not JSON as we write it; the reason is one word, safe to log."""


def loads(untrusted: bytes, *, most_bytes: int = MOST_BYTES, deepest: int = DEEPEST) -> object:
    """The value these bytes stand for: dicts, lists, str, int, bool, None.

    Raises NotStrictJson for anything else: too long, too deep, not UTF-8, a byte order mark, a key
    twice, a fraction, NaN, a number of more than 18 digits, half a surrogate pair.
    """
    if len(untrusted) > most_bytes:
        raise NotStrictJson("long")
    if _depth(untrusted) > deepest:
        raise NotStrictJson("deep")
    try:
        text = untrusted.decode("utf-8")
        value: object = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_fraction,
            parse_constant=_fraction,
        )
        if ESCAPE in untrusted:  # UTF-8 itself holds no half of a pair: only an escape can
            _encodable(value)
    except UnicodeError as error:
        raise NotStrictJson("text") from error
    except NotStrictJson:
        raise
    except ValueError as error:
        raise NotStrictJson("syntax") from error
    return value


def _depth(untrusted: bytes) -> int:
    """The deepest nesting brackets mean. Those inside strings mean nothing: a person may type them."""
    depth = deepest = 0
    for bracket in _BRACKET.findall(_STRING.sub(b"", untrusted)):
        depth += 1 if bracket in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise NotStrictJson("twice")
    return made


def _integer(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise NotStrictJson("number")
    return int(digits)


def _fraction(_: str) -> NoReturn:
    raise NotStrictJson("number")


def _encodable(value: object) -> None:
    """Lone surrogates pass json.loads and fail later, far from their cause: fail here."""
    match value:
        case str():
            value.encode("utf-8")
        case dict():
            for key, inner in value.items():
                key.encode("utf-8")
                _encodable(inner)
        case list():
            for inner in value:
                _encodable(inner)
        case _:
            pass
