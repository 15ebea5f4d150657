"""An invented team with real signatures: its log, its devices, and chains of operations nobody can open."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from ournydesk.crypto.signing import Label, SigningKey
from ournydesk.crypto.verification import check_key, check_statement
from ournydesk.domain import membership
from ournydesk.domain.ids import new_id
from ournydesk.domain.membership import EVERYONE, Entry, Role, Statement, Team, UserId
from ournydesk.domain.operations import (
    NO_OP,
    DeviceId,
    Envelope,
    Head,
    Header,
    Kind,
    OpId,
    RecordId,
    TeamId,
    decode_envelope,
)

GRANTS = b"[]"
STAFF = "staff"


@dataclass
class SignedDevice:
    """One device that signs; it remembers where its own chain stands."""

    team: SignedTeam
    user: UserId
    id: DeviceId = field(default_factory=lambda: DeviceId(new_id()))
    key: SigningKey = field(default_factory=SigningKey.fresh)
    high: Head = field(default_factory=lambda: Head(0, NO_OP))

    def login(self, host: str, nonce: bytes) -> bytes:
        """The signature a login shows."""
        parts = (host.encode("utf-8"), self.id.encode("ascii"), nonce)
        return self.key.sign(Label.AUTHENTICATION, *parts)

    def operation(
        self,
        kind: Kind = Kind.EDIT,
        *,
        rec: RecordId | None = None,
        to: tuple[str, ...] = (EVERYONE,),
        dseq: int | None = None,
        dprev: OpId | None = None,
        team: TeamId | None = None,
        ciphertext: bytes | None = None,
        grants: bytes = GRANTS,
        label: Label = Label.OPERATION,
    ) -> bytes:
        """The next operation of this device's chain as it travels; what is named is put in its place."""
        header = Header(
            team=team or self.team.id,
            rec=rec or RecordId(new_id()),
            kind=kind,
            dev=self.id,
            dseq=self.high.at + 1 if dseq is None else dseq,
            dprev=self.high.hash if dprev is None else dprev,  # type: ignore[arg-type]  # a Head's hash is text
            mhead=self.team.now.head,
            rdk=1,
            to=to,
            grants=hashlib.sha256(grants).hexdigest(),
            seen=Head(0, "0" * 64),
        )
        encoded = header.encoded()
        ct = secrets.token_bytes(96) if ciphertext is None else ciphertext
        sig = self.key.sign(label, encoded, ct)
        envelope = Envelope(header=encoded, grants=grants, ct=ct, sig=sig)
        self.high = Head(header.dseq, envelope.op_id)
        return envelope.encoded()

    def operations(self, count: int, **named: object) -> list[bytes]:
        """Several, one after another."""
        return [self.operation(**named) for _ in range(count)]  # type: ignore[arg-type]  # passed through


class SignedTeam:
    """A team that grows by signed entries; the first coordinator manages people and reads cases."""

    def __init__(self) -> None:
        self.id = TeamId(new_id())
        self.entries: list[bytes] = []
        self.first = SignedDevice(team=self, user=UserId(new_id()))
        body = membership.genesis_body(
            user=self.first.user,
            device=self.first.id,
            sign=self.first.key.public().encoded,
            seal=secrets.token_bytes(32),
            reads=True,
        )
        statement = membership.encode_statement(self.id, 0, "", Statement.GENESIS, body)
        self.entries.append(self.signed(statement, self.first))

    @property
    def now(self) -> Team:
        """What the log adds up to."""
        return _replayed(tuple(self.entries))

    @property
    def fingerprint(self) -> str:
        """The hash of the team's first entry."""
        return membership.decode_entry(self.entries[0]).hash

    def signed(self, statement: bytes, by: SignedDevice) -> bytes:
        """A statement with its signature, as it travels."""
        signature = by.key.sign(Label.MEMBERSHIP, statement)
        return Entry(statement=statement, signatures=((by.id, signature),)).encoded()

    def stated(self, kind: Statement, body: Mapping[str, object], by: SignedDevice | None = None) -> bytes:
        """The entry that would come next; the log does not grow."""
        place, last = len(self.entries), membership.decode_entry(self.entries[-1]).hash
        statement = membership.encode_statement(self.id, place, last, kind, body)
        return self.signed(statement, by or self.first)

    def say(self, kind: Statement, body: Mapping[str, object]) -> bytes:
        """The next entry, added to the log."""
        entry = self.stated(kind, body)
        self.entries.append(entry)
        return entry

    def join(
        self, role: Role = Role.VOLUNTEER, *, reads: bool = False, device: DeviceId | None = None
    ) -> SignedDevice:
        """Somebody new with one device."""
        joined = SignedDevice(team=self, user=UserId(new_id()), id=device or DeviceId(new_id()))
        self.say(Statement.USER_ADD, membership.user_body(user=joined.user, role=role, reads=reads))
        self.say(
            Statement.DEVICE_ADD,
            membership.device_body(
                device=joined.id,
                user=joined.user,
                sign=joined.key.public().encoded,
                seal=secrets.token_bytes(32),
            ),
        )
        return joined

    def group(self, name: str, *members: SignedDevice) -> bytes:
        """A group's first epoch; its key is noise."""
        named = [one.id for one in members]
        body = membership.epoch_body(
            group=name,
            epoch=1,
            public=secrets.token_bytes(32),
            members=named,
            grants=dict.fromkeys(named, b"sealed"),
            past=b"",
        )
        return self.say(Statement.GROUP_EPOCH, body)

    def revoke(self, gone: SignedDevice, last_seq: int) -> bytes:
        """A device of no group is out after its operation ``last_seq``."""
        return self.say(Statement.DEVICE_REVOKE, membership.revoke_body(device=gone.id, last_seq=last_seq))


@lru_cache(maxsize=256)
def _replayed(entries: tuple[bytes, ...]) -> Team:
    return membership.replay(entries, verify=check_statement, check_key=check_key)


def name_of(envelope: bytes) -> OpId:
    """An operation's id."""
    return decode_envelope(envelope).op_id
