from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.paper.fonts import Weight, system_fonts
from forms.paper.typesetting import Line, Style, Typesetter, clean

WORDS = st.lists(
    st.sampled_from(
        [
            "Nusrat",
            "A-061-234-507",
            "গ্রেপ্তার",
            "স্ত্রী",
            "مرحبا",
            "لا",
            "שלום",
            "क्षत्रिय",
            "(2024)",
            "ﬁ",
            "naïve",
            "a",
        ]
    ),
    max_size=14,
).map(" ".join)


def said(line: Line) -> str:
    """The line's text in reading order."""
    return "".join(run.text for run in sorted(line.runs, key=lambda run: run.order))


@settings(max_examples=60, deadline=None)
@given(WORDS, st.floats(40, 300), st.sampled_from(["en", "bn", "ar"]))
def test_breaking_loses_no_word_and_no_order(text: str, width: float, language: str) -> None:
    lines = Typesetter(system_fonts()).lines(text, Style(language=language), width)
    assert "".join("".join(map(said, lines)).split()) == "".join(text.split())


@settings(max_examples=60, deadline=None)
@given(WORDS, st.floats(90, 300))
def test_no_line_is_wider_than_its_column(text: str, width: float) -> None:
    lines = Typesetter(system_fonts()).lines(text, Style(), width)
    assert all(line.width <= width + 0.6 for line in lines)  # a line's edge may be shaped anew


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.floats(5, 300), st.sampled_from(["en", "bn", "ur"]))
def test_any_text_can_be_set(text: str, width: float, language: str) -> None:
    lines = Typesetter(system_fonts()).lines(text, Style(language=language), width)
    assert lines
    assert all(line.height > 0 and line.baseline > 0 for line in lines)


def test_a_word_too_wide_for_the_line_is_cut_between_characters_as_readers_count_them() -> None:
    lines = Typesetter(system_fonts()).lines("ক্ষক্ষক্ষক্ষক্ষক্ষ", Style(size=20, language="bn"), 40)
    assert len(lines) > 1
    assert all(len(said(line)) % 3 == 0 for line in lines)


def test_a_line_breaks_before_a_latin_word_and_inside_chinese() -> None:
    typesetter = Typesetter(system_fonts())
    latin = typesetter.lines("Have you ever been arrested?", Style(), 90)
    assert [said(line) for line in latin] == ["Have you ever", "been arrested?"]
    chinese = typesetter.lines("您是否曾经被逮捕", Style(language="zh"), 45)
    assert len(chinese) > 1


def test_every_newline_begins_a_line_and_an_empty_text_is_an_empty_line() -> None:
    typesetter = Typesetter(system_fonts())
    assert [said(line) for line in typesetter.lines("a\r\n\nb", Style(), 100)] == ["a", "", "b"]
    assert len(typesetter.lines("", Style(), 100)) == 1


def test_each_script_of_a_line_is_drawn_with_its_own_face() -> None:
    line = Typesetter(system_fonts()).line("A-061 গ্রাহক مرحبا €", Style(language="bn"))
    faces = {run.text.strip(): run.face.name for run in line.runs}
    assert faces["গ্রাহক"] == "NotoSansBengali-Regular"
    assert faces["مرحبا"] == "NotoSansArabic-Regular"
    assert faces["A-061"] == "NotoSans-Regular"


def test_bold_text_is_set_in_bold_faces() -> None:
    line = Typesetter(system_fonts()).line("গ্রাহক Client", Style(language="bn", weight=Weight.BOLD))
    assert {run.face.name for run in line.runs} == {"NotoSansBengali-Bold", "NotoSans-Bold"}


def test_a_character_no_face_has_is_noted_and_gets_a_box() -> None:
    typesetter = Typesetter(system_fonts())
    line = typesetter.line("a\U0001f9ffb", Style())
    assert typesetter.undrawn == {"\U0001f9ff"}
    assert [glyph.gid for run in line.runs for glyph in run.glyphs].count(0) == 1


@pytest.mark.parametrize(("language", "least"), [("en", 1.4), ("bn", 1.6), ("ar", 1.7), ("ur", 2.2)])
def test_each_script_gets_the_room_it_needs(language: str, least: float) -> None:
    text = {"en": "name", "bn": "নাম", "ar": "اسم", "ur": "نام"}[language]
    line = Typesetter(system_fonts()).line(text, Style(size=10, language=language))
    assert line.height == pytest.approx(10 * least)


def test_what_cannot_stand_on_paper_is_replaced() -> None:
    assert clean("a\tb\x00c\ud800d\u00a0e") == "a b c\ufffdd e"


def test_the_same_words_are_set_once() -> None:
    typesetter = Typesetter(system_fonts())
    assert typesetter.lines("Yes", Style(), 80) is typesetter.lines("Yes", Style(), 80)


def test_an_arabic_paragraph_runs_from_the_right_even_when_it_begins_with_a_latin_name() -> None:
    line = Typesetter(system_fonts()).line("Nusrat مرحبا", Style(language="ar"))
    assert line.rtl
    assert [run.text.strip() for run in line.runs][-1] == "Nusrat"
