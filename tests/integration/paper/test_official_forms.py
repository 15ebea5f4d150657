"""Every item of every form but the N-400, which has its own tests, read back by independent readers."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from forms.paper import official
from forms.paper.official import Filled
from forms.paper.paper_map import Box, PaperMap, for_form
from tests.integration.paper.form_items import cell_reads, every_item, reads
from tests.integration.paper.official_blank import official_blank
from tests.integration.paper.reading import Printed, by_place, squeezed
from tests.integration.paper.test_official_n400 import encloses

FORMS = ("i-912", "i-765", "i-90")
A_NUMBER_PAGES = {"i-912": [1, 8], "i-765": [2, 7], "i-90": [1, 7]}


@cache
def filled(form: str, *, fillable: bool = False) -> Filled:
    """The form with an answer to every item."""
    paper_map = for_form(form)
    return official.fill(official_blank(f"{form}.pdf"), paper_map, every_item(paper_map), fillable=fillable)


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def paper_map(form: str) -> PaperMap:
    return for_form(form)


def texts(paper_map: PaperMap) -> list[tuple[str, Box, str]]:
    """Each box of a text with what has to stand in it."""
    found = []
    for question in paper_map.questions:
        if question.kind == "digits":
            found += [
                (question.id, box, digit) for box, digit in zip(question.boxes, reads(question), strict=True)
            ]
        elif question.kind == "parts":
            found += [
                (question.id, box, part) for box, part in zip(question.boxes, ("c", "17", "iii"), strict=True)
            ]
        else:
            found += [(question.id, box, reads(question)) for box in question.boxes]
    for listing in paper_map.listings:
        for column in listing.columns:
            for line, box in enumerate(column.boxes, 1):
                if box is not None:
                    found.append((listing.id, box, cell_reads(listing, column.key, line)))
    return found


def test_every_text_stands_in_its_box_and_nothing_moved(form: str, paper_map: PaperMap) -> None:
    flat = filled(form)
    read, fields = Printed(flat.pdf), by_place(filled(form, fillable=True).pdf, paper_map)
    wrong = []
    for item, box, wanted in texts(paper_map):
        if read.box(box) != squeezed(wanted):
            wrong.append((item, wanted, read.box(box)))
        if not box.printed and fields.get(box.field, "").strip() != wanted:
            wrong.append((item, wanted, fields.get(box.field, "")))
    assert wrong == []
    addenda = {each.id for each in paper_map.questions if each.kind == "addendum"}
    assert {moved.item for moved in flat.moved} == addenda
    assert flat.unknown == ()


def test_a_box_without_a_field_is_inked_on_the_page_of_a_fillable_form_too(
    form: str, paper_map: PaperMap
) -> None:
    read = Printed(filled(form, fillable=True).pdf)
    wrong = [
        (item, wanted, read.box(box))
        for item, box, wanted in texts(paper_map)
        if box.printed and read.box(box) != squeezed(wanted)
    ]
    assert wrong == []


def test_every_cross_stands_in_its_box_and_nowhere_else(form: str, paper_map: PaperMap) -> None:
    items = every_item(paper_map)
    read, fields = Printed(filled(form).pdf), by_place(filled(form, fillable=True).pdf, paper_map)
    wrong = []
    for question in paper_map.questions:
        for mark in question.marks:
            said: Any = items[question.id]
            crossed = mark.answer in said if isinstance(said, list) else mark.answer == said
            if read.box(mark.box) != ("X" if crossed else ""):
                wrong.append((question.id, mark.answer, read.box(mark.box)))
            if not mark.box.printed and fields.get(mark.box.field, "") != (
                f"/{mark.state}" if crossed else ""
            ):
                wrong.append((question.id, mark.answer, fields.get(mark.box.field, "")))
    assert wrong == []


def test_the_a_number_stands_on_every_page_that_asks_for_it(form: str, paper_map: PaperMap) -> None:
    question = paper_map.question("a_number")
    assert question is not None
    assert [box.page for box in question.boxes] == A_NUMBER_PAGES[form]
    read = Printed(filled(form).pdf)
    for box in question.boxes:
        chars = sorted(read.pages[box.page - 1].inside(box.rect), key=lambda char: char.rect.left)
        assert "".join(char.text for char in chars) == "061234507"
        for at, char in enumerate(chars):
            assert char.middle[0] == pytest.approx(box.rect.left + box.rect.width / 9 * (at + 0.5), abs=1.0)


def test_what_others_fill_in_stays_empty(form: str, paper_map: PaperMap) -> None:
    read, fields = Printed(filled(form).pdf), by_place(filled(form, fillable=True).pdf, paper_map)
    names = {box.field.partition("#")[0] for _, box, _ in texts(paper_map)}
    for box in paper_map.untouched:
        if "BarCode" in box.field or box.field.partition("#")[0] in names:
            continue  # drawn by the agency; a second widget over the first
        assert read.box(box) == "", box
        assert box.field not in fields


def test_no_ink_crosses_the_edge_of_its_box(form: str, paper_map: PaperMap) -> None:
    read = Printed(filled(form).pdf)
    outside = [
        (box, char)
        for _, box, _ in texts(paper_map)
        for char in read.pages[box.page - 1].inside(box.rect)
        if not encloses(box.rect, char.rect)
    ]
    assert outside == []


def test_what_does_not_fit_stands_whole_in_the_forms_own_part_and_on_sheets(
    form: str, paper_map: PaperMap
) -> None:
    long = " ".join(f"word{at}" for at in range(30))
    question = next(each for each in paper_map.questions if each.kind == "text" and not each.shape)
    listing = paper_map.listings[0] if paper_map.listings else None
    items: dict[str, object] = {**every_item(paper_map), question.id: long}
    if listing is not None:
        items[listing.id] = [{listing.columns[0].key: f"Row {at} Example"} for at in range(1, 80)]
    else:
        items["P3.4.explanation"] = " ".join(f"because{at}" for at in range(330))
    done = official.fill(official_blank(f"{form}.pdf"), paper_map, items)
    read = Printed(done.pdf)
    moved = next(each for each in done.moved if each.item == question.id)
    assert moved.where.startswith(f"Part {paper_map.additional}, block")
    assert done.pages > paper_map.pages
    after = "".join(squeezed(page.text) for page in read.pages[paper_map.blocks[0].page.page - 1 :])
    wanted = [long] if listing is None else [long, *(f"Row {at} Example" for at in range(5, 80))]
    assert [text for text in wanted if squeezed(text) not in after] == []
    first = read.box(paper_map.blocks[0].part)
    assert first == done.moved[0].part
    sheet = squeezed(read.pages[-1].text)
    assert f"Part{paper_map.additional}.AdditionalInformation(continuationsheet)" in sheet
    assert "061234507" in sheet
    given = paper_map.question(paper_map.name[1])
    assert given is not None
    assert squeezed(reads(given)) in sheet


@pytest.mark.parametrize("fillable", [False, True])
def test_nothing_that_acts_is_left(form: str, fillable: bool) -> None:
    with pikepdf.open(BytesIO(filled(form, fillable=fillable).pdf)) as pdf:
        left = set(pdf.Root.keys())
        assert not {"/Perms", "/Names", "/OpenAction", "/AA"} & left
        assert ("/AcroForm" in left) is fillable
        if fillable:
            assert not {"/XFA", "/SigFlags"} & set(pdf.Root.AcroForm.keys())
        assert not pdf.is_encrypted
