"""One large choice on a turned screen: its number, its words, a tick when it is chosen. Layer: ui."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui.theme.theme import Theme
from ui.theme.tokens import LARGE
from ui.theme.type import Type, direction_of

HEIGHT = 112
KEY = 56
PAD = 28
GAP = 28
RADIUS = 10
TICK = 24


class Card(QPushButton):
    """The whole card presses; the number is the key that chooses it."""

    def __init__(self, theme: Theme, number: int, words: str, language: str) -> None:
        super().__init__()
        self._theme, self._number, self._words, self._language = theme, number, words, language
        self.setLayoutDirection(direction_of(language))
        self.setCheckable(True)
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.follow(self, self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Room for the key and the words, at least the height of a card."""
        return QSize(self._px(320), self._px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Narrow windows wrap the words."""
        return QSize(self._px(200), self._px(72))

    def heightForWidth(self, width: int) -> int:
        """As many lines as the words need at this width, px."""
        px = self._px
        room = max(1, width - px(2 * PAD + KEY + GAP + TICK))
        metrics = QFontMetrics(self._theme.font(self._step(), bold=True, language=self._language))
        words = metrics.boundingRect(0, 0, room, 10_000, int(Qt.TextFlag.TextWordWrap), self._words)
        return max(px(HEIGHT), words.height() + px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Border, key, words and tick, in reading order."""
        del event
        theme, chosen = self._theme, self.isChecked()
        px = self._px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("acc" if chosen else "edge"), 2 if chosen else 1))
        painter.setBrush(theme.colour("acc_tint" if chosen else "sheet"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        key = self._placed(QRectF(px(PAD), (self.height() - px(KEY)) / 2, px(KEY), px(KEY)))
        painter.setPen(QPen(theme.colour("acc" if chosen else "edge"), 2))
        painter.setBrush(theme.colour("acc" if chosen else "paper"))
        painter.drawRoundedRect(key, 6, 6)
        painter.setFont(theme.font(self._step(), bold=True))
        painter.setPen(theme.colour("on_acc" if chosen else "ink"))
        painter.drawText(key, int(Qt.AlignmentFlag.AlignCenter), str(self._number))
        painter.setFont(theme.font(self._step(), bold=chosen, language=self._language))
        painter.setPen(theme.colour("ink"))
        left = px(PAD + KEY + GAP)
        words = self._placed(QRectF(left, 0, self.width() - left - px(PAD + TICK), self.height()))
        side = Qt.AlignmentFlag.AlignRight if self._mirrored() else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, int(flags) | int(Qt.TextFlag.TextWordWrap), self._words)
        if chosen:
            self._paint_tick(painter)
        painter.end()

    def _px(self, length: int) -> int:
        """A length in px. Text is large here to begin with: beyond LARGE it takes a smaller step."""
        return round(length * (self._theme.scale if self._theme.scale <= LARGE else 1))

    def _step(self) -> Type:
        return Type.CLIENT_CHOICE if self._theme.scale <= LARGE else Type.LEAD

    def _paint_tick(self, painter: QPainter) -> None:
        side = self._px(TICK)
        box = self._placed(
            QRectF(self.width() - side - self._px(PAD), (self.height() - side) / 2, side, side)
        )
        painter.setPen(QPen(self._theme.colour("acc"), 3))
        points = [
            QPointF(box.left() + x * side, box.top() + y * side)
            for x, y in ((0.1, 0.55), (0.4, 0.85), (0.9, 0.2))
        ]
        painter.drawPolyline(QPolygonF(points))

    def _mirrored(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _placed(self, box: QRectF) -> QRectF:
        """The same box from the right where the language is read from there."""
        return (
            QRectF(self.width() - box.right(), box.top(), box.width(), box.height())
            if (self._mirrored())
            else box
        )
