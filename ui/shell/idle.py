"""Nobody has touched the laptop for a while: hide the screen, then lock. Layer: ui."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from ui.shell.session import seconds_asleep

LOOK_EVERY_MS = 1000
SLEPT_S: Final = 2.0
"""Two clocks that were read one after the other differ by less."""
TOUCHES = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    )
)


# Python's own monotonic clock stands still while a laptop sleeps on Linux and macOS. These do not:
# CLOCK_BOOTTIME (Linux) and CLOCK_MONOTONIC (macOS, where it counts sleep). Windows has neither and
# needs neither: there time.monotonic counts sleep.
_COUNTS_SLEEP: Final[int | None] = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))


def seconds_with_sleep() -> float:
    """Seconds that never run backwards and go on while the laptop sleeps."""
    return time.monotonic() if _COUNTS_SLEEP is None else time.clock_gettime(_COUNTS_SLEEP)


class IdleWatch(QObject):
    """Counts from the last key or mouse event. ``now`` gives seconds that never run backwards.

    A laptop that slept was left alone, however short: the first look or touch after waking locks.
    ``asleep`` gives for how many seconds it has slept since it was started.
    """

    def __init__(
        self,
        *,
        blank_after: timedelta,
        lock_after: timedelta,
        blank: Callable[[], None],
        lock: Callable[[], None],
        now: Callable[[], float] = seconds_with_sleep,
        asleep: Callable[[], float] = seconds_asleep,
    ) -> None:
        super().__init__()
        self._blank_after, self._lock_after = blank_after.total_seconds(), lock_after.total_seconds()
        self._blank, self._lock, self._now = blank, lock, now
        self._asleep = asleep
        self._touched, self._slept = now(), asleep()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Watch: a vault is open."""
        self._touched, self._slept = self._now(), self._asleep()
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        self._timer.start()

    def stop(self) -> None:
        """Nothing to protect: no vault is open."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._timer.stop()

    def look(self) -> None:
        """Hide or lock when it is time."""
        idle = self._now() - self._touched
        if idle >= self._lock_after or self._has_slept:
            self._lock()
        elif idle >= self._blank_after:
            self._blank()

    @property
    def _has_slept(self) -> bool:
        return self._asleep() - self._slept >= SLEPT_S

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Somebody is there: but first see whether nobody was for too long, asleep for instance."""
        if event.type() in TOUCHES:
            if self._has_slept or self._now() - self._touched >= self._blank_after:
                self.look()
            self._touched = self._now()
        return False
