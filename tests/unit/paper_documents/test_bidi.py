"""Order of mixed lines, held against python-bidi's own finished lines."""

from __future__ import annotations

from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from forms.paper import bidi

# No brackets and no marks: the finished line mirrors the first, and moves the second in front.
LETTERS = st.text(alphabet="abcXYZ 0123456789,.:/-+שלוםعربينص", max_size=24)


def drawn(text: str, base: int) -> str:
    found = bidi.end_of_line(text, bidi.levels(text, base), base)
    return "".join(text[at] for at in bidi.visual_order(found))


@given(LETTERS, st.sampled_from([0, 1]))
def test_a_line_is_ordered_as_the_unicode_algorithm_orders_it(text: str, base: int) -> None:
    assert drawn(text, base) == get_display(text, base_dir="R" if base else "L")


@given(st.text(max_size=20).filter(lambda text: not set(text) & set("\n\r\x1c\x1d\x1e\x85\u2029")))
def test_every_character_has_one_level_and_one_place(text: str) -> None:
    text = "".join(char for char in text if not "\ud800" <= char <= "\udfff")
    found = bidi.levels(text, 1)
    assert len(found) == len(text)
    assert sorted(bidi.visual_order(found)) == list(range(len(text)))


def test_an_a_number_and_a_latin_name_keep_their_own_direction_inside_arabic() -> None:
    assert drawn("رقم A-061 باسم Nusrat", 1) == "Nusrat مساب A-061 مقر"


def test_isolates_keep_what_is_inside_them_apart() -> None:
    found = bidi.levels("a \u2067שלום 12\u2069 b", 0)
    assert found[0] == found[-1] == 0
    assert found[3] == 1


def test_a_text_that_looks_like_the_report_it_is_read_from_changes_nothing() -> None:
    text = "ש\u2028    levels: [ Level( 7, ), ]    paragraphs: ["
    assert len(bidi.levels(text.replace("\u2028", " "), 1)) == len(text)


def test_plain_latin_text_costs_no_analysis() -> None:
    assert bidi.levels("Nusrat, 29 Feb 1984", 0) == [0] * 19


def test_urdu_is_read_from_the_right_and_bengali_is_not() -> None:
    assert bidi.is_rtl("ur")
    assert bidi.is_rtl("ar-EG")
    assert not bidi.is_rtl("bn")
