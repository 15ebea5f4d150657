"""Shaped lines as pictures, beside what Chromium sets in HTML for the same text and faces."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from forms.paper.fonts import family_of, font_folders
from tests.integration.packet.pictures import Ink8, overlap, trimmed
from tests.integration.packet.test_same_as_qt import HEIGHT, LINES, SIZE, WIDTH, by_us
from tests.integration.server import browser as browsers
from tests.integration.server.browser import Browser

MORE = {"urdu": ("ur", "ARABIC", "کیا آپ کو کبھی گرفتار کیا گیا ہے؟")}


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if why := browsers.missing():
        pytest.skip(why)
    with browsers.browser(tmp_path_factory.mktemp("browser")) as opened:
        opened.resize(WIDTH, HEIGHT + 100)
        yield opened


def by_chromium(browser: Browser, text: str, language: str, families: list[str], folder: Path) -> Ink8:
    """The line set by the very font files that the pages embed."""
    files = next(each for each in font_folders() if (each / "NotoSans-Regular.ttf").is_file())
    faces = "".join(
        f'@font-face{{font-family:"P{at}";src:url("{(files / name.replace(" ", "")).as_uri()}-Regular.ttf")}}'
        for at, name in enumerate(families)
    )
    names = ",".join(f'"P{at}"' for at in range(len(families)))
    page = folder / "line.html"
    page.write_text(
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><style>{faces}'
        f"body{{margin:40px 20px;background:white;color:black}}"
        f"p{{margin:0;white-space:nowrap;font:{SIZE}px/2.4 "
        f'{names};width:{WIDTH - 40}px}}</style><p dir="auto">{escape(text)}</p></html>',
        encoding="utf-8",
    )
    browser.go(page.as_uri())
    for at in range(len(families)):
        assert browser.run(f"document.fonts.check('{SIZE}px P{at}')") is not None
    while browser.run("document.fonts.status") != "loaded":
        pass
    picture = folder / "line.png"
    browser.picture(picture)
    grey = Image.open(BytesIO(picture.read_bytes())).convert("L")
    return 255 - np.asarray(grey, dtype=np.uint8)


@pytest.mark.parametrize("name", [*LINES, *MORE])
def test_a_line_looks_as_chromium_sets_it(name: str, chromium: Browser, tmp_path: Path) -> None:
    language, script, text = {**LINES, **MORE}[name]
    own = "Noto Nastaliq Urdu" if language == "ur" else family_of(script, language)
    families = list(dict.fromkeys([own, "Noto Sans"]))
    if name == "mixed":
        families.reverse()  # our digits and Latin letters come from Noto Sans
    ours = trimmed(by_us(text, language))
    theirs = trimmed(by_chromium(chromium, text, language, families, tmp_path))
    assert abs(ours.shape[1] - theirs.shape[1]) <= max(3, theirs.shape[1] * 0.004)
    assert overlap(ours, theirs) >= 0.8
