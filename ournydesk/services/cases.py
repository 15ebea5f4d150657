"""What a reader does with a record: the queue, one case, a note, a decision, lending it. Layer: services.

A case is read from its own form version, its answers as all operations make them, and the rules of law
on those answers. Nothing here decides anything: the rules speak, a person signs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from forms.engine import Session
from forms.library.attention import attention
from forms.library.items import items_of
from ournydesk.clock import Clock
from ournydesk.domain import merge
from ournydesk.domain.answers import Answer
from ournydesk.domain.case import CaseRow, CaseView, Decision, Desk, Happening
from ournydesk.domain.days import english_day
from ournydesk.domain.documents import AttorneySheet, Packet, Urgent
from ournydesk.domain.ids import IntakeId, Path, RowId
from ournydesk.domain.intake import IntakeHead, IntakeRow
from ournydesk.domain.operations import DeviceId, Kind, RecordId
from ournydesk.domain.oplog import StoredOperation
from ournydesk.domain.record import (
    Answered,
    Began,
    Choice,
    Decided,
    HandedOver,
    Lent,
    Noted,
    Received,
    RowPut,
    RowTaken,
    Stamp,
    Write,
    decode_payload,
)
from ournydesk.errors import BadInput, Refused
from ournydesk.ports import OpenVault
from ournydesk.services import publishing, records, seating, settling
from ournydesk.services.documents import build_packet
from ournydesk.services.intakes import LoadForm, OpenedIntake, open_intake
from ournydesk.services.membership import identity_of, team_of
from ournydesk.services.settling import Disagreement, moment

SheetOf = Callable[[Session, IntakeHead, date], AttorneySheet | None]
UrgencyOf = Callable[[Session, IntakeHead, date], Urgent | None]
UNTIL_TOMORROW: Final = timedelta(hours=24)
BORN: Final = ("P2.6", "P2.8")
RESIDENT: Final = "P2.7"


@dataclass(slots=True)
class Cases:
    """The cases of one open vault. What was worked out of a record is kept until the record changes."""

    vault: OpenVault
    clock: Clock
    load: LoadForm
    sheet_of: SheetOf
    urgency_of: UrgencyOf = lambda _session, _head, _today: None
    _read: dict[IntakeId, tuple[IntakeRow, date, Packet]] = field(default_factory=dict, repr=False)
    """What was worked out of a record, on which day: days left are others tomorrow."""
    _urgent: dict[IntakeId, Urgent | None] = field(default_factory=dict, repr=False)
    _asked: dict[IntakeId, str] = field(default_factory=dict, repr=False)
    _names: seating.Names = field(default_factory=lambda: seating.Names({}, {}), repr=False)
    """Of the last look: read once for a whole list."""

    def rows(self) -> tuple[CaseRow, ...]:
        """Every case this desk reads: by level, by date within a level, then the longest waiting."""
        self._names = seating.names(self.vault)
        rows = [self._row(row) for row in self.vault.intakes.rows() if self._is_case(row)]
        return tuple(sorted(rows, key=_most_urgent_first))

    def view(self, name: RecordId) -> CaseView:
        """One case.

        Raises Refused("refused.unknown_intake"), Refused("refused.unknown_form") while its form version is
        still on its way, Refused("refused.purged") for one this desk let go of.
        """
        row = self.vault.intakes.row(IntakeId(name))
        if not self._is_case(row):
            raise Refused("refused.purged")
        self._names = seating.names(self.vault)
        session, packet = self._packet(row)
        state = records.merged(self.vault, name)
        happened = tuple(sorted(self._happened(name), key=lambda one: one.at, reverse=True))
        items = items_of(session)
        open_still = Disagreement(session, state, self._name)
        return CaseView(
            row=self._row(row),
            born=", ".join(filter(None, (_day(items.get(BORN[0])), _words(items.get(BORN[1]))))),
            resident_since=_day(items.get(RESIDENT)),
            sheet=packet.attorney,
            flagged=packet.flagged,
            sections=packet.sections,
            notes=tuple(one for one in happened if one.what == "note"),
            decisions=self._decisions(name),
            happened=happened,
            conflicts=open_still.conflicts(),
            torn=open_still.rows(),
            desks=self._desks(),
        )

    def note(self, name: RecordId, text: str) -> None:
        """Sign a note. Raises Refused("refused.empty") for one without a word."""
        if not text.strip():
            raise Refused("refused.empty")
        records.add(name, [Noted(text=text.strip())], vault=self.vault, clock=self.clock)

    def decide(self, name: RecordId, choice: Choice, reason: str) -> None:
        """Sign a decision. Raises Refused("refused.conflict") while two people's answers stand open."""
        view = self.view(name)
        if view.blocked:
            raise Refused("refused.conflict", open=len(view.conflicts) + len(view.torn))
        records.add(name, [Decided(choice=choice, reason=reason.strip())], vault=self.vault, clock=self.clock)

    def settle(self, name: RecordId, path: Path, answer: Answer) -> None:
        """Sign one answer in place of all that were given.

        Raises BadInput with the form's own words for an answer nobody gave and the form does not take.
        """
        session, _ = self._packet(self.vault.intakes.row(IntakeId(name)))
        given = {live.answer for live in records.merged(self.vault, name).live.get(path, ())}
        problem = "" if answer in given else settling.problem(session, path, answer)
        if problem:
            raise BadInput(problem)
        settling.settle(name, path, answer, vault=self.vault, clock=self.clock)

    def settle_row(self, name: RecordId, path: Path, row: RowId, *, keep: bool) -> None:
        """Sign that a row stays which one removed while another wrote in it, or that it goes."""
        work = settling.keep_row if keep else settling.remove_row
        work(name, path, row, vault=self.vault, clock=self.clock)

    def lend(self, name: RecordId, device: DeviceId) -> None:
        """Grant a record to one desk until its clinic closes, or for a day when none is open."""
        now = self.clock.now()
        open_until = [clinic.closes for clinic in publishing.clinics(self.vault) if clinic.closes > now]
        until = max(open_until, default=now + UNTIL_TOMORROW)
        records.lend(name, device, until, vault=self.vault, clock=self.clock)

    def opened(self, row: IntakeRow) -> OpenedIntake:
        """The record as an intake: with its form, for printing."""
        return open_intake(row.head.id, intakes=self.vault.intakes, forms=self.vault.forms, load=self.load)

    def _is_case(self, row: IntakeRow) -> bool:
        return not row.purged and self.vault.keys.newest(RecordId(row.head.id)) is not None

    def _packet(self, row: IntakeRow) -> tuple[Session, Packet]:
        opened = self.opened(row)
        now = self.clock.now().astimezone()
        session = Session.open(opened.form, opened.answers, now)
        today = self.clock.today()
        packet = build_packet(session, opened.head, now, self.sheet_of(session, opened.head, today))
        self._read[row.head.id] = (row, today, packet)
        self._urgent[row.head.id] = self._most_urgent(opened, session, today)
        self._asked[row.head.id] = _question(session)
        return session, packet

    def _most_urgent(self, opened: OpenedIntake, session: Session, today: date) -> Urgent | None:
        """How urgent it is now, or was after any earlier writing: only a person lowers a level."""
        now = self.urgency_of(session, opened.head, today)
        if now is None:
            return None
        earlier = list(self._earlier(opened))[:-1]
        worst = min((now, *earlier), key=lambda one: one.rank)
        if worst.rank == now.rank:
            return now
        return replace(worst, reason=f"{worst.reason} (said before)")

    def _earlier(self, opened: OpenedIntake) -> Iterator[Urgent]:
        told: list[merge.Told] = []
        for operation in self.vault.operations.of_record(RecordId(opened.head.id)):
            if not operation.payload:
                continue
            payload = decode_payload(operation.payload)
            told.append(merge.Told(operation.header.dev, operation.header.dseq, payload))
            if any(isinstance(one, Answered | RowPut | RowTaken) for one in payload.writes):
                at = moment(payload.at)
                then = Session.open(opened.form, merge.fold(told).answers, at)
                found = self.urgency_of(then, opened.head, at.astimezone().date())
                if found is not None:
                    yield found

    def _row(self, row: IntakeRow) -> CaseRow:
        name = RecordId(row.head.id)
        try:
            kept = self._read.get(row.head.id)
            fresh = kept is not None and kept[:2] == (row, self.clock.today())
            packet = kept[2] if kept is not None and fresh else self._packet(row)[1]
        except Refused:
            packet = None  # its form version has not arrived yet: the line says so
        state = records.merged(self.vault, name)
        decided = self._decisions(name)
        urgent = self._urgent.get(row.head.id) if packet else None
        return CaseRow(
            id=name,
            client=packet.client_name if packet else "",
            a_number=packet.a_number if packet else "",
            matter=row.head.form_title,
            language=row.head.language.split(" (", 1)[0],
            question=self._asked[row.head.id] if packet else "",
            urgent=urgent.reason if urgent is not None and urgent.shown else "",
            urgent_by=_midnight(urgent.by) if urgent is not None and urgent.shown else None,
            urgent_rank=urgent.rank if urgent is not None and urgent.shown else 0,
            taken_by=self._taken_by(name),
            waiting_since=row.head.started_at,
            handed_over=row.handed_over,
            status=row.status,
            conflicts=len(state.conflicts) + len(state.removed_but_edited),
            decision=decided[0].choice if decided else None,
        )

    def _decisions(self, name: RecordId) -> tuple[Decision, ...]:
        found = [
            Decision(choice=told.choice, reason=told.reason, by=self._by(operation, at), at=moment(at))
            for operation, at, told in self._told(name)
            if isinstance(told, Decided)
        ]
        return tuple(sorted(found, key=lambda one: one.at, reverse=True))

    def _happened(self, name: RecordId) -> Iterator[Happening]:
        edited: set[str] = set()
        for operation, at, told in self._told(name):
            what, text = _happening(told)
            if not what or (what == "edited" and operation.op_id in edited):
                continue
            edited.add(operation.op_id)
            yield Happening(at=moment(at), what=what, by=self._by(operation, at), text=text)
        for operation in self.vault.operations.of_record(name):
            if operation.header.kind is Kind.CREATE and operation.carried_at is not None:
                yield Happening(at=operation.carried_at, what="carried", by="")

    def _told(self, name: RecordId) -> Iterator[tuple[StoredOperation, Stamp, Write]]:
        for operation in self.vault.operations.of_record(name):
            if operation.payload:
                payload = decode_payload(operation.payload)
                for told in payload.writes:
                    yield operation, payload.at, told

    def _desks(self) -> tuple[Desk, ...]:
        team, here = team_of(self.vault), identity_of(self.vault).device
        names = publishing.names(self.vault)
        return tuple(
            Desk(device=device.id, name=names.get(device.user, ""))
            for device in team.devices.values()
            if device.last_seq is None and device.id != here and device.user in team.members
        )

    def _taken_by(self, name: RecordId) -> str:
        """Whoever wrote the record's first operation."""
        for operation in self.vault.operations.of_record(name):
            if operation.header.kind is Kind.CREATE and operation.payload:
                return self._by(operation, decode_payload(operation.payload).at)
        return ""

    def _by(self, operation: StoredOperation, at: Stamp) -> str:
        return self._name(operation.header.dev, operation.header.dseq, at)

    def _name(self, device: DeviceId, dseq: int, at: Stamp) -> str:
        return self._names.of(device, dseq, at)


