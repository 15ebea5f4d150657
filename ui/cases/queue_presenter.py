"""The queue of a reader: which cases are shown, which is selected. Layer: ui, without Qt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from ournydesk.clock import Clock
from ournydesk.domain.case import CaseRow
from ournydesk.domain.operations import RecordId
from ui.cases.queues import Queue, chosen, counts
from ui.desk import CaseDesk
from ui.messages import Message, message
from ui.tasks import Lane, Tasks


class QueueView(Protocol):
    """What the presenter shows."""

    def show_queues(self, counted: dict[Queue, int], queue: Queue) -> None:
        """The side list."""
        ...

    def show_cases(self, rows: tuple[CaseRow, ...], now: datetime, all_urgent: int) -> None:
        """The cases of the queue that is chosen."""
        ...

    def show_selected(self, row: CaseRow | None) -> None:
        """What there is to know about the selected case."""
        ...

    def show_trouble(self, words: Message) -> None:
        """Why the cases cannot be shown."""
        ...


class QueuePresenter:
    """Loads the cases and keeps the choice."""

    def __init__(
        self,
        view: QueueView,
        cases: CaseDesk,
        tasks: Tasks,
        clock: Clock,
        *,
        shown: Callable[[tuple[CaseRow, ...]], None] = lambda _rows: None,
    ) -> None:
        self._view, self._cases, self._tasks, self._clock = view, cases, tasks, clock
        self._shown = shown
        self._rows: tuple[CaseRow, ...] = ()
        self._queue, self._sought = Queue.ALL, ""
        self._selected: RecordId | None = None

    def load(self) -> None:
        """Read the cases anew; the choice stays."""

        def done(rows: tuple[CaseRow, ...]) -> None:
            self._rows = rows
            self._shown(rows)
            self._show()

        self._tasks.run(Lane.VAULT, self._cases.cases, done=done, failed=self._failed)

    def choose(self, queue: Queue) -> None:
        """Show another queue."""
        self._queue = queue
        self._show()

    def seek(self, words: str) -> None:
        """Show only what holds these words."""
        self._sought = words
        self._show()

    def select(self, record: RecordId | None) -> None:
        """Another case is selected."""
        self._selected = record
        self._view.show_selected(next((row for row in self._rows if row.id == record), None))

    @property
    def selected(self) -> RecordId | None:
        """The case that is selected."""
        return self._selected

    def _show(self) -> None:
        rows = chosen(self._rows, self._queue, self._sought)
        self._view.show_queues(counts(self._rows), self._queue)
        self._view.show_cases(rows, self._clock.now(), sum(bool(row.urgent) for row in rows))
        there = any(row.id == self._selected for row in rows)
        self.select(self._selected if there else rows[0].id if rows else None)

    def _failed(self, error: Exception) -> None:
        self._view.show_trouble(message(error))
