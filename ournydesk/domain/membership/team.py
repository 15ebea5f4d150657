"""A team as a value: people, their devices, groups, rights. Layer: domain, standard library only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NewType

from ournydesk.domain.operations import DeviceId, Head, Kind, TeamId

UserId = NewType("UserId", str)
EVERYONE: Final = "team"
"""The group of all devices, ``domain/team`` calls it TEAM; those who read no cases may be in it too."""
RECOVERY: Final = "recovery"
"""Names the recovery key beside a group's members; no group is called that."""


class Role(StrEnum):
    """What a person does at clinics; what they may do follows from it."""

    VOLUNTEER = "volunteer"
    REPRESENTATIVE = "representative"
    ATTORNEY = "attorney"
    COORDINATOR = "coordinator"


class Scope(StrEnum):
    """What the Department of Justice accredited a representative for (8 CFR 1292.1(a)(4))."""

    PARTIAL = "partial"
    """Before the Department of Homeland Security only."""
    FULL = "full"
    """Before the immigration courts too."""


READERS: Final = frozenset((Role.REPRESENTATIVE, Role.ATTORNEY, Role.COORDINATOR))
WRITES: Final[Mapping[Kind, frozenset[Role]]] = MappingProxyType(
    {
        Kind.CREATE: frozenset(Role),
        Kind.EDIT: frozenset(Role),
        Kind.GRANT: frozenset(Role),
        Kind.REKEY: READERS,
        Kind.ACKNOWLEDGE: READERS,
        Kind.ERASE: frozenset((Role.COORDINATOR,)),
        Kind.PUBLISH: frozenset((Role.COORDINATOR,)),
        Kind.ASSIGN_SEAT: frozenset((Role.COORDINATOR,)),
        Kind.AUDIT: frozenset(Role),
    }
)
"""Which role may author which kind of operation; whose record it is, is checked where records are."""


def kinds_of(role: Role) -> frozenset[Kind]:
    """The kinds of operation a role may author."""
    return frozenset(kind for kind, roles in WRITES.items() if role in roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person of the team. *Manage people* and *read cases* are separate rights."""

    id: UserId
    role: Role
    manages: bool = False
    reads: bool = False
    scope: Scope | None = None
    """Of a representative; None where nobody said it, as in entries of before there was a scope."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """One vault on one laptop. ``last_seq`` is set when it was revoked: nothing later counts."""

    id: DeviceId
    user: UserId
    sign: bytes
    seal: bytes = field(repr=False)
    last_seq: int | None = None
    role: Role | None = None
    """The role its person had when it was revoked: what it signed until then stays judged by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Who can open what is written to a group, and the public half of its current key."""

    name: str
    epoch: int
    public: bytes = field(repr=False)
    members: frozenset[DeviceId] = frozenset()
    grants: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    """The private half, sealed to each member device and to the word ``recovery``."""
    past: bytes = field(default=b"", repr=False)
    """The private half of the epoch before, sealed to this one; empty for the first."""
    context: str = ""
    """Hash of the log entry before the one that made this epoch; grants and past are bound to it."""
    at: int = 0
    """The place in the log of the entry that made this epoch."""
    before: Group | None = field(default=None, repr=False)
    """The epoch before this one, None for the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """The team after some entries. A value: applying an entry makes a new one."""

    id: TeamId
    fingerprint: str
    head: Head
    members: Mapping[UserId, Member]
    devices: Mapping[DeviceId, Device]
    groups: Mapping[str, Group] = field(default_factory=lambda: MappingProxyType({}))
    policy: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    recovery: bytes | None = None
    recovery_at: int = 0
    """The place in the log of the entry that set the recovery key."""

    def member_of(self, device: DeviceId) -> Member | None:
        """The person a device belongs to, None when either left the team."""
        found = self.devices.get(device)
        return None if found is None else self.members.get(found.user)

    def active(self, device: DeviceId) -> bool:
        """Whether the device is in the team and was not revoked."""
        return self.member_of(device) is not None and self.devices[device].last_seq is None

    def accepts(self, device: DeviceId, dseq: int, kind: Kind) -> bool:
        """Whether an operation of this kind, at this place in the device's chain, is to be obeyed.

        What a person signed before they left stays good: their devices are revoked before they go.
        """
        found, member = self.devices.get(device), self.member_of(device)
        if found is None:
            return False
        if found.last_seq is not None:
            return found.role in WRITES[kind] and dseq <= found.last_seq
        return member is not None and member.role in WRITES[kind]

    def managers(self) -> frozenset[UserId]:
        """The people who may change who is in the team."""
        return frozenset(member.id for member in self.members.values() if member.manages)

    def able(self) -> frozenset[UserId]:
        """The people who manage and have a device left to sign with."""
        signing = {device.user for device in self.devices.values() if device.last_seq is None}
        return self.managers() & signing


def behind(team: Team) -> tuple[str, ...]:
    """The groups whose key was made before the present recovery key, so that it opens none of them yet.

    Nothing where the team has no recovery key.
    """
    if team.recovery is None:
        return ()
    return tuple(
        sorted(
            name
            for name, group in team.groups.items()
            if RECOVERY not in group.grants or group.at <= team.recovery_at
        )
    )


def entitled(team: Team, device: DeviceId, to: tuple[str, ...]) -> bool:
    """Whether something written ``to`` these groups and devices may be handed to a device.

    ``team`` is every device that was not revoked; a revoked device is entitled to nothing.
    """
    if not team.active(device):
        return False
    return any(
        one in (device, EVERYONE) or (one in team.groups and device in team.groups[one].members) for one in to
    )
