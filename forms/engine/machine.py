"""Keeps every node of a filling up to date, computing only what a change can reach.

Layer: forms.engine. Work waits in a heap ordered by the form's ranks, so that what an expression
needs is known before it runs; a change of text or of rows queues the expressions that look at it.
"""

from __future__ import annotations

import heapq
import math
import re
from datetime import datetime
from typing import Final

from forms.engine import actions
from forms.engine.context import Context, Run, World
from forms.engine.dependencies import Edge, Task
from forms.engine.faults import ExpressionFault
from forms.engine.form import Form
from forms.engine.model import Itemset, Rule
from forms.engine.offers import item_value, shown
from forms.engine.reach import above_relevant, under
from forms.engine.tree import Grower, Node, fixed_row
from forms.engine.values import Document, Value, to_boolean, to_number, to_text
from forms.engine.values import Node as XNode
from ournydesk.domain.answers import Said

MAX_ROWS: Final = 10_000
MAX_TEXT: Final = 10_000_000
"""How many characters all answers of a filling may have together."""
_PATIENCE: Final = 5_000
"""How often one task of one node may run before the form is said not to settle."""
_ROW_PATIENCE: Final = 100
"""How often a count of rows may change after one answer."""
_NAMES: Final = {Task.COUNT: "rows and their count", Task.RELEVANT: "relevance and its answer"}
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOAD_EVENTS: Final = frozenset({"odk-instance-first-load", "odk-instance-load"})
_NEW_ROW_EVENTS: Final = frozenset({"odk-new-repeat"})


