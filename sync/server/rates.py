"""How often and how much a device may ask. Layer: sync.server.

Counted by device and by team, never by address: a clinic has one. The counts are of this process.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from sync.server.faults import NotServed

MINUTE_S: Final = 60.0
DAY_S: Final = 24 * 60 * MINUTE_S
REQUESTS: Final = 300
"""A minute, of one device."""
TEAM_REQUESTS: Final = 6000
"""A minute, of all devices of a team."""
LOGINS: Final = 20
"""A minute, of one device; a login is two requests."""
ALL_LOGINS: Final = 3000
"""A minute, of all devices together: who invents names for devices gets no further."""
UPLOADS: Final = 4 * 1024**3
"""Bytes of attachments a day, of one team."""


class Rates:
    """Counts that start again every minute, uploads every day."""

    def __init__(
        self,
        seconds: Callable[[], float],
        requests: int = REQUESTS,
        logins: int = LOGINS,
        *,
        team_requests: int = TEAM_REQUESTS,
        all_logins: int = ALL_LOGINS,
        uploads: int = UPLOADS,
    ) -> None:
        self._seconds = seconds
        self._most = {
            "request": (requests, MINUTE_S),
            "team": (team_requests, MINUTE_S),
            "login": (logins, MINUTE_S),
            "logins": (max(all_logins, logins), MINUTE_S),
            "upload": (uploads, DAY_S),
        }
        self._lock = threading.Lock()
        self._windows: dict[str, int] = {}
        self._counts: dict[str, dict[str, int]] = {}

    def request(self, device: str, team: str) -> None:
        """One more of a device that proved itself. Raises NotServed("slow_down") when it is one too many."""
        with self._lock:
            self._count("request", device, 1)
            self._count("team", team, 1)

    def login(self, device: str) -> None:
        """One more of somebody who says they are this device. Raises NotServed("slow_down")."""
        with self._lock:
            self._count("logins", "", 1)
            self._count("login", device, 1)

    def upload(self, team: str, size: int) -> None:
        """So many bytes more of attachments. Raises NotServed("slow_down")."""
        with self._lock:
            self._count("upload", team, size)

    def _count(self, what: str, name: str, more: int) -> None:
        most, length = self._most[what]
        window = int(self._seconds() // length)
        if self._windows.get(what) != window:
            self._windows[what] = window
            self._counts[what] = {}
        counts = self._counts[what]
        found = counts.get(name, 0) + more
        if found > most:
            # What is not served is not counted: whoever slows down is served again at once.
            raise NotServed("slow_down")
        counts[name] = found
