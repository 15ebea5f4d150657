"""A curtain over the window. A courtesy: only the lock protects. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.i18n import tr
from ui.theme.theme import Theme, surface
from ui.theme.type import Type
from ui.widgets.button import Button
from ui.widgets.text import Text


class Curtain(QWidget):
    """Covers its parent until somebody presses the button or Enter.

    What lies behind is taken off the screen, not only painted over: no key, no Tab and no screen reader
    gets there. The cursor comes back to where it was.
    """

    def __init__(self, theme: Theme, parent: QWidget, behind: QWidget, *, lock: Callable[[], None]) -> None:
        super().__init__(parent)
        self.setObjectName("curtain")
        self._behind = behind
        self._cursor: QWidget | None = None
        surface(self, "paper")
        column = QVBoxLayout(self)
        column.addStretch(2)
        words = Text(theme, tr("The screen is hidden."), Type.DISPLAY)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(words)
        more = Text(theme, tr("The seat is still open. Going away? Lock it."), Type.LEAD, tone="second")
        more.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(more)
        column.addSpacing(24)
        self._show = Button(theme, tr("Show the screen"), kind="primary", size="large", name="lift_curtain")
        self._show.clicked.connect(lambda _checked=False: self.lift())
        locked = Button(theme, tr("Lock"), icon="lock", key="Ctrl+L", name="lock_from_curtain")
        locked.clicked.connect(lambda _checked=False: lock())
        column.addWidget(self._show, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(locked, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.hide()

    def drop(self) -> None:
        """Cover everything."""
        if self.isVisible():
            return
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        focused = QApplication.focusWidget()
        self._cursor = focused if focused is not None and self._behind.isAncestorOf(focused) else None
        self.show()
        self.raise_()
        self._behind.hide()
        self._show.setFocus()

    def lift(self) -> None:
        """Uncover."""
        self.hide()
        self._behind.show()
        cursor, self._cursor = self._cursor, None
        if cursor is not None and isValid(cursor):
            cursor.setFocus()
