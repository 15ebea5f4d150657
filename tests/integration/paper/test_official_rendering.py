"""poppler, MuPDF and PDFium show the same ink on the same place."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from forms.paper import official
from forms.paper.paper_map import PaperMap, Rect, for_form
from tests.integration.paper.n400_items import every_item
from tests.integration.paper.official_blank import official_blank

DPI = 72
PAGE = 5

Grey = tuple[int, int, bytes]
"""Width, height and one byte a pixel."""


def poppler(pdf: Path, folder: Path) -> Grey:
    subprocess.run(
        ["pdftoppm", "-gray", "-r", str(DPI), "-f", str(PAGE), "-l", str(PAGE), str(pdf), str(folder / "p")],
        check=True,
        capture_output=True,
    )
    return pgm(next(folder.glob("p-*.pgm")))


def mupdf(pdf: Path, folder: Path) -> Grey:
    if not shutil.which("mutool"):
        pytest.skip("mutool is not installed (package mupdf-tools)")
    out = folder / "m.pgm"
    subprocess.run(
        ["mutool", "draw", "-q", "-c", "gray", "-r", str(DPI), "-o", str(out), str(pdf), str(PAGE)],
        check=True,
        capture_output=True,
    )
    return pgm(out)


def pdfium(pdf: Path, folder: Path) -> Grey:
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    bitmap = document[PAGE - 1].render(scale=DPI / 72, grayscale=True)
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


@pytest.fixture(scope="module")
def n400() -> PaperMap:
    return for_form("n-400")


@pytest.mark.parametrize("fillable", [False, True], ids=["flat", "fillable"])
def test_three_readers_show_the_same_ink_in_every_box(n400: PaperMap, fillable: bool, tmp_path: Path) -> None:
    filled = official.fill(official_blank(), n400, every_item(n400), fillable=fillable)
    pdf = tmp_path / "filled.pdf"
    pdf.write_bytes(filled.pdf)
    seen = {}
    for name, reader in READERS.items():
        folder = tmp_path / name
        folder.mkdir()
        seen[name] = reader(pdf, folder)
    assert len({(width, height) for width, height, _ in seen.values()}) == 1
    apart, most = [], 0.0
    for _, box, _ in n400.boxes():
        if box.page != PAGE:
            continue
        inked = {name: darkness(grey, box.rect) for name, grey in seen.items()}
        most = max(most, *inked.values())
        if max(inked.values()) > 1.25 * min(inked.values()) + 12:
            apart.append((box.field, inked))
    assert apart == []
    assert most > 30


def darkness(grey: Grey, rect: Rect) -> float:
    """How much ink stands inside a box, away from its frame, in black pixels."""
    width, height, pixels = grey
    rows = range(int(height - rect.top) + 3, int(height - rect.bottom) - 2)
    columns = range(int(rect.left) + 3, int(rect.right) - 2)
    return sum(255 - pixels[row * width + column] for row in rows for column in columns) / 255
