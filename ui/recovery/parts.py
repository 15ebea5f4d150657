"""What the pages of the kit's room are made of. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import MARGIN
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card

WIDEST = 860


def page_card(page: QWidget, theme: Theme, title: str, name: str) -> Card:
    """One card on a page of its own."""
    column = QVBoxLayout(page)
    column.setContentsMargins(MARGIN, 24, MARGIN, 24)
    card = Card(theme, title, name=name)
    card.setMaximumWidth(theme.px(WIDEST))
    column.addWidget(card)
    column.addStretch(1)
    return card


def button(
    theme: Theme, name: str, words: str, act: Callable[[], None], kind: Kind = "plain", icon: str = ""
) -> Button:
    """A button that does one thing."""
    made = Button(theme, words, kind=kind, icon=icon, name=name)
    made.clicked.connect(lambda _checked=False: act())
    return made


def in_a_row(*buttons: Button) -> QHBoxLayout:
    """Buttons at the reading edge."""
    row = QHBoxLayout()
    row.setSpacing(12)
    for one in buttons:
        row.addWidget(one)
    row.addStretch(1)
    return row
