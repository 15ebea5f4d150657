"""A desk without a team: found one, or ask to join; and a desk that has asked. Layer: ui."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.i18n import tr
from ui.theme.theme import Theme
from ui.theme.tokens import MARGIN
from ui.theme.type import Type
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.text import Label, Text

WIDEST = 760


class StartPage(QWidget):
    """``founded`` carries team, person and clinic; ``asked`` the person."""

    founded = Signal(str, str, str)
    asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._fields: dict[str, QLineEdit] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 24, MARGIN, 24)
        column.setSpacing(16)
        column.addWidget(self._join())
        column.addWidget(self._found())
        column.addStretch(1)

    def enter(self) -> None:
        """The cursor into the first field."""
        self._fields["join_name"].setFocus()

    def _join(self) -> Card:
        card = Card(self._theme, tr("Join a team"), name="join_card")
        card.setMaximumWidth(WIDEST)
        words = tr(
            "This desk makes its keys and writes a request. The coordinator opens it, you read six words "
            "aloud, and an invite comes back."
        )
        card.column.addWidget(Text(self._theme, words, tone="second"))
        field = self._field("join_name", tr("Your name, as the team knows it"), card)
        go = Button(self._theme, tr("Write the request…"), kind="primary", icon="paper", name="ask_to_join")
        go.clicked.connect(lambda _checked=False: self.asked.emit(field.text()))
        card.column.addLayout(_left(go))
        return card

    def _found(self) -> Card:
        card = Card(self._theme, tr("Start a team"), name="found_card")
        card.setMaximumWidth(WIDEST)
        words = tr("For the first coordinator of an organisation. You will let the others in.")
        card.column.addWidget(Text(self._theme, words, tone="second"))
        team = self._field("team_name", tr("Organisation"), card)
        person = self._field("person_name", tr("Your name"), card)
        clinic = self._field("clinic_name", tr("First clinic, by its place"), card)
        go = Button(self._theme, tr("Start the team"), name="found_team")
        go.clicked.connect(
            lambda _checked=False: self.founded.emit(team.text(), person.text(), clinic.text())
        )
        card.column.addLayout(_left(go))
        return card

    def _field(self, name: str, words: str, card: Card) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(name)
        field.setMaxLength(80)
        card.column.addWidget(Label(self._theme, words, field))
        card.column.addWidget(field)
        self._fields[name] = field
        return field


class AskedPage(QWidget):
    """``joined`` and ``written``: the person wants to choose the invite, or write the request again."""

    joined = Signal()
    written = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 24, MARGIN, 24)
        self._card = Card(theme, tr("Read these words to the coordinator"), name="asked_card")
        self._card.setMaximumWidth(WIDEST)
        grid = QGridLayout()
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(12)
        self._words = [Text(theme, "", Type.SECTION, wrap=False) for _ in range(6)]
        for index, word in enumerate(self._words):
            word.setObjectName(f"asked_word:{index + 1}")
            number = Text(theme, str(index + 1), Type.CAPTION, tone="hint", wrap=False)
            cell = QVBoxLayout()
            cell.setSpacing(0)
            cell.addWidget(number)
            cell.addWidget(word)
            grid.addLayout(cell, index // 3, index % 3)
        self._card.column.addLayout(grid)
        then = tr(
            "They are the fingerprint of this desk's keys. If the coordinator sees other words, stop: the "
            "file was changed on the way."
        )
        self._card.column.addWidget(Text(theme, then, tone="second"))
        self._join = Button(theme, tr("Take the invite…"), kind="primary", icon="folder", name="take_invite")
        self._join.clicked.connect(lambda _checked=False: self.joined.emit())
        again = Button(theme, tr("Write the request again…"), kind="quiet", name="write_request")
        again.clicked.connect(lambda _checked=False: self.written.emit())
        self._card.column.addLayout(_left(self._join, again))
        column.addWidget(self._card)
        column.addStretch(1)

    def show_words(self, words: tuple[str, ...]) -> None:
        """The six words."""
        for text, word in zip(self._words, words, strict=True):
            text.setText(word)
        self._card.setAccessibleDescription(" ".join(words))
        self._join.setFocus()


def _left(*buttons: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
