"""Choosing six digits for short breaks. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from ui.desk import Desk
from ui.i18n import tr
from ui.messages import message
from ui.tasks import Attached, Lane, Tasks
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.dialog import Dialog
from ui.widgets.digits import digits_line
from ui.widgets.text import Label, Text


class PinDialog(Dialog):
    """Six digits, typed twice. ``kept`` is called when the vault has them."""

    def __init__(
        self, theme: Theme, desk: Desk, tasks: Tasks, parent: QWidget, *, kept: Callable[[], None]
    ) -> None:
        lead = tr(
            "The screen hides itself after two minutes, or with F11. These six digits bring it back. "
            "After three wrong tries the seat locks, and only your six words open it."
        )
        super().__init__(theme, parent, name="pin_dialog", title=tr("Six digits for breaks"), lead=lead)
        self._desk, self._kept = desk, kept
        self._tasks = Attached(tasks, self)
        self._first = digits_line(theme, "pin", tr("Six digits"))
        self._again = digits_line(theme, "pin_again", tr("Once more"))
        for words, line in ((tr("&Six digits"), self._first), (tr("&Once more"), self._again)):
            self.column.addWidget(Label(theme, words, line))
            self.column.addWidget(line)
        hint = tr("Not a birthday, and not those of a bank card.")
        self.column.addWidget(Text(theme, hint, Type.CAPTION, tone="hint"))
        self.button(tr("Not now"), self.reject, kind="quiet", key="Esc", name="no_pin")
        self._keep = self.button(
            tr("Keep them"), self._submit, kind="primary", key=tr("Enter"), name="keep_pin"
        )
        self._keep.setDefault(True)
        self._first.returnPressed.connect(self._again.setFocus)
        self._again.returnPressed.connect(self._submit)
        self._first.setFocus()

    def _submit(self) -> None:
        pin = self._first.text()
        if pin != self._again.text():
            self._refuse(tr("The two are not the same."), tr("Type the six digits again."), self._again)
            return
        self._keep.setEnabled(False)
        self._tasks.run(Lane.VAULT, lambda: self._desk.choose_pin(pin), done=self._done, failed=self._failed)

    def _done(self, _none: None) -> None:
        self._kept()
        self.accept()

    def _failed(self, error: Exception) -> None:
        words = message(error)
        self._again.clear()
        self._refuse(words.what, words.then, self._first)

    def _refuse(self, what: str, then: str, line: QLineEdit) -> None:
        self._keep.setEnabled(True)
        self.say(what, then)
        line.clear()
        line.setFocus()
