"""The help sheet: every key and what it does. Layer: ui."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.i18n import tr
from ui.theme.theme import Theme, surface
from ui.theme.type import Type
from ui.widgets.button import Button
from ui.widgets.focus import FocusRing
from ui.widgets.scroll import scrolled
from ui.widgets.text import Chip, Text

KEYS: Final = (
    (
        "Everywhere",
        (
            ("Ctrl+N", "A new intake"),
            ("Ctrl+Home", "All intakes"),
            ("Ctrl+4", "What is where, and what waits"),
            ("F5", "Send and fetch now"),
            ("F11", "Hide the screen; six digits bring it back"),
            ("Ctrl+L", "Lock: close the seat"),
            ("Ctrl++, Ctrl+-", "Larger text, smaller text"),
            ("F1, Ctrl+/", "This sheet"),
            ("Ctrl+Shift+F1", "What can be given to support"),
        ),
    ),
    (
        "In an intake",
        (
            ("Enter", "Next field; in the list, open the intake"),
            ("Ctrl+PgDown, Ctrl+PgUp", "Next section, section before"),
            ("F4", "Turn the laptop: the client reads in their language; Esc turns it back"),
            ("F6", "What the rules say, for who reads cases"),
            ("F8", "The next question that is missing"),
            ("F9", "The attorney was called"),
            ("Ctrl+Shift+N", "Add a row to the table"),
            ("Ctrl+Shift+X", "The client says no"),
            ("1 to 7", "Choose, while the cursor is among choices"),
            ("Alt+.", "Does not know, prefers not to say, clear the answer"),
            ("Ctrl+S", "Save now; answers are saved by themselves"),
            ("Ctrl+Z", "Undo"),
            ("Ctrl+P", "Print"),
            ("Ctrl+D", "Documents: photographs and PDFs"),
        ),
    ),
    (
        "In the print preview",
        (
            ("PgDown, PgUp", "Next page, page before"),
            ("Ctrl+P", "Print the pages"),
            ("Ctrl+S", "Save as PDF"),
            ("Esc", "Back to the intake"),
        ),
    ),
)


class KeySheet(QDialog):
    """Closes with Esc, Enter or its button."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keys")
        self.setWindowTitle(tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 20)
        column.setSpacing(12)
        column.addWidget(Text(theme, tr("Keys"), Type.SECTION))
        body = _table(theme)
        area = scrolled(body, "keys_scroll")
        # Large letters do not fit at once: the arrows move the sheet.
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName(tr("Keys"))
        column.addWidget(area, 1)
        row = QHBoxLayout()
        close = Button(theme, tr("Close"), key="Esc", name="close_keys")
        close.clicked.connect(lambda _checked=False: self.accept())
        row.addStretch(1)
        row.addWidget(close)
        column.addLayout(row)
        self._ring = FocusRing(theme, self)
        room, wanted = parent.size(), body.sizeHint()
        self.resize(
            min(max(wanted.width() + 100, theme.px(560)), room.width() - 40),
            min(wanted.height() + theme.px(150), room.height() - 40),
        )
        close.setFocus()


def _table(theme: Theme) -> QWidget:
    body = QWidget()
    surface(body, "paper")
    grid = QGridLayout(body)
    grid.setContentsMargins(0, 0, 8, 0)
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    at = 0
    for title, rows in KEYS:
        heading = Text(theme, tr(title), Type.LEAD, bold=True)
        heading.setContentsMargins(0, 8 if at else 0, 0, 2)
        grid.addWidget(heading, at, 0, 1, 2)
        at += 1
        for keys, what in rows:
            grid.addWidget(Chip(theme, keys), at, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(Text(theme, tr(what), Type.BODY), at, 1)
            at += 1
    return body
