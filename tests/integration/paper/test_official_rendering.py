"""poppler, MuPDF and PDFium show the same ink on the same place."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from forms.paper import official
from forms.paper.paper_map import Rect, for_form
from tests.integration.paper import form_items, n400_items
from tests.integration.paper.official_blank import official_blank

DPI = 72
PAGES = (("n-400", 5), ("i-912", 2), ("i-912", 8), ("i-765", 3), ("i-90", 3))

Grey = tuple[int, int, bytes]
"""Width, height and one byte a pixel."""


def poppler(pdf: Path, folder: Path, number: int) -> Grey:
    subprocess.run(
        [
            "pdftoppm",
            "-gray",
            "-r",
            str(DPI),
            "-f",
            str(number),
            "-l",
            str(number),
            str(pdf),
            str(folder / "p"),
        ],
        check=True,
        capture_output=True,
    )
    return pgm(next(folder.glob("p-*.pgm")))


def mupdf(pdf: Path, folder: Path, number: int) -> Grey:
    if not shutil.which("mutool"):
        pytest.skip("mutool is not installed (package mupdf-tools)")
    out = folder / "m.pgm"
    subprocess.run(
        ["mutool", "draw", "-q", "-c", "gray", "-r", str(DPI), "-o", str(out), str(pdf), str(number)],
        check=True,
        capture_output=True,
    )
    return pgm(out)


def pdfium(pdf: Path, folder: Path, number: int) -> Grey:
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    bitmap = document[number - 1].render(scale=DPI / 72, grayscale=True)
    rows = bytes(bitmap.buffer)
    packed = b"".join(
        rows[at * bitmap.stride : at * bitmap.stride + bitmap.width] for at in range(bitmap.height)
    )
    return bitmap.width, bitmap.height, packed


def pgm(path: Path) -> Grey:
    magic, width, height, _ = path.read_bytes().split(maxsplit=4)[:4]
    assert magic == b"P5"
    pixels = int(width) * int(height)
    return int(width), int(height), path.read_bytes()[-pixels:]


READERS = {"poppler": poppler, "mupdf": mupdf, "pdfium": pdfium}


@cache
def empty(form: str) -> bytes:
    """The blank with no answer: what the agency itself drew."""
    return official.fill(official_blank(f"{form}.pdf"), for_form(form), {}).pdf


@cache
def filled(form: str, *, fillable: bool) -> bytes:
    """The form with every item, and answers enough for its part for additional information."""
    paper_map = for_form(form)
    items = (n400_items if form == "n-400" else form_items).every_item(paper_map)
    if form == "i-912":
        items["P4.1"] = [{"name": f"Person {at}"} for at in range(12)]
    return official.fill(official_blank(f"{form}.pdf"), paper_map, items, fillable=fillable).pdf


@pytest.mark.parametrize("fillable", [False, True], ids=["flat", "fillable"])
@pytest.mark.parametrize(("form", "number"), PAGES)
def test_three_readers_show_the_same_ink_in_every_box(
    form: str, number: int, fillable: bool, tmp_path: Path
) -> None:
    pdf, without = tmp_path / "filled.pdf", tmp_path / "empty.pdf"
    pdf.write_bytes(filled(form, fillable=fillable))
    without.write_bytes(empty(form))
    seen: dict[str, Grey] = {}
    before: dict[str, Grey] = {}
    for name, reader in READERS.items():
        for of, file in ((seen, pdf), (before, without)):
            folder = tmp_path / f"{name}-{file.stem}"
            folder.mkdir()
            of[name] = reader(file, folder, number)
    assert len({(width, height) for width, height, _ in seen.values()}) == 1
    apart, most = [], 0.0
    for _, box, _ in for_form(form).boxes():
        if box.page != number:
            continue
        inked = {
            name: darkness(grey, box.rect) - darkness(before[name], box.rect) for name, grey in seen.items()
        }
        most = max(most, *inked.values())
        if max(inked.values()) > 1.25 * min(inked.values()) + 12:
            apart.append((box.field, inked))
    assert apart == []
    assert most > 30


@pytest.mark.parametrize(("form", "number"), [*PAGES, ("i-912", 1)])
def test_a_fillable_form_shows_the_ink_of_the_flat_one(form: str, number: int, tmp_path: Path) -> None:
    seen = {}
    for fillable in (False, True):
        pdf = tmp_path / f"{fillable}.pdf"
        pdf.write_bytes(filled(form, fillable=fillable))
        folder = tmp_path / pdf.stem
        folder.mkdir()
        seen[fillable] = poppler(pdf, folder, number)
    apart = []
    for item, box, _ in for_form(form).boxes():
        if box.page == number:
            flat, open_to_edit = (darkness(seen[fillable], box.rect) for fillable in (False, True))
            if abs(flat - open_to_edit) > 0.25 * flat + 12:
                apart.append((item, flat, open_to_edit))
    assert apart == []


def darkness(grey: Grey, rect: Rect) -> float:
    """How much ink stands inside a box, away from its frame, in black pixels."""
    width, height, pixels = grey
    rows = range(int(height - rect.top) + 3, int(height - rect.bottom) - 2)
    columns = range(int(rect.left) + 3, int(rect.right) - 2)
    return sum(255 - pixels[row * width + column] for row in rows for column in columns) / 255
