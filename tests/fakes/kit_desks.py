"""Real desks whose recovery kits take no time to make."""

from __future__ import annotations

from pathlib import Path

from ournydesk.bootstrap import LaptopDesk
from ournydesk.bootstrap.recovery import LaptopRecovery
from ournydesk.config import Settings
from ournydesk.store.vaults import LaptopVaults
from tests.fakes.age_words import cheap_kit
from tests.fakes.cheap import COST, POLICY, WORDS
from tests.fakes.desks import TickingClock


class KitDesk(LaptopDesk):
    """A desk in everything else."""

    @property
    def recovery(self) -> LaptopRecovery:
        """The team's kit, sealed cheaply."""
        return LaptopRecovery(lambda: self._vault, self._words, self._clock, cheap_kit)


def open_kit_desk(folder: Path, name: str, clock: TickingClock) -> KitDesk:
    """A desk with one open vault of its own."""
    vaults = LaptopVaults(folder / "vaults", policy=POLICY, cost=COST)
    desk = KitDesk(Settings(data=folder), clock, vaults)
    desk.unlock(desk.create_vault(name, WORDS).id, WORDS)
    return desk
