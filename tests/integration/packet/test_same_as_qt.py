"""Shaped lines as pictures, beside what Qt draws for the same text and font."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont, features
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontDatabase, QImage, QPainter, QRawFont, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication
from reportlab.pdfgen.canvas import Canvas

from forms.paper.fonts import Fonts, Weight, family_of, font_folders, system_fonts
from forms.paper.ink import Ink
from forms.paper.preview import Pages
from forms.paper.typesetting import Style, Typesetter
from tests.integration.packet.pictures import Ink8, overlap, trimmed

SIZE = 48.0
WIDTH, HEIGHT = 1400, 220
LINES = {
    "bengali": ("bn", "BENGALI", "আপনাকে কি কখনো গ্রেপ্তার করা হয়েছে? ক্ষুদ্র স্ত্রী।"),
    "arabic": ("ar", "ARABIC", "هل سبق أن تم القبض عليك لأي سبب؟"),
    "hebrew": ("he", "HEBREW", "האם נעצרת אי פעם שלום"),
    "hindi": ("hi", "DEVANAGARI", "क्या आपको कभी गिरफ्तार किया गया है?"),
    "punjabi": ("pa", "GURMUKHI", "ਕੀ ਤੁਹਾਨੂੰ ਕਦੇ ਗ੍ਰਿਫਤਾਰ ਕੀਤਾ ਗਿਆ ਹੈ?"),
    "latin": ("vi", "LATIN", "Nguyễn Thị Hồng, café, official AVATAR"),
    "mixed": ("ar", "ARABIC", "رقم التسجيل A-061-234-507 باسم Nusrat (مؤكد)"),
}


@pytest.fixture(scope="module")
def families(qapp_cls: type[QApplication]) -> Iterator[Path]:
    """The very font files that the pages embed, given to Qt."""
    app = QApplication.instance() or qapp_cls([])
    folder = next(folder for folder in font_folders() if (folder / "NotoSans-Regular.ttf").is_file())
    yield folder
    del app


def by_qt(text: str, family: list[str], folder: Path, *, rtl: bool) -> Ink8:
    for name in family:
        QFontDatabase.addApplicationFont(str(folder / f"{name.replace(' ', '')}-Regular.ttf"))
    font = QFont(family)
    font.setPixelSize(round(SIZE))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    layout.setTextOption(option)
    layout.beginLayout()
    layout.createLine().setLineWidth(WIDTH)
    layout.endLayout()
    painter = QPainter(image)
    layout.draw(painter, QPointF(0, 40))
    painter.end()
    rows = np.frombuffer(bytes(image.constBits()), np.uint8).reshape(HEIGHT, image.bytesPerLine())
    return 255 - rows[:, :WIDTH]


def by_us(text: str, language: str) -> Ink8:
    fonts: Fonts = system_fonts()
    line = Typesetter(fonts).line(text, Style(size=SIZE, language=language))
    file = BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT))
    Ink(canvas, lambda _: (0, 0, 0)).draw(line, 20, HEIGHT - 30)
    canvas.showPage()
    canvas.save()
    with Pages(file.getvalue()) as pages:
        image = pages.render(0, 1)
    pixels = np.frombuffer(image.rgba, np.uint8).reshape(image.height, image.width, 4)
    return 255 - pixels[:, :, 1]


@pytest.mark.parametrize("name", LINES)
def test_a_line_looks_as_qt_draws_it(name: str, families: Path) -> None:
    language, script, text = LINES[name]
    family = list(dict.fromkeys([family_of(script, language), "Noto Sans"]))
    if name == "mixed":
        family.reverse()  # our digits and Latin letters come from Noto Sans
    ours = trimmed(by_us(text, language))
    qts = trimmed(by_qt(text, family, families, rtl=script in {"ARABIC", "HEBREW"}))
    assert abs(ours.shape[1] - qts.shape[1]) <= max(3, qts.shape[1] * 0.004)
    assert overlap(ours, qts) >= 0.8


def test_nastaliq_looks_as_another_setter_draws_it(families: Path) -> None:
    """Qt 6.11 tears the strokes of kaf and gaf off their letters in this face, so Pillow is asked."""
    if not features.check("raqm") or not features.check("fribidi"):
        pytest.skip("Pillow was built without complex text layout")
    text = "کیا آپ کو کبھی گرفتار کیا گیا ہے؟"
    file = families / "NotoNastaliqUrdu-Regular.ttf"
    font = ImageFont.truetype(str(file), round(SIZE), layout_engine=ImageFont.Layout.RAQM)
    image = Image.new("L", (WIDTH, HEIGHT))
    ImageDraw.Draw(image).text((20, 40), text, font=font, fill=255, direction="rtl", language="ur")
    assert overlap(trimmed(by_us(text, "ur")), trimmed(np.asarray(image, dtype=np.uint8))) >= 0.8


def test_an_unshaped_line_would_be_caught(families: Path) -> None:
    text = LINES["bengali"][2]
    unshaped = "\u200c".join(text)
    qts = trimmed(by_qt(text, ["Noto Sans Bengali"], families, rtl=False))
    assert overlap(trimmed(by_us(unshaped, "bn")), qts) < 0.8


def test_the_fonts_of_this_test_are_the_ones_that_are_embedded(families: Path) -> None:
    raw = QRawFont(str(families / "NotoSans-Regular.ttf"), SIZE)
    assert raw.unitsPerEm() == system_fonts().latin(Weight.REGULAR).units
