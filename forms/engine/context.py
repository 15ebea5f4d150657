"""Where an expression stands while it is computed. Layer: forms.engine."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from forms.engine.values import Document, Node, Value

if TYPE_CHECKING:
    from lxml import etree

    from forms.engine.instances import Instances


class World:
    """What every expression of one session shares.

    ``fixed`` holds the element of each path that no repeat can multiply; ``now`` is aware and its
    zone is the form's local time.
    """

    __slots__ = ("choice_name", "document", "fixed", "instances", "language", "now", "rng", "texts", "zone")

    def __init__(self, document: Document, instances: Instances, now: datetime) -> None:
        if now.tzinfo is None:
            now = now.astimezone()
        self.document = document
        self.instances = instances
        self.now = now
        self.zone: tzinfo = now.tzinfo or now.astimezone().tzinfo  # type: ignore[assignment]  # aware now
        self.language = ""
        self.rng = random.SystemRandom()
        self.fixed: Mapping[str, list[Node]] = {}
        self.choice_name: Callable[[etree._Element, str], str | None] = _no_choices
        self.texts: Callable[[str], list[Node]] = _no_texts


class Context:
    """One place of evaluation: the node, its position among ``size`` others, and ``current()``."""

    __slots__ = ("current", "node", "position", "size", "world")

    def __init__(self, world: World, node: Node, current: Node, position: int = 1, size: int = 1) -> None:
        self.world = world
        self.node = node
        self.current = current
        self.position = position
        self.size = size


Run = Callable[[Context], Value]
"""An expression made ready: gives its value in a context."""


def _no_choices(_element: etree._Element, _value: str) -> str | None:
    return None


def _no_texts(_name: str) -> list[Node]:
    return []
