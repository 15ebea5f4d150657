"""Seven marks that differ in shape, so that no colour is ever the only sign."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from ui.theme.tokens import Palette


class Mark(StrEnum):
    """What a mark says; its word stands next to it or in its accessible name."""

    DONE = "done"
    PART = "part"
    NONE = "none"
    MEND = "mend"
    STOP = "stop"
    WORKED_OUT = "worked_out"
    NOT_ASKED = "not_asked"


def paint(painter: QPainter, mark: Mark, box: QRectF, palette: Palette) -> None:
    """Draw a mark into a box (18 x 18 at rest)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / 18, box.height() / 18)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _PAINTERS[mark](painter, palette)
    painter.restore()


def _pen(colour: str, width: float = 1.75) -> QPen:
    return QPen(
        QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    )


def _ring(painter: QPainter, colour: str, width: float = 1.5) -> None:
    painter.setPen(_pen(colour, width))
    painter.drawEllipse(QRectF(2, 2, 14, 14))


def _done(painter: QPainter, palette: Palette) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.acc))
    painter.drawEllipse(QRectF(1, 1, 16, 16))
    painter.setPen(_pen(palette.on_acc, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(5.4, 9.4), QPointF(7.9, 11.9), QPointF(12.6, 6.6)]))


def _part(painter: QPainter, palette: Palette) -> None:
    _ring(painter, palette.acc)
    half = QPainterPath(QPointF(9, 2))
    half.arcTo(QRectF(2, 2, 14, 14), 90, 180)
    half.closeSubpath()
    painter.fillPath(half, QColor(palette.acc))


def _none(painter: QPainter, palette: Palette) -> None:
    _ring(painter, palette.edge)


def _exclamation(painter: QPainter, colour: str, top: float) -> None:
    painter.setPen(_pen(colour, 1.8))
    painter.drawLine(QPointF(9, top), QPointF(9, top + 4))
    painter.drawPoint(QPointF(9, top + 6.8))


def _mend(painter: QPainter, palette: Palette) -> None:
    painter.setPen(_pen(palette.amb_line, 1.5))
    painter.setBrush(QColor(palette.amb_line))
    painter.drawPolygon(QPolygonF([QPointF(9, 1.8), QPointF(16.8, 15.8), QPointF(1.2, 15.8)]))
    _exclamation(painter, palette.sheet, 6.6)


def _stop(painter: QPainter, palette: Palette) -> None:
    painter.setPen(_pen(palette.brk_line, 1))
    painter.setBrush(QColor(palette.brk_line))
    corners = [(5.7, 1), (12.3, 1), (17, 5.7), (17, 12.3), (12.3, 17), (5.7, 17), (1, 12.3), (1, 5.7)]
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    _exclamation(painter, palette.sheet, 5.2)


def _worked_out(painter: QPainter, palette: Palette) -> None:
    _ring(painter, palette.acc)
    painter.setPen(_pen(palette.acc, 1.5))
    painter.drawLine(QPointF(6, 7.4), QPointF(12, 7.4))
    painter.drawLine(QPointF(6, 10.6), QPointF(12, 10.6))


def _not_asked(painter: QPainter, palette: Palette) -> None:
    painter.setPen(_pen(palette.edge, 2))
    painter.drawLine(QPointF(4.5, 9), QPointF(13.5, 9))


_PAINTERS = {
    Mark.DONE: _done,
    Mark.PART: _part,
    Mark.NONE: _none,
    Mark.MEND: _mend,
    Mark.STOP: _stop,
    Mark.WORKED_OUT: _worked_out,
    Mark.NOT_ASKED: _not_asked,
}
