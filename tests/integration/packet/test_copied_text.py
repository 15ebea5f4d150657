"""What is copied out of a printed line, by three readers that know nothing of each other."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from forms.paper.fonts import system_fonts
from forms.paper.ink import Ink
from forms.paper.page import colour
from forms.paper.typesetting import Style, Typesetter
from ournydesk.errors import BadInput
from tests.integration.packet.builders import plain, poppler_text

SENTENCES = {
    "latin": ("en", "Office waffle: naïve café, first official Ångström Ñuñoa e\u0301 AVATAR (fi ffl)"),
    "vietnamese": ("vi", "Tiếng Việt: Nguyễn Thị Hồng Đào ở Thành phố"),
    "haitian": ("ht", "Èske yo te janm arete w? Wi, nan lane 2014 la."),
    "russian": ("ru", "Вас когда-нибудь арестовывали? Ёлка № 5"),
    "bengali": ("bn", "আপনাকে কি কখনো গ্রেপ্তার করা হয়েছে? ক্ষুদ্র স্ত্রী N-400 ফর্ম, ৫০ ডলার।"),
    "hindi": ("hi", "क्या आपको कभी गिरफ्तार किया गया है? क्षत्रिय ज्ञान"),
    "punjabi": ("pa", "ਕੀ ਤੁਹਾਨੂੰ ਕਦੇ ਗ੍ਰਿਫਤਾਰ ਕੀਤਾ ਗਿਆ ਹੈ?"),
    "arabic": ("ar", "هل سبق أن تم القبض عليك لأي سبب كان؟ لا إله"),
    "urdu": ("ur", "کیا آپ کو کبھی گرفتار کیا گیا ہے؟ میرا نام نصرت ہے۔"),
    "hebrew": ("he", "האם נעצרת אי פעם? שלום עולם"),
    "yiddish": ("yi", "װאָס מאַכט איר? ייִדיש"),
    "simplified": ("zh", "您是否曾经被逮捕？姓名：王小明。"),
    "traditional": ("zh-Hant", "您是否曾經被逮捕？骨、直、令"),
    "korean": ("ko", "체포된 적이 있습니까? A-061"),
    "amharic": ("am", "አማርኛ ሰላም"),
    "nepali": ("ne", "के तपाईंलाई कहिल्यै पक्राउ गरिएको छ?"),
}


def printed(text: str, language: str, width: float = 520) -> bytes:
    fonts = system_fonts()
    try:
        fonts.require(language)
    except BadInput as missing:
        pytest.skip(str(missing))
    file = BytesIO()
    canvas = Canvas(file, pagesize=(612, 792))
    ink, top = Ink(canvas, colour), 760.0
    for line in Typesetter(fonts).lines(text, Style(size=13, language=language), width):
        ink.draw(line, 560 - line.width if line.rtl else 40, top)
        top -= line.height
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def pdfium_text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return plain(document[0].get_textpage().get_text_bounded())
    finally:
        document.close()


@pytest.mark.parametrize("name", SENTENCES)
def test_poppler_copies_what_was_typed(name: str, tmp_path: Path) -> None:
    language, text = SENTENCES[name]
    assert poppler_text(printed(text, language), tmp_path) == text


@pytest.mark.parametrize("name", SENTENCES)
def test_pdfium_copies_what_was_typed(name: str) -> None:
    language, text = SENTENCES[name]
    assert pdfium_text(printed(text, language)) == text


@pytest.mark.parametrize("name", ["arabic", "urdu", "bengali"])
def test_words_stay_whole_when_the_line_is_broken(name: str, tmp_path: Path) -> None:
    language, text = SENTENCES[name]
    assert poppler_text(printed(text, language, width=150), tmp_path) == text


@pytest.mark.parametrize("language", ["ar", "ur"])
def test_an_a_number_and_a_name_are_copied_whole_out_of_a_line_read_from_the_right(
    language: str, tmp_path: Path
) -> None:
    text = "رقم التسجيل A-061-234-507 باسم Nusrat Specimen هنا"
    copied = poppler_text(printed(text, language), tmp_path)
    for part in ("A-061-234-507", "Nusrat Specimen", "رقم التسجيل", "باسم"):
        assert part in copied
    # Where a Latin word ends poppler puts the space of the right-to-left line on its other side.
    assert copied.replace(" ", "") == text.replace(" ", "")


WORDS = sorted({word for _, text in SENTENCES.values() for word in text.split()})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_every_word_of_any_mixture_is_copied_as_typed(tmp_path: Path, words: list[str]) -> None:
    # On a page that is mostly right to left poppler takes Indic vowel signs for turning points.
    latin = "This page is mostly written from left to right, as packets are. " * 3
    copied = poppler_text(printed(latin + " ".join(words), "en"), tmp_path).replace(" ", "")
    for word in words:
        assert word.strip("?.:;,()؟۔。！？、：") in copied
