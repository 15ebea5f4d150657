"""A record as its readers see it: queue, case, what happened. Layer: domain, standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ournydesk.domain.answers import Answer
from ournydesk.domain.documents import AttorneySheet, PacketRow, PacketSection
from ournydesk.domain.ids import Path, RowId
from ournydesk.domain.intake import Status
from ournydesk.domain.operations import DeviceId, RecordId
from ournydesk.domain.record import Choice, Dot


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One line of a reader's queue."""

    id: RecordId
    client: str
    """The name the client gave, empty when none was given yet."""
    a_number: str
    """Nine digits or empty; screens show the last three."""
    matter: str
    language: str
    """English name of the client's language."""
    question: str
    """Why an attorney is asked, short: ``Question 15b: Yes``."""
    urgent: str = ""
    """The urgent reason, short; empty when there is none."""
    urgent_by: datetime | None = None
    urgent_rank: int = 0
    """0 for an attorney today, higher for later; says nothing where there is no reason."""
    taken_by: str
    waiting_since: datetime
    handed_over: bool
    status: Status
    conflicts: int = 0
    decision: Choice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One line of what happened to a record."""

    at: datetime
    what: str
    """A stable word: began, edited, handed_over, carried, received, note, decision, lent, printed."""
    by: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """One of several live values of an answer."""

    dot: Dot
    answer: Answer
    shown: str
    """The answer as a person reads it: choices by their words, dates written out."""
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """An answer two people gave without having seen each other's."""

    path: Path
    question: str
    section: str = ""
    rivals: tuple[Rival, ...]
    blocks: bool
    """Whether printing and export wait for it."""
    type: str = "string"
    """The type of the question, ``date``; with ``kind`` it says how a typed answer is read."""
    kind: str = ""
    options: tuple[tuple[str, str], ...] = ()
    """Values and words to choose from, empty where an answer is typed."""
    several: bool = False
    """Whether more than one of them may be chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TornRow:
    """A row that one person removed while another, who had not seen that, wrote in it. It stays meanwhile."""

    path: Path
    row: RowId
    label: str
    """What the table is called."""
    number: int
    """Its place in the table, from 1."""
    words: str
    """Its first answers."""
    removed_by: str
    edited_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision as it was signed."""

    choice: Choice
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A desk a record can be lent to."""

    device: DeviceId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """One case as an attorney reads it."""

    row: CaseRow
    born: str
    resident_since: str
    sheet: AttorneySheet | None
    flagged: tuple[PacketRow, ...]
    sections: tuple[PacketSection, ...]
    notes: tuple[Happening, ...]
    decisions: tuple[Decision, ...]
    happened: tuple[Happening, ...]
    """The newest first."""
    conflicts: tuple[Conflict, ...] = ()
    torn: tuple[TornRow, ...] = ()
    desks: tuple[Desk, ...] = ()
    """Desks the record could be lent to."""

    @property
    def blocked(self) -> bool:
        """Whether printing, export and a decision wait for what two people left open."""
        return bool(self.torn) or any(conflict.blocks for conflict in self.conflicts)
