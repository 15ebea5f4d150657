"""Items nobody wrote down beforehand fill every map: none lost, none in a wrong box, none cut."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from forms.paper import official
from forms.paper.paper_map import PaperMap, Rect, for_form
from tests.integration.paper.official_blank import official_blank
from tests.integration.paper.unseen import items_for
from tests.integration.paper.unseen_read import read, wrong

FORMS = ("n-400", "i-912", "i-765", "i-90")
DPI = 96
SCALE = DPI / 72
FAINT = 90
"""How much darker a pixel has to be to count as ink: less is the smoothing of an edge."""
SEVERAL = settings(
    phases=[Phase.explicit, Phase.generate],  # one filling takes half a second to read: no shrinking
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


@cache
def unanswered(form: str, *, fillable: bool) -> bytes:
    return official.fill(official_blank(f"{form}.pdf"), for_form(form), {}, fillable=fillable).pdf


def filled(form: str, items: dict[str, object], *, fillable: bool) -> bytes:
    return official.fill(official_blank(f"{form}.pdf"), for_form(form), items, fillable=fillable).pdf


@pytest.mark.parametrize("form", FORMS)
@SEVERAL
@given(st.data())
def test_every_answer_reads_in_its_box_or_under_its_page_part_and_item(
    form: str, data: st.DataObject
) -> None:
    paper_map = for_form(form)
    items = data.draw(items_for(paper_map))
    pdf, empty = filled(form, items, fillable=True), unanswered(form, fillable=True)
    assert wrong(read(pdf, empty, paper_map), paper_map, items) == []


@pytest.mark.parametrize("form", FORMS)
@SEVERAL
@given(st.data())
def test_no_ink_lies_outside_of_a_box_and_the_fillable_form_cuts_none_off(
    form: str, data: st.DataObject
) -> None:
    paper_map = for_form(form)
    items = data.draw(items_for(paper_map))
    flat, fields = (filled(form, items, fillable=fillable) for fillable in (False, True))
    before = unanswered(form, fillable=False)
    pages = zip(drawn(flat), drawn(before), drawn(fields), strict=False)
    for number, (ours, bare, edited) in enumerate(pages, 1):
        if number > paper_map.pages:
            break
        assert outside(added(ours, bare), paper_map, number) is None
        apart = added(ours, edited)
        cover(apart, marks(paper_map, number))  # the agency's own crosses there
        assert ImageChops.darker(apart, added(ours, bare)).getbbox() is None


def drawn(pdf: bytes) -> list[Image.Image]:
    """The pages in grey, as MuPDF draws them."""
    if not shutil.which("mutool"):
        pytest.skip("mutool is not installed (package mupdf-tools)")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "form.pdf"
        file.write_bytes(pdf)
        command = ["mutool", "draw", "-q", "-c", "gray", "-r", str(DPI), "-o", f"{folder}/%03d.pgm"]
        subprocess.run([*command, str(file)], check=True, capture_output=True)
        return [Image.open(BytesIO(page.read_bytes())) for page in sorted(Path(folder).glob("*.pgm"))]


def added(ours: Image.Image, bare: Image.Image) -> Image.Image:
    """White where ours is darker."""
    return ImageChops.subtract(bare, ours).point([255 * (at > FAINT) for at in range(256)])


def cover(picture: Image.Image, rects: Iterable[Rect]) -> None:
    """Black over boxes and the pixels around them that smoothing may touch."""
    for rect in rects:
        picture.paste(0, reach(rect))


def reach(rect: Rect) -> tuple[int, int, int, int]:
    left, right = int(rect.left * SCALE) - 1, int(rect.right * SCALE) + 2
    return left, int((792 - rect.top) * SCALE) - 1, right, int((792 - rect.bottom) * SCALE) + 2


def outside(ink: Image.Image, paper_map: PaperMap, number: int) -> tuple[int, int, int, int] | None:
    """The corners of ink outside of all boxes of a page, in pixels; None without any."""
    left = ink.copy()
    cover(left, (box.rect for _, box, _ in paper_map.boxes() if box.page == number))
    return left.getbbox()


def marks(paper_map: PaperMap, number: int) -> list[Rect]:
    """The boxes to cross on a page."""
    found = [mark for question in paper_map.questions for mark in question.marks]
    found += [
        mark for each in paper_map.listings for col in each.columns for line in col.marks for mark in line
    ]
    return [mark.box.rect for mark in found if mark.box.page == number]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["মোহাম্মদ", "محمّد", "گجراں\u200cوالا", "क्ष्मी", "李小龍"])
def test_a_name_in_its_own_script_stands_in_its_box_and_nowhere_else(form: str, name: str) -> None:
    paper_map = for_form(form)
    asks = [each for each in paper_map.questions if each.kind == "text" and not each.shape]
    items: dict[str, object] = {each.id: name for each in asks}
    pages = zip(
        drawn(filled(form, items, fillable=False)), drawn(unanswered(form, fillable=False)), strict=False
    )
    for number, (ours, bare) in enumerate(pages, 1):
        ink = added(ours, bare)
        assert outside(ink, paper_map, number) is None
        boxes = [box for each in asks for box in each.boxes if box.page == number]
        assert [box for box in boxes if ink.crop(reach(box.rect)).histogram()[255] < 12] == []


def test_a_row_that_is_not_what_the_agency_printed_on_its_line_is_not_lost() -> None:
    items = {"P3.1": [{"name": "Rivera Example", "relationship": "Sister"}]}
    done = official.fill(official_blank("i-912.pdf"), for_form("i-912"), items)
    assert [(moved.item, moved.text) for moved in done.moved] == [("P3.1.relationship", "Sister")]
    items["P3.1"][0]["relationship"] = "self"
    assert official.fill(official_blank("i-912.pdf"), for_form("i-912"), items).moved == ()


def test_what_would_turn_a_name_round_is_not_printed() -> None:
    items = {"P2.1.family": "Rivera\u202eelpmaxE", "P2.1.given": "\u2067Ana\u2069"}
    done = official.fill(official_blank(), for_form("n-400"), items)
    assert {"RiveraelpmaxE", "Ana"} <= set(done.widgets.values())
