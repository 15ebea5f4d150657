"""Documents are sealed whole, padded, and bound to their place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ournydesk.crypto.attachments import AttachmentKey, cut, is_part, open_attachment, seal_attachment
from ournydesk.domain.attachments import MOST_BYTES, PART_BYTES, padded_size
from ournydesk.errors import DeskError, Tampered

KEY = AttachmentKey(bytes(range(32)))
TEAM, RECORD, BLOB = "a" * 32, "b" * 32, "c" * 32


def sealed(plain: bytes) -> bytes:
    return seal_attachment(KEY, team=TEAM, record=RECORD, blob=BLOB, plain=plain)


def opened(untrusted: bytes, size: int, *, record: str = RECORD, key: AttachmentKey = KEY) -> bytes:
    return open_attachment(key, team=TEAM, record=record, blob=BLOB, size=size, untrusted=untrusted)


@given(st.binary(min_size=1, max_size=5_000))
def test_what_was_sealed_comes_back(plain: bytes) -> None:
    assert opened(sealed(plain), len(plain)) == plain


@given(st.integers(0, MOST_BYTES))
def test_padding_adds_little_and_leaves_few_sizes(size: int) -> None:
    padded = padded_size(size)
    assert size <= padded <= size + size * 12 // 100 + 1
    assert padded_size(padded) == padded
    assert padded_size(min(size + 1, MOST_BYTES)) >= padded


def test_no_byte_place_size_or_key_can_be_another() -> None:
    plain = b"an invented green card" * 10
    whole = sealed(plain)
    for changed in (whole[:-1], whole + b"\0", whole[:40] + bytes((whole[40] ^ 1,)) + whole[41:]):
        with pytest.raises(DeskError):
            opened(changed, len(plain))
    for size, record, key in (
        (len(plain) - 1, RECORD, KEY),
        (len(plain), "d" * 32, KEY),
        (len(plain), RECORD, AttachmentKey.fresh()),
    ):
        with pytest.raises(Tampered):
            opened(whole, size, record=record, key=key)


def test_it_travels_in_parts_that_are_named_by_their_bytes() -> None:
    whole = sealed(bytes(2 * PART_BYTES + 1))
    parts = cut(whole)
    assert [len(content) for _, content in parts[:2]] == [PART_BYTES, PART_BYTES]
    assert b"".join(content for _, content in parts) == whole
    assert all(is_part(sha256, content) for sha256, content in parts)
    assert not is_part(parts[0][0], parts[1][1])


def test_the_longest_document_fits_its_parts() -> None:
    from ournydesk.crypto.envelope import OVERHEAD
    from ournydesk.domain.attachments import MOST_PARTS

    chunks = padded_size(MOST_BYTES) // 65_536 + 1
    assert padded_size(MOST_BYTES) + OVERHEAD + 16 * chunks <= MOST_PARTS * PART_BYTES
