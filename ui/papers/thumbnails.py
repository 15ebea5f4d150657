"""The pages of a paper, small, at the leading side. Layer: ui."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.i18n import tr
from ui.theme.marks import Mark, paint
from ui.theme.theme import Theme, surface
from ui.theme.type import Type

WIDTH, HEIGHT = 74, 96
COLUMN = 132


class Thumbnail(QAbstractButton):
    """One page: white until its picture comes, framed while it is looked at, marked where an answer moved."""

    def __init__(self, theme: Theme, number: int, *, moved: bool) -> None:
        super().__init__()
        self._theme, self._number, self._moved = theme, number, moved
        self._picture: QPixmap | None = None
        self.setObjectName(f"thumbnail:{number}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        words = tr("Page {n}, an answer continues elsewhere", n=number) if moved else tr("Page {n}", n=number)
        self.setAccessibleName(words)
        self.setToolTip(words)

    def show_picture(self, picture: QPixmap) -> None:
        """The page itself."""
        self._picture = picture
        self.update()

    def sizeHint(self) -> QSize:
        """A page and its number."""
        return QSize(COLUMN - 16, HEIGHT + self._theme.px(18) + 14)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw page, frame, number, mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        page = QRectF((self.width() - WIDTH) / 2, 6, WIDTH, HEIGHT)
        # Paper is white in every appearance.
        painter.fillRect(page, Qt.GlobalColor.white)
        if self._picture is not None:
            painter.drawPixmap(page, self._picture, QRectF(self._picture.rect()))
        chosen = self.isChecked()
        painter.setPen(QPen(self._theme.colour("acc" if chosen else "line"), 3 if chosen else 1))
        painter.drawRect(page.adjusted(-2, -2, 2, 2) if chosen else page)
        if self._moved:
            mark = QRectF(page.right() - 12, page.top() - 5, 18, 18)
            paint(painter, Mark.MEND, mark, self._theme.palette)
        painter.setPen(self._theme.colour("ink" if chosen else "ink2"))
        painter.setFont(self._theme.font(Type.CAPTION, bold=chosen))
        below = QRectF(0, page.bottom() + 3, self.width(), self.height() - page.bottom() - 3)
        painter.drawText(
            below, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), str(self._number)
        )
        painter.end()


class Thumbnails(QScrollArea):
    """``turned`` carries the index of the page that was pressed."""

    turned = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pages: list[Thumbnail] = []
        self.setObjectName("thumbnails")
        self.setAccessibleName(tr("Pages"))
        self.setFixedWidth(COLUMN)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body = QWidget()
        surface(self._body, "sunk", edge="right")
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(4, 8, 4, 8)
        self._column.setSpacing(2)
        self._column.addStretch(1)
        self.setWidget(self._body)

    def show_pages(self, count: int, moved: Collection[int]) -> None:
        """So many pages; ``moved`` are the numbers of those with an answer that continues elsewhere."""
        for old in self._pages:
            old.hide()
            old.deleteLater()
        self._pages = [
            Thumbnail(self._theme, number, moved=number in moved) for number in range(1, count + 1)
        ]
        for index, page in enumerate(self._pages):
            page.clicked.connect(lambda _checked=False, index=index: self.turned.emit(index))
            self._column.insertWidget(index, page)
        self.choose(0)

    def choose(self, index: int) -> None:
        """Mark the page that is looked at and bring it into view."""
        if index < len(self._pages):
            self._pages[index].setChecked(True)
            self.ensureWidgetVisible(self._pages[index])

    def show_picture(self, index: int, picture: QPixmap) -> None:
        """The picture of one page."""
        if index < len(self._pages):
            self._pages[index].show_picture(picture)
