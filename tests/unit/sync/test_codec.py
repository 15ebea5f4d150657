from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ournydesk.domain.operations import NO_OP, DeviceId, OpId
from ournydesk.errors import ProtocolFault
from sync.protocol.codec import decode, encode
from sync.protocol.limits import MOST_BODY
from sync.protocol.messages import (
    Challenge,
    ChallengeGiven,
    Failure,
    LogEntry,
    Members,
    OpResult,
    Outcome,
    Pushed,
    State,
    TokenGiven,
)
from tests.unit.sync import strategies

DEVICE = DeviceId("0a" * 16)
NOON = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


def why(kind: type, untrusted: bytes) -> object:
    with pytest.raises(ProtocolFault) as caught:
        decode(kind, untrusted)
    assert caught.value.code == "wire.fault.message"
    return caught.value.facts["why"]


@given(strategies.ANY)
def test_what_is_said_is_what_is_heard(message: object) -> None:
    assert decode(type(message), encode(message)) == message


@given(strategies.ANY, st.data())
def test_a_message_cut_anywhere_is_refused(message: object, data: st.DataObject) -> None:
    whole = encode(message)
    with pytest.raises(ProtocolFault):
        decode(type(message), whole[: data.draw(st.integers(0, len(whole) - 1))])


@given(st.sampled_from(strategies.KINDS), st.binary(max_size=200))
def test_noise_is_refused(kind: type, noise: bytes) -> None:
    with pytest.raises(ProtocolFault):
        decode(kind, noise)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(strategies.ANY, JSON, st.data())
def test_a_field_of_another_type_is_refused_or_heard_as_it_was_said(
    message: object, other: object, data: st.DataObject
) -> None:
    fields = json.loads(encode(message))
    fields[data.draw(st.sampled_from(sorted(fields)))] = other
    untrusted = json.dumps(fields).encode()
    try:
        heard = decode(type(message), untrusted)
    except ProtocolFault:
        return
    assert json.loads(encode(heard)) == fields


@pytest.mark.parametrize("kind", strategies.KINDS)
def test_a_field_too_many_is_refused(kind: type) -> None:
    assert why(kind, b'{"more":1}') == "fields"


@pytest.mark.parametrize("untrusted", [b"[]", b"1", b'"text"', b"null"])
def test_a_message_is_an_object(untrusted: bytes) -> None:
    assert why(Challenge, untrusted) == "fields"


def test_a_field_that_must_be_there_is_missed() -> None:
    assert why(Challenge, b"{}") == "fields"
    assert decode(Failure, b'{"code":"unknown"}') == Failure(code="unknown")


def test_a_key_said_twice_is_refused() -> None:
    one = f'"device":"{DEVICE}"'
    assert why(Challenge, f"{{{one},{one}}}".encode()) == "twice"


@pytest.mark.parametrize(
    "text",
    ["YQ==", "YR", "Y", "Y+", "Y/", "Y Q", "YQ\\n", "é"],
    ids=["padded", "spare bits", *"12345", "letter"],
)
def test_bytes_have_one_spelling(text: str) -> None:
    assert why(Members, f'{{"since":0,"entries":["{text}"]}}'.encode()) == "base64"


def test_bytes_are_base64url_without_padding() -> None:
    assert json.loads(encode(Members(since=0, entries=(b"\xfb\xff", b""))))["entries"] == ["-_8", ""]


@pytest.mark.parametrize(
    ("kind", "field", "value", "reason"),
    [
        (Challenge, "device", "A" * 32, "type"),
        (Challenge, "device", "a" * 31, "type"),
        (Challenge, "device", 1, "type"),
        (Challenge, "device", None, "type"),
        (OpResult, "op_id", "G" * 64, "type"),
        (OpResult, "op_id", "a" * 63, "type"),
        (OpResult, "said", "perhaps", "word"),
        (OpResult, "n", -1, "type"),
        (OpResult, "n", True, "type"),
        (OpResult, "n", "1", "type"),
        (OpResult, "n", 10**18, "number"),
        (OpResult, "code", strategies.TOO_LONG, "long"),
        (ChallengeGiven, "expires", "tomorrow", "moment"),
        (ChallengeGiven, "expires", "2026-11-28T12:00:00", "moment"),
        (Members, "entries", {"0": ""}, "list"),
        (State, "numbered", 1, "type"),
        (State, "head", [0, NO_OP], "fields"),
    ],
)
def test_a_value_out_of_shape_is_refused(kind: type, field: str, value: object, reason: str) -> None:
    samples: dict[type, object] = {
        Challenge: Challenge(device=DEVICE),
        ChallengeGiven: ChallengeGiven(nonce=b"n", expires=NOON),
        Members: Members(since=0, entries=()),
        OpResult: OpResult(op_id=OpId(NO_OP), said=Outcome.OK),
        State: _state(),
    }
    fields = json.loads(encode(samples[kind]))
    fields[field] = value
    assert why(kind, json.dumps(fields).encode()) == reason


def _state() -> State:
    nothing = {"at": 0, "hash": NO_OP}
    fields = {
        "api_min": 1,
        "api_max": 1,
        "server": "b" * 32,
        "numbered": True,
        "head": nothing,
        "members": 0,
        "member_hash": "",
        "device_high": nothing,
    }
    return decode(State, json.dumps(fields).encode())


@pytest.mark.parametrize(
    ("untrusted", "reason"),
    [
        (b"", "syntax"),
        (b"{", "syntax"),
        (b"\xef\xbb\xbf{}", "syntax"),
        (b'{"device":"\xff"}', "text"),
        (b'{"device":"\\ud800"}', "text"),
        (b'{"device":1.5}', "number"),
        (b'{"device":NaN}', "number"),
        (b'{"device":' + b"[" * 200_000, "deep"),
        (b" " * (MOST_BODY + 1), "long"),
    ],
)
def test_what_is_not_strict_json_is_refused(untrusted: bytes, reason: str) -> None:
    assert why(Challenge, untrusted) == reason


def test_one_message_is_not_taken_for_another() -> None:
    assert why(LogEntry, encode(Pushed(results=()))) == "fields"


def test_a_token_is_not_shown_where_a_message_is_printed() -> None:
    assert "invented" not in repr(TokenGiven(token="invented", expires=NOON))
