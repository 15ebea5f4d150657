"""The keys of a group, epoch by epoch. Layer: crypto. See FORMAT.md, "Groups".

Each epoch has a key pair of its own, granted to every member. The private half of the epoch before is
sealed to the new public half, so who is a member now can read everything from the beginning, and who was
left out of the new epoch can read nothing of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ournydesk.crypto.grants import Purpose, SealingKey, open_with, seal_to
from ournydesk.errors import Tampered

PAST: Final = "past"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEpoch:
    """A group's next key, and what of it goes into the team's log."""

    key: SealingKey
    public: bytes = field(repr=False)
    grants: Mapping[str, bytes] = field(repr=False)
    past: bytes = field(repr=False)


def turn_epoch(
    *,
    team: str,
    group: str,
    epoch: int,
    mprev: str,
    members: Mapping[str, bytes],
    previous: SealingKey | None,
) -> NewEpoch:
    """A fresh key for a group: ``members`` are public keys by device, and by *recovery*.

    ``mprev`` is the hash of the log entry this one follows; grants open nowhere else.
    """
    key = SealingKey.fresh()
    public = key.public()
    grants = {
        member: seal_to(theirs, _purpose(team, group, epoch, member, mprev), key.reveal())
        for member, theirs in members.items()
    }
    past = b""
    if previous is not None:
        past = seal_to(public, _purpose(team, group, epoch, PAST, mprev), previous.reveal())
    return NewEpoch(key=key, public=public, grants=grants, past=past)


def open_epoch(
    *, team: str, group: str, epoch: int, mprev: str, device: str, sealed: bytes, key: SealingKey
) -> SealingKey:
    """The group's key as it was granted to one member. Raises Tampered."""
    return _key(open_with(key, _purpose(team, group, epoch, device, mprev), sealed))


def walk_back(*, team: str, group: str, epoch: int, mprev: str, past: bytes, key: SealingKey) -> SealingKey:
    """The key of the epoch before ``epoch``, opened with that epoch's own. Raises Tampered."""
    return _key(open_with(key, _purpose(team, group, epoch, PAST, mprev), past))


def _purpose(team: str, group: str, epoch: int, recipient: str, mprev: str) -> Purpose:
    return Purpose(team=team, about=group, version=epoch, recipient=recipient, context=mprev)


def _key(opened: bytearray) -> SealingKey:
    if len(opened) != SealingKey.length:
        raise Tampered(what="epoch")
    return SealingKey(opened)
