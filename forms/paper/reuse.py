"""Answers of one form that another form asks for again. Layer: forms.paper.

Which items read the same stands in the map (``same_as``). What was answered for the form itself wins.
"""

from __future__ import annotations

from collections.abc import Mapping

from forms.paper.paper_map import PaperMap, SameAs


def reused(
    paper_map: PaperMap, form: str, theirs: Mapping[str, object], own: Mapping[str, object]
) -> dict[str, object]:
    """``own`` items, and those that ``theirs``, items of the other ``form``, answer as well.

    An answer that this form does not offer (``separated`` on a form with four boxes) is left out: it
    has to be given anew.
    """
    answers = _flat(theirs)
    found = {
        item: answers[other]
        for same in paper_map.same_as
        if same.form.casefold() == form.casefold() and _holds(same, answers)
        for item, other in same.items.items()
        if answers.get(other) not in (None, "") and _offered(paper_map, item, answers[other])
    }
    return {**found, **own}


def _holds(same: SameAs, answers: Mapping[str, object]) -> bool:
    return all(answers.get(item) == wanted for item, wanted in same.when.items())


def _offered(paper_map: PaperMap, item: str, value: object) -> bool:
    question = paper_map.question(item)
    if question is None or not question.marks:
        return True
    offered = {mark.answer for mark in question.marks}
    return offered.issuperset(str(each) for each in (value if isinstance(value, list) else [value]))


def _flat(items: Mapping[str, object]) -> dict[str, object]:
    """``{"P3.3": {"feet": 5}}`` as ``P3.3.feet``."""
    flat: dict[str, object] = {}
    for name, value in items.items():
        if isinstance(value, Mapping):
            flat.update({f"{name}.{inner}": each for inner, each in value.items()})
        else:
            flat[name] = value
    return flat
