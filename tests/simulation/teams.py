"""Teams to begin with. Making one costs more than running a day with it, so each shape is made once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from random import Random
from typing import Final

from ournydesk.domain.membership import Role
from ournydesk.services import founding
from tests.fakes.cheap import FORM
from tests.fakes.desks import TickingClock
from tests.fakes.ledger import FakeLedger
from tests.fakes.open_vault import FakeOpenVault
from tests.fakes.teams import founded, joined, tell
from tests.simulation.desks import Desk, DeskClock, copy_of

MORNING: Final = datetime(2026, 11, 28, 8, 0, tzinfo=UTC)
OPEN_FOR: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Shape:
    """How many people of each role; the first coordinator founded the team, a second reads no cases."""

    coordinators: int
    attorneys: int
    volunteers: int


def shape(random: Random) -> Shape:
    """One to two coordinators, one to two attorneys, one to three volunteers."""
    return Shape(random.randint(1, 2), random.randint(1, 2), random.randint(1, 3))


def team(of: Shape, world: TickingClock) -> list[Desk]:
    """The desks of a team with a clinic open, each in a vault of its own; the founder's first."""
    return [
        Desk(name, role, reads, copy_of(vault), DeskClock(world)) for name, role, reads, vault in _made(of)
    ]


@lru_cache(maxsize=16)
def log_of(of: Shape) -> FakeLedger:
    """The team's log of members on a server; copy it."""
    ledger = FakeLedger("")
    ledger.create_team(None, _made(of)[0][3].membership.entries())
    return ledger


@lru_cache(maxsize=16)
def _made(of: Shape) -> tuple[tuple[str, Role, bool, FakeOpenVault], ...]:
    clock = TickingClock(MORNING - timedelta(days=1))
    first = founded(clock)
    founding.open_clinic("Invented clinic", clock.now() + OPEN_FOR, vault=first, clock=clock)
    people: list[tuple[str, Role, bool, FakeOpenVault]] = [("C1", Role.COORDINATOR, True, first)]
    for number in range(2, of.coordinators + 1):
        vault = joined(first, f"C{number}", clock, manages=True)
        people.append((f"C{number}", Role.COORDINATOR, False, vault))
    for number in range(1, of.attorneys + 1):
        vault = joined(first, f"A{number}", clock, Role.ATTORNEY, reads=True)
        people.append((f"A{number}", Role.ATTORNEY, True, vault))
    for number in range(1, of.volunteers + 1):
        vault = joined(first, f"V{number}", clock, Role.VOLUNTEER)
        people.append((f"V{number}", Role.VOLUNTEER, False, vault))
    for *_, vault in people:
        vault.forms.keep(FORM)
        tell(first, vault)
    return tuple(people)
