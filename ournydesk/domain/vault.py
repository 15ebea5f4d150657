"""A vault as the unlock screen shows it. Layer: domain, standard library only."""

from __future__ import annotations

from dataclasses import dataclass

from ournydesk.domain.ids import IntakeId, VaultId


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultCard:
    """One vault on this laptop: who may open it, never what is inside."""

    id: VaultId
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What looking a vault over found."""

    intakes: int
    events: int
    damaged_pages: tuple[int, ...] = ()
    """Pages of the database whose authentication failed; 0 stands for one that was not named."""
    differing: tuple[IntakeId, ...] = ()
    """Intakes whose stored projection is not what their events say."""

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.damaged_pages and not self.differing
