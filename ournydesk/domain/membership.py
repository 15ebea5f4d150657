"""The team, as everyone can work it out from its signed log. Layer: domain, standard library only.

The log is a hash chain of statements that starts with the team's genesis. Every client replays it and
obeys only what follows from it; a server can hold it back but cannot add to it. Signatures are checked
by what is passed in as ``verify``; everything else about who may do what is here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NewType, TypeVar

from ournydesk.domain.ids import ID_PATTERN
from ournydesk.domain.operations import DeviceId, Head, Kind, TeamId
from ournydesk.domain.strict_json import NotStrictJson, loads
from ournydesk.errors import ProtocolFault, Refused

UserId = NewType("UserId", str)
K = TypeVar("K")
V = TypeVar("V")
MAGIC: Final = b"ourny-mb\x01"
VERSION: Final = 1
SIGNATURE_BYTES: Final = 64
MOST_STATEMENT: Final = 256 * 1024
MOST_SIGNERS: Final = 2
FIELDS: Final = frozenset(("v", "team", "mseq", "mprev", "kind", "body"))


class Role(StrEnum):
    """What a person does at clinics; what they may do follows from it."""

    VOLUNTEER = "volunteer"
    REPRESENTATIVE = "representative"
    ATTORNEY = "attorney"
    COORDINATOR = "coordinator"


class Statement(StrEnum):
    """What an entry of the log says."""

    GENESIS = "genesis"
    USER_ADD = "user.add"
    USER_ROLE = "user.role"
    USER_REMOVE = "user.remove"
    DEVICE_ADD = "device.add"
    DEVICE_REVOKE = "device.revoke"
    GROUP_EPOCH = "group.epoch"
    POLICY_SET = "policy.set"
    RECOVERY_SET = "recovery.set"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person of the team. *Manage people* and *read cases* are separate rights."""

    id: UserId
    role: Role
    manages: bool = False
    reads: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """One vault on one laptop. ``last_seq`` is set when it was revoked: nothing later counts."""

    id: DeviceId
    user: UserId
    sign: bytes
    seal: bytes = field(repr=False)
    last_seq: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Who can open what is written to a group, and the public half of its current key."""

    name: str
    epoch: int
    public: bytes = field(repr=False)
    members: frozenset[DeviceId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One statement of the log as bytes, with one or two signatures over them."""

    statement: bytes = field(repr=False)
    signatures: tuple[tuple[DeviceId, bytes], ...] = field(repr=False)

    @property
    def hash(self) -> str:
        """Names the entry and everything before it."""
        hashed = hashlib.sha256()
        for part in (self.statement, *(signature for _, signature in self.signatures)):
            hashed.update(len(part).to_bytes(8, "big") + part)
        return hashed.hexdigest()

    def encoded(self) -> bytes:
        """The entry as it is stored and sent."""
        signed = b"".join(bytes.fromhex(device) + signature for device, signature in self.signatures)
        length = len(self.statement).to_bytes(4, "big")
        return MAGIC + length + self.statement + bytes((len(self.signatures),)) + signed