class Machine:
    """The nodes of one filling and the work that keeps them right."""

    def __init__(self, form: Form, now: datetime) -> None:
        self.form = form
        self.grown: list[Node] = []
        self.grower = Grower(self.grown)
        self.touched: set[str] = set()
        self.written: dict[str, Node] = {}
        """Nodes whose kept answer changed by an action or a calculate that cannot be repeated."""
        self.rows_added: list[Node] = []
        self.rows_removed: list[tuple[Node, int, Node]] = []
        """Ranges, the place a row had in them, and the row."""
        self.undo: list[tuple[Node, str, Said]] = []
        """What nodes held before this step, to put back if the step fails."""
        self._early: list[tuple[int, int, Task, Node]] = []
        self._late: list[tuple[int, int, Task, Node]] = []
        self._waiting: set[tuple[int, Task]] = set()
        self._ticket = 0
        self._length = 0
        """Characters written so far; what the form itself gives is not counted."""
        self._runs: dict[tuple[int, Task], int] = {}
        self.live = False
        self._happening = False
        """Whether a new row's events happen: not while a form or its answers are put in place."""
        self.at_once = False
        """Whether an answer follows its relevance at once: an action is about to look at it."""
        self._settled: set[str] = set()
        self.root = self.grower.root(form.ordered[0])
        self.world = World(Document(self.root.element), form.instances, now)
        self.world.fixed = {
            node.spec.path: [node.place] for node in self.grown if not node.spec.depth and node.row is None
        }

    def context(self, node: Node) -> Context:
        """Where expressions about a node are computed."""
        return Context(self.world, node.place, node.place)

    def context_of(self, item: XNode) -> Context:
        """Where expressions about an offered choice are computed."""
        return Context(self.world, item, item)

    def run(self, node: Node, rule_run: Run, what: str) -> Value:
        """An expression's value at a node; a fault names the node."""
        try:
            return rule_run(Context(self.world, node.place, node.place))
        except ExpressionFault as fault:
            raise ExpressionFault(
                f"{node.spec.path}, {what}: {fault.message}", path=node.spec.path
            ) from fault
        except RecursionError as error:
            raise ExpressionFault(f"{node.spec.path}, {what}: the expression nests too deeply.") from error

    # -- the first time -------------------------------------------------------------------------

    def begin(self, *, events: bool, settled: set[str] | None = None) -> None:
        """Work everything out. ``events``: actions of the load happen; ``settled``: answers that stand."""
        self._settled = settled or set()
        grown = self._take_grown()
        for node in grown:
            self._enlist(node)
        if events and self.form.actions:
            # Rows that follow a count are part of the form as it is loaded; later ones are new.
            self.at_once = True
            self.drain(early=True)
            self.at_once, self._happening = False, True
            actions.in_document_order(self, list(self.root.walk()), _LOAD_EVENTS)
            self.live = True
        self.drain()
        self.live = self._happening = True
        self._settled = set()
        for node in self.root.walk():
            actions.watch(self, node)

    def restore(self, settled: set[str]) -> None:
        """Work on after answers were put in place once more."""
        self._settled = settled
        self.live = self._happening = False
        for node in self._take_grown():
            self._enlist(node)
        for node in self.root.walk():
            if node.spec.leaf and node.rows is None:
                self.queue(node, Task.VALUE)
        self.drain()
        self.live = self._happening = True
        self._settled = set()
        for node in self.root.walk():
            actions.watch(self, node)

    def _take_grown(self) -> list[Node]:
        grown = list(self.grown)
        self.grown.clear()
        return grown

    def _enlist(self, node: Node) -> None:
        """Queue all that has to be worked out for a node that is new."""
        spec = node.spec
        parent = node.parent
        if node.row is None and node.rows is not None and spec.count is not None:
            self.queue(node, Task.COUNT)
        if parent is not None:
            node.relevant = parent.relevant if node.row is None else above_relevant(parent)
            node.readonly = parent.readonly
        if spec.relevant is not None or not node.relevant:
            self.queue(node, Task.RELEVANT)
        if spec.readonly is not None:
            self.queue(node, Task.READONLY)
        if spec.required is not None:
            self.queue(node, Task.REQUIRED)
        if spec.leaf:
            if spec.calculate is not None:
                self.queue(node, Task.CALCULATE)
            if spec.chooses or not node.relevant or node.text != node.kept:
                self.queue(node, Task.VALUE)

    # -- the queue ------------------------------------------------------------------------------

    def queue(self, node: Node, task: Task) -> None:
        """Have a task done when its turn comes; once is enough."""
        key = (id(node), task)
        if key in self._waiting:
            return
        self._waiting.add(key)
        self._ticket += 1
        rank = self.form.dependencies.rank[node.spec.order, task]
        heapq.heappush(self._early if task < Task.CALCULATE else self._late, (rank, self._ticket, task, node))

    def drain(self, *, early: bool = False, last: bool = True) -> None:
        """Do all the work there is; ``early``: only rows, relevance, read-only and required.

        ``last``: nothing follows in this step, so patience starts anew.
        """
        first, second = self._early, self._late
        while first or (second and not early):
            heap = first if first and (early or not second or first[0] < second[0]) else second
            _, _, task, node = heapq.heappop(heap)
            key = (id(node), task)
            self._waiting.discard(key)
            if self.grower.by_path.get(node.path) is not node:
                continue
            self._patience(key, node, task)
            self._do(node, task)
        if last and not early:
            self._runs.clear()

    def _patience(self, key: tuple[int, Task], node: Node, task: Task) -> None:
        runs = self._runs.get(key, 0) + 1
        self._runs[key] = runs
        if runs > (_ROW_PATIENCE if task is Task.COUNT else _PATIENCE):
            self._stop()
            raise ExpressionFault(
                f"{node.spec.path}: its {_NAMES.get(task, 'calculations')} change each other without end, "
                "so this answer cannot be taken.",
                path=node.spec.path,
            )

    def _stop(self) -> None:
        """Forget all work that waits: this step will be taken back."""
        self._early.clear()
        self._late.clear()
        self._waiting.clear()
        self._runs.clear()

    def _do(self, node: Node, task: Task) -> None:
        match task:
            case Task.COUNT:
                self._count(node)
            case Task.RELEVANT:
                self._relevance(node)
            case Task.READONLY:
                self._read_only(node)
            case Task.REQUIRED:
                self._requirement(node)
            case Task.CALCULATE:
                self.calculate(node)
            case Task.CHOICES:
                node.items = None
                self.touched.add(node.path)
                if node.kept:
                    self.queue(node, Task.VALUE)
            case Task.VALUE:
                self.show(node)
            case Task.ACTION:
                actions.fire(self, node)
            case Task.LOOK:
                self.touched.add(node.path)

    # -- tasks ----------------------------------------------------------------------------------

    def _truth(self, node: Node, rule: Rule, what: str) -> bool:
        if rule.fixed is not None:
            return rule.fixed
        return to_boolean(self.run(node, rule.run, what))

    def _relevance(self, node: Node) -> None:
        rule = node.spec.relevant
        node.own_relevant = True if rule is None else self._truth(node, rule, "relevant")
        self._inherit(node)

    def _inherit(self, node: Node) -> None:
        parent = node.parent
        above = True
        if parent is not None:
            above = parent.relevant if node.row is None else above_relevant(parent)
        relevant = above and node.own_relevant
        if relevant is node.relevant:
            return
        node.relevant = relevant
        self.touched.add(node.path)
        if node.spec.leaf and node.rows is None:
            if relevant and node.spec.calculate is not None:
                node.calculated = None
                self.queue(node, Task.CALCULATE)
            if self.at_once or (relevant and node.spec.changing):
                # A calculation from its own answer needs that answer back first.
                self.show(node)
            else:
                self.queue(node, Task.VALUE)
        for child in node.below():
            # Rows look past their range, at what stands above it.
            self._inherit(child)
        if node.rows is None:
            for child in node.kids.values():
                for row in child.rows or ():
                    self._inherit(row)

    def _read_only(self, node: Node) -> None:
        rule = node.spec.readonly
        node.own_readonly = False if rule is None else self._truth(node, rule, "readonly")
        self._inherit_readonly(node)

    def _inherit_readonly(self, node: Node) -> None:
        readonly = node.own_readonly or (node.parent is not None and node.parent.readonly)
        if readonly is not node.readonly:
            node.readonly = readonly
            self.touched.add(node.path)
            for child in node.below():
                self._inherit_readonly(child)

    def _requirement(self, node: Node) -> None:
        rule = node.spec.required
        required = False if rule is None else self._truth(node, rule, "required")
        if required is not node.required:
            node.required = required
            self.touched.add(node.path)

    def calculate(self, node: Node) -> None:
        """Compute a relevant leaf's answer, and keep it when it is another one than before."""
        rule = node.spec.calculate
        if rule is None or not node.relevant:
            return
        result = to_text(self.run(node, rule.run, "calculate"))
        before = node.calculated
        node.calculated = result
        if node.path in self._settled or result == before:
            return
        self.write(node, node.spec.codec(result), keep=node.spec.changing)

    def write(self, node: Node, text: str, *, keep: bool) -> None:
        """Put an answer in place. ``keep``: it cannot be worked out again, so it must be stored."""
        if not text.isprintable():
            text = _NOT_XML.sub("", text)
        if node.kept == text:
            return
        self._length += len(text) - len(node.kept)
        if self._length > MAX_TEXT:
            self._stop()
            raise ExpressionFault(
                f"{node.spec.path}: the answers would be longer than {MAX_TEXT} characters together.",
                path=node.spec.path,
            )
        self.undo.append((node, node.kept, node.said))
        node.kept = text
        if keep:
            self.written[node.path] = node
        self.queue(node, Task.VALUE)

    def show(self, node: Node) -> None:
        """Bring the text XPath sees in line with what is kept, relevant and offered."""
        text = ""
        if node.relevant:
            chosen = node.kept and node.spec.chooses
            text = shown(node.kept, node.spec, self.items(node)) if chosen else node.kept
        place = node.place
        if (place.text or "") == text:
            return
        place.text = text
        self.touched.add(node.path)
        self._tell(self.form.dependencies.on_text.get(node.spec.order), node)
        if self.live and self.form.actions:
            actions.tell(self, node)

    def _tell(self, edges: list[Edge] | None, node: Node) -> None:
        for edge in edges or ():
            for other in under(edge, node):
                self.queue(other, edge.task)

    # -- rows -----------------------------------------------------------------------------------

    def _count(self, node: Node) -> None:
        rule, rows = node.spec.count, node.rows
        if rule is None or rows is None:
            return
        value = self.run(node, rule.run, "jr:count")
        number = to_number(value, self.world.zone)
        if math.isnan(number):
            return
        if number > MAX_ROWS:
            raise ExpressionFault(
                f"{node.spec.path} would have {number:.0f} rows; {MAX_ROWS} is the limit.",
                path=node.spec.path,
            )
        wanted = max(0, int(number))
        if wanted == len(rows):
            return
        defaults = node.spec.defaults
        while len(rows) > wanted:
            self.drop_row(rows[-1])
        added: list[Node] = []
        for index in range(len(rows), wanted):
            default = defaults[index] if index < len(defaults) else None
            added.append(self.grower.add_row(node, fixed_row(node.path, index), default=default))
            self.rows_added.append(added[-1])
        self.settle_rows(added)

    def settle_rows(self, rows: list[Node]) -> None:
        """Work new rows out, all of them there; tell those who look at which rows there are."""
        grown = self._take_grown()
        for node in grown:
            self.touched.add(node.path)
            self._enlist(node)
        if rows and rows[0].parent is not None:
            self.touched.update(row.path for row in rows[0].parent.rows or ())
        for row in rows:
            self._rows_changed(row)
        if self.form.actions and self._happening:
            if self.live:
                self._drain_around(grown)
            actions.in_document_order(self, grown, _NEW_ROW_EVENTS)

    def _drain_around(self, grown: list[Node]) -> None:
        """Work out what looks at new rows from outside, before anything happens in them."""
        inside = {id(node) for node in grown}
        held = [entry for entry in self._late if id(entry[3]) in inside]
        self._late[:] = [entry for entry in self._late if id(entry[3]) not in inside]
        heapq.heapify(self._late)
        self.drain(last=False)
        for entry in held:
            heapq.heappush(self._late, entry)

    def _rows_changed(self, row: Node) -> None:
        """Rows came or went: repeats inside them count as changed too, and so do their texts."""
        on_rows, on_text = self.form.dependencies.on_rows, self.form.dependencies.on_text
        owner = row.parent
        if owner is None:
            return
        seen: set[int] = set()
        for node in row.walk():
            order = node.spec.order
            if order in seen:
                continue
            seen.add(order)
            at = owner if node is row else node
            if node.rows is not None or node is row:
                self._tell(on_rows.get(order), at)
            elif node.spec.leaf:
                self._tell(on_text.get(order), node)

    def drop_row(self, row: Node) -> None:
        """Take a row away; tell those who looked at it."""
        owner = row.parent
        if owner is None:
            return
        self.rows_removed.append((owner, owner.rows.index(row) if owner.rows else 0, row))
        self.touched.update(one.path for one in owner.rows or ())
        self._rows_changed(row)
        self.grower.remove(row)

    # -- choices --------------------------------------------------------------------------------

    def items(self, node: Node) -> tuple[str, ...]:
        """The values now offered."""
        if node.items is None:
            spec = node.spec
            if spec.itemset is None:
                node.items = tuple(item.value for item in spec.items)
            else:
                itemset = spec.itemset
                node.offering = self._offered(node, itemset)
                node.items = tuple(item_value(itemset, one, self.world) for one in node.offering)
        return node.items

    def _offered(self, node: Node, itemset: Itemset) -> list[XNode]:
        """The nodes an itemset offers now."""
        found = self.run(node, itemset.nodes.run, "choices")
        if not isinstance(found, list):
            raise ExpressionFault(f"{node.spec.path}: its choices are no nodes.", path=node.spec.path)
        return found
