"""Who may say what, and what follows from it. Layer: domain, standard library only.

Signatures are checked by what is passed in as ``verify``; every other rule of a team's log is here.
An entry changes the team as a whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from ournydesk.domain.ids import is_id
from ournydesk.domain.membership.entry import Entry, Statement, decode_entry, decode_statement
from ournydesk.domain.membership.fields import (
    body_of,
    bytes_in,
    count_in,
    fault,
    flag_in,
    id_in,
    policy_in,
    sealed,
)
from ournydesk.domain.membership.team import (
    EVERYONE,
    RECOVERY,
    Device,
    Group,
    Member,
    Role,
    Scope,
    Team,
    UserId,
    kinds_of,
)
from ournydesk.domain.operations import DeviceId, Head, TeamId
from ournydesk.errors import Refused

K = TypeVar("K")
V = TypeVar("V")
Verify = Callable[[bytes, bytes, bytes], None]
"""(public key, signature, statement): raises when the signature is not good."""
CheckKey = Callable[[bytes], None]
"""Raises when a public key is one nobody may enrol with."""


def replay(entries: tuple[bytes, ...], *, verify: Verify, check_key: CheckKey) -> Team:
    """The team a whole log adds up to. Raises what :func:`found` and :func:`apply` raise."""
    if not entries:
        raise fault("empty")
    team = found(decode_entry(entries[0]), verify=verify, check_key=check_key)
    for untrusted in entries[1:]:
        team = apply(team, decode_entry(untrusted), verify=verify, check_key=check_key)
    return team


def place_of(entry: Entry) -> int:
    """The place in the log an entry claims. Raises ProtocolFault("wire.fault.member")."""
    return count_in(decode_statement(entry.statement), "mseq")


def found(entry: Entry, *, verify: Verify, check_key: CheckKey) -> Team:
    """The team of a genesis entry: one coordinator, who manages people, and one device."""
    fields = decode_statement(entry.statement)
    if (fields["kind"], count_in(fields, "mseq"), fields["mprev"]) != (Statement.GENESIS, 0, ""):
        raise fault("genesis")
    body = body_of(fields, "user", "device", "sign", "seal", "policy", "recovery", "reads")
    device = _device(body)
    check_key(device.sign)
    if [signer for signer, _ in entry.signatures] != [device.id]:
        raise fault("signatures")
    verify(device.sign, entry.signatures[0][1], entry.statement)
    first = Member(id=device.user, role=Role.COORDINATOR, manages=True, reads=flag_in(body, "reads"))
    return Team(
        id=TeamId(id_in(fields, "team")),
        fingerprint=entry.hash,
        head=Head(0, entry.hash),
        members=MappingProxyType({first.id: first}),
        devices=MappingProxyType({device.id: device}),
        policy=MappingProxyType(policy_in(body)),
        recovery=bytes_in(body, "recovery") or None,
    )


def apply(team: Team, entry: Entry, *, verify: Verify, check_key: CheckKey) -> Team:
    """The team after one more entry.

    Raises ProtocolFault("wire.fault.member") for an entry that does not follow the head or is
    malformed, Refused("refused.member") with ``why`` for one that its signers may not make, and
    whatever ``verify`` raises for a bad signature.
    """
    fields = decode_statement(entry.statement)
    place = (fields["team"], count_in(fields, "mseq"), fields["mprev"])
    if place != (team.id, team.head.at + 1, team.head.hash):
        raise fault("chain")
    signers = set()
    for device_id, signature in entry.signatures:
        member = team.member_of(device_id)
        if member is None or not member.manages or not team.active(device_id):
            raise _refused("signer")
        verify(team.devices[device_id].sign, signature, entry.statement)
        signers.add(member.id)
    changed = _change(team, Statement(str(fields["kind"])), fields, check_key)
    if len(signers) < 2 and _needs_two(team, changed, frozenset(signers)):
        raise _refused("two_signatures")
    if not changed.able():
        raise _refused("last_manager")
    return replace(changed, head=Head(team.head.at + 1, entry.hash))


def _needs_two(before: Team, after: Team, signers: frozenset[UserId]) -> bool:
    """Whether two must agree, as soon as there are two who could sign.

    They must where the standing of somebody else who manages people is touched, the recovery key is
    replaced or the policy is loosened.
    """
    able = before.able()
    if len(able) < 2:
        return False
    loosened = any(
        isinstance(old, int) and _number(after.policy.get(name)) < old for name, old in before.policy.items()
    )
    if before.managers() != after.managers() or before.recovery != after.recovery or loosened:
        return True
    # Whoever adds a device in the name of another manager could sign twice as "two people".
    added = {after.devices[new].user for new in after.devices.keys() - before.devices.keys()}
    if (added & before.managers()) - signers:
        return True
    # A stolen laptop is shut out by one person where nobody else is left to sign with.
    silenced = able - after.able() - signers
    return bool(silenced) and len(able - silenced) >= 2


def _change(team: Team, kind: Statement, fields: Mapping[str, object], check_key: CheckKey) -> Team:
    match kind:
        case Statement.USER_ADD:
            return _add_member(team, fields)
        case Statement.USER_ROLE:
            return _change_member(team, fields)
        case Statement.USER_REMOVE:
            return _remove_member(team, fields)
        case Statement.DEVICE_ADD:
            return _add_device(team, fields, check_key)
        case Statement.DEVICE_REVOKE:
            return _revoke_device(team, fields)
        case Statement.GROUP_EPOCH:
            return _turn_epoch(team, fields)
        case Statement.POLICY_SET:
            return replace(team, policy=MappingProxyType(policy_in(body_of(fields, "policy"))))
        case Statement.RECOVERY_SET:
            key = _filled(body_of(fields, "recovery"), "recovery")
            return replace(team, recovery=key, recovery_at=team.head.at + 1)
        case _:  # a second genesis
            raise fault("genesis")


def _add_member(team: Team, fields: Mapping[str, object]) -> Team:
    member = _member(fields)
    # An id is never used again: what somebody who left had signed would become the newcomer's.
    if member.id in team.members or any(device.user == member.id for device in team.devices.values()):
        raise _refused("known")
    return replace(team, members=_with(team.members, member.id, member))


def _change_member(team: Team, fields: Mapping[str, object]) -> Team:
    member = _member(fields)
    before = team.members[_known(team.members, member.id)]
    mine = _devices_of(team, member.id)
    if kinds_of(before.role) - kinds_of(member.role) and mine:
        # A desk could date an operation back to when it was allowed; a revoked one has a last number.
        raise _refused("devices")
    if not member.reads and any(mine & group.members for group in team.groups.values() if _of_cases(group)):
        raise _refused("epoch_missing")
    return replace(team, members=_with(team.members, member.id, member))


def _remove_member(team: Team, fields: Mapping[str, object]) -> Team:
    user = _known(team.members, UserId(id_in(body_of(fields, "user"), "user")))
    if _devices_of(team, user):
        # Revoking says up to where a device counts and turns its groups' keys: that comes first.
        raise _refused("devices")
    return replace(team, members=_without(team.members, user))


def _add_device(team: Team, fields: Mapping[str, object], check_key: CheckKey) -> Team:
    device = _device(body_of(fields, "device", "user", "sign", "seal"))
    _known(team.members, device.user)
    check_key(device.sign)
    taken = any(device.sign == other.sign or device.seal == other.seal for other in team.devices.values())
    if taken or device.id in team.devices:
        raise _refused("known")
    return replace(team, devices=_with(team.devices, device.id, device))


def _revoke_device(team: Team, fields: Mapping[str, object]) -> Team:
    body = body_of(fields, "device", "last_seq", "epochs")
    device = team.devices[_known(team.devices, DeviceId(id_in(body, "device")))]
    member = team.member_of(device.id)
    if device.last_seq is not None or member is None:
        raise _refused("revoked")
    epochs = body["epochs"]
    if not isinstance(epochs, list):
        raise fault("epochs")
    revoked = replace(device, last_seq=count_in(body, "last_seq"), role=member.role)
    after = replace(team, devices=_with(team.devices, device.id, revoked))
    for epoch in epochs:
        after = _turn_epoch(after, {"body": epoch})
    if any(device.id in group.members for group in after.groups.values()):
        # Without a new epoch the revoked device could read what is written from now on.
        raise _refused("epoch_missing")
    return after


def _turn_epoch(team: Team, fields: Mapping[str, object]) -> Team:
    body = body_of(fields, "group", "epoch", "public", "members", "grants", "past")
    name = _group_name(body["group"])
    before = team.groups.get(name)
    epoch = count_in(body, "epoch")
    if epoch != (before.epoch if before else 0) + 1:
        raise fault("epoch")
    past = sealed(body["past"], "past")
    if bool(past) != (before is not None):
        raise fault("past")
    members = _group_members(team, body["members"])
    group = Group(
        name=name,
        epoch=epoch,
        public=_filled(body, "public"),
        members=members,
        grants=_grants(body["grants"], team, members),
        past=past,
        context=team.head.hash,
        at=team.head.at + 1,
        before=before,
    )
    if _of_cases(group) and not all(_reads(team, device) for device in members):
        raise _refused("reads")
    return replace(team, groups=_with(team.groups, name, group))


def _group_name(name: object) -> str:
    """A group's name, which cannot be taken for a device's id or for the recovery key."""
    if not isinstance(name, str) or not 0 < len(name) <= 64 or not name.isascii():
        raise fault("group")
    if is_id(name) or name == RECOVERY:
        raise fault("group")
    return name


def _group_members(team: Team, named: object) -> frozenset[DeviceId]:
    if not isinstance(named, list):
        raise fault("members")
    devices = frozenset(_known(team.devices, DeviceId(str(one))) for one in named)
    if len(devices) != len(named):
        raise fault("members")
    if not all(team.active(device) for device in devices):
        raise _refused("revoked")
    return devices


def _grants(found: object, team: Team, members: frozenset[DeviceId]) -> Mapping[str, bytes]:
    """One sealed key for each member, and for the recovery key when the team has one; no other."""
    if not isinstance(found, dict):
        raise fault("grants")
    expected = {*map(str, members), *((RECOVERY,) if team.recovery is not None else ())}
    grants = {name: sealed(value, "grants") for name, value in found.items()}
    if set(grants) != expected or not all(grants.values()):
        raise fault("grants")
    return MappingProxyType(grants)


def _member(fields: Mapping[str, object]) -> Member:
    body = body_of(fields, "user", "role", "manages", "reads", may="scope")
    try:
        role = Role(str(body["role"]))
    except ValueError as error:
        raise fault("role") from error
    scope = _scope(body, role)
    manages, reads = flag_in(body, "manages"), flag_in(body, "reads")
    if role is Role.VOLUNTEER and (manages or reads):
        raise _refused("volunteer_rights")
    return Member(id=UserId(id_in(body, "user")), role=role, manages=manages, reads=reads, scope=scope)


def _scope(body: Mapping[str, object], role: Role) -> Scope | None:
    if "scope" not in body:
        return None
    if role is not Role.REPRESENTATIVE:
        raise fault("scope")
    try:
        return Scope(str(body["scope"]))
    except ValueError as error:
        raise fault("scope") from error


def _device(body: Mapping[str, object]) -> Device:
    return Device(
        id=DeviceId(id_in(body, "device")),
        user=UserId(id_in(body, "user")),
        sign=_filled(body, "sign"),
        seal=_filled(body, "seal"),
    )


def _devices_of(team: Team, user: UserId) -> frozenset[DeviceId]:
    """A person's devices that were not revoked."""
    return frozenset(
        device.id for device in team.devices.values() if device.user == user and device.last_seq is None
    )


def _of_cases(group: Group) -> bool:
    return group.name != EVERYONE


def _reads(team: Team, device: DeviceId) -> bool:
    member = team.member_of(device)
    return member is not None and member.reads


def _filled(body: Mapping[str, object], name: str) -> bytes:
    value = bytes_in(body, name)
    if not value:
        raise fault(name)
    return value


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _known(present: Mapping[K, V], key: K) -> K:
    if key not in present:
        raise _refused("unknown")
    return key


def _with(present: Mapping[K, V], key: K, value: V) -> Mapping[K, V]:
    return MappingProxyType({**present, key: value})


def _without(present: Mapping[K, V], key: K) -> Mapping[K, V]:
    return MappingProxyType({other: value for other, value in present.items() if other != key})


def _refused(why: str) -> Refused:
    return Refused("refused.member", why=why)
