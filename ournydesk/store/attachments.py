"""Sealed documents in parts, inside the encrypted database. Layer: store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, LiteralString

from ournydesk.domain.attachments import BlobId, Parts
from ournydesk.domain.operations import OpId, RecordId
from ournydesk.store.database import Database, Row

ALL: Final[LiteralString] = "SELECT blob, record, op_id FROM attachments "
WANTED: Final[LiteralString] = (
    "WHERE blob IN (SELECT blob FROM attachment_parts WHERE content IS NULL) ORDER BY blob"
)
WAITING: Final[LiteralString] = (
    "WHERE blob IN (SELECT blob FROM attachment_parts WHERE sent = 0 AND content IS NOT NULL) ORDER BY blob"
)


class StoredAttachments:
    """``ports.Attachments`` on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def expect(self, blob: BlobId, record: RecordId, op_id: OpId, hashes: Sequence[str]) -> None:
        """A document that an operation names; the same one again changes nothing."""
        with self._database.writing():
            if self._database.read("SELECT 1 FROM attachments WHERE blob = ?", blob):
                return
            self._database.write(
                "INSERT INTO attachments (blob, record, op_id, parts) VALUES (?, ?, ?, ?)",
                blob, record, op_id, len(hashes),
            )  # fmt: skip  # one line of values under one line of names
            self._database.write_many(
                "INSERT INTO attachment_parts (blob, part, sha256) VALUES (?, ?, ?)",
                ((blob, part, sha256) for part, sha256 in enumerate(hashes)),
            )

    def put(self, blob: BlobId, part: int, content: bytes) -> None:
        """Keep a part that was held against its hash; what is here already stays."""
        with self._database.writing():
            self._database.write(
                "UPDATE attachment_parts SET content = ? WHERE blob = ? AND part = ? AND content IS NULL",
                content, blob, part,
            )  # fmt: skip  # one line of values

    def part(self, blob: BlobId, part: int) -> bytes | None:
        """One part, None while it is not here."""
        found = self._database.read(
            "SELECT content FROM attachment_parts WHERE blob = ? AND part = ?", blob, part
        )
        return found[0][0] if found else None

    def sent(self, blob: BlobId, parts: Sequence[int]) -> None:
        """The server has these."""
        with self._database.writing():
            self._database.write_many(
                "UPDATE attachment_parts SET sent = 1 WHERE blob = ? AND part = ? AND sent = 0",
                ((blob, part) for part in parts),
            )

    def offer_again(self) -> None:
        """The server was restored from a backup: nobody knows what it has."""
        with self._database.writing():
            self._database.write("UPDATE attachment_parts SET sent = 0 WHERE sent = 1")

    def of_record(self, record: RecordId) -> tuple[Parts, ...]:
        """The documents of a record, by blob."""
        return self._read(self._database.read(ALL + "WHERE record = ? ORDER BY blob", record))

    def wanted(self) -> tuple[Parts, ...]:
        """Documents of which a part is not here."""
        return self._read(self._database.read(ALL + WANTED))

    def waiting(self) -> tuple[Parts, ...]:
        """Documents of which a part that is here was not seen on the server."""
        return self._read(self._database.read(ALL + WAITING))

    def missing(self, blob: BlobId) -> Mapping[int, str]:
        """The parts that are not here, with their hashes."""
        return dict(
            self._database.read(
                "SELECT part, sha256 FROM attachment_parts WHERE blob = ? AND content IS NULL ORDER BY part",
                blob,
            )
        )

    def unsent(self, blob: BlobId) -> tuple[int, ...]:
        """The parts that are here and were not seen on the server."""
        found = self._database.read(
            "SELECT part FROM attachment_parts WHERE blob = ? AND sent = 0 AND content IS NOT NULL "
            "ORDER BY part",
            blob,
        )
        return tuple(part for (part,) in found)

    def forget(self, record: RecordId) -> None:
        """Drop the documents of a record."""
        with self._database.writing():
            self._database.write(
                "DELETE FROM attachment_parts WHERE blob IN (SELECT blob FROM attachments WHERE record = ?)",
                record,
            )
            self._database.write("DELETE FROM attachments WHERE record = ?", record)
            self._database.forget_deleted()

    def _read(self, rows: Sequence[Row]) -> tuple[Parts, ...]:
        return tuple(self._parts(BlobId(blob), RecordId(record), OpId(op_id)) for blob, record, op_id in rows)

    def _parts(self, blob: BlobId, record: RecordId, op_id: OpId) -> Parts:
        found = self._database.read(
            "SELECT sha256, content IS NOT NULL, sent FROM attachment_parts WHERE blob = ? ORDER BY part",
            blob,
        )
        return Parts(
            blob=blob,
            record=record,
            op_id=op_id,
            hashes=tuple(sha256 for sha256, _, _ in found),
            have=sum(here for _, here, _ in found),
            sent=sum(sent for _, _, sent in found),
        )
