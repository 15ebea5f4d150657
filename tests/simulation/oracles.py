"""What has to hold after every run, whatever happened (O1 to O7), and after every round with a server."""

from __future__ import annotations

from ournydesk.domain.answers import Answer, AnswerSet
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.intake import Progress, Status
from ournydesk.domain.merge import Merged
from ournydesk.domain.merge.state import rows_around
from ournydesk.domain.operations import Kind, OpId, RecordId
from ournydesk.domain.oplog import Standing, StoredOperation
from ournydesk.errors import Refused
from ournydesk.services import answers, records
from tests.simulation.desks import Desk
from tests.simulation.promises import CANARY, Save
from tests.simulation.world import World


def status_is_true(world: World, desk: Desk) -> None:
    """What is shown as on the server is there: every operation of it this desk knows."""
    there = {one.op_id for one in world.server.ledger.log}
    for row in desk.vault.intakes.rows():
        if row.status not in (Status.ON_THE_SERVER, Status.RECEIVED):
            continue
        for operation in desk.vault.operations.of_record(RecordId(row.head.id)):
            if operation.header.kind in records.CHANGES and operation.op_id not in there:
                raise world.broken("status", f"{desk.name} shows {row.status} for what the server lacks")


def replicas_are_equal(world: World) -> None:
    """O1: everybody who reads a record has the same of it."""
    for intake in world.intakes:
        readers = [desk for desk in world.readers(RecordId(intake)) if not desk.marks]
        states = [(desk.name, records.merged(desk.vault, RecordId(intake))) for desk in readers]
        for name, state in states[1:]:
            if state != states[0][1]:
                what = f"{world.number(intake)} differs between {states[0][0]} and {name}"
                raise world.broken("O1 replicas equal", what)


def nothing_is_lost(world: World) -> None:
    """O2: what somebody was told is saved is live, or somebody who saw it put another in its place."""
    merged: dict[tuple[str, IntakeId], Merged] = {}
    for save in world.promises.standing():
        for desk in _where(world, save):
            key = (desk.name, save.intake)
            if key not in merged:
                merged[key] = records.merged(desk.vault, RecordId(save.intake))
            if not _is_live(save, merged[key], desk):
                what = f"{save.text}, saved by {save.desk} in {world.number(save.intake)} at {save.path}"
                raise world.broken("O2 nothing lost", f"{what}, is not at {desk.name}")


def _where(world: World, save: Save) -> list[Desk]:
    """Where a save has to be: with every reader; before consent, and from a desk left out, in its vault."""
    author = world.desk(save.desk)
    alone = bool(author.marks) and save.number not in world.promises.shared
    of_others = [one for one in refused(author) if one.header.dev != author.device]
    lent_by_who_left = any(one.header.rec == RecordId(save.intake) for one in of_others)
    alone = alone or lent_by_who_left or _never_begun(world, save.intake)
    if save.intake not in world.agreed or alone:
        return [] if _let_go(author, save.intake) else [author]
    readers = [desk for desk in world.active() if desk.reads and not desk.marks]
    return readers or [author]


def _never_begun(world: World, intake: IntakeId) -> bool:
    """Whether the desk that began a record was left out before the server had its beginning.

    Whoever had it from a relay or a stick keeps it and is told that the server refuses it.
    """
    if not world.desk(world.begun_by[intake]).marks:
        return False
    there = {one.op_id for one in world.server.ledger.log}
    known = (one for desk in world.desks for one in desk.vault.operations.of_record(RecordId(intake)))
    return not any(one.header.kind is Kind.CREATE and one.op_id in there for one in known)


def _let_go(desk: Desk, intake: IntakeId) -> bool:
    try:
        return desk.vault.intakes.row(intake).purged
    except Refused:
        return False


def _is_live(save: Save, merged: Merged, desk: Desk) -> bool:
    if any(save.text.encode() in one.payload for one in refused(desk)):
        return True  # kept here, and told as refused
    live = {one.answer.text for one in merged.live.get(save.path, ())}
    if save.text in live:
        return all(row in merged.rows and merged.rows[row].there for row in rows_around(save.path))
    try:
        return desk.vault.intakes.answers(save.intake).get(save.path).text == save.text
    except Refused:
        return False


def refused(desk: Desk) -> list[StoredOperation]:
    """What this desk holds and no server takes: its own, or carried for others."""
    kept: dict[OpId, StoredOperation] = desk.vault.operations.kept  # type: ignore[attr-defined]  # of the vault in memory
    return [one for one in kept.values() if one.standing is Standing.REFUSED]


def projections_are_what_operations_say(world: World) -> None:
    """O3: what screens read is what all operations of a record come to."""
    for desk in world.desks:
        unsealed = set(desk.vault.intakes.unsealed())
        if desk.marks:
            continue
        # What the server refused stays on the screen, and is in no operation that counts.
        unsealed |= {IntakeId(one.header.rec) for one in refused(desk)}
        for row in desk.vault.intakes.rows():
            if row.purged or row.head.id in unsealed:
                continue
            shown = desk.vault.intakes.answers(row.head.id)
            if shown != records.merged(desk.vault, RecordId(row.head.id)).answers:
                what = f"{desk.name} shows {world.number(row.head.id)} otherwise than its operations say"
                raise world.broken("O3 projection", what)


def nobody_between_can_read(world: World) -> None:
    """O5: no server, relay or stick ever held a byte of an answer."""
    canary = CANARY.encode()
    doors = [world.server, *([world.relay] if world.relay else [])]
    carried = [one.envelope for door in doors for one in door.ledger.log]
    for content in (*carried, *world.written, *(body for door in doors for body in door.heard)):
        if canary in content:
            raise world.broken("O5 canary", "an answer stands in what is carried")


def purged_is_gone(world: World) -> None:
    """A purged record leaves no key, no payload, no answer and no mirrored file."""
    for desk in world.desks:
        names = desk.vault.outgoing.names()
        for row in desk.vault.intakes.rows():
            if not row.purged:
                continue
            record = RecordId(row.head.id)
            left = [
                one for one in desk.vault.operations.of_record(record) if one.payload or one.op_id in names
            ]
            if left or desk.vault.keys.newest(record) is not None:
                raise world.broken("purge", f"{desk.name} kept something of {world.number(row.head.id)}")
            if desk.vault.intakes.answers(row.head.id).values:
                raise world.broken("purge", f"{desk.name} kept answers of {world.number(row.head.id)}")


def every_desk_still_writes(world: World) -> None:
    """O7: a new answer is taken everywhere, whatever the desk went through."""
    for desk in world.desks:
        for intake in (row.head.id for row in desk.vault.intakes.rows() if not row.purged):
            path = next(iter(desk.vault.intakes.answers(intake).values), None)
            if path is None:
                continue
            told = [AnswerSet(path, Answer("one more"))]
            answers.record(intake, told, Progress(agreed=True), intakes=desk.vault.intakes, clock=desk.clock)
            if desk.vault.intakes.answers(intake).get(path).text != "one more":
                raise world.broken("O7 usable", f"{desk.name} does not take an answer")
            break
