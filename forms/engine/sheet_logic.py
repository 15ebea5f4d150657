"""What rows of a survey need of each other, read off the sheet before it is compiled. Layer: forms.engine.

A sheet with mistakes cannot be compiled, and only a compiled form knows its cycles for certain. This
finds the plain ones, so that one run of the check names them beside everything else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from forms.engine.faults import ExpressionFault
from forms.engine.grammar import parse
from forms.engine.shapes import constant_truth, settles
from forms.engine.sheets import Row, Sheet

REFERENCE: Final = re.compile(r"\$\{\s*(?:last-saved#)?([^}]*?)\s*\}")
_OTHER_ROWS: Final = re.compile(r"indexed-repeat|position\s*\(|\[|last-saved#|\bonce\s*\(")
_NAMED: Final = r"\$\{\s*([^}]*?)\s*\}"
_COMPARED: Final = re.compile(
    rf"{_NAMED}\s*=\s*(?:'([^']*)'|\"([^\"]*)\")"
    rf"|selected\(\s*{_NAMED}\s*,\s*(?:'([^']*)'|\"([^\"]*)\")\s*\)"
)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one cell."""

    row: Row
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class _Task:
    """One cell that is worked out, and the questions it reads."""

    row: Row
    column: str
    name: str
    reads: tuple[str, ...]


def cycles(survey: Sheet) -> Iterator[Remark]:
    """Calculations and relevances that need each other in a circle, each circle once."""
    used = Counter(row.get("name").strip() for row in survey.rows)
    tasks = {(task.name, task.column): task for task in _tasks(survey) if used[task.name] == 1}
    done: set[tuple[str, str]] = set()
    for start in tasks:
        trail: list[tuple[str, str]] = []
        yield from _follow(start, tasks, trail, done)


def _follow(
    at: tuple[str, str],
    tasks: Mapping[tuple[str, str], _Task],
    trail: list[tuple[str, str]],
    done: set[tuple[str, str]],
) -> Iterator[Remark]:
    """Depth first, with a stack of its own: a sheet may chain thousands of rows."""
    if at in done:
        return
    done.add(at)
    trail.append(at)
    stack = [_next(at, tasks)]
    while stack:
        after = next(stack[-1], None)
        if after is None:
            stack.pop()
            trail.pop()
        elif after in trail:
            yield _circle([tasks[one] for one in (*trail[trail.index(after) :], after)])
        elif after not in done:
            done.add(after)
            trail.append(after)
            stack.append(_next(after, tasks))


def _circle(tasks: list[_Task]) -> Remark:
    said = " needs ".join(f"{task.name} ({task.column}, row {task.row.number})" for task in tasks)
    text = f"A cycle: {said}. Break it by taking one of these references out."
    return Remark(tasks[0].row, tasks[0].column, text)


def _next(key: tuple[str, str], tasks: Mapping[tuple[str, str], _Task]) -> Iterator[tuple[str, str]]:
    for name in tasks[key].reads:
        for column in ("relevant", "calculation"):
            if (name, column) in tasks:
                yield name, column


def _tasks(survey: Sheet) -> Iterator[_Task]:
    """Every relevance and calculation; what stands in a group is also what its relevance decides."""
    groups: list[str] = []
    for row in survey.rows:
        kind = " ".join(row.get("type").replace("_", " ").split()).lower()
        name = row.get("name").strip()
        if kind.startswith("end "):
            if groups:
                groups.pop()
            continue
        relevant = row.get("relevant") or row.get("relevance")
        reads = _read(relevant)
        if name and (reads or groups):
            yield _Task(row, "relevant", name, (*reads, *groups[-1:]))
        calculation = row.get("calculation")
        if name and calculation:
            own = (name,) if _unguarded(name, calculation) else ()
            yield _Task(row, "calculation", name, (*own, *(one for one in _read(calculation) if one != name)))
        if kind.startswith("begin "):
            groups.append(name)


def _read(expression: str) -> tuple[str, ...]:
    """The questions an expression names; none when it may mean other rows, where a circle is none."""
    if _OTHER_ROWS.search(expression):
        return ()
    return tuple(dict.fromkeys(REFERENCE.findall(expression)))


def _unguarded(name: str, calculation: str) -> bool:
    if name not in _read(calculation):
        return False
    try:
        return not settles(parse(REFERENCE.sub(" /data/x ", calculation)))
    except ExpressionFault:
        return False


def never_reached(survey: Sheet) -> Iterator[Remark]:
    """Questions and groups whose relevance is always false."""
    closed: list[Row | None] = []
    for row in survey.rows:
        kind = " ".join(row.get("type").replace("_", " ").split()).lower()
        if kind.startswith("end "):
            if closed:
                closed.pop()
            continue
        above = next((one for one in reversed(closed) if one is not None), None)
        never = _always_false(row.get("relevant") or row.get("relevance"))
        if never:
            yield Remark(row, "relevant", "This can never be reached: its relevant is always false.")
        elif above is not None and row.get("name"):
            text = f"This can never be reached: it stands in {above.get('name')}, row {above.number}."
            yield Remark(row, "relevant", text)
        if kind.startswith("begin "):
            closed.append(row if never else None)


def _always_false(relevant: str) -> bool:
    if not relevant or "${" in relevant:
        return False
    try:
        return constant_truth(parse(relevant)) is False
    except ExpressionFault:
        return False


def impossible_choices(survey: Sheet, lists: Mapping[str, frozenset[str]]) -> Iterator[Remark]:
    """Comparisons of a select with a choice its list does not have; ``lists`` by question."""
    for row in survey.rows:
        for column in ("relevant", "relevance", "constraint", "calculation", "choice_filter", "required"):
            for found in _COMPARED.finditer(row.get(column)):
                name = found[1] or found[4]
                value = next((text for text in (found[2], found[3], found[5], found[6]) if text), "")
                offered = lists.get(name)
                if value and offered and value not in offered:
                    said = ", ".join(sorted(offered)[:6])
                    text = f"“{name}” is never {value}: its choices are {said}."
                    yield Remark(row, column, text)
