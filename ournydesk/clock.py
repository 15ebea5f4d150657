"""Time as something passed in. Layer: beside config; owns the only reading of the system clock."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time: aware, UTC."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        ...

    def today(self) -> date:
        """The date on the wall where the laptop stands, for forms and deadlines."""
        ...


class SystemClock:
    """The laptop's own clock."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The laptop's local calendar date."""
        return datetime.now().astimezone().date()
