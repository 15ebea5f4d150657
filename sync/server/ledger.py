"""A team's log and its members, kept in order. Layer: sync.server.

Every position is given under the lock of the team's row, so there is no gap and no double however many
write at once, and a reader that has seen position n has seen everything before it. A relay keeps the same
tables and gives arrival numbers instead of positions: it only carries.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import starmap
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, insert, literal, select, update

from ournydesk.crypto.signing import VerifyKey
from ournydesk.crypto.verification import check_key, check_operation, check_statement
from ournydesk.domain import membership
from ournydesk.domain.membership import Team, entitled
from ournydesk.domain.operations import (
    DeviceId,
    Head,
    OpId,
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
from sync.protocol.messages import LogEntry, Members, Page, Pushed, State
from sync.server import storage
from sync.server.batch import Batch, Untrusted, high_of
from sync.server.faults import NotServed
from sync.server.storage import Storage

SERVER_ID: Final = "server"
_ROW: Final = select(storage.teams).where(storage.teams.c.team == bindparam("here"))
_LOCKED: Final = _ROW.with_for_update()


class Ledger:
    """The logs of all teams in one database. ``numbered`` is False for a relay."""

    def __init__(self, database: Storage, server: str, *, numbered: bool = True) -> None:
        self._database = database
        self._server = server
        self._numbered = numbered
        self._teams: dict[TeamId, Team] = {}

    # -- members ------------------------------------------------------------------------------------

    def create_team(self, connection: Connection, entries: Sequence[bytes]) -> TeamId:
        """A team from its whole membership log. Inside a transaction; the same again changes nothing."""
        team = _checked(tuple(entries))
        found = connection.execute(select(storage.teams).where(storage.teams.c.team == team.id)).first()
        if found is not None:
            if found.fingerprint != team.fingerprint:
                raise NotServed("team_taken")
            self._append(connection, team.id, entries)
            return team.id
        first = chain.start(team.fingerprint)
        connection.execute(
            insert(storage.teams).values(
                team=team.id,
                fingerprint=team.fingerprint,
                head_n=0,
                head_hash=first.hash,
                members=0,
                member_hash="",
            )
        )
        self._write_members(connection, team, entries, 0)
        return team.id

    def append_members(self, team: TeamId, entries: Sequence[bytes]) -> None:
        """Add to a team's log what follows its head; what is there already changes nothing.

        Raises NotServed: "member_race" with the head that stands when another entry took the place first,
        "member_refused" for what its signers may not say, "members" for what is no entry.
        """
        if len(entries) > MOST_MEMBERS:
            raise NotServed("too_many")
        with self._database.writing() as connection:
            self._lock(connection, team)
            self._append(connection, team, entries)

    def members(self, team: TeamId, since: int) -> Members:
        """Entries from number ``since`` on, as many as one answer holds. Raises NotServed("cursor")."""
        table = storage.members
        entries: list[bytes] = []
        with self._database.reading() as connection:
            if since > self._row(connection, team).members:
                raise NotServed("cursor")
            found = connection.execute(
                select(table.c.entry)
                .where(table.c.team == team, table.c.mseq >= since)
                .order_by(table.c.mseq)
                .limit(MOST_MEMBERS)
            )
            size = 0
            for (entry,) in found:
                size += len(entry)
                if entries and size > MOST_MEMBERS_BYTES:
                    break
                entries.append(bytes(entry))
        return Members(since=since, entries=tuple(entries))

    def team(self, team: TeamId) -> Team:
        """The team as its log adds up."""
        with self._database.reading() as connection:
            return self._team(connection, team)

    def key_of(self, device: DeviceId) -> tuple[TeamId, bytes] | None:
        """A device's team and the key it signs with: the same one row is read for a device nobody has."""
        known, always = storage.devices, select(literal(1)).subquery()
        with self._database.reading() as connection:
            row = connection.execute(
                select(known.c.team, known.c.sign).select_from(
                    always.outerjoin(known, known.c.device == device)
                )
            ).one()
        return None if row.team is None else (TeamId(row.team), bytes(row.sign))

    def learn_keys(self) -> None:
        """Write down the keys of devices that were here before keys were written down."""
        table = storage.devices
        with self._database.writing() as connection:
            rows = connection.execute(
                select(table.c.device, table.c.team).where(table.c.sign.is_(None))
            ).all()
            for device, team in rows:
                sign = self._team(connection, TeamId(team)).devices[DeviceId(device)].sign
                connection.execute(update(table).where(table.c.device == device).values(sign=sign))

    # -- operations ---------------------------------------------------------------------------------

    def push(self, team: TeamId, ops: Sequence[bytes]) -> Pushed:
        """Take operations in order; one transaction. Whoever brings them: they are signed.

        Signatures are checked before the team's row is locked: nobody waits for somebody else's.
        """
        if len(ops) > MOST_PUSH_OPS or sum(map(len, ops)) > MOST_PUSH_BYTES:
            raise NotServed("too_many")
        read = [_read(untrusted) for untrusted in ops]
        known = self._teams.get(team)
        refusals = [] if known is None else [_refusal(known, one) for one in read]
        with self._database.writing() as connection:
            row = self._lock(connection, team)
            current = self.current(connection, team, row.member_hash)
            if current is not known:  # the log of members grew: what was checked may be otherwise now
                refusals = [_refusal(current, one) for one in read]
            read = [replace(one, spends=_spends(current, one)) for one in read] if any(refusals) else read
            batch = Batch(
                connection,
                team,
                Head(row.head_n, row.head_hash),
                numbered=self._numbered,
                erased=bool(row.erased),
                held=bool(row.held),
            )
            results = tuple(starmap(batch.take, zip(read, refusals, strict=True)))
            batch.write()
        return Pushed(results=results)

    def page(self, team: TeamId, device: DeviceId, after: int, limit: int = MOST_PAGE) -> Page:
        """The log behind a position, whole operations for those this device may have."""
        table = storage.operations
        with self._database.reading() as connection:
            row = self._row(connection, team)
            head = Head(row.head_n, row.head_hash)
            if after > head.at:
                raise NotServed("cursor")
            known = self._team(connection, team)
            found = connection.execute(
                select(table.c.n, table.c.op_id, table.c.dev, table.c.recipients, table.c.envelope)
                .where(table.c.team == team, table.c.n > after, table.c.n <= head.at)
                .order_by(table.c.n)
                .limit(min(limit, MOST_PAGE))
            )
            entries: list[LogEntry] = []
            size = 0
            for n, op_id, dev, recipients, envelope in found:
                mine = dev == device or entitled(known, device, tuple(json.loads(recipients)))
                size += len(envelope) if mine else 0
                if entries and size > MOST_PAGE_BYTES:
                    break
                # Of what was erased the name is left, for everybody.
                given = bytes(envelope) if mine and envelope else None
                entries.append(LogEntry(n=n, op_id=OpId(op_id), op=given))
        last = entries[-1].n if entries else after
        return Page(since=after, entries=tuple(entries), head=head, more=last < head.at)

    def state(self, team: TeamId, device: DeviceId) -> State:
        """How far the log is, and how far this device's own chain."""
        with self._database.reading() as connection:
            row = self._row(connection, team)
            high = high_of(connection, team, device)
        return State(
            api_min=API,
            api_max=API,
            server=self._server,
            numbered=self._numbered,
            head=Head(row.head_n, row.head_hash),
            members=row.members,
            member_hash=row.member_hash,
            device_high=high,
        )

    def _lock(self, connection: Connection, team: TeamId) -> Row[Any]:
        """Hold the team's row until the transaction ends. SQLite's writer is alone already."""
        row = connection.execute(_LOCKED, {"here": team}).first()
        if row is None:
            raise NotServed("unknown")
        return row

    def _append(self, connection: Connection, team: TeamId, entries: Sequence[bytes]) -> None:
        here = frozenset(self._entries(connection, team))
        fresh = [entry for entry in dict.fromkeys(entries) if entry not in here]
        before = after = self._team(connection, team)
        for entry in fresh:
            after = _followed(after, entry, before.head)
        if fresh:
            self._write_members(connection, after, fresh, len(here))

    def _write_members(
        self, connection: Connection, team: Team, entries: Sequence[bytes], since: int
    ) -> None:
        for mseq, entry in enumerate(entries, since):
            connection.execute(insert(storage.members).values(team=team.id, mseq=mseq, entry=entry))
        table = storage.devices
        rows = connection.execute(
            select(table.c.device, table.c.team).where(table.c.device.in_(list(team.devices)))
        ).all()
        if any(row.team != team.id for row in rows):
            # An id names one device on this server, or a login would not say whose it is.
            raise NotServed("device_taken")
        for device in sorted(team.devices.keys() - {row.device for row in rows}):
            sign = team.devices[device].sign
            connection.execute(insert(table).values(device=device, team=team.id, sign=sign))
        connection.execute(
            update(storage.teams)
            .where(storage.teams.c.team == team.id)
            .values(members=since + len(entries), member_hash=team.head.hash)
        )

    def _team(self, connection: Connection, team: TeamId) -> Team:
        return self.current(connection, team, self._row(connection, team).member_hash)

    def current(self, connection: Connection, team: TeamId, member_hash: str) -> Team:
        """The team whose log ends in ``member_hash``; read once, and kept until the log grows."""
        kept = self._teams.get(team)
        if kept is None or kept.head.hash != member_hash:
            kept = self._teams[team] = _replayed(self._entries(connection, team))
        return kept

    @staticmethod
    def _row(connection: Connection, team: TeamId) -> Row[Any]:
        return connection.execute(_ROW, {"here": team}).one()

    def _entries(self, connection: Connection, team: TeamId) -> tuple[bytes, ...]:
        table = storage.members
        rows = connection.execute(
            select(table.c.entry).where(table.c.team == team).order_by(table.c.mseq)
        ).all()
        return tuple(bytes(row.entry) for row in rows)


