"""A document that belongs to a record, and how far its sealed parts have come. Layer: domain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, NewType

from ournydesk.domain.operations import OpId, RecordId

BlobId = NewType("BlobId", str)
"""Random; all a server learns of a document besides its padded size."""
PART_BYTES: Final = 1024 * 1024
MOST_BYTES: Final = 25 * 1024 * 1024
"""Bytes of one document, before it is sealed."""
MOST_PARTS: Final = 26
MOST_OF_RECORD: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """One document as this desk holds it: sealed, in parts that are named by their hashes."""

    blob: BlobId
    record: RecordId
    op_id: OpId
    """The operation that says what it is, and holds its key."""
    hashes: tuple[str, ...]
    """SHA-256 of every part, hexadecimal, in order."""
    have: int
    """How many of them are here."""
    sent: int
    """How many of them the server was seen to have."""

    @property
    def whole(self) -> bool:
        """Whether all of it is here."""
        return self.have == len(self.hashes)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCard:
    """A document in the list of its record."""

    blob: BlobId
    name: str
    size: int
    """Bytes before sealing."""
    by: str
    at: datetime
    parts: int
    have: int
    sent: int


def padded_size(size: int) -> int:
    """PURBs' Padmé: at most twelve per cent more, and few sizes to tell documents apart by.

    Source: Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs",
    2019, algorithm 1.
    """
    if size < 2:
        return size
    exponent = size.bit_length() - 1
    low = exponent - exponent.bit_length()
    mask = (1 << low) - 1 if low > 0 else 0
    return (size + mask) & ~mask
