"""What stands round every page once a vault is open: menu row above, status line below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QMenuBar, QStackedWidget, QVBoxLayout, QWidget

from ui.i18n import tr
from ui.shell.status import StatusLine
from ui.theme.theme import Theme, surface
from ui.theme.tokens import MENU_HEIGHT
from ui.theme.type import Type
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.logo import Logo
from ui.widgets.sign import Sign
from ui.widgets.text import Text
from ui.widgets.tight import TightRow


class Frame(QWidget):
    """Menu row, pages, status line. Screens are put in and taken out by the composition of the app."""

    def __init__(self, theme: Theme, *, lock: Callable[[], None], hide_screen: Callable[[], None]) -> None:
        super().__init__()
        self._theme = theme
        surface(self, "paper")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.menus = QMenuBar()
        self.menus.setNativeMenuBar(False)
        self._who = Text(theme, "", Type.SMALL, tone="second", wrap=False)
        self._who.setObjectName("who")
        column.addWidget(self._menu_row(lock, hide_screen))
        self.notice = Banner(theme, "stop", name="notice")
        column.addWidget(self.notice)
        self.pages = QStackedWidget()
        column.addWidget(self.pages, 1)
        self.status = StatusLine(theme)
        column.addWidget(self.status)

    def show_who(self, words: str) -> None:
        """Whose seat this is."""
        self._who.setText(words)
        self._who.setAccessibleName(tr("Open seat: {name}", name=words))

    def add_menu(self, title: str) -> QMenu:
        """A menu at the end of the row."""
        return self.menus.addMenu(title)

    def _menu_row(self, lock: Callable[[], None], hide_screen: Callable[[], None]) -> QWidget:
        bar = TightRow()
        surface(bar, "sunk", edge="bottom")
        bar.setMinimumHeight(MENU_HEIGHT)
        row, name = bar.row, Text(self._theme, "OurNY Desk", Type.BODY, bold=True, wrap=False)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(Logo(self._theme, 20))
        row.addWidget(name)
        row.addWidget(self.menus, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(Sign(self._theme, "person", "ink2", 16))
        row.addWidget(self._who)
        hide = Button(
            self._theme,
            tr("Hide screen"),
            kind="bar",
            size="small",
            icon="eye_off",
            key="F11",
            name="hide_screen",
        )
        hide.clicked.connect(lambda _checked=False: hide_screen())
        locked = Button(
            self._theme, tr("Lock"), kind="bar", size="small", icon="lock", key="Ctrl+L", name="lock"
        )
        locked.clicked.connect(lambda _checked=False: lock())
        row.addWidget(hide)
        row.addWidget(locked)
        bar.may_go(name)
        return bar