def _read(untrusted: bytes) -> Untrusted:
    try:
        envelope = decode_envelope(untrusted)
        return Untrusted(untrusted, envelope.op_id, envelope, decode_header(envelope.header))
    except ProtocolFault:
        return Untrusted(untrusted, OpId(hashlib.sha256(untrusted).hexdigest()))


def _refusal(team: Team, one: Untrusted) -> str:
    """Why an operation is not taken, as a code; nothing for one that is."""
    if one.envelope is None or one.header is None:
        return "envelope"
    device = team.devices.get(one.header.dev)
    if one.header.team != team.id or device is None:
        return "device"
    try:
        check_operation(one.envelope, VerifyKey.decode(device.sign))
    except DeskError:
        return "signature"
    return "" if team.accepts(one.header.dev, one.header.dseq, one.header.kind) else "role"


def _spends(team: Team, one: Untrusted) -> bool:
    """Whether a refusal takes up its place: its author is in the team and knew no more of it than we do.

    An author who acted under entries that have not come here yet is only early.
    """
    header = one.header
    return header is not None and team.active(header.dev) and header.mhead.at <= team.head.at


def _followed(team: Team, untrusted: bytes, standing: Head) -> Team:
    """The team after one more entry, or why it is not taken; ``standing`` is where the log ends here."""
    try:
        entry = membership.decode_entry(untrusted)
        return membership.apply(team, entry, verify=check_statement, check_key=check_key)
    except ProtocolFault as fault:
        if fault.facts.get("why") == "chain":
            raise NotServed("member_race", standing) from fault
        raise NotServed("members") from fault
    except (Refused, Tampered) as error:
        raise NotServed("member_refused") from error


def _checked(entries: tuple[bytes, ...]) -> Team:
    try:
        return membership.replay(entries, verify=check_statement, check_key=check_key)
    except DeskError as error:
        raise NotServed("members") from error


@lru_cache(maxsize=64)
def _replayed(entries: tuple[bytes, ...]) -> Team:
    return membership.replay(entries, verify=check_statement, check_key=check_key)
