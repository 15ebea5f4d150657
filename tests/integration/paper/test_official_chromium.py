"""What Debian's own Chromium shows of a filled form is what poppler shows: names in three scripts too."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from forms.paper import official
from forms.paper.paper_map import PaperMap, for_form
from tests.integration.paper import form_items, n400_items
from tests.integration.paper.official_blank import official_blank
from tests.integration.paper.test_official_rendering import PAGES, Grey, darkness, poppler
from tests.integration.server import browser as browsers
from tests.integration.server.browser import Browser

WINDOW = (1260, 1620)
DARK = 100
"""Chromium's desk around a page is darker than this, its paper is not."""
NAMES = ("মোহাম্মদ", "محمّد", "李小龍")


pytestmark = pytest.mark.skipif(
    not os.environ.get("OURNY_CHROMIUM"),
    reason="Chromium's viewer draws late on a busy machine: set OURNY_CHROMIUM=1 on a quiet one",
)


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if why := browsers.missing():
        pytest.skip(why)
    with browsers.browser(tmp_path_factory.mktemp("browser")) as opened:
        opened.resize(*WINDOW)
        yield opened


def shown(browser: Browser, pdf: Path, number: int, folder: Path) -> Grey:
    """A page as Chromium shows it, brought to a pixel a point."""
    alone = folder / f"{pdf.stem}-{number}.pdf"
    with pikepdf.open(pdf) as document:  # the viewer begins with its first page, whatever it is asked for
        del document.pages[number:]
        del document.pages[: number - 1]
        document.save(alone)
    browser.go("about:blank")
    browser.go(f"{alone.as_uri()}#toolbar=0&navpanes=0&view=Fit")
    picture = folder / "chromium.png"
    page = None
    for _ in range(200):  # each picture is a round trip: the viewer draws a moment after the page is there
        browser.picture(picture)
        page = sheet(Image.open(picture).convert("L"))
        if page is not None:
            break
    assert page is not None
    small = page.resize((612, 792), Image.Resampling.BOX)
    return 612, 792, small.tobytes()


def sheet(window: Image.Image) -> Image.Image | None:
    """The paper in the window; None before it is drawn."""
    width, height = window.size
    corner = next((at for at in range(width // 4) if window.getpixel((at, 40)) > DARK), None)  # type: ignore[operator]  # one number a pixel
    if not corner:
        return None
    top = next(at for at in range(height) if window.getpixel((corner + 2, at)) > DARK)  # type: ignore[operator]  # as above
    right = next(at for at in range(corner, width) if window.getpixel((at, top + 1)) <= DARK)  # type: ignore[operator]  # as above
    page = window.crop((corner, top, right, top + round((right - corner) * 792 / 612)))
    return page if page.getextrema()[0] < DARK else None  # type: ignore[operator]  # as above


def compared(paper_map: PaperMap, number: int, theirs: Grey, ours: Grey) -> list[tuple[str, float, float]]:
    """Boxes in which the two show different ink."""
    apart = []
    for item, box, _ in paper_map.boxes():
        if box.page == number:
            here, there = darkness(theirs, box.rect), darkness(ours, box.rect)
            if max(here, there) > 1.25 * min(here, there) + 12:
                apart.append((item, here, there))
    return apart


@pytest.mark.parametrize(("form", "number"), PAGES)
def test_chromium_shows_the_same_ink_in_every_box(
    form: str, number: int, chromium: Browser, tmp_path: Path
) -> None:
    paper_map = for_form(form)
    items = (n400_items if form == "n-400" else form_items).every_item(paper_map)
    for at, name in enumerate(n for n in paper_map.name if n):
        items[name] = NAMES[at % 3]
    pdf = tmp_path / "form.pdf"
    pdf.write_bytes(official.fill(official_blank(f"{form}.pdf"), paper_map, items).pdf)
    theirs = shown(chromium, pdf, number, tmp_path)
    assert compared(paper_map, number, theirs, poppler(pdf, tmp_path, number)) == []


def test_chromium_draws_names_in_their_own_scripts_in_their_boxes(chromium: Browser, tmp_path: Path) -> None:
    paper_map = for_form("n-400")
    items: dict[str, object] = dict(zip(("P2.1.family", "P2.1.given", "P2.1.middle"), NAMES, strict=True))
    pdf, without = tmp_path / "form.pdf", tmp_path / "empty.pdf"
    pdf.write_bytes(official.fill(official_blank(), paper_map, items).pdf)
    without.write_bytes(official.fill(official_blank(), paper_map, {}).pdf)
    theirs, before = (shown(chromium, each, 1, tmp_path) for each in (pdf, without))
    assert compared(paper_map, 1, theirs, poppler(pdf, tmp_path, 1)) == []
    more = {
        item: darkness(theirs, box.rect) - darkness(before, box.rect)
        for item, box, _ in paper_map.boxes()
        if box.page == 1
    }
    assert {item for item, ink in more.items() if ink > 8} == set(items)
