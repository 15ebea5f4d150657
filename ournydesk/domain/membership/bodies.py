"""What goes into a statement, in one spelling. Layer: domain, standard library only.

A body that follows from these is read back by ``replay``; who may say it is decided there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ournydesk.domain.membership.fields import spelled
from ournydesk.domain.membership.team import Role, Scope, UserId
from ournydesk.domain.operations import DeviceId

Body = dict[str, object]


def genesis_body(
    *,
    user: UserId,
    device: DeviceId,
    sign: bytes,
    seal: bytes,
    reads: bool,
    recovery: bytes = b"",
    policy: Mapping[str, object] | None = None,
) -> Body:
    """The team begins: its first coordinator, on one device."""
    keys = {"sign": sign.hex(), "seal": seal.hex(), "recovery": recovery.hex()}
    return {"user": user, "device": device, "reads": reads, "policy": dict(policy or {}), **keys}


def user_body(
    *, user: UserId, role: Role, manages: bool = False, reads: bool = False, scope: Scope | None = None
) -> Body:
    """A person and their rights, for ``user.add`` and ``user.role``; ``scope`` of a representative only."""
    said = {"scope": scope.value} if scope is not None else {}
    return {"user": user, "role": role.value, "manages": manages, "reads": reads, **said}


def device_body(*, device: DeviceId, user: UserId, sign: bytes, seal: bytes) -> Body:
    """A device of a person, with its two public keys."""
    return {"device": device, "user": user, "sign": sign.hex(), "seal": seal.hex()}


def revoke_body(*, device: DeviceId, last_seq: int, epochs: Sequence[Mapping[str, object]] = ()) -> Body:
    """A device is out after its operation ``last_seq``; each of its groups turns its key with it."""
    return {"device": device, "last_seq": last_seq, "epochs": [dict(epoch) for epoch in epochs]}


def epoch_body(
    *,
    group: str,
    epoch: int,
    public: bytes,
    members: Collection[DeviceId],
    grants: Mapping[str, bytes],
    past: bytes,
) -> Body:
    """A group's next key: ``grants`` and ``past`` are sealed private keys, see :class:`Group`."""
    return {
        "group": group,
        "epoch": epoch,
        "public": public.hex(),
        "members": sorted(members),
        "grants": {name: spelled(grants[name]) for name in sorted(grants)},
        "past": spelled(past),
    }
