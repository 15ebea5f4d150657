"""A line icon as a widget, in a token's colour. A picture only: the words beside it speak."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.theme import Theme


class Sign(QWidget):
    """An icon of ``size`` px at 100 %."""

    def __init__(self, theme: Theme, name: str, colour: str = "ink", size: int = 18) -> None:
        super().__init__()
        self._theme, self._name, self._colour, self._size = theme, name, colour, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.follow(self, self.updateGeometry)

    def draw(self, name: str, colour: str) -> None:
        """Show another icon."""
        self._name, self._colour = name, colour
        self.update()

    def sizeHint(self) -> QSize:
        """A square that grows with the text."""
        return QSize(self._theme.px(self._size), self._theme.px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon in the middle."""
        side = min(self.width(), self.height())
        drawn = self._theme.icon(self._name, self._colour, side)
        painter = QPainter(self)
        place = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        painter.drawPixmap(place, drawn.pixmap(QSize(side, side), self.devicePixelRatioF()))
        painter.end()
