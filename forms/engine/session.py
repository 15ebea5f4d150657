"""Filling a form: one person's answers, kept in step with all the form's rules. Layer: forms.engine.

A session is made from a form and plain answers, and gives plain events back. It holds no thread, no
clock and no file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from forms.engine import preloads, submission
from forms.engine.definitions import Choice, Kind, Text
from forms.engine.faults import ExpressionFault, StepRefused
from forms.engine.form import Form
from forms.engine.keeping import answer_of, events_of, is_in, mentions, put
from forms.engine.machine import MAX_ROWS, Machine
from forms.engine.markdown import Block
from forms.engine.markdown import parse as parse_markdown
from forms.engine.states import NodeState, Reader, Role
from forms.engine.tree import Node
from forms.engine.values import words_of
from ournydesk.domain.answers import Answer, AnswerEvent, Answers, AnswerSet, RowAdded, RowRemoved, Said
from ournydesk.domain.ids import Path, RowId, is_id, new_id

NO_PROPERTIES: Final[Mapping[str, str]] = MappingProxyType({})
_PLACE: Final = re.compile(r"\[(\d{1,9})\]")
_NOT_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Change:
    """What one step did. ``events`` are to be stored, in order; ``touched`` may look different now."""

    events: tuple[AnswerEvent, ...] = ()
    touched: frozenset[Path] = frozenset()
    row: RowId | None = None


class Session:
    """One filling of a form. Made by :meth:`start` or :meth:`open`."""

    def __init__(self, form: Form, machine: Machine) -> None:
        self.form = form
        self._machine = machine
        self._reader = Reader(machine)
        self._unsaved: tuple[AnswerEvent, ...] = ()

    # -- beginning ------------------------------------------------------------------------------

    @classmethod
    def start(cls, form: Form, now: datetime, preload: Mapping[str, str] = NO_PROPERTIES) -> Session:
        """A new filling: defaults, preloads and the events of a first load.

        ``now`` is aware; its zone is the form's local time. ``preload`` gives ``username``,
        ``deviceid``, ``email`` and ``phonenumber`` to forms that ask for them.
        """
        session = cls(form, Machine(form, now))
        machine = session._machine
        preloads.first_load(machine, preload)
        machine.begin(events=True)
        session._begun()
        return session

    @classmethod
    def open(cls, form: Form, answers: Answers, now: datetime) -> Session:
        """The filling these answers describe, exactly as it was left.

        Empty answers begin a new filling, without preloads.
        """
        if not answers.values and not answers.rows:
            return cls.start(form, now)
        session = cls(form, Machine(form, now))
        machine = session._machine
        machine.begin(events=False, settled=put(machine, answers))
        # Rows that follow a count exist only now; their answers come in a second pass.
        while any(mentions(answers, row.path) for row in machine.rows_added):
            machine.rows_added.clear()
            machine.restore(put(machine, answers))
        machine.written.clear()
        machine.rows_added.clear()
        machine.rows_removed.clear()
        return session

    def _begun(self) -> None:
        """Remember to hand out, with the first change, what the form itself put in place."""
        machine = self._machine
        machine.written.clear()
        machine.rows_added.clear()
        machine.rows_removed.clear()
        self._unsaved = self.beginning

    @property
    def beginning(self) -> tuple[AnswerEvent, ...]:
        """Events that rebuild everything there is now. The first change's events begin with them.

        A form that names no instance is marked as begun by its own hash at the path of its root.
        """
        machine = self._machine
        events = events_of(machine.root)
        named = preloads.instance_id(machine)
        if named is not None and named.kept:
            return events
        return (AnswerSet(machine.root.path, Answer(self.form.hash)), *events)

    # -- steps ----------------------------------------------------------------------------------

    def set(self, path: str, text: str, said: Said = Said.VALUE) -> Change:
        """Answer a question. Raises StepRefused when the form does not take an answer there now."""
        node = self._question(path)
        if _NOT_TEXT.search(text):
            raise StepRefused(path=node.path, why="not_text")
        text = self._fitting(node, text) if said is Said.VALUE else ""
        self._clear()
        machine = self._machine
        machine.undo.append((node, node.kept, node.said))
        node.said = said
        machine.touched.add(node.path)
        machine.write(node, text, keep=False)
        self._settle()
        own = AnswerSet(node.path, answer_of(node) if node.kept == text else Answer(text, said))
        return self._change(first=(own,), skip=node)

    def add_row(self, repeat: str, row: RowId | None = None) -> Change:
        """Add a row at the end of a repeat; ``Change.row`` is its id."""
        owner = self._repeat(repeat)
        identity = RowId(new_id()) if row is None else row
        rows = owner.rows or []
        if not is_id(identity):
            raise StepRefused(path=owner.path, why="no_such_row", row=identity)
        if any(one.row == identity for one in rows):
            raise StepRefused(path=owner.path, why="row_exists", row=identity)
        if len(rows) >= MAX_ROWS or not self._machine.grower.has_room(owner.spec):
            raise StepRefused(path=owner.path, why="too_many_rows", most=MAX_ROWS)
        self._clear()
        machine = self._machine
        added = machine.grower.add_row(owner, identity)
        machine.rows_added.append(added)
        self._settle(added)
        own = (RowAdded(owner.path, identity), *events_of(added))
        return self._change(first=own, inside=added, row=identity)

    def remove_row(self, row_path: str) -> Change:
        """Remove one row with everything in it."""
        node = self._find(row_path)
        if node is None or node.row is None or node.parent is None:
            raise StepRefused(path=row_path, why="no_such_row")
        owner = node.parent
        self._may_change_rows(owner)
        self._clear()
        machine = self._machine
        machine.drop_row(node)
        self._settle()
        machine.rows_removed.pop(0)
        return self._change(first=(RowRemoved(owner.path, node.row),))

    def _settle(self, row: Node | None = None) -> None:
        """Work the step out. If the form cannot, everything is as it was before and the fault goes on."""
        try:
            if row is not None:
                self._machine.settle_rows([row])
            self._machine.drain()
        except ExpressionFault:
            self._put_back()
            raise

    def _put_back(self) -> None:
        machine = self._machine
        for node, kept, said in reversed(machine.undo):
            node.kept, node.said = kept, said
        for row in reversed(machine.rows_added):
            if machine.grower.by_path.get(row.path) is row:
                machine.grower.remove(row)
        events = list(self.beginning)
        for owner, place, row in reversed(machine.rows_removed):
            if row.row is not None and row not in machine.rows_added:
                after = owner.rows[place].row if owner.rows and place < len(owner.rows) else None
                events += [RowAdded(owner.path, row.row, after), *events_of(row)]
        before = Session.open(self.form, Answers().apply_all(events), machine.world.now)
        self._machine, self._reader = before.inside

    @property
    def inside(self) -> tuple[Machine, Reader]:
        """What works and what reads: for another session to take over."""
        return self._machine, self._reader

    def _clear(self) -> None:
        machine = self._machine
        machine.undo.clear()
        machine.touched.clear()
        machine.written.clear()
        machine.rows_added.clear()
        machine.rows_removed.clear()

    def _change(
        self,
        first: tuple[AnswerEvent, ...],
        skip: Node | None = None,
        inside: Node | None = None,
        row: RowId | None = None,
    ) -> Change:
        machine = self._machine
        events: list[AnswerEvent] = [*self._unsaved, *first]
        self._unsaved = ()
        for owner, _, gone in machine.rows_removed:
            if gone.row is not None:
                events.append(RowRemoved(owner.path, gone.row))
        for added in machine.rows_added:
            alive = machine.grower.by_path.get(added.path) is added and added is not inside
            if alive and added.row is not None and added.parent is not None and not is_in(added, inside):
                events += [RowAdded(added.parent.path, added.row), *events_of(added)]
        for node in machine.written.values():
            new_row = any(is_in(node, added) for added in machine.rows_added)
            if (node is not skip and not is_in(node, inside) and not new_row) or node is skip:
                events.append(AnswerSet(node.path, answer_of(node)))
        touched = frozenset(Path(path) for path in machine.touched)
        return Change(tuple(dict.fromkeys(events)), touched, row)

    def _fitting(self, node: Node, text: str) -> str:
        """The text as the node's type and choices keep it."""
        text = node.spec.codec(text)
        if not text or not node.spec.chooses:
            return text
        offered = self._machine.items(node)
        control = node.spec.definition.control
        if control == "select1":
            return text if text in offered else ""
        words = words_of(text)
        if control == "select":
            return " ".join(value for value in dict.fromkeys(offered) if value in set(words))
        missing = [value for value in offered if value not in words]
        if missing:
            raise StepRefused(path=node.path, why="rank_incomplete", missing=tuple(missing))
        return " ".join(words)

    def _question(self, path: str) -> Node:
        node = self._find(path)
        if node is None:
            raise StepRefused(path=path, why="unknown")
        if not node.spec.leaf or node.rows is not None:
            raise StepRefused(path=node.path, why="not_a_question")
        if not node.relevant:
            raise StepRefused(path=node.path, why="irrelevant")
        if node.readonly or node.spec.definition.kind is Kind.NOTE:
            raise StepRefused(path=node.path, why="readonly")
        if node.spec.definition.kind is Kind.HIDDEN and node.spec.calculate is not None:
            raise StepRefused(path=node.path, why="calculated")
        return node

    def _repeat(self, path: str) -> Node:
        node = self._find(path)
        if node is None or node.rows is None:
            raise StepRefused(path=path, why="unknown" if node is None else "not_a_repeat")
        self._may_change_rows(node)
        return node

    def _may_change_rows(self, owner: Node) -> None:
        if owner.spec.definition.counted:
            raise StepRefused(path=owner.path, why="counted")
        if not owner.relevant:
            raise StepRefused(path=owner.path, why="irrelevant")

    # -- reading --------------------------------------------------------------------------------

    @property
    def answers(self) -> Answers:
        """Everything kept, also what is not relevant now, with the rows it stands in."""
        return Answers().apply_all(self.beginning)

    def _find(self, path: str) -> Node | None:
        known = self._machine.grower.by_path
        node = known.get(path)
        if node is not None or "[" not in path:
            return node
        stable = path
        while True:
            match = _PLACE.search(stable)
            if match is None or is_id(match[1]):
                return known.get(stable)
            owner = known.get(stable[: match.start()])
            place = int(match[1])
            if owner is None or owner.rows is None or not 1 <= place <= len(owner.rows):
                return None
            stable = f"{owner.path}[{owner.rows[place - 1].row}]{stable[match.end() :]}"

    def _node(self, path: str) -> Node:
        node = self._find(path)
        if node is None:
            raise StepRefused(path=path, why="unknown")
        return node

    def state(self, path: str) -> NodeState:
        """How the node at a path stands. Raises StepRefused when there is none."""
        return self._reader.state(self._node(path))

    def children(self, path: str = "") -> tuple[NodeState, ...]:
        """The nodes right below one, in document order; a repeat's are its rows."""
        node = self._node(path) if path else self._machine.root
        return tuple(self._reader.state(child) for child in node.below() if not child.spec.is_attribute)

    def walk(self) -> Iterator[NodeState]:
        """Every node in document order, relevant or not; repeats before their rows."""
        nodes = self._machine.root.walk()
        return (self._reader.state(node) for node in nodes if not node.spec.is_attribute)

    def text(self, path: str, role: Role = "label", language: str = "") -> Text:
        """Words of a node with outputs filled in."""
        return self._reader.words(self._node(path), role, language or self.form.default_language)

    def formatted(self, path: str, role: Role = "label", language: str = "") -> tuple[Block, ...]:
        """Words of a node with their Markdown understood; answers filled in are never markup."""
        spoken = language or self.form.default_language
        return parse_markdown(self._reader.words(self._node(path), role, spoken, escape=True).text)

    def choices(self, path: str, language: str = "") -> tuple[Choice, ...]:
        """The choices now offered at a path."""
        return self._reader.choices(self._node(path), language or self.form.default_language)

    def violations(self) -> tuple[NodeState, ...]:
        """Relevant nodes whose answer is missing or breaks a rule, in document order."""
        nodes = self._machine.root.walk()
        return tuple(self._reader.state(node) for node in nodes if self._reader.violation(node))

    def submission(self, instance_id: str | None = None) -> bytes:
        """The ODK submission XML of what is relevant now."""
        machine = self._machine
        preloads.last_moment(machine)
        machine.drain()
        if instance_id is not None:
            node = preloads.instance_id(machine)
            if node is not None:
                machine.write(node, instance_id, keep=True)
                machine.drain()
        return submission.write(machine.root, self.form.namespaces)
