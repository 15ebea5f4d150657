"""Every form as empty paper: no question missing, each page found again by its code."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from forms.engine import Form, Kind, Session, compile_xlsform, load_form
from forms.library import library
from forms.library.copying import paper_copy
from forms.paper.copies import code, printout
from forms.paper.copy_words import ENGLISH, said
from ournydesk import cli
from ournydesk.domain.paper_copy import CopyQuestion, CopyRepeat, PaperCopy
from ournydesk.errors import BadInput
from tests.integration.paper.reading import squeezed

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
COPIES = (("naturalization", "en"), ("naturalization", "bn"), ("screening", "es"), ("incident", "ar"))


@cache
def form(name: str) -> Form:
    entry = next(each for each in library() if each.id == name)
    compiled = compile_xlsform(entry.folder)
    return load_form(compiled.xml, compiled.files)


@cache
def drawn(name: str, language: str) -> tuple[PaperCopy, bytes]:
    document = paper_copy(form(name), language, NOON)
    return document, printout(document).pdf


def questions(document: PaperCopy) -> list[CopyQuestion]:
    found: list[CopyQuestion] = []
    for section in document.sections:
        for entry in section.entries:
            if isinstance(entry, CopyRepeat):
                found += entry.columns
            elif isinstance(entry, CopyQuestion):
                found.append(entry)
    return found


@pytest.mark.parametrize(("name", "language"), COPIES)
def test_every_question_of_the_form_is_on_paper_once(name: str, language: str) -> None:
    document, pdf = drawn(name, language)
    session = Session.start(form(name), NOON)
    wanted = {
        " ".join(session.text(state.path, "label", "English (en)").text.split())
        for state in session.walk()
        if state.kind is Kind.QUESTION and not state.definition.calculated
    }
    asked = questions(document)
    assert {each.label.english for each in asked} == {text for text in wanted if text}
    numbers = [each.number for each in asked]
    assert len(numbers) == len(set(numbers))
    text = squeezed("".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)))
    lost = [each.label.english for each in asked if squeezed(each.label.english) not in text]
    # A label that crosses lines in a table's narrow cell is read with its neighbour's words between.
    whole = {each.label.english for each in asked if each.number.isdecimal()}
    assert [label for label in lost if label in whole] == []


@pytest.mark.parametrize(("name", "language"), COPIES)
def test_a_skip_only_ever_leads_forward_to_a_question(name: str, language: str) -> None:
    asked = questions(drawn(name, language)[0])
    numbers = {each.number.rstrip("abcdefghijklmnopqrstuvwxyz") for each in asked}
    for each in asked:
        if each.skip_to:
            assert each.skip_to in numbers
            assert int(each.skip_to) > int(each.number) + 1
            assert each.skip_answer in each.options
        if each.only_if is not None and each.only_if.number:
            assert int(each.only_if.number.rstrip("abcdefghijklmnopqrstuvwxyz")) < int(each.number)


def test_who_follows_the_skips_answers_what_the_form_would_ask() -> None:
    """A client who answers no to both Selective Service questions' gates is not led into them."""
    asked = {each.label.english: each for each in questions(drawn("naturalization", "en")[0])}
    gate = next(each for label, each in asked.items() if label.startswith("Are you a male who lived"))
    registered = next(each for label, each in asked.items() if label.startswith("Did you register for the"))
    assert gate.skip_answer is not None
    assert gate.skip_answer.english == "No"
    assert gate.skip_to == registered.skip_to


@pytest.mark.parametrize(("name", "language"), COPIES)
def test_every_page_says_form_version_and_page(name: str, language: str) -> None:
    document, pdf = drawn(name, language)
    pages = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(pages, 1):
        text = page.get_textpage().get_text_range()
        assert f"Page {number} of {len(pages)}" in text
        assert f"version {document.version} · {document.fingerprint} · {language}" in text


def test_the_code_is_read_back_by_another_program(tmp_path: Path) -> None:
    if not shutil.which("zbarimg"):
        pytest.skip("zbarimg is not installed (package zbar-tools)")
    document, pdf = drawn("screening", "es")
    pages = pypdfium2.PdfDocument(pdf)
    pages[1].render(scale=3).to_pil().save(tmp_path / "page.png")
    read = subprocess.run(
        ["zbarimg", "--raw", "-q", str(tmp_path / "page.png")], capture_output=True, check=True, text=True
    )
    assert read.stdout.strip() == code(document, 2, len(pages))


def test_a_table_has_as_many_rows_as_are_wanted() -> None:
    document = drawn("naturalization", "en")[0]
    few, many = printout(document, rows=1), printout(document, rows=20)
    assert few.pages < many.pages


@pytest.mark.parametrize("language", ["es", "zh", "ru", "bn", "ht", "ar", "ur"])
def test_its_own_words_are_in_every_language_with_their_places(language: str) -> None:
    for key, text in ENGLISH.items():
        words = said(key, language, number="{number}", answers="{answers}", answer="{answer}")
        assert words.client, key
        places = [name for name in ("{number}", "{answers}", "{answer}") if name in text]
        assert [name for name in ("{number}", "{answers}", "{answer}") if name in words.client] == places


def test_a_language_the_form_lacks_is_refused_with_those_it_has() -> None:
    with pytest.raises(BadInput, match=r"not in 'wo'; it has ar, bn, en, es, ht, ru, zh\."):
        paper_copy(form("naturalization"), "wo", NOON)


def test_the_command_prints_a_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "copy.pdf"
    asked = ["paper", "blank", "-o", str(out), "--form"]
    assert cli.main([*asked, "screening", "--lang", "es"]) == 0
    assert "Legal screening" in capsys.readouterr().out
    assert out.read_bytes().startswith(b"%PDF-")
    assert cli.main([*asked, "nothing"]) == 2
    assert "There is no form 'nothing'. Forms: naturalization" in capsys.readouterr().err
    assert cli.main([*asked, "screening", "--rows", "1000"]) == 2
    assert "1 to 40 empty rows" in capsys.readouterr().err
