"""Handing an intake over: what will happen, and a word to the legal team. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui.i18n import tr
from ui.theme.theme import Theme
from ui.widgets.dialog import Dialog
from ui.widgets.text import Label, Text


class HandOverDialog(Dialog):
    """``go`` is called with the word to the legal team."""

    def __init__(self, theme: Theme, parent: QWidget, *, missing: int, go: Callable[[str], None]) -> None:
        told = tr(
            "They can read it as soon as it reaches them. When it has arrived for certain, this laptop lets "
            "go of everything the client said."
        )
        title = tr("Hand over to the legal team")
        super().__init__(theme, parent, name="hand_over_dialog", title=title, lead=told)
        self._go = go
        if missing:
            words = tr("{n} answers are still missing. It can be handed over all the same.", n=missing)
            self.column.addWidget(Text(theme, words, tone="attention"))
        self._words = QPlainTextEdit()
        self._words.setObjectName("hand_over_words")
        self._words.setFixedHeight(theme.px(76))
        self._words.setTabChangesFocus(True)
        self.column.addWidget(Label(theme, tr("A word to them, if there is one"), self._words))
        self.column.addWidget(self._words)
        self.button(tr("Not yet"), self.reject, kind="quiet", key="Esc", name="hand_over_not")
        self.button(tr("Hand over"), self._hand, kind="primary", name="hand_over_now").wear("hand_over")
        self._words.setFocus()

    def _hand(self) -> None:
        self.accept()
        self._go(self._words.toPlainText().strip())
