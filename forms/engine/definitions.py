"""What a form asks, as plain values others may read. Layer: forms.engine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

_CODE: Final = re.compile(r"\(([^()]+)\)\s*$")


class Kind(StrEnum):
    """What stands at a path."""

    GROUP = "group"
    REPEAT = "repeat"
    ROW = "row"
    """One row of a repeat; only states are of this kind, definitions never."""
    QUESTION = "question"
    NOTE = "note"
    """Shown, never answered: an input that is always read-only and computes nothing."""
    HIDDEN = "hidden"
    """In the model, asked by no control."""


@dataclass(frozen=True, slots=True)
class Definition:
    """One group, repeat or question of the form. ``path`` has no row in it: ``/data/trips/left``."""

    path: str
    name: str
    kind: Kind
    control: str = ""
    """``input select1 select rank range trigger upload secret`` or empty."""
    type: str = "string"
    appearance: frozenset[str] = frozenset()
    attributes: Mapping[str, str] = field(default_factory=dict)
    """Attributes of its bind from namespaces the engine does not speak: ``{"ourny:item": "P2.6"}``."""
    children: tuple[Definition, ...] = ()
    parent: str = ""
    """The path of the definition above; empty for the root."""
    bounds: tuple[str, str, str] = ("", "", "")
    """Start, end and step of a range, as written."""
    media: str = ""
    """What an upload takes: ``image/*``."""
    calculated: bool = False
    counted: bool = False
    """A repeat whose rows follow ``jr:count`` or ``jr:noAddRemove`` and are not added by hand."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words in a language; ``fallback`` when that language lacks them and the default's were used."""

    text: str
    language: str = ""
    fallback: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice now offered."""

    value: str
    label: Text


def language_code(name: str) -> str:
    """``bn`` for ``Bengali (bn)``; the name itself when no code stands in brackets."""
    match = _CODE.search(name)
    return match[1].strip() if match else name
