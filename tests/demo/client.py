"""The invented client of the demo: what she would answer to a question, in the words of the form."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from forms.engine import Definition, Form, Kind, compile_xlsform, load_form
from forms.library import library
from forms.library.items import GATE, ITEM

EXAMPLE: Final = Path(__file__).resolve().parents[2] / "forms/library/naturalization/examples/first.json"
SECTIONS: Final = (
    "consent", "about", "addresses", "marriage", "children", "work",
    "trips", "questions", "fee", "contact", "visit", "papers",
)  # fmt: skip
HALF: Final = SECTIONS[:5]
BESIDE: Final = {
    "/data/consent/heard_in": "en",
    "/data/consent/agrees": "Y",
    "/data/consent/scope_understood": "Y",
    "/data/consent/spoken": "bn",
    "/data/consent/safe_contact": "call text",
    "/data/papers/seen": "green_card passport",
}
ROW: Final = re.compile(r"\[(\d+)\]")


class Client:
    """Answers by the ref of a question; None where she has nothing to say."""

    def __init__(self, today: date) -> None:
        told = json.loads(EXAMPLE.read_text(encoding="utf-8"))
        self.items: Mapping[str, Any] = told["items"]
        self.filing = max(date.fromisoformat(told["filing_date"]), today)
        [naturalization] = [entry for entry in library() if entry.id == "naturalization"]
        compiled = compile_xlsform(naturalization.folder)
        self.form: Form = load_form(compiled.xml, compiled.files)

    def definition(self, ref: str) -> Definition:
        """The question behind a ref."""
        return self.form.definition(ROW.sub("", ref))

    def answer(self, ref: str) -> str | None:
        """What she says, as the form would keep it."""
        if ref in BESIDE:
            return BESIDE[ref]
        if ref == "/data/papers/filing_date":
            return self.filing.isoformat()
        attributes = self.definition(ref).attributes
        gate = attributes.get(GATE)
        if gate is not None and not attributes.get(ITEM):
            told = any(key == gate or key.startswith(f"{gate}.") for key in self.items)
            return "Y" if told else "N"
        value = self._row_value(ref) if "[" in ref else self._value(attributes.get(ITEM, ""))
        if isinstance(value, list):
            return " ".join(str(one) for one in value)
        return None if value in (None, "") else str(value)

    def rows(self, repeat: str) -> int:
        """How many rows she fills in a table."""
        return len(self.items.get(self.definition(repeat).attributes.get(ITEM, ""), ()))

    def words(self) -> list[str]:
        """What must never stand readable on the disk."""
        found: list[str] = []

        def gather(value: object) -> None:
            if isinstance(value, Mapping):
                for inner in value.values():
                    gather(inner)
            elif isinstance(value, list):
                for inner in value:
                    gather(inner)
            elif len(str(value)) >= 6:
                found.append(str(value))

        gather(self.items)
        return sorted(set(found) - {"PRESENT", "married", "biological", "with_me", "Bengali", "Bangladesh"})

    def questions(self) -> list[str]:
        """Paths of all questions outside tables."""
        return [one.path for one in self.form.definitions() if one.kind is Kind.QUESTION]

    def _value(self, item: str) -> Any:
        if item in self.items:
            return self.items[item]
        parent, _, key = item.rpartition(".")
        inner = self.items.get(parent)
        return inner.get(key) if isinstance(inner, Mapping) else None

    def _row_value(self, ref: str) -> Any:
        at = ROW.search(ref)
        repeat = self.definition(ref[: at.start()]) if at else None
        if at is None or repeat is None:
            return None
        item = repeat.attributes[ITEM]
        rows = self.items.get(item, ())
        index = int(at[1]) - 1
        if index >= len(rows):
            return None
        key = self.definition(ref).attributes.get(ITEM, "").removeprefix(f"{item}.")
        row = rows[index]
        if key == "present":
            return "Y" if row.get("to") == "PRESENT" else "N"
        value = row.get(key) if isinstance(row, Mapping) else row
        return None if value == "PRESENT" else value
