"""The answers of one form while it is filled, as a tree of nodes. Layer: forms.engine.

Every node has an element in a libxml2 tree; the element's text is exactly what XPath may see: blank
when the node is not relevant, only choices now offered in a select. The node keeps what was answered.
A repeat is a node too (a *range*); its rows are its children, and a comment marks its place.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from lxml import etree

from forms.engine.definitions import Kind
from forms.engine.faults import ExpressionFault
from forms.engine.model import Spec
from forms.engine.names import JR_TEMPLATE
from forms.engine.values import Attribute
from forms.engine.values import Node as XNode
from ournydesk.domain.answers import Said
from ournydesk.domain.ids import Path, RowId

if TYPE_CHECKING:
    from forms.engine.model import Action

Element = etree._Element  # noqa: SLF001 - the only name lxml gives its elements
MAX_NODES: Final = 60_000
"""How many nodes one filling may hold: 10,000 rows of five questions, in 150 MB."""


class Node:
    """One group, range, row or leaf of a filling."""

    __slots__ = (
        "calculated",
        "element",
        "items",
        "kept",
        "kids",
        "offering",
        "own_readonly",
        "own_relevant",
        "parent",
        "path",
        "place",
        "readonly",
        "relevant",
        "required",
        "row",
        "rows",
        "said",
        "spec",
        "watched",
    )

    def __init__(
        self,
        spec: Spec,
        parent: Node | None,
        element: Element,
        path: Path,
        row: RowId | None,
        attribute: Attribute | None = None,
    ) -> None:
        self.spec = spec
        self.parent = parent
        self.element = element
        self.place: Element | Attribute = element if attribute is None else attribute
        """What expressions about it stand on: its element, or the attribute it is."""
        self.path = path
        self.row = row
        self.rows: list[Node] | None = None
        """The rows of a range; None for every other node."""
        self.kids: dict[int, Node] = {}
        self.own_relevant = True
        self.relevant = True
        self.own_readonly = False
        self.readonly = False
        self.required = False
        self.kept = ""
        """The answer as given, whether or not it is in use."""
        self.said = Said.VALUE
        self.calculated: str | None = None
        """What its calculate gave last."""
        self.items: tuple[str, ...] | None = None
        """The values of its choices, when they are known."""
        self.offering: list[XNode] = []
        """The nodes its itemset offers, one a value: a shuffle must be the same for values and words."""
        self.watched: dict[int, tuple[Action, str]] = {}

    @property
    def kind(self) -> Kind:
        """What it is to a reader of states."""
        if self.row is not None:
            return Kind.ROW
        return self.spec.definition.kind

    @property
    def text(self) -> str:
        """What XPath sees and what would be submitted."""
        return self.place.text or ""

    @property
    def ref(self) -> str:
        """The absolute path with positions on rows: ``/data/trips[1]/left``."""
        if self.row is not None and self.parent is not None and self.parent.rows is not None:
            return f"{self.parent.ref}[{self.parent.rows.index(self) + 1}]"
        above = "" if self.parent is None else self.parent.ref
        return f"{above}/{self.spec.definition.name}"

    def below(self) -> Iterator[Node]:
        """Its children: rows of a range, else one node a path, in document order."""
        return iter(self.rows if self.rows is not None else self.kids.values())

    def walk(self) -> Iterator[Node]:
        """Itself and everything below, in document order."""
        yield self
        for child in self.below():
            yield from child.walk()


def fixed_row(path: str, index: int) -> RowId:
    """The id of a row the form itself makes: the same wherever the same form is opened."""
    return RowId(hashlib.sha256(f"{path}#{index}".encode()).hexdigest()[:32])


class Grower:
    """Makes nodes and their elements; says which ones came and went through ``grown``."""

    def __init__(self, grown: list[Node]) -> None:
        self._grown = grown
        self.by_element: dict[Element | Attribute, Node] = {}
        self.by_path: dict[str, Node] = {}
        self._sizes: dict[int, int] = {}

    def root(self, spec: Spec) -> Node:
        """The whole tree as the form gives it."""
        element = copy.deepcopy(spec.template)
        node = self._node(spec, None, element, Path(spec.path))
        self._fill(node)
        return node

    def _node(
        self,
        spec: Spec,
        parent: Node | None,
        element: Element,
        path: Path,
        row: RowId | None = None,
        attribute: Attribute | None = None,
    ) -> Node:
        node = Node(spec, parent, element, path, row, attribute)
        self.by_element[node.place] = node
        self.by_path[path] = node
        self._grown.append(node)
        if row is not None or spec.definition.kind is not Kind.REPEAT:
            for one in spec.attributes:
                self._attribute(node, one)
        return node

    def _attribute(self, owner: Node, spec: Spec) -> None:
        holder = Attribute(owner.element, spec.tag)
        path = Path(f"{owner.path}/{spec.definition.name}")
        node = self._node(spec, owner, owner.element, path, attribute=holder)
        node.kept = holder.value
        owner.kids[spec.order] = node

    def _fill(self, node: Node) -> None:
        """Give a group or row its children, out of the elements it holds."""
        element, spec = node.element, node.spec
        present: dict[str, list[Element]] = {}
        for held in element.iterchildren(etree.Element):
            present.setdefault(str(held.tag), []).append(held)
        for child in spec.children:
            path = Path(f"{node.path}/{child.definition.name}")
            if child.definition.kind is Kind.REPEAT:
                self._range(child, node, present.get(child.tag, []), path)
                continue
            found = present.get(child.tag)
            if found:
                one = found[0]
            else:
                one = copy.deepcopy(child.template)
                element.append(one)
            kid = self._node(child, node, one, path)
            node.kids[child.order] = kid
            if child.leaf:
                kid.kept = child.codec(one.text or "")
                if kid.kept != (one.text or ""):
                    # A default that its type cannot be is none from the very start, for actions too.
                    one.text = kid.kept
            else:
                self._fill(kid)

    def _range(self, spec: Spec, parent: Node, elements: list[Element], path: Path) -> None:
        marker = etree.Comment(spec.definition.name)
        if elements:
            elements[0].addprevious(marker)
        else:
            _insert(parent, marker)
        node = self._node(spec, parent, marker, path)
        node.rows = []
        parent.kids[spec.order] = node
        for element in elements:
            if element.get(JR_TEMPLATE) is not None:
                element.getparent().remove(element)  # type: ignore[union-attr]  # it was found in its parent
                continue
            if spec.count is not None:
                element.getparent().remove(element)  # type: ignore[union-attr]  # its rows follow jr:count
                continue
            self._row(node, len(node.rows), element, fixed_row(path, len(node.rows)))
        if spec.fixed_count is not None:
            while len(node.rows) < spec.fixed_count:
                self.add_row(node, fixed_row(path, len(node.rows)))

    def _row(self, owner: Node, at: int, element: Element, row: RowId) -> Node:
        node = self._node(owner.spec, owner, element, Path(f"{owner.path}[{row}]"), row)
        if owner.rows is not None:
            owner.rows.insert(at, node)
        self._fill(node)
        return node

    def add_row(self, owner: Node, row: RowId, at: int | None = None, default: Element | None = None) -> Node:
        """A new row from the template (or from a row the form gives) at an index, or at the end.

        Raises ExpressionFault, before anything changed, when the filling has no room for it.
        """
        if not self.has_room(owner.spec):
            raise ExpressionFault(
                f"{owner.spec.path}: one more row would make more than {MAX_NODES} nodes.",
                path=owner.spec.path,
            )
        rows = owner.rows if owner.rows is not None else []
        index = len(rows) if at is None else at
        element = copy.deepcopy(owner.spec.template if default is None else default)
        before = rows[index - 1].element if index else owner.element
        before.addnext(element)
        return self._row(owner, index, element, row)

    def has_room(self, spec: Spec) -> bool:
        """Whether one more row of a repeat still fits."""
        size = self._sizes.get(spec.order)
        if size is None:
            size = self._sizes[spec.order] = sum(1 for _ in spec.template.iter())
        return len(self.by_path) + size <= MAX_NODES

    def remove(self, node: Node) -> None:
        """Take a row and everything in it out of the tree."""
        for one in node.walk():
            self.by_element.pop(one.place, None)
            self.by_path.pop(one.path, None)
        above = node.element.getparent()
        if above is not None:
            above.remove(node.element)
        if node.parent is not None and node.parent.rows is not None:
            node.parent.rows.remove(node)


def _insert(parent: Node, marker: Element) -> None:
    """Put a range's mark where the form has the repeat among its siblings."""
    last: Element | None = None
    for kid in parent.kids.values():
        last = kid.rows[-1].element if kid.rows else kid.element
    if last is None:
        parent.element.insert(0, marker)
    else:
        last.addnext(marker)
