from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ournydesk.crypto.envelope import OVERHEAD, digest, seal, unseal
from ournydesk.crypto.keys import MasterKey
from ournydesk.errors import Refused, Tampered

KEY = MasterKey(bytes(range(32)))
CONTEXT = b"a context"
CHUNK = 16 * 1024
OFTEN = [0, 1, 500, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7]


@pytest.mark.parametrize("length", OFTEN)
def test_what_was_sealed_comes_back(length: int) -> None:
    plain = bytes(number % 251 for number in range(length))
    sealed = seal(KEY, CONTEXT, plain)
    assert unseal(KEY, CONTEXT, sealed) == plain
    assert len(sealed) >= OVERHEAD + length
    assert seal(KEY, CONTEXT, plain) != sealed


def test_every_flipped_bit_is_noticed() -> None:
    sealed = bytearray(seal(KEY, CONTEXT, b"forty-two"))
    for bit in range(len(sealed) * 8):
        sealed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Refused if bit < 8 else Tampered):
            unseal(KEY, CONTEXT, bytes(sealed))
        sealed[bit // 8] ^= 1 << bit % 8


@given(st.integers(0, OVERHEAD + 3 * CHUNK), st.integers(0, OVERHEAD + 3 * CHUNK))
def test_a_cut_envelope_gives_nothing_not_even_whole_chunks(start: int, end: int) -> None:
    sealed = seal(KEY, CONTEXT, bytes(2 * CHUNK + 5))
    piece = sealed[:1] + sealed[1 + start : end]
    if piece != sealed:
        with pytest.raises(Tampered):
            unseal(KEY, CONTEXT, piece)


@pytest.mark.parametrize("chunks", [0, 1, 2])
@pytest.mark.parametrize("more", [0, 1, 15, 16])
def test_an_envelope_cut_after_a_whole_chunk_gives_nothing(chunks: int, more: int) -> None:
    sealed = seal(KEY, CONTEXT, bytes(2 * CHUNK + 5))
    piece = sealed[: 1 + 24 + 32 + chunks * (CHUNK + 16) + more]
    with pytest.raises(Tampered):
        unseal(KEY, CONTEXT, piece)


def test_chunks_that_changed_places_or_were_added_are_noticed() -> None:
    sealed = seal(KEY, CONTEXT, b"a" * CHUNK + b"b" * CHUNK + b"c")
    head, step = 1 + 24 + 32, CHUNK + 16
    first, second = sealed[head : head + step], sealed[head + step : head + 2 * step]
    for changed in (
        sealed[:head] + second + first + sealed[head + 2 * step :],
        sealed[: head + step] + first + sealed[head + 2 * step :],
        sealed + b"x",
        sealed + second,
    ):
        with pytest.raises(Tampered):
            unseal(KEY, CONTEXT, changed)


def test_another_key_or_context_opens_nothing() -> None:
    sealed = seal(KEY, CONTEXT, b"forty-two")
    for key, context in ((MasterKey.fresh(), CONTEXT), (KEY, b""), (KEY, CONTEXT + b"\0")):
        with pytest.raises(Tampered):
            unseal(key, context, sealed)


def test_an_envelope_of_a_later_suite_is_newer() -> None:
    with pytest.raises(Refused) as caught:
        unseal(KEY, CONTEXT, b"\2" + seal(KEY, CONTEXT, b"x")[1:])
    assert caught.value.code == "refused.newer"


@given(st.lists(st.binary(max_size=9), max_size=4), st.lists(st.binary(max_size=9), max_size=4))
def test_parts_cannot_slide_into_one_another(one: list[bytes], other: list[bytes]) -> None:
    assert (digest(b"label\0", *one) == digest(b"label\0", *other)) == (one == other)
