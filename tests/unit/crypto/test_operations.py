from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ournydesk.crypto import envelope as sealing
from ournydesk.crypto import operations
from ournydesk.crypto.grants import Purpose, SealingKey, seal_to
from ournydesk.crypto.operations import (
    MOST_PAYLOAD,
    RecordKey,
    grant_record,
    grants_hash,
    open_operation,
    open_record_grant,
    padded,
    seal_operation,
    unpadded,
)
from ournydesk.crypto.signing import SigningKey
from ournydesk.crypto.verification import check_operation
from ournydesk.domain.grants import Grant
from ournydesk.domain.operations import MOST_GRANTS, Header, decode_envelope
from ournydesk.errors import Refused, Tampered
from tests.unit.domain.test_operations import a_header

KEY = RecordKey(bytes(range(32)))
SIGNER = SigningKey(bytes(range(32)))
HEADER = replace(a_header(), grants=grants_hash(b""))
ENVELOPE = seal_operation(HEADER, KEY, b"payload", b"", SIGNER)
KIB = 1024


@pytest.mark.parametrize(
    ("payload", "size"),
    [
        (0, 512),
        (508, 512),
        (509, 1024),
        (8 * KIB - 516, 8 * KIB - 512),
        (8 * KIB - 4, 8 * KIB),
        (8 * KIB - 3, 16 * KIB),
        (16 * KIB - 4, 16 * KIB),
        (16 * KIB - 3, 32 * KIB),
        (MOST_PAYLOAD, 2 * KIB * KIB),
    ],
)
def test_payloads_are_padded_to_few_sizes(payload: int, size: int) -> None:
    whole = padded(bytes(payload))
    assert len(whole) == size
    assert len(unpadded(whole)) == payload


@given(st.binary(max_size=20_000))
def test_what_was_padded_comes_back(payload: bytes) -> None:
    assert unpadded(padded(payload)) == payload


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        bytes(3),
        bytes(511),
        bytes(513),
        bytes(1024),
        b"\xff" * 512,
        (1).to_bytes(4, "big") + b"x\1" + bytes(506),
        (8189).to_bytes(4, "big") + bytes(8704 - 4),
    ],
    ids=["nothing", "half a length", "short", "long", "twice", "length lies", "not zero", "wrong step"],
)
def test_padding_that_is_not_ours_is_refused(plain: bytes) -> None:
    with pytest.raises(Tampered) as caught:
        unpadded(plain)
    assert caught.value.facts == {"what": "padding"}


@given(st.binary(max_size=3000), st.binary(max_size=50))
def test_an_operation_opens_as_it_was_sealed(payload: bytes, grants: bytes) -> None:
    header = replace(HEADER, grants=grants_hash(grants))
    envelope = decode_envelope(seal_operation(header, KEY, payload, grants, SIGNER).encoded())
    assert check_operation(envelope, SIGNER.public()) == header
    assert open_operation(envelope, KEY) == payload


@given(st.sampled_from(["header", "ct"]), st.data())
def test_every_flipped_bit_of_header_and_ciphertext_keeps_it_shut(part: str, data: st.DataObject) -> None:
    spoiled = bytearray(getattr(ENVELOPE, part))
    # The first byte of the ciphertext names the suite; another is refused as newer, below.
    least = 8 if part == "ct" else 0
    bit = data.draw(st.integers(min_value=least, max_value=len(spoiled) * 8 - 1))
    spoiled[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Tampered):
        open_operation(replace(ENVELOPE, **{part: bytes(spoiled)}), KEY)


def test_a_suite_we_do_not_know_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        open_operation(replace(ENVELOPE, ct=b"\2" + ENVELOPE.ct[1:]), KEY)
    assert caught.value.code == "refused.newer"


