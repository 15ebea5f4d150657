"""Items of a file, run through the form they belong to before they go on paper. Layer: cli."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, cast

from forms.engine import NodeState, Session, compile_xlsform, load_form
from forms.paper.paper_map import PaperMap
from ournydesk.clock import Clock
from ournydesk.errors import BadInput

ITEM: Final = "ourny:item"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Items as the form lets them stand, those it makes irrelevant, and what it still asks for."""

    items: Mapping[str, object]
    left_off: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class _Done(Protocol):
    """What ``forms.library.items`` says about a filling."""

    refused: Sequence[object]
    left_off: Sequence[object]


class _Library(Protocol):
    """What is used of ``forms.library.items``."""

    def fill_from_items(self, session: Session, items: Mapping[str, object]) -> _Done: ...
    def items_of(self, session: Session) -> dict[str, object]: ...


def run_through(paper_map: PaperMap, items: Mapping[str, object], clock: Clock) -> Asked:
    """Answer the form beside the map with ``items``; without a form there they stand as they are.

    Items the paper has and the form does not ask for go on paper as given. Raises BadInput naming the
    first item that breaks a rule of the form or that it cannot hold.
    """
    if not (paper_map.folder / "survey.csv").is_file():
        return Asked(items=items)
    # Loaded only here: a blank is looked into without waiting for the form compiler.
    library = cast("_Library", importlib.import_module("forms.library.items"))
    compiled = compile_xlsform(paper_map.folder)
    form = load_form(compiled.xml, compiled.files)
    session = Session.start(form, clock.now())
    done = library.fill_from_items(session, items)
    if done.refused:
        raise BadInput(f"{_name(done.refused[0])} cannot be answered so: the form does not take it.")
    wrong = session.violations()
    for state in wrong:
        if state.violation == "constraint":
            raise BadInput(f"{_item(state)} is {state.value!r}: {_reason(session, state)}")
    asked = {each.attributes.get(ITEM, "") for each in form.definitions()}
    unasked = {name: value for name, value in items.items() if not _asks(asked, name)}
    return Asked(
        items={**unasked, **library.items_of(session)},
        left_off=tuple(_name(each) for each in done.left_off),
        missing=tuple(dict.fromkeys(_item(state) for state in wrong if state.violation == "required")),
    )


def _asks(asked: set[str], name: str) -> bool:
    """Whether the form has a question for the item, or for parts of it (``P3.3.feet`` for ``P3.3``)."""
    return name in asked or any(each.startswith(f"{name}.") for each in asked)


def _item(state: NodeState) -> str:
    """The item a question answers, with the row it stands in; its place where it has no item."""
    return state.definition.attributes.get(ITEM) or state.ref


def _reason(session: Session, state: NodeState) -> str:
    said = session.text(state.path, "constraint").text
    return said or "the form does not allow this answer."


def _name(told: object) -> str:
    return str(getattr(told, "item", told))
