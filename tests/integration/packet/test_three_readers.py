"""Poppler, MuPDF and PDFium show the same page, in every script and every kind of font."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from forms.paper.preview import Pages
from tests.integration.packet.builders import needs
from tests.integration.packet.pictures import Ink8, overlap, trimmed
from tests.integration.packet.test_copied_text import SENTENCES, printed

DPI = 200
ALIKE = 0.75  # anti-aliasing differs; letters out of place, lost or unshaped fall far below


def ink_of(image: Image.Image) -> Ink8:
    return 255 - np.asarray(image.convert("L"), dtype=np.uint8)


def by_poppler(file: Path) -> Ink8:
    needs("pdftoppm")
    out = file.with_name("poppler")
    subprocess.run(["pdftoppm", "-r", str(DPI), "-png", "-singlefile", str(file), str(out)], check=True)
    return ink_of(Image.open(out.with_suffix(".png")))


def by_mupdf(file: Path) -> Ink8:
    needs("mutool")
    out = file.with_name("mupdf.png")
    done = subprocess.run(
        ["mutool", "draw", "-q", "-r", str(DPI), "-o", str(out), str(file), "1"],
        check=True,
        capture_output=True,
    )
    said = done.stderr.decode().replace("warning: ICC support is not available", "").strip()
    assert said == "", "MuPDF had to repair something"
    return ink_of(Image.open(out))


def by_pdfium(file: Path) -> Ink8:
    with Pages(file.read_bytes()) as pages:
        page = pages.render(0, DPI / 72)
    return ink_of(Image.frombytes("RGBA", (page.width, page.height), page.rgba))


@pytest.mark.parametrize("name", SENTENCES)
def test_three_readers_show_the_same_line(name: str, tmp_path: Path) -> None:
    language, text = SENTENCES[name]
    file = tmp_path / "line.pdf"
    file.write_bytes(printed(text, language))
    poppler, mupdf, pdfium = by_poppler(file), by_mupdf(file), by_pdfium(file)
    assert poppler.shape == mupdf.shape == pdfium.shape
    assert overlap(trimmed(poppler), trimmed(pdfium)) >= ALIKE
    assert overlap(trimmed(poppler), trimmed(mupdf)) >= ALIKE
    assert overlap(trimmed(mupdf), trimmed(pdfium)) >= ALIKE
