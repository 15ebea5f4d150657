"""An operation as this desk holds it, and where it stands. Layer: domain, standard library only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ournydesk.domain.operations import Header, OpId


class Standing(StrEnum):
    """What this desk did with an operation."""

    APPLIED = "applied"
    """Checked, opened, and part of what the screens show."""
    HELD = "held"
    """Checked as far as possible; waits for an earlier operation, an entry of the team or a key."""
    FOREIGN = "foreign"
    """Not for this desk to open; kept only to be carried to the server."""
    QUARANTINED = "quarantined"
    """Something is wrong with it. Kept, shown once, never applied; the rest goes on."""
    REFUSED = "refused"
    """Ours, and the server will not take it. Needs a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredOperation:
    """One operation with everything known about it here."""

    op_id: OpId
    header: Header
    envelope: bytes = field(repr=False)
    """Empty once it was dropped: foreign operations after the server has them."""
    payload: bytes = field(default=b"", repr=False)
    """What was sealed, while this desk may read it; empty otherwise, and after a purge."""
    standing: Standing
    why: str = ""
    n: int | None = None
    """Its position in the team's log, re-read in the verified chain; None while it has none."""
    offered_at: datetime | None = None
    """When it was last being sent somewhere."""
    carried_at: datetime | None = None
    """When a relay or a stick took it, or brought it."""
    received_at: datetime | None = None
    """When a reader signed that it opened it."""
    arrived_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WireCounts:
    """What waits and what is wrong, for the status bar and the sync screen."""

    waiting: int = 0
    """Operations that no server has numbered yet."""
    held: int = 0
    quarantined: int = 0
    refused: int = 0
