"""Hiding the screen, the six digits that bring it back, and other words for a seat."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ournydesk.bootstrap import LaptopDesk
from ournydesk.errors import WrongPassphrase
from ournydesk.store import durable
from tests.fakes.cheap import WORDS
from tests.fakes.desks import TickingClock, open_desk
from ui.app import DeskWindow
from ui.tasks import QtTasks
from ui.theme.theme import Theme

PIN = "502917"


@pytest.fixture
def desk(tmp_path: Path) -> LaptopDesk:
    made = open_desk(tmp_path, "Jo Volunteer", TickingClock())
    made.choose_pin(PIN)
    made.lock()
    return made


@pytest.fixture
def window(desk: LaptopDesk, qtbot: QtBot, theme: Theme) -> Iterator[DeskWindow]:
    tasks = QtTasks()
    made = DeskWindow(desk, theme=theme, tasks=tasks, clock=TickingClock(), write=durable.write)
    made.show()
    made.show_seats()
    qtbot.waitUntil(lambda: made.findChild(QLineEdit, "words") is not None)
    sit_down(made, qtbot, WORDS)
    yield made
    made.close()
    tasks.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def sit_down(window: DeskWindow, qtbot: QtBot, words: str) -> None:
    qtbot.waitUntil(lambda: field(window, "words").isEnabled())
    field(window, "words").setText(words)
    press(window, "open")
    qtbot.waitUntil(lambda: window.seat is not None and window.seat.has_pin, timeout=10_000)


def field(window: QWidget, name: str) -> QLineEdit:
    found = window.findChild(QLineEdit, name)
    assert found is not None, name
    return found


def press(window: QWidget, name: str) -> None:
    found = window.findChild(QPushButton, name)
    assert found is not None, name
    found.click()


def hidden(window: DeskWindow) -> bool:
    curtain = window.findChild(QWidget, "curtain")
    return curtain is not None and curtain.isVisible()


def type_digits(window: DeskWindow, digits: str) -> None:
    QTest.keyClicks(field(window, "digits"), digits)


def test_six_digits_bring_the_screen_back_and_nothing_else_does(window: DeskWindow, qtbot: QtBot) -> None:
    assert window.seat is not None
    window.hide_screen()
    assert hidden(window)
    assert not window.seat.frame.isVisible()
    button = window.findChild(QPushButton, "lift_curtain")
    assert button is not None
    assert not button.isVisible()
    type_digits(window, "502918")
    qtbot.waitUntil(lambda: field(window, "digits").isEnabled(), timeout=10_000)
    assert hidden(window)
    assert field(window, "digits").text() == ""
    type_digits(window, PIN)
    qtbot.waitUntil(lambda: not hidden(window), timeout=10_000)
    assert window.seat.frame.isVisible()


def test_three_wrong_tries_lock_the_seat(window: DeskWindow, qtbot: QtBot, desk: LaptopDesk) -> None:
    for turn in range(3):
        window.hide_screen()
        type_digits(window, f"11864{turn}")
        qtbot.waitUntil(lambda: field(window, "digits").isEnabled(), timeout=10_000)
    # Asked again once the vault's own lane has closed it.
    qtbot.waitUntil(lambda: window.seat is None and field(window, "words").isEnabled(), timeout=10_000)
    assert field(window, "words").isVisible()
    assert not hidden(window)
    with pytest.raises(WrongPassphrase):
        desk.unlock(desk.vaults()[0].id, PIN)


def test_only_the_new_words_open_a_seat_whose_words_were_changed(
    window: DeskWindow, qtbot: QtBot, desk: LaptopDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = ("otter", "lamp", "violin", "harbor", "seven", "maple")
    monkeypatch.setattr(desk, "new_words", lambda: new)
    assert window.seat is not None
    window.seat.change_words()
    dialog = window.findChild(QWidget, "words_dialog")
    assert dialog is not None
    field(dialog, "old_words").setText("not the words of this seat at all")
    press(dialog, "new_written")
    for turn in range(4):
        field(dialog, "new_words").setText(" ".join(new if turn else reversed(new)))
        press(dialog, "new_typed")
        if turn == 2:
            # The old words were wrong: back to where they are asked, and nothing was changed.
            qtbot.waitUntil(lambda: field(dialog, "old_words").isVisible(), timeout=10_000)
            field(dialog, "old_words").setText(WORDS)
            press(dialog, "new_written")
    qtbot.waitUntil(lambda: not isValid(dialog), timeout=10_000)
    window.lock()
    qtbot.waitUntil(lambda: window.seat is None)
    sit_down(window, qtbot, " ".join(new))
    window.lock()
    qtbot.waitUntil(lambda: field(window, "words").isEnabled() and window.seat is None)
    with pytest.raises(WrongPassphrase):
        desk.unlock(desk.vaults()[0].id, WORDS)
