"""Photographs and PDFs from outside become PDFs that say nothing but their pixels."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from forms.paper.photos import LONGEST_SIDE, as_pdf
from forms.paper.preview import Pages
from ournydesk.errors import BadInput


def photograph(kind: str = "JPEG", size: tuple[int, int] = (640, 480), mode: str = "RGB") -> bytes:
    made = Image.new(mode, size, 200 if mode == "L" else (200, 40, 40, 255)[: len(mode)])
    exif = Image.Exif()
    exif[0x010F] = "Invented Camera Works"
    exif[0x0112] = 6  # turned by a quarter
    exif[0x8825] = {1: "N", 2: (40.0, 45.0, 0.0)}
    out = BytesIO()
    made.save(out, kind, exif=exif)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "L"), ("PNG", "RGB"), ("PNG", "RGBA")])
def test_a_photograph_is_a_page_that_says_nothing_of_its_camera(kind: str, mode: str) -> None:
    made = as_pdf(photograph(kind, mode=mode))
    assert b"Invented Camera Works" not in made
    assert b"Exif" not in made
    with Pages(made) as pages:
        assert pages.count == 1
        width, height = pages.size(0)
        assert height > width  # it stands upright, as its camera said


def test_a_large_photograph_is_made_smaller() -> None:
    large = as_pdf(photograph(size=(5000, 4000)))
    with Pages(large) as pages:
        assert max(pages.size(0)) == pytest.approx(LONGEST_SIDE / 236.0 * 72, rel=0.01)


def test_a_pdf_stays_as_it_is() -> None:
    made = as_pdf(photograph())
    assert as_pdf(made) == made


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b"%PDF-1.7 and nothing", photograph()[:200], b"\x89PNG\r\n"]
)
def test_what_cannot_be_shown_is_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(BadInput) as caught:
        as_pdf(content)
    assert caught.value.message.endswith(".")
