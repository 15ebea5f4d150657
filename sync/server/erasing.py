"""Deleting what was erased, and holding that. Layer: sync.server.

A coordinator's signed order to erase a record takes the sealed bytes of all its operations and the grants
in them; names and positions stay, so that the chain still verifies. Under a hold the order is numbered like
any other, and the bytes stay until the hold ends.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from ournydesk.domain.operations import Kind, RecordId, TeamId
from sync.server import storage
from sync.server.faults import NotServed
from sync.server.storage import Storage

NOTHING: Final = b""
_OPERATIONS: Final = storage.operations.c


def emptied(connection: Connection, team: TeamId, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows about to be written, without the bytes of those whose record was erased before."""
    rows = list(rows)
    gone = _erased(connection, team, {row["rec"] for row in rows})
    return [row | {"envelope": NOTHING} if row["rec"] in gone and not _orders(row) else row for row in rows]


def obey(connection: Connection, team: TeamId, rows: Iterable[dict[str, Any]], *, held: bool) -> None:
    """Erase what these rows order to erase, after they were written. Under the lock of the team's row."""
    ordered = {row["rec"] for row in rows if _orders(row)}
    fresh = ordered - _erased(connection, team, ordered)
    if not fresh:
        return
    connection.execute(insert(storage.erased), [{"team": team, "rec": rec} for rec in sorted(fresh)])
    here = storage.teams.c
    connection.execute(update(storage.teams).where(here.team == team).values(erased=here.erased + len(fresh)))
    if not held:
        _delete(connection, team, fresh)


def hold(database: Storage, team: TeamId, *, held: bool) -> int:
    """Begin or end a hold; how many erased records there are. Raises NotServed("unknown")."""
    with database.writing() as connection:
        here = storage.teams.c
        found = connection.execute(select(here.erased).where(here.team == team).with_for_update()).first()
        if found is None:
            raise NotServed("unknown")
        connection.execute(update(storage.teams).where(here.team == team).values(held=int(held)))
        if not held:
            gone = connection.execute(select(storage.erased.c.rec).where(storage.erased.c.team == team))
            _delete(connection, team, [row.rec for row in gone])
    return int(found.erased)


def _orders(row: dict[str, Any]) -> bool:
    return bool(row["kind"] == Kind.ERASE.value)


def _erased(connection: Connection, team: TeamId, records: Collection[RecordId]) -> frozenset[RecordId]:
    if not records:
        return frozenset()
    here = storage.erased.c
    found = connection.execute(select(here.rec).where(here.team == team, here.rec.in_(records)))
    return frozenset(RecordId(row.rec) for row in found)


def _delete(connection: Connection, team: TeamId, records: Collection[RecordId]) -> None:
    """The orders themselves stay: a desk that was away learns from them."""
    for record in records:
        connection.execute(
            update(storage.operations)
            .where(_OPERATIONS.team == team, _OPERATIONS.rec == record, _OPERATIONS.kind != Kind.ERASE.value)
            .values(envelope=NOTHING)
        )
