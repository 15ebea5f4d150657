"""Expressions made ready to run. Layer: forms.engine.

An expression is read once a form (:mod:`forms.engine.grammar`), turned into nested closures once a
place, and run over libxml2 trees many times. Nothing in it can reach a file, the network or Python.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

from forms.engine import paths
from forms.engine.context import Context, Run
from forms.engine.faults import ExpressionFault
from forms.engine.functions import LIBRARY
from forms.engine.grammar import Call, Expression, Negation, Number, Operation, Path, Step, Text, parse
from forms.engine.names import JAVAROSA, XFORMS
from forms.engine.numbers import NAN
from forms.engine.shapes import equality, is_self, plain_path
from forms.engine.values import (
    Node,
    Value,
    equal,
    node_text,
    ordered,
    to_boolean,
    to_number,
    to_text,
    unequal,
)

_COMPARISONS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _divide(left: float, right: float) -> float:
    if right:
        return left / right
    return math.copysign(math.inf, left) * math.copysign(1, right) if left else NAN


def _remainder(left: float, right: float) -> float:
    if math.isinf(left) or not right:
        return NAN
    return math.fmod(left, right)


def _times(left: float, right: float) -> float:
    return left * right


_ARITHMETIC: Final[Mapping[str, Callable[[float, float], float]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": _times,
    "div": _divide,
    "mod": _remainder,
}


class Compiler:
    """Makes expressions of one form ready.

    ``namespaces`` are the prefixes the form declares; ``fixed`` the element paths no repeat can
    multiply, each of which is one known element during a session.
    """

    def __init__(self, namespaces: Mapping[str, str], fixed: Collection[str] = ()) -> None:
        self._namespaces = namespaces
        self._fixed = fixed
        self._ready: dict[tuple[str, str], Run] = {}

    def ready(self, source: str, here: str = "") -> Run:
        """The expression ready to run where the context node's path is ``here`` (blank: anywhere)."""
        key = (source, here)
        run = self._ready.get(key)
        if run is None:
            run = self._ready[key] = self.compile(parse(source), here)
        return run

    def tag(self, name: str) -> str:
        """A name of the form in lxml's way of writing it."""
        prefix, colon, rest = name.partition(":")
        if not colon:
            return name
        uri = self._namespaces.get(prefix)
        if uri is None:
            raise ExpressionFault(f"The prefix “{prefix}:” in “{name}” is not declared in the form.")
        return f"{{{uri}}}{rest}"

    def compile(self, tree: Expression, here: str = "") -> Run:
        """A tree ready to run."""
        match tree:
            case Number(value):
                return lambda _context: value
            case Text(text):
                return lambda _context: text
            case Negation(operand):
                inner = self.compile(operand, here)
                return lambda context: -to_number(inner(context), context.world.zone)
            case Operation():
                return self._operation(tree, here)
            case Call():
                return self._call(tree, here)
            case Path():
                return self._path(tree, here)

    def _operation(self, tree: Operation, here: str) -> Run:
        runs = [self.compile(operand, here) for operand in tree.operands]
        sign = tree.operator
        if sign in ("and", "or"):
            return _chain(runs, stop=sign == "or")
        if sign == "|":
            return _union(runs)
        if sign in _ARITHMETIC:
            return _arithmetic(runs, _ARITHMETIC[sign])
        left, right = runs
        if sign in ("=", "!="):
            same = equal if sign == "=" else unequal
            return lambda context: same(left(context), right(context), context.world.zone)
        test = _COMPARISONS[sign]
        return lambda context: ordered(left(context), right(context), context.world.zone, test)

    def _call(self, tree: Call, here: str) -> Run:
        name = self.function_name(tree.name)
        if name == "jr:choice-name":
            return self._choice_name(tree, here)
        function = LIBRARY.get(name)
        if function is None:
            raise ExpressionFault(f"There is no function “{tree.name}()” in ODK forms.")
        given = len(tree.arguments)
        if given < function.least or (function.most is not None and given > function.most):
            raise ExpressionFault(
                f"{tree.name}() takes {_how_many(function.least, function.most)}, not {given}."
            )
        return function.prepare([self.compile(argument, here) for argument in tree.arguments])

    def function_name(self, name: str) -> str:
        """The library's name of a function as a form writes it."""
        prefix, colon, rest = name.partition(":")
        if not colon:
            return name
        uri = JAVAROSA if prefix == "jr" else self._namespaces.get(prefix, "")
        if uri == JAVAROSA:
            return f"jr:{rest}"
        return rest if uri == XFORMS else name

    def _choice_name(self, tree: Call, here: str) -> Run:
        if len(tree.arguments) != 2:
            raise ExpressionFault(f"jr:choice-name() takes 2 arguments, not {len(tree.arguments)}.")
        value, place = (self.compile(argument, here) for argument in tree.arguments)

        def call(context: Context) -> Value:
            path = to_text(place(context))
            nodes = self.ready(path, here)(context)
            if not isinstance(nodes, list) or not nodes or not isinstance(nodes[0], paths.Element):
                raise ExpressionFault(f"jr:choice-name() finds no question at “{path}”.")
            found = context.world.choice_name(nodes[0], to_text(value(context)))
            if found is None:
                raise ExpressionFault(f"jr:choice-name() is asked about “{path}”, which has no choices.")
            return found

        return call

    def _path(self, tree: Path, here: str) -> Run:
        plain = plain_path(tree, here)
        if plain and plain in self._fixed:
            return lambda context: context.world.fixed[plain]
        start = tree.start
        steps = [self._step(step) for step in tree.steps]
        if start is None:
            if not tree.steps or (len(tree.steps) == 1 and is_self(tree.steps[0])):
                return lambda context: [context.node]
            return _walk(lambda context: [context.node], steps)
        if start == "/":
            return _walk(lambda context: [context.world.document], steps)
        if isinstance(start, str):
            raise ExpressionFault("A path starts in an unknown way.")
        looked_up = self._lookup(tree)
        if looked_up is not None:
            return looked_up
        return _walk(_nodes(self.compile(start, here)), steps)

    def _step(self, step: Step) -> paths.Walk:
        # Inside brackets the context node is another one, so no path is known in advance there.
        tag = self.tag(step.test) if not step.test.endswith("()") else ""
        walk = paths.step(step.axis, step.test, tag)
        for predicate in step.predicates:
            walk = _filtered(walk, _Predicate(predicate, self.compile(predicate)))
        return walk

    def _lookup(self, tree: Path) -> Run | None:
        """``instance('x')/root/item[key = …]…`` by index instead of by walking the list."""
        start = tree.start
        if not isinstance(start, Call) or start.name != "instance" or len(start.arguments) != 1:
            return None
        name = start.arguments[0]
        if not isinstance(name, Text):
            return None
        at = next((index for index, step in enumerate(tree.steps) if step.predicates), len(tree.steps))
        plain = tree.steps[: at + 1]
        if any(step.axis != "child" or step.test == "*" or step.test.endswith("()") for step in plain):
            return None
        path = tuple(self.tag(step.test) for step in plain)
        after = [self._step(step) for step in tree.steps[at + 1 :]]
        if at == len(tree.steps):
            return lambda context: list(context.world.instances.items(name.value, path))
        first, *others = tree.steps[at].predicates
        test = equality(first)
        if test is None:
            return None
        key, value, rest = test
        tags = tuple(self.tag(part) for part in key)
        wanted = self.compile(value)
        scan = self._step(Step("self", "node()", (first,)))
        filters = [_Predicate(one, self.compile(one)) for one in (*rest, *others)]

        def run(context: Context) -> Value:
            instances = context.world.instances
            answer = wanted(context)
            nodes: list[Node]
            if isinstance(answer, str):
                nodes = list(instances.lookup(name.value, path, tags, answer))
            elif isinstance(answer, list) and len(answer) <= 1:
                nodes = [
                    item
                    for one in answer
                    for item in instances.lookup(name.value, path, tags, node_text(one))
                ]
            else:
                nodes = scan(context, list(instances.items(name.value, path)))
            for predicate in filters:
                nodes = predicate.keep(context, nodes)
            for walk in after:
                nodes = walk(context, nodes)
            return nodes

        return run


