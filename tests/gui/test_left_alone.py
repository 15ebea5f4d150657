"""A seat that is left alone: hidden, locked, and nothing of it stays on the clipboard."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtDBus import QDBusConnection
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ournydesk.bootstrap import LaptopDesk
from ournydesk.errors import Refused
from tests.fakes.desks import TickingClock, example_intake, open_desk
from tests.gui.windows import a_window, until
from ui.app import DeskWindow
from ui.intake.screen import IntakeScreen
from ui.shell.clipboard import KDE_HINT, WINDOWS_HINTS, ClipboardGuard
from ui.shell.idle import IdleWatch
from ui.shell.session import SessionWatch, seconds_asleep
from ui.theme.theme import Theme


class Watched:
    """An idle watch with clocks that a test moves; ``did`` is what it did."""

    def __init__(self) -> None:
        self.at = self.asleep = 0.0
        self.did: list[str] = []
        self.watch = IdleWatch(
            blank_after=timedelta(minutes=2),
            lock_after=timedelta(minutes=15),
            blank=lambda: self.did.append("hidden"),
            lock=lambda: self.did.append("locked"),
            now=lambda: self.at,
            asleep=lambda: self.asleep,
        )

    def after(self, minutes: float, *, asleep: bool = False) -> list[str]:
        self.at += minutes * 60
        self.asleep += minutes * 60 if asleep else 0
        self.did.clear()
        self.watch.look()
        return self.did

    def touch(self) -> None:
        self.watch.eventFilter(QObject(), QEvent(QEvent.Type.KeyPress))


@pytest.fixture
def watched(qapp: QApplication) -> Iterator[Watched]:
    made = Watched()
    made.watch.start()
    yield made
    made.watch.stop()


def test_two_minutes_hide_and_fifteen_lock(watched: Watched) -> None:
    """E11."""
    assert watched.after(1.9) == []
    assert watched.after(0.2) == ["hidden"]
    assert watched.after(12.8) == ["hidden"]
    assert watched.after(0.2) == ["locked"]


def test_a_touch_begins_the_count_anew(watched: Watched) -> None:
    assert watched.after(1.9) == []
    watched.touch()
    assert watched.after(1.9) == []


def test_however_short_a_laptop_slept_it_wakes_locked(watched: Watched) -> None:
    """E11."""
    assert watched.after(0.5, asleep=True) == ["locked"]


def test_a_touch_on_waking_comes_after_the_lock(watched: Watched) -> None:
    watched.at, watched.asleep = 40.0, 38.0
    watched.touch()
    assert watched.did == ["locked"]


def test_a_clock_that_is_a_little_off_is_no_sleep(watched: Watched) -> None:
    watched.asleep = 0.4
    assert watched.after(0.1) == []


def test_this_laptop_says_how_long_it_slept() -> None:
    assert seconds_asleep() >= 0


@pytest.fixture
def bus() -> Iterator[QDBusConnection]:
    """A message bus of the test's own."""
    with subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as daemon:
        assert daemon.stdout is not None
        yield QDBusConnection.connectToBus(daemon.stdout.readline().strip(), "left-alone")
        QDBusConnection.disconnectFromBus("left-alone")
        daemon.kill()


@pytest.mark.skipif(not Path("/usr/bin/dbus-daemon").exists(), reason="no dbus-daemon here")
@pytest.mark.parametrize(
    ("path", "interface", "member", "arguments"),
    [
        ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", [True]),
        ("/org/freedesktop/login1/session/_31", "org.freedesktop.login1.Session", "Lock", []),
        ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", [True]),
        ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", [True]),
    ],
)
def test_a_system_that_says_so_is_heard(
    path: str, interface: str, member: str, arguments: list[bool], bus: QDBusConnection, qtbot: QtBot
) -> None:
    """E11: suspend, lid and session switch, as logind and screen savers tell of them."""
    from PySide6.QtDBus import QDBusMessage

    locked: list[int] = []
    watch = SessionWatch(lambda: locked.append(1))
    watch.hear(bus, bus)
    if arguments:
        over = QDBusMessage.createSignal(path, interface, member)
        over.setArguments([False])
        bus.send(over)
    said = QDBusMessage.createSignal(path, interface, member)
    said.setArguments(arguments)
    bus.send(said)
    until(qtbot, lambda: locked == [1])


@pytest.fixture
def desk(tmp_path: Path) -> LaptopDesk:
    made = open_desk(tmp_path, "Jo Volunteer", TickingClock())
    example_intake(made)
    made.lock()
    return made


@pytest.fixture
def window(desk: LaptopDesk, qtbot: QtBot, theme: Theme) -> Iterator[DeskWindow]:
    with a_window(desk, theme, qtbot) as made:
        yield made


LOCKS: list[Callable[[DeskWindow], None]] = [
    lambda window: window.lock(),
    lambda window: window.lock_away(),
    lambda window: window.session.before_sleep(begins=True),
    lambda window: window.session.left(),
]


@pytest.mark.parametrize("lock", LOCKS, ids=["Ctrl+L", "idle", "suspend", "session lock"])
def test_after_a_lock_no_widget_shows_a_record_and_the_vault_is_closed(
    lock: Callable[[DeskWindow], None], window: DeskWindow, desk: LaptopDesk, qtbot: QtBot
) -> None:
    """E11."""
    assert window.seat is not None
    [row] = window._tasks.on_vault(desk.intakes)
    window.seat._open_intake(row.head.id)
    until(qtbot, lambda: window.findChild(IntakeScreen) is not None)
    record: list[QWidget] = list(window.findChildren(IntakeScreen))
    frame = window.seat.frame
    dialog = QFileDialog(window)
    dialog.open()
    lock(window)
    assert not frame.isVisible()
    until(qtbot, lambda: window.seat is None and not any(isValid(one) for one in (*record, frame)))
    assert not dialog.isVisible()
    with pytest.raises(Refused):
        window._tasks.on_vault(desk.intakes)


@pytest.fixture
def guard(qapp: QApplication) -> Iterator[ClipboardGuard]:
    made = ClipboardGuard(QGuiApplication.clipboard(), kept_ms=50, ours=lambda: True)
    made.start()
    yield made
    made.stop()


def test_what_was_copied_is_gone_after_a_while_and_asks_not_to_be_remembered(
    guard: ClipboardGuard, qtbot: QtBot
) -> None:
    """E12."""
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("Invented Client")
    found = clipboard.mimeData()
    assert found is not None
    assert found.text() == "Invented Client"
    assert bytes(found.data(KDE_HINT).data()) == b"secret"
    assert all(found.hasFormat(f'application/x-qt-windows-mime;value="{name}"') for name in WINDOWS_HINTS)
    until(qtbot, lambda: clipboard.text() == "")


def test_a_picture_is_left_as_it_is(guard: ClipboardGuard) -> None:
    data = QMimeData()
    data.setData("application/x-invented", b"1")
    QGuiApplication.clipboard().setMimeData(data)
    found = QGuiApplication.clipboard().mimeData()
    assert found is not None
    assert not found.hasFormat(KDE_HINT)


@pytest.mark.parametrize("ours", [True, False])
def test_a_lock_clears_what_was_copied_here_and_nothing_else(
    ours: bool, window: DeskWindow, qtbot: QtBot
) -> None:
    """E12."""
    window.clipboard._ours = lambda: ours
    QGuiApplication.clipboard().setText("Invented Client")
    window.lock()
    until(qtbot, lambda: window.seat is None)
    assert QGuiApplication.clipboard().text() == ("" if ours else "Invented Client")
