"""A vault in memory that keeps the promises of ``ournydesk.ports``; tests/contracts holds it to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from ournydesk.domain import ladder
from ournydesk.domain.answers import AnswerEvent, Answers, AnswerSet
from ournydesk.domain.documents import BlankCard
from ournydesk.domain.form_version import FormVersion
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.intake import IntakeHead, IntakeRow, Progress
from ournydesk.domain.ladder import Step
from ournydesk.domain.operations import Kind, OpId, RecordId
from ournydesk.domain.oplog import Standing
from ournydesk.errors import Refused
from ournydesk.ports import Pending
from tests.fakes.oplog import CHANGES, FakeOperations
from tests.fakes.team import FakeMembership


class FakeFormShelf:
    """Form versions in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, FormVersion] = {}

    def keep(self, form: FormVersion) -> None:
        known = self.kept.setdefault(form.hash, form)
        if dict(known.files) != dict(form.files):
            raise Refused("refused.form_changed", form=form.id, version=form.version)

    def version(self, form_hash: str) -> FormVersion:
        if form_hash not in self.kept:
            raise Refused("refused.unknown_form")
        return self.kept[form_hash]


@dataclass
class _Kept:
    """One intake: its row without what is worked out, and everything that was done to it."""

    row: IntakeRow
    done: list[tuple[AnswerEvent | IntakeHead | Progress, datetime, str]]
    sealed_through: int = 0


