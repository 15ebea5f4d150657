"""Erasing a case on every desk: why, and the six words. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ournydesk.domain.keeping import EraseReason
from ournydesk.domain.operations import RecordId
from ui.desk import CaseDesk
from ui.i18n import tr
from ui.messages import message
from ui.tasks import Attached, Lane, Tasks
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.focus import FocusRing
from ui.widgets.scroll import scrolled
from ui.widgets.text import Label, Text
from ui.widgets.words import WordsField

REASONS: Final = {
    EraseReason.WITHDRAWN: "The client takes the consent back",
    EraseReason.RETENTION: "It was kept as long as the organisation keeps records",
    EraseReason.MISTAKE: "It should not have been written: a wrong person, a trial",
}


class EraseDialog(QDialog):
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
        super().__init__(parent)
        self._theme, self._cases, self._record, self._erased = theme, cases, record, erased
        self._tasks = Attached(tasks, self)
        self.setObjectName("erase_dialog")
        self.setWindowTitle(tr("Erase everywhere"))
        self._reasons = QButtonGroup(self)
        self._banner = Banner(theme, "attention", name="erase_trouble")
        self._words = WordsField(theme, known, "erase_words")
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(32, 24, 32, 20)
        column.setSpacing(12)
        column.addWidget(self._banner)
        title = tr("Erase the case of {client} everywhere?", client=client or tr("a client without a name"))
        column.addWidget(Text(theme, title, Type.SECTION))
        lead = tr(
            "Every desk drops the answers, the documents and the key at its next round. Nobody can bring "
            "them back, you neither. What was printed, exported or photographed stays where it is. If a "
            "court or an investigation may ask for it, ask counsel first."
        )
        column.addWidget(Text(theme, lead, tone="second"))
        for reason, words in REASONS.items():
            choice = Button(theme, tr(words), name=f"erase:{reason.value}")
            choice.setProperty("kind", "choice")
            choice.setProperty("leading", "yes")
            choice.setCheckable(True)
            choice.setProperty("reason", reason.value)
            self._reasons.addButton(choice)
            column.addWidget(choice)
        column.addWidget(Label(theme, tr("The six words of this seat"), self._words.line))
        column.addWidget(self._words)
        row = QHBoxLayout()
        self._go = Button(theme, tr("Erase everywhere"), kind="danger", name="erase_now")
        keep = Button(theme, tr("Keep it"), name="erase_keep")
        self._go.clicked.connect(lambda _checked=False: self._erase())
        keep.clicked.connect(lambda _checked=False: self.reject())
        row.addWidget(self._go)
        row.addStretch(1)
        row.addWidget(keep)
        column.addLayout(row)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(body, "erase_scroll"))
        self._ring = FocusRing(theme, self)
        room = parent.size()
        self.resize(min(theme.px(680), room.width() - 40), min(theme.px(560), room.height() - 40))

    def _erase(self) -> None:
        chosen = self._reasons.checkedButton()
        if chosen is None:
            self._banner.say(tr("Choose why first."))
            return
        reason, words = EraseReason(str(chosen.property("reason"))), self._words.text
        self._go.setEnabled(False)

        def done(_none: None) -> None:
            self.accept()
            self._erased()

        def failed(error: Exception) -> None:
            self._go.setEnabled(True)
            told = message(error)
            self._banner.say(told.what, told.then)

        self._tasks.run(
            Lane.VAULT, lambda: self._cases.erase(self._record, reason, words), done=done, failed=failed
        )

    def done(self, result: int) -> None:
        """However it ends, the words leave the screen."""
        self._words.clear()
        super().done(result)
