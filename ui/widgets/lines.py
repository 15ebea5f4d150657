"""Lines that are pressed as a whole: a mark, words, something at the end. Painted, not built."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.theme.marks import Mark, paint
from ui.theme.theme import Theme
from ui.theme.tokens import ROW_HEIGHT
from ui.theme.type import Type

INDENT, MARK = 10, 18


class Line(QAbstractButton):
    """One line of a side list or of a panel. ``chosen`` lifts it to the sheet, with a bar before it."""

    def __init__(self, theme: Theme, *, name: str, chevron: bool = False, wrap: bool = False) -> None:
        super().__init__()
        self._theme, self._chevron, self._wrap = theme, chevron, wrap
        self._mark, self._words, self._end, self._chosen = Mark.NONE, "", "", False
        self.setObjectName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(
            QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred if wrap else QSizePolicy.Policy.Fixed
        )
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        theme.follow(self, self.updateGeometry)

    def say(self, mark: Mark, words: str, end: str = "", *, chosen: bool = False) -> None:
        """Show a mark, words and a trailing fact."""
        self._mark, self._words, self._end, self._chosen = mark, words, end, chosen
        self.setAccessibleName(f"{words}, {end or mark.value.replace('_', ' ')}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A row; its height follows from its width."""
        return QSize(self._theme.px(180), self._theme.px(ROW_HEIGHT))

    def hasHeightForWidth(self) -> bool:
        """Whether words may take a second line."""
        return self._wrap

    def heightForWidth(self, width: int) -> int:
        """A row, taller when its words take two lines."""
        room = max(width - self._taken(), 80)
        flags = int(Qt.TextFlag.TextWordWrap)
        words = QFontMetrics(self._font()).boundingRect(0, 0, room, 2000, flags, self._words)
        return max(self._theme.px(ROW_HEIGHT), words.height() + self._theme.px(16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line in reading order."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        if self._chosen:
            self._paint_chosen(painter)
        elif self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("acc_tint"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        side = theme.px(MARK)
        paint(painter, self._mark, QRectF(INDENT, (self.height() - side) / 2, side, side), theme.palette)
        painter.setFont(self._font())
        painter.setPen(theme.colour("ink"))
        left = INDENT + side + 10
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        room = self._room()
        if self._wrap:
            painter.drawText(
                QRectF(left, 0, room, self.height()), int(flags | Qt.TextFlag.TextWordWrap), self._words
            )
        else:
            words = QFontMetrics(painter.font()).elidedText(self._words, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(left, 0, room + 2, self.height()), int(flags), words)
        right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        if self._end and not self._crowded():
            painter.setFont(theme.font(Type.CAPTION))
            painter.setPen(theme.colour("ink2"))
            painter.drawText(QRectF(0, 0, self.width() - 10, self.height()), right, self._end)
        if self._chevron:
            side = theme.px(14)
            drawn = theme.icon("arrow_right", "ink2", side).pixmap(
                QSize(side, side), self.devicePixelRatioF()
            )
            painter.drawPixmap(int(self.width() - side - 6), int((self.height() - side) / 2), drawn)
        painter.end()

    def _paint_chosen(self, painter: QPainter) -> None:
        painter.setPen(self._theme.colour("line"))
        painter.setBrush(self._theme.colour("sheet"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("acc"))
        painter.drawRoundedRect(QRectF(0, 1, 3, self.height() - 2), 1.5, 1.5)

    def _font(self) -> QFont:
        return self._theme.font(Type.BODY, bold=self._chosen)

    def _taken(self) -> int:
        chevron = self._theme.px(14) + 8 if self._chevron else 0
        return INDENT + self._theme.px(MARK) + 16 + chevron

    def _end_width(self) -> int:
        metrics = QFontMetrics(self._theme.font(Type.CAPTION))
        return metrics.horizontalAdvance(self._end) + 10 if self._end else 0

    def _crowded(self) -> bool:
        """The name comes first: where both do not fit, the mark and the accessible name tell the rest."""
        words = QFontMetrics(self._font()).horizontalAdvance(self._words)
        return words > self.width() - self._taken() - self._end_width()

    def _room(self) -> int:
        end = 0 if self._crowded() else self._end_width()
        return self.width() - self._taken() - end
