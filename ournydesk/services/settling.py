"""Where two people wrote without having seen each other: what stands, and a person's word on it.

Layer: services. Nothing is decided by a clock: every answer that nobody wrote over stays, until somebody who
may write in the record chooses one or writes another. What was not chosen stays in the record's history.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from forms.engine import Definition, Session, StepRefused
from forms.library.items import ITEM
from forms.library.progress import section_of, sections
from ournydesk.clock import Clock
from ournydesk.domain import merge
from ournydesk.domain.answers import Answer, AnswerEvent, AnswerSet, RowRemoved, Said
from ournydesk.domain.case import Conflict, Rival, TornRow
from ournydesk.domain.days import english_day
from ournydesk.domain.ids import IntakeId, Path, RowId
from ournydesk.domain.merge import KeptRow, Live, Merged
from ournydesk.domain.operations import DeviceId, RecordId
from ournydesk.domain.record import Dot, Stamp
from ournydesk.errors import Refused
from ournydesk.ports import OpenVault
from ournydesk.services import records
from ournydesk.services.intakes import LoadForm, open_intake

CRITICAL: Final = frozenset(("a-number", "name", "phone", "ssn"))
KIND: Final = "ourny:kind"
SAID: Final = {Said.UNKNOWN: "Does not know", Said.DECLINED: "Prefers not to say"}
NameOf = Callable[[DeviceId, int, Stamp], str]
"""(device, its place, when): whom an operation is named after."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What two people left open in one record, put into words with the record's own form."""

    session: Session
    state: Merged
    name_of: NameOf

    def conflicts(self) -> tuple[Conflict, ...]:
        """Answers that were given twice and differ."""
        return tuple(self._conflict(path) for path in self.state.conflicts)

    def rows(self) -> tuple[TornRow, ...]:
        """Rows that one removed while another wrote in them."""
        return tuple(self._row(kept) for kept in self.state.removed_but_edited)

    def _conflict(self, path: Path) -> Conflict:
        definition = self._definition(path)
        choices = self._choices(path)
        return Conflict(
            path=path,
            question=self._label(path),
            section=self._section(path),
            rivals=tuple(self._rival(live, path) for live in self.state.live[path]),
            blocks=self._blocks(path),
            type=definition.type if definition is not None else "string",
            kind=definition.attributes.get(KIND, "") if definition is not None else "",
            options=tuple(choices.items()),
            several=definition is not None and definition.control != "select1" and bool(choices),
        )

    def _rival(self, live: Live, path: Path) -> Rival:
        return Rival(
            dot=live.dot,
            answer=live.answer,
            shown=self._shown(path, live.answer),
            by=self.name_of(live.dot.device, live.dot.dseq, live.at),
            at=moment(live.at),
        )

    def _row(self, kept: KeptRow) -> TornRow:
        rows = self.state.answers.rows.get(kept.path, ())
        inside = f"{kept.path}[{kept.row}]/"
        words = [
            self._shown(path, answer)
            for path, answer in self.state.answers.values.items()
            if path.startswith(inside) and not answer.blank
        ]
        return TornRow(
            path=kept.path,
            row=kept.row,
            label=self._label(kept.path),
            number=rows.index(kept.row) + 1 if kept.row in rows else 0,
            words=", ".join(words[:4]),
            removed_by=self._names(kept.taken),
            edited_by=self._names(kept.edited),
        )

    def _names(self, dots: tuple[Dot, ...]) -> str:
        times = self._times()
        names = (self.name_of(dot.device, dot.dseq, times.get(dot, Stamp(0, 0))) for dot in dots)
        return ", ".join(dict.fromkeys(name for name in names if name))

    def _times(self) -> dict[Dot, Stamp]:
        """When the writes were made that may have to be named."""
        times = {live.dot: live.at for lives in self.state.live.values() for live in lives}
        for writes in self.state.rows.values():
            times |= {one.dot: one.at for one in writes.puts}
            times |= {one.dot: one.at for one in writes.takings}
        return times

    def _label(self, path: Path) -> str:
        try:
            return self.session.text(path).text.strip() or path.rpartition("/")[2]
        except StepRefused:
            return path.rpartition("/")[2]

    def _section(self, path: Path) -> str:
        section = section_of(sections(self.session), path)
        return self._label(section.path) if section is not None else ""

    def _definition(self, path: Path) -> Definition | None:
        try:
            return self.session.state(path).definition
        except StepRefused:
            return None

    def _choices(self, path: Path) -> dict[str, str]:
        try:
            return {choice.value: choice.label.text for choice in self.session.choices(path)}
        except StepRefused:
            return {}

    def _shown(self, path: Path, answer: Answer) -> str:
        if answer.said in SAID:
            return SAID[answer.said]
        if not answer.text:
            return "No answer"
        choices = self._choices(path)
        if choices:
            return ", ".join(choices.get(word, word) for word in answer.text.split())
        definition = self._definition(path)
        if definition is not None and definition.type == "date":
            try:
                return english_day(date.fromisoformat(answer.text))
            except ValueError:
                return answer.text
        return answer.text

    def _blocks(self, path: Path) -> bool:
        """Whether printing waits: what an official form prints, dates, names and numbers."""
        definition = self._definition(path)
        if definition is None:
            return True
        marks = definition.attributes
        return definition.type == "date" or ITEM in marks or marks.get(KIND, "") in CRITICAL


