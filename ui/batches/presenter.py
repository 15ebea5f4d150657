"""Writing a batch: what goes in, who can open it, written and opened again. Layer: ui, without Qt."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from ournydesk.domain.batch import BatchDone, BatchPlan
from ui.desk import BatchDesk
from ui.i18n import tr
from ui.messages import Message, message
from ui.tasks import Lane, Tasks


class BatchFace(Protocol):
    """What the presenter shows."""

    def show_plan(self, plan: BatchPlan) -> None:
        """What a batch would hold."""
        ...

    def show_writing(self, *, busy: bool) -> None:
        """It is being written, opened again and compared."""
        ...

    def show_written(self, done: BatchDone) -> None:
        """It is whole."""
        ...

    def show_trouble(self, words: Message) -> None:
        """Why not."""
        ...


class BatchPresenter:
    """One batch."""

    def __init__(self, face: BatchFace, batches: BatchDesk, tasks: Tasks) -> None:
        self._face, self._batches, self._tasks = face, batches, tasks
        self._plan: BatchPlan | None = None

    def begin(self) -> None:
        """See what there is."""

        def done(plan: BatchPlan) -> None:
            self._plan = plan
            self._face.show_plan(plan)

        self._tasks.run(Lane.VAULT, lambda: self._batches.plan_batch(None), done=done, failed=self._failed)

    def write(self, keys: str, folder: Path) -> None:
        """Write it into a folder; ``keys`` are age public keys, one a line."""
        plan = self._plan
        if plan is None or not plan.records:
            self._face.show_trouble(Message(tr("There is no case to write.")))
            return
        recipients = [line.strip() for line in keys.splitlines() if line.strip()]
        self._face.show_writing(busy=True)

        def done(written: BatchDone) -> None:
            self._face.show_writing(busy=False)
            self._face.show_written(written)

        self._tasks.run(
            Lane.VAULT,
            lambda: self._batches.write_batch(plan, recipients, folder),
            done=done,
            failed=self._failed,
        )

    def _failed(self, error: Exception) -> None:
        self._face.show_writing(busy=False)
        self._face.show_trouble(message(error))
