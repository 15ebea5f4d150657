"""A banner: what is so in bold, what to do after it, up to three small buttons. It never closes itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.theme.theme import Theme, restyle, reveal
from ui.theme.tokens import GAP_L, GAP_M
from ui.theme.type import Type
from ui.widgets.button import Button
from ui.widgets.emptied import empty
from ui.widgets.text import Text

ICONS = {"attention": ("alert", "amb"), "stop": ("alert", "brk"), "notice": ("note", "acc")}
Action = tuple[str, str, Callable[[], None]]
"""Words, object name, what happens."""


class Banner(QFrame):
    """Says something that stays true until it is not: tone ``attention``, ``stop`` or ``notice``."""

    def __init__(self, theme: Theme, tone: str = "attention", name: str = "banner") -> None:
        super().__init__()
        self._theme, self._tone = theme, tone
        self.setObjectName(name)
        self.setProperty("frame", "banner")
        self.setProperty("tone", tone)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, GAP_L, 14, GAP_L)
        row.setSpacing(GAP_L)
        self._sign = QLabel()
        self._sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(GAP_M)
        self._what = Text(theme, "", Type.BODY, bold=True)
        self._then = Text(theme, "", Type.BODY, tone="second")
        # Held in a widget of its own: an empty row would bound the width of the words above it.
        self._acts = QWidget()
        self._buttons = QHBoxLayout(self._acts)
        self._buttons.setContentsMargins(0, 0, 0, 0)
        self._buttons.setSpacing(GAP_M)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._what)
        words.addWidget(self._then)
        column.addLayout(words)
        column.addWidget(self._acts)
        row.addLayout(column, 1)
        theme.follow(self, self._dress)
        self._dress()
        self.hide()

    def say(self, what: str, then: str = "", actions: Sequence[Action] = (), *, tone: str = "") -> None:
        """Show a sentence, what to do, and the acts it offers."""
        if tone:
            self._tone = tone
            restyle(self, tone=tone)
            self._dress()
        self._what.setText(what)
        self._then.setText(then)
        reveal(self._then, visible=bool(then))
        self.setAccessibleName(f"{what} {then}".strip())
        empty(self._buttons)
        for words, name, act in actions:
            button = Button(self._theme, words, size="small", name=name)
            button.clicked.connect(lambda _checked=False, act=act: act())
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        reveal(self._acts, visible=bool(actions))
        reveal(self, visible=True)

    @property
    def words(self) -> str:
        """What it says now."""
        return self.accessibleName() if not self.isHidden() else ""

    def _dress(self) -> None:
        name, token = ICONS[self._tone]
        side = self._theme.px(18)
        self._sign.setFixedSize(side, side)
        self._sign.setPixmap(
            self._theme.icon(name, token, side).pixmap(QSize(side, side), self.devicePixelRatioF())
        )
