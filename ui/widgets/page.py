"""A page of the desk: its header, the notice under it, what it shows, and what may lie over it. Layer: ui."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.messages import Message
from ui.theme.theme import Theme, surface
from ui.widgets.banner import Banner
from ui.widgets.header import Header


class Page(QWidget):
    """Fill ``header`` and ``put`` the body; presenters tell what became of things through the notice."""

    def __init__(self, theme: Theme, *, notice: str) -> None:
        """``notice`` is the name of the banner, for tests and screen readers."""
        super().__init__()
        surface(self, "paper")
        self._theme = theme
        self.header = Header()
        self.notice = Banner(theme, "notice", name=notice)
        self._busy = False
        self._front = QWidget()
        column = QVBoxLayout(self._front)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.notice)
        self._column = column
        self._faces = QStackedWidget()
        self._faces.addWidget(self._front)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._faces)

    def put(self, body: QWidget) -> None:
        """What the page shows, in all the room under the notice."""
        self._column.addWidget(body, 1)

    def cover(self, with_this: QWidget) -> None:
        """Show something in the whole place of the page, as a preview of what is printed."""
        if self._faces.indexOf(with_this) < 0:
            self._faces.addWidget(with_this)
        self._faces.setCurrentWidget(with_this)

    def uncover(self) -> None:
        """Show the page itself."""
        self._faces.setCurrentWidget(self._front)

    @property
    def covered(self) -> bool:
        """Whether something else stands in the page's place."""
        return self._faces.currentWidget() is not self._front

    def draw_now(self) -> None:
        """Draw what was told before the window stands still for a while."""
        self._column.activate()
        self._front.repaint()

    # -- what presenters tell -------------------------------------------------------------------------

    def show_busy(self, words: str) -> None:
        """Something takes a moment; with no words it is over."""
        if words:
            self.notice.say(words, tone="notice")
        elif self._busy:
            self.notice.hide()
        self._busy = bool(words)

    def show_trouble(self, words: Message) -> None:
        """Why something did not work, and what to do."""
        self.notice.say(words.what, words.then, tone="attention")

    def show_done(self, what: str, then: str = "") -> None:
        """What was done, and what follows."""
        self.notice.say(what, then, tone="notice")
