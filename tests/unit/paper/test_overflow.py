from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from forms.paper.official_answers import Entry
from forms.paper.overflow import Spread, grouped, spread
from forms.paper.typesetting import Line, Style

STYLE = Style()


def a_line(text: str) -> Line:
    del text
    return Line(runs=(), width=0.0, height=0.0, baseline=0.0, style=STYLE, rtl=False)


def an_entry(text: str, page: int = 1) -> Entry:
    return Entry(
        item=f"P{page}", title="Title", part=str(page), number="1", page=page, text=text, kind="addendum"
    )


def each_word_a_line(text: str, width: float) -> tuple[Line, ...]:
    del width
    return tuple(a_line(word) for word in text.removeprefix("Title: ").split())


def placed(lengths: Sequence[Sequence[int]], capacities: Sequence[int]) -> tuple[Spread, list[Entry]]:
    """Groups of answers that take so many lines each."""
    entries = [an_entry(" ".join("x" * n), page) for page, group in enumerate(lengths, 1) for n in group]
    return spread(grouped(entries), capacities, 100.0, each_word_a_line), entries


GROUPS = st.lists(st.lists(st.integers(1, 12), min_size=1, max_size=6), max_size=8)
BLOCKS = st.lists(st.integers(1, 6), max_size=5)


@given(GROUPS, BLOCKS)
def test_every_line_of_every_answer_stands_somewhere_once(
    lengths: list[list[int]], capacities: list[int]
) -> None:
    result, entries = placed(lengths, capacities)
    pieces = [piece for filling in result.fillings for piece in filling.pieces]
    pieces += [piece for _, rest in result.rest for piece in rest]
    lines: dict[int, int] = {}
    for piece in pieces:
        lines[id(piece.entry)] = lines.get(id(piece.entry), 0) + len(piece.lines)
    assert [lines[id(entry)] for entry in entries] == [n for group in lengths for n in group]


@given(GROUPS, BLOCKS)
def test_no_block_holds_more_lines_than_it_has_nor_two_groups(
    lengths: list[list[int]], capacities: list[int]
) -> None:
    result, _ = placed(lengths, capacities)
    for filling, capacity in zip(result.fillings, capacities, strict=False):
        used = sum(len(piece.lines) for piece in filling.pieces) + filling.follows
        assert used <= capacity or (capacity == 1 and used == 1)
        assert {piece.entry.page for piece in filling.pieces} <= {filling.group.page}


@given(GROUPS, BLOCKS)
def test_a_block_says_that_its_group_goes_on_exactly_when_it_does(
    lengths: list[list[int]], capacities: list[int]
) -> None:
    result, _ = placed(lengths, capacities)
    continued = {group.page for group, _ in result.rest}
    begun = {filling.group.page for filling in result.fillings}
    assert {filling.group.page for filling in result.fillings if filling.follows} == continued & begun


def test_a_long_group_takes_a_second_block_when_enough_are_left() -> None:
    result, _ = placed([[2, 2, 2]], [4, 4, 5, 5])
    assert [len(filling.pieces) for filling in result.fillings] == [2, 1]
    assert result.rest == []


def test_each_group_gets_a_block_before_one_gets_two() -> None:
    result, _ = placed([[4, 4], [1], [1], [1]], [4, 4, 5, 5])
    assert [filling.group.page for filling in result.fillings] == [1, 2, 3, 4]
    assert [group.page for group, _ in result.rest] == [1]


def test_answers_of_one_place_are_gathered_in_the_forms_order() -> None:
    groups = grouped([an_entry("b", 3), an_entry("a", 1), an_entry("c", 3)])
    assert [(group.page, [entry.text for entry in group.entries]) for group in groups] == [
        (1, ["a"]),
        (3, ["b", "c"]),
    ]
