"""A dialog: what it says and asks in a column that scrolls, its buttons below, always in sight. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.messages import Message
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.banner import Banner
from ui.widgets.button import Button, Kind
from ui.widgets.focus import FocusRing
from ui.widgets.scroll import scrolled
from ui.widgets.text import Text

SIDE, AROUND = 32, 40
"""Between the words and the dialog's edge; between the dialog and the window's edge, both sides together."""


class Dialog(QDialog):
    """Fill ``column`` and add a ``button`` for each way out, the one that goes on last.

    It is as high as what it holds, never higher than the window it stands over, and gone when it is closed.
    """

    def __init__(
        self, theme: Theme, parent: QWidget, *, name: str, title: str, lead: str = "", width: int = 560
    ) -> None:
        super().__init__(parent)
        self._theme, self._wide = theme, width
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        body = QWidget()
        # The height its words ask for at the width they get, not at the narrowest they could stand.
        body.setMinimumHeight(1)
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(SIDE, 24, SIDE, 8)
        self.column.setSpacing(12)
        self.column.addWidget(Text(theme, title, Type.SECTION))
        if lead:
            self.column.addWidget(Text(theme, lead, tone="second"))
        self.area = scrolled(body, f"{name}_scroll")
        self.notice = Banner(theme, "attention", name=f"{name}_notice")
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(SIDE, 8, SIDE, 20)
        self._foot.setSpacing(12)
        self._foot.addWidget(self.notice)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(12)
        self._buttons.addStretch(1)
        self._foot.addLayout(self._buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.area, 1)
        whole.addLayout(self._foot)
        self._ring = FocusRing(theme, self)

    def button(
        self, words: str, act: Callable[[], object], *, name: str, kind: Kind = "plain", key: str = ""
    ) -> Button:
        """One more button at the end of the foot. What destroys is never pressed by a stray Enter."""
        made = Button(self._theme, words, kind=kind, key=key, name=name)
        made.clicked.connect(lambda _checked=False: act())
        made.setAutoDefault(kind != "danger")
        self._buttons.addWidget(made)
        return made

    def show_trouble(self, words: Message) -> None:
        """Why something did not work, and what to do."""
        self.say(words.what, words.then)

    def say(self, what: str, then: str = "", *, tone: str = "attention") -> None:
        """Tell something above the buttons."""
        self.notice.say(what, then, tone=tone)
        self.fit()
        # The words take room: where the person was typing stays in sight.
        typing, layout = self.focusWidget(), self.layout()
        if layout is not None and self.area.isAncestorOf(typing):
            layout.activate()
            self.area.ensureWidgetVisible(typing)

    def fit(self) -> None:
        """As high as what it holds now, as far as the window has room."""
        for layout in (self.column, self._foot):
            layout.invalidate()
        over = self.parentWidget()
        window = over.size() if over is not None else self.size()
        width = min(self._theme.px(self._wide), window.width() - AROUND)
        wanted = self.column.totalHeightForWidth(width) + self._foot.totalHeightForWidth(width)
        self.resize(width, min(wanted, window.height() - AROUND))

    def showEvent(self, event: QShowEvent) -> None:
        """Take the size that fits."""
        super().showEvent(event)
        self.fit()
