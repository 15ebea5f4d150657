"""Every operation this desk holds, and how far the team's log was followed. Layer: store."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final, LiteralString

from ournydesk.domain.operations import DeviceId, Head, Header, OpId, RecordId, decode_header
from ournydesk.domain.oplog import Standing, StoredOperation, WireCounts
from ournydesk.store import chains, moments
from ournydesk.store.database import Database, Row

ALL: Final[LiteralString] = (
    "SELECT op_id, header, envelope, payload, standing, why, n, offered_at, carried_at, received_at, "
    "arrived_at FROM operations "
)
LISTED: Final[LiteralString] = "(SELECT value FROM json_each(?)) "
"""Several values as one JSON list: a statement has no room for a list of any length."""
SENDABLE: Final[LiteralString] = (
    "FROM operations INDEXED BY operations_waiting "
    "WHERE n IS NULL AND standing IN ('applied', 'held', 'foreign') "
)
FRESH: Final[LiteralString] = (
    "AND NOT EXISTS (SELECT 1 FROM given WHERE given.op_id = operations.op_id AND box = ?) "
)


class StoredOperations:
    """``ports.OperationLog`` on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, operation: StoredOperation) -> bool:
        """Keep an operation; False when it was here already, which then changes nothing.

        What the log or a reader's signature said of it before it came holds for it now.
        """
        header, op_id = operation.header, operation.op_id
        with self._database.writing():
            if self._database.read("SELECT 1 FROM operations WHERE op_id = ?", op_id):
                return False
            n = operation.n if operation.n is not None else self._position(op_id)
            received_at = operation.received_at or self._acknowledged(op_id)
            self._database.write(
                "INSERT INTO operations (op_id, record, kind, dev, dseq, dprev, standing, why, n, "
                "offered_at, carried_at, received_at, arrived_at, header, payload, envelope) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                op_id, header.rec, header.kind.value, header.dev, header.dseq, header.dprev,
                operation.standing.value, operation.why, n, _whole(operation.offered_at),
                _whole(operation.carried_at), _whole(received_at), moments.whole(operation.arrived_at),
                header.encoded(), operation.payload, operation.envelope,
            )  # fmt: skip  # values in the order of the names
            if operation.standing in chains.CHECKED:
                chains.lengthen(self._database, header.dev, moments.whole(operation.arrived_at))
            self._drop_foreign(op_id)
        return True

    def get(self, op_id: OpId) -> StoredOperation | None:
        """One of them."""
        found = self._database.read(ALL + "WHERE op_id = ?", op_id)
        return _operation(found[0]) if found else None

    def of_record(self, record: RecordId) -> tuple[StoredOperation, ...]:
        """All of a record that are APPLIED, by device and place in its chain."""
        return _operations(
            self._database.read(
                ALL + "WHERE record = ? AND standing = 'applied' ORDER BY dev, dseq, arrival", record
            )
        )

    def with_standing(self, *standings: Standing) -> tuple[StoredOperation, ...]:
        """All with one of these standings, by arrival."""
        wanted = json.dumps([standing.value for standing in standings])
        if Standing.APPLIED in standings:
            return _operations(
                self._database.read(ALL + "WHERE standing IN " + LISTED + "ORDER BY arrival", wanted)
            )
        # Says it twice: only so SQLite knows that the index of what is not applied will do.
        return _operations(
            self._database.read(
                ALL + "WHERE standing <> 'applied' AND standing IN " + LISTED + "ORDER BY arrival", wanted
            )
        )

    def high(self, device: DeviceId) -> tuple[int, OpId]:
        """The end of a device's chain as far as it is here, checked, without a gap."""
        return chains.end(self._database, device)

    def rival(self, device: DeviceId, dseq: int, op_id: OpId) -> OpId | None:
        """Another checked operation at the same place of a device's chain."""
        return chains.rival(self._database, device, dseq, op_id)

    def unacknowledged(self, reader: DeviceId) -> tuple[StoredOperation, ...]:
        """APPLIED operations of other desks that change a record and that no reader signed for yet."""
        return _operations(
            self._database.read(
                ALL + "INDEXED BY operations_unread WHERE received_at IS NULL AND standing = 'applied' "
                "AND kind IN ('rec.create', 'rec.edit', 'rec.grant') AND dev <> ? ORDER BY arrival",
                reader,
            )
        )

    def heard(self) -> Mapping[DeviceId, datetime]:
        """When the newest checked operation of every device arrived."""
        return chains.heard(self._database)

    def refill(self, op_id: OpId, envelope: bytes) -> None:
        """Take back the bytes of an operation that were dropped because they were not for this desk."""
        with self._database.writing():
            self._database.write(
                "UPDATE operations SET envelope = ? WHERE op_id = ? AND envelope = x''", envelope, op_id
            )

    def readers(self) -> tuple[tuple[RecordId, DeviceId], ...]:
        """Which desks signed that they opened which records, each once."""
        found = self._database.read(
            "SELECT DISTINCT record, dev FROM operations INDEXED BY operations_signed "
            "WHERE standing = 'applied' AND kind = 'rec.ack'"
        )
        return tuple((RecordId(record), DeviceId(device)) for record, device in found)

    def settle(self, op_id: OpId, standing: Standing, why: str = "", payload: bytes = b"") -> None:
        """Change what was done with an operation; without a payload, the one that is there stays."""
        found = self._database.read("SELECT dev, arrived_at, standing FROM operations WHERE op_id = ?", op_id)
        if not found:
            raise KeyError(op_id)
        device, arrived_at, before = found[0]
        with self._database.writing():
            self._database.write(
                "UPDATE operations SET standing = ?, why = ? WHERE op_id = ?", standing.value, why, op_id
            )
            if payload:
                self._database.write("UPDATE operations SET payload = ? WHERE op_id = ?", payload, op_id)
            if standing in chains.CHECKED:
                chains.lengthen(self._database, device, arrived_at)
            elif before in chains.CHECKED:
                chains.cut(self._database, device, arrived_at)
            self._drop_foreign(op_id)

    def outbox(
        self, most_ops: int, most_bytes: int, *, behind: OpId | None = None, box: str = ""
    ) -> tuple[StoredOperation, ...]:
        """What no server has numbered yet and may be sent, by device and place; at least one if any."""
        chosen: list[int] = []
        room = most_bytes
        for arrival, size in self._database.read(
            "SELECT arrival, length(envelope) " + SENDABLE + "AND length(envelope) > 0 "
            "AND (dev, dseq, arrival) > (?, ?, ?) " + FRESH + "ORDER BY dev, dseq, arrival LIMIT ?",
            *self._place(behind), box, most_ops,
        ):  # fmt: skip  # one line of values
            if chosen and size > room:
                break
            chosen.append(arrival)
            room -= size
        return _operations(
            self._database.read(
                ALL + "WHERE arrival IN " + LISTED + "ORDER BY dev, dseq, arrival", json.dumps(chosen)
            )
        )

    def acknowledged(self, device: DeviceId) -> int:
        """The last place of a device's chain that was re-read in the verified log; 0 for none."""
        found = self._database.read(
            "SELECT dseq FROM operations INDEXED BY operations_chained WHERE dev = ? AND n IS NOT NULL "
            "ORDER BY dseq DESC LIMIT 1",
            device,
        )
        return int(found[0][0]) if found else 0

    def given(self, box: str, op_ids: Iterable[OpId]) -> None:
        """This relay has these."""
        with self._database.writing():
            self._database.write_many(
                "INSERT INTO given (op_id, box) VALUES (?, ?) ON CONFLICT DO NOTHING",
                ((op_id, box) for op_id in op_ids),
            )

    def waiting(self, device: DeviceId) -> frozenset[OpId]:
        """What a device applied that no server has numbered yet."""
        return frozenset(
            OpId(op_id)
            for (op_id,) in self._database.read(
                "SELECT op_id " + SENDABLE + "AND standing = 'applied' AND length(envelope) > 0 AND dev = ?",
                device,
            )
        )

    def offered(self, op_ids: Iterable[OpId], at: datetime) -> None:
        """These are being sent now."""
        with self._database.writing():
            self._database.write_many(
                "UPDATE operations SET offered_at = ? WHERE op_id = ?",
                ((moments.whole(at), op_id) for op_id in op_ids),
            )

    def carried(self, op_ids: Iterable[OpId], at: datetime) -> None:
        """A relay or a stick has these; the first time counts."""
        with self._database.writing():
            self._database.write_many(
                "UPDATE operations SET carried_at = ? WHERE op_id = ? AND carried_at IS NULL",
                ((moments.whole(at), op_id) for op_id in op_ids),
            )

    def received(self, op_ids: Iterable[OpId], at: datetime) -> None:
        """A reader signed that it opened these; the first time counts, also for those not here yet."""
        op_ids = tuple(op_ids)
        with self._database.writing():
            self._database.write_many(
                "UPDATE operations SET received_at = ? WHERE op_id = ? AND received_at IS NULL",
                ((moments.whole(at), op_id) for op_id in op_ids),
            )
            self._database.write_many(
                "INSERT INTO acknowledged (op_id, at) SELECT ?, ? "
                "WHERE NOT EXISTS (SELECT 1 FROM operations WHERE op_id = ?) ON CONFLICT DO NOTHING",
                ((op_id, moments.whole(at), op_id) for op_id in op_ids),
            )

    def follow(self, entries: Sequence[tuple[int, OpId]], head: Head) -> None:
        """The verified chain goes on with these positions and ends at ``head``."""
        behind = self.cursor().at + 1
        if [n for n, _ in entries] != list(range(behind, head.at + 1)):
            raise ValueError("the chain goes on where it ended, without a gap, and ends at its head")
        with self._database.writing():
            for n, op_id in entries:
                self._database.write("INSERT INTO log (n, op_id) VALUES (?, ?)", n, bytes.fromhex(op_id))
                self._database.write("UPDATE operations SET n = ? WHERE op_id = ? AND n IS NULL", n, op_id)
                self._database.write("DELETE FROM given WHERE op_id = ?", op_id)
                self._drop_foreign(op_id)
            self._stand_at(head)

    def cursor(self) -> Head:
        """The last verified position and the chain's hash there; (0, "") before the first."""
        ((at, hashed),) = self._database.read("SELECT n, hash FROM followed")
        return Head(at, hashed)

    def numbered(self, since: int) -> tuple[tuple[int, OpId], ...]:
        """The verified chain behind a position, every operation of the team, ours to read or not."""
        return tuple(
            (n, OpId(op_id.hex()))
            for n, op_id in self._database.read("SELECT n, op_id FROM log WHERE n > ? ORDER BY n", since)
        )

    def unnumber(self, after: int, head: Head) -> None:
        """Go back to an earlier position of the chain: the server was restored from a backup."""
        with self._database.writing():
            self._database.write("DELETE FROM log WHERE n > ?", after)
            self._database.write("UPDATE operations SET n = NULL WHERE n > ?", after)
            self._stand_at(head)

    def forget_payloads(self, record: RecordId) -> None:
        """Drop what was sealed, of every operation of a record; names, chains and sealed bytes stay.

        The sealed bytes are what heals a server restored from a backup; without the record's key they
        open for nobody here.
        """
        with self._database.writing():
            self._database.write(
                "UPDATE operations SET payload = x'' WHERE record = ? AND standing = 'applied'", record
            )
            # In two parts, each with an index of its own.
            self._database.write(
                "UPDATE operations SET payload = x'' WHERE record = ? AND standing <> 'applied' "
                "AND standing IN ('held', 'foreign', 'quarantined', 'refused')",
                record,
            )
            self._database.forget_deleted()

    def counts(self) -> WireCounts:
        """What waits and what is wrong."""
        ((waiting,),) = self._database.read("SELECT count(*) " + SENDABLE)
        aside: dict[str, int] = dict(
            self._database.read(
                "SELECT standing, count(*) FROM operations WHERE standing <> 'applied' "
                "AND standing IN ('held', 'quarantined', 'refused') GROUP BY standing"
            )
        )
        return WireCounts(
            waiting=waiting,
            held=aside.get(Standing.HELD, 0),
            quarantined=aside.get(Standing.QUARANTINED, 0),
            refused=aside.get(Standing.REFUSED, 0),
        )

    def _place(self, op_id: OpId | None) -> Row:
        """Where an operation stands in the order of the outbox."""
        found = self._database.read("SELECT dev, dseq, arrival FROM operations WHERE op_id = ?", op_id or "")
        return found[0] if found else ("", 0, 0)

    def _stand_at(self, head: Head) -> None:
        self._database.write("UPDATE followed SET n = ?, hash = ?", head.at, head.hash)

    def _position(self, op_id: OpId) -> int | None:
        found = self._database.read("SELECT min(n) FROM log WHERE op_id = ?", bytes.fromhex(op_id))
        return found[0][0]  # type: ignore[no-any-return]  # a column of whole numbers or nothing

    def _acknowledged(self, op_id: OpId) -> datetime | None:
        found = self._database.read("SELECT at FROM acknowledged WHERE op_id = ?", op_id)
        self._database.write("DELETE FROM acknowledged WHERE op_id = ?", op_id)
        return moments.aware(found[0][0]) if found else None

    def _drop_foreign(self, op_id: OpId) -> None:
        """What is not ours to open was kept only for the server; it has it now."""
        self._database.write(
            "UPDATE operations SET envelope = x'' WHERE op_id = ? AND standing = 'foreign' AND n IS NOT NULL",
            op_id,
        )


def _operations(rows: Iterable[Row]) -> tuple[StoredOperation, ...]:
    return tuple(_operation(values) for values in rows)


def _operation(values: Row) -> StoredOperation:
    op_id, header, envelope, payload, standing, why, n, offered, carried, received, arrived = values
    return StoredOperation(
        op_id=OpId(op_id),
        header=_header(header),
        envelope=envelope,
        payload=payload,
        standing=Standing(standing),
        why=why,
        n=n,
        offered_at=_aware(offered),
        carried_at=_aware(carried),
        received_at=_aware(received),
        arrived_at=moments.aware(arrived),
    )


@lru_cache(maxsize=2048)
def _header(encoded: bytes) -> Header:
    """A header that was read strictly before it was kept; it is clear text, so keeping it reveals nothing."""
    return decode_header(encoded)


def _whole(at: datetime | None) -> int | None:
    return moments.whole(at) if at is not None else None


def _aware(microseconds: int | None) -> datetime | None:
    return moments.aware(microseconds) if microseconds is not None else None
