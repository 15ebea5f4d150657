"""What a reader sees of one node. Layer: forms.engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from forms.engine.context import Run
from forms.engine.definitions import Choice, Definition, Kind, Text
from forms.engine.faults import ExpressionFault
from forms.engine.machine import Machine
from forms.engine.markdown import escaped
from forms.engine.model import Item, Spec
from forms.engine.tree import Element, Node
from forms.engine.values import Node as XNode
from forms.engine.values import TextNode, to_boolean, to_text
from forms.engine.wording import Words, written
from ournydesk.domain.answers import Answer, Said
from ournydesk.domain.ids import Path, RowId

Violation = Literal["constraint", "required"] | None
Role = Literal["label", "hint", "guidance", "constraint", "required"]
NO_WORDS = Text("")


@dataclass(frozen=True, slots=True)
class NodeState:
    """One node as it stands now. ``value`` is what would be submitted; ``answer`` what is kept."""

    path: Path
    ref: str
    definition: Definition
    kind: Kind
    relevant: bool
    readonly: bool
    required: bool
    answer: Answer
    value: str
    violation: Violation
    row: RowId | None = None
    offered: tuple[str, ...] = ()
    """The values of the choices now offered."""
    _reader: Reader | None = field(default=None, repr=False, compare=False)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The choices now offered, worded in the default language."""
        return () if self._reader is None else self._reader.choices_at(self.path)

    @property
    def is_row(self) -> bool:
        """Whether it is one row of a repeat."""
        return self.row is not None


class Reader:
    """Reads states and words off a machine; writes nothing."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._form = machine.form
        world = machine.world
        world.language = self._form.default_language
        world.choice_name = self._choice_name
        world.texts = self._itext

    def state(self, node: Node) -> NodeState:
        """How a node stands now."""
        leaf = node.spec.leaf and node.rows is None
        return NodeState(
            path=node.path,
            ref=node.ref,
            definition=node.spec.definition,
            kind=node.kind,
            relevant=node.relevant,
            readonly=node.readonly,
            required=node.required,
            answer=Answer(node.kept, node.said),
            value=node.text if leaf else "",
            violation=self.violation(node) if leaf else None,
            row=node.row,
            offered=self._machine.items(node) if node.spec.chooses else (),
            _reader=self,
        )

    def violation(self, node: Node) -> Violation:
        """What is wrong with an answer: a broken constraint before a missing one."""
        if not node.relevant or not node.spec.leaf:
            return None
        text = node.text
        rule = node.spec.constraint
        if text:
            if rule is None or rule.fixed is True:
                return None
            holds = (
                bool(rule.fixed)
                if rule.fixed is not None
                else to_boolean(self._machine.run(node, rule.run, "constraint"))
            )
            return None if holds else "constraint"
        return "required" if node.required and node.said is Said.VALUE else None

    def words(self, node: Node, role: Role, language: str, *, escape: bool = False) -> Text:
        """A node's words of one kind in one language, outputs filled in.

        ``escape``: outputs are written so that Markdown reads them as nothing but words.
        """
        spec = node.spec
        words = {
            "label": spec.label,
            "hint": spec.hint,
            "guidance": spec.hint,
            "constraint": spec.constraint_words,
            "required": spec.required_words,
        }[role]
        if words is None or (role == "guidance" and not words.entry):
            return NO_WORDS
        return self._written(words, node, language, role, escape=escape)

    def _written(
        self, words: Words, node: Node, language: str, role: str = "", *, escape: bool = False
    ) -> Text:
        world = self._machine.world
        world.language = language

        def ready(source: str) -> Run:
            run = self._form.compiler.ready(source, node.spec.path)
            return (lambda context: escaped(to_text(run(context)))) if escape else run

        try:
            return written(
                words,
                self._machine.context(node),
                ready,
                self._form.entries,
                language,
                role,
            )
        except ExpressionFault as fault:
            raise ExpressionFault(f"{node.spec.path}, {role or 'label'}: {fault.message}") from fault
        finally:
            world.language = self._form.default_language

    def choices(self, node: Node, language: str) -> tuple[Choice, ...]:
        """The choices now offered, worded in one language."""
        if not node.spec.chooses:
            return ()
        return tuple(self._each_choice(node, language))

    def choices_at(self, path: Path) -> tuple[Choice, ...]:
        """The choices at a path in the default language; none when the node is gone."""
        node = self._machine.grower.by_path.get(path)
        return () if node is None else self.choices(node, self._form.default_language)

    def _each_choice(self, node: Node, language: str) -> Iterator[Choice]:
        spec = node.spec
        if spec.itemset is None:
            for item in spec.items:
                yield Choice(item.value, self._written(item.words, node, language))
            return
        values = self._machine.items(node)
        for value, item_node in zip(values, node.offering, strict=True):
            yield Choice(value, self._item_words(spec, item_node, value, language))

    def _item_words(self, spec: Spec, item: XNode, value: str, language: str) -> Text:
        words = None if spec.itemset is None else spec.itemset.words
        if words is None:
            return Text(value, language)
        world = self._machine.world
        world.language = language
        try:
            context = self._machine.context_of(item)
            return written(words, context, self._form.compiler.ready, self._form.entries, language)
        finally:
            world.language = self._form.default_language

    def _choice_name(self, element: Element, value: str) -> str | None:
        node = self._machine.grower.by_element.get(element)
        if node is None or not node.spec.chooses:
            return None
        language = self._machine.world.language
        values = self._machine.items(node)
        if value not in values:
            return ""
        at = values.index(value)
        spec = node.spec
        if spec.itemset is None:
            item: Item = spec.items[at]
            return self._written(item.words, node, language).text
        return self._item_words(spec, node.offering[at], value, language).text

    def _itext(self, name: str) -> list[XNode]:
        entries = self._form.entries
        entry = entries.get(self._machine.world.language, name)
        if entry is None:
            return []
        root = self._machine.root
        words = Words(entry=repr(name), name=name)
        return [TextNode(root.element, self._written(words, root, self._machine.world.language).text)]
