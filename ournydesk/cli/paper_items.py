"""Items of a file, run through the form they belong to before they go on paper. Layer: cli."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forms.engine import Session, compile_xlsform, load_form
from forms.library.fee_waiver.facts import worked_out
from forms.library.items import ITEM, fill_from_items, items_of
from forms.paper.paper_map import PaperMap
from ournydesk.clock import Clock
from ournydesk.errors import BadInput
from ournydesk.law.fees import read_fees


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Items as the form lets them stand, those it makes irrelevant, and what it still asks for."""

    items: Mapping[str, object]
    left_off: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def run_through(paper_map: PaperMap, items: Mapping[str, object], clock: Clock) -> Asked:
    """Answer the form beside the map with ``items``; without one they stand, with what follows from them.

    Items that the paper has and the form never asks for go on paper as given. Raises BadInput naming
    the first item that breaks a rule of the form or that it cannot hold.
    """
    if paper_map.form == "I-912":
        return Asked(items=worked_out(items, read_fees(), clock.now().date()))
    if not (paper_map.folder / "survey.csv").is_file():
        return Asked(items=items)
    compiled = compile_xlsform(paper_map.folder)
    form = load_form(compiled.xml, compiled.files)
    session = Session.start(form, clock.now())
    known = {each.attributes.get(ITEM, "") for each in form.definitions()}
    unasked = {name: value for name, value in items.items() if not _asks(known, name)}
    done = fill_from_items(session, {name: value for name, value in items.items() if name not in unasked})
    if done.refused:
        raise BadInput(done.refused[0].message)
    return Asked(
        items={**unasked, **items_of(session)},
        left_off=tuple(dict.fromkeys(done.left_off)),
        missing=tuple(dict.fromkeys(done.missing)),
    )


def _asks(known: set[str], name: str) -> bool:
    """Whether the form has a question for the item, or for parts of it (``P3.3.feet`` for ``P3.3``)."""
    return name in known or any(each.startswith(f"{name}.") for each in known)
