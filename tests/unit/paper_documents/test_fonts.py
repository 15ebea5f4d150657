from __future__ import annotations

from pathlib import Path

import pytest

from forms.paper.fonts import Fonts, Weight, family_of, font_folders, open_face, script_of, system_fonts
from ournydesk.errors import BadInput


def test_a_missing_font_is_one_sentence_that_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"Noto Sans was not found .*fonts-noto-core") as caught:
        Fonts((tmp_path,)).latin(Weight.REGULAR)
    assert str(tmp_path) in str(caught.value)


def test_a_language_without_its_face_is_refused_before_a_page_of_boxes_is_printed(tmp_path: Path) -> None:
    regular = next(
        folder / "NotoSans-Regular.ttf" for folder in font_folders() if "noto" in str(folder).lower()
    )
    (tmp_path / regular.name).symlink_to(regular)
    fonts = Fonts((tmp_path,))
    fonts.require("es")
    with pytest.raises(BadInput, match="Noto Sans Bengali"):
        fonts.require("bn")
    with pytest.raises(BadInput, match="Noto Nastaliq Urdu"):
        fonts.require("ur")
    with pytest.raises(BadInput, match=r"Noto Sans CJK .*fonts-noto-cjk"):
        fonts.require("zh-Hant")


def test_what_is_no_font_is_refused_in_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "NotoSans-Regular.ttf"
    file.write_bytes(b"not a font at all")
    with pytest.raises(BadInput, match=r"NotoSans-Regular\.ttf is not a font"):
        open_face(file)


@pytest.mark.parametrize(
    ("character", "script"),
    [
        ("A", "LATIN"),
        ("é", "LATIN"),
        ("Ж", "LATIN"),
        ("7", "LATIN"),
        (" ", ""),
        (".", ""),
        ("\u200d", ""),
        ("।", ""),
        ("ক", "BENGALI"),
        ("ি", "BENGALI"),
        ("৫", "BENGALI"),
        ("م", "ARABIC"),
        ("ש", "HEBREW"),
        ("ਕ", "GURMUKHI"),
        ("中", "CJK"),
        ("。", "CJK"),
        ("，", "CJK"),
        ("한", "HANGUL"),
    ],
)
def test_a_character_finds_its_script(character: str, script: str) -> None:
    assert script_of(character) == script


def test_urdu_is_set_in_nastaliq_and_arabic_is_not() -> None:
    assert family_of("ARABIC", "ur-PK") == "Noto Nastaliq Urdu"
    assert family_of("ARABIC", "ar") == "Noto Sans Arabic"


def test_a_face_is_opened_once() -> None:
    fonts = system_fonts()
    assert fonts.latin(Weight.BOLD) is fonts.latin(Weight.BOLD)
    assert fonts.latin(Weight.BOLD) is not fonts.latin(Weight.REGULAR)
