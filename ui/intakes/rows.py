"""How a row of the list is painted: mark, dots, and two lines where columns have no room. Layer: ui."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ournydesk.domain.intake import IntakeRow
from ui.intakes.model import ROW_ROLE, Column, words_in
from ui.theme.marks import Mark, paint
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.ladder import BETWEEN, DOT, draw_dots

Index = QModelIndex | QPersistentModelIndex
WIDE: Final = {
    Column.TICKET: 90,
    Column.FORM: 220,
    Column.LANGUAGE: 130,
    Column.PROGRESS: 130,
    Column.ATTENTION: 170,
    Column.STATUS: 280,
    Column.SAVED: 130,
}
NARROW: Final = {Column.TICKET: 70, Column.FORM: 240, Column.ATTENTION: 120, Column.STATUS: 150}
BELOW: Final = (Column.LANGUAGE, Column.PROGRESS, Column.SAVED)
"""What stands below the form's name when there is no column for it."""
SIDE = 12


class IntakeDelegate(QStyledItemDelegate):
    """Paints cells; ``narrow`` gives each row two lines."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.narrow = False

    @property
    def row_height(self) -> int:
        """A row of one line or of two, px."""
        return self._theme.px(56 if self.narrow else 40)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """A table row."""
        return QSize(80, self.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        row, column = index.data(ROW_ROLE), Column(index.column())
        box = QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, box, chosen=chosen, first=column is Column.TICKET)
        if isinstance(row, IntakeRow):
            bold = chosen or column is Column.TICKET
            painter.setFont(self._theme.font(Type.BODY, bold=bold))
            painter.setPen(self._theme.colour("ink" if bold else "ink2"))
            left = self._paint_sign(painter, option, box, row, column)
            room = QRect(left, box.top(), box.width() - (left - box.left()) - SIDE // 2, box.height())
            if column is Column.FORM and self.narrow:
                self._paint_two_lines(painter, option, room, row)
            elif self.narrow:
                place = QStyle.visualRect(option.direction, box, room)
                wrapped = _flags(option) | int(Qt.TextFlag.TextWordWrap)
                painter.drawText(place, wrapped, str(index.data() or ""))
            else:
                self._paint_line(painter, option, room, str(index.data() or ""))
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, *, chosen: bool, first: bool
    ) -> None:
        if chosen:
            painter.fillRect(box, self._theme.colour("acc_tint"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), self._theme.colour("line"))
        if chosen and first:
            bar = QStyle.visualRect(option.direction, box, QRect(box.left(), box.top(), 3, box.height()))
            painter.fillRect(bar, self._theme.colour("acc"))

    def _paint_sign(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, row: IntakeRow, column: Column
    ) -> int:
        """Dots of the ladder or the triangle; where the words begin."""
        theme, left = self._theme, box.left() + SIDE
        if column is Column.STATUS:
            wide = 5 * theme.px(DOT) + 4 * theme.px(BETWEEN) + 2
            place = QStyle.visualRect(option.direction, box, QRect(left, box.top(), wide, box.height()))
            draw_dots(painter, QRectF(place), row.status, theme)
            painter.setPen(theme.colour("ink2"))
            return left + wide + 8
        if column is Column.ATTENTION and row.progress.attention:
            side = theme.px(16)
            place = QRect(left, box.center().y() - side // 2, side, side)
            place = QStyle.visualRect(option.direction, box, place)
            paint(painter, Mark.MEND, QRectF(place), theme.palette)
            painter.setPen(theme.colour("amb"))
            return left + side + 8
        return left

    def _paint_two_lines(
        self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, row: IntakeRow
    ) -> None:
        first = QRect(room.left(), room.top() + 4, room.width(), room.height() // 2 - 4)
        second = QRect(room.left(), room.center().y() + 1, room.width(), room.height() // 2 - 4)
        self._paint_line(painter, option, first, words_in(row, Column.FORM))
        painter.setFont(self._theme.font(Type.CAPTION))
        painter.setPen(self._theme.colour("ink2"))
        self._paint_line(painter, option, second, " · ".join(words_in(row, column) for column in BELOW))

    def _paint_line(self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, words: str) -> None:
        place = QStyle.visualRect(option.direction, option.rect, room)
        shown = QFontMetrics(painter.font()).elidedText(words, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(place, _flags(option), shown)


def _flags(option: QStyleOptionViewItem) -> int:
    leading = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    return int(QStyle.visualAlignment(option.direction, leading))
