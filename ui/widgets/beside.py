"""Two halves of a page, side by side where there is room for both, else one under the other. Layer: ui."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import MARGIN

NARROW = 860
"""Below this width, in px at 100 %, the halves stand one under the other."""
GAP = 24


class Beside(QWidget):
    """``parts`` says how the width is shared. Large letters count like a narrow window."""

    def __init__(self, theme: Theme, first: QLayout, second: QLayout, parts: tuple[int, int]) -> None:
        super().__init__()
        self._theme = theme
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        self._box.setSpacing(GAP)
        self._box.addLayout(first, parts[0])
        self._box.addLayout(second, parts[1])
        theme.follow(self, self._turn)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other or not."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        narrow = self.width() < self._theme.px(NARROW)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._box.direction() is not way:
            self._box.setDirection(way)
