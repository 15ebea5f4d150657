"""Seats of a clinic: who they were given to, who sat down, whose work is whose. Layer: domain.

A seat is an ordinary desk of a volunteer, made ready before the clinic. A lead gives it to a person at
the door, offline; the person types a name when they sit down. Two leads may give one seat to two people
without having seen each other: both stand until one of them settles it, and nothing written there is ever
without an author.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from ournydesk.domain.ids import VaultId
from ournydesk.domain.operations import DeviceId
from ournydesk.domain.record import Dot
from ournydesk.domain.team import Clinic

FINISHING: Final = timedelta(minutes=30)
"""How long after the close an intake that was begun before it may be finished: the client sits there."""

LATE: Final = timedelta(hours=12)
"""How long after its end an assignment still names an author: what was typed is sealed at the lock."""


class SeatState(StrEnum):
    """How a seat stands at a moment."""

    PREPARED = "prepared"
    ASSIGNED = "assigned"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatCard:
    """What is printed on a seat's card. The words are on no disk: who drops this value has lost them."""

    vault: VaultId
    number: int
    name: str
    """As the unlock screen lists it."""
    words: tuple[str, ...]
    clinic: Clinic

    def __repr__(self) -> str:
        """Without the words."""
        return f"SeatCard(number={self.number}, name={self.name!r})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A lead gave the seat to somebody."""

    dot: Dot
    name: str
    by: str
    """What the lead is called."""
    begins: datetime
    until: datetime
    over: tuple[Dot, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """Somebody typed a name at the seat; ``dseq`` is the place in the seat's chain where it was sealed."""

    name: str
    dseq: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A seat as every desk of the team can work it out."""

    device: DeviceId
    number: int
    name: str
    clinic: Clinic | None
    """None when its clinic is not known here."""
    revoked: bool = False
    assignments: tuple[Assignment, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    """By their place in the chain."""
    heard_at: datetime | None = None

    def state(self, now: datetime) -> SeatState:
        """How it stands."""
        if self.revoked:
            return SeatState.REVOKED
        if self.clinic is None or self.clinic.closes <= now:
            return SeatState.EXPIRED
        return SeatState.ASSIGNED if holders(self.assignments, now) else SeatState.PREPARED

    def typed(self, dseq: int) -> str:
        """The name typed before the seat signed what stands at this place; empty before the first."""
        earlier = [sitting for sitting in self.sittings if sitting.dseq <= dseq]
        return max(earlier, key=lambda sitting: sitting.dseq).name if earlier else ""

    def author(self, dseq: int, at: datetime) -> str:
        """Who wrote what the seat signed at this place and time, as it is shown beside the record."""
        typed = self.typed(dseq)
        given = tuple(dict.fromkeys(one.name for one in holders(self.assignments, at)))
        if not given:
            return f"{typed} ({self.name})" if typed else self.name
        people = " or ".join(given)
        if typed and not any(same_person(typed, name) for name in given):
            return f"{people} ({self.name}; “{typed}” was typed there)"
        return f"{people} ({self.name})"

    def disagrees(self, now: datetime) -> bool:
        """Whether somebody has to settle who sits here: two assignments, or another name was typed."""
        held = holders(self.assignments, now)
        given = {_folded(one.name) for one in held}
        if len(given) > 1:
            return True
        last = self.sittings[-1] if self.sittings else None
        if last is None or not held or last.at < held[0].begins:
            return False  # nobody sat down since it was given to somebody
        return _folded(last.name) not in given


def holders(assignments: Iterable[Assignment], at: datetime) -> tuple[Assignment, ...]:
    """Whose the seat was at a moment, in the order in which it was given; several where nobody settled it.

    An assignment that names another in ``over`` takes the seat from it at the time where it begins itself:
    what was written before stays with the one who sat there.
    """
    known = tuple(assignments)
    ends: dict[Dot, datetime] = {}
    for later in known:
        for dot in later.over:
            ends[dot] = min(later.begins, ends.get(dot, later.begins))
    held = [
        one for one in known if one.begins <= at < min(one.until + LATE, ends.get(one.dot, one.until + LATE))
    ]
    return tuple(sorted(held, key=lambda one: (one.begins, one.dot)))


def standing(assignments: Iterable[Assignment]) -> tuple[Dot, ...]:
    """Everything a new assignment stands in place of: all that is known here."""
    return tuple(sorted(one.dot for one in assignments))


def same_person(one: str, other: str) -> bool:
    """Whether two names are the same but for capitals and blanks."""
    return _folded(one) == _folded(other)


def may_begin(clinic: Clinic, now: datetime) -> bool:
    """Whether a new intake may be started at a seat of this clinic."""
    return now < clinic.closes


def may_change(clinic: Clinic, begun: datetime, now: datetime) -> bool:
    """Whether an intake may be changed there: after the close only one begun before it, for a while."""
    return now < clinic.closes or (begun < clinic.closes and now < clinic.closes + FINISHING)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
