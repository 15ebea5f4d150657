"""The line at the foot of a screen without a seat: one sentence, and how large and in which colours."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.i18n import tr
from ui.theme.theme import TEXT_SIZES, Theme, reveal, surface
from ui.theme.tokens import LOOKS, STATUS_HEIGHT
from ui.theme.type import Type
from ui.widgets.combo import Combo
from ui.widgets.sign import Sign
from ui.widgets.text import Text

MOST_FOR_BOTH = 1.25
"""Up to this text size there is room for a second sentence."""


class Foot(QWidget):
    """Whoever needs large letters needs them before the seat is open."""

    def __init__(self, theme: Theme, what: str, then: str = "") -> None:
        super().__init__()
        self._theme = theme
        surface(self, "sunk", edge="top")
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 12, 0)
        row.setSpacing(6)
        row.addWidget(Sign(theme, "no_network", "ink2", 14))
        row.addWidget(Text(theme, what, Type.CAPTION, bold=True, wrap=False))
        self._then = Text(theme, then, Type.CAPTION, tone="second", wrap=False)
        row.addWidget(self._then)
        row.addStretch(1)
        self._look = Combo(theme, "foot_appearance", tr("Colours"), quiet=True)
        self._look.addItems([tr(words) for words in LOOKS.values()])
        self._look.activated.connect(lambda at: theme.wear(tuple(LOOKS)[at]))
        self._size = Combo(theme, "foot_text_size", tr("Text size"), quiet=True)
        self._size.addItems([tr("Text size {percent} %", percent=round(one * 100)) for one in TEXT_SIZES])
        self._size.activated.connect(lambda at: theme.resize(TEXT_SIZES[at]))
        row.addWidget(self._look)
        row.addWidget(self._size)
        theme.follow(self, self._dress)
        self._dress()

    def _dress(self) -> None:
        self.setMinimumHeight(self._theme.px(STATUS_HEIGHT))
        reveal(self._then, visible=self._theme.scale <= MOST_FOR_BOTH and bool(self._then.text()))
        self._look.setCurrentIndex(tuple(LOOKS).index(self._theme.appearance))
        nearest = min(range(len(TEXT_SIZES)), key=lambda at: abs(TEXT_SIZES[at] - self._theme.scale))
        self._size.setCurrentIndex(nearest)
