"""One run: a morning from a seed, steps drawn at random, everybody syncs in peace, then the oracles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ournydesk.errors import DeskError
from sync.client.engine import Ended
from tests.simulation import accidents, faults, network, oracles, people, staffing
from tests.simulation.desks import Desk
from tests.simulation.promises import CANARY
from tests.simulation.trouble import Broken
from tests.simulation.wire import Line
from tests.simulation.world import ALARMS, World, begin

Step = Callable[[World, Desk], None]
STEPS: Final[tuple[tuple[int, Step], ...]] = (
    (4, people.begin_intake),
    (18, people.write),
    (5, people.write_at_once),
    (3, people.settle_one),
    (3, people.seal),
    (4, people.hand_over),
    (2, people.note),
    (2, people.lend),
    (16, network.sync),
    (6, network.sync_cut),
    (5, network.relay),
    (3, network.write_stick),
    (5, network.read_stick),
    (5, faults.crash),
    (2, faults.clock),
    (1, staffing.admit),
    (1, staffing.revoke),
    (2, accidents.back_up),
    (1, accidents.restore_vault),
)
WEIGHTS: Final = tuple(weight for weight, _ in STEPS)
ACTS: Final = tuple(act for _, act in STEPS)
FEWEST: Final = 20
MOST: Final = 60
ROUNDS: Final = 6


class Failed(AssertionError):
    """A run that broke a promise: its seed, what it was, and the steps that led there."""

    def __init__(self, world: World, broken: BaseException) -> None:
        steps = "\n".join(world.log)
        again = f"make simulate FIRST_SEED={world.seed} SEEDS=1"
        super().__init__(f"seed {world.seed}: {broken!r}\n{steps}\nAgain: {again}")
        self.seed = world.seed


def run(seed: int) -> World:
    """The world after a whole run. Raises Failed."""
    world = begin(seed)
    try:
        for _ in range(world.random.randint(FEWEST, MOST)):
            step(world)
        settle(world)
        judge(world)
    except Exception as broken:
        if not isinstance(broken, Broken) and CANARY in f"{broken}{broken!r}":
            broken = world.broken("O6 exceptions", "an answer stands in an error")
        raise Failed(world, broken) from broken
    return world


def step(world: World) -> None:
    """One thing happens to one desk."""
    world.clock.move(seconds=world.random.choice((1, 5, 60, 600, 3600)))
    act = world.random.choices(ACTS, WEIGHTS)[0]
    desk = world.random.choice(world.active())
    try:
        act(world, desk)
    except DeskError as error:
        if CANARY in f"{error}{error!r}{error.facts}":
            raise world.broken("O6 exceptions", "an answer stands in an error") from error
        raise


def settle(world: World) -> None:
    """Everybody comes back to the office and syncs until nothing moves."""
    for _ in range(ROUNDS):
        ledger = world.server.ledger
        before = ledger.head, len(ledger.entries)
        ends = [(desk, world.sync(desk, Line(world.server))) for desk in world.desks]
        if (ledger.head, len(ledger.entries)) == before:
            for desk, ended in ends:
                if ended is not Ended.DONE:
                    _left_out(world, desk, ended)
            return
    raise world.broken("quiescence", "the log still grows when nobody writes")


def _left_out(world: World, desk: Desk, ended: Ended) -> None:
    """A desk that cannot sync any more has a reason for it, and its person was told."""
    if ended is Ended.SHUT_OUT and desk not in world.active():
        desk.marks.add("revoked")
        return
    told = world.told(desk) & ALARMS
    reason = accidents.reason(world, desk)
    if reason == accidents.RACED and accidents.unheard_of(world, desk):
        desk.marks.add(reason)
        world.happened["left out: let in by a coordinator the server did not hear"] += 1
        return
    if not reason or not told or ended is not Ended.ALARM:
        facts = f"{desk.name} ended {ended.value} ({reason or 'for no reason'}), says {sorted(told)}"
        raise world.broken("rounds end", facts)
    desk.marks.add(reason)
    world.happened[f"left out: {reason}, {' '.join(sorted(told))}"] += 1


def judge(world: World) -> None:
    """All oracles."""
    for desk in world.desks:
        if accidents.RESTORED in desk.marks:
            accidents.spoken_for(world, desk)
        else:
            oracles.status_is_true(world, desk)
        if world.told(desk) - world.expected - accidents.of_others(world, desk) and not desk.marks:
            raise world.broken("no false alarm", f"{desk.name} says {sorted(world.told(desk))}")
    oracles.replicas_are_equal(world)
    oracles.nothing_is_lost(world)
    oracles.projections_are_what_operations_say(world)
    oracles.nobody_between_can_read(world)
    oracles.purged_is_gone(world)
    oracles.every_desk_still_writes(world)
