from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ournydesk.crypto.operations import RecordKey, grants_hash, seal_operation
from ournydesk.crypto.signing import Label, SigningKey
from ournydesk.crypto.verification import (
    check_enrolment,
    check_key,
    check_login,
    check_operation,
    check_statement,
)
from ournydesk.domain.operations import Envelope
from ournydesk.errors import DeskError, ProtocolFault, Refused, Tampered
from tests.unit.domain.test_operations import a_header

SIGNER = SigningKey(bytes(range(32)))
PUBLIC = SIGNER.public()
GRANTS = b'{"v":1,"grants":[]}'
HEADER = replace(a_header(), grants=grants_hash(GRANTS))
ENVELOPE = seal_operation(HEADER, RecordKey.fresh(), b"payload", GRANTS, SIGNER)
SMALL_ORDER = b"\1" + bytes(31)


class Check(Protocol):
    def __call__(self, public: bytes, signature: bytes, part: bytes, /) -> None: ...


def test_an_operation_is_taken_as_its_author_signed_it() -> None:
    assert check_operation(ENVELOPE, PUBLIC) == HEADER


@given(st.sampled_from(["header", "ct", "grants", "sig"]), st.data())
def test_every_flipped_bit_of_an_operation_is_noticed(part: str, data: st.DataObject) -> None:
    spoiled = bytearray(getattr(ENVELOPE, part))
    bit = data.draw(st.integers(min_value=0, max_value=len(spoiled) * 8 - 1))
    spoiled[bit // 8] ^= 1 << bit % 8
    with pytest.raises((Tampered, ProtocolFault)):
        check_operation(replace(ENVELOPE, **{part: bytes(spoiled)}), PUBLIC)


@pytest.mark.parametrize("grants", [b"", GRANTS + b" "])
def test_grants_that_were_left_out_or_added_to_are_noticed(grants: bytes) -> None:
    with pytest.raises(Tampered) as caught:
        check_operation(replace(ENVELOPE, grants=grants), PUBLIC)
    assert caught.value.facts == {"what": "grants"}


def test_an_operation_of_another_desk_is_noticed() -> None:
    with pytest.raises(Tampered):
        check_operation(ENVELOPE, SigningKey.fresh().public())


def test_what_was_sealed_cannot_be_moved_under_another_header() -> None:
    other = seal_operation(replace(HEADER, dseq=8), RecordKey.fresh(), b"payload", GRANTS, SIGNER)
    for moved in (replace(other, ct=ENVELOPE.ct), replace(other, sig=ENVELOPE.sig)):
        with pytest.raises(Tampered):
            check_operation(moved, PUBLIC)


def test_a_signed_header_out_of_shape_is_still_a_fault() -> None:
    envelope = Envelope(header=b"{}", grants=b"", ct=b"", sig=SIGNER.sign(Label.OPERATION, b"{}", b""))
    with pytest.raises(ProtocolFault):
        check_operation(envelope, PUBLIC)


@pytest.mark.parametrize(
    ("label", "check"),
    [
        (Label.MEMBERSHIP, check_statement),
        (Label.AUTHENTICATION, check_login),
        (Label.ENROLMENT, check_enrolment),
    ],
)
def test_a_signature_counts_under_its_own_label_and_key_only(label: Label, check: Check) -> None:
    signature = SIGNER.sign(label, b"said")
    check(PUBLIC.encoded, signature, b"said")
    spoiled = [
        (PUBLIC.encoded, signature, b"Said"),
        (PUBLIC.encoded, signature[:-1], b"said"),
        (PUBLIC.encoded, b"", b"said"),
        (SigningKey.fresh().public().encoded, signature, b"said"),
        *((PUBLIC.encoded, SIGNER.sign(other, b"said"), b"said") for other in Label if other is not label),
    ]
    for wrong in spoiled:
        with pytest.raises(Tampered):
            check(*wrong)


@pytest.mark.parametrize("check", [check_statement, check_login, check_enrolment])
def test_the_key_under_which_anything_verifies_verifies_nothing(check: Check) -> None:
    anything = SMALL_ORDER + bytes(32)
    with pytest.raises(Refused):
        check(SMALL_ORDER, anything, b"said")


@pytest.mark.parametrize("check", [check_login, check_enrolment])
def test_parts_do_not_slide_into_one_another(check: Check) -> None:
    label = Label.AUTHENTICATION if check is check_login else Label.ENROLMENT
    with pytest.raises(Tampered):
        check(PUBLIC.encoded, SIGNER.sign(label, b"sa", b"id"), b"said")


def test_a_key_to_enrol_with_is_checked() -> None:
    check_key(PUBLIC.encoded)
    for public in (SMALL_ORDER, bytes(31), b"\xff" * 32):
        with pytest.raises(DeskError) as caught:
            check_key(public)
        assert caught.value.code == "refused.key"


def test_checking_brings_nothing_that_could_open_an_envelope() -> None:
    asked = (
        "import sys, ournydesk.crypto.verification\n"
        "print(*(n for n in sys.modules if 'cobblestone' in n or 'hpke' in n or n.startswith('ournydesk')))"
    )
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True, text=True).stdout
    assert "ournydesk.crypto.signing" in loaded
    assert not {"ournydesk.crypto.envelope", "ournydesk.crypto.grants"} & set(loaded.split())
    assert "cobblestone" not in loaded
    assert "hpke" not in loaded
