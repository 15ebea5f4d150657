"""A card: a box with a title that holds what belongs together."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.emptied import empty
from ui.widgets.text import Text, rule


class Card(QFrame):
    """``column`` takes what is inside."""

    def __init__(self, theme: Theme, title: str = "", hint: str = "", *, name: str = "") -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName(name)
        self.setProperty("frame", "card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 18, 24, 18)
        self.column.setSpacing(10)
        if title:
            self.setAccessibleName(title)
            head = QHBoxLayout()
            head.setSpacing(10)
            head.addWidget(Text(theme, title, Type.LEAD, bold=True, wrap=False))
            if hint:
                head.addWidget(Text(theme, hint, Type.CAPTION, tone="second", wrap=False))
            head.addStretch(1)
            self.column.addLayout(head)

    def line(self, *cells: QWidget | str, stretch: int = 0) -> QWidget:
        """A row with a hairline above; words are set in body size. ``stretch`` names the cell that grows."""
        holder = QWidget()
        outer = QVBoxLayout(holder)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(rule())
        row = QHBoxLayout()
        row.setSpacing(12)
        for index, cell in enumerate(cells):
            widget = Text(self._theme, cell) if isinstance(cell, str) else cell
            row.addWidget(widget, 1 if index == stretch else 0)
        outer.addLayout(row)
        self.column.addWidget(holder)
        return holder

    def clear(self, since: int = 1) -> None:
        """Take out what stands behind the title."""
        empty(self.column, since)
