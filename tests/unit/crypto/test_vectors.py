"""Known answers, each with a twin in which one bit is wrong."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import pytest
from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from ournydesk.crypto.envelope import seal, unseal
from ournydesk.crypto.kdf import POLICY, derive
from ournydesk.crypto.keys import MasterKey
from ournydesk.crypto.passphrase import canonical
from ournydesk.crypto.vault_header import SealedVault
from ournydesk.errors import StoreBroken, Tampered
from tests.unit.crypto import chunked, make_vectors


def vectors(name: str) -> list[dict[str, Any]]:
    read = json.loads((make_vectors.FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    assert read["source"]
    found: list[dict[str, Any]] = read["vectors"]
    return found


def flipped(whole: bytes, at: int) -> bytes:
    return whole[:at] + bytes((whole[at] ^ 1,)) + whole[at + 1 :]


@pytest.mark.parametrize("vector", vectors("argon2id"))
def test_argon2id(vector: dict[str, Any]) -> None:
    def argon2(ad: bytes) -> Argon2id:
        return Argon2id(
            salt=bytes.fromhex(vector["salt"]),
            length=32,
            iterations=vector["iterations"],
            lanes=vector["lanes"],
            memory_cost=vector["memory"],
            ad=ad,
            secret=bytes.fromhex(vector["secret"]),
        )

    password, tag = bytes.fromhex(vector["password"]), bytes.fromhex(vector["tag"])
    ad = bytes.fromhex(vector["associated"])
    assert argon2(ad).derive(password) == tag
    for twin in ((flipped(password, 3), tag), (password, flipped(tag, 9))):
        with pytest.raises(InvalidKey):
            argon2(ad).verify(*twin)
    assert argon2(flipped(ad, 0)).derive(password) != tag


@pytest.mark.parametrize("vector", vectors("envelope"), ids=lambda vector: str(vector["plain_length"]))
def test_an_envelope_made_by_the_reference_opens_and_its_twins_do_not(vector: dict[str, Any]) -> None:
    key, context, salt = (bytes.fromhex(vector[name]) for name in ("key", "context", "salt"))
    plain = make_vectors.counted(vector["plain_length"])
    sealed = b"\1" + chunked.seal(key, context, salt, plain)
    assert hashlib.sha256(sealed).hexdigest() == vector["sealed_sha256"]
    assert not vector["sealed"] or base64.b64decode(vector["sealed"]) == sealed
    assert unseal(MasterKey(key), context, sealed) == plain
    for at in {1, 24, 25, 56, 57, len(sealed) // 2, len(sealed) - 17, len(sealed) - 1} - {0}:
        with pytest.raises(Tampered):
            unseal(MasterKey(key), context, flipped(sealed, at))
    with pytest.raises(Tampered):
        unseal(MasterKey(flipped(key, 0)), context, sealed)
    with pytest.raises(Tampered):
        unseal(MasterKey(key), flipped(context, 0), sealed)


@pytest.mark.parametrize("length", [0, 1, 16384, 33000])
def test_what_we_seal_is_what_the_reference_seals_with_that_salt(length: int) -> None:
    key, plain = make_vectors.counted(32), make_vectors.counted(length)
    sealed = seal(MasterKey(key), b"context", plain)
    assert sealed == b"\1" + chunked.seal(key, b"context", sealed[1:25], plain)


@pytest.mark.parametrize("vector", vectors("vault_header"))
def test_a_vault_header_made_by_hand_opens_and_its_twins_do_not(vector: dict[str, Any]) -> None:
    file = vector["file"].encode()
    sealed = SealedVault.from_bytes(file)
    assert (
        derive(canonical(vector["typed"]), sealed.salt, sealed.cost, POLICY).reveal().hex() == vector["kek"]
    )
    master = sealed.open(vector["typed"])
    assert master.reveal().hex() == vector["master"]
    assert master.database_key().reveal().hex() == vector["database"]
    assert SealedVault.from_bytes(sealed.to_bytes()) == sealed
    for at in range(0, len(file), 7):
        with pytest.raises(StoreBroken):
            SealedVault.from_bytes(flipped(file, at))


def test_our_vectors_are_what_the_text_says() -> None:
    for name, made in (("envelope", make_vectors.envelopes()), ("vault_header", make_vectors.vault())):
        assert vectors(name) == made["vectors"]
