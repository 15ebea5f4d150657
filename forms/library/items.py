"""Items of an official form, put into a filling and read back out of it. Layer: forms.library.

A question says which item it answers (``ourny:item``). An item is a text, a whole number, a list of texts, or
a list of rows; ``{"P3.3": {"feet": 5}}`` and ``{"P3.3.feet": 5}`` mean the same. A question that only opens
a table or a block names what it opens with ``ourny:gate``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from forms.engine import Definition, Form, Kind, NodeState, Session, StepRefused
from ournydesk.domain.answers import Said
from ournydesk.domain.ids import Path
from ournydesk.errors import BadInput

ITEM: Final = "ourny:item"
GATE: Final = "ourny:gate"
PRESENT: Final = "PRESENT"
PRESENT_KEY: Final = "present"
VALUE_KEY: Final = "value"
MOST_ROWS: Final = 200
SHARED: Final = "C."
"""How the items of the blocks begin that forms share; no official form asks for these."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An item the form does not take as it is, and the sentence that says how to mend it."""

    item: str
    message: str


@dataclass(frozen=True, slots=True)
class Filled:
    """What came of putting items into a form."""

    left_off: tuple[str, ...] = ()
    """Items the form does not ask in this case."""
    refused: tuple[Refusal, ...] = ()
    missing: tuple[str, ...] = ()
    """Required items that have no answer."""


@dataclass(slots=True)
class _Filling:
    session: Session
    left_off: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def put(self, path: str, item: str, text: str) -> None:
        """Answer one question, or note why it is not asked."""
        try:
            self.session.set(path, text)
        except StepRefused:
            self.left_off.append(item)
            return
        state = self.session.state(path)
        kept = state.answer.text
        lost = set(text.split()) - set(kept.split()) if state.definition.control == "select" else set()
        if lost or (text and not kept):
            wrong = min(lost, default=text)
            self.refused.append(Refusal(item, f"{item}: “{wrong[:60]}” is not one of the answers."))


def fill_from_items(session: Session, items: Mapping[str, object]) -> Filled:
    """Put items into a filling, in the form's own order.

    Raises BadInput naming the item for one the form does not know, and for a value of another shape.
    """
    flat = _flat(session.form, items)
    filling = _Filling(session)
    for definition in session.form.definitions():
        gate = definition.attributes.get(GATE)
        told = [value for key, value in flat.items() if key == gate or key.startswith(f"{gate}.")]
        if gate is not None and told:
            filling.put(definition.path, gate, "Y" if any(told) else "N")
        item = definition.attributes.get(ITEM)
        if item is None or item not in flat:
            continue
        if definition.kind is Kind.REPEAT:
            _fill_rows(filling, definition, item, flat[item])
        elif (
            definition.kind is Kind.QUESTION
            and "[" not in definition.path
            and not _in_repeat(session.form, definition)
        ):
            filling.put(definition.path, item, _text(item, flat[item], definition))
    broken = [(_asked(state), state) for state in session.violations()]
    for item, state in broken:
        if item and state.violation == "constraint":
            words = session.text(state.path, "constraint").text or "The answer does not fit the question."
            filling.refused.append(Refusal(item, f"{item}: {words}"))
    missing = [item for item, state in broken if item and state.violation == "required"]
    return Filled(tuple(filling.left_off), tuple(filling.refused), tuple(missing))


def items_of(session: Session) -> dict[str, object]:
    """The items of a filling: what is asked and answered, in the shape :func:`fill_from_items` takes.

    Those of shared blocks (``C.``) are about the intake, not about the form, and are left out.
    """
    found: dict[str, object] = {}
    for state in session.walk():
        item = state.definition.attributes.get(ITEM)
        if item is None or item.startswith(SHARED) or not state.relevant:
            continue
        if state.kind is Kind.REPEAT and not state.is_row:
            rows = _read_rows(session, state, item)
            if rows:
                found[item] = rows
        elif state.kind is Kind.QUESTION and state.value and not _in_repeat(session.form, state.definition):
            _set(found, item, _value(state))
    return found


def _asked(state: NodeState) -> str:
    """The item a question is about: its own, or the table or block it opens."""
    attributes = state.definition.attributes
    item = attributes.get(ITEM, "") or attributes.get(GATE, "")
    return f"{item.removesuffix(PRESENT_KEY)}to" if item.endswith(f".{PRESENT_KEY}") else item


