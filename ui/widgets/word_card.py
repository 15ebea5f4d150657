"""Words to be written down, one on each card, whole at every text size. Layer: ui."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from ui.i18n import tr
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.mirrored import leading, mirrored

GAP: Final = 12
MOST_COLUMNS: Final = 3


class WordCard(QFrame):
    """One of the six words, with its number; painted, so that nothing can copy it."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme, self._number = theme, number
        self.word = ""
        self.covered = False
        self.setObjectName(f"word_{number}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow(self, self.updateGeometry)

    def show_word(self, word: str, *, covered: bool) -> None:
        """Show a word, or dots in its place."""
        self.word, self.covered = word, covered
        self.setAccessibleName(tr("Word {n}: {word}", n=self._number, word="…" if covered else word))
        self.update()

    def sizeHint(self) -> QSize:
        """A card."""
        return QSize(self._theme.px(200), self._theme.px(96))

    def minimumSizeHint(self) -> QSize:
        """Room for the longest word of the list."""
        return QSize(self._theme.px(190), self._theme.px(72))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card."""
        theme, side = self._theme, self._theme.px(28)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("edge"))
        painter.setBrush(theme.colour("sheet"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        circle = QRect(theme.px(20), (self.height() - side) // 2, side, side)
        painter.setPen(theme.colour("acc_tint"))
        painter.setBrush(theme.colour("acc_tint"))
        painter.drawEllipse(mirrored(self, circle))
        painter.setPen(theme.colour("acc"))
        painter.setFont(theme.font(Type.BODY, bold=True))
        painter.drawText(mirrored(self, circle), int(Qt.AlignmentFlag.AlignCenter), str(self._number))
        painter.setPen(theme.colour("ink"))
        left = circle.right() + theme.px(16)
        room = mirrored(self, QRect(left, 0, self.width() - left - 6, self.height()))
        flags = leading(self) | Qt.AlignmentFlag.AlignVCenter
        words = "• • • • •" if self.covered else self.word
        painter.setFont(fitting(theme.font(Type.SECTION), words, room.width()))
        painter.drawText(room, int(flags), words)
        painter.end()


def fitting(font: QFont, words: str, width: int) -> QFont:
    """The face in which words are no wider: half a word on a card would be written down as it is."""
    needed = QFontMetrics(font).horizontalAdvance(words)
    while needed > width and font.pointSizeF() > 1:
        font.setPointSizeF(min(font.pointSizeF() * width / needed, font.pointSizeF() - 0.25))
        needed = QFontMetrics(font).horizontalAdvance(words)
    return font


class WordGrid(QWidget):
    """The cards of one passphrase, row by row: three beside one another, fewer where there is less room."""

    def __init__(self, cards: Sequence[WordCard]) -> None:
        super().__init__()
        self._cards, self._columns = tuple(cards), 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        self._place(MOST_COLUMNS)

    @property
    def columns(self) -> int:
        """How many stand beside one another."""
        return self._columns

    def minimumSizeHint(self) -> QSize:
        """One card beside nothing."""
        return QSize(self._cards[0].minimumSizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many beside one another as there is room for."""
        super().resizeEvent(event)
        each = self._cards[0].minimumSizeHint().width() + GAP
        self._place(max(1, min(MOST_COLUMNS, (event.size().width() + GAP) // each)))

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for card in self._cards:
            self._grid.removeWidget(card)
        for index, card in enumerate(self._cards):
            self._grid.addWidget(card, index // columns, index % columns)
        self.updateGeometry()