@pytest.mark.parametrize(
    "other",
    [
        replace(HEADER, team=a_header().team),
        replace(HEADER, rec=a_header().rec),
        replace(HEADER, dev=a_header().dev),
        replace(HEADER, dseq=8),
        replace(HEADER, rdk=2),
        replace(HEADER, to=("staff",)),
    ],
)
def test_ciphertext_under_another_header_opens_nothing(other: Header) -> None:
    with pytest.raises(Tampered):
        open_operation(replace(ENVELOPE, header=other.encoded()), KEY)


def test_another_key_opens_nothing_and_the_record_key_itself_seals_nothing() -> None:
    with pytest.raises(Tampered):
        open_operation(ENVELOPE, RecordKey.fresh())
    direct = sealing.seal(KEY, operations._context(ENVELOPE.header), padded(b"payload"))
    with pytest.raises(Tampered):
        open_operation(replace(ENVELOPE, ct=direct), KEY)


def test_a_header_that_names_other_grants_is_not_signed() -> None:
    with pytest.raises(ValueError, match="other grants"):
        seal_operation(HEADER, KEY, b"", b"grants", SIGNER)


@pytest.mark.parametrize("what", ["header", "grants", "payload"])
def test_what_nobody_would_take_is_not_signed(what: str) -> None:
    grants = bytes(MOST_GRANTS + 1) if what == "grants" else b""
    to = tuple(f"clinic:{number:050}" for number in range(200)) if what == "header" else ()
    payload = bytes(MOST_PAYLOAD + 1) if what == "payload" else b""
    header = replace(HEADER, to=to, grants=grants_hash(grants))
    with pytest.raises(Refused) as caught:
        seal_operation(header, KEY, payload, grants, SIGNER)
    assert (caught.value.code, caught.value.facts["what"]) == ("refused.too_large", what)


def test_the_largest_operation_is_taken_everywhere() -> None:
    whole = seal_operation(HEADER, KEY, bytes(MOST_PAYLOAD), b"", SIGNER).encoded()
    assert len(open_operation(decode_envelope(whole), KEY)) == MOST_PAYLOAD


TEAM, RECORD = "ab" * 16, "cd" * 16
GROUP = SealingKey(bytes(range(96)))


def a_grant(to: str = "staff", epoch: int = 3) -> Grant:
    return grant_record(KEY, team=TEAM, record=RECORD, version=1, to=to, epoch=epoch, public=GROUP.public())


def test_a_record_key_is_granted() -> None:
    grant = a_grant()
    assert (grant.to, grant.epoch) == ("staff", 3)
    assert open_record_grant(grant, team=TEAM, record=RECORD, version=1, key=GROUP) == KEY


@pytest.mark.parametrize(
    ("team", "record", "version", "grant"),
    [
        ("ac" * 16, RECORD, 1, a_grant()),
        (TEAM, "ce" * 16, 1, a_grant()),
        (TEAM, RECORD, 2, a_grant()),
        (TEAM, RECORD, 1, replace(a_grant(), to="clinic:spring")),
        (TEAM, RECORD, 1, replace(a_grant(), epoch=4)),
        (TEAM, RECORD, 1, replace(a_grant(), epoch=0)),
    ],
    ids=["team", "record", "version", "group", "epoch", "a device of that name"],
)
def test_a_grant_opens_nowhere_else(team: str, record: str, version: int, grant: Grant) -> None:
    with pytest.raises(Tampered):
        open_record_grant(grant, team=team, record=record, version=version, key=GROUP)


def test_a_grant_opens_for_nobody_else() -> None:
    with pytest.raises(Tampered):
        open_record_grant(a_grant(), team=TEAM, record=RECORD, version=1, key=SealingKey.fresh())


@pytest.mark.parametrize("length", [0, 31, 33, 96])
def test_a_granted_key_of_another_length_is_refused(length: int) -> None:
    purpose = Purpose(team=TEAM, about=RECORD, version=1, recipient="staff#3")
    grant = Grant("staff", 3, seal_to(GROUP.public(), purpose, bytes(length)))
    with pytest.raises(Tampered):
        open_record_grant(grant, team=TEAM, record=RECORD, version=1, key=GROUP)
