"""Secondary instances: lists a form looks things up in, inside it or beside it. Layer: forms.engine.

Nothing here changes while a form is filled, so an equality look-up (``item[country = X]``) builds an
index at its first use and is one dictionary look-up from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from lxml import etree

from forms.engine.values import node_text

Element = etree._Element  # noqa: SLF001 - the only name lxml gives its elements
Source = Callable[[], Element | None]
NOTHING: Final[Sequence[Element]] = ()


class Instances:
    """The secondary instances of one form by id; each is read when it is first asked for."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = dict(sources)
        self._roots: dict[str, Element | None] = {}
        self._lists: dict[tuple[str, tuple[str, ...]], list[Element]] = {}
        self._indexes: dict[tuple[str, tuple[str, ...], tuple[str, ...]], dict[str, list[Element]]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._sources

    def names(self) -> tuple[str, ...]:
        """Every id."""
        return tuple(self._sources)

    def root(self, name: str) -> Element | None:
        """The ``<instance>`` element itself; None when the form has no such instance."""
        if name not in self._roots:
            source = self._sources.get(name)
            self._roots[name] = None if source is None else source()
        return self._roots[name]

    def items(self, name: str, path: tuple[str, ...]) -> list[Element]:
        """The elements at a plain path of child names below the instance."""
        key = (name, path)
        found = self._lists.get(key)
        if found is None:
            root = self.root(name)
            found = [] if root is None else _below([root], path)
            self._lists[key] = found
        return found

    def lookup(self, name: str, path: tuple[str, ...], key: tuple[str, ...], text: str) -> Sequence[Element]:
        """The elements at ``path`` that have a ``key`` below them reading exactly ``text``, in order."""
        place = (name, path, key)
        index = self._indexes.get(place)
        if index is None:
            index = self._indexes[place] = _index(self.items(name, path), key)
        return index.get(text, NOTHING)


def _below(elements: list[Element], path: tuple[str, ...]) -> list[Element]:
    for step in path:
        elements = [child for element in elements for child in element.iterchildren(step)]
    return elements


def _index(items: list[Element], key: tuple[str, ...]) -> dict[str, list[Element]]:
    index: dict[str, list[Element]] = {}
    if len(key) == 1:
        (name,) = key
        for item in items:
            for cell in item.iterchildren(name):
                text = node_text(cell)
                rows = index.get(text)
                if rows is None:
                    index[text] = [item]
                elif rows[-1] is not item:
                    rows.append(item)
        return index
    for item in items:
        for text in dict.fromkeys(node_text(cell) for cell in _below([item], key)):
            index.setdefault(text, []).append(item)
    return index
