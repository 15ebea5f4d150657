"""Undo: the events that lead from an intake's answers back to what they were. Layer: ui, without Qt."""

from __future__ import annotations

from collections import deque
from typing import Final

from ournydesk.domain.answers import BLANK, AnswerEvent, Answers, AnswerSet, RowAdded, RowRemoved

STEPS: Final = 50


def between(here: Answers, there: Answers) -> tuple[AnswerEvent, ...]:
    """Events that turn one set of answers into another: rows go, rows come back, answers are set."""
    events: list[AnswerEvent] = []
    for path in sorted(set(here.rows) | set(there.rows)):
        wanted, present = there.rows.get(path, ()), here.rows.get(path, ())
        events += [RowRemoved(path, row) for row in present if row not in wanted]
        for index, row in enumerate(wanted):
            if row not in present:
                later = next((other for other in wanted[index + 1 :] if other in present), None)
                events.append(RowAdded(path, row, before=later))
    reached = here.apply_all(events)
    for key in sorted(set(reached.values) | set(there.values)):
        if reached.get(key) != there.get(key):
            events.append(AnswerSet(key, there.values.get(key, BLANK)))
    return tuple(events)


class History:
    """The last fifty states of the answers, as values: nothing is undone by guessing."""

    def __init__(self, answers: Answers) -> None:
        self._past: deque[Answers] = deque(maxlen=STEPS)
        self._present = answers

    def acted(self, answers: Answers) -> None:
        """The answers after an act."""
        self._past.append(self._present)
        self._present = answers

    def back(self, here: Answers) -> tuple[AnswerEvent, ...]:
        """Events that take the last act back; none when there is nothing to take back."""
        return between(here, self._past.pop()) if self._past else ()

    def moved(self, answers: Answers) -> None:
        """The answers after going back; not an act of its own."""
        self._present = answers
