"""What stands round every page once a vault is open: menu row above, status line below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QMenuBar, QStackedWidget, QVBoxLayout, QWidget

from ui.i18n import tr
from ui.shell.status import StatusLine
from ui.theme.theme import TEXT_SIZES, Theme, surface
from ui.theme.tokens import MENU_HEIGHT, Appearance
from ui.theme.type import Type
from ui.widgets.button import Button
from ui.widgets.logo import Logo
from ui.widgets.text import Text

APPEARANCES = {
    Appearance.LIGHT: "Light",
    Appearance.DARK: "Dark",
    Appearance.HIGH_CONTRAST: "High contrast",
}


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
        self._who = Button(theme, "", kind="quiet", size="small", icon="person", name="who")
        column.addWidget(self._menu_row(lock, hide_screen))
        self.pages = QStackedWidget()
        column.addWidget(self.pages, 1)
        self.status = StatusLine(theme)
        column.addWidget(self.status)
        self._view_menu: QMenu | None = None

    def show_who(self, words: str) -> None:
        """Whose seat this is."""
        self._who.setText(words)
        self._who.updateGeometry()

    def add_menu(self, title: str) -> QMenu:
        """A menu at the end of the row."""
        return self.menus.addMenu(title)

    def add_view_menu(self) -> QMenu:
        """Text size and appearance."""
        menu = self.add_menu(tr("&View"))
        sizes = QActionGroup(menu)
        for scale in TEXT_SIZES:
            action = menu.addAction(tr("Text size {percent} %", percent=round(scale * 100)))
            action.setCheckable(True)
            action.setChecked(abs(scale - self._theme.scale) < 0.01)
            action.setObjectName(f"text_size_{round(scale * 100)}")
            sizes.addAction(action)
            action.triggered.connect(lambda _checked=False, scale=scale: self._theme.resize(scale))
        menu.addSeparator()
        looks = QActionGroup(menu)
        for appearance, words in APPEARANCES.items():
            action = menu.addAction(tr(words))
            action.setCheckable(True)
            action.setChecked(appearance is self._theme.appearance)
            action.setObjectName(f"appearance_{appearance.value}")
            looks.addAction(action)
            action.triggered.connect(lambda _checked=False, wanted=appearance: self._theme.wear(wanted))
        return menu

    def _menu_row(self, lock: Callable[[], None], hide_screen: Callable[[], None]) -> QWidget:
        bar = QWidget()
        surface(bar, "sunk", edge="bottom")
        bar.setMinimumHeight(MENU_HEIGHT)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(Logo(self._theme, 20))
        row.addWidget(Text(self._theme, "OurNY Desk", Type.BODY, bold=True, wrap=False))
        row.addSpacing(8)
        row.addWidget(self.menus, 1)
        self._who.setEnabled(False)
        row.addWidget(self._who)
        hide = Button(
            self._theme,
            tr("Hide screen"),
            kind="quiet",
            size="small",
            icon="eye_off",
            key="F11",
            name="hide_screen",
        )
        hide.clicked.connect(lambda _checked=False: hide_screen())
        locked = Button(
            self._theme, tr("Lock"), kind="quiet", size="small", icon="lock", key="Ctrl+L", name="lock"
        )
        locked.clicked.connect(lambda _checked=False: lock())
        row.addWidget(hide)
        row.addWidget(locked)
        return bar


def action(menu: QMenu, words: str, keys: str, act: Callable[[], None], *, name: str = "") -> QAction:
    """A menu entry that shows its key and works everywhere in the window."""
    made = menu.addAction(words)
    if keys:
        made.setShortcut(QKeySequence(keys))
    made.setObjectName(name)
    made.triggered.connect(lambda _checked=False: act())
    return made
