"""Which translations nobody has reviewed yet, written into the form itself. Layer: forms.engine.

A form that names the desk's space in its settings carries two things: every row lists the languages whose
words are drafts (``ourny:draft``, codes), and every choice of a list with a column ``words`` says in a
column ``reviewed`` whether the words of the client's consent are reviewed in the language it names. The
consent's words are the labels of the group that holds the question marked ``ourny:consent``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from forms.engine.definitions import language_code
from forms.engine.sheets import Book, Row, Sheet, default_languages, row_names

SPACE: Final = 'ourny="'
DRAFT: Final = "bind::ourny:draft"
CONSENT: Final = "bind::ourny:consent"
WORDS: Final = "words"
REVIEWED: Final = "reviewed"
STAFF: Final = "staff"
"""What the column ``words`` holds for the language the form is written in, or read aloud from."""
_STATE: Final = "reviewed"


def marked(book: Book) -> Book:
    """The book with its drafts marked; the same one when it does not name the desk's space."""
    survey = book.sheet("survey")
    if SPACE not in book.setting("namespaces"):
        return book
    codes = {language: language_code(language) for language in default_languages(survey.columns)}
    default = book.setting("default_language")
    names = row_names(survey)
    spoken = [language for language in codes if language != default]
    rows = []
    for index, row in enumerate(survey.rows):
        drafts = [
            codes[language]
            for language in spoken
            if row.get(f"label::{language}") and not _reviewed(book, language, names.get(index, ""))
        ]
        rows.append(Row(row.number, {**row.cells, DRAFT: " ".join(drafts)}) if drafts else row)
    sheets = dict(book.sheets)
    columns = tuple(dict.fromkeys((*survey.columns, DRAFT)))
    sheets["survey"] = replace(survey, columns=columns, rows=tuple(rows))
    if WORDS in book.sheet("choices").columns:
        ready = {codes[language] for language in spoken if _consent_is_reviewed(book, language)}
        sheets["choices"] = _told(book.sheet("choices"), ready)
    return replace(book, sheets=sheets)


def counted(book: Book) -> Mapping[str, int]:
    """How many texts of each language are kept as drafts."""
    return Counter(language for (language, *_), state in book.states.items() if state != _STATE)


def _reviewed(book: Book, language: str, name: str, column: str = "label") -> bool:
    return book.states.get((language, "survey", "", name, column)) == _STATE


def _consent_is_reviewed(book: Book, language: str) -> bool:
    survey = book.sheet("survey")
    names = row_names(survey)
    asked = [index for index in _consent_rows(survey) if _label(survey.rows[index])]
    return bool(asked) and all(_reviewed(book, language, names.get(index, "")) for index in asked)


def _label(row: Row) -> bool:
    return any(column.partition("::")[0] == "label" and text for column, text in row.cells.items())


def _consent_rows(survey: Sheet) -> Iterator[int]:
    """The rows of every outermost group in which consent is asked; where there is none, of the question."""
    depth, group = 0, list[int]()
    for index, row in enumerate(survey.rows):
        kind = row.get("type").strip().replace("_", " ").lower()
        if kind.startswith("end "):
            depth -= 1
        else:
            group.append(index)
            depth += kind.startswith("begin ")
        if depth == 0:
            if any(survey.rows[at].get(CONSENT) for at in group):
                yield from group
            group = []


def _told(choices: Sheet, ready: set[str]) -> Sheet:
    rows = tuple(
        Row(row.number, {**row.cells, REVIEWED: "yes" if row.get(WORDS) in {STAFF, *ready} else "no"})
        if row.get(WORDS)
        else row
        for row in choices.rows
    )
    return replace(choices, columns=tuple(dict.fromkeys((*choices.columns, REVIEWED))), rows=rows)
