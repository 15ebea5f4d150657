"""How often a device may ask. Layer: sync.server; counted by device, never by address: a clinic has one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from sync.server.faults import NotServed

WINDOW_S: Final = 60.0
REQUESTS: Final = 300
LOGINS: Final = 10
MOST_NAMES: Final = 50_000


class Rates:
    """Counts in windows of a minute, in this process."""

    def __init__(self, seconds: Callable[[], float], requests: int = REQUESTS, logins: int = LOGINS) -> None:
        self._seconds = seconds
        self._most = {"request": requests, "login": logins}
        self._lock = threading.Lock()
        self._window = -1
        self._counts: dict[tuple[str, str], int] = {}

    def count(self, what: str, name: str) -> None:
        """One more. Raises NotServed("slow_down") when it is one too many."""
        window = int(self._seconds() // WINDOW_S)
        with self._lock:
            if window != self._window or len(self._counts) > MOST_NAMES:
                self._window = window
                self._counts.clear()
            key = (what, name)
            self._counts[key] = self._counts.get(key, 0) + 1
            over = self._counts[key] > self._most[what]
        if over:
            raise NotServed("slow_down")
