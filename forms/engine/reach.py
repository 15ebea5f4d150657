"""From one node to the nodes a change there can reach. Layer: forms.engine."""

from __future__ import annotations

from collections.abc import Iterator

from forms.engine.dependencies import Edge
from forms.engine.model import Spec
from forms.engine.tree import Node


def under(edge: Edge, node: Node) -> Iterator[Node]:
    """The nodes an edge means after a change at ``node``."""
    anchor: Node | None = node
    while anchor is not None and (anchor.spec is not edge.anchor or anchor.rows is not None):
        anchor = anchor.parent
    if anchor is not None:
        yield from _descend(anchor, edge.chain, 0)


def targets(source: Node, target: Spec) -> list[Node]:
    """The nodes of another path that stand in the same rows as ``source``."""
    chain: list[Spec] = []
    at: Spec | None = target
    while at is not None:
        chain.append(at)
        at = at.parent
    anchor: Node | None = source
    while anchor is not None and (anchor.spec not in chain or anchor.rows is not None):
        anchor = anchor.parent
    if anchor is None:
        return []
    orders = tuple(spec.order for spec in reversed(chain[: chain.index(anchor.spec)]))
    return list(_descend(anchor, orders, 0))


def above_relevant(node: Node) -> bool:
    """Whether all above a range is relevant: its rows answer for themselves."""
    return node.parent is None or node.parent.relevant


def _descend(node: Node, chain: tuple[int, ...], at: int) -> Iterator[Node]:
    while at < len(chain):
        below = node.kids.get(chain[at])
        if below is None:
            return
        at += 1
        if below.rows is not None:
            if at == len(chain):
                yield below
            for row in list(below.rows):
                yield from _descend(row, chain, at)
            return
        node = below
    yield node
