"""A vault in memory that keeps the promises of ``ournydesk.ports``; tests/contracts holds it to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from ournydesk.domain.answers import AnswerEvent, Answers, AnswerSet
from ournydesk.domain.documents import BlankCard
from ournydesk.domain.form_version import FormVersion
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.intake import IntakeHead, IntakeRow, Progress
from ournydesk.errors import Refused


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


class FakeIntakes:
    """Intakes in dictionaries."""

    def __init__(self, forms: FakeFormShelf) -> None:
        self._forms = forms
        self._rows: dict[IntakeId, IntakeRow] = {}
        self._answers: dict[IntakeId, Answers] = {}
        self._tallies: dict[str, int] = {}

    def rows(self) -> tuple[IntakeRow, ...]:
        by_id = sorted(self._rows.values(), key=lambda row: row.head.id)
        return tuple(sorted(by_id, key=lambda row: row.changed_at, reverse=True))

    def row(self, intake: IntakeId) -> IntakeRow:
        if intake not in self._rows:
            raise Refused("refused.unknown_intake")
        return self._rows[intake]

    def answers(self, intake: IntakeId) -> Answers:
        self.row(intake)
        held = self._answers[intake]
        rows = {path: names for path, names in held.rows.items() if names}
        return Answers(values=held.values, rows=MappingProxyType(rows))

    def next_ticket(self) -> int:
        return max((row.head.ticket for row in self._rows.values()), default=0) + 1

    def start(self, head: IntakeHead) -> None:
        self._forms.version(head.form_hash)
        self._rows[head.id] = IntakeRow(head=head, progress=Progress(), changed_at=head.started_at)
        self._answers[head.id] = Answers()

    def append(
        self, intake: IntakeId, events: Sequence[AnswerEvent], progress: Progress, at: datetime
    ) -> None:
        row = self.row(intake)
        if not events and row.progress == progress:
            return
        _encodable(events)
        self._answers[intake] = self._answers[intake].apply_all(events)
        self._rows[intake] = replace(row, progress=progress, changed_at=at)

    def destroy(self, intake: IntakeId, tally: str) -> None:
        self.row(intake)
        del self._rows[intake], self._answers[intake]
        self._tallies[tally] = self.tally(tally) + 1

    def tally(self, name: str) -> int:
        return self._tallies.get(name, 0)


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
