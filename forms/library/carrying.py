"""Answers of one intake that another one asks for again, each with its origin. Layer: forms.library.

One client's screening goes before the naturalization intake; a second person of a household is started
from chosen blocks of the first. Answers are offered, never put in silently, and only from the blocks named
here: consent, what was said alone, and everything about conduct is asked anew of everybody. Where a
substitute address keeps a client safe, no address is carried at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from forms.engine import Kind, NodeState, Session, StepRefused
from forms.library.items import ITEM
from ournydesk.domain.answers import AnswerEvent, Said
from ournydesk.domain.ids import Path

BLOCKS: Final = {
    "person": frozenset(
        (
            "P2.1.family",
            "P2.1.given",
            "P2.5",
            "P2.6",
            "P2.7",
            "P2.8",
            "P2.9",
            "P5.1",
            "a_number",
            "S.native_name",
        )
    ),
    "contact": frozenset(("P11.phone", "P11.mobile", "P11.email", "C.safe_contact", "C.call_name")),
    "language": frozenset(("C.spoken",)),
    "home": frozenset(
        (
            *("P4.1.street", "P4.1.unit_type", "P4.1.unit", "P4.1.city", "P4.1.state", "P4.1.zip"),
            *("P4.1.province", "P4.1.postal", "P4.1.country", "P4.1.from"),
        )
    ),
    "family": frozenset(("P2.1.family",)),
}
"""What may be carried. ``family`` is what a second person of a household shares: the name."""
WHOLE: Final = ("person", "contact", "language", "home")
"""For the same client's next form."""
SAME: Final = {
    "S.spoken": "C.spoken", "I.spoken": "C.spoken",
    "S.safe_contact": "C.safe_contact", "I.safe_contact": "C.safe_contact",
    "S.call_name": "C.call_name", "I.call_name": "C.call_name",
    "I.phone": "P11.phone", "I.email": "P11.email",
    "S.birth_country": "P2.8", "S.marital": "P5.1", "S.zip": "P4.1.zip",
}  # fmt: skip
"""Items of different names that ask the same."""
SUBSTITUTE: Final = "C.acp"
HOUSEHOLD: Final = "C.household_copy"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an answer was given."""

    form_title: str
    ticket: int


@dataclass(frozen=True, slots=True)
class Carried:
    """One answer that is offered, the question it would answer, and where it comes from."""

    path: Path
    text: str
    origin: Origin


def offered(
    theirs: Session, mine: Session, origin: Origin, *, blocks: Collection[str] = WHOLE
) -> tuple[Carried, ...]:
    """The answers of one intake that another has not got yet, in the order of the one that asks.

    An answer the other form does not offer as a choice is left out: it has to be given anew. Raises
    KeyError for a block that does not exist.
    """
    given = dict(_given(theirs, _wanted(theirs, blocks)))
    found = []
    for state in _asked(mine):
        told = given.get(_item(state))
        text = "" if told is None or not state.answer.blank else _fitting(mine, state, *told)
        if text:
            found.append(Carried(state.path, text, origin))
    return tuple(found)


def household_blocks(theirs: Session) -> tuple[str, ...]:
    """The blocks that the first person of a household allows for another; none when nobody was asked."""
    chosen = next((one.value for one in _asked(theirs) if _item(one) == HOUSEHOLD and one.relevant), "")
    return tuple(name for name in chosen.split() if name in BLOCKS)


def take(mine: Session, chosen: Iterable[Carried]) -> tuple[AnswerEvent, ...]:
    """Put chosen answers into a filling; the events to save. What is not asked now is left out."""
    events: list[AnswerEvent] = []
    for one in chosen:
        try:
            events += mine.set(one.path, one.text).events
        except StepRefused:
            continue
    return tuple(events)


def _wanted(theirs: Session, blocks: Collection[str]) -> frozenset[str]:
    hidden = any(_item(state) == SUBSTITUTE and state.value == "Y" for state in _asked(theirs))
    names = (name for name in blocks if not (hidden and name == "home"))
    return frozenset().union(*(BLOCKS[name] for name in names))


def _given(theirs: Session, wanted: frozenset[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """The value and the words of every wanted answer."""
    for state in _asked(theirs):
        item = _item(state)
        if item in wanted and state.relevant and state.value and state.answer.said is Said.VALUE:
            labels = {one.value: one.label.text for one in theirs.choices(state.path)}
            yield item, (state.value, labels.get(state.value, ""))


def _fitting(mine: Session, state: NodeState, value: str, words: str) -> str:
    """The answer as the other form takes it; empty when it takes none such."""
    if state.definition.control in {"select", "select1"}:
        known = {one.value for one in mine.choices(state.path)}
        return value if set(value.split()) <= known else ""
    # A country chosen from a list becomes its name; "another country" says nothing.
    return "" if words and value == "other" else words or value


def _asked(session: Session) -> Iterator[NodeState]:
    """The questions outside of tables."""
    return (one for one in session.walk() if one.kind is Kind.QUESTION and "[" not in one.path)


def _item(state: NodeState) -> str:
    item = state.definition.attributes.get(ITEM, "")
    return SAME.get(item, item)
