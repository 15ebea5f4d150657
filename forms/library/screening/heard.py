"""What was heard in a screening, kept as it was said. Layer: forms.library.

*Yes*, *no*, *not known* (also "prefers not to say") and *blank* stay four different things: the law takes a
fact that is not known for possible, and one that nobody asked about for not so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from forms.engine import Kind, NodeState, Session
from ournydesk.domain.answers import Said
from ournydesk.law.dates import PartialDate, When, earliest, latest, read_when

_WRITTEN_PART: Final = {"month": 7, "year": 4}


class Told(StrEnum):
    """One yes-or-no as it was heard."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    BLANK = "blank"


class Heard:
    """The answers of a filling, or of one row of a table, by the names of their questions.

    An answer in a branch that does not apply is blank.
    """

    def __init__(self, session: Session, states: Iterable[NodeState] | None = None) -> None:
        self._session = session
        walked = session.walk() if states is None else states
        self._states: Mapping[str, NodeState] = {
            state.definition.name: state
            for state in walked
            if state.relevant and (state.kind is Kind.QUESTION or _is_table(state))
        }

    @classmethod
    def of(cls, told: Session | Heard) -> Heard:
        """The answers of a filling; what was heard already is not gone through again."""
        return told if isinstance(told, Heard) else cls(told)

    def text(self, name: str) -> str:
        """The answer's value, empty when there is none."""
        state = self._states.get(name)
        return "" if state is None or state.answer.said is not Said.VALUE else state.value

    def given(self, name: str) -> Told:
        """Yes when there is an answer, not known when that was said, else blank."""
        state = self._states.get(name)
        if state is not None and state.answer.said is not Said.VALUE:
            return Told.UNSURE
        return Told.YES if self.text(name) else Told.BLANK

    def declined(self, name: str) -> bool:
        """Whether the client preferred not to say."""
        state = self._states.get(name)
        return state is not None and state.answer.said is Said.DECLINED

    def yes(self, name: str) -> Told:
        """The answer to a yes-or-no question."""
        return self.among(name, "Y")

    def among(self, name: str, *values: str) -> Told:
        """Whether one of these was chosen."""
        given = self.given(name)
        if given is not Told.YES:
            return given
        return truth(bool(set(self.text(name).split()) & set(values)))

    def when(self, name: str, sure: str = "") -> When | None:
        """A date; a month or a year when the question ``sure`` says that is all that is known.

        Someone who cannot say how sure the date is gave a year.
        """
        text = self.text(name)
        if not text:
            return None
        part = "year" if sure and self.given(sure) is Told.UNSURE else self.text(sure) if sure else ""
        try:
            return read_when(text[: _WRITTEN_PART.get(part, len(text))])
        except ValueError:
            return None

    def day(self, name: str) -> date | None:
        """A date known to the day."""
        when = self.when(name)
        return when if isinstance(when, date) else None

    def rows(self, name: str) -> tuple[Heard, ...]:
        """The rows of a table, each to be asked like the whole."""
        table = self._states.get(name)
        if table is None:
            return ()
        return tuple(
            Heard(self._session, self._session.children(row.path))
            for row in self._session.children(table.path)
            if row.is_row
        )


def truth(so: bool) -> Told:
    """Yes or no."""
    return Told.YES if so else Told.NO


def any_of(*told: Told) -> Told:
    """Yes when one is; blank only when all are."""
    for strongest in (Told.YES, Told.UNSURE, Told.NO):
        if strongest in told:
            return strongest
    return Told.BLANK


def all_of(*told: Told) -> Told:
    """Yes when all are; no when one is not; blank before not known."""
    for strongest in (Told.NO, Told.BLANK, Told.UNSURE):
        if strongest in told:
            return strongest
    return Told.YES


def by(when: When | None, last: date, otherwise: Told = Told.BLANK) -> Told:
    """Whether it was on or before a day; ``otherwise`` when there is no date."""
    if when is None:
        return otherwise
    if latest(when) <= last:
        return Told.YES
    return Told.NO if earliest(when) > last else Told.UNSURE


def between(first: date, last: date) -> When:
    """A day that lies somewhere in a span."""
    return first if first == last else PartialDate(first, last)


def _is_table(state: NodeState) -> bool:
    return state.kind is Kind.REPEAT and not state.is_row
