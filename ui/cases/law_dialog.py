"""Trying other law data: which open cases it would read differently. Layer: ui.

It only looks: nothing is changed, and nobody is told. For attorneys.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ournydesk.domain.law_changes import LawTouched
from ournydesk.domain.operations import RecordId
from ui.desk import CaseDesk
from ui.i18n import tr
from ui.messages import message
from ui.tasks import Attached, Lane, Tasks
from ui.theme.theme import Theme
from ui.widgets.button import Button
from ui.widgets.dialog import Dialog
from ui.widgets.emptied import empty
from ui.widgets.text import Text, rule


class LawDialog(Dialog):
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
        lead = tr(
            "Choose a folder with your own law tables. The desk reads every open case with them and says "
            "what an attorney would read differently. Nothing is changed."
        )
        title = tr("Which open cases would read differently?")
        super().__init__(theme, parent, name="law_dialog", title=title, lead=lead, width=760)
        self._cases, self._ask, self._opened = cases, ask, opened
        self._tasks = Attached(tasks, self)
        self._said = Text(theme, "", bold=True)
        self.column.addWidget(self._said)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        self.column.addLayout(self._rows)
        self.column.addStretch(1)
        self.button(tr("Close"), self.reject, kind="quiet", key="Esc", name="law_close")
        self._choose = self.button(tr("Choose the folder"), self._look, kind="primary", name="law_choose")

    def _look(self) -> None:
        folder = self._ask()
        if folder is None:
            return
        self._choose.setEnabled(False)
        self.notice.hide()
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
        self.show_trouble(message(error))

    def _show(self, found: tuple[LawTouched, ...]) -> None:
        empty(self._rows)
        for case in found:
            self._rows.addWidget(rule())
            self._rows.addWidget(self._row(case))
        self.fit()

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
