"""Erasing a case on every desk: why, and the six words. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QButtonGroup, QWidget

from ournydesk.domain.keeping import EraseReason
from ournydesk.domain.operations import RecordId
from ui.desk import CaseDesk
from ui.i18n import tr
from ui.messages import message
from ui.tasks import Attached, Lane, Tasks
from ui.theme.theme import Theme
from ui.widgets.button import Button
from ui.widgets.dialog import Dialog
from ui.widgets.text import Label
from ui.widgets.words import WordsField

REASONS: Final = {
    EraseReason.WITHDRAWN: "The client takes the consent back",
    EraseReason.RETENTION: "It was kept as long as the organisation keeps records",
    EraseReason.MISTAKE: "It should not have been written: a wrong person, a trial",
}


class EraseDialog(Dialog):
    """``erased`` is called when it is gone here; the others follow with their next rounds."""

    def __init__(
        self,
        theme: Theme,
        cases: CaseDesk,
        tasks: Tasks,
        parent: QWidget,
        *,
        record: RecordId,
        client: str,
        known: Callable[[str], bool],
        erased: Callable[[], None],
    ) -> None:
        title = tr("Erase the case of {client} everywhere?", client=client or tr("a client without a name"))
        lead = tr(
            "Every desk drops the answers, the documents and the key at its next round. Nobody can bring "
            "them back, you neither. What was printed, exported or photographed stays where it is. If a "
            "court or an investigation may ask for it, ask counsel first."
        )
        super().__init__(theme, parent, name="erase_dialog", title=title, lead=lead, width=680)
        self._cases, self._record, self._erased = cases, record, erased
        self._tasks = Attached(tasks, self)
        self._reasons = QButtonGroup(self)
        self._words = WordsField(theme, known, "erase_words")
        for reason, words in REASONS.items():
            choice = Button(theme, tr(words), name=f"erase:{reason.value}")
            choice.setProperty("kind", "choice")
            choice.setProperty("leading", "yes")
            choice.setCheckable(True)
            choice.setProperty("reason", reason.value)
            self._reasons.addButton(choice)
            self.column.addWidget(choice)
        self.column.addWidget(Label(theme, tr("The six words of this seat"), self._words.line))
        self.column.addWidget(self._words)
        self.button(tr("Keep it"), self.reject, name="erase_keep")
        self._go = self.button(tr("Erase everywhere"), self._erase, kind="danger", name="erase_now")

    def _erase(self) -> None:
        chosen = self._reasons.checkedButton()
        if chosen is None:
            self.say(tr("Choose why first."))
            return
        reason, words = EraseReason(str(chosen.property("reason"))), self._words.text
        self._go.setEnabled(False)

        def done(_none: None) -> None:
            self.accept()
            self._erased()

        def failed(error: Exception) -> None:
            self._go.setEnabled(True)
            self.show_trouble(message(error))

        self._tasks.run(
            Lane.VAULT, lambda: self._cases.erase(self._record, reason, words), done=done, failed=failed
        )

    def done(self, result: int) -> None:
        """However it ends, the words leave the screen."""
        self._words.clear()
        super().done(result)
