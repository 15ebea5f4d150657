"""A curtain over the window. Layer: ui.

With six digits chosen it keeps the next pair of hands out; without, it is a courtesy. Against whoever takes
the laptop only the lock protects.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.i18n import tr
from ui.theme.theme import Theme, surface
from ui.theme.type import Type
from ui.widgets.button import Button
from ui.widgets.digits import DIGITS, digits_line
from ui.widgets.text import Text

TRIES: Final = 3
Ask = Callable[[str, Callable[[bool], None]], None]
"""(six digits, told): calls ``told`` with whether they are the right ones."""


class Curtain(QWidget):
    """Covers its parent until somebody types the six digits or, where none were chosen, presses a button.

    What lies behind is taken off the screen, not only painted over: no key, no Tab and no screen reader
    gets there. The cursor comes back to where it was. ``lifted`` is told when a person lifted it,
    ``too_often`` when the digits were wrong three times.
    """

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        behind: QWidget,
        *,
        lock: Callable[[], None],
        too_often: Callable[[], None],
        ask: Ask,
        lifted: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        self.setObjectName("curtain")
        self._behind, self._too_often, self._ask, self._lifted = behind, too_often, ask, lifted
        self._cursor: QWidget | None = None
        self._tries = TRIES
        surface(self, "paper")
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        words = Text(theme, tr("The screen is hidden."), Type.DISPLAY)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(words)
        self._more = Text(theme, "", Type.LEAD, tone="second")
        self._more.setObjectName("curtain_words")
        self._more.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._more)
        column.addSpacing(24)
        self._digits = digits_line(theme, "digits", tr("Six digits"))
        self._digits.textEdited.connect(self._typed)
        column.addWidget(self._digits, 0, Qt.AlignmentFlag.AlignHCenter)
        self._show = Button(theme, tr("Show the screen"), kind="primary", size="large", name="lift_curtain")
        self._show.clicked.connect(lambda _checked=False: self._lift())
        locked = Button(theme, tr("Lock"), icon="lock", key="Ctrl+L", name="lock_from_curtain")
        locked.clicked.connect(lambda _checked=False: lock())
        column.addWidget(self._show, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(locked, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.hide()

    def drop(self, *, asks: bool) -> None:
        """Cover everything; ``asks``: six digits bring it back."""
        if self.isVisible():
            return
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        focused = QApplication.focusWidget()
        self._cursor = focused if focused is not None and self._behind.isAncestorOf(focused) else None
        self._digits.setVisible(asks)
        self._digits.clear()
        self._show.setVisible(not asks)
        still = tr("Type your six digits.") if asks else tr("The seat is still open.")
        self.say(tr("{still} Going away? Lock it.", still=still))
        self.show()
        self.raise_()
        self._behind.hide()
        (self._digits if asks else self._show).setFocus()

    def lift(self) -> None:
        """Uncover: somebody may look again, or there is nothing left to see."""
        self._tries = TRIES
        self.hide()
        self._behind.show()
        cursor, self._cursor = self._cursor, None
        if cursor is not None and isValid(cursor):
            cursor.setFocus()

    def say(self, words: str) -> None:
        """Say something below the title."""
        self._more.setText(words)

    def _lift(self) -> None:
        self.lift()
        self._lifted()

    def _typed(self, text: str) -> None:
        if len(text) == DIGITS:
            self._digits.setEnabled(False)
            self._ask(text, self._told)

    def _told(self, fits: bool) -> None:
        self._digits.setEnabled(True)
        self._digits.clear()
        if not self.isVisible():
            return
        if fits:
            self._lift()
            return
        self._tries -= 1
        if not self._tries:
            self._too_often()
            return
        left = tr("one more try") if self._tries == 1 else tr("{n} more tries", n=self._tries)
        self.say(tr("Not these six digits: {left}, then the seat locks.", left=left))
        self._digits.setFocus()
