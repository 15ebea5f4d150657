from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ournydesk.domain.strict_json import NotStrictJson, loads

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**16), 10**16) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@given(values, st.booleans())
def test_what_was_written_is_read(value: object, ascii_only: bool) -> None:
    assert loads(json.dumps(value, ensure_ascii=ascii_only).encode(), deepest=99) == value


@given(st.integers(1, 8), st.text(st.sampled_from('[]{}"\\'), max_size=20))
def test_depth_is_counted_outside_of_text(depth: int, text: str) -> None:
    nested = b"[" * depth + json.dumps(text).encode() + b"]" * depth
    loads(nested, deepest=depth)
    with pytest.raises(NotStrictJson, match="deep"):
        loads(nested, deepest=depth - 1)


@pytest.mark.parametrize(
    ("untrusted", "reason"),
    [
        (b" " * 101, "long"),
        (b"[" * 20, "deep"),
        (b'"' + b"[" * 20, "deep"),
        (b"\xff", "text"),
        (b'"\\ud800"', "text"),
        (b'{"\\ud800":1}', "text"),
        (b"\xef\xbb\xbf1", "syntax"),
        (b"", "syntax"),
        (b"[1", "syntax"),
        (b'{"a":1,"a":1}', "twice"),
        (b"1.5", "number"),
        (b"1e999", "number"),
        (b"NaN", "number"),
        (b"-Infinity", "number"),
        (b"1234567890123456789", "number"),
    ],
)
def test_two_readers_cannot_believe_two_things(untrusted: bytes, reason: str) -> None:
    with pytest.raises(NotStrictJson, match=reason):
        loads(untrusted, most_bytes=100)
