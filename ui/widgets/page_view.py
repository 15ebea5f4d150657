"""One page of paper as a picture that keeps to the width it has. Layer: ui."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea

from ournydesk.domain.documents import PageImage

NATURAL: Final = 96 / 72
"""Pixels a point at which a page has about its own size."""
LETTER_POINTS: Final = 612
SETTLED_MS: Final = 80
FRAME: Final = 4
"""Pixels beside the page."""


class PageView(QScrollArea):
    """``resized`` says that the page wants another picture, once the window stands still."""

    resized = Signal()

    def __init__(self, name: str) -> None:
        """``name`` is that of the page, for tests and screen readers."""
        super().__init__()
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._page = QLabel()
        self._page.setObjectName(name)
        self.setWidget(self._page)
        self._still = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._still.timeout.connect(self.resized)

    def scale(self, percent: int | None = None) -> float:
        """Device pixels a point for a size; None: as wide as there is room, at most its own size."""
        if percent is not None:
            return percent / 100 * NATURAL * self.devicePixelRatioF()
        room = self.viewport().width() - FRAME
        if not self.verticalScrollBar().isVisible():
            room -= self.verticalScrollBar().sizeHint().width()
        return min(max(room, 1) / LETTER_POINTS, NATURAL) * self.devicePixelRatioF()

    def show_page(self, image: PageImage, words: str) -> None:
        """A page; ``words`` say which for who cannot see it."""
        self._page.setPixmap(picture(image, self.devicePixelRatioF()))
        self._page.setAccessibleName(words)
        self._page.adjustSize()

    def clear(self) -> None:
        """Nothing of it is left on the screen."""
        self._page.clear()
        self._page.adjustSize()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for a picture of the new width when it does not change any more."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._still.start()


def picture(image: PageImage, ratio: float = 1.0) -> QPixmap:
    """A page's pixels as Qt draws them; ``ratio`` is that of the screen."""
    made = QImage(
        image.rgba, image.width, image.height, image.width * 4, QImage.Format.Format_RGBX8888
    ).copy()
    made.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(made)
