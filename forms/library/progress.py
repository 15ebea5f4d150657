"""How far a filling has come, section by section. Layer: forms.library.

A section is a group with a title right below the root; what stands outside of those is one more section,
named by the root itself. It counts questions, never answers' meaning: nothing here
is a verdict.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from forms.engine import Definition, Form, Kind, NodeState, Session
from ournydesk.domain.answers import Said
from ournydesk.domain.ids import Path
from ournydesk.domain.intake import Progress

CONSENT: Final = "ourny:consent"


class SectionState(StrEnum):
    """What the mark beside a section says."""

    DONE = "done"
    PART = "part"
    NONE = "none"
    MEND = "mend"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its state, what is left to ask in it and what is to be mended."""

    path: Path
    name: str
    state: SectionState
    left: tuple[Path, ...] = ()
    mend: tuple[Path, ...] = ()


def sections(session: Session) -> tuple[Section, ...]:
    """All sections in the form's order; one that does not apply at all is ``NOT_ASKED``.

    The root's own stands where the first question outside of the others does.
    """
    root = session.state(session.form.root.path)
    found: list[Section] = []
    loose = False
    for state in session.children():
        if is_section(session, state):
            if _asks(state.definition):
                found.append(_section(session, state))
        elif not loose and (state.kind is Kind.QUESTION or _asks(state.definition)):
            loose = True
            found.append(_section(session, root))
    return tuple(found)


def is_section(session: Session, state: NodeState) -> bool:
    """Whether a node right below the root is a section of its own."""
    return state.kind is Kind.GROUP and bool(session.text(state.path).text.strip())


def inside(session: Session, section: Path) -> tuple[NodeState, ...]:
    """What stands right below a node; below the root, only what is in no other section."""
    children = session.children(section)
    if section != session.form.root.path:
        return children
    return tuple(state for state in children if not is_section(session, state))


def section_of(found: tuple[Section, ...], path: str) -> Section | None:
    """The section a question stands in."""
    holding = [one for one in found if path == one.path or path.startswith(f"{one.path}/")]
    return max(holding, key=lambda one: len(one.path), default=None)


def agreed(session: Session) -> bool:
    """Whether the client has agreed: every question that asks for it has the answer that says so.

    Such a question carries ``ourny:consent`` with the answer; a form without one asks for no consent. An
    answer that breaks its question's rule records nothing: consent to words in a language that nobody
    reviewed is none.
    """
    return all(
        state.answer.text == wanted and state.violation != "constraint"
        for state in session.walk()
        if (wanted := state.definition.attributes.get(CONSENT)) is not None
    )


def asks_consent(form: Form) -> bool:
    """Whether a form has a question that :func:`agreed` looks at."""
    return any(CONSENT in definition.attributes for definition in form.definitions())


def counts(found: tuple[Section, ...], attention: int, *, agreed: bool = False) -> Progress:
    """The same as the list of intakes keeps it."""
    asked = [section for section in found if section.state is not SectionState.NOT_ASKED]
    return Progress(
        sections_done=sum(section.state is SectionState.DONE for section in asked),
        sections=len(asked),
        missing=sum(len(section.left) + len(section.mend) for section in asked),
        attention=attention,
        agreed=agreed,
    )


def questions(session: Session, below: Path) -> Iterator[NodeState]:
    """The questions below a node, rows' included, in document order."""
    for state in inside(session, below):
        if state.kind in {Kind.GROUP, Kind.REPEAT, Kind.ROW}:
            yield from questions(session, state.path)
        elif state.kind is Kind.QUESTION:
            yield state


def _asks(definition: Definition) -> bool:
    return any(child.kind in {Kind.QUESTION, Kind.GROUP, Kind.REPEAT} for child in definition.children)


def _section(session: Session, group: NodeState) -> Section:
    if not group.relevant:
        return Section(group.path, group.definition.name, SectionState.NOT_ASKED)
    asked = [state for state in questions(session, group.path) if state.relevant]
    mend = tuple(state.path for state in asked if state.violation == "constraint")
    left = tuple(state.path for state in asked if state.violation == "required")
    answered = any(state.answer.text or state.answer.said is not Said.VALUE for state in asked)
    if mend:
        state = SectionState.MEND
    elif not answered:
        state = SectionState.NONE
    else:
        state = SectionState.PART if left else SectionState.DONE
    return Section(group.path, group.definition.name, state, left, mend)
