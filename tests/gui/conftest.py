"""One application for all windows, dressed as the desk dresses it."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLoggingCategory
from PySide6.QtWidgets import QApplication

from ui.theme.theme import Theme
from ui.theme.tokens import Appearance


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Theme:
    """The application in the light theme; dressing it takes a moment, so it is done once."""
    QLoggingCategory.setFilterRules("qt.text.font.db=false")
    qapp.setStyle("Fusion")
    made = Theme()
    made.apply()
    return made


@pytest.fixture
def theme(dressed: Theme) -> Iterator[Theme]:
    """The light theme at 100 %, put back afterwards."""
    yield dressed
    # Windows of this test are gone before the next one dresses anything.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if (dressed.appearance, dressed.scale) != (Appearance.LIGHT, 1.0):
        dressed.appearance, dressed.scale = Appearance.LIGHT, 1.0
        dressed.apply()


def settle() -> None:
    """Let everything that was put on the screen be laid out and shown."""
    for _ in range(4):
        QCoreApplication.sendPostedEvents()
        QCoreApplication.processEvents()


@pytest.fixture(autouse=True)
def garbage_falls_on_the_window_s_thread() -> Iterator[None]:
    """What Python lets go of on another thread would wait there for the one that waits for it."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()
