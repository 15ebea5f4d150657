"""The world of one seed: a team's desks, a server, perhaps a relay and sticks, and what happened so far."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, cast

from ournydesk.domain.ids import IntakeId
from ournydesk.domain.operations import RecordId
from ournydesk.services import troubles
from ournydesk.services.membership import team_of
from ournydesk.services.syncing import TeamReplica
from sync.client import engine
from sync.client.engine import Ended
from sync.client.replica import Replica
from tests.fakes.desks import TickingClock
from tests.simulation import teams
from tests.simulation.desks import Desk
from tests.simulation.promises import Promises
from tests.simulation.trouble import Broken
from tests.simulation.wire import Door, Line

if TYPE_CHECKING:
    from tests.simulation.accidents import Backup

ALARMS = frozenset(("wire.fork", "wire.cloned", "wire.member_race", "wire.version"))


@dataclass
class World:
    """Everything one run has."""

    seed: int
    random: Random
    clock: TickingClock
    desks: list[Desk]
    server: Door
    relay: Door | None
    promises: Promises = field(default_factory=Promises)
    intakes: list[IntakeId] = field(default_factory=list)
    agreed: set[IntakeId] = field(default_factory=set)
    begun_by: dict[IntakeId, str] = field(default_factory=dict)
    """The desk that began each record."""
    sticks: list[bytes] = field(default_factory=list)
    """Courier files on their way."""
    written: list[bytes] = field(default_factory=list)
    """Every courier file there ever was."""
    backups: dict[str, Backup] = field(default_factory=dict)
    """The last copy of each desk's vault."""
    happened: Counter[str] = field(default_factory=Counter)
    log: list[str] = field(default_factory=list)
    expected: set[str] = field(default_factory=set)
    """Codes of troubles that were given a reason to be told."""

    def note(self, what: str, line: str) -> None:
        """One more thing happened."""
        self.happened[what] += 1
        self.log.append(f"{len(self.log):3d} {what}: {line}")

    def number(self, intake: IntakeId) -> str:
        """A record's name in the list of steps."""
        return f"record {self.intakes.index(intake)}"

    def active(self) -> list[Desk]:
        """The desks that were not shut out, as the server's log of the team says."""
        known = self.server.ledger.known
        return [desk for desk in self.desks if known is None or known.active(desk.device)]

    def desk(self, name: str) -> Desk:
        """One of them by name."""
        return next(desk for desk in self.desks if desk.name == name)

    def sync(self, desk: Desk, line: Line) -> Ended:
        """What the desk's wire does in one round with a server."""
        if line.door is self.server and troubles.forked(desk.vault):
            return Ended.ALARM
        replica = cast("Replica", TeamReplica(vault=desk.vault, clock=desk.clock))
        ended = engine.run(replica, line).ended
        self.happened[f"round {ended.value}"] += 1
        return ended

    def told(self, desk: Desk) -> set[str]:
        """The codes of what this desk says needs a person."""
        return {one.code for one in troubles.told(desk.vault)}

    def readers(self, record: RecordId) -> list[Desk]:
        """The desks whose people read a record, by the group it was sealed to."""
        found = []
        for desk in self.active():
            member = team_of(desk.vault).member_of(desk.device)
            if member is not None and member.reads and desk.vault.keys.newest(record) is not None:
                found.append(desk)
        return found

    def broken(self, oracle: str, facts: str) -> Broken:
        """The error that ends a run."""
        return Broken(oracle, facts)


def begin(seed: int) -> World:
    """The morning of a seed."""
    random = Random(seed)  # noqa: S311 - a schedule to replay, not a secret
    clock = TickingClock(teams.MORNING)
    shape = teams.shape(random)
    desks = teams.team(shape, clock)
    server = _door("server.example.org", "5" * 32, shape, clock, numbered=True)
    relay = None
    if random.random() < 0.4:
        relay = _door("relay.local", "6" * 32, shape, clock, numbered=False)
    return World(seed, random, clock, desks, server, relay)


def _door(name: str, server: str, shape: teams.Shape, clock: TickingClock, *, numbered: bool) -> Door:
    ledger = teams.log_of(shape).copy()
    ledger.server, ledger.numbered = server, numbered
    return Door(name, ledger, clock)
