"""Words of a form: literal, translated, with outputs to fill in. Layer: forms.engine.

A form's words are ``Words``: parts in a row, or the name of an entry in the translations. Filling
them in needs a context (:mod:`forms.engine.context`) and a language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from forms.engine.context import Context, Run
from forms.engine.definitions import Text
from forms.engine.grammar import Call, Expression, parse
from forms.engine.grammar import Text as Literal
from forms.engine.names import TEXT, TRANSLATION, local
from forms.engine.values import to_text

Element = etree._Element  # noqa: SLF001 - the only name lxml gives its elements
_MEDIA: Final = frozenset({"image", "audio", "video", "big-image"})
_STATED: Final = re.compile(r"""\s*jr:itext\(\s*('[^']*'|"[^"]*")\s*\)\s*""")
MISSING: Final = "-"
"""What pyxform writes where a translation was left blank."""


@dataclass(frozen=True, slots=True)
class Output:
    """A place where an expression's text is filled in."""

    source: str


Part = str | Output


@dataclass(frozen=True, slots=True)
class Words:
    """Words to show. With ``entry`` set, that expression names the entry in the translations."""

    parts: tuple[Part, ...] = ()
    entry: str = ""
    name: str = ""
    """The entry's name when the form states it outright."""

    def sources(self, entries: Entries) -> Iterable[str]:
        """Every expression they may compute, in any language."""
        if self.entry and not self.name:
            yield self.entry
        for part in self.parts:
            if isinstance(part, Output):
                yield part.source
        yield from entries.outputs.get(self.name, ())


@dataclass(frozen=True, slots=True)
class Entry:
    """One translated text: its plain words, its guidance, and its media by kind."""

    parts: tuple[Part, ...]
    guidance: tuple[Part, ...] = ()
    media: Mapping[str, str] | None = None


class Entries:
    """The translations: languages in the order of the form, entries by name."""

    def __init__(self, by_language: Mapping[str, Mapping[str, Entry]], default: str) -> None:
        self.by_language = by_language
        self.default = default
        self.outputs: dict[str, tuple[str, ...]] = {}
        """The expressions each entry computes, in any language; entries without are not there."""
        for entries in by_language.values():
            for name, entry in entries.items():
                sources = [
                    part.source for part in (*entry.parts, *entry.guidance) if isinstance(part, Output)
                ]
                if sources:
                    self.outputs[name] = (*self.outputs.get(name, ()), *sources)

    def get(self, language: str, name: str) -> Entry | None:
        """One entry, None when this language has none of that name."""
        return self.by_language.get(language, {}).get(name)


def read_entries(itexts: Iterable[Element]) -> Entries:
    """The translations of a form."""
    by_language: dict[str, dict[str, Entry]] = {}
    default = ""
    for itext in itexts:
        for translation in itext.iterchildren(TRANSLATION):
            language = translation.get("lang")
            if language is None:
                continue
            entries = by_language.setdefault(language, {})
            if translation.get("default") is not None and not default:
                default = language
            for text in translation.iterchildren(TEXT):
                entries[text.get("id", "")] = _entry(text)
    return Entries(by_language, default or next(iter(by_language), ""))


def _entry(text: Element) -> Entry:
    plain: list[Part] = []
    guidance: list[Part] = []
    media: dict[str, str] = {}
    for value in text.iterchildren(etree.Element):
        form = value.get("form", "")
        if form in _MEDIA:
            media[form] = (value.text or "").strip()
        else:
            (guidance if form == "guidance" else plain).extend(parts_of(value))
    return Entry(tuple(plain), tuple(guidance), media or None)


def parts_of(element: Element) -> tuple[Part, ...]:
    """Text and outputs inside an element, in order."""
    parts: list[Part] = [element.text] if element.text else []
    for child in element.iterchildren(etree.Element):
        source = child.get("value")
        if local(child.tag) == "output" and source is not None:
            parts.append(Output(source))
        if child.tail:
            parts.append(child.tail)
    return tuple(parts)


def words_from_element(element: Element | None) -> Words | None:
    """The words of a ``<label>`` or ``<hint>``."""
    if element is None:
        return None
    reference = element.get("ref")
    return Words(parts_of(element)) if reference is None else words_from_reference(reference)


def words_from_reference(reference: str) -> Words:
    """The words a ``ref`` names: a translation or the text of a node."""
    stated = _STATED.fullmatch(reference)
    if stated is not None:
        return Words(entry=stated[1], name=stated[1][1:-1])
    entry = _translation(parse(reference))
    if entry is None:
        return Words((Output(reference),))
    if isinstance(entry, Literal):
        return Words(entry=repr(entry.value), name=entry.value)
    return Words(entry=_inside(reference))


def words_from_message(message: str | None) -> Words | None:
    """The words of a ``jr:constraintMsg``: a translation when it says so, else the text itself."""
    if message is None:
        return None
    if message.lstrip().startswith("jr:itext("):
        return words_from_reference(message)
    return Words((message,))


def _translation(tree: Expression) -> Expression | None:
    if isinstance(tree, Call) and tree.name.rpartition(":")[2] == "itext" and len(tree.arguments) == 1:
        return tree.arguments[0]
    return None


def _inside(call: str) -> str:
    return call[call.index("(") + 1 : call.rindex(")")]


def fill(parts: Iterable[Part], context: Context, ready: Callable[[str], Run]) -> str:
    """The parts as one text, outputs computed."""
    return "".join(part if isinstance(part, str) else to_text(ready(part.source)(context)) for part in parts)


def written(
    words: Words,
    context: Context,
    ready: Callable[[str], Run],
    entries: Entries,
    language: str,
    role: str = "",
) -> Text:
    """The words in a language, or in the default one with ``fallback`` set."""
    if not words.entry:
        return Text(fill(words.parts, context, ready), entries.default)
    name = words.name or to_text(ready(words.entry)(context))
    guidance = role == "guidance"
    for spoken in (language, entries.default):
        entry = entries.get(spoken, name)
        parts = None if entry is None else entry.guidance if guidance else entry.parts
        if parts and (parts != (MISSING,) or spoken == entries.default):
            return Text(fill(parts, context, ready), spoken, spoken != language)
    return Text("", entries.default, language != entries.default and bool(entries.get(entries.default, name)))
