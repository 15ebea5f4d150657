"""Which cases stand in which queue, and how a queue says things. Layer: ui, plain Python."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from ournydesk.domain.case import CaseRow
from ournydesk.domain.intake import Status
from ui.i18n import tr


class Queue(StrEnum):
    """The queues of the side list, in its order."""

    ALL = "all"
    OPEN = "open"
    URGENT = "urgent"
    CONFLICT = "conflict"
    DECIDED = "decided"
    CARRIED = "carried"


TITLES: Final = {
    Queue.ALL: "All cases",
    Queue.OPEN: "Not decided",
    Queue.URGENT: "Urgent",
    Queue.CONFLICT: "Two answers",
    Queue.DECIDED: "Decided",
    Queue.CARRIED: "Not on the server yet",
}
BELONGS: Final[dict[Queue, Callable[[CaseRow], bool]]] = {
    Queue.ALL: lambda _row: True,
    Queue.OPEN: lambda row: row.decision is None,
    Queue.URGENT: lambda row: bool(row.urgent),
    Queue.CONFLICT: lambda row: row.conflicts > 0,
    Queue.DECIDED: lambda row: row.decision is not None,
    Queue.CARRIED: lambda row: row.status not in {Status.ON_THE_SERVER, Status.RECEIVED},
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A line above the rows of one kind: its words and what stands behind them."""

    words: str
    hint: str


Line = Heading | CaseRow


def counts(rows: Sequence[CaseRow]) -> dict[Queue, int]:
    """How many cases stand in each queue."""
    return {queue: sum(belongs(row) for row in rows) for queue, belongs in BELONGS.items()}


def chosen(rows: Sequence[CaseRow], queue: Queue, sought: str = "") -> tuple[CaseRow, ...]:
    """The cases of a queue that hold every word that is looked for: names, last digits, questions."""
    words = sought.casefold().split()
    return tuple(row for row in rows if BELONGS[queue](row) and all(word in _text(row) for word in words))


def lines(rows: Sequence[CaseRow]) -> tuple[Line, ...]:
    """Urgent ones first under their heading, the others under theirs; a heading without rows is left out."""
    urgent = [row for row in rows if row.urgent]
    waiting = [row for row in rows if not row.urgent]
    made: list[Line] = []
    if urgent:
        made += [Heading(tr("Urgent"), tr("{n}, most urgent first", n=len(urgent))), *urgent]
    if waiting:
        made += [Heading(tr("Waiting now"), tr("{n}, longest first", n=len(waiting))), *waiting]
    return tuple(made)


def masked(a_number: str) -> str:
    """The last three digits of an A-number: enough to tell two people apart, not enough to copy."""
    digits = "".join(digit for digit in a_number if digit.isdigit())
    return f"A…-…-{digits[-3:]}" if len(digits) >= 3 else tr("no A-number")


def spelled(a_number: str) -> str:
    """The whole A-number in threes."""
    digits = "".join(digit for digit in a_number if digit.isdigit()).zfill(9)
    return f"A{digits[:3]}-{digits[3:6]}-{digits[6:]}"


def waited(since: datetime, now: datetime) -> str:
    """How long somebody has waited, in the largest whole unit."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 60:
        return tr("{n} min", n=minutes)
    if minutes < 48 * 60:
        return tr("{n} h", n=minutes // 60)
    return tr("{n} days", n=minutes // (24 * 60))


def _text(row: CaseRow) -> str:
    return f"{row.client} {row.a_number} {row.matter} {row.language} {row.question} {row.taken_by}".casefold()
