"""A drop-down list with the desk's own chevron. Never editable."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox

from ui.theme.theme import Theme
from ui.theme.type import Type


class Combo(QComboBox):
    """Chooses one of a few settings."""

    def __init__(self, theme: Theme, name: str, label: str) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName(name)
        self.setAccessibleName(label)
        theme.follow(self, self._dress)
        self._dress()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style draws the field, we draw the chevron."""
        super().paintEvent(event)
        painter = QPainter(self)
        side = self._theme.px(14)
        drawn = self._theme.icon("arrow_down", "ink2", side).pixmap(
            QSize(side, side), self.devicePixelRatioF()
        )
        painter.drawPixmap(self.width() - side - 10, (self.height() - side) // 2, drawn)
        painter.end()

    def _dress(self) -> None:
        self.setFont(self._theme.font(Type.BODY))
        self.setMinimumWidth(self._theme.px(96))
