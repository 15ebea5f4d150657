"""The one way to seal bytes: a suite byte, then Cobblestone-256. Layer: crypto. See FORMAT.md §3.

Every envelope is bound to a context, so that moving it to another place makes it unreadable.
"""
# ruff: noqa: PLC0415 - a header is read, and vaults are listed, without loading any cipher

from __future__ import annotations

import hashlib
from typing import Final

from ournydesk.crypto.keys import SecretKey
from ournydesk.errors import Refused, Tampered

COBBLESTONE_256: Final = 1
OVERHEAD: Final = 1 + 24 + 32 + 16
"""Suite byte, salt, commitment, tag of the last chunk: no envelope is shorter."""


def digest(label: bytes, *parts: bytes) -> bytes:
    """SHA-256 over a label and parts, each part behind its length (eight bytes, big-endian).

    Labels end in a zero byte and hold no other, so no label is the beginning of another.
    """
    hashed = hashlib.sha256(label)
    for part in parts:
        hashed.update(len(part).to_bytes(8, "big"))
        hashed.update(part)
    return hashed.digest()


def seal(key: SecretKey, context: bytes, plain: bytes | bytearray) -> bytes:
    """An envelope that only the same key and the same context open."""
    from cryptography.cobblestone import Cobblestone256Encryptor

    encryptor = Cobblestone256Encryptor(bytes(key.reveal()), context)
    return bytes((COBBLESTONE_256,)) + encryptor.update(bytes(plain)) + encryptor.finalize()


def unseal(key: SecretKey, context: bytes, untrusted: bytes) -> bytes:
    """What was sealed, all of it or nothing.

    Chunks that were already authenticated stay inside this function until the last one is: a cut
    envelope gives no half answers. Raises Tampered for any other key, context or byte, and Refused
    for an envelope of a newer suite.
    """
    from cryptography.cobblestone import Cobblestone256Decryptor
    from cryptography.exceptions import InvalidTag

    if len(untrusted) < OVERHEAD:
        raise Tampered(what="envelope")
    if untrusted[0] != COBBLESTONE_256:
        raise Refused("refused.newer", what="envelope", version=untrusted[0])
    decryptor = Cobblestone256Decryptor(bytes(key.reveal()), context)
    try:
        held = decryptor.update(untrusted[1:])
        return held + decryptor.finalize()
    except InvalidTag as error:
        raise Tampered(what="envelope") from error