class FakeIntakes:
    """Intakes in dictionaries; how far they have come is read off the operations beside them."""

    def __init__(
        self,
        forms: FakeFormShelf,
        operations: FakeOperations | None = None,
        membership: FakeMembership | None = None,
    ) -> None:
        self._forms = forms
        self._operations = operations or FakeOperations()
        self._membership = membership or FakeMembership()
        self._kept: dict[IntakeId, _Kept] = {}
        self._tallies: dict[str, int] = {}

    def rows(self) -> tuple[IntakeRow, ...]:
        by_id = (self.row(intake) for intake in sorted(self._kept))
        return tuple(sorted(by_id, key=lambda row: row.changed_at, reverse=True))

    def row(self, intake: IntakeId) -> IntakeRow:
        kept = self._of(intake)
        record = RecordId(intake)
        aside = {one.standing for one in self._operations.kept.values() if one.header.rec == record}
        needs = {Standing.REFUSED: "needs.refused", Standing.QUARANTINED: "needs.quarantined"}
        return replace(
            kept.row,
            status=ladder.status(self._steps(record), unsealed=intake in self.unsealed()),
            needs_you=next((code for standing, code in needs.items() if standing in aside), ""),
        )

    def answers(self, intake: IntakeId) -> Answers:
        told = (event for event, _, _ in self._of(intake).done)
        held = Answers().apply_all(one for one in told if not isinstance(one, (IntakeHead, Progress)))
        rows = {path: names for path, names in held.rows.items() if names}
        return Answers(values=held.values, rows=MappingProxyType(rows))

    def next_ticket(self) -> int:
        return max((kept.row.head.ticket for kept in self._kept.values()), default=0) + 1

    def start(self, head: IntakeHead) -> None:
        self._forms.version(head.form_hash)
        self._begin(head)

    def append(
        self, intake: IntakeId, events: Sequence[AnswerEvent], progress: Progress, at: datetime
    ) -> None:
        kept = self._of(intake)
        if (events or kept.row.progress != progress) and kept.row.purged:
            raise Refused("refused.purged")
        self._add(intake, events, progress, at)

    def destroy(self, intake: IntakeId, tally: str) -> None:
        self._of(intake)
        del self._kept[intake]
        self._tallies[tally] = self.tally(tally) + 1

    def tally(self, name: str) -> int:
        return self._tallies.get(name, 0)

    def pending(self, intake: IntakeId) -> Pending:
        kept = self._of(intake)
        own = [
            (seq, event, at)
            for seq, (event, at, origin) in enumerate(kept.done, 1)
            if seq > kept.sealed_through and not origin
        ]
        counts = [event for _, event, _ in own if isinstance(event, Progress)]
        return Pending(
            head=kept.row.head,
            first=any(isinstance(event, IntakeHead) for _, event, _ in own),
            events=tuple(event for _, event, _ in own if not isinstance(event, (IntakeHead, Progress))),
            progress=counts[-1] if counts else None,
            through=own[-1][0] if own else kept.sealed_through,
            at=own[-1][2] if own else kept.done[-1][1],
        )

    def unsealed(self) -> tuple[IntakeId, ...]:
        found = ((intake, self.pending(intake)) for intake in sorted(self._kept))
        return tuple(intake for intake, pending in found if pending.first or pending.events)

    def mark_sealed(self, intake: IntakeId, through: int) -> None:
        kept = self._of(intake)
        self._kept[intake] = replace(kept, sealed_through=max(kept.sealed_through, through))

    def receive(
        self,
        head: IntakeHead,
        events: Sequence[AnswerEvent],
        progress: Progress | None,
        at: datetime,
        origin: OpId,
    ) -> None:
        if head.id not in self._kept:
            self._begin(head, origin)
        elif self._kept[head.id].row.purged:
            row = replace(self._kept[head.id].row, purged=False, handed_over=False)
            self._kept[head.id] = replace(self._kept[head.id], row=row)
        self._add(head.id, events, progress or self._kept[head.id].row.progress, at, origin)

    def mark_handed_over(self, intake: IntakeId) -> None:
        kept = self._of(intake)
        self._kept[intake] = replace(kept, row=replace(kept.row, handed_over=True))

    def handed_over(self) -> tuple[IntakeId, ...]:
        rows = (kept.row for _, kept in sorted(self._kept.items()))
        return tuple(row.head.id for row in rows if row.handed_over and not row.purged)

    def purge(self, intake: IntakeId, at: datetime) -> None:
        kept = self._of(intake)
        row = replace(kept.row, progress=Progress(), changed_at=at, purged=True)
        self._kept[intake] = _Kept(row, kept.done[:1], sealed_through=1)

    def _of(self, intake: IntakeId) -> _Kept:
        if intake not in self._kept:
            raise Refused("refused.unknown_intake")
        return self._kept[intake]

    def _begin(self, head: IntakeHead, origin: str = "") -> None:
        row = IntakeRow(head=head, progress=Progress(), changed_at=head.started_at)
        self._kept[head.id] = _Kept(row, [(head, head.started_at, origin)])

    def _add(
        self,
        intake: IntakeId,
        events: Sequence[AnswerEvent],
        progress: Progress,
        at: datetime,
        origin: str = "",
    ) -> None:
        kept = self._of(intake)
        told = [*events, *([progress] if progress != kept.row.progress else [])]
        if told:
            _encodable(events)
            row = replace(kept.row, progress=progress, changed_at=at)
            done = [*kept.done, *((one, at, origin) for one in told)]
            self._kept[intake] = replace(kept, row=row, done=done)

    def _steps(self, record: RecordId) -> Iterator[Step]:
        identity = self._membership.identity()
        known = self._operations.of_record(record)
        readers = {one.header.dev for one in known if one.header.kind is Kind.ACKNOWLEDGE}
        asked = {one.header.dev for one in known if one.header.kind is Kind.CREATE}
        asked |= {identity.device} if identity else set()
        for one in known:
            if one.header.kind in CHANGES:
                signed = one.received_at is not None
                yield Step(
                    offered=one.offered_at is not None,
                    carried=one.carried_at is not None,
                    numbered=one.n is not None,
                    received=signed or one.header.dev in readers or one.header.dev not in asked,
                )


class FakeBlanks:
    """Blanks in a dictionary."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[BlankCard, bytes]] = {}

    def keep(self, card: BlankCard, pdf: bytes, at: datetime) -> BlankCard:
        kept = replace(card, imported_at=at)
        self._kept[card.form] = (kept, pdf)
        return kept

    def cards(self) -> tuple[BlankCard, ...]:
        return tuple(card for _, (card, _) in sorted(self._kept.items()))

    def pdf(self, form: str) -> bytes | None:
        return self._kept[form][1] if form in self._kept else None


class FakePreferences:
    """Settings in a dictionary."""

    def __init__(self) -> None:
        self._set: dict[str, str] = {}

    def get(self, name: str, default: str = "") -> str:
        return self._set.get(name, default)

    def set(self, name: str, value: str) -> None:
        self._set[name] = value


def _encodable(events: Sequence[AnswerEvent]) -> None:
    try:
        for event in events:
            if isinstance(event, AnswerSet):
                event.answer.text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Refused("refused.text") from error
