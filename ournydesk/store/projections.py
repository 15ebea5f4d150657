"""What an intake's events come to, kept beside them. Layer: store.

Two roads lead to the same tables: :func:`project` changes only what an event touches, :func:`folded`
reads a whole log through the domain's own rules. ``differing`` compares them; ``rebuild`` writes the
second in place of the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from ournydesk.domain.answers import Answer, Answers, AnswerSet, RowAdded, RowRemoved, Said
from ournydesk.domain.ids import IntakeId, Path, RowId
from ournydesk.domain.intake import IntakeHead, IntakeRow, Progress
from ournydesk.errors import Refused, StoreBroken
from ournydesk.store import event_log
from ournydesk.store.database import Database, Row
from ournydesk.store.event_log import Counted, Entry, LocalEvent, Started


@dataclass(frozen=True, slots=True)
class Projected:
    """All that is stored about one intake besides its events."""

    row: IntakeRow
    """Without what its operations say of it: ``store/ladder`` adds that."""
    last_seq: int
    written_seq: int
    answers: Answers


def project(database: Database, intake: IntakeId, event: LocalEvent) -> None:
    """Change what one event changes. Inside the transaction that appends it."""
    match event:
        case Started(head):
            _write_head(database, head)
        case Counted(progress):
            database.write(
                "UPDATE intakes SET sections_done = ?, sections = ?, missing = ?, attention = ?, agreed = ? "
                "WHERE id = ?",
                progress.sections_done, progress.sections, progress.missing, progress.attention,
                int(progress.agreed), intake,
            )  # fmt: skip  # one line of values under one line of names
        case AnswerSet(path, answer) if answer.blank:
            database.write("DELETE FROM answers WHERE intake = ? AND path = ?", intake, path)
        case AnswerSet(path, answer):
            database.write(
                "INSERT INTO answers (intake, path, said, text) VALUES (?, ?, ?, ?) "
                "ON CONFLICT DO UPDATE SET said = excluded.said, text = excluded.text",
                intake, path, answer.said.value, answer.text,
            )  # fmt: skip  # one line of values under one line of names
        case RowAdded(path, row, before):
            rows = _rows(database, intake, path)
            if row not in rows:
                at = rows.index(before) if before in rows else len(rows)
                _write_rows(database, intake, path, (*rows[:at], row, *rows[at:]))
        case RowRemoved(path, row):
            kept = tuple(other for other in _rows(database, intake, path) if other != row)
            _write_rows(database, intake, path, kept)
            _forget_within(database, intake, f"{path}[{row}]")


def touch(database: Database, intake: IntakeId, entries: Sequence[Entry]) -> None:
    """Note the last of some new events of an intake. Inside the transaction that appends them."""
    _note(database, intake, entries[-1].seq, entries[-1].at, _written_seq(entries))


def last_seq(database: Database, intake: IntakeId) -> int:
    """The number of an intake's last event. Raises Refused("refused.unknown_intake")."""
    found = database.read("SELECT last_seq FROM intakes WHERE id = ?", intake)
    if not found:
        raise Refused("refused.unknown_intake")
    return int(found[0][0])


def written(database: Database) -> dict[IntakeId, int]:
    """The number of the last thing somebody at this desk wrote to each intake, 0 for nothing."""
    return {IntakeId(intake): seq for intake, seq in database.read("SELECT id, written_seq FROM intakes")}


def rows(database: Database) -> tuple[IntakeRow, ...]:
    """All intakes, the last changed first."""
    return tuple(
        _intake_row(values)
        for values in database.read(
            "SELECT id, ticket, form_id, form_version, form_hash, form_title, language, started_at, "
            "sections_done, sections, missing, attention, agreed, changed_at "
            "FROM intakes ORDER BY changed_at DESC, id"
        )
    )


def row(database: Database, intake: IntakeId) -> IntakeRow:
    """One intake. Raises Refused("refused.unknown_intake")."""
    found = database.read(
        "SELECT id, ticket, form_id, form_version, form_hash, form_title, language, started_at, "
        "sections_done, sections, missing, attention, agreed, changed_at FROM intakes WHERE id = ?",
        intake,
    )
    if not found:
        raise Refused("refused.unknown_intake")
    return _intake_row(found[0])


def answers(database: Database, intake: IntakeId) -> Answers:
    """The answers of one intake, empty for one that is not there."""
    values = {
        Path(path): Answer(text, Said(said))
        for path, said, text in database.read("SELECT path, said, text FROM answers WHERE intake = ?", intake)
    }
    repeats: dict[Path, tuple[RowId, ...]] = {}
    for repeat, name in database.read(
        "SELECT repeat, row FROM answer_rows WHERE intake = ? ORDER BY repeat, position", intake
    ):
        repeats[Path(repeat)] = (*repeats.get(Path(repeat), ()), RowId(name))
    return Answers(values=MappingProxyType(values), rows=MappingProxyType(repeats))


def folded(database: Database, intake: IntakeId) -> Projected:
    """What an intake's events come to, by the domain's own rules. Raises StoreBroken("store.events")."""
    entries = tuple(event_log.entries(database, intake))
    if not entries or not isinstance(entries[0].event, Started):
        raise StoreBroken("store.events", why="start")
    head, progress = entries[0].event.head, Progress()
    answered = []
    for entry in entries[1:]:
        match entry.event:
            case Started():
                raise StoreBroken("store.events", why="start", seq=entry.seq)
            case Counted(counted):
                progress = counted
            case event:
                answered.append(event)
    row = IntakeRow(head=head, progress=progress, changed_at=entries[-1].at)
    answers = _without_empty(Answers().apply_all(answered))
    return Projected(row, entries[-1].seq, _written_seq(entries), answers)


