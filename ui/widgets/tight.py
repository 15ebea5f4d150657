"""A row that keeps its words as long as there is room, and gives them up in order. Layer: ui."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QWidget

from ui.theme.theme import reveal
from ui.widgets.button import Button

MENUS = 64
"""Pixels a bar of menus needs: the sign behind which Qt keeps those without room."""


class TightRow(QWidget):
    """What stands in ``row`` is whole where there is room.

    Where there is none, the keys behind the buttons' words go first, then what :meth:`may_go` names, the
    first before the others, then the words of buttons that have an icon. Nothing is cut, and nothing that
    goes is said nowhere else: tips and screen readers keep the words.
    """

    def __init__(self) -> None:
        super().__init__()
        self.row = QHBoxLayout(self)
        self._may_go: tuple[QWidget, ...] = ()
        self._gone: set[QWidget] = set()

    def may_go(self, *widgets: QWidget) -> None:
        """These explain what is said elsewhere, too."""
        self._may_go = widgets
        self.make_room()

    def make_room(self) -> None:
        """Work out what has room now."""
        room = self.width()
        keys = self._needed(keys=True) <= room
        goes, gone = [one for one in self._may_go if one in self._shown()], set[QWidget]()
        while goes and self._needed(gone, keys=keys) > room:
            gone.add(goes.pop(0))
        words = self._needed(gone, keys=keys) <= room
        shown, self._gone = self._shown(), gone
        for widget in self._may_go:
            if widget in shown:
                reveal(widget, visible=widget not in gone)
        for one in shown:
            if isinstance(one, Button):
                one.spell(words=words, key=keys)

    def minimumSizeHint(self) -> QSize:
        """As narrow as it can be made."""
        return QSize(self._needed(self._may_go, keys=False, words=False), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other room, other words."""
        super().resizeEvent(event)
        self.make_room()

    def event(self, event: QEvent) -> bool:
        """Other words, other room: something in the row says something else now."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self.make_room()
        return done

    def _shown(self) -> list[QWidget]:
        """What a page wants to be seen, whether or not there is room."""
        items = (self.row.itemAt(at) for at in range(self.row.count()))
        held = [item.widget() for item in items if item is not None]
        return [one for one in held if one is not None and (not one.isHidden() or one in self._gone)]

    def _needed(self, without: Collection[QWidget] = (), *, keys: bool, words: bool = True) -> int:
        """Pixels that everything but ``without`` asks for."""
        left = [one for one in self._shown() if one not in without]
        wide = sum(
            one.width_with(words=words, key=keys) if isinstance(one, Button) else _width(one) for one in left
        )
        margins = self.row.contentsMargins()
        return wide + self.row.spacing() * max(0, len(left) - 1) + margins.left() + margins.right()


def _width(widget: QWidget) -> int:
    if isinstance(widget, QMenuBar):
        return MENUS
    return min(max(widget.sizeHint().width(), widget.minimumWidth()), widget.maximumWidth())
