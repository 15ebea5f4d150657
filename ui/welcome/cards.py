"""The card of paper that the six words are written on. Layer: ui."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ournydesk.domain.days import english_day
from ui.i18n import tr
from ui.theme.marks import Mark
from ui.theme.theme import Theme, surface
from ui.theme.type import Type
from ui.widgets.marks import MarkSign
from ui.widgets.text import Text, Told

SHOWN = 22
"""Letters of a seat's name that fit on the sketch of the card."""


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
