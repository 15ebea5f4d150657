"""Eyes, hands and patience: drives real windows with real mouse and keyboard events.

A *script* is a generator that acts through :class:`Hands` and yields whatever it has to wait for, as
a person looks at the screen until it has changed. Nothing here reaches behind the widgets.
"""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

Wait = Callable[[], bool]
Script = Iterator[Wait | None]
ACCEPT = QDialogButtonBox.ButtonRole.AcceptRole
PATIENCE_S = 40.0
LOOK_AGAIN_MS = 5
SETTLE_MS = 5
SETTLED = 4


class LostPatience(AssertionError):
    """What the script waited for did not happen."""


class Hands:
    """Finds visible widgets by object name and works them as a person would."""

    def __init__(self, pictures: Path) -> None:
        self.pictures = pictures
        pictures.mkdir(parents=True, exist_ok=True)

    def windows(self) -> list[QWidget]:
        """Every window on the screen, the one in front first."""
        front = QApplication.activeModalWidget() or QApplication.activeWindow()
        rest = [
            window for window in QApplication.topLevelWidgets() if window.isVisible() and window is not front
        ]
        return [front, *rest] if front is not None and front.isVisible() else rest

    def seen(self, name: str) -> bool:
        """Whether a widget of that name is on the screen and can be used."""
        found = self._look(name)
        return found is not None and found.isEnabled()

    def find(self, name: str) -> QWidget:
        """The visible widget of that name."""
        found = self._look(name)
        if found is None:
            names = sorted(
                {
                    w.objectName()
                    for top in self.windows()
                    for w in top.findChildren(QWidget)
                    if w.objectName() and w.isVisible()
                }
            )
            raise LostPatience(
                f"nothing on the screen is called {name!r}; there is: {', '.join(names)[:600]}"
            )
        return found

    def named(self, prefix: str) -> list[str]:
        """Names of the visible widgets that start so, in reading order."""
        found = [
            widget
            for window in self.windows()
            for widget in window.findChildren(QWidget)
            if widget.objectName().startswith(prefix) and widget.isVisible()
        ]
        found.sort(
            key=lambda widget: (widget.mapToGlobal(QPoint(0, 0)).y(), widget.mapToGlobal(QPoint(0, 0)).x())
        )
        return [widget.objectName() for widget in found]

    def texts(self) -> str:
        """Everything that can be read on the screen, a line a label."""
        return "\n".join(
            label.text()
            for window in self.windows()
            for label in window.findChildren(QLabel)
            if label.isVisible() and label.text()
        )

    def reads(self, words: str) -> bool:
        """Whether these words stand somewhere on the screen."""
        return words in self.texts()

    def value(self, name: str) -> str:
        """What stands in a field."""
        widget = self.find(name)
        if isinstance(widget, QLineEdit):
            return widget.text()
        if isinstance(widget, QPlainTextEdit):
            return widget.toPlainText()
        raise LostPatience(f"{name} is not a field")

    def click(self, name: str) -> None:
        """Bring a widget into view and press it."""
        widget = self.find(name)
        self._show(widget)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def click_soon(self, name: str) -> None:
        """Press something that opens a dialog and does not return until that is closed."""
        QTimer.singleShot(0, lambda: self.click(name))

    def choose_file(self, path: Path) -> None:
        """Type a path into the file dialog in front and accept it."""
        for window in self.windows():
            if isinstance(window, QFileDialog):
                line, box = window.findChild(QLineEdit, "fileNameEdit"), window.findChild(QDialogButtonBox)
                if line is not None and box is not None:
                    line.setText(str(path))  # as pasted: typed letter by letter it is completed midway
                    [accept] = [button for button in box.buttons() if box.buttonRole(button) is ACCEPT]
                    QTest.mouseClick(accept, Qt.MouseButton.LeftButton)
                    return
        raise LostPatience("no file dialog is open")

    def dialog_open(self) -> bool:
        """Whether a file dialog is in front."""
        return any(isinstance(window, QFileDialog) for window in self.windows())

    def type_into(self, name: str, text: str, *, leave: bool = True) -> None:
        """Click into a field, replace what is there, and leave it with Tab."""
        widget = self.find(name)
        self._show(widget)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        target = QApplication.focusWidget() or widget
        QTest.keyClick(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(target, Qt.Key.Key_Delete)
        QTest.keyClicks(target, text)
        if leave:
            QTest.keyClick(QApplication.focusWidget() or target, Qt.Key.Key_Tab)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key wherever the cursor is."""
        target = QApplication.focusWidget() or self.windows()[0]
        QTest.keyClick(target, key, modifier)

    def picture(self, name: str) -> Path:
        """Keep what is on the screen as a picture."""
        path = self.pictures / f"{name}.png"
        for _ in range(SETTLED):
            QCoreApplication.sendPostedEvents()
        window = self.windows()[0]
        window.grab().save(str(path))
        return path

    def _look(self, name: str) -> QWidget | None:
        for window in self.windows():
            if window.objectName() == name:
                return window
            for widget in window.findChildren(QWidget, name):
                if widget.isVisible():
                    return widget
        return None

    def _show(self, widget: QWidget) -> None:
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(widget)
            parent = parent.parentWidget()


class Performance(QObject):
    """Plays a script on the window's own event loop and leaves the program with its outcome."""

    def __init__(self, hands: Hands, script: Script) -> None:
        super().__init__()
        self._hands, self._script = hands, script
        self._waiting: Wait | None = None
        self._since = time.monotonic()
        QTimer.singleShot(0, self._step)

    def _step(self) -> None:
        for _ in range(SETTLED):
            # What was put on the screen is laid out before anybody looks; no timer runs in here.
            QCoreApplication.sendPostedEvents()
        if QApplication.activeWindow() is None:
            # A bare X server has no manager that gives the keyboard to a window that opens.
            for window in self._hands.windows()[:1]:
                window.activateWindow()
        try:
            if self._waiting is not None and not self._waiting():
                if time.monotonic() - self._since > PATIENCE_S:
                    where = getattr(self._script, "gi_frame", None)
                    line = where.f_lineno if where is not None else "?"
                    read = self._hands.texts()[-1500:]
                    raise LostPatience(
                        f"waited {PATIENCE_S:.0f} s at line {line} of the script; read: {read}"
                    )
            else:
                self._waiting = next(self._script)
                self._since = time.monotonic()
        except StopIteration:
            QApplication.exit(0)
        except BaseException:  # noqa: BLE001 - the script's failure is this program's outcome, whatever it was
            traceback.print_exc(file=sys.stderr)
            sys.stderr.flush()
            QApplication.exit(1)
        else:
            QTimer.singleShot(LOOK_AGAIN_MS if self._waiting is not None else SETTLE_MS, self._step)
