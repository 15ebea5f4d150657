"""How a row of the print list looks and is ticked: the whole row is pressed, or Space. Layer: ui."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme.marks import Mark, paint
from ui.theme.theme import Theme
from ui.theme.type import Type

HEIGHT = 36
SIGN = 18
Index = QModelIndex | QPersistentModelIndex


class QueueRows(QStyledItemDelegate):
    """A mark and the words; the selected row has the tint and the bar of every list."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """As high as a row of any list; higher with larger letters."""
        return QSize(200, max(HEIGHT, self._theme.px(HEIGHT)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect
        state = option.state
        if state & QStyle.StateFlag.State_Selected and self._view.hasFocus():
            painter.fillRect(area, self._theme.colour("acc_tint"))
            painter.fillRect(area.x(), area.y(), 3, area.height(), self._theme.colour("acc"))
        ticked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
        sign = QRectF(area.x() + 10, area.y() + (area.height() - SIGN) / 2, SIGN, SIGN)
        paint(painter, Mark.DONE if ticked else Mark.NONE, sign, self._theme.palette)
        painter.setPen(self._theme.colour("ink"))
        painter.setFont(self._theme.font(Type.BODY, bold=ticked))
        words = area.adjusted(SIGN + 20, 0, -8, 0)
        shown = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideMiddle, words.width()
        )
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading), shown)
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, _option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Tick or take the tick away."""
        space = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        pressed = event.type() is QEvent.Type.MouseButtonRelease
        if not pressed and not (event.type() is QEvent.Type.KeyPress and space):
            return False
        ticked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
        other = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
        return model.setData(index, other, Qt.ItemDataRole.CheckStateRole)
