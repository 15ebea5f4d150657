"""The laptop goes to sleep, its lid is closed, somebody locks its screen: then the desk locks. Layer: ui.

On Linux the system says so before it happens: ``PrepareForSleep`` and ``Lock`` of systemd-logind, and
``ActiveChanged`` of the screen saver. A lid that is closed arrives as one of these, as the system is set.
Where nobody says so, as on Windows and macOS, the clocks tell at the first look after waking
(:func:`seconds_asleep`), before anybody could have read for longer than :data:`ui.shell.idle.LOOK_EVERY_MS`.

Sources: org.freedesktop.login1(5) of systemd 252; the freedesktop.org screen saver interface.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import SLOT, QObject, Slot

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

LOGIN: Final = "org.freedesktop.login1"
SAVERS: Final = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")


def seconds_asleep() -> float:
    """How long this laptop has slept since it was started; 0 for ever where no two clocks tell."""
    if sys.platform == "win32":
        return time.monotonic() - _awake_on_windows()
    with_sleep: int | None = getattr(time, "CLOCK_BOOTTIME", None)
    awake: int | None = getattr(time, "CLOCK_MONOTONIC", None)
    if with_sleep is None:  # macOS: CLOCK_MONOTONIC counts sleep, this one does not
        with_sleep, awake = awake, getattr(time, "CLOCK_UPTIME_RAW", None)
    if with_sleep is None or awake is None:
        return 0.0
    return max(0.0, time.clock_gettime(with_sleep) - time.clock_gettime(awake))


def _awake_on_windows() -> float:
    import ctypes  # noqa: PLC0415 - Windows only

    ticks = ctypes.c_ulonglong()
    ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(ticks))  # type: ignore[attr-defined,unused-ignore]  # there only
    return ticks.value / 10_000_000


class SessionWatch(QObject):
    """Calls ``lock`` when the system says that this session is left alone."""

    def __init__(self, lock: Callable[[], None]) -> None:
        super().__init__()
        self._lock = lock

    def listen(self) -> None:
        """Listen on this system's own buses; where there is none, nothing is told."""
        if sys.platform != "linux":
            return
        # Loaded once the window is there: who sits down waits for the lock only.
        from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415

        self.hear(QDBusConnection.systemBus(), QDBusConnection.sessionBus())

    def hear(self, system: QDBusConnection, session: QDBusConnection) -> None:
        """Listen on these two."""
        before, now = SLOT("before_sleep(bool)"), SLOT("left()")
        wanted = [(system, f"{LOGIN}.Manager", "PrepareForSleep", before)]
        wanted += [(system, f"{LOGIN}.Session", "Lock", now)]
        wanted += [(session, saver, "ActiveChanged", before) for saver in SAVERS]
        for bus, interface, signal, slot in wanted:
            bus.connect("", "", interface, signal, self, slot)  # type: ignore[call-overload]  # the call takes what SLOT gives, the stub wants bytes

    @Slot(bool)
    def before_sleep(self, begins: bool) -> None:
        """Sleep, or the screen saver, begins or has ended."""
        if begins:
            self._lock()

    @Slot()
    def left(self) -> None:
        """Somebody locked the session."""
        self._lock()
