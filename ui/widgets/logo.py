"""The sign of the desk: a bridge over the water, on a square."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.theme import Theme


class Logo(QWidget):
    """A square of ``size`` px at 100 %."""

    def __init__(self, theme: Theme, size: int) -> None:
        super().__init__()
        self._theme, self._size = theme, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.follow(self, self.updateGeometry)

    def sizeHint(self) -> QSize:
        """A square that grows with the text."""
        return QSize(self._theme.px(self._size), self._theme.px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw an arch, a deck and two piers."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height())
        painter.scale(side / 36, side / 36)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("acc"))
        painter.drawRoundedRect(QRectF(0, 0, 36, 36), 6, 6)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        cap = Qt.PenCapStyle.RoundCap
        painter.setPen(QPen(self._theme.colour("on_acc"), 3, Qt.PenStyle.SolidLine, cap))
        arch = QPainterPath(QPointF(12, 17))
        arch.cubicTo(QPointF(13.5, 7), QPointF(22.5, 7), QPointF(24, 17))
        painter.drawPath(arch)
        painter.drawLine(QPointF(7, 21.5), QPointF(29, 21.5))
        painter.drawLine(QPointF(12, 22), QPointF(12, 27.5))
        painter.drawLine(QPointF(24, 22), QPointF(24, 27.5))
        painter.end()
