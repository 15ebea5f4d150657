"""One case: reading it, a note, a decision, lending it. Layer: ui, without Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from ournydesk.domain.case import CaseView
from ournydesk.domain.operations import DeviceId, RecordId
from ournydesk.domain.record import Choice
from ui.desk import CaseDesk
from ui.i18n import tr
from ui.messages import Message, message
from ui.tasks import Lane, Tasks

CHOICES: Final = {
    Choice.PREPARE: "Prepare the form here",
    Choice.PARTNER: "Refer to a partner",
    Choice.REFERRAL_LIST: "Give the referral list",
    Choice.NOT_NOW: "Not now, second opinion",
}
HAPPENED: Final = {
    "began": "Intake begun",
    "edited": "Answers written",
    "handed_over": "Handed over",
    "carried": "Carried here",
    "received": "Received by the legal team",
    "note": "Note",
    "decision": "Decision signed",
    "lent": "Lent to a desk",
    "printed": "Printed",
}


class CaseFace(Protocol):
    """What the presenter shows."""

    def show_case(self, view: CaseView) -> None:
        """The case as it is now."""
        ...

    def show_trouble(self, words: Message) -> None:
        """Why something did not work."""
        ...

    def show_done(self, what: str) -> None:
        """What was done."""
        ...


class CasePresenter:
    """Everything a reader does is signed at once; nothing is edited afterwards, only followed by more."""

    def __init__(self, face: CaseFace, cases: CaseDesk, tasks: Tasks, record: RecordId) -> None:
        self._face, self._cases, self._tasks, self._record = face, cases, tasks, record

    def begin(self) -> None:
        """Read the case."""
        self._face.show_done(tr("Reading the case…"))
        self._run(lambda: self._cases.case(self._record), "")

    def note(self, text: str) -> None:
        """Sign a note; an empty one is not signed."""
        if not text.strip():
            self._face.show_trouble(Message(tr("There is nothing written yet.")))
            return
        self._run(lambda: self._cases.note(self._record, text), tr("The note is signed and saved."))

    def decide(self, choice: Choice | None, reason: str) -> None:
        """Sign a decision."""
        if choice is None:
            self._face.show_trouble(Message(tr("Choose one of the four first.")))
            return
        self._run(
            lambda: self._cases.decide(self._record, choice, reason), tr("The decision is signed and saved.")
        )

    def lend(self, device: DeviceId, name: str) -> None:
        """Lend the case to one desk."""
        self._run(
            lambda: self._cases.lend(self._record, device),
            tr("{name}'s desk can open this case until the clinic closes.", name=name),
        )

    def _run(self, work: Callable[[], CaseView], words: str) -> None:
        def done(view: CaseView) -> None:
            self._face.show_case(view)
            if words:
                self._face.show_done(words)

        self._tasks.run(
            Lane.VAULT, work, done=done, failed=lambda error: self._face.show_trouble(message(error))
        )
