from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from forms.paper.page import BOTTOM, ROOM, TOP, Box, Page, Strip, keep, paginate, space, with_heads

MARK = Box(0, 0, 1, 1, "ink")


def a_strip(height: float = 20, *, name: str = "x", kept: bool = False) -> Strip:
    return Strip(height=height, anchor=name, boxes=(MARK,), keep=kept)


def names(page: Page) -> list[str]:
    return [strip.anchor for strip, _ in page.placed]


STRIPS = st.lists(st.tuples(st.floats(1, ROOM), st.booleans(), st.booleans()), max_size=60).map(
    lambda rows: [
        replace(a_strip(height, name=str(at), kept=kept), new_page=new)
        for at, (height, kept, new) in enumerate(rows)
    ]
)


@given(STRIPS)
def test_every_strip_is_printed_once_and_in_order(strips: list[Strip]) -> None:
    assert [name for page in paginate(strips) for name in names(page)] == [strip.anchor for strip in strips]


@given(STRIPS)
def test_nothing_stands_outside_of_the_page_or_over_something_else(strips: list[Strip]) -> None:
    for page in paginate(strips):
        before = TOP
        for strip, top in page.placed:
            assert top <= before + 0.001
            before = top - strip.height
        assert before >= BOTTOM - 0.001


def test_a_heading_is_never_left_alone_at_the_foot_of_a_page() -> None:
    strips = [
        a_strip(ROOM - 30, name="body"),
        a_strip(20, name="heading", kept=True),
        a_strip(20, name="row"),
    ]
    assert [names(page) for page in paginate(strips)] == [["body"], ["heading", "row"]]


def test_a_page_that_begins_inside_a_table_begins_with_its_heads() -> None:
    head = keep([a_strip(name="head")])
    rows = with_heads([a_strip(200, name=f"row {at}") for at in range(5)], head)
    assert [names(page) for page in paginate([*head, *rows])] == [
        ["head", "row 0", "row 1", "row 2"],
        ["head", "row 3", "row 4"],
    ]


def test_a_page_begins_with_no_empty_room() -> None:
    strips = [a_strip(ROOM - 10, name="first"), space(14, keep=True), a_strip(name="second")]
    first, second = paginate(strips)
    assert second.placed[0][1] == TOP
    assert names(second) == ["second"]
    assert names(first) == ["first"]


def test_the_attorneys_pages_hold_nothing_else() -> None:
    strips = [a_strip(name="answer"), replace(a_strip(name="finding"), attorney=True), a_strip(name="after")]
    assert [(page.attorney, names(page)) for page in paginate(strips)] == [
        (False, ["answer"]),
        (True, ["finding"]),
        (False, ["after"]),
    ]


def test_what_belongs_together_but_is_taller_than_a_page_is_parted_rather_than_lost() -> None:
    strips = [a_strip(ROOM / 2, name=str(at), kept=at < 4) for at in range(5)]
    assert [name for page in paginate(strips) for name in names(page)] == ["0", "1", "2", "3", "4"]
