"""What goes wrong without anybody's bad will: power, clocks."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from tests.simulation import network, people
from tests.simulation.desks import Desk
from tests.simulation.world import World

INTERRUPTED: Final = (
    people.write,
    people.seal,
    people.hand_over,
    people.lend,
    network.sync,
    network.sync,
    network.relay,
    network.read_stick,
    network.write_stick,
)
WRONG: Final = (
    timedelta(days=-3653),
    timedelta(days=365 * 50),
    timedelta(days=-1),
    timedelta(hours=30),
    timedelta(minutes=7),
)


def crash(world: World, desk: Desk) -> None:
    """Power goes in the middle of something, at any write; the desk is opened again."""
    act = world.random.choice(INTERRUPTED)
    writes = (
        world.random.randint(0, 30) if act in (network.sync, network.relay) else world.random.randint(0, 5)
    )
    if desk.powered_for(writes, lambda: act(world, desk)):
        world.note("power cut", f"{desk.name} is off after {writes} writes of {act.__name__}")


def clock(world: World, desk: Desk) -> None:
    """A laptop's clock is set wrong, or right again."""
    wrong = desk.clock.wrong_by
    desk.clock.wrong_by = timedelta() if wrong else world.random.choice(WRONG)
    world.note("clock", f"{desk.name}'s clock is wrong by {desk.clock.wrong_by}")
