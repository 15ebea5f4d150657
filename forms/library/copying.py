"""A form read as empty paper. Layer: forms.library.

Every question of the form is there, in its order, whether it applies or not; rows of a table are asked
once. A skip that paper can say in a sentence is said; any other is left to whoever writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from string import ascii_lowercase
from typing import Final

from forms.engine import Definition, Form, Kind, NodeState, Session, Text, language_code
from forms.library.conditions import Told, told
from ournydesk.domain.documents import Bilingual
from ournydesk.domain.paper_copy import (
    Answering,
    Condition,
    CopyEntry,
    CopyHeading,
    CopyNote,
    CopyQuestion,
    CopyRepeat,
    CopySection,
    PaperCopy,
    When,
)
from ournydesk.errors import BadInput

_MARKUP: Final = re.compile(r"<[^<>]+>|\*\*|__")
_TYPES: Final = {"date": Answering.DAY, "int": Answering.NUMBER, "decimal": Answering.NUMBER}
_FINGERPRINT: Final = 8
_MOST_BOXES: Final = 16
"""Choices that are printed as boxes; of more, states for one, the answer is written."""


def paper_copy(form: Form, language: str, now: datetime) -> PaperCopy:
    """The form as paper in a language (``es``), with English beside it.

    Raises BadInput when the form does not have the language, naming those it has.
    """
    codes = {language_code(name): name for name in form.languages}
    if language not in codes:
        raise BadInput(f"This form is not in {language!r}; it has {', '.join(sorted(codes))}.")
    reader = _Reader(Session.start(form, now), codes[language], codes.get("en", form.default_language))
    return PaperCopy(
        form_id=form.id,
        version=form.version,
        fingerprint=form.hash[:_FINGERPRINT],
        title=form.title,
        language=language,
        sections=tuple(reader.sections()),
    )


@dataclass(slots=True)
class _Item:
    """An entry with what its condition refers to."""

    entry: CopyEntry
    path: str
    told: Told | None
    chain: tuple[Told, ...]
    """Every condition above it and its own."""


@dataclass(slots=True)
class _Reader:
    """Walks a form once, giving numbers."""

    session: Session
    language: str
    english: str
    number: int = 0
    numbers: dict[str, str] = field(default_factory=dict)
    """The number of each question by its path."""
    choices: dict[str, dict[str, Bilingual]] = field(default_factory=dict)

    def sections(self) -> Iterator[CopySection]:
        """The sections in order; questions outside of any group stand in one without a title."""
        loose: list[_Item] = []
        for state in self.session.children():
            if state.kind is Kind.GROUP:
                items = list(self._inside(state, None))
                title = self._label(state)
                if items:
                    yield self._section(title, items)
            else:
                loose += self._entries(state, None)
        if loose:
            yield self._section(Bilingual(english=""), loose)

    def _section(self, title: Bilingual, items: list[_Item]) -> CopySection:
        return CopySection(title=title, entries=tuple(_with_skips(items, self)))

    def _inside(self, group: NodeState, above: Told | None, chain: tuple[Told, ...] = ()) -> Iterator[_Item]:
        """What stands in a group; its own condition goes to its heading, or else to its first entry."""
        own = self._told(group.definition)
        carried, chain = own or above, (*chain, own) if own else chain
        for state in self.session.children(group.path):
            for item in self._entries(state, carried, chain):
                carried = None
                yield item

    def _entries(
        self, state: NodeState, carried: Told | None, chain: tuple[Told, ...] = ()
    ) -> Iterator[_Item]:
        definition = state.definition
        own = self._told(definition)
        condition, all_of_it = own or carried, (*chain, own) if own else chain
        match state.kind:
            case Kind.GROUP:
                title = self._label(state)
                if title.english:
                    yield _Item(CopyHeading(title=title), definition.path, condition, all_of_it)
                    carried = None
                inside = None if title.english else carried
                for item in self._inside(state, inside, chain):
                    yield replace(item, told=None) if title.english and item.told == own else item
            case Kind.REPEAT if not state.is_row:
                if columns := tuple(self._columns(state)):
                    number = columns[0].number.rstrip(ascii_lowercase)
                    repeat = CopyRepeat(number=number, title=self._label(state), columns=columns)
                    yield _Item(repeat, definition.path, condition, all_of_it)
            case Kind.NOTE:
                text = self._label(state)
                if text.english:
                    yield _Item(CopyNote(text=text), definition.path, condition, all_of_it)
            case Kind.QUESTION if self._label(state).english and not definition.calculated:
                self.number += 1
                asked = self._question(state, str(self.number))
                yield _Item(asked, definition.path, condition, all_of_it)
            case _:
                return

    def _columns(self, repeat: NodeState) -> Iterator[CopyQuestion]:
        rows = [row for row in self.session.children(repeat.path) if row.is_row]
        if not rows:
            return
        self.number += 1
        asked = [leaf for leaf in self._leaves(rows[0]) if self._label(leaf).english]
        for at, leaf in enumerate(asked):
            yield self._question(leaf, f"{self.number}{_letter(at)}")

    def _leaves(self, node: NodeState) -> Iterator[NodeState]:
        """The questions of a row, also those of tables inside it: on paper they are asked once."""
        for state in self.session.children(node.path):
            if state.kind is Kind.QUESTION and not state.definition.calculated:
                yield state
            elif state.kind is Kind.GROUP or state.is_row:
                yield from self._leaves(state)
            elif state.kind is Kind.REPEAT:
                yield from (leaf for row in self.session.children(state.path) for leaf in self._leaves(row))

    def _question(self, state: NodeState, number: str) -> CopyQuestion:
        definition = state.definition
        options = self._options(state)
        listed = options if len(options) <= _MOST_BOXES else {}
        self.numbers[definition.path] = number
        self.choices[definition.path] = options
        hint = self._both(state, "hint")
        return CopyQuestion(
            number=number,
            label=self._label(state),
            answering=_answering(definition, chosen=bool(listed)),
            hint=hint if hint.english else None,
            options=tuple(listed.values()),
        )

    def _options(self, state: NodeState) -> dict[str, Bilingual]:
        if not state.definition.control.startswith("select"):
            return {}
        english = {each.value: each.label for each in self.session.choices(state.path, self.english)}
        client = {each.value: each.label for each in self.session.choices(state.path, self.language)}
        return {value: self._pair(label, client[value]) for value, label in english.items()}

    def _label(self, state: NodeState) -> Bilingual:
        return self._both(state, "label")

    def _both(self, state: NodeState, role: str) -> Bilingual:
        return self._pair(
            self.session.text(state.path, role, self.english),  # type: ignore[arg-type]  # two roles, named above
            self.session.text(state.path, role, self.language),  # type: ignore[arg-type]  # as above
        )

    def _pair(self, english: Text, client: Text) -> Bilingual:
        same = self.language == self.english or client.fallback
        return Bilingual(english=_plain(english.text), client="" if same else _plain(client.text))

    def _told(self, definition: Definition) -> Told | None:
        rule = self.session.form.specs[definition.path].relevant
        return told(rule.source, definition.path) if rule is not None else None

    def condition(self, found: Told) -> Condition:
        """A condition in the words of the paper."""
        number = self.numbers.get(found.path, "")
        if not number or found.when is When.APPLIES:
            return Condition(when=When.APPLIES)
        options = self.choices[found.path]
        answers = tuple(options[value] for value in found.values if value in options)
        if found.when is When.IS and len(answers) != len(found.values):
            return Condition(when=When.APPLIES)
        return Condition(when=found.when, number=number, answers=answers)


def _with_skips(items: list[_Item], reader: _Reader) -> Iterator[CopyEntry]:
    """The entries with their conditions; a block that follows a yes or no becomes "go on with"."""
    quiet: set[int] = set()
    skips: dict[int, tuple[Bilingual, str]] = {}
    for at, item in enumerate(items):
        found = _skip(items, at, reader)
        if found is not None:
            last, answer, to = found
            skips[at] = (answer, to)
            quiet.update(place for place in range(at + 1, last) if items[place].told == items[at + 1].told)
        condition = reader.condition(item.told) if item.told is not None and at not in quiet else None
        entry = item.entry
        if condition is not None and not isinstance(entry, CopyNote):
            entry = replace(entry, only_if=condition)
        if at in skips and isinstance(entry, CopyQuestion):
            entry = replace(entry, skip_answer=skips[at][0], skip_to=skips[at][1])
        yield entry


def _skip(items: list[_Item], at: int, reader: _Reader) -> tuple[int, Bilingual, str] | None:
    """For a question of two answers: where the block ends that one of them opens, the other, and where to."""
    asked = items[at]
    options = reader.choices.get(asked.path, {})
    if not isinstance(asked.entry, CopyQuestion) or len(options) != len(("yes", "no")):
        return None
    opened = items[at + 1].told if at + 1 < len(items) else None
    if opened is None or opened.path != asked.path or opened.when is not When.IS or len(opened.values) != 1:
        return None
    last, inside = at + 1, {asked.path}
    for place, item in enumerate(items[at + 1 :], at + 1):
        # What only follows from an answer inside the block is part of it.
        if opened in item.chain or any(each.path in inside - {asked.path} for each in item.chain):
            last = place + 1
            inside.add(item.path)
        elif not isinstance(item.entry, CopyNote):
            break
    follows = (each.entry for each in items[last:])
    number = next((each.number for each in follows if isinstance(each, CopyQuestion | CopyRepeat)), "")
    if not number:
        return None
    other = next(label for value, label in options.items() if value != opened.values[0])
    return last, other, number


def _answering(definition: Definition, *, chosen: bool) -> Answering:
    if chosen:
        return Answering.MANY if definition.control == "select" else Answering.ONE
    if "multiline" in definition.appearance:
        return Answering.LINES
    return _TYPES.get(definition.type, Answering.LINE)


def _letter(at: int) -> str:
    return ascii_lowercase[at] if at < len(ascii_lowercase) else f"{ascii_lowercase[-1]}{at}"


def _plain(text: str) -> str:
    return " ".join(_MARKUP.sub("", text).split())
