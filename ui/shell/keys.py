"""The help sheet: every key and what it does. Layer: ui."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.i18n import tr
from ui.theme.theme import Theme, surface
from ui.theme.type import Type
from ui.widgets.dialog import Dialog
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


WIDTH: Final = 720


class KeySheet(Dialog):
    """Closes with Esc, Enter or its button."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent, name="keys", title=tr("Keys"), width=WIDTH)
        self.column.addWidget(_table(theme))
        # Large letters do not fit at once: the arrows move the sheet.
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(tr("Keys"))
        self.button(tr("Close"), self.accept, key="Esc", name="close_keys").setFocus()


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
