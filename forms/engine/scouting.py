"""What each expression of a form looks at. Layer: forms.engine.

A :class:`Reference` says that an expression at one path looks at another path (its text, or, for a
repeat, which rows it has), and up to which common ancestor both stand in the same rows: after a change
only the expressions under that ancestor are computed again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from forms.engine.expressions import Compiler
from forms.engine.grammar import Call, Expression, Negation, Number, Operation, Path, Step, Text, parse
from forms.engine.model import Spec
from forms.engine.shapes import plain_path
from forms.engine.wording import Words


@dataclass(frozen=True, slots=True)
class Reference:
    """One look at ``target``. ``rows``: at which rows it has; else at its text.

    ``anchor`` is the deepest path both are certain to share a node of.
    """

    target: Spec
    anchor: Spec
    rows: bool
    across: bool
    """Whether it looks into rows that the looker itself stands in, so another row may be meant."""

    def __hash__(self) -> int:
        return hash((self.target.order, self.anchor.order, self.rows, self.across))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a path has come to: a spec, and the shared anchor so far. ``up``: only climbed yet."""

    spec: Spec | None
    anchor: Spec
    up: bool


class Scout:
    """Finds what expressions refer to."""

    def __init__(
        self,
        specs: Mapping[str, Spec],
        root: Spec,
        compiler: Compiler,
        spoken: Callable[[Words, Sequence[str]], Iterable[str]],
    ) -> None:
        self._specs = specs
        self._root = root
        self._compiler = compiler
        self._spoken = spoken
        """The expressions some words compute, given the instances that may name them."""
        self._below: dict[int, tuple[Spec, ...]] = {}
        self._naming: set[int] = set()

    def references(self, source: str, spec: Spec) -> frozenset[Reference]:
        """All references of an expression that is computed at ``spec``."""
        here = [_Place(spec, spec, up=True)]
        return frozenset(self._expression(parse(source), spec, here, here, rows_only=False))

    def leaves(self, spec: Spec) -> tuple[Spec, ...]:
        """Every leaf at or below a spec."""
        found = self._below.get(spec.order)
        if found is None:
            inside = [leaf for child in spec.children for leaf in self.leaves(child)]
            found = self._below[spec.order] = (spec,) if spec.leaf else tuple(inside)
        return found

    def _expression(
        self, tree: Expression, spec: Spec, here: list[_Place], current: list[_Place], *, rows_only: bool
    ) -> Iterator[Reference]:
        match tree:
            case Number() | Text():
                return
            case Negation(operand):
                yield from self._expression(operand, spec, here, current, rows_only=False)
            case Operation(_, operands):
                for operand in operands:
                    yield from self._expression(operand, spec, here, current, rows_only=False)
            case Call(name, arguments):
                yield from self._call(name, arguments, spec, here, current)
            case Path():
                single = self._specs.get(plain_path(tree, spec.path if here is current else ""))
                if single is not None and single.leaf and not single.depth:
                    if rows_only:
                        return
                    yield Reference(single, self._root, rows=False, across=False)
                    return
                found: list[Reference] = []
                places = self._path(tree, spec, here, current, found)
                yield from found
                yield from self._ends(places, spec, rows_only=rows_only)

    def _call(
        self,
        name: str,
        arguments: tuple[Expression, ...],
        spec: Spec,
        here: list[_Place],
        current: list[_Place],
    ) -> Iterator[Reference]:
        name = self._compiler.function_name(name)
        for index, argument in enumerate(arguments):
            rows = name in ("count", "position") or (name == "indexed-repeat" and index % 2 == 1)
            yield from self._expression(argument, spec, here, current, rows_only=rows)
        if name == "jr:choice-name" and len(arguments) == 2 and isinstance(arguments[1], Text):
            inner = parse(arguments[1].value)
            yield from self._expression(inner, spec, here, current, rows_only=False)
            if isinstance(inner, Path):
                for place in self._path(inner, spec, here, current, []):
                    yield from self._names(place, spec)
        if not arguments and name in ("string", "number", "string-length", "normalize-space"):
            yield from self._ends(here, spec, rows_only=False)
        if name == "once" or (not arguments and name == "current"):
            yield from self._ends(current, spec, rows_only=False)

    def _names(self, place: _Place, spec: Spec) -> Iterator[Reference]:
        """What the names of the choices at a place are made of."""
        asked = place.spec
        if asked is None or asked.order in self._naming:
            return
        self._naming.add(asked.order)
        for item in asked.items:
            yield from self._words(item.words, (), spec, [place])
        if asked.itemset is not None and asked.itemset.words is not None:
            nodes = parse(asked.itemset.nodes.source)
            offered = self._path(nodes, spec, [place], [place], []) if isinstance(nodes, Path) else []
            yield from self._words(asked.itemset.words, instances_in(nodes), spec, offered or [place])
        self._naming.discard(asked.order)

    def _words(
        self, words: Words | None, instances: Sequence[str], spec: Spec, here: list[_Place]
    ) -> Iterator[Reference]:
        for source in () if words is None else self._spoken(words, instances):
            yield from self._expression(parse(source), spec, here, [*here], rows_only=False)

    def _start(
        self, tree: Path, spec: Spec, here: list[_Place], current: list[_Place], found: list[Reference]
    ) -> list[_Place]:
        start = tree.start
        if start is None:
            return here
        if start == "/":
            return [_Place(None, self._root, up=False)]
        if start == Call("current", ()):
            return current
        if isinstance(start, str):
            return []
        if isinstance(start, Call) and self._compiler.function_name(start.name) == "indexed-repeat":
            found += self._expression(start, spec, here, current, rows_only=False)
            target = start.arguments[0] if start.arguments else None
            return self._path(target, spec, here, current, []) if isinstance(target, Path) else []
        if isinstance(start, Path):
            return self._path(start, spec, here, current, found)
        found += self._expression(start, spec, here, current, rows_only=False)
        return []

    def _path(
        self, tree: Path, spec: Spec, here: list[_Place], current: list[_Place], found: list[Reference]
    ) -> list[_Place]:
        places = self._start(tree, spec, here, current, found)
        for step in tree.steps:
            moved: dict[tuple[int, int, bool], _Place] = {}
            for place in places:
                for after in self._move(place, step, spec, found):
                    key = (-1 if after.spec is None else after.spec.order, after.anchor.order, after.up)
                    moved[key] = after
            places = list(moved.values())
            for predicate in step.predicates:
                found += self._expression(predicate, spec, places, current, rows_only=False)
                found += self._positions(places, spec)
        return places

    def _positions(self, places: list[_Place], spec: Spec) -> Iterator[Reference]:
        """Brackets may count: which rows there are matters to them."""
        for place in places:
            if place.spec is not None and repeats(place.spec):
                yield self._rows(place.spec, place.anchor, spec)

    def _rows(self, repeat: Spec, anchor: Spec, spec: Spec) -> Reference:
        if anchor is repeat and repeat.parent is not None:
            anchor = repeat.parent
        return Reference(repeat, anchor, rows=True, across=_within(spec, repeat))

    def _move(self, place: _Place, step: Step, spec: Spec, found: list[Reference]) -> Iterator[_Place]:
        at = place.spec
        match step.axis:
            case "self":
                yield place
            case "parent":
                if at is not None and at.parent is not None:
                    anchor = at.parent if place.anchor is at else place.anchor
                    yield _Place(at.parent, anchor, place.up)
            case "child":
                for child in self._children(at, step.test):
                    if repeats(child):
                        found.append(self._rows(child, place.anchor, spec))
                    yield _Place(child, place.anchor, up=False)
            case "attribute":
                names = () if at is None else at.attributes
                found_here = [one for one in names if step.test in ("*", "node()", one.definition.name[1:])]
                for one in found_here:
                    yield _Place(one, place.anchor, up=False)
            case _:
                yield from self._anywhere(place, step, spec, found)

    def _children(self, at: Spec | None, test: str) -> Iterable[Spec]:
        """The specs a child step finds."""
        if at is None:
            return (self._root,) if self._named(self._root, test) else ()
        direct = self._specs.get(f"{at.path}/{test}")
        return (direct,) if direct is not None else [one for one in at.children if self._named(one, test)]

    def _anywhere(self, place: _Place, step: Step, spec: Spec, found: list[Reference]) -> Iterator[_Place]:
        """Axes that roam: every path with a fitting name may be meant."""
        below = step.axis.startswith("descendant")
        for other in self._specs.values():
            inside = place.spec is None or _within(other, place.spec)
            if self._named(other, step.test) and (inside or not below):
                if repeats(other):
                    found.append(self._rows(other, self._root, spec))
                yield _Place(other, self._root if not below or place.spec is None else place.anchor, up=False)
        if below and step.axis.endswith("self"):
            yield place

    def _named(self, spec: Spec, test: str) -> bool:
        if test in ("*", "node()"):
            return True
        if test.endswith(("()", ":*")):
            return test.endswith(":*")
        return spec.tag == self._compiler.tag(test)

    def _ends(self, places: Iterable[_Place], spec: Spec, *, rows_only: bool) -> Iterator[Reference]:
        for place in places:
            at = place.spec
            if at is None:
                at = self._root
            if at.leaf and not repeats(at):
                if rows_only:
                    continue
                across = any(_within(spec, above) for above in _passed(at, place.anchor))
                yield Reference(at, place.anchor, rows=False, across=across)
                continue
            if repeats(at):
                yield self._rows(at, place.anchor, spec)
            if rows_only:
                continue
            for leaf in self.leaves(at):
                across = any(_within(spec, above) for above in _passed(leaf, place.anchor))
                yield Reference(leaf, place.anchor, rows=False, across=across)


def instances_in(tree: Expression) -> tuple[str, ...]:
    """The secondary instances an expression looks things up in by their stated name."""
    match tree:
        case Call("instance", (Text(name),)):
            return (name,)
        case Call(_, parts) | Operation(_, parts):
            return tuple(name for part in parts for name in instances_in(part))
        case Path(Call() | Path() as start, _):
            return instances_in(start)
        case _:
            return ()


def repeats(spec: Spec) -> bool:
    """Whether rows stand at a spec."""
    return spec.definition.kind == "repeat"


def _within(spec: Spec, ancestor: Spec) -> bool:
    at: Spec | None = spec
    while at is not None:
        if at is ancestor:
            return True
        at = at.parent
    return False


def _passed(spec: Spec, anchor: Spec) -> Iterator[Spec]:
    """The repeats between an anchor and a spec below it."""
    at: Spec | None = spec
    while at is not None and at is not anchor:
        if repeats(at):
            yield at
        at = at.parent