def encode_statement(
    team: TeamId, mseq: int, mprev: str, kind: Statement, body: Mapping[str, object]
) -> bytes:
    """The bytes that are signed; made once, by the first signer."""
    fields = {
        "v": VERSION,
        "team": team,
        "mseq": mseq,
        "mprev": mprev,
        "kind": kind.value,
        "body": dict(body),
    }
    return json.dumps(fields, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def decode_entry(untrusted: bytes) -> Entry:
    """Split an entry into its parts. Raises ProtocolFault("wire.fault.member")."""
    start = len(MAGIC) + 4
    if not untrusted.startswith(MAGIC) or len(untrusted) < start:
        raise _fault("magic")
    length = int.from_bytes(untrusted[len(MAGIC) : start], "big")
    end = start + length
    if length > MOST_STATEMENT or len(untrusted) < end + 1:
        raise _fault("length")
    signers = untrusted[end]
    each = 16 + SIGNATURE_BYTES
    if not 1 <= signers <= MOST_SIGNERS or len(untrusted) != end + 1 + signers * each:
        raise _fault("signatures")
    pairs = []
    for index in range(signers):
        at = end + 1 + index * each
        pairs.append((DeviceId(untrusted[at : at + 16].hex()), untrusted[at + 16 : at + each]))
    if len({device for device, _ in pairs}) != signers:
        raise _fault("signatures")
    return Entry(statement=untrusted[start:end], signatures=tuple(pairs))


Verify = Callable[[bytes, bytes, bytes], None]
"""(public key, signature, statement): raises when the signature is not good."""
CheckKey = Callable[[bytes], None]
"""Raises when a public key is one nobody may enrol with."""


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

    def member_of(self, device: DeviceId) -> Member | None:
        """The person a device belongs to, None when either left the team."""
        found = self.devices.get(device)
        return None if found is None else self.members.get(found.user)

    def accepts(self, device: DeviceId, dseq: int, kind: Kind) -> bool:
        """Whether an operation of this kind, at this place in the device's chain, is to be obeyed."""
        found = self.devices.get(device)
        member = self.member_of(device)
        if found is None or member is None or member.role not in WRITES[kind]:
            return False
        return found.last_seq is None or dseq <= found.last_seq

    def managers(self) -> frozenset[UserId]:
        """The people who may change who is in the team."""
        return frozenset(member.id for member in self.members.values() if member.manages)


def replay(entries: tuple[bytes, ...], *, verify: Verify, check_key: CheckKey) -> Team:
    """The team a whole log adds up to. Raises what :func:`found` and :func:`apply` raise."""
    if not entries:
        raise _fault("empty")
    team = found(decode_entry(entries[0]), verify=verify, check_key=check_key)
    for untrusted in entries[1:]:
        team = apply(team, decode_entry(untrusted), verify=verify, check_key=check_key)
    return team


def found(entry: Entry, *, verify: Verify, check_key: CheckKey) -> Team:
    """The team of a genesis entry: one coordinator, who manages people, and one device."""
    fields = _read(entry.statement)
    if fields["kind"] != Statement.GENESIS or fields["mseq"] != 0 or fields["mprev"] != "":
        raise _fault("genesis")
    body = _body(fields, ("user", "device", "sign", "seal", "policy", "recovery", "reads"))
    device = Device(
        id=DeviceId(_id(body, "device")),
        user=UserId(_id(body, "user")),
        sign=_bytes(body, "sign"),
        seal=_bytes(body, "seal"),
    )
    check_key(device.sign)
    if [signer for signer, _ in entry.signatures] != [device.id]:
        raise _fault("signatures")
    verify(device.sign, entry.signatures[0][1], entry.statement)
    first = Member(id=device.user, role=Role.COORDINATOR, manages=True, reads=_flag(body, "reads"))
    return Team(
        id=TeamId(_id(fields, "team")),
        fingerprint=entry.hash,
        head=Head(0, entry.hash),
        members=MappingProxyType({first.id: first}),
        devices=MappingProxyType({device.id: device}),
        policy=MappingProxyType(_policy(body)),
        recovery=_bytes(body, "recovery") if body["recovery"] else None,
    )


def apply(team: Team, entry: Entry, *, verify: Verify, check_key: CheckKey) -> Team:
    """The team after one more entry.

    Raises ProtocolFault("wire.fault.member") for an entry that does not follow the head or is
    malformed, Refused("refused.member") with ``why`` for one that its signers may not make, and
    whatever ``verify`` raises for a bad signature.
    """
    fields = _read(entry.statement)
    if fields["team"] != team.id or fields["mseq"] != team.head.at + 1 or fields["mprev"] != team.head.hash:
        raise _fault("chain")
    signers = []
    for device_id, signature in entry.signatures:
        device, member = team.devices.get(device_id), team.member_of(device_id)
        if device is None or member is None or device.last_seq is not None or not member.manages:
            raise _refused("signer")
        verify(device.sign, signature, entry.statement)
        signers.append(member.id)
    changed = _change(team, Statement(str(fields["kind"])), fields, check_key)
    if _needs_two(team, changed) and len(set(signers)) < 2:
        raise _refused("two_signatures")
    if not changed.managers():
        raise _refused("last_manager")
    return replace(changed, head=Head(team.head.at + 1, entry.hash))


def _needs_two(before: Team, after: Team) -> bool:
    """Whether a change touches those who manage people, the recovery key, or loosens the policy."""
    if len(before.managers()) < 2:
        return False
    loosened = any(
        isinstance(old, int) and _number(after.policy.get(name)) < old for name, old in before.policy.items()
    )
    return before.managers() != after.managers() or before.recovery != after.recovery or loosened


def _change(team: Team, kind: Statement, fields: Mapping[str, object], check_key: CheckKey) -> Team:
    match kind:
        case Statement.USER_ADD | Statement.USER_ROLE:
            return _seat_member(team, kind, fields)
        case Statement.USER_REMOVE:
            body = _body(fields, ("user",))
            return replace(
                team, members=_without(team.members, _known(team.members, UserId(_id(body, "user"))))
            )
        case Statement.DEVICE_ADD:
            return _add_device(team, fields, check_key)
        case Statement.DEVICE_REVOKE:
            return _revoke_device(team, fields)
        case Statement.GROUP_EPOCH:
            return _turn_epoch(team, fields)
        case Statement.POLICY_SET:
            return replace(team, policy=MappingProxyType(_policy(_body(fields, ("policy",)))))
        case Statement.RECOVERY_SET:
            return replace(team, recovery=_bytes(_body(fields, ("recovery",)), "recovery"))
        case Statement.GENESIS:
            raise _fault("genesis")


def _seat_member(team: Team, kind: Statement, fields: Mapping[str, object]) -> Team:
    body = _body(fields, ("user", "role", "manages", "reads"))
    user = UserId(_id(body, "user"))
    if (user in team.members) is (kind is Statement.USER_ADD):
        raise _refused("known" if kind is Statement.USER_ADD else "unknown")
    try:
        role = Role(str(body["role"]))
    except ValueError as error:
        raise _fault("role") from error
    manages, reads = _flag(body, "manages"), _flag(body, "reads")
    if role is Role.VOLUNTEER and (manages or reads):
        raise _refused("volunteer_rights")
    return replace(
        team, members=_with(team.members, user, Member(id=user, role=role, manages=manages, reads=reads))
    )


def _add_device(team: Team, fields: Mapping[str, object], check_key: CheckKey) -> Team:
    body = _body(fields, ("device", "user", "sign", "seal"))
    device = Device(
        id=DeviceId(_id(body, "device")),
        user=_known(team.members, UserId(_id(body, "user"))),
        sign=_bytes(body, "sign"),
        seal=_bytes(body, "seal"),
    )
    check_key(device.sign)
    taken = any(device.sign == other.sign or device.seal == other.seal for other in team.devices.values())
    if taken or device.id in team.devices:
        raise _refused("known")
    return replace(team, devices=_with(team.devices, device.id, device))


def _revoke_device(team: Team, fields: Mapping[str, object]) -> Team:
    body = _body(fields, ("device", "last_seq", "epochs"))
    device = team.devices[_known(team.devices, DeviceId(_id(body, "device")))]
    if device.last_seq is not None:
        raise _refused("revoked")
    epochs = body["epochs"]
    if not isinstance(epochs, list):
        raise _fault("epochs")
    revoked = replace(device, last_seq=_count(body, "last_seq"))
    after = replace(team, devices=_with(team.devices, device.id, revoked))
    for epoch in epochs:
        after = _turn_epoch(after, {"body": epoch})
    still = [group.name for group in after.groups.values() if device.id in group.members]
    if still:
        # Without a new epoch the revoked device could read what is written from now on.
        raise _refused("epoch_missing")
    return after


def _turn_epoch(team: Team, fields: Mapping[str, object]) -> Team:
    body = _body(fields, ("group", "epoch", "public", "members", "grants"))
    name, members = body["group"], body["members"]
    if not isinstance(name, str) or not 0 < len(name) <= 64 or not isinstance(members, list):
        raise _fault("group")
    before = team.groups.get(name)
    if _count(body, "epoch") != (before.epoch if before else 0) + 1:
        raise _fault("epoch")
    devices = frozenset(_known(team.devices, DeviceId(str(member))) for member in members)
    if any(team.devices[device].last_seq is not None for device in devices):
        raise _refused("revoked")
    if len(devices) != len(members) or not isinstance(body["grants"], str):
        raise _fault("members")
    group = Group(name=name, epoch=_count(body, "epoch"), public=_bytes(body, "public"), members=devices)
    return replace(team, groups=_with(team.groups, name, group))


def _read(statement: bytes) -> Mapping[str, object]:
    try:
        fields = loads(statement, most_bytes=MOST_STATEMENT, deepest=6)
    except NotStrictJson as error:
        raise _fault("json") from error
    if not isinstance(fields, dict) or frozenset(fields) != FIELDS:
        raise _fault("fields")
    if fields["v"] != VERSION:
        raise _fault("newer")
    if fields["kind"] not in {kind.value for kind in Statement}:
        raise _fault("kind")
    return fields


def _body(fields: Mapping[str, object], names: tuple[str, ...]) -> Mapping[str, object]:
    body = fields["body"]
    if not isinstance(body, dict) or set(body) != set(names):
        raise _fault("body")
    return body


def _policy(body: Mapping[str, object]) -> dict[str, object]:
    policy = body["policy"]
    if not isinstance(policy, dict):
        raise _fault("policy")
    return policy


def _id(body: Mapping[str, object], name: str) -> str:
    value = body[name]
    if not isinstance(value, str) or ID_PATTERN.fullmatch(value) is None:
        raise _fault(name)
    return value


def _bytes(body: Mapping[str, object], name: str) -> bytes:
    value = body[name]
    if not isinstance(value, str):
        raise _fault(name)
    try:
        return bytes.fromhex(value)
    except ValueError as error:
        raise _fault(name) from error


def _flag(body: Mapping[str, object], name: str) -> bool:
    value = body[name]
    if not isinstance(value, bool):
        raise _fault(name)
    return value


def _count(body: Mapping[str, object], name: str) -> int:
    value = body[name]
    # bool is an int to Python and would pass for 1.
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _fault(name)
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


def _fault(why: str) -> ProtocolFault:
    return ProtocolFault("wire.fault.member", why=why)


def _refused(why: str) -> Refused:
    return Refused("refused.member", why=why)
