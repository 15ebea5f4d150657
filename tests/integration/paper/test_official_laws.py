"""Whatever is answered: no value lost, none in the wrong box, none cut, whole or on one more sheet."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from forms.paper import official
from forms.paper.official import Filled
from forms.paper.paper_map import Box, PaperMap, for_form
from tests.integration.paper.n400_items import printed
from tests.integration.paper.official_blank import official_blank
from tests.integration.paper.reading import Printed, squeezed
from tests.integration.paper.test_official_n400 import encloses

N400 = for_form("n-400")
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZÑñÅåÇçÉéĂăĐđŁłŐőŞşŽžẾếỘộƠơẠạЖжШшЮюЯяЇї'-"
WORD = st.text(LETTERS, min_size=1, max_size=24).filter(lambda word: any(char.isalpha() for char in word))
PHRASE = st.lists(WORD, min_size=1, max_size=9).map(" ".join)
DAY = st.dates(date(1950, 1, 1), date(2026, 11, 23)).map(date.isoformat)
PRIOR = st.fixed_dictionaries(
    {"address": PHRASE, "city": PHRASE, "state": WORD, "zip": WORD, "country": PHRASE, "from": DAY, "to": DAY}
)
JOB = st.fixed_dictionaries(
    {"employer": PHRASE, "city": PHRASE, "state": WORD, "zip": WORD, "country": PHRASE, "from": DAY,
     "to": st.one_of(DAY, st.just("PRESENT")), "occupation": PHRASE}
)  # fmt: skip
TRIP = st.fixed_dictionaries({"left": DAY, "returned": DAY, "countries": PHRASE})
CHILD = st.fixed_dictionaries(
    {
        "name": PHRASE,
        "dob": DAY,
        "residence": PHRASE,
        "relationship": PHRASE,
        "support": st.sampled_from("YN"),
    }
)
OFFENSE = st.fixed_dictionaries(
    {
        "offense": PHRASE,
        "date": DAY,
        "conviction": DAY,
        "place": PHRASE,
        "disposition": PHRASE,
        "sentence": PHRASE,
    }
)
NAME = st.fixed_dictionaries({"family": PHRASE, "given": PHRASE, "middle": PHRASE})
ITEMS = st.fixed_dictionaries(
    {
        "a_number": st.integers(1_000_000, 999_999_999).map(str),
        "P2.1.family": PHRASE,
        "P2.1.given": PHRASE,
        "P2.1.middle": PHRASE,
        "P2.2": st.lists(NAME, max_size=5),
        "P2.6.other": st.lists(DAY, max_size=4),
        "P2.8": PHRASE,
        "P2.9.other": st.lists(PHRASE, max_size=3),
        "P4.1.street": PHRASE,
        "P4.1.state": st.sampled_from(["NY", "ny", "Sylhet"]),
        "P4.1.zip": st.sampled_from(["11372", "11372-0042"]),
        "P4.1.prior": st.lists(PRIOR, max_size=6),
        "P6.2": st.lists(CHILD, max_size=6),
        "P7": st.lists(JOB, max_size=7),
        "P8": st.lists(TRIP, max_size=14),
        "P9.15": st.lists(OFFENSE, max_size=8),
        "P11.phone": st.sampled_from(["718-555-0142", "+880 1712 345678 ext. 9"]),
        "P12.organization": PHRASE,
    }
)
FEW = settings(
    phases=[Phase.explicit, Phase.generate],  # one filling takes half a second to read: no shrinking
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def values(items: dict[str, object]) -> list[str]:
    """Every text that has to be readable somewhere, in the form's writing."""
    found = []
    for name, value in items.items():
        for each in value if isinstance(value, list) else [value]:
            row = each if isinstance(each, dict) else {name: each}
            found += [str(cell) for key, cell in row.items() if key not in {"support", "a_number"}]
    return [printed(text) if text != "718-555-0142" else "7185550142" for text in found if text != "PRESENT"]


def boxes_of(paper_map: PaperMap) -> dict[str, Box]:
    return {box.field: box for _, box, _ in paper_map.boxes()}


