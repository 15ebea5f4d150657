"""Every mistake of a form at once, each with its place and what to do. Layer: forms.engine.

pyxform stops at the first error; this reads the sheets first and goes on. What the sheets alone
cannot show (cycles, constructs the engine refuses) comes from compiling and loading afterwards.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final, Literal

from forms.engine import drafts, sheet_logic, sheets
from forms.engine.expressions import Compiler
from forms.engine.faults import ExpressionFault, FormRefused
from forms.engine.form import Form, load_form
from forms.engine.grammar import parse
from forms.engine.names import JAVAROSA
from forms.engine.sheet_logic import REFERENCE, Remark
from forms.engine.sheets import TRANSLATED, Book, Row, Sheet
from forms.engine.vocabulary import SURVEY_COLUMNS, TYPES
from forms.engine.wording import MISSING
from forms.engine.xlsform import compile_xlsform

Severity = Literal["error", "warning"]
MOST: Final = 5_000
"""Nobody reads further; a file that is no form at all would fill the memory with remarks."""
NAME: Final = re.compile(r"[^\W\d][\w.\-]*")
EXPRESSIONS: Final = (
    "relevant",
    "constraint",
    "calculation",
    "required",
    "readonly",
    "read_only",
    "choice_filter",
    "repeat_count",
    "default",
    "trigger",
)
_SELECT: Final = re.compile(
    r"(?P<kind>select[ _](?:one|multiple)[ _]from[ _]file|select[ _]one|select[ _]multiple|select1|rank)"
    r"(?:[ _]external)?\s+(?P<list>\S+)",
    re.IGNORECASE,
)
_MISSPELT: Final = (
    "appearance",
    "calculation",
    "choice_filter",
    "constraint",
    "constraint_message",
    "default",
    "hint",
    "label",
    "readonly",
    "relevant",
    "repeat_count",
    "required",
    "required_message",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake or doubt. ``row`` counts from 1 as a spreadsheet does, 0 for the whole sheet."""

    severity: Severity
    sheet: str
    row: int
    column: str
    letter: str
    message: str

    @property
    def place(self) -> str:
        """``survey, row 5, column C (relevant)``."""
        parts = [part for part in (self.sheet, f"row {self.row}" if self.row else "") if part]
        if self.column:
            parts.append(f"column {self.letter} ({self.column})")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the form a language covers."""

    language: str
    translated: int
    wanted: int
    drafts: int = 0
    """Of these, how many nobody has reviewed."""


@dataclass(frozen=True, slots=True)
class Report:
    """All findings about a form, and how complete each language is."""

    findings: tuple[Finding, ...]
    coverage: tuple[Coverage, ...] = ()
    questions: int = 0

    @property
    def sound(self) -> bool:
        """Whether the form can be used."""
        return not any(finding.severity == "error" for finding in self.findings)


def check(source: Path) -> Report:
    """Everything that can be said about a form without filling it."""
    if source.is_file() and source.suffix.lower() == ".xml":
        return _check_compiled(source, [])
    try:
        book = sheets.read(source)
    except FormRefused as refused:
        return Report((_whole("error", str(refused.facts.get("file", "")), refused.message),))
    findings = list(islice(_Linter(book).findings(), MOST))
    if any(finding.severity == "error" for finding in findings):
        # pyxform stops at its first error: only say it when the sheets looked sound.
        findings += _cycles(book)
        return Report(tuple(findings), tuple(sheet_coverage(book)), _questions(book))
    return _check_compiled(source, findings, book)


def _cycles(book: Book) -> list[Finding]:
    survey = book.sheet("survey")
    return [_remarked("error", survey, remark) for remark in sheet_logic.cycles(survey)]


def _remarked(severity: Severity, sheet: Sheet, remark: Remark) -> Finding:
    letter = sheet.letter(remark.column)
    return Finding(severity, sheet.name, remark.row.number, remark.column, letter, remark.message)


def _check_compiled(source: Path, findings: list[Finding], book: Book | None = None) -> Report:
    try:
        compiled = compile_xlsform(source)
        findings += [_whole("warning", "", remark) for remark in compiled.warnings]
        form = load_form(compiled.xml, compiled.files)
    except FormRefused as refused:
        placed = _cycles(book) if book is not None and "cycle" in refused.facts else []
        findings += placed or [_whole("error", "", refused.message)]
        covered = () if book is None else tuple(sheet_coverage(book))
        return Report(tuple(findings), covered, 0 if book is None else _questions(book))
    asked = sum(definition.kind == "question" for definition in form.definitions())
    unread = {} if book is None else drafts.counted(book)
    covered = tuple(replace(one, drafts=unread.get(one.language, 0)) for one in coverage(form))
    return Report(tuple(findings), covered, asked)


def _whole(severity: Severity, sheet: str, message: str) -> Finding:
    return Finding(severity, sheet, 0, "", "", message)


def _questions(book: Book) -> int:
    structure = ("begin", "end", "note", "calculate", "hidden")
    return sum(not row.get("type").startswith(structure) for row in book.sheet("survey").rows)


def coverage(form: Form) -> Iterator[Coverage]:
    """How many of the form's texts each language has."""
    wanted = {
        name
        for entries in form.entries.by_language.values()
        for name, entry in entries.items()
        if entry.parts
    }
    for language, entries in form.entries.by_language.items():
        has = sum(name in entries and entries[name].parts not in ((), (MISSING,)) for name in wanted)
        yield Coverage(language, has, len(wanted))


