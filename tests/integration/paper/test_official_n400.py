"""Every item of the N-400 lands in its box, read back by readers that know nothing of our drawing."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from forms.paper import official
from forms.paper.official import Filled
from forms.paper.paper_map import Box, Mark, PaperMap, Rect, for_form
from tests.integration.paper.n400_items import READS, every_item, newest_first, printed
from tests.integration.paper.official_blank import official_blank
from tests.integration.paper.reading import Printed, field_values, squeezed


@pytest.fixture(scope="module")
def n400() -> PaperMap:
    return for_form("n-400")


@pytest.fixture(scope="module")
def items(n400: PaperMap) -> dict[str, object]:
    return every_item(n400)


@pytest.fixture(scope="module")
def flat(n400: PaperMap, items: dict[str, object]) -> Filled:
    return official.fill(official_blank(), n400, items)


@pytest.fixture(scope="module")
def fillable(n400: PaperMap, items: dict[str, object]) -> dict[str, str]:
    return field_values(official.fill(official_blank(), n400, items, fillable=True).pdf)


@pytest.fixture(scope="module")
def printed_form(flat: Filled) -> Printed:
    return Printed(flat.pdf)


def texts(n400: PaperMap, items: dict[str, Any]) -> Iterator[tuple[str, Box, str]]:
    """Each box of one-time texts and table cells with what has to stand in it."""
    for question in n400.questions:
        if question.kind == "digits":
            digits = str(items[question.id]).rjust(len(question.boxes))
            yield from ((question.id, box, digit) for box, digit in zip(question.boxes, digits, strict=True))
        elif question.boxes:
            base, _, inner = question.id.rpartition(".")
            value = items[question.id] if question.id in items else items[base][inner]
            for box in question.boxes:
                yield question.id, box, READS.get(question.id, printed(value))
    for listing in n400.listings:
        for column in listing.columns:
            for cell, row in zip(column.boxes, newest_first(listing.id), strict=False):
                if cell is not None:
                    yield f"{listing.id}.{column.key}", cell, printed(row[column.key])


def marks(n400: PaperMap, items: dict[str, Any]) -> Iterator[tuple[str, Mark, bool]]:
    """Each box to cross with whether it has to be crossed."""
    for question in n400.questions:
        for mark in question.marks:
            said = items[question.id]
            yield question.id, mark, mark.answer in said if isinstance(said, list) else mark.answer == said
    for listing in n400.listings:
        for column in listing.columns:
            for line, row in zip(column.marks, newest_first(listing.id), strict=False):
                for mark in line:
                    yield f"{listing.id}.{column.key}", mark, mark.answer == row[column.key]


def test_every_text_stands_in_its_box(
    n400: PaperMap, items: dict[str, object], printed_form: Printed, fillable: dict[str, str]
) -> None:
    wrong = []
    for item, box, wanted in texts(n400, items):
        if printed_form.box(box) != squeezed(wanted):
            wrong.append((item, wanted, printed_form.box(box)))
        if fillable.get(box.field, "").strip() != wanted.strip():
            wrong.append((item, wanted, fillable.get(box.field, "")))
    assert wrong == []


def test_every_cross_stands_in_its_box_and_nowhere_else(
    n400: PaperMap, items: dict[str, object], printed_form: Printed, fillable: dict[str, str]
) -> None:
    wrong = []
    for item, mark, crossed in marks(n400, items):
        if printed_form.box(mark.box) != ("X" if crossed else ""):
            wrong.append((item, mark.answer, printed_form.box(mark.box)))
        if fillable.get(mark.box.field, "") != (f"/{mark.state}" if crossed else ""):
            wrong.append((item, mark.answer, fillable.get(mark.box.field, "")))
    assert wrong == []


def test_the_a_number_is_on_all_fourteen_pages_a_digit_a_cell(n400: PaperMap, printed_form: Printed) -> None:
    question = next(each for each in n400.questions if each.id == "a_number")
    assert [box.page for box in question.boxes] == list(range(1, 15))
    for box in question.boxes:
        cell = box.rect.width / 9
        chars = sorted(printed_form.pages[box.page - 1].inside(box.rect), key=lambda char: char.rect.left)
        assert "".join(char.text for char in chars) == "061234507"
        for at, char in enumerate(chars):
            assert char.middle[0] == pytest.approx(box.rect.left + cell * (at + 0.5), abs=1.0)


def test_signatures_and_parts_15_and_16_stay_empty(
    n400: PaperMap, printed_form: Printed, fillable: dict[str, str]
) -> None:
    for box in n400.untouched:
        if "BarCode" in box.field or "DatesofResidence" in box.field:
            continue  # drawn by the agency: a barcode, and the word PRESENT
        assert printed_form.box(box) == "", box
        assert box.field not in fillable


def test_what_has_no_box_stands_in_part_14_with_page_part_and_item(
    n400: PaperMap, printed_form: Printed, flat: Filled
) -> None:
    first, second = n400.blocks[:2]
    assert [printed_form.box(box) for box in (first.page, first.part, first.item)] == ["2", "2", "6"]
    assert printed_form.box(first.text) == squeezed(
        "Other date of birth used: 03/01/1984 Other date of birth used: 02/28/1985"
    )
    assert [printed_form.box(box) for box in (second.page, second.part, second.item)] == ["2", "2", "9"]
    assert [(moved.item, moved.text, moved.where) for moved in flat.moved] == [
        ("P2.6.other", "03/01/1984", "Part 14, block 1"),
        ("P2.6.other", "02/28/1985", "Part 14, block 1"),
        ("P2.9.other", "Bhutan", "Part 14, block 2"),
    ]
    assert flat.unknown == ()


def test_yes_and_no_of_part_9_stand_in_the_order_of_the_form(n400: PaperMap) -> None:
    """By place on the page alone: top to bottom in the order of the items, Yes left of No."""
    nine = [each for each in n400.questions if re.fullmatch(r"P9\.\d+[a-h]?", each.id)]
    assert len(nine) == 62
    places = []
    for question in nine:
        yes, no = question.marks
        assert (yes.answer, yes.state, no.answer, no.state) == ("Y", "Y", "N", "N")
        assert yes.box.page == no.box.page
        assert yes.box.rect.right < no.box.rect.left
        assert abs(yes.box.rect.bottom - no.box.rect.bottom) < 3
        places.append((yes.box.page, -yes.box.rect.bottom))
    assert places == sorted(places)


def test_every_part_9_box_stands_beside_the_number_the_agency_printed(n400: PaperMap) -> None:
    official_blank()
    numbers = printed_numbers()
    for question in n400.questions:
        if not re.fullmatch(r"P9\.\d+[a-h]?", question.id):
            continue
        rect, page = question.marks[0].box.rect, question.marks[0].box.page
        above = [(top, number) for top, number in numbers[page] if top >= rect.bottom + 4]
        assert min(above)[1] == question.number, question.id


def printed_numbers() -> dict[int, list[tuple[float, str]]]:
    """Item numbers in the left margin of each page with their height, as poppler reads the blank."""
    read = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=official_blank(), capture_output=True, check=True
    ).stdout.decode()
    found: dict[int, list[tuple[float, str]]] = {}
    for page, html in enumerate(read.split("<page ")[1:], 1):
        for left, top, word in re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)</word>', html):
            number = re.fullmatch(r"(\d+)\.(?:([a-z])\.)?", word)
            if number and float(left) < 45:
                found.setdefault(page, []).append((792 - float(top), ".".join(filter(None, number.groups()))))
    return found


def test_a_flattened_form_has_no_fields_scripts_or_xfa_left(flat: Filled) -> None:
    from io import BytesIO

    import pikepdf

    with pikepdf.open(BytesIO(flat.pdf)) as pdf:
        assert not {"/AcroForm", "/Perms", "/Names", "/OpenAction", "/AA", "/StructTreeRoot"} & set(
            pdf.Root.keys()
        )
        kinds = {str(each.Subtype) for page in pdf.pages for each in page.obj.get("/Annots", ())}
        assert kinds <= {"/Link"}
        assert str(pdf.docinfo["/Title"]) == "Form N-400, Application for Naturalization, edition 01/20/25"


def test_a_fillable_form_opens_for_correction_without_xfa(n400: PaperMap, items: dict[str, object]) -> None:
    from io import BytesIO

    import pikepdf

    filled = official.fill(official_blank(), n400, items, fillable=True)
    with pikepdf.open(BytesIO(filled.pdf)) as pdf:
        form: Any = pdf.Root.AcroForm
        assert "/XFA" not in form
        assert "/SigFlags" not in form
        assert form.NeedAppearances is False
        assert "/Names" not in pdf.Root
        for page in pdf.pages:
            for each in page.obj.get("/Annots", ()):
                if "/V" in each and "BarCode" not in str(each.T):
                    assert int(each.get("/Ff", 0)) & 1 == 0


def test_the_same_answers_give_the_same_bytes(n400: PaperMap, items: dict[str, object], flat: Filled) -> None:
    assert official.fill(official_blank(), n400, items).pdf == flat.pdf


def test_state_is_set_to_the_blanks_own_option(n400: PaperMap, fillable: dict[str, str]) -> None:
    state = next(each for each in n400.questions if each.id == "P4.1.state")
    assert fillable[state.boxes[0].field] == " NY"


def test_no_ink_crosses_the_edge_of_its_box(
    n400: PaperMap, items: dict[str, object], printed_form: Printed
) -> None:
    boxes = [box for _, box, _ in texts(n400, items)] + [mark.box for _, mark, _ in marks(n400, items)]
    outside = [
        (box, char)
        for box in boxes
        for char in printed_form.pages[box.page - 1].inside(box.rect)
        if not encloses(box.rect, char.rect)
    ]
    assert outside == []


def encloses(outer: Rect, inner: Rect) -> bool:
    return (
        outer.left <= inner.left
        and inner.right <= outer.right
        and outer.bottom <= inner.bottom
        and inner.top <= outer.top
    )
