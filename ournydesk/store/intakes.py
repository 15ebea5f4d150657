"""The intakes of an open vault: events and projections in one transaction. Layer: store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from ournydesk.domain.answers import AnswerEvent, Answers
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.intake import IntakeHead, IntakeRow, Progress
from ournydesk.domain.operations import OpId
from ournydesk.errors import Refused, StoreBroken
from ournydesk.ports import Pending
from ournydesk.store import event_log, ladder, projections
from ournydesk.store.database import Database
from ournydesk.store.event_log import Counted, Entry, LocalEvent, Started


class StoredIntakes:
    """``ports.Intakes`` on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rows(self) -> tuple[IntakeRow, ...]:
        """All intakes, the last changed first."""
        return ladder.rows(self._database)

    def row(self, intake: IntakeId) -> IntakeRow:
        """One of them. Raises Refused("refused.unknown_intake")."""
        return ladder.row(self._database, intake)

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
        with self._database.writing():
            self._begin(head)

    def append(
        self, intake: IntakeId, events: Sequence[AnswerEvent], progress: Progress, at: datetime
    ) -> None:
        """Add events and what they come to, in one transaction. Raises Refused("refused.purged")."""
        local: list[LocalEvent] = [*events]
        if projections.row(self._database, intake).progress != progress:
            local.append(Counted(progress))
        if not local:
            return
        if self._mark(intake).purged:
            raise Refused("refused.purged")
        with self._database.writing():
            self._add(intake, local, at)

    def pending(self, intake: IntakeId) -> Pending:
        """What was not sealed yet. Raises Refused("refused.unknown_intake")."""
        row, sealed = projections.row(self._database, intake), self._mark(intake).sealed_through
        entries = event_log.own_entries(self._database, intake, sealed)
        counts = [entry.event.progress for entry in entries if isinstance(entry.event, Counted)]
        return Pending(
            head=row.head,
            first=any(isinstance(entry.event, Started) for entry in entries),
            events=tuple(entry.event for entry in entries if not isinstance(entry.event, (Counted, Started))),
            progress=counts[-1] if counts else None,
            through=entries[-1].seq if entries else sealed,
            at=entries[-1].at if entries else row.changed_at,
        )

    def unsealed(self) -> tuple[IntakeId, ...]:
        """Intakes to which this desk started or answered something that is in no operation yet."""
        return tuple(
            IntakeId(intake)
            for (intake,) in self._database.read(
                "SELECT id FROM intakes LEFT JOIN intake_marks ON intake = id "
                "WHERE written_seq > coalesce(sealed_through, 0) ORDER BY id"
            )
        )

    def mark_sealed(self, intake: IntakeId, through: int) -> None:
        """Local events up to this number are in an operation now."""
        projections.last_seq(self._database, intake)
        with self._database.writing():
            self._database.write(
                "INSERT INTO intake_marks (intake, sealed_through) VALUES (?, ?) "
                "ON CONFLICT DO UPDATE SET sealed_through = max(sealed_through, excluded.sealed_through)",
                intake, through,
            )  # fmt: skip  # one line of values under one line of names

    def receive(
        self,
        head: IntakeHead,
        events: Sequence[AnswerEvent],
        progress: Progress | None,
        at: datetime,
        origin: OpId,
    ) -> None:
        """Take in what another desk's operation comes to; starts the intake when it is not here yet.

        An intake that was purged and comes again, because it was lent back, is as one never handed over.
        """
        with self._database.writing():
            if not self._database.read("SELECT 1 FROM intakes WHERE id = ?", head.id):
                self._begin(head, origin)
            elif self._mark(head.id).purged:
                self._database.write(
                    "UPDATE intake_marks SET purged_at = NULL, handed_over = 0 WHERE intake = ?", head.id
                )
            told: list[LocalEvent] = [*events]
            if progress is not None and projections.row(self._database, head.id).progress != progress:
                told.append(Counted(progress))
            if told:
                self._add(head.id, told, at, origin)

    def mark_handed_over(self, intake: IntakeId) -> None:
        """Its author gave it to the legal team."""
        projections.last_seq(self._database, intake)
        with self._database.writing():
            self._database.write(
                "INSERT INTO intake_marks (intake, handed_over) VALUES (?, 1) "
                "ON CONFLICT DO UPDATE SET handed_over = 1",
                intake,
            )

    def handed_over(self) -> tuple[IntakeId, ...]:
        """Those marked so that were not purged since."""
        found = self._database.read(
            "SELECT intake FROM intake_marks WHERE handed_over = 1 AND purged_at IS NULL ORDER BY intake"
        )
        return tuple(IntakeId(intake) for (intake,) in found)

    def purge(self, intake: IntakeId, at: datetime) -> None:
        """Remove every answer and event but the first, which says what the intake was started with.

        As with :meth:`destroy`, what is removed is in no file of the vault afterwards.
        """
        projections.last_seq(self._database, intake)
        with self._database.writing():
            first = next(event_log.entries(self._database, intake), None)
            if first is None:
                raise StoreBroken("store.events", why="start")
            event_log.forget(self._database, intake, behind=first.seq)
            projections.forget(self._database, intake)
            projections.project(self._database, intake, first.event)
            projections.touch(self._database, intake, [first])
            self._database.write(
                "INSERT INTO intake_marks (intake, sealed_through, purged_at) VALUES (?, ?, ?) "
                "ON CONFLICT DO UPDATE SET sealed_through = excluded.sealed_through, "
                "purged_at = excluded.purged_at",
                intake, first.seq, at.isoformat(),
            )  # fmt: skip  # one line of values under one line of names
            self._database.forget_deleted()

    def destroy(self, intake: IntakeId, tally: str) -> None:
        """Remove an intake with everything it left, and count it.

        SQLite overwrites what it deletes (secure_delete) and the log is emptied, so the rows are in
        no file of the vault afterwards, not even as ciphertext.
        """
        projections.last_seq(self._database, intake)
        with self._database.writing():
            projections.forget(self._database, intake)
            event_log.forget(self._database, intake)
            self._database.write("DELETE FROM intake_marks WHERE intake = ?", intake)
            self._database.write(
                "INSERT INTO tallies (name, count) VALUES (?, 1) ON CONFLICT DO UPDATE SET count = count + 1",
                tally,
            )
            self._database.forget_deleted()

    def tally(self, name: str) -> int:
        """How many were counted under a name."""
        found = self._database.read("SELECT count FROM tallies WHERE name = ?", name)
        return int(found[0][0]) if found else 0

    def _begin(self, head: IntakeHead, origin: str = "") -> None:
        entry = Entry(1, Started(head), head.started_at, origin)
        event_log.append(self._database, head.id, [entry])
        projections.project(self._database, head.id, entry.event)
        projections.touch(self._database, head.id, [entry])

    def _add(self, intake: IntakeId, events: Sequence[LocalEvent], at: datetime, origin: str = "") -> None:
        last = projections.last_seq(self._database, intake)
        entries = [Entry(seq, event, at, origin) for seq, event in enumerate(events, last + 1)]
        event_log.append(self._database, intake, entries)
        for event in events:
            projections.project(self._database, intake, event)
        projections.touch(self._database, intake, entries)

    def _mark(self, intake: IntakeId) -> _Mark:
        found = self._database.read(
            "SELECT sealed_through, purged_at IS NOT NULL FROM intake_marks WHERE intake = ?", intake
        )
        return _Mark(*found[0]) if found else _Mark(0, 0)


class _Mark(NamedTuple):
    sealed_through: int
    purged: int
