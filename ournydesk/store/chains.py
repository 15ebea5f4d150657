"""How far each device's own chain is here without a gap. Layer: store.

Only operations whose signature was checked count: bytes that merely claim a place in a chain must neither
lengthen it nor block it. ``chains`` follows from ``operations`` and is kept so that nobody has to walk
100,000 of them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from ournydesk.domain.operations import NO_OP, DeviceId, OpId
from ournydesk.domain.oplog import Standing
from ournydesk.store import moments
from ournydesk.store.database import Database

CHECKED: Final = frozenset((Standing.APPLIED, Standing.FOREIGN, Standing.REFUSED))
"""Standings an operation reaches only after its signature was checked."""


def end(database: Database, device: DeviceId) -> tuple[int, OpId]:
    """The end of a device's chain; (0, NO_OP) before it starts."""
    found = database.read("SELECT dseq, op_id FROM chains WHERE dev = ?", device)
    return (found[0][0], OpId(found[0][1])) if found else (0, NO_OP)


def heard(database: Database) -> dict[DeviceId, datetime]:
    """When the newest checked operation of every device arrived."""
    return {
        DeviceId(device): moments.aware(at)
        for device, at in database.read("SELECT dev, heard_at FROM chains ORDER BY dev")
    }


def rival(database: Database, device: DeviceId, dseq: int, op_id: OpId) -> OpId | None:
    """Another checked operation at the same place."""
    found = database.read(
        "SELECT op_id FROM operations WHERE dev = ? AND dseq = ? AND op_id <> ? "
        "AND standing IN ('applied', 'foreign', 'refused') ORDER BY arrival LIMIT 1",
        device, dseq, op_id,
    )  # fmt: skip  # one line of values under one line of names
    return OpId(found[0][0]) if found else None


def lengthen(database: Database, device: DeviceId, arrived_at: int) -> None:
    """Follow a chain as far as it goes after a checked operation came. Inside a transaction."""
    before = dseq, op_id = end(database, device)
    while following := _behind(database, device, dseq, op_id):
        dseq, op_id = dseq + 1, following
    if before != (dseq, op_id) or not _known(database, device, arrived_at):
        database.write(
            "INSERT INTO chains (dev, dseq, op_id, heard_at) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE "
            "SET dseq = excluded.dseq, op_id = excluded.op_id, heard_at = max(heard_at, excluded.heard_at)",
            device, dseq, op_id, arrived_at,
        )  # fmt: skip  # one line of values under one line of names


def cut(database: Database, device: DeviceId, arrived_at: int) -> None:
    """Follow a chain anew after an operation in it turned out wrong. Inside a transaction."""
    database.write("UPDATE chains SET dseq = 0, op_id = ? WHERE dev = ?", NO_OP, device)
    lengthen(database, device, arrived_at)


def rebuild(database: Database) -> None:
    """Follow every chain anew. Inside a transaction."""
    database.write("DELETE FROM chains")
    for device, arrived_at in database.read(
        "SELECT dev, max(arrived_at) FROM operations "
        "WHERE standing IN ('applied', 'foreign', 'refused') GROUP BY dev"
    ):
        lengthen(database, DeviceId(device), arrived_at)


def _behind(database: Database, device: DeviceId, dseq: int, op_id: OpId) -> OpId | None:
    found = database.read(
        "SELECT op_id FROM operations WHERE dev = ? AND dseq = ? AND dprev = ? "
        "AND standing IN ('applied', 'foreign', 'refused') ORDER BY arrival LIMIT 1",
        device, dseq + 1, op_id,
    )  # fmt: skip  # one line of values under one line of names
    return OpId(found[0][0]) if found else None


def _known(database: Database, device: DeviceId, arrived_at: int) -> bool:
    return bool(database.read("SELECT 1 FROM chains WHERE dev = ? AND heard_at >= ?", device, arrived_at))
