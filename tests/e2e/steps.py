"""One step of a clinic's day for one desk, as a process that may be killed at any moment.

Usage: python -m tests.e2e.steps STEP WORLD.json — every step makes sure that something is so, as a person
does who comes back to a laptop: what is there already is left alone, what is missing is done.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from ournydesk.bootstrap import LaptopDesk
from ournydesk.clock import SystemClock
from ournydesk.config import Settings
from ournydesk.domain.membership import Role
from ournydesk.domain.operations import RecordId
from ournydesk.domain.record import Choice
from ournydesk.domain.wire import Reach
from ournydesk.store.vaults import LaptopVaults
from tests.fakes.cheap import COST, POLICY, WORDS
from tests.fakes.desks import example_intake, here

World = dict[str, Any]
PEOPLE: Final = {"volunteer": "Jo Volunteer", "attorney": "M. Attorney", "second": "Ruma Sample"}
ROLES: Final = {"volunteer": Role.VOLUNTEER, "attorney": Role.ATTORNEY, "second": Role.VOLUNTEER}


@contextmanager
def desk_of(world: World, name: str) -> Iterator[LaptopDesk]:
    """The desk of a person, with its one vault open."""
    folder = Path(world["folder"]) / name
    vaults = LaptopVaults(folder / "vaults", policy=POLICY, cost=COST)
    desk = LaptopDesk(Settings(data=folder), SystemClock(), vaults)
    cards = desk.vaults()
    card = cards[0] if cards else desk.create_vault(name, WORDS)
    desk.unlock(card.id, WORDS)
    try:
        yield desk
    finally:
        desk.lock()


def found(world: World) -> None:
    """The team, its server, its form."""
    with desk_of(world, "coordinator") as desk:
        if desk.team.identity() is None:
            desk.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
        identity = desk.team.identity()
        if identity is None or not identity.server:
            desk.team.register_team(world["server"], None, world["token"], here)
        if not desk.team.team().forms:
            desk.team.publish_form("naturalization")
        desk.wire.sync(here)


def ask(world: World) -> None:
    """Three requests."""
    for name, person in PEOPLE.items():
        with desk_of(world, name) as desk:
            identity = desk.team.identity()
            if identity is None or not identity.member:
                desk.team.ask_to_join(person, _file(world, name, "request"))


def admit(world: World) -> None:
    """Three invites."""
    with desk_of(world, "coordinator") as desk:
        for name, role in ROLES.items():
            request, invite = _file(world, name, "request"), _file(world, name, "invite")
            card = desk.team.read_request(request)
            known = {device.id for member in desk.team.team().members for device in member.devices}
            if card.device in known:
                desk.team.invite_again(request, invite)
            else:
                desk.team.admit(
                    request,
                    role,
                    manages=False,
                    reads=role is Role.ATTORNEY,
                    typed=(card.words[2], card.words[4]),
                    target=invite,
                )
        desk.wire.sync(here)


def join(world: World) -> None:
    """Three desks in the team."""
    for name in PEOPLE:
        with desk_of(world, name) as desk:
            identity = desk.team.identity()
            if identity is None or not identity.member:
                desk.team.join(_file(world, name, "invite"))
            desk.wire.sync(here)


def hand_over(world: World) -> None:
    """An intake, handed over and sent."""
    with desk_of(world, "volunteer") as desk:
        rows = desk.intakes()
        intake = rows[0].head.id if rows else example_intake(desk)
        row = next(row for row in desk.intakes() if row.head.id == intake)
        if not row.progress.sections:
            # The power went between the first row and the answers: the client is asked again.
            intake = example_intake(desk)
            row = next(row for row in desk.intakes() if row.head.id == intake)
        if not row.handed_over:
            desk.wire.hand_over(intake, "15b is Yes")
        desk.wire.sync(here)


def decide(world: World) -> None:
    """The case read, a note, a decision, lent to the second desk."""
    with desk_of(world, "attorney") as desk:
        desk.wire.sync(here)
        [case] = [row for row in desk.cases.cases() if row.handed_over]
        view = desk.cases.case(case.id)
        if not view.notes:
            view = desk.cases.note(case.id, "Citation only.")
        if not view.decisions:
            view = desk.cases.decide(case.id, Choice.PREPARE, "Bring the receipt.")
        if not any(one.what == "lent" for one in view.happened):
            [other] = [one for one in view.desks if one.name == PEOPLE["second"]]
            desk.cases.lend(case.id, other.device)
        desk.wire.sync(here)


def print_it(world: World) -> None:
    """The second desk prints, the first lets go."""
    with desk_of(world, "second") as desk:
        desk.wire.sync(here)
        [row] = desk.intakes()
        Path(world["folder"], "packet.pdf").write_bytes(desk.packet(row.head.id).pdf)
    for name in ("volunteer", "coordinator"):
        with desk_of(world, name) as desk:
            desk.wire.sync(here)


def look(world: World) -> None:
    """How the day ended, as one line of JSON."""
    told: World = {}
    for name in ("coordinator", *PEOPLE):
        with desk_of(world, name) as desk:
            desk.wire.sync(here)
            view = desk.wire.sync(here)
            told[name] = {
                "rows": [[row.status.value, row.purged, row.handed_over] for row in desk.intakes()],
                "troubles": [trouble.code for trouble in view.troubles],
                # Desks that log in as often as these are asked to wait: the server answered all the same.
                "reached": view.server_reach in {Reach.REACHED, Reach.BUSY},
                "waiting": view.counts.waiting,
                "head": list(view.head_words),
                "held": desk.team.replica().vault.check().sound,
            }
    with desk_of(world, "attorney") as desk:
        [case] = [row for row in desk.cases.cases() if row.handed_over]
        view_of = desk.cases.case(RecordId(case.id))
        told["case"] = {
            "client": case.client,
            "decisions": len(view_of.decisions),
            "notes": len(view_of.notes),
            "conflicts": len(view_of.conflicts),
            "answers": sum(len(section.rows) for section in view_of.sections),
        }
    sys.stdout.write(json.dumps(told) + "\n")


STEPS: Final[dict[str, Callable[[World], None]]] = {
    step.__name__: step for step in (found, ask, admit, join, hand_over, decide, print_it, look)
}


def _file(world: World, name: str, kind: str) -> Path:
    return Path(world["folder"]) / f"{name}.{kind}"


if __name__ == "__main__":
    STEPS[sys.argv[1]](json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")))
