"""Choosing six digits for short breaks. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.i18n import tr
from ui.messages import message
from ui.tasks import Attached, Lane, Tasks
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.digits import digits_line
from ui.widgets.focus import FocusRing
from ui.widgets.text import Label, Text


class PinDialog(QDialog):
    """Six digits, typed twice. ``kept`` is called when the vault has them."""

    def __init__(
        self, theme: Theme, desk: Desk, tasks: Tasks, parent: QWidget, *, kept: Callable[[], None]
    ) -> None:
        super().__init__(parent)
        self._desk, self._kept = desk, kept
        self._tasks = Attached(tasks, self)
        self.setObjectName("pin_dialog")
        self.setWindowTitle(tr("Six digits for breaks"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 20)
        column.setSpacing(12)
        column.addWidget(Text(theme, tr("Six digits for breaks"), Type.SECTION))
        lead = tr(
            "The screen hides itself after two minutes, or with F11. These six digits bring it back. "
            "After three wrong tries the seat locks, and only your six words open it."
        )
        column.addWidget(Text(theme, lead, tone="second"))
        self._banner = Banner(theme, "attention", name="pin_trouble")
        self._banner.hide()
        column.addWidget(self._banner)
        self._first = digits_line(theme, "pin", tr("Six digits"))
        self._again = digits_line(theme, "pin_again", tr("Once more"))
        for words, line in ((tr("&Six digits"), self._first), (tr("&Once more"), self._again)):
            column.addWidget(Label(theme, words, line))
            column.addWidget(line)
        column.addWidget(
            Text(theme, tr("Not a birthday, and not those of a bank card."), Type.CAPTION, tone="hint")
        )
        row = QHBoxLayout()
        row.setSpacing(12)
        self._keep = Button(
            theme, tr("Keep them"), kind="primary", size="large", key=tr("Enter"), name="keep_pin"
        )
        self._keep.setDefault(True)
        self._keep.clicked.connect(lambda _checked=False: self._submit())
        later = Button(theme, tr("Not now"), kind="quiet", key="Esc", name="no_pin")
        later.clicked.connect(lambda _checked=False: self.reject())
        row.addWidget(self._keep)
        row.addWidget(later)
        row.addStretch(1)
        column.addLayout(row)
        self._first.returnPressed.connect(self._again.setFocus)
        self._again.returnPressed.connect(self._submit)
        self._ring = FocusRing(theme, self)
        self.setMinimumWidth(theme.px(460))
        self._first.setFocus()

    def _submit(self) -> None:
        pin = self._first.text()
        if pin != self._again.text():
            self._say(tr("The two are not the same."), tr("Type the six digits again."), self._again)
            return
        self._keep.setEnabled(False)
        self._tasks.run(Lane.VAULT, lambda: self._desk.choose_pin(pin), done=self._done, failed=self._failed)

    def _done(self, _none: None) -> None:
        self._kept()
        self.accept()

    def _failed(self, error: Exception) -> None:
        words = message(error)
        self._again.clear()
        self._say(words.what, words.then, self._first)

    def _say(self, what: str, then: str, line: QLineEdit) -> None:
        self._keep.setEnabled(True)
        self._banner.say(what, then)
        line.clear()
        line.setFocus()
