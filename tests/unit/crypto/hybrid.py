"""HPKE in base mode with the hybrid KEM, written again from its texts, to hold the library against.

Sources: RFC 9180 §4, §5.1 (key schedule, single shot, no associated data), HKDF-SHA256 (RFC 5869) and
AES-256-GCM; the KEM 0x647a of draft-ietf-hpke-pq, which is X-Wing of draft-connolly-cfrg-xwing-kem §5.3
with the private key already expanded.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SEED, LATTICE_PUBLIC, LATTICE_CT, CURVE = 64, 1184, 1088, 32
XWING = b"\\./" + b"/^\\"
AES_256_GCM, CHACHA20_POLY1305 = 2, 3


@dataclass(frozen=True)
class Private:
    """The 96 bytes of a private key: seed of ML-KEM-768, key of X25519."""

    held: bytes

    @property
    def lattice(self) -> MLKEM768PrivateKey:
        return MLKEM768PrivateKey.from_seed_bytes(self.held[:SEED])

    @property
    def curve(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self.held[SEED:])

    @property
    def public(self) -> bytes:
        return self.lattice.public_key().public_bytes_raw() + self.curve.public_key().public_bytes_raw()


def expanded(seed: bytes) -> Private:
    """The 32 bytes X-Wing keeps, as the 96 that are used."""
    return Private(hashlib.shake_256(seed).digest(96))


def decapsulate(private: Private, enc: bytes) -> bytes:
    lattice_ct, curve_ct = enc[:LATTICE_CT], enc[LATTICE_CT:]
    lattice = private.lattice.decapsulate(lattice_ct)
    curve = private.curve.exchange(X25519PublicKey.from_public_bytes(curve_ct))
    return _combined(lattice, curve, curve_ct, private.public[LATTICE_PUBLIC:])


def encapsulate(public: bytes, ephemeral: bytes) -> tuple[bytes, bytes]:
    """(enc, shared secret); the lattice's half is random whatever the curve's ephemeral key is."""
    lattice, lattice_ct = MLKEM768PublicKey.from_public_bytes(public[:LATTICE_PUBLIC]).encapsulate()
    own = X25519PrivateKey.from_private_bytes(ephemeral)
    curve_ct = own.public_key().public_bytes_raw()
    curve_public = public[LATTICE_PUBLIC:]
    curve = own.exchange(X25519PublicKey.from_public_bytes(curve_public))
    return lattice_ct + curve_ct, _combined(lattice, curve, curve_ct, curve_public)


def schedule(shared: bytes, info: bytes, aead: int = AES_256_GCM) -> tuple[bytes, bytes]:
    """Key and nonce of the first and only message; mode 0, KDF HKDF-SHA256 (1)."""
    suite = b"HPKE" + b"".join(number.to_bytes(2, "big") for number in (0x647A, 1, aead))

    def extract(salt: bytes, label: bytes, ikm: bytes) -> bytes:
        return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + ikm, "sha256")

    def expand(label: bytes, context: bytes, length: int) -> bytes:
        about = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + context
        # Neither the key nor the nonce is longer than one block of SHA-256.
        return hmac.digest(secret, about + b"\1", "sha256")[:length]

    context = b"\0" + extract(b"", b"psk_id_hash", b"") + extract(b"", b"info_hash", info)
    secret = extract(shared, b"secret", b"")
    return expand(b"key", context, 32), expand(b"base_nonce", context, 12)


def seal(public: bytes, info: bytes, plain: bytes, ephemeral: bytes) -> bytes:
    enc, shared = encapsulate(public, ephemeral)
    key, nonce = schedule(shared, info)
    return enc + AESGCM(key).encrypt(nonce, plain, None)


def unseal(private: Private, info: bytes, sealed: bytes) -> bytes:
    enc, ct = sealed[: LATTICE_CT + CURVE], sealed[LATTICE_CT + CURVE :]
    key, nonce = schedule(decapsulate(private, enc), info)
    return AESGCM(key).decrypt(nonce, ct, None)


def _combined(lattice: bytes, curve: bytes, curve_ct: bytes, curve_public: bytes) -> bytes:
    return hashlib.sha3_256(lattice + curve + curve_ct + curve_public + XWING).digest()
