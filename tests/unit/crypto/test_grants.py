from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ournydesk.crypto.grants import (
    CURVE_BYTES,
    HYBRID,
    LATTICE_PUBLIC_BYTES,
    PUBLIC_BYTES,
    Purpose,
    SealingKey,
    check_public,
    open_with,
    seal_to,
)
from ournydesk.errors import Refused, Tampered

KEY = SealingKey(bytes(range(96)))
PUBLIC = KEY.public()
LATTICE, CURVE = PUBLIC[:LATTICE_PUBLIC_BYTES], PUBLIC[LATTICE_PUBLIC_BYTES:]
PURPOSE = Purpose(team="ab" * 16, about="cd" * 16, version=1, recipient="staff#1")
SECRET = bytes(range(32))
SEALED = seal_to(PUBLIC, PURPOSE, SECRET)
# A point of order eight of Curve25519 (RFC 7748 §6.1 leaves the check to the user).
ORDER_EIGHT = bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")


@given(st.binary(max_size=200))
def test_what_was_sealed_opens_for_its_key_and_purpose(secret: bytes) -> None:
    assert open_with(KEY, PURPOSE, seal_to(PUBLIC, PURPOSE, secret)) == secret


def test_sealing_twice_gives_different_bytes() -> None:
    assert seal_to(PUBLIC, PURPOSE, SECRET) != seal_to(PUBLIC, PURPOSE, SECRET)


def test_the_lengths_are_those_of_the_format() -> None:
    assert len(PUBLIC) == PUBLIC_BYTES == 1216
    assert SealingKey.length == 96
    assert len(SEALED) == 1 + 1088 + 32 + len(SECRET) + 16


def test_two_keys_are_different_and_show_nothing() -> None:
    one, other = SealingKey.fresh(), SealingKey.fresh()
    assert one != other
    assert repr(one) == "SealingKey(…)"


@given(st.integers(min_value=8, max_value=len(SEALED) * 8 - 1))
def test_every_flipped_bit_is_noticed(bit: int) -> None:
    spoiled = bytearray(SEALED)
    spoiled[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Tampered):
        open_with(KEY, PURPOSE, bytes(spoiled))


@given(st.integers(min_value=0, max_value=len(SEALED) - 1))
def test_a_cut_grant_opens_nothing(length: int) -> None:
    with pytest.raises(Tampered):
        open_with(KEY, PURPOSE, SEALED[:length])


def test_a_longer_grant_opens_nothing() -> None:
    with pytest.raises(Tampered):
        open_with(KEY, PURPOSE, SEALED + b"\0")


@pytest.mark.parametrize("kem", [0, 2, 255])
def test_a_grant_by_a_method_we_do_not_know_is_refused(kem: int) -> None:
    with pytest.raises(Refused) as caught:
        open_with(KEY, PURPOSE, bytes((kem,)) + SEALED[1:])
    assert caught.value.code == "refused.newer"
    assert caught.value.facts == {"what": "grant", "version": kem}
    assert SEALED[0] == HYBRID == 1


@pytest.mark.parametrize(
    "other",
    [
        replace(PURPOSE, team="ac" * 16),
        replace(PURPOSE, about="ce" * 16),
        replace(PURPOSE, version=2),
        replace(PURPOSE, recipient="staff#2"),
        replace(PURPOSE, recipient="clinic:spring#1"),
        replace(PURPOSE, context="00" * 32),
        # The parts do not slide into one another.
        replace(PURPOSE, team="ab" * 16 + "c", about=("cd" * 16)[1:]),
        replace(PURPOSE, version=11, recipient="staff#"),
    ],
    ids=str,
)
def test_a_grant_opens_for_no_other_purpose(other: Purpose) -> None:
    with pytest.raises(Tampered):
        open_with(KEY, other, SEALED)


@given(st.tuples(*[st.text(max_size=5)] * 4), st.tuples(*[st.text(max_size=5)] * 4))
def test_two_purposes_have_two_infos(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    def info(parts: tuple[str, ...]) -> bytes:
        team, about, recipient, context = parts
        return Purpose(team=team, about=about, version=1, recipient=recipient, context=context).info(PUBLIC)

    assert (info(one) == info(other)) == (one == other)


def test_a_grant_opens_for_no_other_key() -> None:
    with pytest.raises(Tampered):
        open_with(SealingKey.fresh(), PURPOSE, SEALED)


@pytest.mark.parametrize(
    "held",
    [bytes(64) + bytes(range(64, 96)), bytes(range(64)) + bytes(32)],
    ids=["the curve's half", "the lattice's half"],
)
def test_half_a_key_opens_nothing(held: bytes) -> None:
    with pytest.raises(Tampered):
        open_with(SealingKey(held), PURPOSE, SEALED)


def test_a_key_that_can_be_sealed_to_is_taken() -> None:
    check_public(PUBLIC)


@pytest.mark.parametrize("length", [0, 32, PUBLIC_BYTES - 1, PUBLIC_BYTES + 1])
def test_a_public_key_of_another_length_is_refused(length: int) -> None:
    for use in (check_public, lambda public: seal_to(public, PURPOSE, SECRET)):
        with pytest.raises(Refused) as caught:
            use(bytes(length))
        assert (caught.value.code, caught.value.facts["why"]) == ("refused.key", "length")


@pytest.mark.parametrize(
    "public",
    [
        bytes(PUBLIC_BYTES),
        LATTICE + bytes(CURVE_BYTES),
        LATTICE + b"\1" + bytes(CURVE_BYTES - 1),
        LATTICE + ORDER_EIGHT,
        b"\xff" * LATTICE_PUBLIC_BYTES + CURVE,
    ],
    ids=["zeros", "zero point", "order one", "order eight", "coefficients above the modulus"],
)
def test_a_public_key_anybody_could_open_is_refused(public: bytes) -> None:
    for use in (check_public, lambda public: seal_to(public, PURPOSE, SECRET)):
        with pytest.raises(Refused) as caught:
            use(public)
        assert (caught.value.code, caught.value.facts["why"]) == ("refused.key", "curve")
