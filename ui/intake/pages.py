"""What a section shows, as plain values made from a session. Layer: ui, without Qt.

A page is compared with the one before it; only what differs is drawn anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from forms.engine import Kind, NodeState, Session, Text, language_code
from forms.library.progress import inside
from ournydesk.domain.answers import Said
from ournydesk.domain.ids import Path, RowId
from ui.i18n import tr

ITEM: Final = "ourny:item"
KIND: Final = "ourny:kind"
TIMELINE: Final = "ourny:timeline"
DRAFT: Final = "ourny:draft"
NO_TEXT: Final = Text("")


@dataclass(frozen=True, slots=True)
class Languages:
    """The client's language and the one staff read, as the form names them."""

    client: str
    staff: str

    @property
    def two(self) -> bool:
        """Whether two languages stand beneath each other."""
        return self.client != self.staff


@dataclass(frozen=True, slots=True)
class Words:
    """The same words for the client and for staff. ``client`` is empty when both read the same."""

    staff: str
    client: str = ""
    untranslated: bool = False
    """The client's language lacks them: the staff's stand there, marked."""
    draft: bool = False
    """Nobody has reviewed the client's words yet."""

    @property
    def first(self) -> str:
        """What stands on top."""
        return self.client or self.staff


@dataclass(frozen=True, slots=True)
class Option:
    """One choice."""

    value: str
    words: Words


@dataclass(frozen=True, slots=True)
class Question:
    """One question as it stands now."""

    path: Path
    ref: str
    label: Words
    hint: str
    item: str
    """The number printed on the official form, ``15b``; empty when it has none."""
    control: str
    type: str
    kind: str
    appearance: frozenset[str]
    options: tuple[Option, ...]
    text: str
    said: Said
    relevant: bool
    readonly: bool
    required: bool
    problem: str = ""
    """What is wrong with the answer and how to mend it; empty when nothing is."""


@dataclass(frozen=True, slots=True)
class Note:
    """Words without an answer."""

    path: Path
    ref: str
    label: Words
    relevant: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a group inside a section."""

    path: Path
    ref: str
    label: Words
    relevant: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, with its questions in the form's order."""

    path: Path
    ref: str
    id: RowId
    cells: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A repeat."""

    path: Path
    ref: str
    label: Words
    hint: str
    one: str
    """What one row is called, ``trip``."""
    heads: tuple[Words, ...]
    rows: tuple[Row, ...]
    timeline: tuple[str, str] | None
    fixed: bool
    relevant: bool


Part = Question | Note | Heading | Table


@dataclass(frozen=True, slots=True)
class Page:
    """One section."""

    path: Path
    name: str
    title: Words
    source: str
    parts: tuple[Part, ...]
    unused: int = 0
    """Answers kept in branches that do not apply now."""

    @property
    def draft(self) -> bool:
        """Whether nobody has reviewed some of the client's words on it yet."""
        return any(part.label.draft for part in self.parts if part.relevant)


def words(session: Session, path: str, languages: Languages) -> Words:
    """The label of a node in both languages."""
    staff = session.text(path, "label", languages.staff)
    if not languages.two:
        return Words(staff.text.strip())
    client = session.text(path, "label", languages.client)
    if client.fallback or not client.text.strip():
        return Words(staff.text.strip(), "", untranslated=bool(staff.text.strip()))
    drafts = session.state(path).definition.attributes.get(DRAFT, "").split()
    draft = language_code(languages.client) in drafts
    return Words(staff.text.strip(), client.text.strip(), draft=draft)


def page(session: Session, section: Path, languages: Languages) -> Page:
    """A section as it stands now."""
    state = session.state(section)
    asked = list(_leaves(session, section))
    unused = sum(1 for leaf in asked if not leaf.relevant and not leaf.answer.blank)
    return Page(
        path=state.path,
        name=state.definition.name,
        title=words(session, section, languages)
        if is_titled(session, section)
        else Words(session.form.title),
        source=state.definition.attributes.get("ourny:source", ""),
        parts=tuple(_parts(session, section, languages)),
        unused=unused,
    )


