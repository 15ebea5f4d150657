"""Trying other law data: which open cases it would read differently. Layer: ui.

It only looks: nothing is changed, and nobody is told. For attorneys.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ournydesk.domain.law_changes import LawTouched
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
from ui.widgets.text import Text, rule


class LawDialog(QDialog):
    """``ask`` gives the folder with the tables, None when nobody chose one; ``opened`` opens a case."""

    def __init__(
        self,
        theme: Theme,
        cases: CaseDesk,
        tasks: Tasks,
        parent: QWidget,
        *,
        ask: Callable[[], Path | None],
        opened: Callable[[RecordId], None],
    ) -> None:
        super().__init__(parent)
        self._theme, self._cases, self._ask, self._opened = theme, cases, ask, opened
        self._tasks = Attached(tasks, self)
        self.setObjectName("law_dialog")
        self.setWindowTitle(tr("Try other law data"))
        self._banner = Banner(theme, "attention", name="law_trouble")
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(32, 24, 32, 20)
        column.setSpacing(12)
        column.addWidget(self._banner)
        column.addWidget(Text(theme, tr("Which open cases would read differently?"), Type.SECTION))
        lead = tr(
            "Choose a folder with your own law tables. The desk reads every open case with them and says "
            "what an attorney would read differently. Nothing is changed."
        )
        column.addWidget(Text(theme, lead, tone="second"))
        row = QHBoxLayout()
        self._choose = Button(theme, tr("Choose the folder"), kind="primary", name="law_choose")
        self._choose.clicked.connect(lambda _checked=False: self._look())
        close = Button(theme, tr("Close"), name="law_close")
        close.clicked.connect(lambda _checked=False: self.reject())
        row.addWidget(self._choose)
        row.addStretch(1)
        row.addWidget(close)
        column.addLayout(row)
        self._said = Text(theme, "", bold=True)
        column.addWidget(self._said)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        column.addLayout(self._rows)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(body, "law_scroll"))
        self._ring = FocusRing(theme, self)
        room = parent.size()
        self.resize(min(theme.px(760), room.width() - 40), min(theme.px(560), room.height() - 40))

    def _look(self) -> None:
        folder = self._ask()
        if folder is None:
            return
        self._choose.setEnabled(False)
        self._banner.hide()
        self._show(())
        self._said.setText(tr("Reading the cases…"))
        self._tasks.run(
            Lane.VAULT, lambda: self._cases.law_changes(folder), done=self._found, failed=self._failed
        )

    def _found(self, found: tuple[LawTouched, ...]) -> None:
        self._choose.setEnabled(True)
        match len(found):
            case 0:
                words = tr("No open case would read differently.")
            case 1:
                words = tr("One open case would read differently.")
            case many:
                words = tr("{n} open cases would read differently.", n=many)
        self._said.setText(words)
        self._show(found)

    def _failed(self, error: Exception) -> None:
        self._choose.setEnabled(True)
        self._said.setText("")
        told = message(error)
        self._banner.say(told.what, told.then)

    def _show(self, found: tuple[LawTouched, ...]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for case in found:
            self._rows.addWidget(rule())
            self._rows.addWidget(self._row(case))

    def _row(self, case: LawTouched) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Text(self._theme, case.client or tr("No name yet"), bold=True))
        for change in case.changes:
            words.addWidget(Text(self._theme, change, tone="second"))
        row.addLayout(words, 1)
        go = Button(self._theme, tr("Open"), size="small", name=f"law_open:{case.record}")
        go.clicked.connect(lambda _checked=False: self._open(case.record))
        row.addWidget(go)
        return holder

    def _open(self, record: RecordId) -> None:
        self.accept()
        self._opened(record)
