"""Invented operations that stand in a device's chain; nothing in them is signed or sealed."""

from __future__ import annotations

import hashlib
from typing import Final

from ournydesk.domain.ids import new_id
from ournydesk.domain.operations import NO_OP, DeviceId, Head, Header, Kind, OpId, RecordId, TeamId
from ournydesk.domain.oplog import Standing, StoredOperation
from tests.fakes import cheap

HERE: Final = DeviceId("a" * 32)
READER: Final = DeviceId("b" * 32)
OTHER: Final = DeviceId("c" * 32)
TEAM: Final = TeamId("e" * 32)


def op_id(of: object) -> OpId:
    """A name that looks like a hash."""
    return OpId(hashlib.sha256(str(of).encode()).hexdigest())


def operation(
    dseq: int = 1,
    *,
    device: DeviceId = HERE,
    record: RecordId | None = None,
    kind: Kind = Kind.EDIT,
    standing: Standing = Standing.APPLIED,
    previous: OpId | None = None,
    name: OpId | None = None,
    envelope: bytes = b"sealed bytes",
    payload: bytes = b"",
    minute: int = 0,
) -> StoredOperation:
    """One operation; named after its place, so that a chain of them fits together."""
    before = NO_OP if dseq == 1 else op_id((device, dseq - 1))
    return StoredOperation(
        op_id=name or op_id((device, dseq)),
        header=Header(
            team=TEAM,
            rec=record or RecordId(new_id()),
            kind=kind,
            dev=device,
            dseq=dseq,
            dprev=previous or before,
            mhead=Head(0, "0" * 64),
            rdk=1,
            to=("team",),
            grants="0" * 64,
            seen=Head(0, "0" * 64),
        ),
        envelope=envelope,
        payload=payload,
        standing=standing,
        arrived_at=cheap.later(minute),
    )
