"""A form as it was read: nodes, binds, controls, actions. Layer: forms.engine.

:class:`Spec` is what the engine knows about one path of the model; :mod:`forms.engine.reading`
makes them from XML and :mod:`forms.engine.form` ties them together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from forms.engine.codecs import Codec, plain
from forms.engine.context import Run
from forms.engine.definitions import Definition
from forms.engine.wording import Words

if TYPE_CHECKING:
    from lxml import etree


@dataclass(slots=True)
class Rule:
    """One expression of a bind: its source and how to run it. ``fixed`` when it never changes."""

    source: str
    run: Run
    fixed: bool | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A choice written out in the control."""

    value: str
    words: Words


@dataclass(slots=True)
class Itemset:
    """Choices computed from nodes: which nodes, and each one's value and words."""

    nodes: Rule
    value: Rule
    words: Words | None
    value_tag: str = ""
    """The child's name when the value is simply a child's text."""


@dataclass(frozen=True, slots=True)
class Action:
    """A ``setvalue``: where it writes, when, and what. ``source`` is the path whose change it follows."""

    target: str
    events: frozenset[str]
    run: Run
    text: str
    source: str = ""


@dataclass(slots=True)
class Spec:
    """Everything known about one path."""

    definition: Definition
    tag: str
    order: int
    parent: Spec | None
    template: etree._Element
    leaf: bool
    relevant: Rule | None = None
    readonly: Rule | None = None
    required: Rule | None = None
    constraint: Rule | None = None
    calculate: Rule | None = None
    count: Rule | None = None
    fixed_count: int | None = None
    preload: tuple[str, str] = ("", "")
    codec: Codec = plain
    label: Words | None = None
    hint: Words | None = None
    constraint_words: Words | None = None
    required_words: Words | None = None
    items: tuple[Item, ...] = ()
    itemset: Itemset | None = None
    actions: list[Action] = field(default_factory=list)
    children: list[Spec] = field(default_factory=list)
    attributes: list[Spec] = field(default_factory=list)
    """Attributes of the element that a bind or an action is about."""
    defaults: list[etree._Element] = field(default_factory=list)
    """A repeat's rows as the form gives them."""
    depth: int = 0
    """How many repeats stand above or here."""
    changing: bool = False
    """Its calculate asks the clock or chance, so what it gave must be kept."""

    @property
    def path(self) -> str:
        """Its path without rows."""
        return self.definition.path

    @property
    def is_attribute(self) -> bool:
        """Whether it is an attribute of an element, not an element."""
        return self.definition.name.startswith("@")

    @property
    def chooses(self) -> bool:
        """Whether its answer is filtered by the choices now offered."""
        return self.definition.control in ("select1", "select", "rank")
