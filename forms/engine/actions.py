"""Actions of a form: what a load, a new row or a changed answer writes elsewhere. Layer: forms.engine.

Source: ODK XForms specification, "Events" and "Actions".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.engine.dependencies import Task
from forms.engine.model import Action
from forms.engine.reach import targets
from forms.engine.tree import Node
from forms.engine.values import to_text

if TYPE_CHECKING:
    from forms.engine.machine import Machine

CHANGED = "xforms-value-changed"


def in_document_order(machine: Machine, nodes: list[Node], events: frozenset[str]) -> None:
    """Happen the events of a load or a new row at every leaf, top to bottom.

    An action sees calculations above it done and those below it not yet.
    """
    outermost, machine.at_once = not machine.at_once, True
    machine.drain(early=True)
    leaves = [node for node in nodes if node.spec.leaf and node.rows is None]
    for node in leaves:
        if node.spec.chooses or not node.relevant:
            machine.show(node)
    for node in leaves:
        machine.drain(early=True)
        if node.relevant and node.spec.calculate is not None:
            machine.calculate(node)
            machine.show(node)
        for action in node.spec.actions:
            if action.events & events and node.relevant:
                _perform(machine, node, action)
                machine.show(node)
        watch(machine, node)
    for node in leaves:
        if node.watched:
            machine.queue(node, Task.ACTION)
    machine.at_once = not outermost


def watch(machine: Machine, node: Node) -> None:
    """Remember what the answers read that this node follows."""
    for index, action in enumerate(node.spec.actions):
        if CHANGED in action.events and action.source:
            source = _source_of(machine, node, action)
            node.watched[index] = (action, source.text if source else "")


def tell(machine: Machine, node: Node) -> None:
    """An answer reads differently: those that follow it get their turn."""
    for target in machine.form.watchers.get(node.spec.path, ()):
        for one in targets(node, target):
            machine.queue(one, Task.ACTION)


def fire(machine: Machine, node: Node) -> None:
    """Write what a changed answer asks for, if it did change."""
    for index, (action, before) in list(node.watched.items()):
        source = _source_of(machine, node, action)
        text = source.text if source is not None else ""
        if text != before:
            node.watched[index] = (action, text)
            _perform(machine, node, action)


def _source_of(machine: Machine, node: Node, action: Action) -> Node | None:
    spec = machine.form.specs.get(action.source)
    found = [] if spec is None else targets(node, spec)
    return found[0] if len(found) == 1 else None


def _perform(machine: Machine, node: Node, action: Action) -> None:
    text = to_text(machine.run(node, action.run, "setvalue"))
    machine.write(node, node.spec.codec(text), keep=True)
