"""A batch of cases on its way out of the house. Layer: domain, standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ournydesk.domain.operations import RecordId


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who can open a batch: an age public key, and where it is known from."""

    name: str
    key: str
    words: tuple[str, ...]
    source: str
    """``team``, ``recovery``, ``here`` or ``typed``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A case that is not in the batch, and why: ``no_consent``, ``conflict``, ``unreadable``."""

    record: RecordId
    client: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPlan:
    """What a batch would hold."""

    records: tuple[RecordId, ...]
    forms: tuple[tuple[str, int], ...]
    """Titles of the forms and how many cases of each."""
    left_out: tuple[LeftOut, ...]
    recipients: tuple[Recipient, ...]
    signed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchDone:
    """A batch that was written, opened again and compared."""

    path: Path
    cases: int
    size: int
    """Bytes of the file."""
    sha256: str
