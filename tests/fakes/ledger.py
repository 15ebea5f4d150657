"""A team's log on a server without a database: the promises of ``Ledger``, kept by tests/contracts."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from ournydesk.crypto.signing import VerifyKey
from ournydesk.crypto.verification import check_key, check_operation, check_statement
from ournydesk.domain import membership
from ournydesk.domain.membership import Device, Team, entitled
from ournydesk.domain.operations import (
    NO_OP,
    DeviceId,
    Head,
    Header,
    Kind,
    OpId,
    RecordId,
    TeamId,
    decode_envelope,
    decode_header,
)
from ournydesk.errors import DeskError, ProtocolFault, Refused, Tampered
from sync.protocol import chain
from sync.protocol.limits import (
    API,
    MOST_MEMBERS,
    MOST_MEMBERS_BYTES,
    MOST_PAGE,
    MOST_PAGE_BYTES,
    MOST_PUSH_BYTES,
    MOST_PUSH_OPS,
)
from sync.protocol.messages import LogEntry, Members, OpResult, Outcome, Page, Pushed, State
from sync.server.faults import NotServed


class Memory:
    """Stands where the contract suite hands out a database; there is none."""

    @contextmanager
    def writing(self) -> Iterator[None]:
        yield


@dataclass(frozen=True, slots=True)
class Numbered:
    """One position."""

    n: int
    op_id: OpId
    header: Header
    envelope: bytes


class FakeLedger:
    """The log of one team in lists; what they hold never changes, so a copy of the lists is a backup."""

    def __init__(self, server: str, *, numbered: bool = True) -> None:
        self.server = server
        self.numbered = numbered
        self.entries: list[bytes] = []
        self.log: list[Numbered] = []
        self.head = Head(0, "")
        self.known: Team | None = None
        self._places: dict[OpId, int] = {}
        self._highs: dict[DeviceId, Head] = {}
        self._spent: set[OpId] = set()
        self._erased: set[RecordId] = set()
        self._lock = threading.Lock()

    def copy(self) -> FakeLedger:
        """The same log at this moment: a backup, or a second view."""
        other = FakeLedger(self.server, numbered=self.numbered)
        other.entries, other.log = list(self.entries), list(self.log)
        other.head, other.known = self.head, self.known
        other._places, other._highs = dict(self._places), dict(self._highs)
        other._spent, other._erased = set(self._spent), set(self._erased)
        return other

    # -- members ------------------------------------------------------------------------------------

    def create_team(self, _connection: object, entries: Sequence[bytes]) -> TeamId:
        try:
            self.known = membership.replay(tuple(entries), verify=check_statement, check_key=check_key)
        except DeskError as error:
            raise NotServed("members") from error
        self.entries = list(entries)
        self.head = chain.start(self.known.fingerprint)
        return self.known.id

    def append_members(self, team: TeamId, entries: Sequence[bytes]) -> None:
        if len(entries) > MOST_MEMBERS:
            raise NotServed("too_many")
        here = set(self.entries)
        before = after = self.team(team)
        fresh = [entry for entry in dict.fromkeys(entries) if entry not in here]
        for entry in fresh:
            after = _followed(after, entry, before.head)
        self.known = after
        self.entries += fresh

    def members(self, team: TeamId, since: int) -> Members:
        self.team(team)
        if since > len(self.entries):
            raise NotServed("cursor")
        told: list[bytes] = []
        for entry in self.entries[since : since + MOST_MEMBERS]:
            if told and sum(map(len, told)) + len(entry) > MOST_MEMBERS_BYTES:
                break
            told.append(entry)
        return Members(since=since, entries=tuple(told))

    def team(self, team: TeamId) -> Team:
        if self.known is None or self.known.id != team:
            raise NotServed("unknown")
        return self.known

    def find(self, device: DeviceId) -> tuple[Team, Device] | None:
        if self.known is None or device not in self.known.devices:
            return None
        return self.known, self.known.devices[device]

    # -- operations ---------------------------------------------------------------------------------

    def push(self, team: TeamId, ops: Sequence[bytes]) -> Pushed:
        if len(ops) > MOST_PUSH_OPS or sum(map(len, ops)) > MOST_PUSH_BYTES:
            raise NotServed("too_many")
        with self._lock:
            known = self.team(team)
            return Pushed(results=tuple(self._take(known, untrusted) for untrusted in ops))

    def page(self, team: TeamId, device: DeviceId, after: int, limit: int = MOST_PAGE) -> Page:
        with self._lock:
            known = self.team(team)
            if after > self.head.at:
                raise NotServed("cursor")
            told: list[LogEntry] = []
            size = 0
            for one in self.log[after : after + min(limit, MOST_PAGE)]:
                mine = one.header.dev == device or entitled(known, device, one.header.to)
                size += len(one.envelope) if mine else 0
                if told and size > MOST_PAGE_BYTES:
                    break
                told.append(LogEntry(n=one.n, op_id=one.op_id, op=one.envelope or None if mine else None))
            last = told[-1].n if told else after
            return Page(since=after, entries=tuple(told), head=self.head, more=last < self.head.at)

    def state(self, team: TeamId, device: DeviceId) -> State:
        known = self.team(team)
        return State(
            api_min=API,
            api_max=API,
            server=self.server,
            numbered=self.numbered,
            head=self.head,
            members=len(self.entries),
            member_hash=known.head.hash,
            device_high=self._highs.get(device, Head(0, NO_OP)),
        )

    def _take(self, team: Team, untrusted: bytes) -> OpResult:
        try:
            envelope = decode_envelope(untrusted)
            header = decode_header(envelope.header)
        except ProtocolFault:
            name = OpId(hashlib.sha256(untrusted).hexdigest())
            return OpResult(op_id=name, said=Outcome.NO, code="envelope")
        name = envelope.op_id
        if name in self._places:
            return OpResult(op_id=name, said=Outcome.DUP, n=self._places[name])
        device = team.devices.get(header.dev)
        if header.team != team.id or device is None:
            return OpResult(op_id=name, said=Outcome.NO, code="device")
        try:
            check_operation(envelope, VerifyKey.decode(device.sign))
        except DeskError:
            return OpResult(op_id=name, said=Outcome.NO, code="signature")
        high = self._highs.get(header.dev, Head(0, NO_OP))
        if not team.accepts(header.dev, header.dseq, header.kind):
            early = not team.active(header.dev) or header.mhead.at > team.head.at
            if self.numbered and not early and (header.dseq, header.dprev) == (high.at + 1, high.hash):
                self._highs[header.dev] = Head(header.dseq, name)
                self._spent.add(name)
            return OpResult(op_id=name, said=Outcome.NO, code="role")
        if self.numbered and header.dseq > high.at + 1:
            return OpResult(op_id=name, said=Outcome.GAP, expect=high.at + 1)
        if self.numbered and (header.dseq <= high.at or header.dprev != high.hash):
            return OpResult(op_id=name, said=Outcome.NO, code="role" if name in self._spent else "fork")
        self.head = chain.step(self.head, name)
        if header.kind is Kind.ERASE:
            self._erased.add(header.rec)
            self.log = [self._emptied(one) for one in self.log]
        self.log.append(self._emptied(Numbered(self.head.at, name, header, untrusted)))
        self._places[name] = self.head.at
        if header.dseq > high.at:
            self._highs[header.dev] = Head(header.dseq, name)
        return OpResult(op_id=name, said=Outcome.OK, n=self.head.at)

    def _emptied(self, one: Numbered) -> Numbered:
        gone = one.header.rec in self._erased and one.header.kind is not Kind.ERASE
        return replace(one, envelope=b"") if gone else one


def _followed(team: Team, untrusted: bytes, standing: Head) -> Team:
    try:
        entry = membership.decode_entry(untrusted)
        return membership.apply(team, entry, verify=check_statement, check_key=check_key)
    except ProtocolFault as fault:
        if fault.facts.get("why") == "chain":
            raise NotServed("member_race", standing) from fault
        raise NotServed("members") from fault
    except (Refused, Tampered) as error:
        raise NotServed("member_refused") from error
