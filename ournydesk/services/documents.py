"""The packet of an intake, built from its answers. Layer: services.

Only what the client was asked and answered is printed: questions that do not apply are left out, and
so are optional ones that nobody answered. Codes are replaced by the words the client heard.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from forms.engine import Definition, Kind, NodeState, Session, Text, language_code
from forms.library.attention import ITEM, attention
from ournydesk.domain.answers import Said
from ournydesk.domain.days import english_day
from ournydesk.domain.documents import (
    AttorneySheet,
    Bilingual,
    Packet,
    PacketRow,
    PacketSection,
    PacketTable,
)
from ournydesk.domain.intake import IntakeHead

_SAID: Final = {Said.UNKNOWN: "Does not know", Said.DECLINED: "Prefers not to say"}
_NAME_ITEMS: Final = ("P2.1.given", "P2.1.middle", "P2.1.family")
_A_NUMBER: Final = "a-number"
_KIND: Final = "ourny:kind"
_MARKUP: Final = re.compile(r"<[^<>]+>|\*\*|__")
_PARTIAL: Final = {"month-year": 7, "year": 4}  # how much of a date an appearance asks for
_CHOSEN: Final = frozenset({"select1", "select"})
_OTHER: Final = Bilingual(english="Other answers")


def build_packet(
    session: Session,
    head: IntakeHead,
    printed_at: datetime,
    attorney: AttorneySheet | None = None,
    inventory: Iterable[str] = (),
) -> Packet:
    """The packet of one intake. With ``attorney`` it ends in the attorney's sheet.

    ``inventory`` names what else travels with it. A pure function of its arguments.
    """
    reader = _Reader(session, head.language)
    return Packet(
        title=head.form_title,
        ticket=head.ticket,
        client_name=reader.client_name(),
        a_number=reader.first(_KIND, _A_NUMBER),
        form_id=head.form_id,
        form_version=head.form_version,
        client_language=language_code(head.language),
        client_language_name=head.language.split(" (", 1)[0],
        printed_at=printed_at,
        sections=tuple(reader.sections()),
        attorney=attorney,
        inventory=tuple(inventory),
        flagged=tuple(reader.flagged()),
        missing=tuple(reader.missing()),
    )


def heard(session: Session, head: IntakeHead, group: str) -> Iterator[Bilingual | PacketRow]:
    """What a group reads aloud, and its questions that were answered, in their order."""
    reader = _Reader(session, head.language)
    for state in session.children(group):
        if not state.relevant:
            continue
        if state.kind is Kind.NOTE:
            yield reader.label(state)
        elif state.kind is Kind.QUESTION and not state.answer.blank:
            yield reader.row(state)


def coded(session: Session, head: IntakeHead) -> Iterator[PacketSection]:
    """Sections with the answers that were chosen from a list, and nothing that was written freely."""
    reader = _Reader(session, head.language)
    for section in session.children():
        if section.relevant and section.kind is Kind.GROUP:
            chosen = [
                reader.row(state)
                for state in session.children(section.path)
                if state.relevant and state.definition.control in _CHOSEN and state.value
            ]
            if chosen:
                yield PacketSection(title=reader.label(section), rows=tuple(chosen))


@dataclass(slots=True)
class _Gathered:
    """What one section holds so far."""

    rows: list[PacketRow] = field(default_factory=list)
    tables: list[PacketTable] = field(default_factory=list)


class _Reader:
    """Reads a session as printed words, in the client's language and in English."""

    def __init__(self, session: Session, language: str) -> None:
        self._session = session
        self._language = language
        form = session.form
        self._english = next(
            (name for name in form.languages if language_code(name).split("-")[0] == "en"),
            form.default_language,
        )
        self._attention = tuple(each.path for each in attention(session))

    def sections(self) -> Iterator[PacketSection]:
        """Top-level groups with a title and answers; what stands outside of them comes last."""
        loose = _Gathered()
        for state in self._session.children():
            if not state.relevant:
                continue
            title = self.label(state)
            if state.kind is not Kind.GROUP or not title.english:
                self._gather((state,), loose)
                continue
            gathered = _Gathered()
            self._gather(self._session.children(state.path), gathered)
            if gathered.rows or gathered.tables:
                yield _section(title, gathered)
        if loose.rows or loose.tables:
            yield _section(_OTHER, loose)

    def flagged(self) -> Iterator[PacketRow]:
        """Answers an attorney is to read, also those in rows of a table."""
        for path in self._attention:
            yield self.row(self._session.state(path))

    def missing(self) -> Iterator[Bilingual]:
        """Questions that still need an answer, or another one."""
        for state in self._session.violations():
            yield self.label(state)

    def client_name(self) -> str:
        """The client's name as it stands in the answers, empty for a nameless intake."""
        return " ".join(filter(None, (self.first(ITEM, item) for item in _NAME_ITEMS)))

    def first(self, attribute: str, value: str) -> str:
        """The answer to the first question that carries an attribute with this value."""
        for state in self._session.walk():
            if state.relevant and state.definition.attributes.get(attribute) == value:
                return state.value
        return ""

    def _gather(self, states: Iterable[NodeState], into: _Gathered) -> None:
        for state in states:
            if not state.relevant:
                continue
            match state.kind:
                case Kind.GROUP:
                    before = len(into.rows)
                    self._gather(self._session.children(state.path), into)
                    title = self.label(state)
                    if title.english and len(into.rows) > before and into.rows[before].heading is None:
                        into.rows[before] = replace(into.rows[before], heading=title)
                case Kind.REPEAT:
                    self._repeat(state, self.label(state), into)
                case Kind.QUESTION if self._is_printed(state):
                    into.rows.append(self.row(state))
                case _:
                    continue

    def _is_printed(self, state: NodeState) -> bool:
        """Answered or owed, and asked in words."""
        owed = state.required or not state.answer.blank or bool(state.value)
        return owed and bool(self.label(state).english)

    def row(self, state: NodeState) -> PacketRow:
        """A question with its answer."""
        return PacketRow(
            question=self.label(state), answer=self._answer(state), attention=state.path in self._attention
        )

    def _repeat(self, state: NodeState, title: Bilingual, into: _Gathered) -> None:
        rows = [row for row in self._session.children(state.path) if row.kind is Kind.ROW and row.relevant]
        cells = [{leaf.definition.path: leaf for leaf in self._leaves(row)} for row in rows]
        columns = [
            column
            for column in _questions(state.definition)
            if any(column.path in row and self._is_printed(row[column.path]) for row in cells)
        ]
        if columns:
            first = [next(row[column.path] for row in cells if column.path in row) for column in columns]
            into.tables.append(
                PacketTable(
                    title=title,
                    heads=tuple(self.label(leaf) for leaf in first),
                    rows=tuple(
                        tuple(
                            self._answer(row[column.path]) if column.path in row else Bilingual(english="")
                            for column in columns
                        )
                        for row in cells
                    ),
                )
            )
        for number, row in enumerate(rows, 1):
            for inner in self._nested(row):
                self._repeat(inner, _of_row(self.label(inner), title, number), into)

    def _leaves(self, row: NodeState) -> Iterator[NodeState]:
        for state in self._session.children(row.path):
            if not state.relevant:
                continue
            if state.kind is Kind.GROUP:
                yield from self._leaves(state)
            elif state.kind is Kind.QUESTION:
                yield state

    def _nested(self, row: NodeState) -> Iterator[NodeState]:
        for state in self._session.children(row.path):
            if state.relevant and state.kind is Kind.GROUP:
                yield from self._nested(state)
            elif state.relevant and state.kind is Kind.REPEAT:
                yield state

    def label(self, state: NodeState) -> Bilingual:
        """What a question, group or note says, in both languages."""
        return self._both(
            self._session.text(state.path, "label", self._english),
            self._session.text(state.path, "label", self._language),
        )

    def _both(self, english: Text, client: Text) -> Bilingual:
        said = _plain(client.text) if not client.fallback else ""
        return Bilingual(english=_plain(english.text), client=said)

    def _answer(self, state: NodeState) -> Bilingual:
        if state.answer.said is not Said.VALUE:
            return Bilingual(english=_SAID[state.answer.said], said=state.answer.said)
        definition = state.definition
        if definition.control in {"select1", "select", "rank"} and state.value:
            return self._chosen(state)
        if definition.type == "date":
            return _day(state.value, definition)
        if definition.control == "trigger" and state.value:
            return Bilingual(english="Confirmed")
        if definition.attributes.get(_KIND) == _A_NUMBER and re.fullmatch(r"\d{9}", state.value):
            number = state.value
            return Bilingual(english=f"A-{number[:3]}-{number[3:6]}-{number[6:]}")
        return Bilingual(english=state.value)

    def _chosen(self, state: NodeState) -> Bilingual:
        values = [state.value] if state.definition.control == "select1" else state.value.split()
        english = {choice.value: choice.label for choice in self._session.choices(state.path, self._english)}
        client = {choice.value: choice.label for choice in self._session.choices(state.path, self._language)}
        words = [
            self._both(english.get(value, Text(value)), client.get(value, Text(value, fallback=True)))
            for value in values
        ]
        translated = all(word.client for word in words)
        return Bilingual(
            english="; ".join(word.english for word in words),
            client="; ".join(word.client for word in words) if translated else "",
        )


def _section(title: Bilingual, gathered: _Gathered) -> PacketSection:
    return PacketSection(title=title, rows=tuple(gathered.rows), tables=tuple(gathered.tables))


def _questions(definition: Definition) -> Iterator[Definition]:
    """The questions of a repeat in their order, those in its groups too, without its inner repeats."""
    for child in definition.children:
        if child.kind is Kind.GROUP:
            yield from _questions(child)
        elif child.kind is Kind.QUESTION:
            yield child


def _of_row(inner: Bilingual, outer: Bilingual, number: int) -> Bilingual:
    client = f"{outer.client} {number}: {inner.client}" if inner.client and outer.client else ""
    return Bilingual(english=f"{outer.english} {number}: {inner.english}", client=client)


def _day(value: str, definition: Definition) -> Bilingual:
    """A date in words; only as much of it as was asked for. What is no date stays as it is."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return Bilingual(english=value)
    for appearance, kept in _PARTIAL.items():
        if appearance in definition.appearance:
            written = english_day(day).split(" ", 1)[1] if kept > len("2024") else str(day.year)
            return Bilingual(english=written)
    return Bilingual(english=english_day(day), day=day)


def _plain(text: str) -> str:
    return " ".join(_MARKUP.sub("", text).split())
