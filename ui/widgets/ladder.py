"""The five steps a record's bytes climb, as dots and as words that are never shortened."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ournydesk.domain.intake import Status
from ui.i18n import tr
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.text import Text

STEPS: Final = tuple(Status)
WORDS: Final = {
    Status.ON_THIS_LAPTOP: "on this laptop only",
    Status.SENDING: "sending",
    Status.CARRIED: "carried",
    Status.ON_THE_SERVER: "on the server",
    Status.RECEIVED: "received by the legal team",
}
DOT, BETWEEN = 6, 2


def words_of(status: Status) -> str:
    """The words of a step, always these."""
    return tr(WORDS[status])


class Dots(QWidget):
    """Five dots, filled up to a step; drawn in grey when nothing stands there."""

    def __init__(self, theme: Theme, status: Status, *, active: bool = True) -> None:
        super().__init__()
        self._theme, self._status, self._active = theme, status, active
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.follow(self, self.updateGeometry)

    def activate(self, *, active: bool) -> None:
        """Show whether anything stands at this step."""
        self._active = active
        self.update()

    def sizeHint(self) -> QSize:
        """Five dots in a row."""
        dot, between = self._theme.px(DOT), self._theme.px(BETWEEN)
        return QSize(5 * dot + 4 * between + 2, dot + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dots."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_dots(painter, QRectF(self.rect()), self._status, self._theme, active=self._active)
        painter.end()


def draw_dots(painter: QPainter, box: QRectF, status: Status, theme: Theme, *, active: bool = True) -> None:
    """Draw the five dots at the left of a box, in its middle."""
    colour = theme.colour("acc" if active else "edge")
    dot, between = theme.px(DOT), theme.px(BETWEEN)
    filled = STEPS.index(status)
    for index in range(len(STEPS)):
        painter.setPen(QPen(colour, 1))
        painter.setBrush(colour if index <= filled else Qt.BrushStyle.NoBrush)
        left = box.left() + 1 + index * (dot + between)
        painter.drawEllipse(QRectF(left, box.center().y() - dot / 2, dot - 1, dot - 1))


class LadderStep(QWidget):
    """One step with its count: dots, number, words."""

    def __init__(self, theme: Theme, status: Status) -> None:
        super().__init__()
        self._theme, self._status = theme, status
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._dots = Dots(theme, status, active=False)
        self._count = Text(theme, "0", Type.CAPTION, wrap=False)
        self._words = Text(theme, words_of(status), Type.CAPTION, wrap=False)
        row.addWidget(self._dots, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._count)
        row.addWidget(self._words)
        row.addStretch(1)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """How many records stand at this step."""
        self._dots.activate(active=count > 0)
        self._count.setText(str(count))
        self._count.embolden(bold=count > 0)
        for text in (self._count, self._words):
            text.tone("" if count else "hint")
        self.setAccessibleName(f"{count} {words_of(self._status)}")
