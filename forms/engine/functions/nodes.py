"""Nodes: counting, positions, rows, other instances, choices' names. Layer: forms.engine."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from typing import Final

from lxml import etree

from forms.engine.context import Context, Run
from forms.engine.faults import ExpressionFault
from forms.engine.functions.library import Function, eager, here
from forms.engine.names import local, namespace
from forms.engine.numbers import NAN
from forms.engine.shuffle import shuffled
from forms.engine.values import (
    Attribute,
    Node,
    Value,
    node_text,
    to_number,
    to_text,
)

Element = etree._Element  # noqa: SLF001 - the only name lxml gives its elements


def _node_set(value: Value, function: str) -> list[Node]:
    if not isinstance(value, list):
        raise ExpressionFault(f"{function}() wants nodes (a path), not a text or a number.")
    return value


def _count(_context: Context, value: Value) -> Value:
    return float(len(_node_set(value, "count")))


def _count_non_empty(_context: Context, value: Value) -> Value:
    return float(sum(bool(node_text(node)) for node in _node_set(value, "count-non-empty")))


def _position(arguments: Sequence[Run]) -> Run:
    if not arguments:
        return lambda context: float(context.position)
    (operand,) = arguments

    def call(context: Context) -> Value:
        nodes = _node_set(operand(context), "position")
        if not nodes:
            return NAN
        if len(nodes) > 1:
            raise ExpressionFault("position() wants one node; this path finds several.")
        node = nodes[0]
        if not isinstance(node, Element) or not isinstance(node.tag, str):
            return float(context.position)
        place = 1
        for sibling in node.itersiblings(etree.Element, preceding=True):
            if sibling.tag != node.tag:
                break
            place += 1
        return float(place)

    return call


def _last(context: Context) -> Value:
    return float(context.size)


def _current(context: Context) -> Value:
    return [context.current]


def _instance(context: Context, name: Value) -> Value:
    root = context.world.instances.root(to_text(name))
    return [] if root is None else [root]


def _within(node: Node, ancestor: Node) -> bool:
    above = node if isinstance(node, Element) else None
    while above is not None:
        above = above.getparent()
        if above is ancestor:
            return True
    return False


def _indexed_repeat(arguments: Sequence[Run]) -> Run:
    target, *rest = arguments
    if len(rest) % 2:
        raise ExpressionFault("indexed-repeat() wants a position after every repeat; one is missing.")
    pairs = list(zip(rest[::2], rest[1::2], strict=True))

    def call(context: Context) -> Value:
        levels: list[tuple[list[Node], int]] = []
        for repeat, position in pairs:
            place = to_number(position(context), context.world.zone)
            rows = _node_set(repeat(context), "indexed-repeat")
            if math.isnan(place) or not rows:
                return []
            levels.append((rows, int(place) if place == int(place) else 0))
        levels.sort(key=lambda level: _depth(level[0][0]))
        row: Node | None = None
        for rows, place in levels:
            inside = rows if row is None else [node for node in rows if _within(node, row)]
            if not 1 <= place <= len(inside):
                return []
            row = inside[place - 1]
        found = _node_set(target(context), "indexed-repeat")
        return [node for node in found if row is not None and _within(node, row)]

    return call


def _depth(node: Node) -> int:
    return sum(1 for _ in node.iterancestors()) if isinstance(node, Element) else 0


def _randomize(context: Context, value: Value, seed: Value | None = None) -> Value:
    nodes = _node_set(value, "randomize")
    if seed is None:
        mixed = list(nodes)
        context.world.rng.shuffle(mixed)
        return mixed
    number = to_number(seed, context.world.zone)
    if not math.isnan(number):
        return shuffled(nodes, number)
    text = to_text(seed)
    if not text:
        return shuffled(nodes, 0)
    first = hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8]
    return shuffled(nodes, int.from_bytes(first, "big", signed=True))


def _named(arguments: Sequence[Run], name: str, work: str) -> Run:
    operand = arguments[0] if arguments else here

    def call(context: Context) -> Value:
        nodes = _node_set(operand(context), name)
        node = nodes[0] if nodes else None
        tag = ""
        if isinstance(node, Element) and not isinstance(node, etree._Comment):  # noqa: SLF001 - as above
            tag = str(node.tag)
        elif isinstance(node, Attribute):
            tag = node.name
        if work == "uri":
            return namespace(tag)
        prefix = node.prefix if isinstance(node, Element) and work == "name" else None
        return f"{prefix}:{local(tag)}" if prefix else local(tag)

    return call


def _id(context: Context, value: Value) -> Value:
    wanted = {
        word for node in ([value] if isinstance(value, str) else [to_text(value)]) for word in node.split()
    }
    root = context.world.document.root
    return [element for element in root.iter(etree.Element) if element.get("id") in wanted]


def _itext(context: Context, name: Value) -> Value:
    return context.world.texts(to_text(name))


def _pulldata(context: Context, instance: Value, wanted: Value, key: Value, value: Value) -> Value:
    instances = context.world.instances
    name, column = to_text(instance), to_text(wanted)
    if instances.root(name) is None:
        return ""
    for item in instances.lookup(name, ("root", "item"), (to_text(key),), to_text(value)):
        for cell in item.iterchildren(column):
            return node_text(cell)
        return ""
    return ""


FUNCTIONS: Final = (
    eager("count", 1, 1, _count),
    eager("count-non-empty", 1, 1, _count_non_empty),
    Function("position", 0, 1, _position),
    eager("last", 0, 0, _last),
    eager("current", 0, 0, _current),
    eager("instance", 1, 1, _instance),
    Function("indexed-repeat", 3, None, _indexed_repeat),
    eager("randomize", 1, 2, _randomize),
    Function("name", 0, 1, lambda runs: _named(runs, "name", "name")),
    Function("local-name", 0, 1, lambda runs: _named(runs, "local-name", "local")),
    Function("namespace-uri", 0, 1, lambda runs: _named(runs, "namespace-uri", "uri")),
    eager("id", 1, 1, _id),
    eager("jr:itext", 1, 1, _itext),
    eager("pulldata", 4, 4, _pulldata),
)
"""``jr:choice-name`` compiles its second argument, so it lives in :mod:`forms.engine.expressions`."""
