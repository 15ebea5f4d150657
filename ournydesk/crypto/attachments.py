"""Documents sealed under a key of their own. Layer: crypto. See FORMAT.md, "Attachments".

The key, the name and the hashes of the parts travel inside the record's sealed payload.
"""

from __future__ import annotations

import hashlib
from typing import Final

from ournydesk.crypto import envelope
from ournydesk.crypto.keys import SecretKey
from ournydesk.domain.attachments import PART_BYTES, padded_size
from ournydesk.errors import Tampered

LABEL: Final = b"ourny/blob/v1\0"


class AttachmentKey(SecretKey):
    """The random key of one document."""


def seal_attachment(key: AttachmentKey, *, team: str, record: str, blob: str, plain: bytes) -> bytes:
    """A document, padded and sealed; bound to its team, record, name and true size."""
    context = _context(team, record, blob, len(plain))
    return envelope.seal(key, context, plain + bytes(padded_size(len(plain)) - len(plain)))


def open_attachment(
    key: AttachmentKey, *, team: str, record: str, blob: str, size: int, untrusted: bytes
) -> bytes:
    """The document. Raises Tampered for any other key, place, size or byte."""
    plain = envelope.unseal(key, _context(team, record, blob, size), untrusted)
    if len(plain) != padded_size(size) or any(plain[size:]):
        raise Tampered(what="padding")
    return plain[:size]


def cut(sealed: bytes) -> tuple[tuple[str, bytes], ...]:
    """The parts it travels in, each with its SHA-256 in hexadecimal."""
    parts = (sealed[start : start + PART_BYTES] for start in range(0, len(sealed), PART_BYTES))
    return tuple((hashlib.sha256(part).hexdigest(), part) for part in parts)


def is_part(sha256: str, untrusted: bytes) -> bool:
    """Whether bytes are the part of that name."""
    return hashlib.sha256(untrusted).hexdigest() == sha256


def _context(team: str, record: str, blob: str, size: int) -> bytes:
    parts = (team.encode("ascii"), record.encode("ascii"), blob.encode("ascii"), size.to_bytes(8, "big"))
    return envelope.digest(LABEL, *parts)
