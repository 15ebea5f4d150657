"""Keys sealed to a public key. Layer: crypto. See FORMAT.md, "Grants".

HPKE in base mode (RFC 9180) with the hybrid KEM MLKEM768_X25519, so that what a server keeps for decades
stays closed. Base mode says nothing about who sealed: a grant is believed only inside something signed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import ClassVar, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from ournydesk.crypto.envelope import digest
from ournydesk.crypto.keys import SecretKey
from ournydesk.errors import Refused, Tampered

HYBRID: Final = 1
"""The KEM a grant begins with; an unknown one is refused, never guessed."""
LABEL: Final = b"ourny/grant/v1\0"
SEED_BYTES: Final = 64
CURVE_BYTES: Final = 32
LATTICE_PUBLIC_BYTES: Final = 1184
PUBLIC_BYTES: Final = LATTICE_PUBLIC_BYTES + CURVE_BYTES
_SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class SealingKey(SecretKey):
    """The private half: an ML-KEM-768 seed (64 bytes) and an X25519 key (32 bytes)."""

    length: ClassVar[int] = SEED_BYTES + CURVE_BYTES

    def public(self) -> bytes:
        """The public half: ML-KEM-768 (1184 bytes) and X25519 (32 bytes)."""
        return self.pair()[1]

    def pair(self) -> tuple[MLKEM768X25519PrivateKey, bytes]:
        """The key as the library wants it, for one call, and its public half."""
        lattice, curve = self._halves()
        public = lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
        return MLKEM768X25519PrivateKey(lattice, curve), public

    def _halves(self) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
        held = bytes(self.reveal())
        lattice = MLKEM768PrivateKey.from_seed_bytes(held[:SEED_BYTES])
        return lattice, X25519PrivateKey.from_private_bytes(held[SEED_BYTES:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """What a sealed key is for; all of it is bound into the grant.

    ``about`` is a record's id or a group's name, ``version`` the record key's version or the epoch,
    ``recipient`` a device, a group with its epoch, or the word *recovery*; ``context`` the hash of the log
    entry an epoch follows, empty for a record.
    """

    team: str
    about: str
    version: int
    recipient: str
    context: str = ""

    def info(self, public: bytes) -> bytes:
        """HPKE's ``info``, which also binds the public key that was sealed to."""
        parts = (self.team, self.about, str(self.version), self.recipient, self.context)
        return LABEL + digest(
            LABEL, *(part.encode("utf-8") for part in parts), hashlib.sha256(public).digest()
        )


def check_public(untrusted: bytes) -> None:
    """Raise Refused("refused.key") for a public key that is none, or one anybody could open."""
    # A point of small order shows only when something is sealed to it; what is sealed here is thrown away.
    seal_to(untrusted, Purpose(team="", about="", version=0, recipient=""), b"\0")


def seal_to(public: bytes, purpose: Purpose, secret: bytes | bytearray) -> bytes:
    """A secret only the holder of the private half can open, and only for this purpose.

    Raises Refused("refused.key") for a public key that is none, or one anybody could open.
    """
    if len(public) != PUBLIC_BYTES:
        raise Refused("refused.key", why="length")
    try:
        sealed = _SUITE.encrypt(bytes(secret), _public(public), info=purpose.info(public))
    except ValueError as error:
        raise Refused("refused.key", why="curve") from error
    return bytes((HYBRID,)) + sealed


def open_with(key: SealingKey, purpose: Purpose, untrusted: bytes) -> bytearray:
    """What was sealed. Raises Tampered for any other key, purpose or byte, Refused("refused.newer")."""
    if not untrusted:
        raise Tampered(what="grant")
    if untrusted[0] != HYBRID:
        raise Refused("refused.newer", what="grant", version=untrusted[0])
    private, public = key.pair()
    try:
        opened = _SUITE.decrypt(untrusted[1:], private, info=purpose.info(public))
    except (InvalidTag, ValueError) as error:
        raise Tampered(what="grant") from error
    return bytearray(opened)


def _public(encoded: bytes) -> MLKEM768X25519PublicKey:
    return MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(encoded[:LATTICE_PUBLIC_BYTES]),
        X25519PublicKey.from_public_bytes(encoded[LATTICE_PUBLIC_BYTES:]),
    )
