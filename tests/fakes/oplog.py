"""Signed operations in memory, as ``ports.OperationLog`` promises them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from ournydesk.domain.operations import NO_OP, DeviceId, Head, Kind, OpId, RecordId
from ournydesk.domain.oplog import Standing, StoredOperation, WireCounts

CHECKED = {Standing.APPLIED, Standing.FOREIGN, Standing.REFUSED}
SENDABLE = {Standing.APPLIED, Standing.HELD, Standing.FOREIGN}
CHANGES = {Kind.CREATE, Kind.EDIT, Kind.GRANT}


class FakeOperations:
    """Operations in a dictionary, in the order they came."""

    def __init__(self) -> None:
        self.kept: dict[OpId, StoredOperation] = {}
        self._log: dict[int, OpId] = {}
        self._signed: dict[OpId, datetime] = {}
        self._head = Head(0, "")
        self._given: set[tuple[OpId, str]] = set()

    def add(self, operation: StoredOperation) -> bool:
        if operation.op_id in self.kept:
            return False
        places = [n for n, op_id in sorted(self._log.items()) if op_id == operation.op_id]
        signed = self._signed.pop(operation.op_id, None)
        self._keep(
            replace(
                operation,
                n=operation.n if operation.n is not None else next(iter(places), None),
                received_at=operation.received_at or signed,
            )
        )
        return True

    def get(self, op_id: OpId) -> StoredOperation | None:
        return self.kept.get(op_id)

    def of_record(self, record: RecordId) -> tuple[StoredOperation, ...]:
        mine = (one for one in self.with_standing(Standing.APPLIED) if one.header.rec == record)
        return tuple(sorted(mine, key=_place))

    def with_standing(self, *standings: Standing) -> tuple[StoredOperation, ...]:
        return tuple(one for one in self.kept.values() if one.standing in standings)

    def high(self, device: DeviceId) -> tuple[int, OpId]:
        dseq, op_id = 0, NO_OP
        chain = {(one.header.dseq, one.header.dprev): one.op_id for one in reversed(self._checked(device))}
        while (dseq + 1, op_id) in chain:
            dseq, op_id = dseq + 1, chain[dseq + 1, op_id]
        return dseq, op_id

    def rival(self, device: DeviceId, dseq: int, op_id: OpId) -> OpId | None:
        others = (one for one in self._checked(device) if one.header.dseq == dseq and one.op_id != op_id)
        return next((one.op_id for one in others), None)

    def unacknowledged(self, reader: DeviceId) -> tuple[StoredOperation, ...]:
        return tuple(
            one
            for one in self.with_standing(Standing.APPLIED)
            if one.received_at is None and one.header.kind in CHANGES and one.header.dev != reader
        )

    def heard(self) -> Mapping[DeviceId, datetime]:
        devices = {one.header.dev for one in self.with_standing(*CHECKED)}
        return {device: max(one.arrived_at for one in self._checked(device)) for device in devices}

    def refill(self, op_id: OpId, envelope: bytes) -> None:
        kept = self.kept[op_id]
        self.kept[op_id] = replace(kept, envelope=kept.envelope or envelope)

    def readers(self) -> tuple[tuple[RecordId, DeviceId], ...]:
        signed = (one for one in self.with_standing(Standing.APPLIED) if one.header.kind is Kind.ACKNOWLEDGE)
        return tuple(dict.fromkeys((one.header.rec, one.header.dev) for one in signed))

    def settle(self, op_id: OpId, standing: Standing, why: str = "", payload: bytes = b"") -> None:
        before = self.kept[op_id]
        self._keep(replace(before, standing=standing, why=why, payload=payload or before.payload))

    def outbox(
        self, most_ops: int, most_bytes: int, *, behind: OpId | None = None, box: str = ""
    ) -> tuple[StoredOperation, ...]:
        chosen: list[StoredOperation] = []
        last = _place(self.kept[behind]) if behind is not None else ("", 0)
        waiting = [one for one in self._waiting() if one.envelope and (one.op_id, box) not in self._given]
        for one in sorted((one for one in waiting if _place(one) > last), key=_place)[:most_ops]:
            if chosen and sum(len(other.envelope) for other in (*chosen, one)) > most_bytes:
                break
            chosen.append(one)
        return tuple(chosen)

    def acknowledged(self, device: DeviceId) -> int:
        own = (one for one in self.kept.values() if one.header.dev == device and one.n is not None)
        return max((one.header.dseq for one in own), default=0)

    def given(self, box: str, op_ids: Iterable[OpId]) -> None:
        self._given |= {(op_id, box) for op_id in op_ids}

    def offered(self, op_ids: Iterable[OpId], at: datetime) -> None:
        self._change(op_ids, lambda one: replace(one, offered_at=at))

    def carried(self, op_ids: Iterable[OpId], at: datetime) -> None:
        self._change(op_ids, lambda one: replace(one, carried_at=one.carried_at or at))

    def received(self, op_ids: Iterable[OpId], at: datetime) -> None:
        op_ids = tuple(op_ids)
        self._change(op_ids, lambda one: replace(one, received_at=one.received_at or at))
        for op_id in op_ids:
            if op_id not in self.kept:
                self._signed.setdefault(op_id, at)

    def follow(self, entries: Sequence[tuple[int, OpId]], head: Head) -> None:
        if [n for n, _ in entries] != list(range(self._head.at + 1, head.at + 1)):
            raise ValueError("the chain goes on where it ended, without a gap, and ends at its head")
        for n, op_id in entries:
            self._log[n] = op_id
            self._number(op_id, n)
        self._head = head

    def cursor(self) -> Head:
        return self._head

    def numbered(self, since: int) -> tuple[tuple[int, OpId], ...]:
        return tuple((n, op_id) for n, op_id in sorted(self._log.items()) if n > since)

    def unnumber(self, after: int, head: Head) -> None:
        self._log = {n: op_id for n, op_id in self._log.items() if n <= after}
        for one in tuple(self.kept.values()):
            if one.n is not None and one.n > after:
                self.kept[one.op_id] = replace(one, n=None)
        self._head = head

    def forget_payloads(self, record: RecordId) -> None:
        self._change(
            [one.op_id for one in self.kept.values() if one.header.rec == record],
            lambda one: replace(one, payload=b""),
        )

    def counts(self) -> WireCounts:
        return WireCounts(
            waiting=len(self._waiting()),
            held=len(self.with_standing(Standing.HELD)),
            quarantined=len(self.with_standing(Standing.QUARANTINED)),
            refused=len(self.with_standing(Standing.REFUSED)),
        )

    def _waiting(self) -> list[StoredOperation]:
        return [one for one in self.kept.values() if one.n is None and one.standing in SENDABLE]

    def _checked(self, device: DeviceId) -> list[StoredOperation]:
        return [one for one in self.with_standing(*CHECKED) if one.header.dev == device]

    def _number(self, op_id: OpId, n: int) -> None:
        self._change([op_id], lambda one: replace(one, n=one.n if one.n is not None else n))

    def _change(self, op_ids: Iterable[OpId], to: Callable[[StoredOperation], StoredOperation]) -> None:
        for op_id in op_ids:
            if op_id in self.kept:
                self._keep(to(self.kept[op_id]))

    def _keep(self, operation: StoredOperation) -> None:
        if operation.standing is Standing.FOREIGN and operation.n is not None:
            operation = replace(operation, envelope=b"")
        self.kept[operation.op_id] = operation


def _place(operation: StoredOperation) -> tuple[DeviceId, int]:
    return operation.header.dev, operation.header.dseq
