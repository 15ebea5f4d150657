"""A form as sheets of text, read from and written to every way it is kept. Layer: forms.engine.

A form in the library is a folder: ``survey.csv``, ``choices.csv``, ``settings.csv`` with the default
language in unsuffixed columns, and ``languages/<code>.csv`` for every other language. Coordinators
work in one ``.xlsx``; both hold the same sheets.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

import openpyxl
import xlrd
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from forms.engine import blocks
from forms.engine.faults import FormRefused

TRANSLATED: Final = (
    "label",
    "hint",
    "guidance_hint",
    "constraint_message",
    "required_message",
    "image",
    "audio",
    "video",
)
"""Columns that exist once a language."""
ALIASES: Final = {
    "caption": "label",
    "constraint message": "constraint_message",
    "required message": "required_message",
    "guidance hint": "guidance_hint",
    "list name": "list_name",
    "value": "name",
}
FILES: Final = frozenset({".xlsx", ".xlsm", ".xls", ".csv", ".md"})
MAX_CELLS: Final = 600_000
MAX_ROWS: Final = 200_000
MAX_BLANK_ROWS: Final = 60
"""After so many blank rows a sheet ends, as it does for pyxform: some are formatted to their last row."""
MAX_FILE: Final = 64 * 1024 * 1024
MAX_UNPACKED: Final = 128 * 1024 * 1024
_CELL: Final = re.compile(rb"<(?:\w+:)?(?:c|si)[\s/>]")
SHEETS: Final = ("survey", "choices", "settings", "external_choices", "entities", "osm")
STATES_SHEET: Final = "language_states"
"""The sheet of a workbook that keeps which translations were reviewed."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row and its number in the file, from 1; cells by column name."""

    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        """A cell's text, blank when there is none."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its columns in order and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    source: str = ""
    """The file it came from, for messages."""
    first: int = 0
    """How many columns of the file stand before its own."""

    def letter(self, column: str) -> str:
        """A column's letter in a spreadsheet."""
        at = self.first + (self.columns.index(column) if column in self.columns else 0)
        return (chr(64 + at // 26) if at >= 26 else "") + chr(65 + at % 26)


@dataclass(frozen=True, slots=True)
class Book:
    """All sheets of a form by name."""

    sheets: Mapping[str, Sheet]
    name: str
    states: Mapping[tuple[str, str, str, str, str], str] = field(default_factory=dict)
    """Review state of translations: (language, sheet, list, name, column) → reviewed or draft."""

    def sheet(self, name: str) -> Sheet:
        """A sheet, empty when the form has none of that name."""
        return self.sheets.get(name, Sheet(name, (), ()))

    def setting(self, name: str) -> str:
        """One setting's text."""
        rows = self.sheet("settings").rows
        return rows[0].get(name) if rows else ""


def read(source: Path) -> Book:
    """The sheets of a form: a folder of CSV sheets, ``.xlsx``, ``.xls``, ``.csv`` or ``.md``."""
    if source.is_dir():
        return _read_folder(source)
    if not source.exists():
        raise FormRefused(f"There is no file or folder {source}.", file=str(source))
    if source.stat().st_size > MAX_FILE:
        raise FormRefused(f"{source.name} is larger than {MAX_FILE // 2**20} MB.", file=source.name)
    match source.suffix.lower():
        case ".xlsx" | ".xlsm":
            tables = _xlsx_tables(source)
        case ".xls":
            tables = _xls_tables(source)
        case ".csv":
            tables = _stacked_tables(_csv_rows(_decoded(source), source.name))
        case ".md":
            tables = _stacked_tables(_markdown_rows(_decoded(source)))
        case other:
            raise FormRefused(
                f"{source.name} ends in “{other}”. A form is a folder of CSV sheets or an "
                ".xlsx, .xls, .csv, .md or .xml file.",
                file=source.name,
            )
    first = 1 if source.suffix.lower() in (".csv", ".md") else 0
    sheets = {name: _sheet(name, rows, source.name, first) for name, rows in tables.items()}
    if "survey" not in sheets:
        raise FormRefused(f"{source.name} has no sheet named survey.", file=source.name)
    return Book(sheets, source.stem, _states(sheets.pop(STATES_SHEET, None)))


def _states(sheet: Sheet | None) -> dict[tuple[str, str, str, str, str], str]:
    rows = () if sheet is None else sheet.rows
    return {
        (row.get("language"), row.get("sheet"), row.get("list"), row.get("name"), row.get("column")): row.get(
            "state"
        )
        for row in rows
    }


Table = list[tuple[int, list[str]]]
"""Rows of cells with their numbers."""


def _sheet(name: str, table: Table, source: str, first: int = 0) -> Sheet:
    filled = [(number, cells) for number, cells in table if any(cell.strip() for cell in cells)]
    if not filled:
        return Sheet(name, (), (), source)
    header = [_column(cell) for cell in filled[0][1]]
    rows = [
        Row(
            number,
            {column: cell for column, cell in zip(header, cells, strict=False) if column and cell != ""},
        )
        for number, cells in filled[1:]
    ]
    return Sheet(name, tuple(header), tuple(rows), source, first)


def _column(cell: str) -> str:
    text = " ".join(cell.split())
    return ALIASES.get(text.lower(), text)


def _read_folder(folder: Path) -> Book:
    sheets: dict[str, Sheet] = {}
    for name in SHEETS:
        path = folder / f"{name}.csv"
        if path.is_file():
            sheets[name] = _csv_sheet(path, name)
    if "survey" not in sheets:
        raise FormRefused(f"The folder {folder} has no survey.csv.", file=str(folder))
    included = blocks.include(sheets, folder.resolve(), _csv_sheet)
    own = _language_files(folder)
    shared = _language_files(folder.resolve().parent / blocks.FOLDER) if included.names else []
    spoken = {file.source for file in own}
    files = [*included.translations(file for file in shared if file.source in spoken), *own]
    return _with_languages(Book(included.sheets, folder.resolve().name), files)


def _language_files(folder: Path) -> list[Sheet]:
    languages = folder / "languages"
    paths = sorted(languages.glob("*.csv")) if languages.is_dir() else []
    return [_csv_sheet(path, "language") for path in paths]


def _csv_sheet(path: Path, name: str = "") -> Sheet:
    return _sheet(name or path.stem, _csv_rows(_decoded(path), path.name), path.name)


def _with_languages(book: Book, files: Sequence[Sheet]) -> Book:
    """The book with one column a language: ``label::Bengali (bn)``."""
    if not files:
        return book
    default = book.setting("default_language")
    if not default:
        raise FormRefused(
            "settings.csv must name the default_language, e.g. English (en), when languages/ has files.",
            file="settings.csv",
        )
    sheets = {name: _suffixed(sheet, default) for name, sheet in book.sheets.items()}
    names = _survey_paths(sheets["survey"])
    called = row_names(sheets["survey"])
    states: dict[tuple[str, str, str, str, str], str] = {}
    for file in files:
        language = _language_name(file)
        for row in file.rows:
            if not row.get("text"):
                continue
            key = (row.get("sheet"), row.get("list"), row.get("name"), row.get("column"))
            _put(sheets, names, key, language, row, file)
            if row.get("state"):
                # A row may be named by its path: the state is kept under the name everybody uses.
                name = called.get(names.get(key[2].strip("/"), -1), key[2]) if key[0] == "survey" else key[2]
                states[(language, *key[:2], name, key[3])] = row.get("state")
    return Book(sheets, book.name, states)


def _language_name(file: Sheet) -> str:
    """``Bengali (bn)`` for ``bn.csv``; a file may say its own name in a column ``language``."""
    stated = next((row.get("language") for row in file.rows if row.get("language")), "")
    code = file.source.removesuffix(".csv")
    return stated or f"{LANGUAGES.get(code, code)} ({code})"


def _suffixed(sheet: Sheet, default: str) -> Sheet:
    if sheet.name not in ("survey", "choices"):
        return sheet
    renamed = {column: f"{column}::{default}" for column in sheet.columns if column in TRANSLATED}
    rows = tuple(
        Row(row.number, {renamed.get(column, column): text for column, text in row.cells.items()})
        for row in sheet.rows
    )
    return Sheet(
        sheet.name, tuple(renamed.get(column, column) for column in sheet.columns), rows, sheet.source
    )


def row_names(sheet: Sheet) -> dict[int, str]:
    """What each row of a survey is called in a language file: its name, or its path when names repeat."""
    found: dict[int, str] = {}
    for name, index in _survey_paths(sheet).items():
        if index not in found or name.count("/") < found[index].count("/"):
            found[index] = name
    return found


def _survey_paths(sheet: Sheet) -> dict[str, int]:
    """The index of the row that makes each path and each name that is used once."""
    paths: dict[str, int] = {}
    names: dict[str, list[int]] = {}
    stack: list[str] = []
    for index, row in enumerate(sheet.rows):
        kind = row.get("type").strip().replace("_", " ").lower()
        if kind.startswith("end "):
            if stack:
                stack.pop()
            continue
        name = row.get("name").strip()
        if not name:
            continue
        paths["/".join([*stack, name])] = index
        names.setdefault(name, []).append(index)
        if kind.startswith("begin "):
            stack.append(name)
    for name, indexes in names.items():
        if len(indexes) == 1:
            paths.setdefault(name, indexes[0])
    return paths


def _put(
    sheets: dict[str, Sheet],
    names: Mapping[str, int],
    key: tuple[str, str, str, str],
    language: str,
    row: Row,
    file: Sheet,
) -> None:
    sheet_name, list_name, name, column = key
    place = f"languages/{file.source}, row {row.number}"
    if column not in TRANSLATED:
        raise FormRefused(
            f"{place}: “{column}” is no column that is translated.", file=file.source, row=row.number
        )
    sheet = sheets.get(sheet_name)
    if sheet is None:
        raise FormRefused(f"{place}: there is no sheet “{sheet_name}”.", file=file.source, row=row.number)
    if sheet_name == "survey":
        index = names.get(name.strip("/"), -1)
    else:
        index = next(
            (
                at
                for at, choice in enumerate(sheet.rows)
                if choice.get("list_name") == list_name and choice.get("name") == name
            ),
            -1,
        )
    if index < 0:
        where = f"in list “{list_name}”" if list_name else "in the survey"
        raise FormRefused(
            f"{place}: there is no “{name}” {where}. Was it renamed?", file=file.source, row=row.number
        )
    full = f"{column}::{language}"
    rows = list(sheet.rows)
    rows[index] = Row(rows[index].number, {**rows[index].cells, full: row.get("text")})
    columns = sheet.columns if full in sheet.columns else (*sheet.columns, full)
    sheets[sheet_name] = Sheet(sheet.name, columns, tuple(rows), sheet.source)


def _decoded(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormRefused(
            f"{path.name} is not UTF-8 text. Save it as CSV in UTF-8.", file=path.name
        ) from error


def _csv_rows(text: str, name: str) -> Table:
    reader = csv.reader(io.StringIO(text, newline=""))
    table: Table = []
    try:
        for cells in reader:
            table.append((reader.line_num, cells))
    except csv.Error as error:
        raise FormRefused(f"{name}, line {reader.line_num}, is no CSV: {error}.", file=name) from error
    return table


def _markdown_rows(text: str) -> Table:
    table: Table = []
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if not stripped.startswith("|") or set(stripped) <= set("|-: "):
            continue
        cells = [cell.strip().replace("\\|", "|") for cell in stripped.strip("|").split("|")]
        table.append((number, cells))
    return table


def _stacked_tables(table: Table) -> dict[str, Table]:
    """Sheets in one text: a name in the first column starts a sheet, its rows leave it blank."""
    found: dict[str, Table] = {}
    current: Table = []
    for number, cells in table:
        first = cells[0].strip() if cells else ""
        if first:
            current = found.setdefault(first.lower(), [])
        if any(cell.strip() for cell in cells[1:]):
            current.append((number, cells[1:]))
    return found


def _xlsx_tables(path: Path) -> dict[str, Table]:
    try:
        _weigh(path)
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        room = MAX_CELLS
        read: dict[str, Table] = {}
        for sheet in book.worksheets:
            if isinstance(sheet, ReadOnlyWorksheet):
                # What a workbook states of its size is not always so.
                sheet.reset_dimensions()
            name = sheet.title.strip().lower()
            read[name] = _filled(sheet.iter_rows(values_only=True), room, path)
            room -= sum(len(cells) for _, cells in read[name])
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError, EOFError, SyntaxError) as error:
        # What openpyxl's parsers say of broken XML is a SyntaxError.
        raise FormRefused(f"{path.name} cannot be opened as an Excel workbook.", file=path.name) from error
    book.close()
    return read


def _filled(rows: Iterable[tuple[object, ...]], room: int, path: Path) -> Table:
    """The rows of a sheet that hold something, as far as there is room for their cells."""
    table: Table = []
    blank = 0
    for number, row in enumerate(rows, 1):
        if not any(value is not None for value in row):
            blank += 1
            if blank > MAX_BLANK_ROWS:
                break
            continue
        blank = 0
        room -= len(row)
        if room < 0 or len(table) >= MAX_ROWS:
            raise _too_many(path)
        table.append((number, [_cell(value) for value in row]))
    return table


def _weigh(path: Path) -> None:
    """Look into a workbook before it is read: how large it unpacks, and how many cells and texts it has."""
    with ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
            raise FormRefused(f"{path.name} unpacks to more than {MAX_UNPACKED // 2**20} MB.", file=path.name)
        found = 0
        for entry in archive.infolist():
            if not entry.filename.lower().endswith(".xml"):
                continue
            with archive.open(entry) as stream:
                while chunk := stream.read(1 << 20):
                    found += sum(1 for _ in _CELL.finditer(chunk))
                    if found > MAX_CELLS:
                        raise _too_many(path)


def _too_many(path: Path) -> FormRefused:
    return FormRefused(
        f"{path.name} has more than {MAX_CELLS} cells or {MAX_ROWS} rows. Keep long lists in a CSV file.",
        file=path.name,
    )


def _xls_tables(path: Path) -> dict[str, Table]:
    try:
        book = xlrd.open_workbook(str(path))
    except (xlrd.XLRDError, OSError, ValueError) as error:
        raise FormRefused(f"{path.name} cannot be opened as an Excel workbook.", file=path.name) from error
    return {
        sheet.name.strip().lower(): [
            (number + 1, [_cell(value) for value in sheet.row_values(number)])
            for number in range(sheet.nrows)
        ]
        for sheet in book.sheets()
    }


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def default_languages(columns: Iterable[str]) -> Iterator[str]:
    """Languages named in column heads, ``label::Bengali (bn)``, in order."""
    seen: set[str] = set()
    for column in columns:
        base, mark, language = column.partition("::")
        if mark and base.strip() in TRANSLATED and language.strip() not in seen:
            seen.add(language.strip())
            yield language.strip()


LANGUAGES: Final = {
    "am": "Amharic",
    "ar": "Arabic",
    "bn": "Bengali",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "hi": "Hindi",
    "ht": "Haitian Creole",
    "ko": "Korean",
    "ne": "Nepali",
    "pa": "Punjabi",
    "ps": "Pashto",
    "pt": "Portuguese",
    "ru": "Russian",
    "so": "Somali",
    "ti": "Tigrinya",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "uz": "Uzbek",
    "vi": "Vietnamese",
    "yo": "Yoruba",
    "zh": "Chinese",
}
"""English names of languages the desk meets, by code."""
