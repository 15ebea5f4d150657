"""The focus ring: 3 px with a 2 px gap, painted beside the widget so that no border jumps."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui.theme.theme import Theme

RING = 3
# By name: wrapping seven classes for Python only to ask for them would hold up the first screen.
RINGLESS = ("QMainWindow", "QMenuBar", "QScrollArea", "QAbstractItemView")
"""Windows and areas that hold the focus for what is inside them."""
BORDERED = ("QLineEdit", "QPlainTextEdit", "QComboBox")
"""Fields whose own border stands a pixel inside them."""


class FocusRing(QWidget):
    """Follows the keyboard focus of one window. Transparent for the mouse."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._target: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._moved)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep beside the target while it moves, and go when it goes."""
        kind = event.type()
        if self._target is not None and not isValid(self._target):
            # Its page was taken down with the cursor still in it.
            self._target = None
            self.hide()
        if watched is self._target and kind in {QEvent.Type.Hide, QEvent.Type.Destroy}:
            self._let_go()
        elif kind in {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest}:
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("focus"), RING))
        half = RING / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 8, 8)
        painter.end()

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._let_go()
        window = self.parentWidget()
        if new is None or window is None or new.window() is not window:
            return
        if new is window or _is_one_of(new, RINGLESS):
            return
        self._target = _framed(new)
        watched: QWidget | None = self._target
        while watched is not None and watched is not window:
            watched.installEventFilter(self)
            watched = watched.parentWidget()
        self._place()

    def _let_go(self) -> None:
        watched = self._target if self._target is not None and isValid(self._target) else None
        window = self.parentWidget()
        while watched is not None and watched is not window:
            watched.removeEventFilter(self)
            watched = watched.parentWidget()
        self._target = None
        self.hide()

    def _place(self) -> None:
        window = self.parentWidget()
        if self._target is None or window is None or not self._target.isVisible():
            self.hide()
            return
        gap = 1 if _is_one_of(self._target, BORDERED) else 2
        out = gap + RING
        top_left = self._target.mapTo(window, self._target.rect().topLeft())
        box = QRect(top_left, self._target.size()).adjusted(-out, -out, out, out)
        visible = _visible_part(self._target, window).adjusted(-out, -out, out, out)
        self.setGeometry(box.intersected(visible))
        self.show()
        self.raise_()
        self.update()


def _is_one_of(widget: QWidget, classes: tuple[str, ...]) -> bool:
    return any(widget.inherits(name) for name in classes)


def _framed(widget: QWidget) -> QWidget:
    """The widget the ring goes round: a field of several parts is one field."""
    parent = widget.parentWidget()
    return parent if parent is not None and parent.property("frame") == "field" else widget


def _visible_part(widget: QWidget, window: QWidget) -> QRect:
    """What of a widget is not scrolled out of sight, in the window's coordinates."""
    box = QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())
    parent = widget.parentWidget()
    while parent is not None and parent is not window:
        box = box.intersected(QRect(parent.mapTo(window, parent.rect().topLeft()), parent.size()))
        parent = parent.parentWidget()
    return box
