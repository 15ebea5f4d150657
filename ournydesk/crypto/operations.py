"""Operations sealed under a record's key and signed. Layer: crypto. See FORMAT.md, "Operations".

The context of the seal is the header: moved to another record, place or desk, nothing opens.
"""

from __future__ import annotations

import hashlib
from typing import Final

from ournydesk.crypto import envelope as sealing
from ournydesk.crypto.grants import Purpose, SealingKey, open_with, seal_to
from ournydesk.crypto.keys import SecretKey, subkey
from ournydesk.crypto.signing import Label, SigningKey
from ournydesk.domain.grants import Grant
from ournydesk.domain.operations import MOST_GRANTS, MOST_HEADER, Envelope, Header
from ournydesk.errors import Refused, Tampered

KEY_LABEL: Final = b"ourny/op/v1\0op"
CONTEXT_LABEL: Final = b"ourny/op/v1\0"
STEP: Final = 512
LARGE: Final = 8 * 1024
LENGTH_BYTES: Final = 4
MOST_PAYLOAD: Final = 2 * 1024 * 1024 - LENGTH_BYTES
"""Bytes; one more would be padded beyond what :data:`MOST_CIPHERTEXT` lets anybody take."""


class RecordKey(SecretKey):
    """The random key of one record in one version."""


class OperationKey(SecretKey):
    """What a record's key becomes for its operations."""


def grants_hash(grants: bytes) -> str:
    """What a header says of the grants beside it."""
    return hashlib.sha256(grants).hexdigest()


def padded(payload: bytes) -> bytes:
    """Length, payload, zeros: a multiple of 512 bytes up to 8 KiB, then the next power of two."""
    length = LENGTH_BYTES + len(payload)
    size = -(-length // STEP) * STEP if length <= LARGE else 1 << (length - 1).bit_length()
    return len(payload).to_bytes(LENGTH_BYTES, "big") + payload + bytes(size - length)


def unpadded(plain: bytes) -> bytes:
    """The payload. Raises Tampered for padding that is not ours."""
    length = int.from_bytes(plain[:LENGTH_BYTES], "big")
    payload = plain[LENGTH_BYTES : LENGTH_BYTES + length]
    if padded(payload) != plain:
        raise Tampered(what="padding")
    return payload


def seal_operation(
    header: Header, key: RecordKey, payload: bytes, grants: bytes, signer: SigningKey
) -> Envelope:
    """An operation, sealed and signed; ``header.grants`` is :func:`grants_hash` of ``grants``.

    Raises Refused("refused.too_large") for what every other desk would refuse by its size: once signed, it
    would stand in this desk's chain and hold back everything after it.
    """
    encoded = header.encoded()
    if header.grants != grants_hash(grants):
        raise ValueError("a header that names other grants")
    sizes = (("header", encoded, MOST_HEADER), ("grants", grants, MOST_GRANTS))
    for what, part, most in (*sizes, ("payload", payload, MOST_PAYLOAD)):
        if len(part) > most:
            raise Refused("refused.too_large", what=what, size=len(part), most=most)
    ct = sealing.seal(_operation_key(key), _context(encoded), padded(payload))
    return Envelope(header=encoded, grants=grants, ct=ct, sig=signer.sign(Label.OPERATION, encoded, ct))


def open_operation(envelope: Envelope, key: RecordKey) -> bytes:
    """The payload of an operation whose signature was checked. Raises Tampered."""
    return unpadded(sealing.unseal(_operation_key(key), _context(envelope.header), envelope.ct))


def grant_record(
    key: RecordKey, *, team: str, record: str, version: int, to: str, epoch: int, public: bytes
) -> Grant:
    """A record's key for a group in one epoch, or for a device (epoch 0)."""
    purpose = _purpose(team, record, version, to, epoch)
    return Grant(to, epoch, seal_to(public, purpose, key.reveal()))


def open_record_grant(grant: Grant, *, team: str, record: str, version: int, key: SealingKey) -> RecordKey:
    """The record's key a grant holds. Raises Tampered."""
    purpose = _purpose(team, record, version, grant.to, grant.epoch)
    opened = open_with(key, purpose, grant.sealed)
    if len(opened) != RecordKey.length:
        raise Tampered(what="grant")
    return RecordKey(opened)


def _purpose(team: str, record: str, version: int, to: str, epoch: int) -> Purpose:
    return Purpose(team=team, about=record, version=version, recipient=f"{to}#{epoch}")


def _operation_key(key: RecordKey) -> OperationKey:
    return OperationKey(subkey(key, KEY_LABEL))


def _context(header: bytes) -> bytes:
    return hashlib.sha256(CONTEXT_LABEL + header).digest()
