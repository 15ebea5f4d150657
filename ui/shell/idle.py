"""Nobody has touched the laptop for a while: hide the screen, then lock. Layer: ui."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

LOOK_EVERY_MS = 5000
TOUCHES = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    )
)


class IdleWatch(QObject):
    """Counts from the last key or mouse event. ``now`` gives seconds that never run backwards.

    A laptop that slept counts as idle for all that time: the first look after waking locks.
    """

    def __init__(
        self,
        *,
        blank_after: timedelta,
        lock_after: timedelta,
        blank: Callable[[], None],
        lock: Callable[[], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._blank_after, self._lock_after = blank_after.total_seconds(), lock_after.total_seconds()
        self._blank, self._lock, self._now = blank, lock, now
        self._touched = now()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Watch: a vault is open."""
        self._touched = self._now()
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
        if idle >= self._lock_after:
            self._lock()
        elif idle >= self._blank_after:
            self._blank()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Somebody is there."""
        if event.type() in TOUCHES:
            self._touched = self._now()
        return False
