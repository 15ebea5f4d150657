"""Fillings of the legal screening, and invented clients who went through it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Final

from forms.engine import Definition, Form, Kind, NodeState, Session, compile_xlsform, load_form
from forms.library import LibraryForm, library
from ournydesk.domain.answers import Said
from ournydesk.law.tables import Tables, read_tables

TODAY: Final = date(2026, 11, 23)
NOON: Final = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ENGLISH: Final = "English (en)"
SPANISH: Final = "Spanish (es)"
PLAIN: Final[Mapping[str, str]] = {
    "heard_in": "en",
    "agrees": "Y",
    "scope_understood": "Y",
    "role": "volunteer",
    "spoken": "es",
    "safe_contact": "text",
    "alone": "Y",
    "held": "none",
    "dob": "1990-05-05",
    "birth_country": "Mexico",
    "same_nationality": "Y",
    "arrived": "2015-03-01",
    "last_how": "visa",
    "depth": "short",
    "status": "none",
    "marital": "single",
    "home_safe": "Y",
    "fears": "no",
}
"""A client of 36 who came on a visa eleven years ago: everything else is no."""


@cache
def tables() -> Tables:
    return read_tables()


def the_screening() -> LibraryForm:
    [found] = [one for one in library() if one.id == "screening"]
    return found


@cache
def the_form() -> Form:
    compiled = compile_xlsform(the_screening().folder)
    return load_form(compiled.xml, compiled.files)


@cache
def paths() -> Mapping[str, str]:
    """The path of every question outside of tables, by its name."""
    return {one.name: one.path for one in questions() if not _in_table(one)}


def questions() -> Iterator[Definition]:
    return (one for one in the_form().definitions() if one.kind is Kind.QUESTION and one.control)


def told(**answers: str | Said) -> Session:
    """A filling with these answers; a Said stands for "does not know" or "prefers not to say"."""
    session = Session.start(the_form(), NOON)
    for name in sorted(answers, key=list(paths()).index):
        _answer(session, name, answers[name])
    return session


def a_client(**changed: str | Said) -> Session:
    """The plain client with something changed; what is then no longer asked is left out."""
    session = Session.start(the_form(), NOON)
    answers: dict[str, str | Said] = {**PLAIN, **changed}
    for name in sorted(answers, key=list(paths()).index):
        if name in changed or session.state(paths()[name]).relevant:
            _answer(session, name, answers[name])
    return session


def a_row(session: Session, table: str, **answers: str) -> None:
    """One more row of a table."""
    [repeat] = [one for one in session.form.definitions() if one.kind is Kind.REPEAT and one.name == table]
    empty = [one for one in session.children(repeat.path) if one.is_row and not _answered(session, one)]
    row = empty[0].path if empty else f"{repeat.path}[{session.add_row(repeat.path).row}]"
    for name, answer in answers.items():
        session.set(f"{row}/{name}", answer)


def walk_through(
    answers: Mapping[str, str], choose: Callable[[Sequence[str]], str] = lambda offered: usual(offered, "N")
) -> tuple[Session, list[str]]:
    """Answer every question as it comes up, and say which were asked, in order."""
    session = Session.start(the_form(), NOON)
    asked: list[str] = []
    seen: set[str] = set()
    while True:
        todo = next((one for one in _open(session) if one.path not in seen), None)
        if todo is None:
            return session, asked
        seen.add(todo.path)
        asked.append(todo.definition.name)
        answer = answers.get(todo.definition.name) or _fitting(session, todo, choose)
        if answer:
            session.set(todo.path, answer)


def usual(offered: Sequence[str], wanted: str) -> str:
    """The wanted answer, else nothing special."""
    return next((value for value in (wanted, "none") if value in offered), offered[0])


def _fitting(session: Session, state: NodeState, choose: Callable[[Sequence[str]], str]) -> str:
    if state.definition.control in {"select", "select1"}:
        return choose([choice.value for choice in session.choices(state.path)])
    if not state.required:
        return ""
    return "2020-02-02" if state.definition.type == "date" else "Example"


def _answer(session: Session, name: str, answer: str | Said) -> None:
    if isinstance(answer, Said):
        session.set(paths()[name], "", answer)
    else:
        session.set(paths()[name], answer)


def _open(session: Session) -> Iterator[NodeState]:
    return (one for one in session.walk() if one.kind is Kind.QUESTION and one.relevant)


def _answered(session: Session, row: NodeState) -> bool:
    return any(not one.answer.blank for one in session.children(row.path))


def _in_table(definition: Definition) -> bool:
    form, at = the_form(), definition.parent
    while at:
        above = form.definition(at)
        if above.kind is Kind.REPEAT:
            return True
        at = above.parent
    return False
