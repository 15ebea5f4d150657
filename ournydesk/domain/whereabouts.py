"""Where everything is that was written here or came here, as one page lists it. Layer: domain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ournydesk.domain.ids import IntakeId
from ournydesk.domain.intake import Status
from ournydesk.domain.operations import OpId
from ournydesk.domain.oplog import Standing
from ournydesk.domain.wire import WireView


class WaitsFor(StrEnum):
    """Why a record has not come further."""

    NOTHING = ""
    """A reader signed that it was opened."""
    CONSENT = "consent"
    """The client has not agreed: nothing leaves before."""
    CLINIC = "clinic"
    """No clinic is open, so there is nobody to seal it to."""
    ROUND = "round"
    """The next round with the server, the relay or a stick."""
    SERVER = "server"
    """It was handed on; the server has not numbered it."""
    HAND_OVER = "hand_over"
    """Its author has not given it to the legal team yet."""
    READER = "reader"
    """Nobody of the legal team has signed that it was opened."""
    PERSON = "person"
    """Something of it was refused or set aside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One record: how far it came, and what it waits for."""

    id: IntakeId
    ticket: int
    title: str
    changed_at: datetime
    status: Status
    readers: int
    """How many people signed that they opened it."""
    waits_for: WaitsFor


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """One operation that goes no further by itself: held, refused or quarantined."""

    op_id: OpId
    ticket: int | None
    """Of the intake it belongs to, None where that is not here."""
    by: str
    """The person whose desk signed it, empty where nobody known did."""
    own: bool
    standing: Standing
    why: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OnItsWay:
    """One document of which a part is missing here or on the server."""

    ticket: int | None
    parts: int
    have: int
    sent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOut:
    """Whether anything on this laptop is nowhere else. Everything was sealed before this was counted."""

    at: datetime
    drafts: int = 0
    """Intakes without the client's agreement."""
    unsealed: int = 0
    """Intakes with answers that no operation could hold yet."""
    waiting: int = 0
    """Operations that were not re-read in the server's log."""
    refused: int = 0
    documents: int = 0
    """Documents of which the server does not have every part."""
    unread: int = 0
    """Records on the server that no reader signed for; they do not keep the laptop here."""
    head_words: tuple[str, ...] = ()

    @property
    def clear(self) -> bool:
        """Nothing would be lost with this laptop."""
        return not (self.drafts or self.unsealed or self.waiting or self.refused or self.documents)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Everything the page shows."""

    wire: WireView
    places: tuple[Place, ...]
    """What needs a person first, then what came least far, then the last changed."""
    asides: tuple[Aside, ...]
    documents: tuple[OnItsWay, ...]
    """Documents that are being sent or fetched."""
    manages: bool
    """Whether the person here lets people in: who then says what an alarm was."""
    now: datetime
