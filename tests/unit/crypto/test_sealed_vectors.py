"""Grants, epochs and operations that another spelling made, each field with a twin that must fail."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import ournydesk.crypto
from ournydesk.crypto.grants import Purpose, SealingKey, seal_to
from ournydesk.crypto.groups import open_epoch, walk_back
from ournydesk.crypto.operations import RecordKey, open_operation, open_record_grant
from ournydesk.crypto.signing import VerifyKey
from ournydesk.crypto.verification import check_operation
from ournydesk.domain.grants import Grant, decode_grants
from ournydesk.domain.operations import Envelope, decode_envelope
from ournydesk.errors import DeskError
from tests.unit.crypto import hybrid, make_sealed_vectors, make_vectors
from tests.unit.crypto.test_vectors import flipped, vectors

Vector = dict[str, Any]
RESULTS = {
    "grant": ("public_sha256", "info", "record_key"),
    "epoch": ("public_sha256", "info", "key", "before"),
    "operation": ("op_key", "context", "payload_length", "op_id", "envelope_sha256"),
}


HEXADECIMAL = {"private", "record_key", "signer", "sig"}
BASE64 = {"sealed", "past", "ct"}


def twins(vector: Vector, field: str) -> Iterator[Vector]:
    """The vector with one bit of a field wrong: in its first, a middle and its last byte."""
    value = vector[field]
    if isinstance(value, int):
        yield vector | {field: value ^ 1}
        return
    if field in HEXADECIMAL:
        whole = bytes.fromhex(value)
    else:
        whole = base64.b64decode(value) if field in BASE64 else value.encode("ascii")
    places = {0, len(whole) // 2, len(whole) - 1} if whole else set()
    if field == "private":
        # Bytes 32 to 63 only decide what a broken ciphertext becomes (FIPS 203 §6.3), and the lowest
        # bits of byte 64 are cleared before use (RFC 7748 §5).
        places = {0, 31, 65, 95}
    for at in sorted(places):
        wrong = flipped(whole, at)
        if field in HEXADECIMAL:
            yield vector | {field: wrong.hex()}
        else:
            yield vector | {
                field: make_sealed_vectors.text(wrong) if field in BASE64 else wrong.decode("ascii")
            }


def grant(vector: Vector) -> None:
    key = SealingKey(bytes.fromhex(vector["private"]))
    team, record, version = vector["team"], vector["record"], vector["version"]
    granted = Grant(vector["to"], vector["epoch"], base64.b64decode(vector["sealed"], validate=True))
    opened = open_record_grant(granted, team=team, record=record, version=version, key=key)
    purpose = Purpose(team=team, about=record, version=version, recipient=f"{vector['to']}#{vector['epoch']}")
    assert hashlib.sha256(key.public()).hexdigest() == vector["public_sha256"]
    assert purpose.info(key.public()).hex() == vector["info"]
    assert opened.reveal().hex() == vector["record_key"]


def epoch(vector: Vector) -> None:
    key = SealingKey(bytes.fromhex(vector["private"]))
    team, group, number, mprev = (vector[name] for name in ("team", "group", "epoch", "mprev"))
    sealed = base64.b64decode(vector["sealed"], validate=True)
    opened = open_epoch(
        team=team, group=group, epoch=number, mprev=mprev, device=vector["member"], sealed=sealed, key=key
    )
    purpose = Purpose(team=team, about=group, version=number, recipient=vector["member"], context=mprev)
    assert purpose.info(key.public()).hex() == vector["info"]
    assert opened.reveal().hex() == vector["key"]
    assert hashlib.sha256(opened.public()).hexdigest() == vector["public_sha256"]
    if vector["past"]:
        past = base64.b64decode(vector["past"], validate=True)
        before = walk_back(team=team, group=group, epoch=number, mprev=mprev, past=past, key=opened)
        assert before.reveal().hex() == vector["before"]
    else:
        assert vector["before"] == ""


def operation(vector: Vector) -> None:
    envelope = Envelope(
        header=vector["header"].encode(),
        grants=vector["grants"].encode(),
        ct=base64.b64decode(vector["ct"], validate=True),
        sig=bytes.fromhex(vector["sig"]),
    )
    header = check_operation(envelope, VerifyKey.decode(bytes.fromhex(vector["signer"])))
    assert header.encoded() == envelope.header
    payload = open_operation(envelope, RecordKey(bytes.fromhex(vector["record_key"])))
    assert payload == make_vectors.counted(vector["payload_length"])
    assert envelope.op_id == vector["op_id"]
    whole = envelope.encoded()
    assert decode_envelope(whole) == envelope
    assert hashlib.sha256(whole).hexdigest() == vector["envelope_sha256"]


CASES: list[tuple[str, Callable[[Vector], None]]] = [
    ("grant", grant),
    ("epoch", epoch),
    ("operation", operation),
]


@pytest.mark.parametrize(("name", "opens"), CASES)
def test_what_another_spelling_sealed_opens(name: str, opens: Callable[[Vector], None]) -> None:
    assert vectors(name)
    for vector in vectors(name):
        opens(vector)


@pytest.mark.parametrize(("name", "opens"), CASES)
def test_with_one_bit_wrong_in_any_field_it_does_not_open(name: str, opens: Callable[[Vector], None]) -> None:
    for vector in vectors(name):
        for field in sorted(set(vector) - set(RESULTS[name])):
            for twin in twins(vector, field):
                with pytest.raises(DeskError):
                    opens(twin)


@pytest.mark.parametrize(("name", "opens"), CASES)
def test_with_one_bit_wrong_in_any_answer_it_is_noticed(name: str, opens: Callable[[Vector], None]) -> None:
    # An operation's key and context are inner steps; the reference is held to them below.
    for vector in vectors(name):
        for field in sorted(set(RESULTS[name]) - {"op_key", "context"}):
            for twin in twins(vector, field):
                with pytest.raises(AssertionError):
                    opens(twin)


@pytest.mark.parametrize("name", ["grant", "epoch"])
def test_the_other_spelling_opens_what_it_sealed(name: str) -> None:
    for vector in vectors(name):
        private = hybrid.Private(bytes.fromhex(vector["private"]))
        sealed = base64.b64decode(vector["sealed"])
        opened = hybrid.unseal(private, bytes.fromhex(vector["info"]), sealed[1:])
        assert opened.hex() == vector.get("record_key", vector.get("key"))


def test_the_other_spelling_opens_what_we_seal() -> None:
    key = SealingKey.fresh()
    purpose = Purpose(team="ab" * 16, about="staff", version=2, recipient="recovery", context="cd" * 32)
    about = make_sealed_vectors.info(key.public(), "ab" * 16, "staff", 2, "recovery", "cd" * 32)
    sealed = seal_to(key.public(), purpose, b"invented secret")
    assert hybrid.unseal(hybrid.Private(bytes(key.reveal())), about, sealed[1:]) == b"invented secret"


def test_the_operations_are_what_the_text_says() -> None:
    assert make_sealed_vectors.operations(vectors("grant")) == vectors("operation")


def test_the_grants_beside_an_operation_are_those_of_the_grant_vectors() -> None:
    beside = decode_grants(vectors("operation")[0]["grants"].encode())
    assert [(grant.to, grant.epoch) for grant in beside] == [(v["to"], v["epoch"]) for v in vectors("grant")]
    assert [base64.b64encode(grant.sealed).decode() for grant in beside] == [
        v["sealed"] for v in vectors("grant")
    ]


def test_the_examples_of_the_text_are_the_vectors() -> None:
    text = Path(ournydesk.crypto.__file__).with_name("FORMAT.md").read_text(encoding="utf-8")
    start, _, end = re.findall(r"`(6f75726e79[0-9a-f]+)(…)([0-9a-f]+)`", text)[0]
    info = vectors("grant")[0]["info"]
    assert info.startswith(start)
    assert info.endswith(end)
    assert vectors("operation")[0]["op_key"] in text
    assert f"a ct of {len(base64.b64decode(vectors('operation')[0]['ct']))}" in text
