"""What leaves a desk behind: two coordinators at once, a vault restored, another log believed."""

from __future__ import annotations

from dataclasses import dataclass

from ournydesk.domain.intake import Status
from sync.protocol import chain
from tests.fakes.open_vault import FakeOpenVault
from tests.simulation import oracles
from tests.simulation.desks import Desk, copy_of
from tests.simulation.world import World

RACED = "raced"
FOOLED = "fooled"
RESTORED = "restored"
SAFE = (Status.ON_THE_SERVER, Status.RECEIVED)


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of a vault, and how many promises had been made by then."""

    vault: FakeOpenVault
    saves: int


def back_up(world: World, desk: Desk) -> None:
    """Somebody copies a vault."""
    if not desk.marks:
        world.backups[desk.name] = Backup(copy_of(desk.vault), len(world.promises.saves))
        world.note("backup", f"{desk.name}'s vault is copied")


def restore_vault(world: World, desk: Desk) -> None:
    """A laptop breaks, and its vault comes back as it was copied."""
    backup = world.backups.get(desk.name)
    if backup is None or desk.marks or _out_of_step(world) or desk is world.desks[0]:
        return
    mine = [save for save in world.promises.saves if save.desk == desk.name]
    for save in mine:
        if desk.vault.intakes.row(save.intake).status in SAFE:
            world.promises.shared.add(save.number)
    later = [save for save in mine if save.number >= backup.saves]
    world.promises.lost([save for save in later if save.number not in world.promises.shared])
    before = desk.vault.operations.high(desk.device)
    desk.vault = copy_of(backup.vault)
    if before != desk.vault.operations.high(desk.device) or later:
        desk.marks.add(RESTORED)
    world.note("vault restored", f"{desk.name}'s vault is restored, {len(later)} saves older")


def _out_of_step(world: World) -> bool:
    """One laptop a day is enough."""
    return any(RESTORED in desk.marks for desk in world.desks)


def spoken_for(world: World, desk: Desk) -> None:
    """A desk whose vault is of yesterday says that its work has nowhere to go; one that is out knows it."""
    if "revoked" in desk.marks:
        return
    there = {one.op_id for one in world.server.ledger.log}
    mine = [one for one in desk.vault.operations.kept.values() if one.header.dev == desk.device]  # type: ignore[attr-defined]  # of the vault in memory
    if any(one.op_id not in there for one in mine) and not world.told(desk):
        raise world.broken("copies are noticed", f"{desk.name} has work nobody takes and says nothing")


def of_others(world: World, desk: Desk) -> set[str]:
    """What a desk rightly says of operations it carries for others: of who was shut out, or of a copy."""
    refused = oracles.refused(desk)
    sound = {one.device for one in world.active()} - {one.device for one in world.desks if one.marks}
    return {"wire.refused"} if refused and not sound & {one.header.dev for one in refused} else set()


def reason(world: World, desk: Desk) -> str:
    """Why this desk cannot go on with the honest server; nothing for a desk that can."""
    if raced(world, desk):
        return RACED
    if RESTORED in desk.marks:
        return RESTORED
    return FOOLED if fooled(world, desk) else ""


def raced(world: World, desk: Desk) -> bool:
    """Whether its log of members took another way than the server's, or a relay showed it one that did."""
    there = tuple(world.server.ledger.entries)
    logs = [desk.vault.membership.entries(), tuple(world.relay.ledger.entries) if world.relay else ()]
    return any(log[: len(there)] != there[: len(log)] for log in logs)


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
