"""What was done, in order, and never changed. Layer: store.

Each intake has its own gapless sequence from 1. The first event says what it was started with. An event
that follows from another desk's operation names it as its origin; those without one are this desk's own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from ournydesk.domain.answers import Answer, AnswerEvent, AnswerSet, RowAdded, RowRemoved, Said
from ournydesk.domain.ids import IntakeId, Path, RowId
from ournydesk.domain.intake import IntakeHead, Progress
from ournydesk.errors import Refused, StoreBroken
from ournydesk.store.database import Database

STARTED: Final = "intake.started"
COUNTED: Final = "progress.counted"
ANSWERED: Final = "answer.set"
ROW_ADDED: Final = "row.added"
ROW_REMOVED: Final = "row.removed"


@dataclass(frozen=True, slots=True)
class Started:
    """An intake began; the head of it, for ever."""

    head: IntakeHead


@dataclass(frozen=True, slots=True)
class Counted:
    """A screen counted how far the intake is."""

    progress: Progress


LocalEvent = Started | Counted | AnswerEvent


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log."""

    seq: int
    event: LocalEvent
    at: datetime
    origin: str = ""
    """The operation it follows from, empty for this desk's own hand."""

    @property
    def written(self) -> bool:
        """Whether somebody at this desk started or answered something; counts alone are no writing."""
        return not self.origin and not isinstance(self.event, Counted)


def append(database: Database, intake: IntakeId, entries: Sequence[Entry]) -> None:
    """Add entries behind the last one. Inside a transaction."""
    for entry in entries:
        kind, body = encode(entry.event)
        database.write(
            "INSERT INTO events (intake, seq, kind, body, at, origin) VALUES (?, ?, ?, ?, ?, ?)",
            intake, entry.seq, kind, body, entry.at.isoformat(), entry.origin,
        )  # fmt: skip  # one line of values under one line of names


def entries(database: Database, intake: IntakeId) -> Iterator[Entry]:
    """The log of one intake. Raises StoreBroken("store.events") at a gap or an event unknown here."""
    rows = database.read(
        "SELECT seq, kind, body, at, origin FROM events WHERE intake = ? ORDER BY seq", intake
    )
    for expected, (seq, kind, body, at, origin) in enumerate(rows, 1):
        if seq != expected:
            raise StoreBroken("store.events", why="gap", seq=expected)
        yield Entry(seq, decode(intake, kind, body), datetime.fromisoformat(at), origin)


def own_entries(database: Database, intake: IntakeId, behind: int) -> tuple[Entry, ...]:
    """What this desk's own hand did behind a number. Raises StoreBroken("store.events")."""
    rows = database.read(
        "SELECT seq, kind, body, at FROM events WHERE intake = ? AND seq > ? AND origin = '' ORDER BY seq",
        intake, behind,
    )  # fmt: skip  # one line of values under one line of names
    return tuple(
        Entry(seq, decode(intake, kind, body), datetime.fromisoformat(at)) for seq, kind, body, at in rows
    )


def intakes(database: Database) -> tuple[IntakeId, ...]:
    """Every intake that has a log."""
    return tuple(IntakeId(intake) for (intake,) in database.read("SELECT DISTINCT intake FROM events"))


def count(database: Database) -> int:
    """How many events there are."""
    ((events,),) = database.read("SELECT count(*) FROM events")
    return int(events)


def forget(database: Database, intake: IntakeId, behind: int = 0) -> None:
    """Remove the log of an intake, or what is behind a number. Inside a transaction."""
    database.write("DELETE FROM events WHERE intake = ? AND seq > ?", intake, behind)


def encode(event: LocalEvent) -> tuple[str, str]:
    """An event as its kind and a JSON body."""
    body: dict[str, object]
    match event:
        case Started(head):
            body = asdict(head) | {"started_at": head.started_at.isoformat()}
            del body["id"]
            return STARTED, _json(body)
        case Counted(progress):
            return COUNTED, _json(asdict(progress))
        case AnswerSet(path, answer):
            body = {"path": path, "text": answer.text}
            if answer.said is not Said.VALUE:
                body["said"] = answer.said.value
            return ANSWERED, _json(body)
        case RowAdded(path, row, before):
            body = {"path": path, "row": row}
            if before is not None:
                body["before"] = before
            return ROW_ADDED, _json(body)
        case RowRemoved(path, row):
            return ROW_REMOVED, _json({"path": path, "row": row})


def decode(intake: IntakeId, kind: str, body: str) -> LocalEvent:
    """The event a kind and a body stand for. Raises StoreBroken("store.events")."""
    try:
        fields = dict(json.loads(body))
        match kind:
            case "answer.set":
                answer = Answer(fields["text"], Said(fields.get("said", Said.VALUE)))
                return AnswerSet(Path(fields["path"]), answer)
            case "row.added":
                before = fields.get("before")
                return RowAdded(Path(fields["path"]), RowId(fields["row"]), before and RowId(before))
            case "row.removed":
                return RowRemoved(Path(fields["path"]), RowId(fields["row"]))
            case "progress.counted":
                return Counted(Progress(**fields))
            case "intake.started":
                fields["started_at"] = datetime.fromisoformat(fields["started_at"])
                return Started(IntakeHead(id=intake, **fields))
    except (KeyError, TypeError, ValueError) as error:
        raise StoreBroken("store.events", why="body", kind=kind) from error
    raise StoreBroken("store.events", why="kind", kind=kind)


def _json(body: dict[str, object]) -> str:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:  # half a character: no file can hold it
        raise Refused("refused.text") from error
    return text
