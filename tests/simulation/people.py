"""What people do at their desks: begin, write, hand over, note, lend. Each is one step of a run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from ournydesk.domain.answers import Answer, AnswerEvent, AnswerSet, RowAdded, RowRemoved
from ournydesk.domain.ids import IntakeId, Path, RowId
from ournydesk.domain.intake import IntakeHead, Progress
from ournydesk.domain.merge import Merged
from ournydesk.domain.merge.state import is_inside
from ournydesk.domain.operations import RecordId
from ournydesk.domain.record import Noted
from ournydesk.errors import Refused
from ournydesk.services import answers, records
from tests.fakes.cheap import FORM
from tests.simulation.desks import Desk
from tests.simulation.promises import texts_at
from tests.simulation.world import World

FIELDS = tuple(map(Path, ("/data/name", "/data/number", "/data/address", "/data/story")))
TRIPS = Path("/data/trips")
MOST_INTAKES = 5


def begin_intake(world: World, desk: Desk) -> None:
    """A client sits down; late in the day no more are taken."""
    if len(world.intakes) >= MOST_INTAKES:
        write(world, desk)
        return
    intake = IntakeId(f"{world.random.getrandbits(128):032x}")
    head = IntakeHead(
        id=intake,
        ticket=desk.vault.intakes.next_ticket(),
        form_id=FORM.id,
        form_version=FORM.version,
        form_hash=FORM.hash,
        form_title=FORM.title,
        language="Bengali (bn)",
        started_at=desk.clock.now(),
    )
    desk.vault.intakes.start(head)
    world.intakes.append(intake)
    world.begun_by[intake] = desk.name
    if world.random.random() < 0.9:
        world.agreed.add(intake)
    world.note("begin", f"{desk.name} begins {world.number(intake)}")
    answer(world, desk, intake, world.random.choice(FIELDS))


def write(world: World, desk: Desk) -> None:
    """Something is written in a record this desk has open; sometimes by whoever finds a conflict there."""
    known = open_records(world, desk)
    if not known:
        if len(world.intakes) < MOST_INTAKES:
            begin_intake(world, desk)
        return
    intake = world.random.choice(known)
    merged = records.merged(desk.vault, RecordId(intake))
    if merged.conflicts and world.random.random() < 0.6:
        settle(world, desk, intake, merged)
        return
    rows = desk.vault.intakes.answers(intake).rows.get(TRIPS, ())
    dice = world.random.random()
    if dice < 0.6:
        answer(world, desk, intake, world.random.choice(FIELDS))
    elif dice < 0.75 or not rows:
        add_row(world, desk, intake, rows)
    elif dice < 0.9:
        answer(world, desk, intake, Path(f"{TRIPS}[{world.random.choice(rows)}]/place"))
    else:
        remove_row(world, desk, intake, world.random.choice(rows))


def write_at_once(world: World, desk: Desk) -> None:
    """Two people write at the same place of the same record, each without seeing the other."""
    known = open_records(world, desk)
    if not known:
        return
    intake, path = world.random.choice(known), world.random.choice(FIELDS)
    others = [one for one in world.active() if one is not desk and intake in open_records(world, one)]
    answer(world, desk, intake, path)
    if others:
        world.happened["write at once"] += 1
        answer(world, world.random.choice(others), intake, path)


def answer(world: World, desk: Desk, intake: IntakeId, path: Path, text: str | None = None) -> None:
    """One answer, now and then a blank one."""
    if text is None:
        text = "" if world.random.random() < 0.08 else world.promises.fresh()
    save(desk, world, intake, [AnswerSet(path, Answer(text))], path, text)
    world.note("write", f"{desk.name} writes {text or 'nothing'} in {world.number(intake)} at {path[-20:]}")


def settle_one(world: World, desk: Desk) -> None:
    """Somebody who can see a conflict settles it."""
    for one in (desk, *world.active()):
        for intake in open_records(world, one):
            merged = records.merged(one.vault, RecordId(intake))
            if merged.conflicts:
                settle(world, one, intake, merged)
                return


def settle(world: World, desk: Desk, intake: IntakeId, merged: Merged) -> None:
    """Two answers stand side by side; a person keeps one of them, or writes a third."""
    path = world.random.choice(merged.conflicts)
    rivals = sorted(live.answer.text for live in merged.live[path])
    chosen = world.random.choice([*rivals, world.promises.fresh()])
    save(desk, world, intake, [AnswerSet(path, Answer(chosen))], path, chosen)
    world.note("settle", f"{desk.name} settles {world.number(intake)} at {path[-20:]} as {chosen}")


def add_row(world: World, desk: Desk, intake: IntakeId, rows: Sequence[RowId]) -> None:
    """A row with an answer in it, at the end or before another."""
    row = RowId(f"{world.random.getrandbits(128):032x}")
    before = world.random.choice(rows) if rows and world.random.random() < 0.3 else None
    path, text = Path(f"{TRIPS}[{row}]/place"), world.promises.fresh()
    save(desk, world, intake, [RowAdded(TRIPS, row, before), AnswerSet(path, Answer(text))], path, text)
    world.note("add row", f"{desk.name} adds a row to {world.number(intake)}")


def remove_row(world: World, desk: Desk, intake: IntakeId, row: RowId) -> None:
    """A row is taken out with everything the desk knows of it."""
    shown = desk.vault.intakes.answers(intake)
    merged = records.merged(desk.vault, RecordId(intake))
    inside = [path for path in {**shown.values, **merged.live} if is_inside(path, TRIPS, row)]
    seen = {path: texts_at(path, shown, merged) for path in inside}
    _record(desk, world, intake, [RowRemoved(TRIPS, row)])
    for path, texts in seen.items():
        world.promises.replaced(intake, path, texts)
    world.note("remove row", f"{desk.name} removes a row of {world.number(intake)}")


def seal(world: World, desk: Desk) -> None:
    """A pause in the work."""
    made = records.seal_all(vault=desk.vault, clock=desk.clock)
    world.note("seal", f"{desk.name} seals {made}")


def hand_over(world: World, desk: Desk) -> None:
    """An intake is given to the readers."""
    rows = desk.vault.intakes
    known = [one for one in open_records(world, desk) if rows.row(one).progress.agreed]
    if known:
        intake = world.random.choice(known)
        records.hand_over(intake, "", vault=desk.vault, clock=desk.clock)
        world.note("hand over", f"{desk.name} hands over {world.number(intake)}")


def note(world: World, desk: Desk) -> None:
    """A word about a record that others wrote."""
    known = [one for one in open_records(world, desk) if desk.vault.keys.newest(RecordId(one))]
    if known:
        intake = world.random.choice(known)
        text = world.promises.fresh()
        records.add(RecordId(intake), [Noted(text=text)], vault=desk.vault, clock=desk.clock)
        world.note("note", f"{desk.name} notes something in {world.number(intake)}")


def lend(world: World, desk: Desk) -> None:
    """A record is granted to another desk until tomorrow."""
    known = [one for one in open_records(world, desk) if desk.vault.keys.newest(RecordId(one))]
    others = [other for other in world.active() if other is not desk]
    if known and others:
        intake, other = world.random.choice(known), world.random.choice(others)
        until = desk.clock.now() + timedelta(days=1)
        try:
            records.lend(RecordId(intake), other.device, until, vault=desk.vault, clock=desk.clock)
        except Refused as refused:
            if refused.code not in {"refused.recipient", "refused.unknown_intake"}:
                raise
            return
        world.note("lend", f"{desk.name} lends {world.number(intake)} to {other.name}")


def save(
    desk: Desk, world: World, intake: IntakeId, events: Sequence[AnswerEvent], path: Path, text: str
) -> None:
    """Save as a screen does; the promise is made when that returns."""
    shown = desk.vault.intakes.answers(intake)
    seen = texts_at(path, shown, records.merged(desk.vault, RecordId(intake)))
    _record(desk, world, intake, events)
    world.promises.saved(desk.name, intake, path, text, seen)


def open_records(world: World, desk: Desk) -> list[IntakeId]:
    """The records whose answers this desk shows, in the order they were begun."""
    here = {row.head.id for row in desk.vault.intakes.rows() if not row.purged}
    return [intake for intake in world.intakes if intake in here]


def _record(desk: Desk, world: World, intake: IntakeId, events: Sequence[AnswerEvent]) -> None:
    progress = Progress(sections_done=1, sections=3, agreed=intake in world.agreed)
    answers.record(intake, events, progress, intakes=desk.vault.intakes, clock=desk.clock)
