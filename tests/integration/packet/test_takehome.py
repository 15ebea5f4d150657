"""The take-home page: one page in every language and case, large, and silent about who carries it."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader

from forms.paper.takehome import DRAFT, printout
from forms.paper.takehome_words import ENGLISH, HOTLINE, take_home_words
from ournydesk import cli
from ournydesk.domain.record import Choice
from ournydesk.domain.takehome import MOST_WHERE, USUAL, Bring, TakeHome
from tests.fakes.cheap import WORDS
from tests.fakes.desks import example_intake
from tests.integration.team.test_commands import seat

LANGUAGES = ("en", "es", "zh", "ru", "bn", "ht", "ar", "ur")
WHERE = "Second floor, room 12"


def page(language: str, choice: Choice, bring: tuple[Bring, ...] = tuple(Bring)) -> TakeHome:
    return TakeHome(choice=choice, language=language, bring=bring, by=date(2026, 12, 4), where=WHERE)


def read(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    return str(document[0].get_textpage().get_text_range())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_says_everything_and_nothing_else(language: str) -> None:
    words = take_home_words(language)
    assert words.language == language
    assert set(words.said) == set(ENGLISH)
    assert "{hotline}" in words.said["cheated"]
    assert words.reviewed is (language == "en")


@pytest.mark.parametrize("choice", list(Choice))
@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_stands_on_one_page(language: str, choice: Choice) -> None:
    for bring in (USUAL[choice], tuple(Bring)):
        made = printout(page(language, choice, bring))
        assert made.pages == 1
        said = read(made.pdf)
        assert HOTLINE in said
        assert WHERE in said
        assert (DRAFT in said) is (language != "en")


def test_the_type_is_large() -> None:
    document = pypdfium2.PdfDocument(printout(page("es", Choice.PREPARE)).pdf)
    sizes = [each.get_font_size() for each in document[0].get_objects() if hasattr(each, "get_font_size")]
    assert not sizes or min(sizes) >= 8


def test_a_long_place_still_leaves_one_page() -> None:
    long = TakeHome(
        choice=Choice.PREPARE, language="ur", bring=tuple(Bring), where="long word " * (MOST_WHERE // 10)
    )
    assert printout(long).pages == 1


def test_a_language_without_words_is_printed_in_english() -> None:
    assert "Your next steps" in read(printout(page("wo", Choice.PREPARE)).pdf)


def test_neither_the_page_nor_the_file_names_anybody() -> None:
    pdf = printout(page("en", Choice.PREPARE)).pdf
    info = PdfReader(BytesIO(pdf)).metadata
    said = read(pdf) + " ".join(str(value) for value in (info or {}).values())
    for word in ("OurNY", "NYIC", "USCIS", "citizen", "green card", "N-400", "immigra", "A-number", "Ticket"):
        assert word.casefold() not in said.casefold(), word


def test_the_command_prints_after_a_decision_and_a_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk, vault = seat(tmp_path / "seat", "A. Attorney")
    desk.team.found_team("Example Coalition", "A. Attorney", "Jackson Heights")
    desk.team.publish_form("naturalization")
    intake = example_intake(desk)
    desk.wire.hand_over(intake, "")
    [row] = desk.cases.cases()
    out = tmp_path / "next.pdf"
    desk.lock()
    asked = ["paper", "takehome", *vault, "--case", str(row.id)[:9], "-o", str(out)]
    assert cli.main([*asked, "--safe-to-carry"]) == 2
    assert "No attorney has signed a decision" in capsys.readouterr().err
    [card] = desk.vaults()
    desk.unlock(card.id, WORDS)
    desk.cases.decide(row.id, Choice.PREPARE, "")
    desk.lock()
    assert cli.main(asked) == 2
    assert "Ask the client first whether carrying this page is safe" in capsys.readouterr().err
    assert not out.exists()
    assert cli.main([*asked, "--safe-to-carry", "--by", "2026-12-04", "--where", WHERE]) == 0
    assert take_home_words("bn").said["title"][:4] in read(out.read_bytes())
    assert cli.main([*asked, "--safe-to-carry", "--lang", "es", "--bring", "tax,court"]) == 0
    assert "Sus próximos pasos" in read(out.read_bytes())
    for wrong, says in (
        (["--by", "soon"], "a day is written"),
        (["--bring", "gold"], "choose from identity"),
        (["--case", "zzz"], "No case begins with 'zzz'"),
    ):
        assert cli.main([*asked, "--safe-to-carry", *wrong]) == 2
        assert says in capsys.readouterr().err
