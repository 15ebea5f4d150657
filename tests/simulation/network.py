"""What the network does: whole rounds, rounds cut at any message, a relay, files on sticks."""

from __future__ import annotations

from ournydesk.errors import BadInput, ProtocolFault
from ournydesk.services import courier
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


def relay(world: World, desk: Desk) -> None:
    """A round with the clinic's relay, whole or cut."""
    if world.relay is None:
        return
    line = Line(world.relay, heard=world.random.random() < 0.5)
    if world.random.random() < 0.3:
        line.whole = world.random.randint(0, 8)
    ended = world.sync(desk, line)
    world.note("relay", f"{desk.name} meets the relay: {ended.value}")


def write_stick(world: World, desk: Desk) -> None:
    """Everything that waits goes into a file; the desk is told that it is whole, or power goes first."""
    content, operations = courier.pack(vault=desk.vault, clock=desk.clock)
    world.sticks.append(content)
    world.written.append(content)
    if world.random.random() < 0.9:
        courier.handed_on(operations, vault=desk.vault, clock=desk.clock)
    world.note("stick written", f"{desk.name} writes {len(operations)} operations on a stick")


def read_stick(world: World, desk: Desk) -> None:
    """A stick arrives; it is lost, or stays and will arrive a second time; now and then it is torn."""
    if not world.sticks:
        return
    place = world.random.randrange(len(world.sticks))
    dice = world.random.random()
    content = world.sticks[place] if dice < 0.5 else world.sticks.pop(place)
    if dice < 0.6:
        world.happened["stick doubled" if dice < 0.5 else "stick read"] += 1
        try:
            taken = courier.unpack(content, vault=desk.vault, clock=desk.clock)
        except ProtocolFault as fault:
            world.note("stick of another team", f"{desk.name} is shown another log of the team: {fault.code}")
            return
        world.note("stick", f"{desk.name} reads {len(taken)} new operations from a stick")
    elif dice < 0.8:
        world.note("stick lost", "a stick is lost")
    else:
        torn = content[: world.random.randrange(len(content))]
        try:
            courier.unpack(torn, vault=desk.vault, clock=desk.clock)
        except BadInput:
            world.note("stick torn", f"{desk.name} cannot read a torn stick")
        else:
            raise world.broken("torn stick", f"{desk.name} read a torn stick")