def _fill_rows(filling: _Filling, repeat: Definition, item: str, value: object) -> None:
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) > MOST_ROWS:
        raise BadInput(f"{item} must be a list of at most {MOST_ROWS} rows.")
    session = filling.session
    if not value:
        return
    if not session.state(repeat.path).relevant:
        filling.left_off.append(item)
        return
    children = {child.attributes[ITEM].removeprefix(f"{item}."): child for child in _questions(repeat)}
    for index, one in enumerate(value):
        row = _row(item, index, one)
        unknown = sorted(set(row) - set(children) - {"to"})
        if unknown:
            raise BadInput(
                f"{item}, row {index + 1}: “{unknown[0]}” is not known. Known: {', '.join(children)}."
            )
        paths = _row_path(session, repeat.path, index)
        for key, child in children.items():
            name = f"{item}[{index + 1}].{key}"
            if key == PRESENT_KEY:
                until = row.get("to")
                if until not in (None, ""):
                    filling.put(f"{paths}/{child.name}", name, "Y" if until == PRESENT else "N")
            elif key in row and row[key] not in ("", None) and not (key == "to" and row[key] == PRESENT):
                filling.put(f"{paths}/{child.name}", name, _text(name, row[key], child))


def _row_path(session: Session, repeat: str, index: int) -> Path:
    rows = [state for state in session.children(repeat) if state.is_row]
    if index < len(rows):
        return rows[index].path
    added = session.add_row(repeat)
    return Path(f"{repeat}[{added.row}]")


def _row(item: str, index: int, one: object) -> Mapping[str, object]:
    if isinstance(one, str):
        return {VALUE_KEY: one}
    if not isinstance(one, Mapping):
        raise BadInput(f"{item}, row {index + 1}, must be an object of names and answers.")
    return {str(key): value for key, value in one.items()}


def _read_rows(session: Session, repeat: NodeState, item: str) -> list[object]:
    rows: list[object] = []
    for row in session.children(repeat.path):
        if not row.is_row:
            continue
        read: dict[str, object] = {}
        for state in session.children(row.path):
            key = state.definition.attributes.get(ITEM, "").removeprefix(f"{item}.")
            if key == PRESENT_KEY:
                if state.value == "Y":
                    read["to"] = PRESENT
            elif key and state.relevant and state.value:
                read[key] = _value(state)
        if set(read) == {VALUE_KEY}:
            rows.append(read[VALUE_KEY])
        elif read:
            rows.append(read)
    return rows


def _questions(repeat: Definition) -> Iterator[Definition]:
    for child in repeat.children:
        if child.kind is Kind.GROUP:
            yield from _questions(child)
        elif ITEM in child.attributes:
            yield child


def _in_repeat(form: Form, definition: Definition) -> bool:
    at = definition.parent
    while at:
        above = form.definition(at)
        if above.kind is Kind.REPEAT:
            return True
        at = above.parent
    return False


def _flat(form: Form, items: Mapping[str, object]) -> dict[str, object]:
    known = {found for one in form.definitions() if (found := one.attributes.get(ITEM))}
    flat: dict[str, object] = {}
    for item, value in items.items():
        if isinstance(value, Mapping):
            if not value:
                raise BadInput(f"{item} is an object without an answer. Leave it out, or write its parts.")
            for key, inner in value.items():
                flat[f"{item}.{key}"] = inner
        elif value is not None:
            flat[item] = value
    unknown = sorted(set(flat) - known)
    if unknown:
        raise BadInput(
            f"“{unknown[0]}” is not an item of this form. Check its spelling against the list of items."
        )
    return flat


def _text(item: str, value: object, definition: Definition) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if (
        definition.control == "select"
        and isinstance(value, Sequence)
        and all(isinstance(one, str) for one in value)
    ):
        return " ".join(value)
    raise BadInput(f"{item} must be a text or a whole number.")


def _value(state: NodeState) -> object:
    if state.definition.control == "select":
        return state.value.split()
    numeric = state.definition.type == "int" or state.definition.attributes[ITEM].startswith("P3.3.")
    if numeric and state.answer.said is Said.VALUE:
        return int(state.value)
    return state.value


def _set(found: dict[str, object], item: str, value: object) -> None:
    """P3.3.feet and P3.3.inches are one item of two parts; all other ids stand for themselves."""
    if item.startswith("P3.3."):
        parts = found.setdefault("P3.3", {})
        if isinstance(parts, dict):
            parts[item.removeprefix("P3.3.")] = value
        return
    found[item] = value
