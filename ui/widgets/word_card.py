"""One of the six words on its card. Layer: ui."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy

from ui.i18n import tr
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.mirrored import leading, mirrored


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
        painter.setFont(theme.font(Type.SECTION))
        left = circle.right() + theme.px(16)
        room = mirrored(self, QRect(left, 0, self.width() - left - 6, self.height()))
        flags = leading(self) | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, int(flags), "• • • • •" if self.covered else self.word)
        painter.end()
