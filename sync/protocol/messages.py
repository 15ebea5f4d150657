"""What the two ends say to each other, as values. Layer: protocol. PROTOCOL.md has the words and examples."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ournydesk.domain.operations import DeviceId, Head, OpId


class Outcome(StrEnum):
    """What can become of a pushed operation."""

    OK = "ok"
    DUP = "dup"
    """It was here."""
    GAP = "gap"
    """An earlier one of its device is missing."""
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """A device asks for something to sign."""

    device: DeviceId


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeGiven:
    """Sign this. Every device gets one, known or not."""

    nonce: bytes
    expires: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenAsked:
    """The signature over host, device and nonce."""

    device: DeviceId
    nonce: bytes
    signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenGiven:
    """Whoever shows this is the device, for a quarter of an hour."""

    token: str = field(repr=False)
    expires: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How far the other end is, and how far it knows this device."""

    api_min: int
    api_max: int
    server: str
    """Random id of this instance; another id is another mailbox."""
    numbered: bool
    """Whether it gives positions: a server does, a relay does not."""
    head: Head
    """The team's log: last position and the chain there; a relay's last arrival."""
    members: int
    """How many entries of the membership log it holds."""
    member_hash: str
    """Hash of the last of them."""
    device_high: Head
    """The last place of this device's own chain it holds, and that operation's id; (0, NO_OP) for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """Operations, in the order of their device's chain."""

    ops: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpResult:
    """What became of one pushed operation."""

    op_id: OpId
    said: Outcome
    n: int = 0
    """Its position, 0 where there is none."""
    code: str = ""
    """Why not: one of ``faults.REFUSALS``."""
    expect: int = 0
    """For a gap: the place in the device's chain that is expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """What became of all of them."""

    results: tuple[OpResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One position of the log; the operation itself for those entitled to it."""

    n: int
    op_id: OpId
    op: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The log behind a position."""

    since: int
    entries: tuple[LogEntry, ...]
    head: Head
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """Entries of the membership log, from ``since`` on."""

    since: int
    entries: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMembers:
    """Entries to append."""

    entries: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateTeam:
    """A team comes to a server, with the operator's one-time token."""

    token: str = field(repr=False)
    entries: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsHeld:
    """Which parts of an attachment are there."""

    have: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a request was not served: a code, never a sentence."""

    code: str
    """One of ``faults.STATUS``."""
    head: Head | None = None
    """With ``member_race``: the entry that stands at the end of the membership log."""
