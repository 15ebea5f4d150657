"""A client takes the yes back: who has what was said by then. Layer: domain, standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ournydesk.domain.intake import Status
from ournydesk.domain.operations import RecordId


class Way(StrEnum):
    """How a desk came to be able to read a record."""

    GROUP = "group"
    """It reads the cases of the clinic, or of the whole team."""
    LENT = "lent"
    """The record was lent to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A desk that has what was sealed, or gets it with its next sync."""

    name: str
    """Its person's, empty where it was never published."""
    way: Way
    opened_at: datetime | None = None
    """When it signed that it opened the record, as this desk heard of it; None when it did not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """Who has a record, and how far its bytes have come. What was printed or exported no desk can know."""

    record: RecordId
    ticket: int
    status: Status
    sealed: bool = False
    """Whether anything was ever sealed; before, a no destroys all there is."""
    holders: tuple[Holder, ...] = ()
    told: bool = False
    """Whether this desk has told the readers, in the record itself."""
