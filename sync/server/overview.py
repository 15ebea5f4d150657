"""What an operator may know of a server: ids, counts, sizes, hours. Layer: sync.server.

Nothing here names a person, a device or a record, and nothing here could.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, func, select, text

from ournydesk.domain.operations import TeamId
from sync.server import storage
from sync.server.storage import Storage

UNKNOWN_VERSION: Final = "not installed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamOverview:
    """One team in numbers. Sizes are bytes."""

    id: TeamId
    members: int
    """Entries of its membership log."""
    devices: int
    operations: int
    operation_bytes: int
    attachments: int
    attachment_bytes: int
    last_sync: datetime | None
    """The hour in which one of its desks logged in last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The whole server in numbers."""

    version: str
    schema: str
    database: str
    """Which kind."""
    stored_bytes: int
    free_bytes: int | None
    """What is left on its disk; None where the database is elsewhere."""
    teams: tuple[TeamOverview, ...]


def overview(database: Storage) -> Overview:
    """The server as it is now. Reads the length of every operation: for a person, not for a probe."""
    with database.reading() as connection:
        teams = _teams(connection)
        schema = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
        stored = _stored(connection)
    return Overview(
        version=_version(),
        schema=schema,
        database={"sqlite": "SQLite", "postgresql": "PostgreSQL"}[database.engine.dialect.name],
        stored_bytes=stored,
        free_bytes=_free(database),
        teams=teams,
    )


def _teams(connection: Connection) -> tuple[TeamOverview, ...]:
    ops, parts, devices = storage.operations, storage.blob_parts, storage.devices
    sizes = select(ops.c.team, func.sum(func.length(ops.c.envelope))).group_by(ops.c.team)
    sealed = select(
        parts.c.team, func.count(parts.c.blob.distinct()), func.sum(func.length(parts.c.content))
    ).group_by(parts.c.team)
    known = select(devices.c.team, func.count()).group_by(devices.c.team)
    operation_bytes = {row[0]: int(row[1]) for row in connection.execute(sizes)}
    attachments = {row[0]: (int(row[1]), int(row[2])) for row in connection.execute(sealed)}
    counted = {row[0]: int(row[1]) for row in connection.execute(known)}
    return tuple(
        TeamOverview(
            id=TeamId(row.team),
            members=row.members,
            devices=counted.get(row.team, 0),
            operations=row.head_n,
            operation_bytes=operation_bytes.get(row.team, 0),
            attachments=attachments.get(row.team, (0, 0))[0],
            attachment_bytes=attachments.get(row.team, (0, 0))[1],
            last_sync=datetime.fromtimestamp(row.last_sync, UTC) if row.last_sync else None,
        )
        for row in connection.execute(select(storage.teams).order_by(storage.teams.c.team))
    )


def _stored(connection: Connection) -> int:
    if connection.dialect.name == "sqlite":
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        return int(pages) * int(connection.exec_driver_sql("PRAGMA page_size").scalar_one())
    return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())


def _free(database: Storage) -> int | None:
    file = database.engine.url.database
    if database.engine.dialect.name != "sqlite" or not file:
        return None
    return shutil.disk_usage(Path(file).parent).free


def _version() -> str:
    try:
        return version("ournydesk")
    except PackageNotFoundError:  # run from a folder of sources
        return UNKNOWN_VERSION
