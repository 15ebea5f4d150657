from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ournydesk.domain.ids import new_id
from ournydesk.domain.operations import (
    NO_OP,
    DeviceId,
    Envelope,
    Head,
    Header,
    Kind,
    RecordId,
    TeamId,
    decode_envelope,
    decode_header,
)
from ournydesk.errors import ProtocolFault

HASH = "ab" * 32


def a_header() -> Header:
    return Header(
        team=TeamId(new_id()),
        rec=RecordId(new_id()),
        kind=Kind.EDIT,
        dev=DeviceId(new_id()),
        dseq=7,
        dprev=NO_OP,
        mhead=Head(3, HASH),
        rdk=1,
        to=("clinic:spring", "staff"),
        grants=HASH,
        seen=Head(0, HASH),
    )


def an_envelope(header: bytes = b"{}", grants: bytes = b"", ct: bytes = b"ct") -> Envelope:
    return Envelope(header=header, grants=grants, ct=ct, sig=bytes(64))


def test_a_header_reads_back_as_it_was_written() -> None:
    header = a_header()
    assert decode_header(header.encoded()) == header


@given(
    st.binary(max_size=300),
    st.binary(max_size=300),
    st.binary(max_size=300),
    st.binary(min_size=64, max_size=64),
)
def test_an_envelope_reads_back_as_it_was_written(
    header: bytes, grants: bytes, ct: bytes, sig: bytes
) -> None:
    envelope = Envelope(header=header, grants=grants, ct=ct, sig=sig)
    assert decode_envelope(envelope.encoded()) == envelope


@given(st.integers(min_value=0, max_value=200))
def test_a_torn_envelope_is_refused_wherever_it_was_torn(at: int) -> None:
    whole = an_envelope(a_header().encoded(), b"grants", b"ciphertext").encoded()
    at = at * len(whole) // 201
    with pytest.raises(ProtocolFault):
        decode_envelope(whole[:at])


def test_bytes_after_an_envelope_are_refused() -> None:
    with pytest.raises(ProtocolFault):
        decode_envelope(an_envelope().encoded() + b"\0")


def test_a_length_that_lies_takes_no_memory() -> None:
    lying = an_envelope().encoded()[:9] + b"\xff\xff\xff\xff"
    with pytest.raises(ProtocolFault) as caught:
        decode_envelope(lying)
    assert caught.value.facts["why"] == "long"


def test_the_name_of_an_operation_does_not_depend_on_how_its_parts_are_cut() -> None:
    assert an_envelope(b"ab", ct=b"c").op_id != an_envelope(b"a", ct=b"bc").op_id


def test_grants_travel_beside_and_do_not_change_the_name() -> None:
    envelope = an_envelope()
    assert replace(envelope, grants=b"other").op_id == envelope.op_id


def spoil(change: Callable[[dict[str, object]], object]) -> bytes:
    fields = json.loads(a_header().encoded())
    change(fields)
    return json.dumps(fields).encode()


@pytest.mark.parametrize(
    ("why", "untrusted"),
    [
        ("newer", spoil(lambda f: f.update(v=2))),
        ("newer", spoil(lambda f: f.update(suite=0))),
        ("fields", spoil(lambda f: f.pop("seen"))),
        ("fields", spoil(lambda f: f.update(extra=1))),
        ("kind", spoil(lambda f: f.update(kind="rec.invent"))),
        ("team", spoil(lambda f: f.update(team="A" * 32))),
        ("team", spoil(lambda f: f.update(team=1))),
        ("dseq", spoil(lambda f: f.update(dseq=0))),
        ("dseq", spoil(lambda f: f.update(dseq=True))),
        ("hash", spoil(lambda f: f.update(dprev="0" * 63))),
        ("hash", spoil(lambda f: f.update(grants="G" * 64))),
        ("mhead", spoil(lambda f: f.update(mhead=[1]))),
        ("seen", spoil(lambda f: f.update(seen=[-1, HASH]))),
        ("to", spoil(lambda f: f.update(to="staff"))),
        ("to", spoil(lambda f: f.update(to=[str(number) for number in range(257)]))),
        ("to", spoil(lambda f: f.update(to=["a", "a"]))),
        ("to", spoil(lambda f: f.update(to=["ü"]))),
        ("json", a_header().encoded().replace(b'"dseq":7', b'"dseq":7,"dseq":8')),
        ("json", a_header().encoded().replace(b'"dseq":7', b'"dseq":7.0')),
        ("json", b"\xef\xbb\xbf" + a_header().encoded()),
        ("shape", b"[]"),
    ],
)
def test_a_header_in_any_other_shape_is_refused(why: str, untrusted: bytes) -> None:
    with pytest.raises(ProtocolFault) as caught:
        decode_header(untrusted)
    assert caught.value.facts["why"] == why
