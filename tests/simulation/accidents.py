"""What leaves a desk behind: two coordinators at once, a vault restored or cloned, another log believed."""

from __future__ import annotations

from sync.protocol import chain
from tests.simulation.desks import Desk
from tests.simulation.world import World

RACED = "raced"
FOOLED = "fooled"


def reason(world: World, desk: Desk) -> str:
    """Why this desk cannot go on with the honest server; nothing for a desk that can."""
    if raced(world, desk):
        return RACED
    for mark in ("restored", "cloned"):
        if mark in desk.marks:
            return mark
    return FOOLED if fooled(world, desk) else ""


def raced(world: World, desk: Desk) -> bool:
    """Whether its log of members took another way than the server's."""
    here, there = desk.vault.membership.entries(), tuple(world.server.ledger.entries)
    common = min(len(here), len(there))
    return here[:common] != there[:common]


def unheard_of(world: World, desk: Desk) -> bool:
    """Whether the server does not know the desk: whoever let it in was not heard."""
    known = world.server.ledger.known
    return known is None or desk.device not in known.devices


def fooled(world: World, desk: Desk) -> bool:
    """Whether it verified a chain the honest server does not have."""
    ledger, cursor = world.server.ledger, desk.vault.operations.cursor()
    if not cursor.hash or ledger.known is None:
        return False
    start = chain.start(ledger.known.fingerprint)
    honest = chain.follow(start, ((one.n, one.op_id) for one in ledger.log[: cursor.at]))
    return honest != cursor
