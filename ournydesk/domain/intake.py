"""An intake as a list shows it. Layer: domain, standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ournydesk.domain.ids import IntakeId


class Status(StrEnum):
    """How far an intake's bytes have come; the words people read are in ``ui/messages.py``."""

    ON_THIS_LAPTOP = "on_this_laptop"
    SENDING = "sending"
    CARRIED = "carried"
    ON_THE_SERVER = "on_the_server"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeHead:
    """What an intake was started with. Never changes: form, version and hash are pinned."""

    id: IntakeId
    ticket: int
    form_id: str
    form_version: str
    form_hash: str
    form_title: str
    language: str
    """The client's language as the form names it, ``Bengali (bn)``."""
    started_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Counts for the list of intakes, taken when the intake was last saved by a screen."""

    sections_done: int = 0
    sections: int = 0
    missing: int = 0
    attention: int = 0
    agreed: bool = False
    """Whether the client has agreed that the answers are kept and read; nothing is sealed before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeRow:
    """One line of the list of intakes; carries no client's name."""

    head: IntakeHead
    progress: Progress
    changed_at: datetime
    status: Status = Status.ON_THIS_LAPTOP
    handed_over: bool = False
    """Whether its author gave it to the legal team."""
    purged: bool = False
    """Whether this laptop has let go of everything the client said."""
    needs_you: str = ""
    """Why a person has to look, as a message code; empty when nobody has to."""
