from __future__ import annotations

import pytest

from ournydesk.crypto.signing import Label, SigningKey, VerifyKey
from ournydesk.errors import Refused, Tampered

P = 2**255 - 19
ORDER_EIGHT = (
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
)


def both_signs(y: int) -> list[bytes]:
    return [y.to_bytes(32, "little"), (y + 2**255).to_bytes(32, "little")]


SMALL_ORDER = [
    encoded
    for y in (0, 1, P - 1, P, P + 1, *(int.from_bytes(bytes.fromhex(text), "little") for text in ORDER_EIGHT))
    for encoded in both_signs(y)
]


def test_the_public_half_is_that_of_rfc_8032() -> None:
    """RFC 8032 §7.1, test 1."""
    secret = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert SigningKey(secret).public().encoded.hex() == public


def test_what_was_signed_verifies_and_nothing_else_does() -> None:
    key = SigningKey.fresh()
    signature = key.sign(Label.OPERATION, b"header", b"ct")
    key.public().verify(Label.OPERATION, signature, b"header", b"ct")
    for label, parts in [
        (Label.MEMBERSHIP, (b"header", b"ct")),
        (Label.OPERATION, (b"header", b"cT")),
        (Label.OPERATION, (b"header",)),
        (Label.OPERATION, (b"ct", b"header")),
        (Label.OPERATION, (b"headerc", b"t")),
    ]:
        with pytest.raises(Tampered):
            key.public().verify(label, signature, *parts)


@pytest.mark.parametrize("signature", [b"", bytes(63), bytes(64), bytes(65)], ids=len)
def test_a_signature_of_the_wrong_shape_is_refused(signature: bytes) -> None:
    with pytest.raises(Tampered):
        SigningKey.fresh().public().verify(Label.OPERATION, signature, b"x")


def test_every_flipped_bit_of_a_signature_is_noticed() -> None:
    key = SigningKey.fresh()
    signature = bytearray(key.sign(Label.EXPORT, b"x"))
    for bit in range(len(signature) * 8):
        signature[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Tampered):
            key.public().verify(Label.EXPORT, bytes(signature), b"x")
        signature[bit // 8] ^= 1 << bit % 8


@pytest.mark.parametrize("encoded", SMALL_ORDER, ids=bytes.hex)
def test_a_key_under_which_anything_verifies_is_refused(encoded: bytes) -> None:
    with pytest.raises(Refused) as caught:
        VerifyKey.decode(encoded)
    assert caught.value.facts["why"] == "order"


@pytest.mark.parametrize("y", [2, 7, 8])
def test_under_a_key_off_the_curve_nothing_verifies(y: int) -> None:
    key = VerifyKey.decode(y.to_bytes(32, "little"))
    for signature in (bytes(64), b"\1" + bytes(63), SigningKey.fresh().sign(Label.ENROLMENT, b"x")):
        with pytest.raises(Tampered):
            key.verify(Label.ENROLMENT, signature, b"x")


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_key_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(Refused):
        VerifyKey.decode(bytes(length))


def test_labels_are_no_beginnings_of_one_another() -> None:
    labels = [label.value for label in Label]
    assert all(label.endswith(b"\0") and label.count(b"\0") == 1 for label in labels)
    assert len(set(labels)) == len(labels)


ORDER = 2**252 + 27742317777372353535851937790883648493
"""Of the base point; RFC 8032 §5.1."""


def test_a_signature_with_the_order_added_is_another_one_and_refused() -> None:
    """D11: without that check one signature has several spellings, and hashes over it differ."""
    key = SigningKey.fresh()
    signature = key.sign(Label.OPERATION, b"x")
    key.public().verify(Label.OPERATION, signature, b"x")
    s = int.from_bytes(signature[32:], "little")
    for times in range(1, 16):
        again = s + times * ORDER
        if again < 2**256:
            with pytest.raises(Tampered):
                key.public().verify(Label.OPERATION, signature[:32] + again.to_bytes(32, "little"), b"x")