def problem(session: Session, path: Path, answer: Answer) -> str:
    """Why the form takes no such answer, in the form's own words; empty when it does."""
    try:
        session.set(path, answer.text, answer.said)
        state = session.state(path)
    except StepRefused:
        return ""  # a question of another version, or one that does not apply now: it is not asked here
    if state.violation != "constraint":
        return ""
    said = session.text(path, "constraint").text.strip()
    return said or "This answer does not fit the question. Look at it again."


def check(intake: IntakeId, *, load: LoadForm, vault: OpenVault, clock: Clock) -> None:
    """Raise Refused("refused.conflict") while something that an official form prints is open in a record."""
    state = records.merged(vault, RecordId(intake))
    if not state.conflicts and not state.removed_but_edited:
        return
    opened = open_intake(intake, intakes=vault.intakes, forms=vault.forms, load=load)
    session = Session.open(opened.form, opened.answers, clock.now().astimezone())
    still = Disagreement(session, state, lambda _device, _place, _at: "")
    if state.removed_but_edited or any(conflict.blocks for conflict in still.conflicts()):
        raise Refused("refused.conflict", open=len(state.conflicts) + len(state.removed_but_edited))


def settle(name: RecordId, path: Path, answer: Answer, *, vault: OpenVault, clock: Clock) -> None:
    """Sign one answer in place of every live one; those stay in the history."""
    _write(name, AnswerSet(path, answer), vault=vault, clock=clock)


def keep_row(name: RecordId, path: Path, row: RowId, *, vault: OpenVault, clock: Clock) -> None:
    """Sign that a row stays which one removed while another wrote in it."""
    put = merge.keep_row(records.merged(vault, name), path, row)
    records.add(name, [put], vault=vault, clock=clock)


def remove_row(name: RecordId, path: Path, row: RowId, *, vault: OpenVault, clock: Clock) -> None:
    """Sign that it goes, with all that is in it now."""
    _write(name, RowRemoved(path, row), vault=vault, clock=clock)


def moment(at: Stamp) -> datetime:
    """A stamp as a time, aware, UTC."""
    return datetime.fromtimestamp(at.ms / 1000, UTC)


def _write(name: RecordId, event: AnswerEvent, *, vault: OpenVault, clock: Clock) -> None:
    intake = IntakeId(name)
    with vault.together():
        vault.intakes.append(intake, [event], vault.intakes.row(intake).progress, clock.now())
        records.seal(intake, vault=vault, clock=clock)
