"""What somebody with the laptop and its words can still open of what was handed over."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ournydesk.crypto.grants import SealingKey
from ournydesk.crypto.operations import RecordKey, open_operation, open_record_grant
from ournydesk.domain.grants import decode_grants
from ournydesk.domain.membership import EVERYONE
from ournydesk.domain.operations import Envelope, decode_envelope, decode_header
from ournydesk.errors import DeskError
from ournydesk.services.membership import team_of
from ournydesk.store.opened import StoredVault, open_folder

PUBLISHED = ("form_versions", "form_files", "blanks")


@dataclass(frozen=True)
class Tried:
    """``opened`` operations of ``sealed`` with ``keys`` keys; ``found`` words of the client."""

    sealed: int
    keys: int
    opened: int
    found: tuple[str, ...]


def what_can_be_opened(laptop: Path, words: str, secrets: list[str]) -> Tried:
    """Open the vault with its words and try every key in it on every sealed thing on the laptop."""
    [folder] = (path for path in (laptop / "vaults").iterdir() if path.is_dir())
    vault = open_folder(folder, words)
    try:
        rows = _everything(vault)
        envelopes = [
            decode_envelope(value)
            for row in rows
            for value in row
            if isinstance(value, bytes) and value.startswith(b"ourny-op")
        ]
        envelopes += [decode_envelope(path.read_bytes()) for path in (folder / "outgoing").glob("*.op")]
        # What is told to every desk is no client's: forms, names, and that the laptop has let go.
        records = [one for one in envelopes if EVERYONE not in decode_header(one.header).to]
        keys = _keys(vault, rows)
        team = team_of(vault)
        theirs = _of_clients(vault, team.id)
        opened = sum(_opens(one, keys, team.id) for one in records)
        readable = b"\0".join(_bytes(value) for row in theirs for value in row)
        found = tuple(word for word in secrets if word.encode("utf-8") in readable)
    finally:
        vault.close()
    return Tried(sealed=len(records), keys=len(keys), opened=opened, found=found)


def _of_clients(vault: StoredVault, team: str) -> list[tuple[object, ...]]:
    """The same without what was published to everybody: forms, blanks, the team's own names."""
    return [row for row in _everything(vault, without=PUBLISHED) if team not in row]


def _everything(vault: StoredVault, without: tuple[str, ...] = ()) -> list[tuple[object, ...]]:
    """Every row of every table of the opened database."""
    database = vault._database
    tables = [name for (name,) in database.read("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows: list[tuple[object, ...]] = []
    for table in tables:
        if table in without:
            continue
        rows += database._connection.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608 - names it told
    return rows


def _keys(vault: StoredVault, rows: list[tuple[object, ...]]) -> list[bytes]:
    """Everything in the database that has the length of a key."""
    lengths = {RecordKey.length, SealingKey.length}
    kept = {value for row in rows for value in row if isinstance(value, bytes) and len(value) in lengths}
    return [*kept, bytes(vault.keys.sealing().reveal())]


def _opens(envelope: Envelope, keys: list[bytes], team: str) -> bool:
    header = decode_header(envelope.header)
    record_keys = [RecordKey(key) for key in keys if len(key) == RecordKey.length]
    for grant in decode_grants(envelope.grants):
        for key in keys:
            if len(key) == SealingKey.length:
                try:
                    record_keys.append(
                        open_record_grant(
                            grant, team=team, record=header.rec, version=header.rdk, key=SealingKey(key)
                        )
                    )
                except (DeskError, ValueError):
                    continue
    return any(_tried(envelope, key) for key in record_keys)


def _tried(envelope: Envelope, key: RecordKey) -> bool:
    try:
        open_operation(envelope, key)
    except DeskError:
        return False
    return True


def _bytes(value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    return str(value).encode("utf-8")