def _how_many(least: int, most: int | None) -> str:
    if most is None:
        return f"{least} or more arguments"
    return f"{least} argument{'' if least == 1 else 's'}" if least == most else f"{least} to {most} arguments"


def _chain(runs: Sequence[Run], *, stop: bool) -> Run:
    first, *rest = runs
    if len(rest) == 1:
        (second,) = rest

        def pair(context: Context) -> Value:
            value = first(context)
            return value if to_boolean(value) is stop else second(context)

        return pair

    def chain(context: Context) -> Value:
        value = first(context)
        for run in rest:
            if to_boolean(value) is stop:
                return value
            value = run(context)
        return value

    return chain


def _nodes(run: Run) -> Callable[[Context], list[Node]]:
    def nodes(context: Context) -> list[Node]:
        value = run(context)
        if not isinstance(value, list):
            raise ExpressionFault("A path continues from something that is not nodes.")
        return value

    return nodes


def _union(runs: Sequence[Run]) -> Run:
    parts = [_nodes(run) for run in runs]
    return lambda context: paths.in_document_order([node for part in parts for node in part(context)])


def _arithmetic(runs: Sequence[Run], work: Callable[[float, float], float]) -> Run:
    first, *rest = runs

    def call(context: Context) -> Value:
        zone = context.world.zone
        total = to_number(first(context), zone)
        for run in rest:
            if math.isnan(total):
                return NAN
            number = to_number(run(context), zone)
            try:
                total = NAN if math.isnan(number) else work(total, number)
            except OverflowError:
                total = math.inf
        return total

    return call


def _walk(start: Callable[[Context], list[Node]], steps: Sequence[paths.Walk]) -> Run:
    if len(steps) == 2:
        one, two = steps
        return lambda context: two(context, one(context, start(context)))

    def run(context: Context) -> Value:
        nodes = start(context)
        for walk in steps:
            nodes = walk(context, nodes)
        return nodes

    return run


class _Predicate:
    """What stands in brackets: a position, or a condition each node is put to."""

    __slots__ = ("_place", "_run")

    def __init__(self, tree: Expression, run: Run) -> None:
        self._run = run
        self._place = tree.value if isinstance(tree, Number) else None

    def keep(self, context: Context, nodes: list[Node]) -> list[Node]:
        """The nodes it lets through."""
        if self._place is not None:
            place = self._place
            return [nodes[int(place) - 1]] if place == int(place) and 1 <= place <= len(nodes) else []
        run, size = self._run, len(nodes)
        inner = Context(context.world, context.node, context.current, 1, size)
        kept: list[Node] = []
        for position, node in enumerate(nodes, 1):
            inner.node = node
            inner.position = position
            value = run(inner)
            if isinstance(value, float):
                if value == position:
                    kept.append(node)
            elif (
                to_boolean(value)
                if not _is_number(value)
                else to_number(value, context.world.zone) == position
            ):
                kept.append(node)
        return kept


def _is_number(value: Value) -> bool:
    return not isinstance(value, (str, bool, list))


def _filtered(walk: paths.Walk, predicate: _Predicate) -> paths.Walk:
    return lambda context, nodes: predicate.keep(context, walk(context, nodes))
