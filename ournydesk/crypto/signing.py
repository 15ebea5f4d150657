"""Ed25519 signatures, each under a label of its own. Layer: crypto. See FORMAT.md, "Signatures".

A label keeps a signature made for one purpose from being shown for another. Public keys of small order
are refused: under one of them a signature can be made that fits any message (RFC 8032 leaves the check
to the user; the encodings are those of C2SP's CCTV set).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ournydesk.crypto.keys import SecretKey
from ournydesk.errors import Refused, Tampered

FIELD: Final = 2**255 - 19
SIGN_BIT: Final = 2**255
# The y coordinates of the points whose order divides eight: 1, -1, 0 and the two of order eight.
SMALL_ORDER: Final = frozenset(
    (
        1,
        FIELD - 1,
        0,
        int.from_bytes(
            bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"
        ),
        int.from_bytes(
            bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), "little"
        ),
    )
)


class Label(Enum):
    """What a signature is for; the bytes end in a zero and none is the beginning of another."""

    OPERATION = b"ourny/op/v1\0"
    MEMBERSHIP = b"ourny/member/v1\0"
    AUTHENTICATION = b"ourny/auth/v1\0"
    ENROLMENT = b"ourny/enrol/v1\0"
    EXPORT = b"ourny/export/v1\0"
    RELAY = b"ourny/relay/v1\0"


@dataclass(frozen=True, slots=True)
class VerifyKey:
    """A public key that was checked: canonical, not of small order. One off the curve verifies nothing."""

    encoded: bytes

    @classmethod
    def decode(cls, untrusted: bytes) -> Self:
        """Take a public key from outside. Raises Refused("refused.key") for one nobody may enrol with."""
        if len(untrusted) != 32:
            raise Refused("refused.key", why="length")
        y = int.from_bytes(untrusted, "little") % SIGN_BIT
        if y >= FIELD or y in SMALL_ORDER:
            raise Refused("refused.key", why="order")
        return cls(untrusted)

    def verify(self, label: Label, signature: bytes, *parts: bytes) -> None:
        """Raise Tampered("vault.seal.signature") unless these parts were signed under this label."""
        try:
            Ed25519PublicKey.from_public_bytes(self.encoded).verify(signature, _message(label, parts))
        except InvalidSignature as error:
            raise Tampered("vault.seal.signature") from error


class SigningKey(SecretKey):
    """The private half of a device's signature key (32 bytes, RFC 8032 seed)."""

    def public(self) -> VerifyKey:
        """The public half."""
        key = Ed25519PrivateKey.from_private_bytes(bytes(self.reveal()))
        return VerifyKey(key.public_key().public_bytes_raw())

    def sign(self, label: Label, *parts: bytes) -> bytes:
        """64 bytes over the label and the SHA-256 of each part, in order."""
        return Ed25519PrivateKey.from_private_bytes(bytes(self.reveal())).sign(_message(label, parts))


def _message(label: Label, parts: tuple[bytes, ...]) -> bytes:
    # Hashes are of one length, so the parts cannot slide into one another.
    return label.value + b"".join(hashlib.sha256(part).digest() for part in parts)
