"""A loaded form, ready to be filled any number of times. Layer: forms.engine."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from lxml import etree

from forms.engine.definitions import Definition
from forms.engine.dependencies import Dependencies
from forms.engine.faults import FormRefused
from forms.engine.model import Spec
from forms.engine.reading import Reader
from forms.engine.scouting import Scout
from forms.engine.wording import Words

EMPTY: Final[Mapping[str, bytes]] = {}


class Form:
    """One version of a form: what it asks, in which languages, and how its answers hang together."""

    def __init__(self, xml: bytes, files: Mapping[str, bytes] = EMPTY) -> None:
        reader = Reader(xml, files)
        root = reader.primary
        self.id: str = root.get("id", "")
        self.version: str = root.get("version", "")
        self.hash: str = hashlib.sha256(xml).hexdigest()
        self.title: str = reader.title
        self.entries = reader.entries
        self.languages: tuple[str, ...] = tuple(reader.entries.by_language)
        self.default_language: str = reader.entries.default
        self.root: Definition = reader.definition
        self.namespaces: Mapping[str, str] = reader.namespaces
        self.compiler = reader.compiler
        self.instances = reader.instances
        self.specs: Mapping[str, Spec] = reader.specs
        self.ordered: tuple[Spec, ...] = tuple(reader.specs.values())
        self.actions = any(spec.actions for spec in self.ordered)
        self.watchers: Mapping[str, tuple[Spec, ...]] = _watchers(self.ordered)
        scout = Scout(reader.specs, reader.root, reader.compiler, self._spoken)
        self.dependencies = Dependencies(reader.specs, scout, _looks(self))

    def _spoken(self, words: Words, instances: Sequence[str]) -> Iterator[str]:
        """The expressions some words compute, those of the entries included that a list names."""
        yield from words.sources(self.entries)
        if not words.entry or words.name or not self.entries.outputs:
            return
        for name in instances:
            root = self.instances.root(name)
            for cell in () if root is None else root.iter(etree.Element):
                yield from self.entries.outputs.get((cell.text or "").strip(), ())

    def definition(self, path: str) -> Definition:
        """What stands at a path without rows. Raises KeyError for a path the form does not have."""
        return self.specs[path].definition

    def definitions(self) -> Iterator[Definition]:
        """Every definition in document order."""
        return (spec.definition for spec in self.ordered if not spec.is_attribute)

    def __contains__(self, path: str) -> bool:
        return path in self.specs


def load_form(xml: bytes, files: Mapping[str, bytes] = EMPTY) -> Form:
    """Load an ODK XForm; ``files`` are its external instances by name.

    Raises FormRefused naming the construct and its place when the form cannot be used.
    """
    # Nothing made while a form is read is garbage, so looking for some would be a third of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return Form(xml, files)
    except RecursionError as error:
        raise FormRefused("The form nests too deeply to be read.") from error
    finally:
        if collecting:
            gc.enable()


def _looks(form: Form) -> dict[int, frozenset[str]]:
    """The expressions that only change how a node looks."""
    looks: dict[int, frozenset[str]] = {}
    for spec in form.ordered:
        sources = {spec.constraint.source} if spec.constraint else set()
        words: list[Words | None] = [spec.label, spec.hint, spec.constraint_words, spec.required_words]
        for one in (*words, *(item.words for item in spec.items)):
            if one is not None:
                sources.update(one.sources(form.entries))
        if sources:
            looks[spec.order] = frozenset(sources)
    return looks


def _watchers(specs: tuple[Spec, ...]) -> dict[str, tuple[Spec, ...]]:
    """Which paths are written to when the answer at a path changes."""
    found: dict[str, tuple[Spec, ...]] = {}
    for spec in specs:
        for action in spec.actions:
            if "xforms-value-changed" in action.events and action.source:
                found[action.source] = (*found.get(action.source, ()), spec)
    return found
