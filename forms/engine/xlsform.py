"""From a spreadsheet, or a folder of CSV sheets, to an ODK XForm. Layer: forms.engine.

pyxform does the translation; this module brings the sheets together, finds the files a form looks
things up in, and turns pyxform's errors into one sentence.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from forms.engine import drafts, sheets
from forms.engine.closed_xml import parse
from forms.engine.faults import FormRefused
from forms.engine.names import H_HEAD, INSTANCE, MODEL
from forms.engine.secondary import LAST_SAVED, file_name
from forms.engine.sheets import SHEETS, Book


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
    if not source.is_dir():
        sheets.read(source)
        xml, warnings = _converted(str(source), source.name)
        return Compiled(xml, _files(xml, source.parent), warnings)
    xml, warnings = compile_book(sheets.read(source))
    return Compiled(xml, _files(xml, source), warnings)


def compile_book(book: Book) -> tuple[bytes, tuple[str, ...]]:
    """The XForm of a form's sheets, and remarks."""
    definition: dict[str, object] = {}
    for name, sheet in drafts.marked(book).sheets.items():
        if name in SHEETS:
            definition[name] = [_plain(row.cells) for row in sheet.rows]
            definition[f"{name}_header"] = [_plain(dict.fromkeys(sheet.columns, ""))]
    return _converted(definition, book.name)


def _converted(source: str | dict[str, object], name: str) -> tuple[bytes, tuple[str, ...]]:
    remarks: list[str] = []
    log = logging.getLogger("pyxform")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        result = convert(xlsform=source, warnings=remarks, form_name="data")
    except PyXFormError as error:
        raise FormRefused(f"{name}: {_sentence(error)}") from error
    except (BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
        # pyxform trips over some broken sheets without an error of its own.
        raise FormRefused(f"{name} cannot be read as an XLSForm ({type(error).__name__}).") from error
    finally:
        log.setLevel(level)
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
