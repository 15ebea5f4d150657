"""One vault as one file, and the vault a file becomes. Layer: store. FORMAT.md "Backups".

A ZIP with two members, stored as they are: ``vault.json`` with the sealed master key, and ``data.db``, the
encrypted database. The device's private keys are not in it: two laptops that sign as one would tear the
team's log apart, so a restored seat asks to be let in anew, as another desk.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, LiteralString

from ournydesk.crypto.vault_header import MOST_BYTES
from ournydesk.domain.ids import new_id
from ournydesk.domain.operations import Kind
from ournydesk.errors import BadInput
from ournydesk.store import chains, durable, event_log, projections
from ournydesk.store.database import Database
from ournydesk.store.folder import VaultFolder

MEMBERS: Final = ("vault.json", "data.db")
MOST_DATABASE: Final = 16 * 1024 * 1024 * 1024
CHUNK: Final = 1024 * 1024
EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every member: when a backup was made is nobody's business, and ZIP knows no earlier one."""
LEFT_OUT: Final[tuple[LiteralString, ...]] = ("DELETE FROM copy.device_keys",)
OUT_OF_THE_TEAM: Final[tuple[LiteralString, ...]] = (
    "DELETE FROM identity",
    "DELETE FROM members",
    "DELETE FROM log",
    "UPDATE followed SET n = 0, hash = '', confirmed = 0",
    # The server says anew what it has: what is offered twice changes nothing there.
    "UPDATE operations SET n = NULL, offered_at = NULL",
    "DELETE FROM settings WHERE name LIKE 'sync.%'",
)
WRITTEN_HERE: Final = (
    "SELECT DISTINCT events.intake FROM events "
    "JOIN operations ON operations.record = events.intake AND operations.kind = ? "
    "JOIN identity ON identity.device = operations.dev "
    "LEFT JOIN intake_marks ON intake_marks.intake = events.intake "
    "WHERE coalesce(handed_over, 0) = 0 AND purged_at IS NULL"
)
"""Intakes this desk began, sealed something of, and did not hand over."""


def write(folder: VaultFolder, database: Database, target: Path) -> None:
    """Write the backup of an open vault. Whole or not there; raises StoreBroken."""
    copy = target.with_name(f"{target.name}.copy")
    draft = target.with_name(f"{target.name}.new")
    try:
        with durable.storage_errors():
            for path in (copy, draft):
                path.unlink(missing_ok=True)
            # Made by us first: whatever the umask, nobody else reads it.
            for path in (copy, draft):
                os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, durable.PRIVATE_FILE))
        database.copy_into(copy, LEFT_OUT)
        with durable.storage_errors(), zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED) as bundle:
            bundle.writestr(zipfile.ZipInfo(MEMBERS[0], EARLIEST), folder.header.read_bytes())
            with (
                copy.open("rb") as source,
                bundle.open(zipfile.ZipInfo(MEMBERS[1], EARLIEST), "w", force_zip64=True) as sink,
            ):
                while content := source.read(CHUNK):
                    sink.write(content)
        durable.put_in_place(draft, target)
    finally:
        for path in (copy, draft):
            path.unlink(missing_ok=True)


def header(untrusted: Path) -> bytes:
    """The key file in a backup. Raises BadInput for anything but a whole backup."""
    with _opened(untrusted) as bundle, _whole(untrusted):
        return bundle.read(MEMBERS[0])


def unpack(untrusted: Path, folder: VaultFolder) -> None:
    """Put the files of a backup into an empty folder. Raises BadInput, StoreBroken."""
    folder.make()
    with _opened(untrusted) as bundle, _whole(untrusted), durable.storage_errors():
        handle = os.open(folder.database, os.O_WRONLY | os.O_CREAT | os.O_EXCL, durable.PRIVATE_FILE)
        with os.fdopen(handle, "wb") as sink, bundle.open(MEMBERS[1]) as source:
            while content := source.read(CHUNK):
                sink.write(content)
            sink.flush()
            os.fsync(sink.fileno())
    durable.write(folder.header, header(untrusted))


def shed(database: Database) -> None:
    """Take a restored vault out of its team, with nothing lost that only it may hold.

    What this desk began and had not handed over becomes a new record, written anew by the desk that it
    becomes when it is let in; what it had sealed for others still waits to be carried.
    """
    with database.transaction():
        for (intake,) in database.read(WRITTEN_HERE, Kind.CREATE.value):
            database.write(
                "INSERT INTO events (intake, seq, kind, body, at, origin) "
                "SELECT ?, seq, kind, body, at, '' FROM events WHERE intake = ?",
                new_id(), intake,
            )  # fmt: skip  # one line of values under one line of names
            event_log.forget(database, intake)
            projections.forget(database, intake)
            database.write("DELETE FROM intake_marks WHERE intake = ?", intake)
        for statement in OUT_OF_THE_TEAM:
            database.write(statement)
        projections.rebuild(database)
        chains.rebuild(database)


def _opened(untrusted: Path) -> zipfile.ZipFile:
    try:
        bundle = zipfile.ZipFile(untrusted)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _refused(untrusted) from error
    found = {one.filename: one for one in bundle.infolist()}
    sound = (
        len(bundle.infolist()) == len(found) == len(MEMBERS)
        and set(found) == set(MEMBERS)
        and all(one.compress_type == zipfile.ZIP_STORED and not one.flag_bits & 1 for one in found.values())
        and found[MEMBERS[0]].file_size <= MOST_BYTES
        and found[MEMBERS[1]].file_size <= MOST_DATABASE
    )
    if not sound:
        bundle.close()
        raise _refused(untrusted)
    return bundle


@contextmanager
def _whole(untrusted: Path) -> Iterator[None]:
    """What a member turns out to be while it is read: torn, or longer than it says."""
    try:
        yield
    except (zipfile.BadZipFile, EOFError) as error:
        raise _refused(untrusted) from error


def _refused(untrusted: Path) -> BadInput:
    return BadInput(
        f"{untrusted.name} is no backup of a seat, or it is damaged. Look for another copy of it."
    )
