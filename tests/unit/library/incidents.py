"""Fillings of the incident report, and what invented callers told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Final

from forms.engine import Definition, Form, Kind, NodeState, Session, compile_xlsform, load_form
from forms.library import LibraryForm, library
from ournydesk.domain.answers import Said
from ournydesk.domain.ids import Path

NOON: Final = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ENGLISH: Final = "English (en)"
SPANISH: Final = "Spanish (es)"
PLAIN: Final[Mapping[str, str]] = {
    "heard_in": "en",
    "agrees": "Y",
    "danger": "N",
    "held": "N",
    "child": "N",
    "kinds": "hate",
    "what": "A man shouted at a woman on the stairs.",
    "county": "Queens",
    "happened": "2026-11-20",
    "role": "affected",
    "spoken": "es",
    "safe_contact": "call",
    "phone": "2125550100",
    "more": "N",
}
"""A plain call: nobody is in danger, and one kind of thing happened."""
SHARED: Final[Mapping[str, str]] = {
    "minor": "N",
    "explained_by": "Seat 4",
    "explained_in": "es",
    "explained_through": "N",
    "explained_on": "2026-11-23",
}
"""What is written down of how consent was explained."""


def the_incident() -> LibraryForm:
    [found] = [one for one in library() if one.id == "incident"]
    return found


@cache
def the_form() -> Form:
    compiled = compile_xlsform(the_incident().folder)
    return load_form(compiled.xml, compiled.files)


def questions() -> Iterator[Definition]:
    return (one for one in the_form().definitions() if one.kind is Kind.QUESTION and one.control)


@cache
def paths() -> Mapping[str, str]:
    """The path of every node outside of tables, by its name."""
    tables = [f"{one.path}/" for one in the_form().definitions() if one.kind is Kind.REPEAT]
    found = [one for one in the_form().definitions() if not one.path.startswith(tuple(tables))]
    return {one.name: one.path for one in found}


def put(session: Session, **answers: str | Said) -> Session:
    """Answer questions outside of tables, in this order."""
    for name, answer in answers.items():
        if isinstance(answer, Said):
            session.set(paths()[name], "", answer)
        else:
            session.set(paths()[name], answer)
    return session


def a_call(**changed: str | Said) -> Session:
    """The plain call with something changed or added; what is then not asked is left out."""
    session = Session.start(the_form(), NOON)
    answers: dict[str, str | Said] = {**PLAIN, **changed}
    for name in sorted(answers, key=list(paths()).index):
        if name in changed or session.state(paths()[name]).relevant:
            put(session, **{name: answers[name]})
    return session


def a_report(**changed: str | Said) -> Session:
    """The plain call, gone on with, and consent explained."""
    return a_call(**{"more": "Y", **SHARED, **changed})


def row_paths(session: Session, table: str) -> tuple[Path, ...]:
    return tuple(one.path for one in session.children(paths()[table]) if one.is_row)


def a_row(session: Session, table: str, **answers: str | Said) -> Path:
    """One more row of a table, or its first empty one; its path."""
    empty = [path for path in row_paths(session, table) if not _answered(session, path)]
    row = empty[0] if empty else Path(f"{paths()[table]}[{session.add_row(paths()[table]).row}]")
    for name, answer in answers.items():
        if isinstance(answer, Said):
            session.set(f"{row}/{name}", "", answer)
        else:
            session.set(f"{row}/{name}", answer)
    return row


def walk_through(
    answers: Mapping[str, str], choose: Callable[[Sequence[str]], str] = lambda offered: usual(offered, "N")
) -> tuple[Session, list[str]]:
    """Answer every question as it comes up, and say which were asked, in order."""
    session = Session.start(the_form(), NOON)
    asked: list[str] = []
    seen: set[str] = set()
    while True:
        open_ = (one for one in session.walk() if one.kind is Kind.QUESTION and one.relevant)
        todo = next((one for one in open_ if one.path not in seen), None)
        if todo is None:
            return session, asked
        seen.add(todo.path)
        asked.append(todo.definition.name)
        answer = answers.get(todo.definition.name) or _fitting(session, todo, choose)
        if answer:
            session.set(todo.path, answer)


def usual(offered: Sequence[str], wanted: str) -> str:
    """The wanted answer, else nothing special."""
    return next((value for value in (wanted, "none", "nobody") if value in offered), offered[0])


FITTING: Final = {
    "date": "2026-11-22",
    "int": "2",
    "phone": "2125550100",
    "email": "someone@example.org",
    "a-number": "012345678",
    "digits": "112",
}


def _fitting(session: Session, state: NodeState, choose: Callable[[Sequence[str]], str]) -> str:
    definition = state.definition
    if definition.control in {"select", "select1"}:
        offered = [choice.value for choice in session.choices(state.path)]
        return choose(offered) if offered else ""
    kind = definition.attributes.get("ourny:kind", definition.type)
    return FITTING.get(kind) or FITTING.get(definition.type, "Example")


def _answered(session: Session, row: Path) -> bool:
    return any(one.kind is Kind.QUESTION and not one.answer.blank for one in session.children(row))
