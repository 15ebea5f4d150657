"""How the desk is set up, read once. Layer: above errors and paths; pass the field, not the object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from ournydesk.errors import BadInput

LONGEST_LOCK = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One desk's settings; ``OURNY_…`` variables change them."""

    data: Path
    """The folder that holds ``vaults/``."""
    blank_after: timedelta = timedelta(minutes=2)
    """Idle time until the window shows nothing. A courtesy: only the lock protects."""
    lock_after: timedelta = LONGEST_LOCK
    """Idle time until the vault is closed: ``OURNY_LOCK_MINUTES``, 1 to 15."""

    @property
    def vaults(self) -> Path:
        """The folder of vault folders."""
        return self.data / "vaults"


def read(environ: Mapping[str, str], data: Path) -> Settings:
    """The settings these variables ask for. Raises BadInput."""
    asked = environ.get("OURNY_LOCK_MINUTES", "15")
    longest = LONGEST_LOCK // timedelta(minutes=1)
    if not asked.isdecimal() or not 1 <= int(asked[:9]) <= longest:
        message = f"OURNY_LOCK_MINUTES is {asked!r}: give a whole number of minutes from 1 to 15."
        raise BadInput(message)
    lock_after = timedelta(minutes=int(asked))
    return Settings(data=data, lock_after=lock_after, blank_after=min(timedelta(minutes=2), lock_after))
