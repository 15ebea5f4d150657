"""Texts: cutting, joining, encoding. Layer: forms.engine."""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
import uuid
from typing import Final

from forms.engine.context import Context
from forms.engine.faults import ExpressionFault
from forms.engine.functions.library import Function, eager, here
from forms.engine.functions.selections import whole_number
from forms.engine.numbers import round_half_up
from forms.engine.values import WHITESPACE, Value, texts_of, to_number, to_text

_DIGESTS: Final = {
    "MD5": "md5",
    "SHA-1": "sha1",
    "SHA-256": "sha256",
    "SHA-384": "sha384",
    "SHA-512": "sha512",
}
_MAX_UUID: Final = 10_000
_MAX_TEXT: Final = 10_000_000


def _string(_context: Context, value: Value) -> Value:
    return to_text(value)


def _concat(_context: Context, *values: Value) -> Value:
    return _joined("", values)


def _join(_context: Context, glue: Value, *values: Value) -> Value:
    return _joined(to_text(glue), values)


def _joined(glue: str, values: tuple[Value, ...]) -> str:
    texts = [text for value in values for text in texts_of(value)]
    if sum(map(len, texts)) + len(glue) * len(texts) > _MAX_TEXT:
        raise ExpressionFault(f"A text would be longer than {_MAX_TEXT} characters.")
    return glue.join(texts)


def _contains(_context: Context, value: Value, part: Value) -> Value:
    return to_text(part) in to_text(value)


def _starts_with(_context: Context, value: Value, part: Value) -> Value:
    return to_text(value).startswith(to_text(part))


def _ends_with(_context: Context, value: Value, part: Value) -> Value:
    return to_text(value).endswith(to_text(part))


def _normalize_space(_context: Context, value: Value) -> Value:
    trimmed = to_text(value).strip(WHITESPACE)
    for mark in "\t\r\n":
        trimmed = trimmed.replace(mark, " ")
    return " ".join(word for word in trimmed.split(" ") if word)


def units(text: str) -> int:
    """The length as ECMAScript counts: UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cut(text: str, start: int, end: int) -> str:
    """From one UTF-16 position to another."""
    if text.isascii():
        return text[start:end]
    return text.encode("utf-16-le", "surrogatepass")[start * 2 : end * 2].decode("utf-16-le", "replace")


def _string_length(_context: Context, value: Value) -> Value:
    return float(units(to_text(value)))


def _substring_after(_context: Context, value: Value, part: Value) -> Value:
    _, found, after = to_text(value).partition(to_text(part)) if to_text(part) else ("", "x", to_text(value))
    return after if found else ""


def _substring_before(_context: Context, value: Value, part: Value) -> Value:
    wanted = to_text(part)
    before, found, _ = to_text(value).partition(wanted) if wanted else ("", "", "")
    return before if found else ""


def _substring(context: Context, value: Value, start: Value, length: Value | None = None) -> Value:
    text, zone = to_text(value), context.world.zone
    first = round_half_up(to_number(start, zone)) - 1
    size = math.inf if length is None else to_number(length, zone)
    if not text or math.isnan(first) or first == math.inf or math.isnan(size):
        return ""
    total = units(text)
    end = float(total) if length is None else first + round_half_up(size)
    if math.isnan(end):
        return ""
    low, high = sorted((max(0.0, min(first, total)), max(0.0, min(end, total))))
    return _cut(text, int(low), int(high))


def _substr(_context: Context, value: Value, start: Value, end: Value | None = None) -> Value:
    text = to_text(value)
    total = units(text)
    first = whole_number(start)
    last = total if end is None else whole_number(end)
    if first is None or last is None:
        return text[:0]
    first = max(0, min(total, first + total if first < 0 else first))
    last = max(0, min(total, last + total if last < 0 else last))
    return _cut(text, first, last) if first <= last else ""


def _translate(_context: Context, value: Value, these: Value, those: Value) -> Value:
    targets = to_text(those)
    table: dict[int, str | None] = {}
    for index, mark in enumerate(to_text(these)):
        table.setdefault(ord(mark), targets[index] if index < len(targets) else None)
    return to_text(value).translate(table)


def _base64_decode(_context: Context, value: Value) -> Value:
    text = "".join(to_text(value).split())
    bare = text.rstrip("=") if not len(text) % 4 else text
    try:
        plain = base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)
    except (binascii.Error, ValueError):
        return ""
    return plain.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def _digest(_context: Context, value: Value, algorithm: Value, encoding: Value = "base64") -> Value:
    name, shown = to_text(algorithm), to_text(encoding)
    if name not in _DIGESTS:
        raise ExpressionFault(f"digest() knows {', '.join(_DIGESTS)}, not “{name}”.")
    if shown not in ("base64", "hex"):
        raise ExpressionFault(f"digest() writes base64 or hex, not “{shown}”.")
    digest = hashlib.new(_DIGESTS[name], to_text(value).encode("utf-8", "replace"), usedforsecurity=False)
    return digest.hexdigest() if shown == "hex" else base64.b64encode(digest.digest()).decode("ascii")


def _uuid(context: Context, length: Value | None = None) -> Value:
    text = str(uuid.uuid4())
    if length is None:
        return text
    wanted = to_number(length, context.world.zone)
    if math.isnan(wanted) or wanted > _MAX_UUID:
        raise ExpressionFault(f"uuid() wants a length up to {_MAX_UUID}.")
    while len(text) < wanted:
        text += str(uuid.uuid4())
    return text[: max(0, int(wanted))]


FUNCTIONS: Final = (
    Function("string", 0, 1, lambda runs: eager("string", 0, 1, _string).prepare(runs or (here,))),
    eager("concat", 0, None, _concat),
    eager("join", 1, None, _join),
    eager("contains", 2, 2, _contains),
    eager("starts-with", 2, 2, _starts_with),
    eager("ends-with", 2, 2, _ends_with),
    Function(
        "normalize-space",
        0,
        1,
        lambda runs: eager("normalize-space", 0, 1, _normalize_space).prepare(runs or (here,)),
    ),
    Function(
        "string-length",
        0,
        1,
        lambda runs: eager("string-length", 0, 1, _string_length).prepare(runs or (here,)),
    ),
    eager("substring-after", 2, 2, _substring_after),
    eager("substring-before", 2, 2, _substring_before),
    eager("substring", 2, 3, _substring),
    eager("substr", 2, 3, _substr),
    eager("translate", 3, 3, _translate),
    eager("base64-decode", 1, 1, _base64_decode),
    eager("digest", 2, 3, _digest),
    eager("uuid", 0, 1, _uuid),
)
