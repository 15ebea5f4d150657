from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from forms.paper.preview import Pages
from ournydesk.errors import BadInput


def a_pdf(pages: int = 1, size: tuple[float, float] = (200, 100)) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, pagesize=size)
    for _ in range(pages):
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(0, 0, size[0] / 2, size[1], stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def test_a_page_is_a_picture_of_its_size_with_nothing_transparent() -> None:
    with Pages(a_pdf()) as pages:
        assert pages.count == 1
        assert pages.size(0) == (200, 100)
        image = pages.render(0, 1.25)
    assert (image.width, image.height) == (250, 125)
    assert len(image.rgba) == 250 * 125 * 4
    assert image.rgba[:4] == b"\xff\x00\x00\xff"
    assert image.rgba[-4:] == b"\xff\xff\xff\xff"


def test_a_row_of_odd_width_has_no_padding() -> None:
    with Pages(a_pdf(size=(33, 17))) as pages:
        image = pages.render(0, 1)
    assert len(image.rgba) == image.width * image.height * 4
    last_of_each_row = [image.rgba[(row + 1) * image.width * 4 - 4 :][:3] for row in range(image.height)]
    assert set(last_of_each_row) == {b"\xff\xff\xff"}


@pytest.mark.parametrize(
    ("untrusted", "sentence"),
    [
        (b"", "not a PDF"),
        (b"PK\x03\x04 a zip", "not a PDF"),
        (b"%PDF-1.7\nnothing more", "damaged"),
        (a_pdf()[:200], "damaged"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_one_sentence(untrusted: bytes, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        Pages(untrusted)


def test_a_locked_pdf_says_how_to_unlock_it() -> None:
    file = BytesIO()
    with pikepdf.open(BytesIO(a_pdf())) as pdf:
        pdf.save(file, encryption=pikepdf.Encryption(owner="specimen", user="specimen"))
    with pytest.raises(BadInput, match="password"):
        Pages(file.getvalue())


def test_a_pdf_of_ten_thousand_pages_is_not_shown() -> None:
    file = BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(2_001):
            pdf.add_blank_page(page_size=(10, 10))
        pdf.save(file)
    with pytest.raises(BadInput, match="2001 pages"):
        Pages(file.getvalue())


@pytest.mark.parametrize("scale", [0, -1, 17, float("nan")])
def test_a_scale_out_of_reason_is_refused(scale: float) -> None:
    with Pages(a_pdf()) as pages, pytest.raises(BadInput, match="too large"):
        pages.render(0, scale)


def test_a_page_as_large_as_a_house_is_refused_before_memory_is_asked_for() -> None:
    with Pages(a_pdf(size=(14_000, 14_000))) as pages, pytest.raises(BadInput, match="too large"):
        pages.render(0, 2)


@pytest.mark.parametrize("index", [-1, 1, 99])
def test_a_page_that_is_not_there_is_named(index: int) -> None:
    with Pages(a_pdf()) as pages, pytest.raises(BadInput, match=f"no page {index + 1}"):
        pages.render(index, 1)


@given(st.binary(max_size=400), st.integers(0, 900))
def test_a_pdf_with_a_torn_middle_is_shown_or_refused_and_nothing_else(noise: bytes, at: int) -> None:
    whole = a_pdf()
    try:
        with Pages(whole[:at] + noise + whole[at + len(noise) :]) as pages:
            pages.render(0, 0.5)
    except BadInput:
        pass