def is_titled(session: Session, section: Path) -> bool:
    """Whether a section has a title of its own; what is in no section has the form's."""
    return section != session.form.root.path


def _leaves(session: Session, below: Path) -> Iterator[NodeState]:
    for state in inside(session, below):
        if state.kind in {Kind.GROUP, Kind.REPEAT, Kind.ROW}:
            yield from _leaves(session, state.path)
        elif state.kind is Kind.QUESTION:
            yield state


def _parts(session: Session, below: Path, languages: Languages) -> Iterator[Part]:
    for state in inside(session, below):
        match state.kind:
            case Kind.QUESTION:
                yield question(session, state, languages)
            case Kind.NOTE:
                yield Note(state.path, state.ref, words(session, state.path, languages), state.relevant)
            case Kind.GROUP:
                label = words(session, state.path, languages)
                if label.staff:
                    yield Heading(state.path, state.ref, label, state.relevant)
                yield from _parts(session, state.path, languages)
            case Kind.REPEAT:
                yield _table(session, state, languages)
            case _:
                pass


def question(session: Session, state: NodeState, languages: Languages) -> Question:
    """One question as it stands now."""
    definition = state.definition
    return Question(
        path=state.path,
        ref=state.ref,
        label=words(session, state.path, languages),
        hint=session.text(state.path, "hint", languages.staff).text.strip(),
        item=item_number(definition.attributes.get(ITEM, "")),
        control=definition.control,
        type=definition.type,
        kind=definition.attributes.get(KIND, ""),
        appearance=definition.appearance,
        options=_options(session, state, languages),
        text=state.answer.text,
        said=state.answer.said,
        relevant=state.relevant,
        readonly=state.readonly,
        required=state.required,
        problem=_problem(session, state, languages),
    )


def _options(session: Session, state: NodeState, languages: Languages) -> tuple[Option, ...]:
    if not state.relevant or state.definition.control not in {"select", "select1", "rank"}:
        return ()
    staff = session.choices(state.path, languages.staff)
    if not languages.two:
        return tuple(Option(choice.value, Words(choice.label.text)) for choice in staff)
    client = session.choices(state.path, languages.client)
    return tuple(
        Option(
            one.value,
            Words(
                one.label.text,
                "" if other.label.fallback else other.label.text,
                untranslated=other.label.fallback,
            ),
        )
        for one, other in zip(staff, client, strict=True)
    )


def _problem(session: Session, state: NodeState, languages: Languages) -> str:
    if state.violation != "constraint":
        return ""
    said = session.text(state.path, "constraint", languages.staff).text.strip()
    return said or tr("This answer does not fit the question. Look at it again.")


def _table(session: Session, state: NodeState, languages: Languages) -> Table:
    definition = state.definition
    rows = []
    for row in session.children(state.path):
        if row.row is None:
            continue
        cells = tuple(question(session, leaf, languages) for leaf in _leaves(session, row.path))
        rows.append(Row(row.path, row.ref, row.row, cells))
    marked = definition.attributes.get(TIMELINE, "").split()
    return Table(
        path=state.path,
        ref=state.ref,
        label=words(session, state.path, languages),
        hint=session.text(state.path, "hint", languages.staff).text.strip(),
        one=definition.attributes.get("ourny:row", "") or tr("row"),
        heads=tuple(cell.label for cell in rows[0].cells) if rows else (),
        rows=tuple(rows),
        timeline=(marked[0], marked[1]) if len(marked) == 2 else None,
        fixed=definition.counted,
        relevant=state.relevant,
    )


def item_number(item: str) -> str:
    """What a volunteer calls an item: ``P9.15b`` is ``15b``; items of other parts keep quiet."""
    part, _, number = item.partition(".")
    return number if part == "P9" and number and "." not in number else ""
