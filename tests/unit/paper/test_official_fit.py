from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.paper.blank import Widget
from forms.paper.fonts import system_fonts
from forms.paper.official_fit import LARGEST, SMALLEST, Fitter, Placed, ink_of
from forms.paper.paper_map import Rect
from ournydesk.errors import BadInput


def a_box(width: float, height: float = 18.0, *, multiline: bool = False, longest: int = 0) -> Widget:
    return Widget(
        field="box",
        page=1,
        rect=Rect(100.0, 200.0, 100.0 + width, 200.0 + height),
        kind="/Tx",
        states=frozenset(),
        options=(),
        longest=longest,
        centred=False,
        multiline=multiline,
        comb=bool(longest),
        drawn=False,
        handle=None,
    )


def sizes(placed: tuple[Placed, ...]) -> set[float]:
    return {each.line.style.size for each in placed}


def words(placed: tuple[Placed, ...]) -> list[str]:
    return ["".join(run.text for run in each.line.runs) for each in placed]


def test_a_short_text_is_set_at_the_largest_size() -> None:
    placed = Fitter(system_fonts()).fit("Nusrat", a_box(162))
    assert placed is not None
    assert sizes(placed) == {LARGEST}


def test_a_longer_text_is_set_smaller_and_one_too_long_is_not_set_at_all() -> None:
    fitter = Fitter(system_fonts())
    smaller = fitter.fit("Wolfeschlegelsteinhausenbergerdorff", a_box(162))
    assert smaller is not None
    assert SMALLEST <= sizes(smaller).pop() < LARGEST
    assert fitter.fit("Wolfeschlegelsteinhausenbergerdorff" * 2, a_box(162)) is None


def test_only_a_box_made_for_several_lines_gets_several() -> None:
    fitter = Fitter(system_fonts())
    text = "Specimen Home Care and Nursing"
    assert fitter.fit(text, a_box(96, 24)) is None
    placed = fitter.fit(text, a_box(96, 24, multiline=True))
    assert placed is not None
    assert words(placed) == ["Specimen Home", "Care and Nursing"]


def test_a_word_is_broken_at_its_hyphen_only_when_no_size_keeps_it_whole() -> None:
    fitter = Fitter(system_fonts())
    kept = fitter.fit("Ayan Talukder-Example", a_box(96, 24, multiline=True))
    assert kept is not None
    assert words(kept) == ["Ayan", "Talukder-Example"] or words(kept) == ["Ayan Talukder-Example"]
    broken = fitter.fit("Talukder-Example-Specimen-Muster", a_box(84, 24, multiline=True))
    assert broken is not None
    assert words(broken) == ["Talukder-Example-", "Specimen-Muster"]
    assert fitter.fit("Donaudampfschifffahrtsgesellschaft", a_box(84, 24, multiline=True)) is None


@given(
    st.text("abcÑñẾộЖщgjyQ -", min_size=1, max_size=60).map(lambda text: " ".join(text.split())).filter(bool),
    st.floats(40, 300),
    st.sampled_from([18.0, 24.0, 30.0]),
    st.booleans(),
)
def test_no_ink_leaves_the_box(text: str, width: float, height: float, multiline: bool) -> None:
    placed = Fitter(system_fonts()).fit(text, a_box(width, height, multiline=multiline))
    for each in placed or ():
        low, high = ink_of(each.line)
        assert each.baseline + low > 0
        assert each.baseline + high < height
        assert each.x >= 0
        assert each.x + each.line.width <= width


def test_a_comb_puts_one_character_in_the_middle_of_each_cell() -> None:
    placed = Fitter(system_fonts()).comb("061234507", a_box(120, longest=9))
    middles = [each.x + each.line.width / 2 for each in placed]
    assert middles == pytest.approx([120 / 9 * (at + 0.5) for at in range(9)])


def test_a_character_no_font_has_is_refused_by_the_items_name() -> None:
    with pytest.raises(BadInput, match=r"^P2\.1\.family has .*U\+10FFFE.*no font on this machine can print"):
        Fitter(system_fonts()).drawable("P2.1.family", "A\U0010fffe")
