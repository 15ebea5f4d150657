"""A desk's whole window, with somebody sitting down at its only seat."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ournydesk.bootstrap import LaptopDesk
from ournydesk.store import durable
from tests.fakes.cheap import WORDS
from tests.fakes.desks import TickingClock
from ui.app import DeskWindow
from ui.tasks import QtTasks
from ui.theme.theme import Theme


@contextmanager
def a_window(
    desk: LaptopDesk, theme: Theme, qtbot: QtBot, lock_after: timedelta = timedelta(minutes=15)
) -> Iterator[DeskWindow]:
    """The window, its seat open, until the test is over."""
    tasks = QtTasks()
    made = DeskWindow(
        desk, theme=theme, tasks=tasks, clock=TickingClock(), write=durable.write, lock_after=lock_after
    )
    made.show()
    made.show_seats()
    sit_down(made, qtbot)
    yield made
    made.close()
    tasks.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def sit_down(window: DeskWindow, qtbot: QtBot) -> None:
    """Type the six words."""
    until(qtbot, lambda: (line := window.findChild(QLineEdit, "words")) is not None and line.isEnabled())
    line = window.findChild(QLineEdit, "words")
    assert line is not None
    line.setText(WORDS)
    press(window, "open")
    until(qtbot, lambda: window.seat is not None)


def press(window: QWidget, name: str) -> None:
    """Press a button by its name."""
    found = window.findChild(QPushButton, name)
    assert found is not None, name
    found.click()


def until(qtbot: QtBot, so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    qtbot.waitUntil(so, timeout=20_000)