@pytest.mark.slow
@FEW
@given(ITEMS)
def test_no_value_is_lost(items: dict[str, object]) -> None:
    filled = official.fill(official_blank(), N400, items)
    read = Printed(filled.pdf)
    everywhere = "".join(squeezed(page.text) for page in read.pages)
    boxes = boxes_of(N400)
    in_boxes = {read.box(boxes[field]) for field in filled.widgets}
    lost = [
        text
        for text in values(items)
        if squeezed(text) not in in_boxes
        and squeezed(text).casefold() not in {each.casefold() for each in in_boxes if len(each) == 2}
        and not standing(squeezed(text), read, everywhere)
    ]
    assert lost == []


def standing(text: str, read: Printed, everywhere: str) -> bool:
    """In Part 14 or on a sheet; an answer broken between two sheets is found by its halves."""
    addendum = read.addendum()
    return text in addendum or any(
        text[:at] in addendum and text[at:] in addendum for at in range(1, len(text))
    )


@FEW
@given(ITEMS)
def test_every_box_says_its_value_whole_and_inside_its_edges(items: dict[str, object]) -> None:
    filled = official.fill(official_blank(), N400, items)
    read, boxes = Printed(filled.pdf), boxes_of(N400)
    marks = {mark.box.field for question in N400.questions for mark in question.marks}
    marks |= {
        mark.box.field for each in N400.listings for col in each.columns for ms in col.marks for mark in ms
    }
    for field, value in filled.widgets.items():
        box = boxes[field]
        assert read.box(box) == ("X" if field in marks else squeezed(value)), (field, value)
        for char in read.pages[box.page - 1].inside(box.rect):
            assert encloses(box.rect, char.rect), (field, value, char)


@FEW
@given(ITEMS)
def test_rows_print_newest_first_and_what_has_ended_never_stands_beside_present(
    items: dict[str, object],
) -> None:
    filled = official.fill(official_blank(), N400, items)
    for name, key in (("P8", "left"), ("P4.1.prior", "from")):
        rows = items[name]
        assert isinstance(rows, list)
        listing = next(each for each in N400.listings if each.id == name)
        column = next(each for each in listing.columns if each.key == key)
        dates = [filled.widgets.get(box.field) for box in column.boxes if box is not None]
        wanted = [
            row[key]
            for row in sorted(rows, key=lambda row: (row.get("to") == "PRESENT", row[key]), reverse=True)
        ]
        assert [each for each in dates if each] == [printed(day) for day in wanted[: len(dates)]]
    jobs = items["P7"]
    assert isinstance(jobs, list)
    first = next(each for each in N400.listings if each.id == "P7").columns[0].boxes[0]
    assert first is not None
    assert (first.field in filled.widgets) == any(job["to"] == "PRESENT" for job in jobs)


@FEW
@given(ITEMS)
def test_what_was_moved_says_where_it_went_and_each_sheet_carries_name_and_number(
    items: dict[str, object],
) -> None:
    filled = official.fill(official_blank(), N400, items)
    read = Printed(filled.pdf)
    number = str(items["a_number"]).zfill(9)
    for place, page in enumerate(read.pages[14:], 1):
        assert f"Continuationsheet{place}of{len(read.pages) - 14}" in squeezed(page.text)
        assert number in squeezed(page.text)
    for moved in filled.moved:
        assert_stands_there(moved.text, moved.where, read)
    assert filled.pages == len(read.pages)
    check_blocks(filled, read)


def assert_stands_there(text: str, where: str, read: Printed) -> None:
    places = []
    for part in where.split(" and "):
        if "block" in part:
            places += [read.box(block.text) for block in N400.blocks]
    if "sheet" in where:
        places += [squeezed(page.text) for page in read.pages[14:]]
    wanted = squeezed(text)
    assert any(wanted in place for place in places) or all(
        any(piece in place for place in places) for piece in (wanted[:10], wanted[-10:])
    ), (text, where)


def check_blocks(filled: Filled, read: Printed) -> None:
    """Each block that is used names the page, part and item of what it holds."""
    for at, block in enumerate(N400.blocks, 1):
        held = [moved for moved in filled.moved if f"block {at}" in moved.where]
        if held:
            assert read.box(block.page) == str(held[0].page)
            assert read.box(block.part) == held[0].part
            assert read.box(block.item) == held[0].number
