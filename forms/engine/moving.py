"""Moving a draft to another version of its form: what is kept, moved, missing and dropped.

Layer: forms.engine. Nothing is changed in place: a :class:`Move` can be shown first, taken by storing
``after``, and undone by storing ``before`` again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from forms.engine.definitions import Kind
from forms.engine.form import Form
from forms.engine.session import Session
from ournydesk.domain.answers import Answer, Answers, Said
from ournydesk.domain.ids import Path, RowId

_ROW: Final = re.compile(r"\[[0-9a-f]{32}\]")


@dataclass(frozen=True, slots=True)
class Move:
    """A draft before and after, and what becomes of each answer."""

    before: Answers
    after: Answers
    kept: tuple[Path, ...]
    """Answers that stand where they stood."""
    moved: tuple[tuple[Path, Path], ...]
    """Answers whose question stands elsewhere now: from, to."""
    needed: tuple[Path, ...]
    """Questions of the new version that want an answer and have none."""
    dropped: tuple[Path, ...]
    """Answers the new version has no place for. They are in ``before``."""


def move(old: Form, answers: Answers, new: Form, now: datetime) -> Move:
    """What becomes of a draft of ``old`` under ``new``."""
    values: dict[Path, Answer] = {}
    rows: dict[Path, tuple[RowId, ...]] = {}
    kept: list[Path] = []
    moved: list[tuple[Path, Path]] = []
    dropped: list[Path] = []
    places = _places(old, new)
    for path, answer in answers.values.items():
        plain = _ROW.sub("", path)
        target = places.get(plain)
        if plain == old.root.path:
            values[Path(new.root.path)] = Answer(new.hash)
        elif target is None or not _fits(new, target, answer):
            dropped.append(path)
        elif target == plain:
            values[path] = answer
            kept.append(path)
        else:
            there = _with_rows(path, target)
            values[there] = answer
            moved.append((path, there))
    for path, ids in answers.rows.items():
        target = places.get(_ROW.sub("", path))
        if target is not None:
            rows[_with_rows(path, target)] = ids
    after = Session.open(new, Answers(values, rows), now)
    needed = tuple(state.path for state in after.violations() if state.violation == "required")
    return Move(answers, after.answers, tuple(kept), tuple(moved), needed, tuple(dropped))


def _places(old: Form, new: Form) -> dict[str, str]:
    """Where each path of the old version stands in the new one; paths without a place are not there."""
    places: dict[str, str] = {}
    for spec in old.ordered:
        path = spec.path
        if path in new and new.specs[path].leaf == spec.leaf and _repeats(new, path) == _repeats(old, path):
            places[path] = path
            continue
        same = [other.path for other in new.ordered if other.definition.name == spec.definition.name]
        strangers = [other for other in same if other not in old]
        fitting = [other for other in strangers if _repeats(new, other) == _repeats(old, path)]
        if len(fitting) == 1 and new.specs[fitting[0]].leaf == spec.leaf:
            places[path] = fitting[0]
    return places


def _repeats(form: Form, path: str) -> tuple[str, ...]:
    """The names of the repeats at and above a path, outermost first."""
    return tuple(_repeats_above(form, path))[::-1]


def _repeats_above(form: Form, path: str) -> Iterator[str]:
    spec = form.specs.get(path)
    while spec is not None:
        if spec.definition.kind is Kind.REPEAT:
            yield spec.definition.name
        spec = spec.parent


def _fits(form: Form, path: str, answer: Answer) -> bool:
    """Whether the new question can hold the answer as it is."""
    return answer.said is not Said.VALUE or form.specs[path].codec(answer.text) == answer.text


def _with_rows(path: Path, target: str) -> Path:
    """The target with the rows of ``path`` put after the same repeats' names."""
    found = {step[: step.index("[")]: step for step in path.split("/") if "[" in step}
    steps = target.split("/")
    last = len(steps) - 1
    ends_in_row = path.endswith("]")
    return Path(
        "/".join(found.get(step, step) if at < last or ends_in_row else step for at, step in enumerate(steps))
    )
