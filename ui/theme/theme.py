"""The desk's appearance as one object: a palette, a text size, and who wants to know of a change."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui.theme import icons
from ui.theme.sheet import style_sheet
from ui.theme.tokens import PALETTES, Appearance, Palette
from ui.theme.type import Type, font, mono

TEXT_SIZES: Final = (1.0, 1.25, 1.5, 1.75, 2.0)
MOST_GONE: Final = 512
"""Followers that may be gone before somebody looks."""


class Theme:
    """Dresses the application, and tells those who follow it when palette or text size changed."""

    def __init__(self, appearance: Appearance = Appearance.LIGHT, scale: float = 1.0) -> None:
        self.appearance = appearance
        self.scale = scale
        self._followers: weakref.WeakKeyDictionary[QWidget, list[Callable[[], None]]] = (
            weakref.WeakKeyDictionary()
        )
        self._look_over_at = MOST_GONE

    def follow(self, widget: QWidget, dress: Callable[[], None]) -> None:
        """Call ``dress`` after every change, for as long as the widget lives; nothing is held by it."""
        if len(self._followers) >= self._look_over_at:
            self._drop_gone()
            self._look_over_at = 2 * len(self._followers) + MOST_GONE
        self._followers.setdefault(widget, []).append(_unheld(dress))

    @property
    def palette(self) -> Palette:
        """The tokens in force."""
        return PALETTES[self.appearance]

    def colour(self, token: str) -> QColor:
        """A token's colour, by its name."""
        return QColor(str(getattr(self.palette, token)))

    def font(self, step: Type, *, bold: bool | None = None, language: str = "en") -> QFont:
        """A font of the scale at the text size in force."""
        return font(step, scale=self.scale, bold=bold, language=language)

    def mono(self, step: Type = Type.BODY) -> QFont:
        """The face of printed values at the text size in force."""
        return mono(step, scale=self.scale)

    def icon(self, name: str, colour: str = "ink", size: int = 18) -> QIcon:
        """An icon in a token's colour."""
        return icons.icon(name, str(getattr(self.palette, colour)), size)

    def px(self, pixels: int) -> int:
        """A length that grows with the text."""
        return round(pixels * self.scale)

    def apply(self) -> None:
        """Dress the running application."""
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            return
        application.setFont(self.font(Type.BODY))
        application.setPalette(self._qpalette())
        application.setStyleSheet(style_sheet(self.palette))
        self._drop_gone()
        for widget, dresses in list(self._followers.items()):
            for dress in dresses if isValid(widget) else ():
                dress()

    @property
    def following(self) -> int:
        """How many widgets are told of a change."""
        return len(self._followers)

    def wear(self, appearance: Appearance) -> None:
        """Change the palette."""
        self.appearance = appearance
        self.apply()

    def resize(self, scale: float) -> None:
        """Change the text size; 1.0 to 2.0."""
        self.scale = min(max(scale, TEXT_SIZES[0]), TEXT_SIZES[-1])
        self.apply()

    def step(self, by: int) -> None:
        """The next larger text size, or with -1 the next smaller one."""
        nearest = min(range(len(TEXT_SIZES)), key=lambda at: abs(TEXT_SIZES[at] - self.scale))
        self.resize(TEXT_SIZES[min(max(nearest + by, 0), len(TEXT_SIZES) - 1)])

    def _drop_gone(self) -> None:
        # A widget may be gone from Qt while Python still holds its shell: it is not to be called.
        for widget in [one for one in self._followers if not isValid(one)]:
            del self._followers[widget]

    def _qpalette(self) -> QPalette:
        made = QPalette()
        roles = {
            QPalette.ColorRole.Window: "paper",
            QPalette.ColorRole.WindowText: "ink",
            QPalette.ColorRole.Base: "sheet",
            QPalette.ColorRole.AlternateBase: "paper",
            QPalette.ColorRole.Text: "ink",
            QPalette.ColorRole.PlaceholderText: "ink3",
            QPalette.ColorRole.Button: "sheet",
            QPalette.ColorRole.ButtonText: "ink",
            QPalette.ColorRole.BrightText: "on_acc",
            QPalette.ColorRole.Highlight: "acc",
            QPalette.ColorRole.HighlightedText: "on_acc",
            QPalette.ColorRole.Link: "acc",
            QPalette.ColorRole.ToolTipBase: "ink",
            QPalette.ColorRole.ToolTipText: "paper",
            QPalette.ColorRole.Mid: "line",
            QPalette.ColorRole.Dark: "edge",
        }
        for role, token in roles.items():
            made.setColor(role, self.colour(token))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
            made.setColor(QPalette.ColorGroup.Disabled, role, self.colour("ink3"))
        return made


def _unheld(dress: Callable[[], None]) -> Callable[[], None]:
    """The same call without keeping alive whose method it is: Python's methods and Qt's own."""
    owner = getattr(dress, "__self__", None)
    if not isinstance(owner, QWidget):
        return dress
    name, held = dress.__name__, weakref.ref(owner)

    def call() -> None:
        living = held()
        if living is not None:
            getattr(living, name)()

    return call


def restyle(widget: QWidget, **properties: str) -> None:
    """Set properties the style sheet looks at, and have it look again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # it is dressed when it is shown for the first time
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def surface(widget: QWidget, name: str, edge: str = "") -> None:
    """Lay a widget on one of the surfaces: sunk, paper, sheet, desk; with a hairline at an edge."""
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    restyle(widget, surface=name, **({"edge": edge} if edge else {}))


def reveal(widget: QWidget, *, visible: bool) -> None:
    """Show or hide a widget inside its parent; one that has no parent yet never becomes a window."""
    if widget.parentWidget() is not None or not visible:
        widget.setVisible(visible)
