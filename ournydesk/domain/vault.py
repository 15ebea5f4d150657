"""A vault as the unlock screen shows it. Layer: domain, standard library only."""

from __future__ import annotations

from dataclasses import dataclass

from ournydesk.domain.ids import VaultId


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultCard:
    """One vault on this laptop: who may open it, never what is inside."""

    id: VaultId
    name: str
    note: str = ""
