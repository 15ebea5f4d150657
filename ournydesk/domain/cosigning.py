"""What a statement would change about a team, for the second person who is asked to sign it. Layer: domain.

Worked out from the team before and after, not from what the statement says of itself: who signs reads what
will be so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ournydesk.domain.membership import Member, Team, UserId


class What(StrEnum):
    """Which thing changes."""

    KIT = "kit"
    JOINS = "joins"
    RIGHTS = "rights"
    LEAVES = "leaves"
    DESK_IN = "desk_in"
    DESK_OUT = "desk_out"
    POLICY = "policy"
    KEYS = "keys"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that will be so. ``was`` and ``becomes`` are a person's rights, None where they have none."""

    what: What
    user: UserId | None = None
    """Whom it is about."""
    was: Member | None = None
    becomes: Member | None = None
    name: str = ""
    """Of a policy; of a group whose key turns."""
    before: str = ""
    after: str = ""
    """A policy's values, empty where there is none; of a kit its public half in hexadecimal digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A half-signed statement as the second person reads it."""

    by: str
    """Display name of who signed first."""
    changes: tuple[Change, ...]
    names: dict[UserId, str]
    """What the people in it are called."""
    kit: tuple[str, ...] = ()
    """The words that name the new recovery kit, where there is one."""


def changes(before: Team, after: Team) -> tuple[Change, ...]:
    """Everything that a person would want to know of, in one order on every desk."""
    return tuple(_changes(before, after))


def _changes(before: Team, after: Team) -> Iterator[Change]:
    if before.recovery != after.recovery:
        yield Change(
            what=What.KIT, before=(before.recovery or b"").hex(), after=(after.recovery or b"").hex()
        )
    for user in sorted(before.members.keys() | after.members.keys()):
        was, becomes = before.members.get(user), after.members.get(user)
        if was != becomes:
            what = What.JOINS if was is None else What.LEAVES if becomes is None else What.RIGHTS
            yield Change(what=what, user=user, was=was, becomes=becomes)
    for device in sorted(before.devices.keys() | after.devices.keys()):
        old, new = before.devices.get(device), after.devices[device]
        if old is None:
            yield Change(what=What.DESK_IN, user=new.user)
        elif old.last_seq is None and new.last_seq is not None:
            yield Change(what=What.DESK_OUT, user=new.user)
    for name in sorted(before.policy.keys() | after.policy.keys()):
        held, holds = before.policy.get(name), after.policy.get(name)
        if held != holds:
            yield Change(what=What.POLICY, name=name, before=_shown(held), after=_shown(holds))
    for name in sorted(after.groups):
        if before.groups.get(name) != after.groups[name]:
            yield Change(what=What.KEYS, name=name)


def _shown(value: object) -> str:
    return "" if value is None else str(value)
