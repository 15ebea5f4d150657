"""A desk of its own process that sends what it has: ``python -m tests.integration.team.sender FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

from ournydesk.bootstrap import LaptopDesk
from ournydesk.config import Settings
from ournydesk.store.vaults import LaptopVaults
from tests.fakes.cheap import COST, POLICY, WORDS
from tests.fakes.desks import TickingClock, here


def main(folder: Path) -> None:
    """Open the one vault of a folder, and one round."""
    desk = LaptopDesk(
        Settings(data=folder), TickingClock(), LaptopVaults(folder / "vaults", policy=POLICY, cost=COST)
    )
    [card] = desk.vaults()
    desk.unlock(card.id, WORDS)
    desk.wire.sync(here)
    desk.lock()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