class _Linter:
    """Reads the sheets of one form row by row."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._survey = book.sheet("survey")
        self._choices = book.sheet("choices")
        self._names = Counter(row.get("name").strip() for row in self._survey.rows if row.get("name").strip())
        self._lists = {row.get("list_name").strip() for row in self._choices.rows}
        self._used: set[str] = set()
        self._compiler = Compiler({"jr": JAVAROSA})

    def findings(self) -> Iterator[Finding]:
        """Everything, in the order of the sheets."""
        if not {"type", "name"} <= set(self._survey.columns):
            missing = ", ".join(sorted({"type", "name"} - set(self._survey.columns)))
            yield _whole(
                "error", self._survey.source or "survey", f"The survey sheet needs a column {missing}."
            )
            return
        yield from self._columns(self._survey)
        yield from self._structure()
        for row in self._survey.rows:
            yield from self._row(row)
        for remark in sheet_logic.never_reached(self._survey):
            yield _remarked("warning", self._survey, remark)
        for remark in sheet_logic.impossible_choices(self._survey, self._offered()):
            yield _remarked("warning", self._survey, remark)
        yield from self._choice_rows()
        yield from self._settings()

    def _offered(self) -> dict[str, frozenset[str]]:
        """The choices of every select whose list stands in the choices sheet, by question."""
        names: dict[str, set[str]] = {}
        for row in self._choices.rows:
            names.setdefault(row.get("list_name").strip(), set()).add(row.get("name").strip())
        offered: dict[str, frozenset[str]] = {}
        for row in self._survey.rows:
            name, select = row.get("name").strip(), _SELECT.match(row.get("type").strip())
            other = "or_other" in row.get("type") or "or other" in row.get("type")
            if select and self._names[name] == 1 and not other and "file" not in select["kind"].lower():
                offered[name] = frozenset(names.get(select["list"], ()))
        return offered

    def _at(self, severity: Severity, sheet: Sheet, row: Row, column: str, message: str) -> Finding:
        return Finding(severity, sheet.name, row.number, column, sheet.letter(column), message)

    def _columns(self, sheet: Sheet) -> Iterator[Finding]:
        for column in sheet.columns:
            base = column.partition("::")[0].strip()
            if not base or base in SURVEY_COLUMNS or base.startswith("_"):
                continue
            close = difflib.get_close_matches(base.lower(), _MISSPELT, 1, 0.75)
            if close:
                text = f"“{column}” is no column of a survey. Did you mean {close[0]}?"
                yield Finding("error", sheet.name, 1, column, sheet.letter(column), text)

    def _structure(self) -> Iterator[Finding]:
        stack: list[tuple[str, Row]] = []
        seen: list[dict[str, int]] = [{}]
        for row in self._survey.rows:
            kind, name = _kind(row), row.get("name").strip()
            if kind.startswith("end "):
                if not stack or stack[-1][0] != kind[4:]:
                    opened = (
                        f"the {stack[-1][0]} of row {stack[-1][1].number} is still open"
                        if stack
                        else "none is open"
                    )
                    text = f"“{row.get('type')}” closes a {kind[4:]}, but {opened}."
                    yield self._at("error", self._survey, row, "type", text)
                else:
                    stack.pop()
                    seen.pop()
                continue
            if name:
                if name.lower() in seen[-1]:
                    text = f"“{name}” is in this group already, in row {seen[-1][name.lower()]}. Rename one."
                    yield self._at("error", self._survey, row, "name", text)
                seen[-1].setdefault(name.lower(), row.number)
            if kind.startswith("begin "):
                stack.append((kind[6:], row))
                seen.append({})
        for kind, row in stack:
            yield self._at(
                "error", self._survey, row, "type", f"This {kind} is never closed. Add a row “end {kind}”."
            )

    def _row(self, row: Row) -> Iterator[Finding]:
        kind = _kind(row)
        if kind.startswith("end "):
            return
        yield from self._type(row, kind)
        name = row.get("name").strip()
        if not name and not kind.startswith(("begin ", "note")):
            yield self._at("error", self._survey, row, "name", "This question has no name. Give it one.")
        elif name and not NAME.fullmatch(name):
            text = f"“{name}” cannot be a name. Use letters, digits and “_”, beginning with a letter."
            yield self._at("error", self._survey, row, "name", text)
        for column in self._survey.columns:
            if row.get(column):
                yield from self._cell(row, column, row.get(column))
        yield from self._sense(row, kind)

    def _type(self, row: Row, kind: str) -> Iterator[Finding]:
        stated = row.get("type").strip()
        if not stated:
            yield self._at(
                "error",
                self._survey,
                row,
                "type",
                "This row has no type, e.g. text, integer, select_one LIST.",
            )
            return
        select = _SELECT.match(stated)
        if select is not None:
            yield from self._list(row, select["kind"], select["list"])
            return
        word = kind.replace(" ", "_")
        if word in TYPES or kind in TYPES or word.replace("_", "-") in TYPES:
            return
        if kind in ("select one", "select multiple", "rank"):
            text = f"“{stated}” does not say which list to choose from: write {stated} LIST."
        else:
            close = difflib.get_close_matches(word, (*TYPES, "select_one", "select_multiple"), 1, 0.6)
            text = f"“{stated}” is no type of question." + (f" Did you mean {close[0]}?" if close else "")
        yield self._at("error", self._survey, row, "type", text)

    def _list(self, row: Row, kind: str, name: str) -> Iterator[Finding]:
        if kind.lower().endswith("file") or "${" in name:
            return
        self._used.add(name)
        if name not in self._lists:
            close = difflib.get_close_matches(name, self._lists, 1)
            hint = f" Did you mean {close[0]}?" if close else " Add it to the choices sheet."
            yield self._at(
                "error", self._survey, row, "type", f"There is no list “{name}” in the choices sheet.{hint}"
            )

    def _cell(self, row: Row, column: str, text: str) -> Iterator[Finding]:
        for name in REFERENCE.findall(text):
            if name not in self._names:
                close = difflib.get_close_matches(name, self._names, 1)
                hint = f" Did you mean ${{{close[0]}}}?" if close else ""
                yield self._at("error", self._survey, row, column, f"There is no question “{name}”.{hint}")
        base = column.partition("::")[2] if column.startswith("bind::") else column
        if base not in EXPRESSIONS or (base in ("required", "readonly", "read_only") and _yes_no(text)):
            return
        if base in ("default", "trigger") and not any(mark in text for mark in "(${"):
            return
        yield from self._expression(row, column, text, base)

    def _expression(self, row: Row, column: str, text: str, base: str) -> Iterator[Finding]:
        plain = REFERENCE.sub(lambda match: f" /data/{_safe(match[1])} ", text)
        try:
            self._compiler.compile(parse(plain))
        except ExpressionFault as fault:
            if base == "default":
                return
            message = fault.message.replace(" /data/", " ").replace("“/data/", "“")
            yield self._at("error", self._survey, row, column, message)

    def _sense(self, row: Row, kind: str) -> Iterator[Finding]:
        shown = kind not in (
            "calculate",
            "hidden",
            "audit",
            "start",
            "end",
            "today",
            "deviceid",
            "username",
        ) and not (
            kind.startswith(
                ("begin ", "csv", "xml", "phonenumber", "email", "start geopoint", "start-geopoint")
            )
        )
        has_words = any(
            row.get(column) for column in self._survey.columns if _base(column) in ("label", "hint", "image")
        )
        if shown and not has_words:
            yield self._at(
                "warning", self._survey, row, "label", "Nobody can read this question: it has no label."
            )
        if kind == "calculate" and not (
            row.get("calculation") or row.get("default") or row.get("bind::calculate")
        ):
            yield self._at("error", self._survey, row, "calculation", "A calculate row needs a calculation.")

    def _choice_rows(self) -> Iterator[Finding]:
        sheet = self._choices
        seen: dict[tuple[str, str], int] = {}
        twice_allowed = self._book.setting("allow_choice_duplicates").strip().lower() == "yes"
        for row in sheet.rows:
            list_name, name = row.get("list_name").strip(), row.get("name").strip()
            if not list_name:
                yield self._at(
                    "error", sheet, row, "list_name", "This choice belongs to no list. Name its list."
                )
            if not name:
                yield self._at("error", sheet, row, "name", "This choice has no name. Give it one.")
                continue
            if " " in name and self._several(list_name):
                text = f"“{name}” has a space in it; names of choices of a select_multiple cannot."
                yield self._at("error", sheet, row, "name", text)
            first = seen.setdefault((list_name, name), row.number)
            if first != row.number and not twice_allowed:
                text = f"“{name}” is in the list {list_name} already, in row {first}. Rename or remove one."
                yield self._at("error", sheet, row, "name", text)
        for list_name in sorted(self._lists - self._used - {""}):
            first_row = next(row for row in sheet.rows if row.get("list_name").strip() == list_name)
            text = f"No question uses the list “{list_name}”."
            yield self._at("warning", sheet, first_row, "list_name", text)

    def _several(self, list_name: str) -> bool:
        kinds = (_SELECT.match(row.get("type").strip()) for row in self._survey.rows)
        return any(
            kind and kind["list"] == list_name and "multiple" in kind["kind"].lower() for kind in kinds
        )

    def _settings(self) -> Iterator[Finding]:
        columns = (column for sheet in (self._survey, self._choices) for column in sheet.columns)
        languages = list(sheets.default_languages(columns))
        default = self._book.setting("default_language").strip()
        if languages and default and default not in languages:
            said = ", ".join(languages)
            text = f"default_language is “{default}”, but the columns speak {said}."
            yield _whole("error", "settings", text)
        elif languages and not default:
            text = f"settings names no default_language; people will see {languages[0]} first."
            yield _whole("warning", "settings", text)


def _base(column: str) -> str:
    return column.partition("::")[0].strip()


def _kind(row: Row) -> str:
    words = row.get("type").strip().replace("_", " ").split()
    return " ".join(words).lower()


def _yes_no(text: str) -> bool:
    return text.strip().lower() in ("yes", "no", "true", "false", "y", "n")


def _safe(name: str) -> str:
    return name if NAME.fullmatch(name) else "x"


def sheet_coverage(book: Book) -> Iterator[Coverage]:
    """How many of the sheets' texts each language has: for a form that cannot be compiled yet."""
    wanted: Counter[str] = Counter()
    missing = missing_texts(book)
    for sheet in (book.sheet("survey"), book.sheet("choices")):
        spoken = list(sheets.default_languages(sheet.columns))
        for row in sheet.rows:
            texts = sum(any(row.get(f"{base}::{one}") for one in spoken) for base in TRANSLATED)
            wanted.update(dict.fromkeys(spoken, texts))
    for language, count in wanted.items():
        yield Coverage(language, count - len(list(missing.get(language, ()))), count)


def missing_texts(book: Book) -> Mapping[str, Iterable[tuple[str, int, str]]]:
    """By language, the places (sheet, row, column) where other languages have a text and it has none."""
    found: dict[str, list[tuple[str, int, str]]] = {}
    for sheet in (book.sheet("survey"), book.sheet("choices")):
        spoken = list(sheets.default_languages(sheet.columns))
        for row in sheet.rows:
            for base in TRANSLATED:
                has = {language for language in spoken if row.get(f"{base}::{language}")}
                for language in spoken if has else ():
                    if language not in has:
                        found.setdefault(language, []).append((sheet.name, row.number, base))
    return found
