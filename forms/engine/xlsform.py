"""From a spreadsheet, or a folder of CSV sheets, to an ODK XForm. Layer: forms.engine.

pyxform does the translation; this module brings the sheets together, finds the files a form looks
things up in, and turns pyxform's errors into one sentence.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from forms.engine import sheets
from forms.engine.closed_xml import parse
from forms.engine.faults import FormRefused
from forms.engine.names import H_HEAD, INSTANCE, MODEL
from forms.engine.secondary import LAST_SAVED, file_name
from forms.engine.sheets import Book


@dataclass(frozen=True, slots=True)
class Compiled:
    """An XForm, the files it looks things up in by name, and what pyxform remarked."""

    xml: bytes
    files: Mapping[str, bytes]
    warnings: tuple[str, ...] = ()


def compile_xlsform(source: Path) -> Compiled:
    """The XForm of a form kept as ``.xlsx``, ``.xls``, ``.csv``, ``.md``, a folder of sheets or ``.xml``.

    Raises FormRefused with pyxform's finding, or naming a file that is missing.
    """
    if source.is_file() and source.suffix.lower() == ".xml":
        xml = source.read_bytes()
        return Compiled(xml, _files(xml, source.parent))
    book = sheets.read(source)
    xml, warnings = compile_book(book)
    return Compiled(xml, _files(xml, source if source.is_dir() else source.parent), warnings)


def compile_book(book: Book) -> tuple[bytes, tuple[str, ...]]:
    """The XForm of a form's sheets, and remarks."""
    remarks: list[str] = []
    definition: dict[str, object] = {
        name: [_plain(row.cells) for row in sheet.rows] for name, sheet in book.sheets.items()
    }
    for name, sheet in book.sheets.items():
        definition[f"{name}_header"] = [dict.fromkeys(_plain(dict.fromkeys(sheet.columns, "")))]
    level = logging.getLogger("pyxform").level
    logging.getLogger("pyxform").setLevel(logging.ERROR)
    try:
        result = convert(xlsform=definition, warnings=remarks, form_name="data")
    except PyXFormError as error:
        raise FormRefused(f"{book.name}: {_sentence(error)}") from error
    finally:
        logging.getLogger("pyxform").setLevel(level)
    return result.xform.encode("utf-8"), tuple(" ".join(str(remark).split()) for remark in remarks)


def _plain(cells: Mapping[str, str]) -> dict[str, str]:
    return {column: text for column, text in cells.items() if column and not column.startswith("_")}


def _sentence(error: Exception) -> str:
    text = " ".join(str(error).split())
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _files(xml: bytes, folder: Path) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for name in _wanted(xml):
        path = folder / name
        if not path.is_file() and (folder / "media" / name).is_file():
            path = folder / "media" / name
        if not path.is_file():
            raise FormRefused(f"The form looks things up in “{name}”, which is not in {folder}.", file=name)
        files[name] = path.read_bytes()
    return files


def _wanted(xml: bytes) -> Iterator[str]:
    head = parse(xml, "The form").find(H_HEAD)
    model = None if head is None else head.find(MODEL)
    for instance in () if model is None else model.iterchildren(INSTANCE):
        source = instance.get("src")
        if source and not source.startswith(LAST_SAVED):
            name = file_name(source)
            if not name or name.startswith(".") or "\\" in name or "\0" in name:
                raise FormRefused(f"The form looks things up in a file with an unusable name, “{name}”.")
            yield name
