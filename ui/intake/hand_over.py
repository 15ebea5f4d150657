"""Handing an intake over: what will happen, and a word to the legal team. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ui.i18n import tr
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.button import Button
from ui.widgets.text import Label, Text

WIDTH = 520


class HandOverDialog(QDialog):
    """``go`` is called with the word to the legal team."""

    def __init__(self, theme: Theme, parent: QWidget, *, missing: int, go: Callable[[str], None]) -> None:
        super().__init__(parent)
        self.setObjectName("hand_over_dialog")
        self.setWindowTitle(tr("Hand over"))
        self.setMinimumWidth(theme.px(WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(Text(theme, tr("Hand over to the legal team"), Type.TITLE))
        told = tr(
            "They can read it as soon as it reaches them. When it has arrived for certain, this laptop lets "
            "go of everything the client said."
        )
        column.addWidget(Text(theme, told, tone="second"))
        if missing:
            words = tr("{n} answers are still missing. It can be handed over all the same.", n=missing)
            column.addWidget(Text(theme, words, tone="attention"))
        self._words = QPlainTextEdit()
        self._words.setObjectName("hand_over_words")
        self._words.setFixedHeight(theme.px(76))
        self._words.setTabChangesFocus(True)
        column.addWidget(Label(theme, tr("A word to them, if there is one"), self._words))
        column.addWidget(self._words)
        acts = QHBoxLayout()
        acts.setSpacing(12)
        give = Button(theme, tr("Hand over"), kind="primary", icon="hand_over", name="hand_over_now")

        def hand() -> None:
            self.accept()
            go(self._words.toPlainText().strip())

        give.clicked.connect(lambda _checked=False: hand())
        back = Button(theme, tr("Not yet"), kind="quiet", name="hand_over_not")
        back.clicked.connect(lambda _checked=False: self.reject())
        acts.addStretch(1)
        acts.addWidget(back)
        acts.addWidget(give)
        column.addLayout(acts)
        self._words.setFocus()
