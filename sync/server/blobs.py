"""Sealed attachments in parts, in any order. Layer: sync.server. A name that is not there is a 404."""

from __future__ import annotations

import hashlib
import hmac

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from ournydesk.domain.ids import is_id
from ournydesk.domain.operations import TeamId
from sync.protocol.limits import MOST_PARTS, PART_BYTES
from sync.protocol.messages import PartsHeld
from sync.server import storage
from sync.server.faults import NotServed
from sync.server.storage import Storage


class Blobs:
    """The parts of every team's attachments."""

    def __init__(self, database: Storage) -> None:
        self._database = database

    def put(self, team: TeamId, blob: str, part: int, content: bytes, sha256: str) -> int:
        """Keep a part: 201; 200 if it was here; NotServed("part_differs") if another was."""
        if not is_id(blob) or not 0 <= part < MOST_PARTS or not 0 < len(content) <= PART_BYTES:
            raise NotServed("part")
        found = hashlib.sha256(content).hexdigest()
        if not hmac.compare_digest(found.encode("ascii"), sha256.encode("utf-8")):
            raise NotServed("hash")
        try:
            return self._keep(team, blob, part, content, found)
        except IntegrityError:  # another brought this part at the same moment: now it is there
            return self._keep(team, blob, part, content, found)

    def have(self, team: TeamId, blob: str) -> PartsHeld:
        """Which parts are here; none for a blob nobody has begun."""
        table = storage.blob_parts
        with self._database.reading() as connection:
            rows = connection.execute(
                select(table.c.part).where(table.c.team == team, table.c.blob == blob).order_by(table.c.part)
            ).all()
        return PartsHeld(have=tuple(row.part for row in rows))

    def get(self, team: TeamId, blob: str, part: int) -> bytes:
        """One part. Raises NotServed("unknown")."""
        if not 0 <= part < MOST_PARTS:
            raise NotServed("unknown")
        table = storage.blob_parts
        with self._database.reading() as connection:
            row = connection.execute(
                select(table.c.content).where(
                    table.c.team == team, table.c.blob == blob, table.c.part == part
                )
            ).first()
        if row is None:
            raise NotServed("unknown")
        return bytes(row.content)

    def _keep(self, team: TeamId, blob: str, part: int, content: bytes, sha256: str) -> int:
        table = storage.blob_parts
        with self._database.writing() as connection:
            row = connection.execute(
                select(table.c.sha256).where(table.c.team == team, table.c.blob == blob, table.c.part == part)
            ).first()
            if row is not None:
                if row.sha256 != sha256:
                    raise NotServed("part_differs")
                return 200
            connection.execute(
                insert(table).values(team=team, blob=blob, part=part, sha256=sha256, content=content)
            )
        return 201
