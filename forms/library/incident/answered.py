"""The answers of an incident report by the names of their questions. Layer: forms.library.

An answer in a branch that does not apply is blank. *Unknown* and *declined* stay apart from blank.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from forms.engine import Kind, NodeState, Session
from ournydesk.domain.answers import BLANK, Answer, Said


class Answered:
    """A filling, or one row of a table, to be asked by name."""

    def __init__(self, session: Session, states: Iterable[NodeState] | None = None) -> None:
        self._session = session
        walked = session.walk() if states is None else states
        self._states: Mapping[str, NodeState] = {
            state.definition.name: state for state in walked if state.relevant and not state.is_row
        }

    def answer(self, name: str) -> Answer:
        """The answer as it was given, blank when there is none."""
        state = self._states.get(name)
        return BLANK if state is None else state.answer

    def text(self, name: str) -> str:
        """The value chosen, written or worked out; empty when there is none."""
        state = self._states.get(name)
        return "" if state is None or state.answer.said is not Said.VALUE else state.value

    def words(self, name: str) -> tuple[str, ...]:
        """The values chosen of a list."""
        return tuple(self.text(name).split())

    def rows(self, name: str) -> tuple[Answered, ...]:
        """The rows of a table in which anything was answered."""
        table = self._states.get(name)
        if table is None:
            return ()
        found = []
        for row in self._session.children(table.path):
            cells = self._session.children(row.path)
            if row.is_row and any(one.kind is Kind.QUESTION and not one.answer.blank for one in cells):
                found.append(Answered(self._session, cells))
        return tuple(found)
