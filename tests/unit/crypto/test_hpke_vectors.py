"""The library's HPKE, and our second spelling of it, against the published vectors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.bindings._rust import openssl
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite

from ournydesk.crypto.grants import SealingKey
from tests.unit.crypto import hybrid

X25519, HYBRID = 0x0020, 0x647A
KDFS = {1: KDF.HKDF_SHA256, 2: KDF.HKDF_SHA384, 3: KDF.HKDF_SHA512, 16: KDF.SHAKE128, 17: KDF.SHAKE256}
AEADS = {1: AEAD.AES_128_GCM, 2: AEAD.AES_256_GCM, 3: AEAD.CHACHA20_POLY1305}
FOLDER = "cryptography_vectors"


def published(name: str, kem: int) -> list[dict[str, Any]]:
    """Base mode, one KEM, and an AEAD that seals (0xffff only exports)."""
    found = pytest.importorskip(FOLDER, reason="the published vectors are not installed")
    text = (Path(found.__file__).parent / "HPKE" / name).read_text(encoding="utf-8")
    return [v for v in json.loads(text) if (v["mode"], v["kem_id"]) == (0, kem) and v["aead_id"] in AEADS]


def unhexed(vector: dict[str, Any], *names: str) -> list[bytes]:
    return [bytes.fromhex(vector[name]) for name in names]


def flipped(whole: bytes) -> bytes:
    return whole[:-1] + bytes((whole[-1] ^ 1,))


def suite(vector: dict[str, Any], kem: KEM) -> Suite:
    return Suite(kem, KDFS[vector["kdf_id"]], AEADS[vector["aead_id"]])


def opens_and_its_twins_do_not(
    suite: Suite, key: X25519PrivateKey | MLKEM768X25519PrivateKey, vector: dict[str, Any]
) -> None:
    info, enc = unhexed(vector, "info", "enc")
    # Single shot is the first message of a context; only this test may name associated data.
    aad, ct, plain = unhexed(vector["encryptions"][0], "aad", "ct", "pt")

    def opened(ct: bytes, info: bytes, aad: bytes) -> bytes:
        return openssl.hpke._decrypt_with_aad(suite, enc + ct, key, info, aad)

    assert opened(ct, info, aad) == plain
    for twin in ((flipped(ct), info, aad), (ct, flipped(info), aad), (ct, info, flipped(aad))):
        with pytest.raises(InvalidTag):
            opened(*twin)


def test_x25519_of_rfc_9180() -> None:
    vectors = published("test-vectors.json", X25519)
    assert len(vectors) == 6
    for vector in vectors:
        (secret,) = unhexed(vector, "skRm")
        key = X25519PrivateKey.from_private_bytes(secret)
        assert key.public_key().public_bytes_raw().hex() == vector["pkRm"]
        opens_and_its_twins_do_not(suite(vector, KEM.X25519), key, vector)


def test_the_hybrid_of_the_post_quantum_draft() -> None:
    vectors = published("hpke-pq-test-vectors.json", HYBRID)
    assert len(vectors) == 2
    for vector in vectors:
        (seed,) = unhexed(vector, "skRm")
        private = hybrid.expanded(seed)
        key = MLKEM768X25519PrivateKey(
            MLKEM768PrivateKey.from_seed_bytes(private.held[:64]),
            X25519PrivateKey.from_private_bytes(private.held[64:]),
        )
        opens_and_its_twins_do_not(suite(vector, KEM.MLKEM768_X25519), key, vector)
        assert SealingKey(private.held).public().hex() == private.public.hex() == vector["pkRm"]


def test_our_second_spelling_is_that_of_the_drafts() -> None:
    for vector in published("hpke-pq-test-vectors.json", HYBRID):
        seed, enc, info = unhexed(vector, "skRm", "enc", "info")
        shared = hybrid.decapsulate(hybrid.expanded(seed), enc)
        assert shared.hex() == vector["shared_secret"]
        if vector["kdf_id"] == 1:
            key, nonce = hybrid.schedule(shared, info, vector["aead_id"])
            assert (key.hex(), nonce.hex()) == (vector["key"], vector["base_nonce"])
