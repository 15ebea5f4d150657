"""Location paths over libxml2's trees. Layer: forms.engine.

Steps keep document order and never give a node twice. As in ODK's web engine, a predicate's
position counts through the whole step's result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from lxml import etree

from forms.engine.context import Context
from forms.engine.faults import ExpressionFault
from forms.engine.values import Attribute, Document, Node, TextNode

Element = etree._Element  # noqa: SLF001 - the only name lxml gives its elements
Walk = Callable[[Context, list[Node]], list[Node]]
"""One step: from the nodes so far to the nodes after it."""

_NODE: Final = "node()"


def parent_of(node: Node, document: Document) -> Node | None:
    """The node above; the top element of the answers has the document above it."""
    if isinstance(node, Element):
        above = node.getparent()
        if above is None and node is document.root:
            return document
        return above
    return None if isinstance(node, Document) else node.owner


def tops(nodes: Iterable[Node]) -> Iterator[Element]:
    """The elements that may have children."""
    for node in nodes:
        if isinstance(node, Element):
            yield node


def step(axis: str, test: str, tag: str) -> Walk:
    """A ready step. ``tag`` is the test in lxml's way of writing names (``{uri}name``)."""
    if axis == "child" and not test.endswith("()"):
        return _child(tag)
    if axis == "parent" and test == _NODE:
        return _parent
    if axis == "self" and test == _NODE:
        return _self
    if axis == "attribute":
        return _attribute(test, tag)
    make = _AXES.get(axis)
    if make is None:
        raise ExpressionFault(f"The axis “{axis}::” is not supported in forms.")
    keep = _test(test, tag)

    def walk(context: Context, nodes: list[Node]) -> list[Node]:
        document = context.world.document
        found = (other for node in nodes for other in make(node, document) if keep(other))
        return list(dict.fromkeys(found))

    return walk


def _child(tag: str) -> Walk:
    def walk(_context: Context, nodes: list[Node]) -> list[Node]:
        found: list[Node] = []
        for node in nodes:
            if isinstance(node, Element):
                found += node.iterchildren(tag)
            elif isinstance(node, Document) and (tag in ("*", node.root.tag)):
                found.append(node.root)
        return found

    return walk


def _parent(context: Context, nodes: list[Node]) -> list[Node]:
    document = context.world.document
    if len(nodes) == 1:
        above = parent_of(nodes[0], document)
        return [] if above is None else [above]
    parents = (parent_of(node, document) for node in nodes)
    return list(dict.fromkeys(above for above in parents if above is not None))


def _self(_context: Context, nodes: list[Node]) -> list[Node]:
    return nodes


def _attribute(test: str, tag: str) -> Walk:
    def walk(_context: Context, nodes: list[Node]) -> list[Node]:
        found: list[Node] = []
        for element in tops(nodes):
            names = element.keys() if test in ("*", _NODE) else [tag] if element.get(tag) is not None else []
            found += [Attribute(element, str(name)) for name in names]
        return found

    return walk


def _test(test: str, tag: str) -> Callable[[Node], bool]:
    if test == _NODE:
        return lambda _node: True
    if test == "text()":
        return lambda node: isinstance(node, TextNode)
    if test.endswith("()"):
        return lambda node: isinstance(node, Element) and not _tag(node)
    if tag == "*":
        return lambda node: isinstance(node, Element) and _tag(node) != ""
    if tag.endswith("}*"):
        space = tag[:-1]
        return lambda node: isinstance(node, Element) and _tag(node).startswith(space)
    return lambda node: isinstance(node, Element) and node.tag == tag


def _tag(element: Element) -> str:
    """An element's name; blank for the mark of a repeat, which is a comment."""
    tag: object = element.tag
    return tag if isinstance(tag, str) else ""


def _children(node: Node, _document: Document) -> Iterator[Node]:
    if isinstance(node, Document):
        yield node.root
    elif isinstance(node, Element):
        if node.text and _tag(node):
            yield TextNode(node, node.text)
        yield from node


def _descendants(node: Node, document: Document) -> Iterator[Node]:
    for child in _children(node, document):
        yield child
        yield from _descendants(child, document)


def _descendants_or_self(node: Node, document: Document) -> Iterator[Node]:
    yield node
    yield from _descendants(node, document)


def _ancestors(node: Node, document: Document) -> Iterator[Node]:
    above = parent_of(node, document)
    if above is not None:
        yield from _ancestors(above, document)
        yield above


def _ancestors_or_self(node: Node, document: Document) -> Iterator[Node]:
    yield from _ancestors(node, document)
    yield node


def _itself(node: Node, _document: Document) -> Iterator[Node]:
    yield node


def _above(node: Node, document: Document) -> Iterator[Node]:
    above = parent_of(node, document)
    if above is not None:
        yield above


def _after(node: Node, _document: Document) -> Iterator[Node]:
    if isinstance(node, Element):
        yield from node.itersiblings()


def _before(node: Node, _document: Document) -> Iterator[Node]:
    if isinstance(node, Element):
        yield from reversed(list(node.itersiblings(preceding=True)))


def _following(node: Node, document: Document) -> Iterator[Node]:
    for ancestor in (*reversed(list(_ancestors(node, document))), node)[::-1]:
        for sibling in _after(ancestor, document):
            yield from _descendants_or_self(sibling, document)


def _preceding(node: Node, document: Document) -> Iterator[Node]:
    for ancestor in (*_ancestors(node, document), node):
        for sibling in _before(ancestor, document):
            yield from _descendants_or_self(sibling, document)


_AXES: Final[dict[str, Callable[[Node, Document], Iterator[Node]]]] = {
    "ancestor": _ancestors,
    "ancestor-or-self": _ancestors_or_self,
    "child": _children,
    "descendant": _descendants,
    "descendant-or-self": _descendants_or_self,
    "following": _following,
    "following-sibling": _after,
    "parent": _above,
    "preceding": _preceding,
    "preceding-sibling": _before,
    "self": _itself,
}


def in_document_order(nodes: list[Node]) -> list[Node]:
    """The nodes once each, top to bottom."""
    return sorted(dict.fromkeys(nodes), key=_place)


def _place(node: Node) -> tuple[int, ...]:
    if isinstance(node, Document):
        return ()
    if not isinstance(node, Element):
        return (*_place(node.owner), -1)
    steps: list[int] = []
    above = node.getparent()
    while above is not None:
        steps.append(above.index(node))
        node, above = above, above.getparent()
    return (0, *reversed(steps))
