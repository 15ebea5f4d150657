"""A mark as a widget, with its word for those who cannot see it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.i18n import tr
from ui.theme.marks import Mark, paint
from ui.theme.theme import Theme

WORDS: Final = {
    Mark.DONE: "done",
    Mark.PART: "partly answered",
    Mark.NONE: "not started",
    Mark.MEND: "something to mend",
    Mark.STOP: "stopped",
    Mark.WORKED_OUT: "worked out",
    Mark.NOT_ASKED: "not asked",
}


class MarkSign(QWidget):
    """One of the seven marks, 18 px at 100 %."""

    def __init__(self, theme: Theme, mark: Mark, size: int = 18) -> None:
        super().__init__()
        self._theme, self._mark, self._size = theme, mark, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_mark(mark)
        theme.follow(self, self.updateGeometry)

    def show_mark(self, mark: Mark) -> None:
        """Show another mark."""
        self._mark = mark
        self.setAccessibleName(tr(WORDS[mark]))
        self.update()

    def sizeHint(self) -> QSize:
        """A square that grows with the text."""
        return QSize(self._theme.px(self._size), self._theme.px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the mark."""
        painter = QPainter(self)
        paint(painter, self._mark, QRectF(self.rect()), self._theme.palette)
        painter.end()
