"""A drop-down list with the desk's own chevron. Never editable."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox

from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.mirrored import mirrored

AROUND = 44
"""Border, padding and chevron beside the words, px."""


class Combo(QComboBox):
    """Chooses one of a few settings. ``quiet`` stands in a foot line: small, without a border."""

    def __init__(self, theme: Theme, name: str, label: str, *, quiet: bool = False) -> None:
        super().__init__()
        self._theme, self._quiet = theme, quiet
        self.setObjectName(name)
        self.setAccessibleName(label)
        if quiet:
            self.setProperty("kind", "quiet")
        theme.follow(self, self._dress)
        self._dress()

    def sizeHint(self) -> QSize:
        """Room for the longest entry, whatever the style measures."""
        metrics, styled = QFontMetrics(self.font()), super().sizeHint()
        longest = max((metrics.horizontalAdvance(self.itemText(at)) for at in range(self.count())), default=0)
        return QSize(max(styled.width(), longest + self._theme.px(AROUND)), styled.height())

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style draws the field, we draw the chevron."""
        super().paintEvent(event)
        painter = QPainter(self)
        side = self._theme.px(14)
        drawn = self._theme.icon("arrow_down", "ink2", side).pixmap(
            QSize(side, side), self.devicePixelRatioF()
        )
        place = QRect(self.width() - side - 10, (self.height() - side) // 2, side, side)
        painter.drawPixmap(mirrored(self, place), drawn)
        painter.end()

    def _dress(self) -> None:
        self.setFont(self._theme.font(Type.CAPTION if self._quiet else Type.BODY))
        self.setMinimumWidth(0 if self._quiet else self._theme.px(96))
        self.updateGeometry()
