"""Random XLSForms and random answers, all from one seed, for comparing two engines."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from forms.engine.sheets import Book, Row, Sheet

CHOICE_LISTS = {
    "yn": ["y", "n"],
    "fruit": ["apple", "pear", "fig", "kiwi"],
    "grade": ["1", "2", "3", "10"],
}
TYPES = [
    "integer",
    "decimal",
    "text",
    "date",
    "time",
    "dateTime",
    "select_one yn",
    "select_one grade",
    "select_multiple fruit",
]


@dataclass
class Maker:
    """Builds one form; `known` are the questions an expression may mention, by name."""

    rng: random.Random
    survey: list[dict[str, str]] = field(default_factory=list)
    known: list[tuple[str, str]] = field(default_factory=list)
    count: int = 0

    def name(self, stem: str) -> str:
        self.count += 1
        return f"{stem}{self.count}"

    def pick(self, *kinds: str) -> str | None:
        found = [name for name, kind in self.known if not kinds or kind.split(" ")[0] in kinds]
        return f"${{{self.rng.choice(found)}}}" if found else None

    def number(self, depth: int = 0) -> str:
        rng = self.rng
        one = self.pick("integer", "decimal", "select_one", "calculate")
        many = self.pick("select_multiple")
        text = self.pick("text")
        day = self.pick("date")
        leaves = [str(rng.choice([0, 1, 2, 3, 10, 17, 100, 2.5, -4]))]
        if one:
            leaves += [one] * 3 + [f"number({one})", f"int({one})", f"coalesce({one}, 7)"]
        if many:
            leaves += [f"count-selected({many})"]
        if text:
            leaves += [f"string-length({text})"]
        if day:
            leaves += [f"number({day})", f"int(format-date({day}, '%Y'))", f"decimal-date-time({day})"]
        if depth >= 2 or rng.random() < 0.4:
            return rng.choice(leaves)
        left, right = self.number(depth + 1), self.number(depth + 1)
        return rng.choice(
            [
                f"({left} + {right})",
                f"({left} - {right})",
                f"({left} * {right})",
                f"({left} div {right})",
                f"({left} mod {right})",
                f"round({left}, 2)",
                f"round({left})",
                f"floor({left})",
                f"abs({left})",
                f"min({left}, {right})",
                f"max({left}, {right})",
                f"pow({left}, 2)",
                f"if({self.truth(depth + 1)}, {left}, {right})",
                f"-{left}",
            ]
        )

    def text(self, depth: int = 0) -> str:
        rng = self.rng
        any_one = self.pick() or "'x'"
        words = self.pick("text") or "'abc def'"
        many = self.pick("select_multiple") or "'apple fig'"
        return rng.choice(
            [
                any_one,
                f"concat({any_one}, '-', {words})",
                f"substr({words}, 1, 3)",
                f"substring-before({words}, ' ')",
                f"translate({words}, 'abc', 'ABC')",
                f"normalize-space({words})",
                f"if({self.truth(depth + 1)}, {words}, 'no')",
                f"selected-at({many}, 1)",
                f"string({self.number(depth + 1)})",
                f"coalesce({any_one}, 'none')",
                f"contains({words}, 'a')",
                f"format-date({self.pick('date') or 'today()'}, '%e %b %Y')",
                "format-date-time(now(), '%Y-%m-%d')",
            ]
        )

    def truth(self, depth: int = 0) -> str:
        rng = self.rng
        one = self.pick("integer", "decimal", "select_one", "calculate") or "1"
        anything = self.pick() or "''"
        many = self.pick("select_multiple") or "'apple'"
        words = self.pick("text") or "'abc'"
        day = self.pick("date") or "today()"
        choice = rng.choice(
            [
                f"{one} {rng.choice(['>', '<', '>=', '<=', '=', '!='])} {rng.choice([0, 1, 2, 10, 17])}",
                f"{anything} = ''",
                f"{anything} != ''",
                f"{one} = 'y'",
                f"selected({many}, '{rng.choice(CHOICE_LISTS['fruit'])}')",
                f"count-selected({many}) > 1",
                f"regex({words}, '^[a-z ]+$')",
                f"starts-with({words}, 'a')",
                f"contains({words}, 'b')",
                f"{day} > date('2020-01-01')",
                f"{day} <= today()",
                f"boolean({anything})",
                f"not({anything})",
                f"boolean-from-string({anything})",
                f"string-length({words}) > 2",
                f"{self.number(2)} > {self.number(2)}",
            ]
        )
        if depth < 2 and rng.random() < 0.3:
            return rng.choice(
                [f"({choice} and {self.truth(depth + 1)})", f"({choice} or {self.truth(depth + 1)})"]
            )
        return choice

    def question(self) -> None:
        rng = self.rng
        kind = rng.choice(TYPES)
        name = self.name("q")
        row = {"type": kind, "name": name, "label": f"Question {name}"}
        if self.known and rng.random() < 0.25:
            row["label"] += f" about {self.pick()} please"
        if self.known and rng.random() < 0.4:
            row["relevant"] = self.truth()
        if rng.random() < 0.25:
            row["required"] = rng.choice(["yes", self.truth() if self.known else "yes"])
        if rng.random() < 0.1 and self.known:
            row["readonly"] = self.truth()
        if rng.random() < 0.3:
            row["constraint"] = self.constraint(kind)
            row["constraint_message"] = "Look at it again."
        if rng.random() < 0.15:
            row["default"] = self.default(kind)
        if kind == "select_one grade" and rng.random() < 0.4 and self.known:
            row["choice_filter"] = f"name {rng.choice(['<', '>', '=', '!='])} {self.number(1)}"
        self.survey.append(row)
        self.known.append((name, kind))

    def constraint(self, kind: str) -> str:
        if kind in {"integer", "decimal"}:
            return self.rng.choice([". > 0 and . < 50", ". >= 2", ". != 3", "not(. = 1)"])
        if kind == "date":
            return self.rng.choice([". <= today()", ". > date('2000-06-15')"])
        if kind == "text":
            return self.rng.choice(["string-length(.) < 6", "regex(., '^[a-z]+$')"])
        if kind.startswith("select_multiple"):
            return "count-selected(.) < 3"
        return ". != ''"

    def default(self, kind: str) -> str:
        plain = {
            "integer": "4",
            "decimal": "2.50",
            "text": "abc",
            "date": "2021-03-04",
            "time": "10:30:00.000-05:00",
        }
        dynamic = {"integer": "1 + 2", "date": "today()", "text": "concat('a', 'b')", "dateTime": "now()"}
        table = dynamic if self.rng.random() < 0.4 else plain
        first = {"select_one yn": "y", "select_one grade": "2", "select_multiple fruit": "pear fig"}
        return table.get(kind) or first.get(kind) or plain.get(kind, "")

    def calculate(self) -> None:
        name = self.name("c")
        expression = self.rng.choice([self.number, self.text, self.truth])()
        row = {"type": "calculate", "name": name, "calculation": expression}
        if self.rng.random() < 0.2:
            row["relevant"] = self.truth()
        self.survey.append(row)
        self.known.append((name, "calculate"))

    def block(self, kind: str, size: int, depth: int) -> None:
        name = self.name("g" if kind == "group" else "r")
        row = {"type": f"begin {kind}", "name": name, "label": f"Block {name}"}
        if self.known and self.rng.random() < 0.4:
            row["relevant"] = self.truth()
        if kind == "repeat" and self.rng.random() < 0.2:
            row["repeat_count"] = self.rng.choice(["2", self.pick("integer") or "1"])
        outer = list(self.known)
        self.survey.append(row)
        start = len(self.known)
        self.fill(size, depth + 1)
        self.survey.append({"type": f"end {kind}", "name": name})
        if kind == "repeat":
            inside = [known for known in self.known[start:] if known[1] in {"integer", "decimal"}]
            self.known = outer
            total = self.name("c")
            over = f"sum(${{{inside[0][0]}}})" if inside else f"count(${{{name}}})"
            self.survey.append({"type": "calculate", "name": total, "calculation": over})
            self.known.append((total, "calculate"))

    def fill(self, size: int, depth: int = 0) -> None:
        for _ in range(size):
            roll = self.rng.random()
            if roll < 0.12 and depth < 2:
                self.block("group", self.rng.randint(1, 4), depth)
            elif roll < 0.2 and depth < 2:
                self.block("repeat", self.rng.randint(1, 4), depth)
            elif roll < 0.38 and self.known:
                self.calculate()
            else:
                self.question()


def workbook(seed: int, size: int = 14) -> Book:
    """One random form as its sheets."""
    maker = Maker(random.Random(seed))  # noqa: S311 - a seeded toy, not a secret
    maker.fill(size)
    choices = [
        {"list_name": name, "name": value, "label": f"{value} of {name}"}
        for name, values in CHOICE_LISTS.items()
        for value in values
    ]
    settings = [{"form_id": f"generated{seed}", "version": "1", "form_title": "Generated"}]
    sheets = (("survey", maker.survey), ("choices", choices), ("settings", settings))
    return Book({name: _sheet(name, rows) for name, rows in sheets}, f"generated{seed}")


def _sheet(name: str, rows: Sequence[Mapping[str, str]]) -> Sheet:
    columns = dict.fromkeys(column for row in rows for column in row)
    return Sheet(name, tuple(columns), tuple(Row(number, row) for number, row in enumerate(rows, 2)))


ANSWERS = {
    "int": ["0", "1", "3", "17", "60", ""],
    "decimal": ["0.5", "2.25", "17", "-3.1", ""],
    "string": ["", "a", "abc", "abc def", "  two  words ", "Ünï", "3", "2020-01-01"],
    "date": ["2024-02-29", "1999-12-31", "2026-11-28", "2030-01-01", ""],
    "time": ["10:30:00.000-05:00", "23:59:00.000-05:00", ""],
    "dateTime": ["2024-02-29T10:30:00.000-05:00", "2026-11-28T00:00:00.000-05:00", ""],
}


def answer(rng: random.Random, kind: str, choices: list[str], control: str) -> str:
    """A plausible or odd answer for a question."""
    if control == "select1":
        return rng.choice([*choices, ""]) if choices else ""
    if control == "select":
        return " ".join(choice for choice in choices if rng.random() < 0.5)
    return rng.choice(ANSWERS.get(kind, ANSWERS["string"]))


def step_for(
    rng: random.Random, targets: Sequence[Mapping[str, Any]], repeats: list[str]
) -> dict[str, Any] | None:
    """One random step: mostly an answer, sometimes a row added or removed."""
    roll = rng.random()
    if repeats and roll < 0.12:
        return {"op": "add", "ref": rng.choice(repeats)}
    if repeats and roll < 0.18:
        return {"op": "remove", "ref": rng.choice(repeats), "index": rng.choice([0, 0, 1])}
    if not targets:
        return None
    target = rng.choice(targets)
    return {
        "op": "set",
        "ref": target["ref"],
        "value": answer(rng, target["type"], target["choices"], target["control"]),
    }
