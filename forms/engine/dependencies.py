"""Who must be told about what, and in which order things are worked out. Layer: forms.engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from forms.engine.faults import FormRefused
from forms.engine.grammar import parse
from forms.engine.model import Spec
from forms.engine.scouting import Reference, Scout
from forms.engine.shapes import settles


class Task(IntEnum):
    """What is worked out about a node, in the order it is wanted."""

    COUNT = 0
    RELEVANT = 1
    READONLY = 2
    REQUIRED = 3
    CALCULATE = 4
    CHOICES = 5
    VALUE = 6
    ACTION = 7
    LOOK = 8
    """Nothing is computed; the node may look different (constraint, words)."""


@dataclass(frozen=True, slots=True)
class Edge:
    """After a change at one spec: this task of that spec, under this shared anchor."""

    task: Task
    spec: Spec
    anchor: Spec
    chain: tuple[int, ...]
    """The specs from the anchor down to ``spec``, by order."""


class Dependencies:
    """Who must be told about what, and the order (rank) in which tasks are done."""

    def __init__(self, specs: Mapping[str, Spec], scout: Scout, looks: Mapping[int, frozenset[str]]) -> None:
        self.on_text: dict[int, list[Edge]] = {}
        self.on_rows: dict[int, list[Edge]] = {}
        self._before: dict[tuple[int, Task], set[tuple[int, Task]]] = {}
        self._specs = list(specs.values())
        for spec in self._specs:
            self._own_order(spec)
            self._rules(spec, scout)
            for source in looks.get(spec.order, ()):
                for reference in scout.references(source, spec):
                    self._edge(reference, Task.LOOK, spec)
        self.rank: dict[tuple[int, Task], int] = {}
        while not self.rank:
            self.rank = self._ranks()

    def _own_order(self, spec: Spec) -> None:
        after = self._follows
        relevant = (spec.order, Task.RELEVANT)
        if spec.parent is not None:
            after(relevant, (spec.parent.order, Task.RELEVANT))
        if spec.leaf:
            after((spec.order, Task.CALCULATE), relevant)
            after((spec.order, Task.VALUE), (spec.order, Task.CALCULATE))
            after((spec.order, Task.VALUE), (spec.order, Task.CHOICES))
            after((spec.order, Task.VALUE), relevant)

    def _rules(self, spec: Spec, scout: Scout) -> None:
        rules = (
            (Task.COUNT, spec.count),
            (Task.RELEVANT, spec.relevant),
            (Task.READONLY, spec.readonly),
            (Task.REQUIRED, spec.required),
            (Task.CALCULATE, spec.calculate),
            (Task.CHOICES, spec.itemset.nodes if spec.itemset else None),
        )
        for task, rule in rules:
            if rule is None:
                continue
            for reference in scout.references(rule.source, spec):
                itself = reference.target is spec and not reference.rows
                if itself and task is Task.CALCULATE and not reference.across:
                    self._own_value(spec, rule.source)
                    self._edge(reference, task, spec)
                    continue
                self._edge(reference, task, spec)
                # Another row of the same repeat is not this node: it orders nothing here.
                if not reference.across:
                    done = Task.COUNT if reference.rows else Task.VALUE
                    self._follows((spec.order, task), (reference.target.order, done))

    def _own_value(self, spec: Spec, source: str) -> None:
        spec.changing = True
        if not settles(parse(source)):
            raise FormRefused(
                f"A cycle: {spec.path} is calculated from itself (“{source}”). "
                "Guard it with once(), if() or coalesce(), or calculate it elsewhere.",
                path=spec.path,
                construct="calculate",
                cycle=(spec.path,),
            )

    def _edge(self, reference: Reference, task: Task, spec: Spec) -> None:
        table = self.on_rows if reference.rows else self.on_text
        chain: list[int] = []
        at: Spec | None = spec
        while at is not None and at is not reference.anchor:
            chain.append(at.order)
            at = at.parent
        edge = Edge(task, spec, reference.anchor, tuple(reversed(chain)))
        edges = table.setdefault(reference.target.order, [])
        if not any(one.task is task and one.spec is spec and one.anchor is reference.anchor for one in edges):
            edges.append(edge)

    def _follows(self, after: tuple[int, Task], before: tuple[int, Task]) -> None:
        self._before.setdefault(after, set()).add(before)

    def _ranks(self) -> dict[tuple[int, Task], int]:
        """A number for every task such that whatever it needs has a lower one.

        Rows may depend on what earlier rows hold: such a loop is broken at its count and gives nothing yet.
        """
        rank: dict[tuple[int, Task], int] = {}
        state: dict[tuple[int, Task], int] = {}
        for start in [(spec.order, task) for spec in self._specs for task in Task]:
            if start in rank:
                continue
            trail: list[tuple[tuple[int, Task], Iterator[tuple[int, Task]]]] = [
                (start, iter(self._before.get(start, ())))
            ]
            state[start] = 1
            while trail:
                at, waiting = trail[-1]
                before = next(waiting, None)
                if before is None:
                    trail.pop()
                    state[at] = 2
                    rank[at] = len(rank)
                elif state.get(before, 0) == 1:
                    loop = [key for key, _ in trail]
                    loop = [*loop[loop.index(before) :], before]
                    if not self._loosened(loop):
                        self._refuse(loop)
                    return {}
                elif before not in rank:
                    state[before] = 1
                    trail.append((before, iter(self._before.get(before, ()))))
        return rank

    def _loosened(self, loop: list[tuple[int, Task]]) -> bool:
        """Whether a loop went through a count of rows, which is worked out anew until it rests."""
        for after, before in pairwise(loop):
            if before[1] is Task.COUNT:
                self._before[after].discard(before)
                return True
        return False

    def _refuse(self, loop: list[tuple[int, Task]]) -> None:
        names = {
            Task.RELEVANT: "relevant",
            Task.CALCULATE: "calculate",
            Task.CHOICES: "choices",
            Task.COUNT: "rows",
        }
        steps: list[str] = []
        for order, task in loop:
            spec = self._specs[order]
            text = f"{spec.path} ({names[task]})" if task in names else ""
            if text and (not steps or steps[-1] != text):
                steps.append(text)
        if len(steps) > 1 and steps[0] != steps[-1]:
            steps.append(steps[0])
        raise FormRefused(
            "A cycle: " + " needs ".join(steps) + ". Break it by taking one of these references out.",
            cycle=tuple(steps),
        )
