"""How a line of the queue is painted: two lines a cell, dots, headings across. Layer: ui."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ournydesk.domain.case import CaseRow
from ui.cases.model import LINE_ROLE, Column, QueueModel
from ui.cases.queues import Heading
from ui.theme.marks import Mark, paint
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.ladder import BETWEEN, DOT, draw_dots

Index = QModelIndex | QPersistentModelIndex
WIDTHS: Final = {
    Column.URGENT: 188,
    Column.CLIENT: 196,
    Column.MATTER: 124,
    Column.QUESTION: 142,
    Column.STATUS: 164,
    Column.WAITING: 78,
}
SIDE: Final = 12
ROW: Final = 52
HEAD: Final = 34


class QueueDelegate(QStyledItemDelegate):
    """Paints cells; what does not fit is cut with dots and told in full by the panel."""

    def __init__(self, theme: Theme, model: QueueModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model

    def height_of(self, index: Index) -> int:
        """A heading is lower than a case."""
        return self._theme.px(HEAD if isinstance(index.data(LINE_ROLE), Heading) else ROW)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """The room of a cell."""
        return QSize(self._theme.px(WIDTHS[Column(index.column())]), self.height_of(index))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        line, column, box = index.data(LINE_ROLE), Column(index.column()), QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, Heading):
            self._paint_heading(painter, option, box, line, column)
        elif isinstance(line, CaseRow):
            self._paint_case(painter, option, box, line, column)
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), self._theme.colour("line"))
        painter.restore()

    def _paint_heading(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, line: Heading, column: Column
    ) -> None:
        painter.fillRect(box, self._theme.colour("paper"))
        if column not in (Column.URGENT, Column.CLIENT):
            return
        across = QRect(box.left() + SIDE, box.top(), box.width() - SIDE, box.height())
        painter.setFont(self._theme.font(Type.BODY, bold=True))
        painter.setPen(self._theme.colour("ink"))
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QStyle.visualRect(option.direction, box, across), flags, line.words)
        after = QFontMetrics(painter.font()).horizontalAdvance(line.words) + 6
        painter.setFont(self._theme.font(Type.CAPTION))
        painter.setPen(self._theme.colour("ink2"))
        painter.drawText(
            QStyle.visualRect(option.direction, box, across.adjusted(after, 0, 0, 0)), flags, line.hint
        )

    def _paint_case(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, row: CaseRow, column: Column
    ) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(box, self._theme.colour("acc_tint"))
            if column is Column.URGENT:
                bar = QRect(box.left(), box.top(), 3, box.height())
                painter.fillRect(QStyle.visualRect(option.direction, box, bar), self._theme.colour("acc"))
        left = box.left() + SIDE
        if column is Column.URGENT:
            left += self._paint_mark(painter, option, box, row)
        if column is Column.STATUS:
            left += self._paint_dots(painter, option, box, row)
        room = QRect(left, box.top(), box.right() - left - SIDE // 2, box.height())
        first, second = self._model.words(row, column)
        if column is Column.URGENT and row.urgent:
            # Why it is urgent is read whole; where the case is stands in its own column too.
            metrics = QFontMetrics(self._theme.font(Type.BODY, bold=True))
            second = second if metrics.horizontalAdvance(first) <= room.width() else ""
        bold = column is Column.CLIENT or (column is Column.URGENT and bool(row.urgent))
        small = column is Column.STATUS
        self._paint_words(painter, option, box, room, first, second, bold=bold, small=small)

    def _paint_words(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        box: QRect,
        room: QRect,
        first: str,
        second: str,
        *,
        bold: bool,
        small: bool,
    ) -> None:
        theme = self._theme
        tight = bold and not second and not _fits(first, theme.font(Type.BODY, bold=True), room.width())
        top = theme.font(Type.CAPTION if small or tight else Type.BODY, bold=bold)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.setPen(theme.colour("ink2" if small else "ink"))
        painter.setFont(top)
        if not second:
            place = QStyle.visualRect(option.direction, box, room.adjusted(0, 4, 0, -4))
            painter.drawText(
                place, flags | int(Qt.TextFlag.TextWordWrap), two_lines(first, top, room.width())
            )
            return
        half = room.height() // 2
        upper = QRect(room.left(), room.top() + 5, room.width(), half - 4)
        lower = QRect(room.left(), room.top() + half, room.width(), half - 5)
        words = QFontMetrics(top).elidedText(first, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(QStyle.visualRect(option.direction, box, upper), flags, words)
        caption = theme.font(Type.CAPTION)
        painter.setFont(caption)
        painter.setPen(theme.colour("ink2"))
        words = QFontMetrics(caption).elidedText(second, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(QStyle.visualRect(option.direction, box, lower), flags, words)

    def _paint_mark(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, row: CaseRow) -> int:
        side = self._theme.px(18)
        if row.urgent or row.conflicts:
            place = QRect(box.left() + SIDE, box.center().y() - side // 2, side, side)
            mark = Mark.STOP if row.urgent and row.urgent_rank == 0 else Mark.MEND
            paint(painter, mark, QRectF(QStyle.visualRect(option.direction, box, place)), self._theme.palette)
        return side + 10

    def _paint_dots(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, row: CaseRow) -> int:
        wide = 5 * self._theme.px(DOT) + 4 * self._theme.px(BETWEEN) + 2
        place = QRect(box.left() + SIDE, box.top(), wide, box.height())
        draw_dots(painter, QRectF(QStyle.visualRect(option.direction, box, place)), row.status, self._theme)
        return wide + 8


def _fits(words: str, font: QFont, width: int) -> bool:
    """Whether words stand in two lines of this width."""
    return QFontMetrics(font).horizontalAdvance(words) <= 2 * width - 24


def two_lines(words: str, font: QFont, width: int) -> str:
    """Words that fill at most two lines, wrapped as they are drawn; more ends in dots."""
    metrics = QFontMetrics(font)
    flags, tall = int(Qt.TextFlag.TextWordWrap), 5 * metrics.lineSpacing() // 2  # safely between 2 and 3
    shown, kept = words, words
    while kept and metrics.boundingRect(QRect(0, 0, width, 10 * tall), flags, shown).height() > tall:
        kept = kept[:-1].rstrip()
        shown = f"{kept}…"
    return shown
