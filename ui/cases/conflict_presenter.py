"""Settling what two people left open: one card each, decided by a person. Layer: ui, without Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from ournydesk.domain.answers import Answer
from ournydesk.domain.case import CaseView, Conflict, TornRow
from ournydesk.domain.operations import RecordId
from ui.desk import CaseDesk
from ui.i18n import tr
from ui.messages import Message, message
from ui.tasks import Lane, Tasks
from ui.widgets.typed import read

KEPT, REMOVED = "kept", "removed"


@dataclass(frozen=True, slots=True)
class Open:
    """One thing to decide; ``decided`` is the answer that stands since, or ``kept`` or ``removed``."""

    what: Conflict | TornRow
    decided: Answer | str | None = None

    @property
    def key(self) -> str:
        """Its name on the page."""
        if isinstance(self.what, TornRow):
            return f"{self.what.path}[{self.what.row}]"
        return self.what.path

    @property
    def title(self) -> str:
        """What it is about."""
        if isinstance(self.what, TornRow):
            return tr("{table}, row {n}", table=self.what.label, n=self.what.number)
        return self.what.question

    @property
    def blocks(self) -> bool:
        """Whether printing and batches wait for it."""
        return self.decided is None and (isinstance(self.what, TornRow) or self.what.blocks)


class ConflictFace(Protocol):
    """What the presenter shows."""

    def show_open(self, client: str, things: tuple[Open, ...]) -> None:
        """Everything there is to decide, decided or not."""
        ...

    def show_trouble(self, words: Message) -> None:
        """Why something did not work."""
        ...

    def show_done(self, what: str) -> None:
        """What was done."""
        ...


class ConflictPresenter:
    """What was decided stays on the page until it is left: another choice is another signature."""

    def __init__(self, face: ConflictFace, cases: CaseDesk, tasks: Tasks, view: CaseView) -> None:
        self._face, self._cases, self._tasks = face, cases, tasks
        self._record: RecordId = view.row.id
        self._client = view.row.client
        self.things: tuple[Open, ...] = ()
        self._take(view)

    def begin(self) -> None:
        """Show it."""
        self._face.show_open(self._client, self.things)

    def choose(self, conflict: Conflict, answer: Answer) -> None:
        """One of the answers that were given."""
        self._run(conflict.path, answer, lambda: self._cases.settle(self._record, conflict.path, answer))

    def write(self, conflict: Conflict, text: str) -> bool:
        """Another answer; whether it could be read. Nothing is thrown away when not."""
        if conflict.options:
            typed_answer, problem = text, ""
        else:
            typed = read(text, conflict.type, conflict.kind)
            typed_answer, problem = typed.answer, typed.problem
        if problem or not typed_answer:
            self._face.show_trouble(Message(problem or tr("There is nothing written yet.")))
            return False
        self.choose(conflict, Answer(typed_answer))
        return True

    def ask(self, conflict: Conflict) -> None:
        """Sign a note that the client is to be asked; the answers stay open."""
        shown = tr(" or ").join(f"“{rival.shown}”" for rival in conflict.rivals)
        words = tr("Ask the client: {question} {shown}?", question=conflict.question, shown=shown)
        told = tr("A note says that the client is to be asked. Both answers stay until somebody chooses.")
        self._do(lambda: self._cases.note(self._record, words), told)

    def settle_row(self, row: TornRow, *, keep: bool) -> None:
        """A torn row stays, or goes."""
        self._run(
            f"{row.path}[{row.row}]",
            KEPT if keep else REMOVED,
            lambda: self._cases.settle_row(self._record, row.path, row.row, keep=keep),
        )

    @property
    def waiting(self) -> tuple[Open, ...]:
        """What nobody has decided."""
        return tuple(one for one in self.things if one.decided is None)

    def _run(self, key: str, decided: Answer | str, work: Callable[[], CaseView]) -> None:
        def settled(view: CaseView) -> None:
            self.things = tuple(
                replace(one, decided=decided) if one.key == key else one for one in self.things
            )
            self._take(view)
            self._face.show_open(self._client, self.things)

        self._tasks.run(Lane.VAULT, work, done=settled, failed=self._failed)

    def _do(self, work: Callable[[], CaseView], told: str) -> None:
        def done(_view: CaseView) -> None:
            self._face.show_done(told)

        self._tasks.run(Lane.VAULT, work, done=done, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        # A card that was pressed looks chosen: it is not.
        self._face.show_open(self._client, self.things)
        self._face.show_trouble(message(error))

    def _take(self, view: CaseView) -> None:
        """What is open now, besides what was decided here; what came meanwhile stands at the end."""
        things = [*map(Open, view.conflicts), *map(Open, view.torn)]
        now = {one.key: one for one in things}
        here = tuple(now.pop(one.key, one) if one.decided is None else one for one in self.things)
        # Somebody else wrote again after the decision here: it is open again.
        again = {one.key for one in here if one.decided is not None} & set(now)
        self.things = (
            *(now[one.key] if one.key in again else one for one in here),
            *(one for key, one in now.items() if key not in again),
        )