def _question(session: Session) -> str:
    """Why an attorney is asked, short: the first flagged answer, and how many more."""
    flagged = attention(session)
    if not flagged:
        return ""
    first = flagged[0]
    part, _, number = first.item.partition(".")
    label = f"Question {number}" if part == "P9" and number else session.text(first.path).text
    answered = next(
        (choice.label.text for choice in session.choices(first.path) if choice.value == first.answered),
        first.answered,
    )
    more = f", {len(flagged) - 1} more" if len(flagged) > 1 else ""
    return f"{label}: {answered}{more}"


def _happening(told: Write) -> tuple[str, str]:
    match told:
        case Began():
            return "began", ""
        case Answered() | RowPut() | RowTaken():
            return "edited", ""
        case HandedOver(words=words):
            return "handed_over", words
        case Noted(text=text):
            return "note", text
        case Decided(choice=choice, reason=reason):
            return "decision", f"{choice.value}: {reason}".rstrip(": ")
        case Lent():
            return "lent", ""
        case Received():
            return "received", ""
        case _:
            return "", ""


def _most_urgent_first(row: CaseRow) -> tuple[bool, int, datetime, RecordId]:
    return (not row.urgent, row.urgent_rank, row.urgent_by or row.waiting_since, row.id)


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), UTC)


def _day(value: object) -> str:
    try:
        return english_day(datetime.fromisoformat(str(value)).date()) if value else ""
    except ValueError:
        return str(value)


def _words(value: object) -> str:
    return str(value) if value else ""
