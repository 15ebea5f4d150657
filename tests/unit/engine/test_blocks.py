"""Blocks that several forms share, and drafts that a form carries its own list of."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from forms.engine import Form, FormRefused, Session, compile_xlsform, lint, load_form, sheets
from forms.engine.drafts import marked

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SPACE = '"ourny=""https://ournydesk.example/xforms"""'
SURVEY = """type,name,label,bind::ourny:consent,constraint
begin group,consent,Consent,,
note,words,We keep your answers.,,
include,heard,,,
select_one yn,agrees,Do you agree?,Y,${heard_in} != ''
end group,,,,
text,after,And then?,,
"""
BLOCK = """type,name,label,choice_filter
select_one heard_in,heard_in,In which language?,reviewed = 'yes'
text,through,Through whom?,
"""
CHOICES = "list_name,name,label\nyn,Y,Yes\nyn,N,No\n"
SHARED = "list_name,name,label,words\nheard_in,en,English,staff\nheard_in,bn,Bengali,bn\nunused,a,A,\n"
HEAD = "sheet,list,name,column,text,state\n"
OWN_BN = HEAD + (
    "survey,,consent,label,সম্মতি,{state}\nsurvey,,words,label,আমরা রাখি।,{state}\n"
    "survey,,consent/agrees,label,আপনি কি রাজি?,{state}\nsurvey,,after,label,তারপর?,draft\n"
)
SHARED_BN = HEAD + (
    "survey,,heard_in,label,কোন ভাষায়?,{state}\nsurvey,,through,label,কার মাধ্যমে?,{state}\n"
    "survey,,elsewhere,label,অন্য,draft\nchoices,heard_in,bn,label,বাংলা,draft\n"
)


def a_library(tmp_path: Path, *, own: str = "reviewed", shared: str = "reviewed") -> Path:
    """A form in a folder beside its blocks; gives the form's folder."""
    folder, blocks = tmp_path / "form", tmp_path / "blocks"
    for made in (folder / "languages", blocks / "languages"):
        made.mkdir(parents=True)
    settings = "form_title,form_id,version,default_language,namespaces\n"
    written = {
        folder / "survey.csv": SURVEY,
        folder / "choices.csv": CHOICES,
        folder / "settings.csv": f"{settings}A,a,1,English (en),{SPACE}\n",
        folder / "languages" / "bn.csv": OWN_BN.format(state=own),
        blocks / "heard.csv": BLOCK,
        blocks / "choices.csv": SHARED,
        blocks / "languages" / "bn.csv": SHARED_BN.format(state=shared),
        blocks / "languages" / "ru.csv": HEAD + "survey,,heard_in,label,На каком языке?,draft\n",
    }
    for path, text in written.items():
        path.write_text(text, encoding="utf-8")
    return folder


def compiled(folder: Path) -> Form:
    found = compile_xlsform(folder)
    return load_form(found.xml, found.files)


def offered(folder: Path) -> list[str]:
    session = Session.start(compiled(folder), NOON)
    return [choice.value for choice in session.choices("/data/consent/heard_in")]


def test_the_rows_of_a_block_stand_where_it_is_included(tmp_path: Path) -> None:
    book = sheets.read(a_library(tmp_path))
    names = [row.get("name") for row in book.sheet("survey").rows]
    assert names == ["consent", "words", "heard_in", "through", "agrees", "", "after"]


def test_only_the_lists_that_a_block_uses_come_with_it(tmp_path: Path) -> None:
    book = sheets.read(a_library(tmp_path))
    assert {row.get("list_name") for row in book.sheet("choices").rows} == {"yn", "heard_in"}


def test_a_block_speaks_the_languages_of_its_form_and_no_other(tmp_path: Path) -> None:
    form = compiled(a_library(tmp_path))
    assert form.languages == ("English (en)", "Bengali (bn)")


def test_a_block_that_is_not_there_is_named(tmp_path: Path) -> None:
    folder = a_library(tmp_path)
    (tmp_path / "blocks" / "heard.csv").unlink()
    with pytest.raises(FormRefused, match="row 4: there is no block “heard”"):
        sheets.read(folder)


@pytest.mark.parametrize("name", ["../form/survey", "", "C:heard", "/etc/passwd"])
def test_a_block_is_looked_for_in_its_folder_only(tmp_path: Path, name: str) -> None:
    folder = a_library(tmp_path)
    path = folder / "survey.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("include,heard", f"include,{name}"), "utf-8")
    with pytest.raises(FormRefused, match="there is no block"):
        sheets.read(folder)


def test_a_form_without_choices_has_those_of_its_blocks(tmp_path: Path) -> None:
    folder = a_library(tmp_path)
    (folder / "choices.csv").unlink()
    (tmp_path / "blocks" / "heard.csv").write_text("type,name,label\nselect_one unused,u,Which?\n", "utf-8")
    (tmp_path / "blocks" / "languages" / "bn.csv").write_text(HEAD, "utf-8")
    assert [row.get("name") for row in sheets.read(folder).sheet("choices").rows] == ["a"]


def test_a_language_is_offered_when_every_word_of_the_consent_is_reviewed(tmp_path: Path) -> None:
    assert offered(a_library(tmp_path)) == ["en", "bn"]


@pytest.mark.parametrize(("own", "shared"), [("draft", "reviewed"), ("reviewed", "draft"), ("", "reviewed")])
def test_one_draft_among_the_words_of_the_consent_is_enough_to_hold_a_language_back(
    tmp_path: Path, own: str, shared: str
) -> None:
    assert offered(a_library(tmp_path, own=own, shared=shared)) == ["en"]


def test_every_question_knows_in_which_languages_its_words_are_drafts(tmp_path: Path) -> None:
    form = compiled(a_library(tmp_path))
    drafts = {one.name: one.attributes.get("ourny:draft", "") for one in form.definitions()}
    assert {name for name, codes in drafts.items() if codes == "bn"} == {"after"}


def test_a_form_outside_of_the_desks_space_is_left_as_it_is(tmp_path: Path) -> None:
    folder = a_library(tmp_path)
    path = folder / "settings.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(SPACE, ""), "utf-8")
    book = sheets.read(folder)
    assert marked(book) is book


def test_a_check_says_how_many_texts_of_a_language_nobody_has_reviewed(tmp_path: Path) -> None:
    covered = {one.language: one for one in lint.check(a_library(tmp_path)).coverage}
    assert covered["English (en)"].drafts == 0
    # The question after the consent, and the name of a language among the choices.
    assert covered["Bengali (bn)"].drafts == 2
