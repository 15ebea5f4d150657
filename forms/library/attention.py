"""When a volunteer calls the attorney: what a form marks with ``ourny:attention``. Layer: forms.library.

The mark lists the answers after which an attorney is to read the case. It says nothing about what such an
answer means, and nothing here does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from forms.engine import Kind, Session
from ournydesk.domain.answers import Said
from ournydesk.domain.ids import Path

ATTENTION: Final = "ourny:attention"
ITEM: Final = "ourny:item"


@dataclass(frozen=True, slots=True)
class Attention:
    """One answer an attorney is to read before anything is printed or filed."""

    path: Path
    item: str
    answered: str
    """The value chosen, or ``unknown`` or ``declined`` where the form asks for these too."""


def attention(session: Session) -> tuple[Attention, ...]:
    """The answers that call for an attorney, in the form's order."""
    found = []
    for state in session.walk():
        marked = state.definition.attributes.get(ATTENTION)
        if marked is None or state.kind is not Kind.QUESTION or not state.relevant:
            continue
        answered = state.value if state.answer.said is Said.VALUE else state.answer.said.value
        if answered and answered in marked.split():
            found.append(Attention(state.path, state.definition.attributes.get(ITEM, ""), answered))
    return tuple(found)
