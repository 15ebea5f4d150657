"""What is asked before a page to take home is made: is it safe to carry, by when, where. Layer: ui."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.i18n import tr
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.button import Button
from ui.widgets.switch import Switch
from ui.widgets.text import Label, Text

MOST_WHERE = 120


class TakeHomeAsk(QWidget):
    """``wanted`` carries the day and the place as typed; only after the client said that it is safe."""

    wanted = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Text(theme, tr("A page to take home"), Type.LEAD, bold=True))
        why = tr(
            "Ask the client first. Somebody at home, on the way or at work may read this page. It names "
            "nobody, no status and no organization."
        )
        column.addWidget(Text(theme, why, Type.BODY))
        self._safe = Switch(theme, tr("The client says: carrying it is safe"), name="safe_to_carry")
        column.addWidget(self._safe)
        self._by = QLineEdit()
        self._by.setObjectName("take_home_by")
        self._by.setPlaceholderText(tr("Year-month-day, 2026-12-04"))
        column.addWidget(Label(theme, tr("Come by (may stay empty)"), self._by))
        column.addWidget(self._by)
        self._where = QLineEdit()
        self._where.setObjectName("take_home_where")
        self._where.setMaxLength(MOST_WHERE)
        self._where.setPlaceholderText(tr("A place, not whose place it is"))
        column.addWidget(Label(theme, tr("Where (may stay empty)"), self._where))
        column.addWidget(self._where)
        self._make = Button(theme, tr("Make the page"), name="make_take_home")
        self._make.setEnabled(False)
        self._safe.toggled.connect(self._make.setEnabled)
        self._make.clicked.connect(
            lambda _checked=False: self.wanted.emit(self._by.text().strip(), self._where.text())
        )
        column.addWidget(self._make)
