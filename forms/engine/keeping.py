"""What is stored of a filling, and putting it back. Layer: forms.engine."""

from __future__ import annotations

from typing import Final

from forms.engine.machine import Machine
from forms.engine.tree import Node
from ournydesk.domain.answers import Answer, AnswerEvent, Answers, AnswerSet, RowAdded, Said

CLEARED: Final = Answer(" ")
"""A calculation that a person cleared. Stored answers hold no blanks; one space says it was on purpose."""


def is_in(node: Node, ancestor: Node | None) -> bool:
    """Whether a node stands at or below another one."""
    at: Node | None = node
    while at is not None and ancestor is not None:
        if at is ancestor:
            return True
        at = at.parent
    return False


def events_of(top: Node) -> tuple[AnswerEvent, ...]:
    """Events that give a node and everything below it what it has now."""
    events: list[AnswerEvent] = []
    for node in top.walk():
        if node.row is not None and node is not top and node.parent is not None:
            events.append(RowAdded(node.parent.path, node.row))
        if node.spec.leaf and node.rows is None and stored(node):
            events.append(AnswerSet(node.path, answer_of(node)))
    return tuple(events)


def answer_of(node: Node) -> Answer:
    """What is stored of a leaf: its answer, or that a person cleared what the form had calculated."""
    return CLEARED if _cleared(node) else Answer(node.kept, node.said)


def _cleared(node: Node) -> bool:
    if node.kept or node.said is not Said.VALUE or not node.calculated:
        return False
    return bool(node.spec.codec(node.calculated))


def stored(node: Node) -> bool:
    """Whether a leaf's answer must be kept: nothing else would bring it back."""
    if _cleared(node):
        return True
    if not node.kept and node.said is Said.VALUE:
        return False
    if node.spec.calculate is None or node.spec.changing or node.said is not Said.VALUE:
        return True
    return node.calculated is None or node.kept != node.spec.codec(node.calculated)


def put(machine: Machine, answers: Answers) -> set[str]:
    """Give the tree the rows and answers of a stored filling; returns the paths that were given."""
    _put_rows(machine, machine.root, answers)
    settled: set[str] = set()
    for node in machine.root.walk():
        if not node.spec.leaf or node.rows is not None:
            continue
        answer = answers.values.get(node.path)
        if answer is not None:
            cleared = answer == CLEARED and node.spec.calculate is not None
            node.kept, node.said = "" if cleared else node.spec.codec(answer.text), answer.said
            settled.add(node.path)
        elif node.calculated is None:
            node.kept, node.said = "", Said.VALUE
    return settled


def _put_rows(machine: Machine, node: Node, answers: Answers) -> None:
    rows = node.rows
    if rows is not None and node.spec.fixed_count is None:
        wanted = answers.rows.get(node.path, ())
        present = {row.row for row in rows}
        for row in list(rows):
            if row.row not in wanted:
                machine.grower.remove(row)
        for index, identity in enumerate(wanted):
            if identity not in present:
                machine.grower.add_row(node, identity, at=min(index, len(rows)))
    for child in list(node.below()):
        _put_rows(machine, child, answers)


def mentions(answers: Answers, path: str) -> bool:
    """Whether anything was answered below a path."""
    inside = f"{path}/"
    return any(key.startswith(inside) for key in (*answers.values, *answers.rows))
