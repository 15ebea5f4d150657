"""Who is in the team changes in the middle of the day: somebody is let in, a laptop is shut out."""

from __future__ import annotations

from ournydesk.domain.membership import Role
from ournydesk.errors import Refused
from ournydesk.services import enrolment, membership
from ournydesk.services.membership import team_of
from sync.client.engine import Ended
from tests.fakes.cheap import FORM
from tests.fakes.open_vault import FakeOpenVault
from tests.fakes.teams import BOOK
from tests.simulation.desks import Desk, DeskClock
from tests.simulation.wire import Line
from tests.simulation.world import World

MOST_DESKS = 9
CANNOT = frozenset(("refused.group", "refused.member", "refused.two", "refused.last", "refused.shut_out"))


def admit(world: World, desk: Desk) -> None:
    """A coordinator lets somebody in, and the new desk reads its invite."""
    manager = _manager(world, desk)
    if manager is None or len(world.desks) >= MOST_DESKS or manager.clock.wrong_by:
        return
    role = world.random.choice((Role.VOLUNTEER, Role.ATTORNEY))
    name = f"{role.value[0].upper()}{len(world.desks) + 1}"
    vault = FakeOpenVault(name)
    request = enrolment.read_request(enrolment.ask(name, vault=vault))
    card = request.card(BOOK)
    reads = role is Role.ATTORNEY
    try:
        invite = enrolment.admit(
            request,
            role,
            manages=False,
            reads=reads,
            typed=(card.words[2], card.words[4]),
            words=BOOK,
            vault=manager.vault,
            clock=manager.clock,
        )
    except Refused as refused:
        _refused(world, manager, refused)
        return
    joined = Desk(name, role, reads, vault, DeskClock(world.clock))
    enrolment.join(invite, vault=vault, clock=joined.clock)
    vault.forms.keep(FORM)
    world.desks.append(joined)
    world.note("admit", f"{manager.name} lets {name} in")


def revoke(world: World, desk: Desk) -> None:
    """A coordinator shuts a laptop out, which may go on working without a line.

    The founder does, who reads cases, between two rounds: what a revocation does to operations the
    server numbered and its signer never saw is not settled by the protocol (``last_seq``).
    """
    manager = world.desks[0]
    if world.sync(manager, Line(world.server)) is not Ended.DONE:
        return
    others = [one for one in world.active() if one is not manager and one.role is not Role.COORDINATOR]
    if len(others) < 3 or "revoked" in {mark for one in world.desks for mark in one.marks}:
        return
    gone = world.random.choice(others)
    try:
        membership.revoke(gone.device, vault=manager.vault)
    except Refused as refused:
        _refused(world, manager, refused)
        return
    gone.marks.add("revoked")
    world.sync(manager, Line(world.server))
    last = team_of(manager.vault).devices[gone.device].last_seq
    world.note("revoke", f"{manager.name} shuts {gone.name} out after its operation {last}")


def _manager(world: World, desk: Desk) -> Desk | None:
    """This desk where its person manages people, else the first coordinator."""
    for one in (desk, world.desks[0]):
        member = team_of(one.vault).member_of(one.device)
        if member is not None and member.manages:
            return one
    return None


def _refused(world: World, manager: Desk, refused: Refused) -> None:
    if refused.code not in CANNOT:
        raise refused
    world.note("refused", f"{manager.name} may not: {refused.code}")
