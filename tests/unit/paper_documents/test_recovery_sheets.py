"""The two sheets of a recovery kit: a page for each holder, and no word of it printed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

from pypdf import PdfReader

from forms.paper.recovery_sheets import printout

PRINTED = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
KIT = ("handset", "cottage", "affected", "trial")


def pages(team: str = "Example Coalition", made: date | None = date(2026, 11, 23)) -> list[str]:
    made_out = printout(team, KIT, made, PRINTED)
    read = PdfReader(BytesIO(made_out.pdf))
    assert len(read.pages) == made_out.pages
    assert read.metadata is not None
    assert read.metadata.title == "Recovery kit"
    return [" ".join(page.extract_text().split()) for page in read.pages]


def test_each_holder_has_one_page_that_names_the_kit() -> None:
    words, file = pages()
    for page in (words, file):
        assert "Example Coalition" in page
        assert "handset cottage affected trial" in page
        assert "23 Nov 2026" in page
        assert "Whom to call" in page
    assert "For the person who keeps the words" in words
    assert "For the person who keeps the file" in file
    assert "age -d recovery.age" in file


def test_the_words_are_written_by_hand_on_twelve_lines() -> None:
    words, file = pages()
    after = words.split("in capital letters")[1]
    assert after.split()[:12] == [str(number) for number in range(1, 13)]
    assert "Write the twelve words" not in file


def test_a_long_name_and_an_unknown_day_still_fit() -> None:
    assert (
        len(pages("Coalición de Ejemplo para Personas Inventadas del Barrio de Jackson Heights " * 3, None))
        == 2
    )
