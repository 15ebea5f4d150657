"""The secret keys of this desk, inside its encrypted database. Layer: store.

A key that is kept is never replaced: the same one again, or another in its place, changes nothing.
"""

from __future__ import annotations

from ournydesk.crypto.grants import SealingKey
from ournydesk.crypto.operations import RecordKey
from ournydesk.crypto.signing import SigningKey
from ournydesk.domain.operations import RecordId
from ournydesk.errors import Refused
from ournydesk.store.database import Database
from ournydesk.store.remembered import Remembered


class StoredKeyring:
    """``ports.Keyring`` on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._own = Remembered(database, self._read_own)

    def keep_device(self, sign: SigningKey, seal: SealingKey) -> None:
        """This desk's own keys."""
        with self._database.writing():
            self._own.forget()
            self._database.write(
                "INSERT INTO device_keys (one, sign, seal) VALUES (1, ?, ?) ON CONFLICT DO NOTHING",
                bytes(sign.reveal()), bytes(seal.reveal()),
            )  # fmt: skip  # one line of values under one line of names

    def signing(self) -> SigningKey:
        """The desk's signature key. Raises Refused("refused.no_team")."""
        return self._device()[0]

    def sealing(self) -> SealingKey:
        """The desk's key for what is sealed to it. Raises Refused("refused.no_team")."""
        return self._device()[1]

    def keep_group(self, group: str, epoch: int, key: SealingKey) -> None:
        """The private half of a group's key in one epoch."""
        with self._database.writing():
            self._database.write(
                "INSERT INTO group_keys (name, epoch, key) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                group, epoch, bytes(key.reveal()),
            )  # fmt: skip  # one line of values under one line of names

    def group(self, group: str, epoch: int) -> SealingKey | None:
        """That key, None when this desk does not hold it."""
        found = self._database.read("SELECT key FROM group_keys WHERE name = ? AND epoch = ?", group, epoch)
        return SealingKey(found[0][0]) if found else None

    def keep_record(self, record: RecordId, version: int, key: RecordKey) -> None:
        """The key of a record."""
        with self._database.writing():
            self._database.write(
                "INSERT INTO record_keys (record, version, key) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                record, version, bytes(key.reveal()),
            )  # fmt: skip  # one line of values under one line of names

    def record(self, record: RecordId, version: int) -> RecordKey | None:
        """That key, None when this desk does not hold it."""
        found = self._database.read(
            "SELECT key FROM record_keys WHERE record = ? AND version = ?", record, version
        )
        return RecordKey(found[0][0]) if found else None

    def newest(self, record: RecordId) -> tuple[int, RecordKey] | None:
        """The highest version of a record's key that this desk holds."""
        found = self._database.read(
            "SELECT version, key FROM record_keys WHERE record = ? ORDER BY version DESC LIMIT 1", record
        )
        return (found[0][0], RecordKey(found[0][1])) if found else None

    def forget_record(self, record: RecordId) -> None:
        """Drop every version of a record's key; it is in no file of the vault afterwards."""
        with self._database.writing():
            self._database.write("DELETE FROM record_keys WHERE record = ?", record)
            self._database.forget_deleted()

    def _device(self) -> tuple[SigningKey, SealingKey]:
        found = self._own.get()
        if found is None:
            raise Refused("refused.no_team")
        return found

    def _read_own(self) -> tuple[SigningKey, SealingKey] | None:
        found = self._database.read("SELECT sign, seal FROM device_keys")
        return (SigningKey(found[0][0]), SealingKey(found[0][1])) if found else None