def differing(database: Database) -> tuple[IntakeId, ...]:
    """Intakes whose tables are not what their events come to, or have only one of the two."""
    stored = {row.head.id: row for row in rows(database)}
    own = written(database)
    found = []
    for intake in sorted({*stored, *event_log.intakes(database)}):
        try:
            here = Projected(
                stored[intake], last_seq(database, intake), own[intake], answers(database, intake)
            )
            same = here == folded(database, intake)
        except (KeyError, StoreBroken):
            same = False
        if not same:
            found.append(intake)
    return tuple(found)


def rebuild(database: Database) -> None:
    """Write all projections anew. Raises StoreBroken("store.events") and changes nothing if it cannot."""
    with database.transaction():
        projected = [folded(database, intake) for intake in event_log.intakes(database)]
        database.write("DELETE FROM answers")
        database.write("DELETE FROM answer_rows")
        database.write("DELETE FROM intakes")
        for one in projected:
            head = one.row.head
            project(database, head.id, Started(head))
            project(database, head.id, Counted(one.row.progress))
            for path, answer in one.answers.values.items():
                project(database, head.id, AnswerSet(path, answer))
            for path, names in one.answers.rows.items():
                _write_rows(database, head.id, path, names)
            _note(database, head.id, one.last_seq, one.row.changed_at, one.written_seq)


def forget(database: Database, intake: IntakeId) -> None:
    """Remove what is stored about an intake. Inside the transaction that forgets its events."""
    database.write("DELETE FROM answers WHERE intake = ?", intake)
    database.write("DELETE FROM answer_rows WHERE intake = ?", intake)
    database.write("DELETE FROM intakes WHERE id = ?", intake)


def _written_seq(entries: Sequence[Entry]) -> int:
    return max((entry.seq for entry in entries if entry.written), default=0)


def _note(
    database: Database, intake: IntakeId, last_seq: int, changed_at: datetime, written_seq: int
) -> None:
    database.write(
        "UPDATE intakes SET last_seq = ?, changed_at = ?, written_seq = max(written_seq, ?) WHERE id = ?",
        last_seq, changed_at.isoformat(), written_seq, intake,
    )  # fmt: skip  # one line of values under one line of names


def _intake_row(values: Row) -> IntakeRow:
    intake, ticket, form_id, version, form_hash, title, language, started, *rest = values
    done, sections, missing, attention, agreed, changed = rest
    head = IntakeHead(
        id=IntakeId(intake),
        ticket=ticket,
        form_id=form_id,
        form_version=version,
        form_hash=form_hash,
        form_title=title,
        language=language,
        started_at=datetime.fromisoformat(started),
    )
    progress = Progress(
        sections_done=done, sections=sections, missing=missing, attention=attention, agreed=bool(agreed)
    )
    return IntakeRow(head=head, progress=progress, changed_at=datetime.fromisoformat(changed))


def _write_head(database: Database, head: IntakeHead) -> None:
    started = head.started_at.isoformat()
    database.write(
        "INSERT INTO intakes (id, ticket, form_id, form_version, form_hash, form_title, language, "
        "started_at, changed_at, last_seq, written_seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 0)",
        head.id, head.ticket, head.form_id, head.form_version, head.form_hash, head.form_title,
        head.language, started, started,
    )  # fmt: skip  # values in the order of the names


def _rows(database: Database, intake: IntakeId, repeat: Path) -> tuple[RowId, ...]:
    found = database.read(
        "SELECT row FROM answer_rows WHERE intake = ? AND repeat = ? ORDER BY position", intake, repeat
    )
    return tuple(RowId(name) for (name,) in found)


def _write_rows(database: Database, intake: IntakeId, repeat: Path, names: tuple[RowId, ...]) -> None:
    database.write("DELETE FROM answer_rows WHERE intake = ? AND repeat = ?", intake, repeat)
    database.write_many(
        "INSERT INTO answer_rows (intake, repeat, position, row) VALUES (?, ?, ?, ?)",
        ((intake, repeat, position, name) for position, name in enumerate(names)),
    )


def _forget_within(database: Database, intake: IntakeId, inside: str) -> None:
    """Remove what stands at or below a path: ``0`` is the character after ``/``."""
    first, behind = f"{inside}/", f"{inside}0"
    database.write(
        "DELETE FROM answers WHERE intake = ? AND (path = ? OR (path >= ? AND path < ?))",
        intake, inside, first, behind,
    )  # fmt: skip  # one line of values under one line of names
    database.write(
        "DELETE FROM answer_rows WHERE intake = ? AND (repeat = ? OR (repeat >= ? AND repeat < ?))",
        intake, inside, first, behind,
    )  # fmt: skip  # one line of values under one line of names


def _without_empty(answers: Answers) -> Answers:
    """A repeat that lost its last row is the same as one that never had any."""
    rows = {path: names for path, names in answers.rows.items() if names}
    return Answers(values=answers.values, rows=MappingProxyType(rows))
