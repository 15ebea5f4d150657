"""A form's sheets written out: one workbook for coordinators, one folder for review. Layer: forms.engine.

Both directions keep every cell. In a folder the default language has unsuffixed columns and every
other language a file of its own; in a workbook each language has its columns.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import openpyxl
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from forms.engine import sheets
from forms.engine.definitions import language_code
from forms.engine.faults import FormRefused
from forms.engine.sheets import LANGUAGES, SHEETS, STATES_SHEET, TRANSLATED, Book, Sheet

LANGUAGE_HEAD: Final = ("sheet", "list", "name", "column", "text", "state")
_WIDTHS: Final = {"label": 48, "hint": 32, "relevant": 36, "constraint": 36, "calculation": 36, "name": 24}


def to_workbook(book: Book) -> bytes:
    """The form as an ``.xlsx`` whose cells are all text, so that nothing in one is ever a formula."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name in _order(book):
        sheet = book.sheets[name]
        page = workbook.create_sheet(name)
        page.append(list(sheet.columns))
        for row in sheet.rows:
            page.append([row.get(column) or None for column in sheet.columns])
        for cells in page.iter_rows():
            for cell in cells:
                _as_text(cell)
        page.freeze_panes = "A2"
        for at, column in enumerate(sheet.columns, 1):
            page.column_dimensions[get_column_letter(at)].width = _WIDTHS.get(column.partition("::")[0], 16)
        for cell in page[1]:
            cell.font = Font(bold=True)
    if book.states:
        page = workbook.create_sheet(STATES_SHEET)
        page.append(["language", *LANGUAGE_HEAD[:4], "state"])
        for key, state in book.states.items():
            page.append([*key, state])
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _as_text(cell: object) -> None:
    if isinstance(cell, Cell) and isinstance(cell.value, str):
        cell.data_type = "s"
        cell.number_format = "@"
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _order(book: Book) -> list[str]:
    known = [name for name in SHEETS if name in book.sheets]
    return known + [name for name in book.sheets if name not in SHEETS and name != STATES_SHEET]


def to_folder(book: Book, folder: Path) -> tuple[Path, ...]:
    """Write the form as CSV sheets and one CSV a language; returns the files written.

    Raises FormRefused when the folder holds a form already.
    """
    if (folder / "survey.csv").exists():
        raise FormRefused(f"{folder} holds a form already. Name a folder that does not exist yet.")
    default = book.setting("default_language")
    languages = tuple(
        sheets.default_languages(column for sheet in book.sheets.values() for column in sheet.columns)
    )
    if languages and not default:
        raise FormRefused("The settings sheet must name the default_language to split the languages apart.")
    others = [language for language in languages if language != default]
    folder.mkdir(parents=True, exist_ok=True)
    written = [
        _write(folder / f"{name}.csv", _plain_rows(book.sheets[name], default, others))
        for name in SHEETS
        if name in book.sheets
    ]
    for language in others:
        (folder / "languages").mkdir(exist_ok=True)
        path = folder / "languages" / f"{_file_name(language)}.csv"
        written.append(_write(path, _language_rows(book, language)))
    return tuple(written)


def _file_name(language: str) -> str:
    code = language_code(language)
    return "".join(mark if mark.isalnum() or mark in "-_" else "_" for mark in code) or "language"


def _write(path: Path, rows: Iterator[list[str]]) -> Path:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows(rows)
    path.write_text(stream.getvalue(), encoding="utf-8", newline="")
    return path


def _split(column: str) -> tuple[str, str]:
    base, mark, language = column.partition("::")
    return (base.strip(), language.strip()) if mark and base.strip() in TRANSLATED else (column, "")


def _plain_rows(sheet: Sheet, default: str, others: list[str]) -> Iterator[list[str]]:
    kept = [column for column in sheet.columns if _split(column)[1] not in others or not _split(column)[1]]
    names = {column: _split(column)[0] if _split(column)[1] == default else column for column in kept}
    yield [names[column] for column in kept]
    for row in sheet.rows:
        yield [row.get(column) for column in kept]


def _language_rows(book: Book, language: str) -> Iterator[list[str]]:
    code = _file_name(language)
    named = f"{LANGUAGES.get(code, code)} ({code})" == language
    yield [*LANGUAGE_HEAD, *([] if named else ["language"])]
    for sheet_name, list_name, name, column, text in _texts(book, language):
        state = book.states.get((language, sheet_name, list_name, name, column), "")
        yield [sheet_name, list_name, name, column, text, state, *([] if named else [language])]


def _texts(book: Book, language: str) -> Iterator[tuple[str, str, str, str, str]]:
    survey = book.sheet("survey")
    names: Mapping[int, str] = sheets.row_names(survey)
    for index, row in enumerate(survey.rows):
        for column in survey.columns:
            base, spoken = _split(column)
            if spoken == language and row.get(column):
                if index not in names:
                    raise FormRefused(
                        f"survey, row {row.number}: a translated text stands on a row without name."
                    )
                yield "survey", "", names[index], base, row.get(column)
    choices = book.sheet("choices")
    for row in choices.rows:
        for column in choices.columns:
            base, spoken = _split(column)
            if spoken == language and row.get(column):
                yield "choices", row.get("list_name"), row.get("name"), base, row.get(column)
