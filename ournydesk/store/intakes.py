"""The intakes of an open vault: events and projections in one transaction. Layer: store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ournydesk.domain.answers import AnswerEvent, Answers
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.intake import IntakeHead, IntakeRow, Progress
from ournydesk.errors import Refused
from ournydesk.store import event_log, projections
from ournydesk.store.database import Database
from ournydesk.store.event_log import Counted, LocalEvent, Started


class StoredIntakes:
    """``ports.Intakes`` on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rows(self) -> tuple[IntakeRow, ...]:
        """All intakes, the last changed first."""
        return projections.rows(self._database)

    def row(self, intake: IntakeId) -> IntakeRow:
        """One of them. Raises Refused("refused.unknown_intake")."""
        return projections.row(self._database, intake)

    def answers(self, intake: IntakeId) -> Answers:
        """What was answered so far. Raises Refused("refused.unknown_intake")."""
        projections.last_seq(self._database, intake)
        return projections.answers(self._database, intake)

    def next_ticket(self) -> int:
        """One more than the highest ticket in the vault."""
        ((highest,),) = self._database.read("SELECT coalesce(max(ticket), 0) FROM intakes")
        return int(highest) + 1

    def start(self, head: IntakeHead) -> None:
        """A new intake. Raises Refused("refused.unknown_form") unless its form version is on the shelf."""
        if not self._database.read("SELECT 1 FROM form_versions WHERE hash = ?", head.form_hash):
            raise Refused("refused.unknown_form")
        with self._database.transaction():
            event_log.append(self._database, head.id, 0, [Started(head)], head.started_at)
            projections.project(self._database, head.id, Started(head))

    def append(
        self, intake: IntakeId, events: Sequence[AnswerEvent], progress: Progress, at: datetime
    ) -> None:
        """Add events and what they come to, in one transaction."""
        local: list[LocalEvent] = [*events]
        if projections.row(self._database, intake).progress != progress:
            local.append(Counted(progress))
        if not local:
            return
        with self._database.transaction():
            before = projections.last_seq(self._database, intake)
            last = event_log.append(self._database, intake, before, local, at)
            for event in local:
                projections.project(self._database, intake, event)
            projections.touch(self._database, intake, last, at)

    def destroy(self, intake: IntakeId, tally: str) -> None:
        """Remove an intake with everything it left, and count it.

        SQLite overwrites what it deletes (secure_delete) and the log is emptied, so the rows are in
        no file of the vault afterwards, not even as ciphertext.
        """
        projections.last_seq(self._database, intake)
        with self._database.transaction():
            projections.forget(self._database, intake)
            event_log.forget(self._database, intake)
            self._database.write(
                "INSERT INTO tallies (name, count) VALUES (?, 1) ON CONFLICT DO UPDATE SET count = count + 1",
                tally,
            )
        self._database.forget_deleted()

    def tally(self, name: str) -> int:
        """How many were counted under a name."""
        found = self._database.read("SELECT count FROM tallies WHERE name = ?", name)
        return int(found[0][0]) if found else 0
