"""A desk in its team, and the team as its people see it. Layer: domain, standard library only.

Ids travel in the clear; display names do not: they are published to the group ``team``, sealed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from ournydesk.domain.membership import Role, Scope, UserId
from ournydesk.domain.operations import DeviceId, TeamId

TEAM: Final = "team"
"""The group of all devices: forms, blanks, names."""
STAFF: Final = "staff"
"""Staff attorneys, and those coordinators who may read cases."""
RECOVERY: Final = "recovery"
"""The public half of the recovery kit: a member of every epoch, never a device."""


def clinic_group(clinic: str) -> str:
    """The group of those who read one clinic's cases."""
    return f"clinic:{clinic}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who this vault is. Without a ``fingerprint`` it has asked to join and was not admitted yet."""

    team: TeamId
    user: UserId
    device: DeviceId
    name: str
    """The display name the person gave."""
    fingerprint: str = ""
    """Hash of the team's first entry, 64 hexadecimal digits; pinned when the desk joined."""
    server: str = ""
    """``https://host:port`` of the team's server, empty while there is none."""
    authority: bytes = field(default=b"", repr=False)
    """Certificate authority of that server as PEM, empty for the public ones."""

    @property
    def member(self) -> bool:
        """Whether this desk was admitted."""
        return bool(self.fingerprint)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentCard:
    """A request to join, as the manager sees it before admitting: who, and the words to compare."""

    name: str
    device: DeviceId
    words: tuple[str, ...]
    """Six words of the fingerprint of the device's public keys; read aloud, two are typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What somebody who is let in may do."""

    role: Role
    manages: bool = False
    reads: bool = False
    visits: str = ""
    """The id of the one clinic whose cases they read; empty for all of the team's."""
    scope: Scope | None = None
    """What a representative is accredited for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamDevice:
    """One desk of a person."""

    id: DeviceId
    revoked: bool
    heard_at: datetime | None = None
    """When this desk last received anything it signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMember:
    """One person of the team with their desks."""

    id: UserId
    name: str
    role: Role
    manages: bool
    reads: bool
    devices: tuple[TeamDevice, ...]
    here: bool = False
    """Whether this is the person at this desk."""
    scope: Scope | None = None
    """What a representative is accredited for."""
    seat: bool = False
    """Whether it is no person but a clinic's seat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinic:
    """One clinic day: its readers form the group :func:`clinic_group` names."""

    id: str
    title: str
    closes: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamView:
    """What the team screen shows."""

    name: str
    words: tuple[str, ...]
    """Eight words of the team's fingerprint."""
    members: tuple[TeamMember, ...]
    clinics: tuple[Clinic, ...]
    forms: tuple[str, ...]
    """Titles of the published forms."""
    blanks: tuple[str, ...]
    """Published agency blanks, ``N-400 01/20/25``."""
    manages: bool
    """Whether the person here may change any of it."""
    leads: bool = False
    """Whether the person here is a coordinator, who opens clinics and gives seats away."""
