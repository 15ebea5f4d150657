"""Where a team stands with its recovery kit. Layer: domain, standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

WORDS: Final = 12
"""How many words open a kit: 155 bits, the file may lie on a stolen stick for decades."""
DRILL_EVERY: Final = timedelta(days=365)
"""A kit that nobody has opened for a year may be lost without anybody knowing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KitStatus:
    """What a person who manages the team is shown about its kit."""

    today: date
    """The day on which this was asked."""
    name: tuple[str, ...] = ()
    """Four words that name the kit in force; none while there is no kit."""
    made: date | None = None
    """When it was made, None where this desk does not know."""
    opened: date | None = None
    """When it was last opened from this desk, None for never."""
    behind: int = 0
    """How many groups have not turned their key since the kit came into force."""
    waiting: tuple[str, ...] = ()
    """The name of a kit that was made here and waits for a second signature."""
    needs_two: bool = False
    """Whether another person has to sign a new kit."""

    def proven(self) -> date | None:
        """The last day on which this desk saw the kit open; it was opened when it was made, too."""
        known = [day for day in (self.made, self.opened) if day is not None]
        return max(known) if known else None

    @property
    def due(self) -> bool:
        """Whether it is time for a drill: nobody has opened the kit here for a year, or ever."""
        if not self.name:
            return False
        last = self.proven()
        return last is None or self.today - last >= DRILL_EVERY


@dataclass(frozen=True, slots=True, kw_only=True)
class KitMade:
    """A kit was written, read back and opened."""

    name: tuple[str, ...]
    proposal: bytes | None
    """The file for the second person; None when the kit is in force already."""
    behind: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Drilled:
    """A kit opened what it should."""

    name: tuple[str, ...]
    made: date
    groups: int
    behind: int
