"""What the network does: whole rounds, rounds cut at any message, a relay, files on sticks."""

from __future__ import annotations

from sync.client.engine import Ended
from tests.simulation import oracles
from tests.simulation.desks import Desk
from tests.simulation.wire import Line
from tests.simulation.world import World


def sync(world: World, desk: Desk) -> None:
    """A whole round with the server."""
    ended = world.sync(desk, Line(world.server))
    world.note("sync", f"{desk.name} syncs: {ended.value}")
    if ended is Ended.DONE:
        oracles.status_is_true(world, desk)


def sync_cut(world: World, desk: Desk) -> None:
    """A round that is cut at some message; the server heard that one or did not."""
    line = Line(world.server, whole=world.random.randint(0, 8), heard=world.random.random() < 0.5)
    ended = world.sync(desk, line)
    world.note("sync cut", f"{desk.name} syncs, cut: {ended.value}")
