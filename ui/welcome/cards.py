"""The six words on their cards, and the card of paper they are written on. Layer: ui."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStyle, QVBoxLayout, QWidget

from ournydesk.domain.days import english_day
from ui.i18n import tr
from ui.theme.marks import Mark
from ui.theme.theme import Theme, surface
from ui.theme.type import Type
from ui.widgets.marks import MarkSign
from ui.widgets.text import Text, Told

SHOWN = 22
"""Letters of a seat's name that fit on the sketch of the card."""


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
        painter.drawEllipse(self._placed(circle))
        painter.setPen(theme.colour("acc"))
        painter.setFont(theme.font(Type.BODY, bold=True))
        painter.drawText(self._placed(circle), int(Qt.AlignmentFlag.AlignCenter), str(self._number))
        painter.setPen(theme.colour("ink"))
        painter.setFont(theme.font(Type.SECTION))
        left = circle.right() + theme.px(16)
        room = self._placed(QRect(left, 0, self.width() - left - 6, self.height()))
        flags = QStyle.visualAlignment(
            self.layoutDirection(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        painter.drawText(room, int(flags), "• • • • •" if self.covered else self.word)
        painter.end()

    def _placed(self, box: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), box)


class Advice(QWidget):
    """A sketch of the card, and three things to know about it."""

    def __init__(self, theme: Theme, today: date) -> None:
        super().__init__()
        self._theme = theme
        surface(self, "sunk", edge="left")
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 88, 48, 24)
        column.setSpacing(20)
        column.addWidget(self._card(today))
        lost = tr("Tell the clinic lead at once: whoever has card and laptop has the records.")
        for mark, what, then in (
            (Mark.DONE, tr("Keep the card on you,"), tr("not in the laptop bag.")),
            (Mark.DONE, tr("Lost the card?"), lost),
            (Mark.STOP, tr("No photo, no e-mail, no chat."), ""),
        ):
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(MarkSign(theme, mark), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Told(theme, what, then), 1)
            column.addLayout(row)
        column.addStretch(1)

    def show_name(self, name: str) -> None:
        """The name of the seat stands on its card."""
        self._name.setText(name if len(name) <= SHOWN else f"{name[:SHOWN]}…")

    def _card(self, today: date) -> QFrame:
        card = QFrame()
        card.setProperty("frame", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(24, 18, 24, 18)
        inside.setSpacing(4)
        inside.addWidget(Text(self._theme, tr("Seat card"), Type.LEAD, bold=True))
        self._name = Text(self._theme, "", Type.BODY, tone="second")
        self._name.setObjectName("card_name")
        inside.addWidget(self._name)
        inside.addWidget(Text(self._theme, english_day(today), Type.CAPTION, tone="hint"))
        inside.addSpacing(8)
        for number in range(1, 7):
            row = QHBoxLayout()
            row.setSpacing(12)
            row.setContentsMargins(0, 6, 0, 0)
            figure = Text(self._theme, str(number), Type.BODY, tone="second", wrap=False)
            figure.setFixedWidth(self._theme.px(14))
            row.addWidget(figure)
            line = QWidget()
            surface(line, "sheet", edge="writing")
            row.addWidget(line, 1)
            inside.addLayout(row)
        inside.addSpacing(8)
        found = tr("Found this card? Give it to the clinic lead.")
        inside.addWidget(Text(self._theme, found, Type.CAPTION, tone="hint"))
        return card
