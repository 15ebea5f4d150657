"""Blocks of questions that several forms share, put in where a survey says ``include``. Layer: forms.engine.

A row of type ``include`` names a block: ``blocks/<name>.csv`` in the folder that holds the form's folder.
Its rows stand in the form as if they were written there. A list the form lacks comes from
``blocks/choices.csv``, and translations from ``blocks/languages/`` for the languages the form has. What a
form says itself, of a list or in a language, has the last word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from forms.engine.faults import FormRefused

if TYPE_CHECKING:
    from forms.engine.sheets import Row, Sheet

INCLUDE: Final = "include"
FOLDER: Final = "blocks"
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_LIST: Final = re.compile(r"(?:select[ _](?:one|multiple)|rank)\s+(\S+)", re.IGNORECASE)
ReadSheet = Callable[[Path], "Sheet"]


@dataclass(frozen=True, slots=True)
class Included:
    """A form's sheets with its blocks in place, and what the blocks' own translations may speak of."""

    sheets: dict[str, Sheet]
    names: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()

    def translations(self, files: Iterable[Sheet]) -> list[Sheet]:
        """The rows of the blocks' language files that are about what was put in."""
        return [replace(file, rows=tuple(row for row in file.rows if self._about(row))) for file in files]

    def _about(self, row: Row) -> bool:
        if row.get("sheet") == "choices":
            return row.get("list") in self.lists
        return row.get("name") in self.names


def include(sheets: dict[str, Sheet], folder: Path, read: ReadSheet) -> Included:
    """The sheets of a form with the rows of its blocks. Raises FormRefused for a block that is not there."""
    survey = sheets["survey"]
    if all(row.get("type").strip() != INCLUDE for row in survey.rows):
        return Included(sheets)
    rows: list[Row] = []
    added: list[Row] = []
    columns = dict.fromkeys(survey.columns)
    for row in survey.rows:
        if row.get("type").strip() != INCLUDE:
            rows.append(row)
            continue
        block = read(_path(folder, row))
        columns.update(dict.fromkeys(block.columns))
        rows += block.rows
        added += block.rows
    choices, lists = _choices(sheets, added, folder, read)
    found = {**sheets, "survey": replace(survey, columns=tuple(columns), rows=tuple(rows))}
    if choices is not None:
        found["choices"] = choices
    names = frozenset(row.get("name") for row in added) - {""}
    return Included(found, names, lists)


def _path(folder: Path, row: Row) -> Path:
    name = row.get("name").strip()
    path = folder.parent / FOLDER / f"{name}.csv"
    if not _NAME.fullmatch(name) or not path.is_file():
        raise FormRefused(
            f"survey, row {row.number}: there is no block “{name}” in {folder.parent / FOLDER}.",
            row=row.number,
        )
    return path


def _choices(
    sheets: dict[str, Sheet], added: list[Row], folder: Path, read: ReadSheet
) -> tuple[Sheet | None, frozenset[str]]:
    """The form's choices with the lists only its blocks use, and which lists these are."""
    own = sheets.get("choices")
    path = folder.parent / FOLDER / "choices.csv"
    wanted = {match[1] for row in added if (match := _LIST.match(row.get("type").strip()))}
    lists = frozenset(wanted - {row.get("list_name") for row in (own.rows if own else ())})
    if not lists or not path.is_file():
        return own, frozenset()
    shared = read(path)
    rows = tuple(row for row in shared.rows if row.get("list_name") in lists)
    if own is None:
        return replace(shared, name="choices", rows=rows), lists
    columns = tuple(dict.fromkeys((*own.columns, *shared.columns)))
    return replace(own, columns=columns, rows=(*own.rows, *rows)), lists
