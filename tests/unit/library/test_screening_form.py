"""The legal screening: what it asks, in which words, and when."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Final, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.engine import Kind, Session, compile_xlsform, lint
from forms.library.attention import ATTENTION, attention
from forms.library.items import GATE, ITEM
from forms.library.progress import SectionState, sections
from ournydesk.domain.answers import Said
from tests.unit.library.screenings import (
    ENGLISH,
    NOON,
    PLAIN,
    SPANISH,
    a_client,
    a_row,
    paths,
    questions,
    the_form,
    the_screening,
    told,
    usual,
    walk_through,
)

MOST_SHORT: Final = 54
"""At some eleven seconds a question, these are less than ten minutes."""
VICTIM: Final = {
    "danger", "acp", "home_safe", "crime_victim", "helped_police", "family_abuse", "abuser_status", "forced",
    "work_harm", "harm_when", "harm_reported", "harm_agency", "papers_taken", "family_victims", "parent_harm",
}  # fmt: skip
LAST: Final = {"summary_given", "follow_up", "advice"}
Role = Literal["label", "hint", "constraint"]
ROLES: Final[tuple[Role, ...]] = ("label", "hint", "constraint")
MEND: Final = ("Check", "Count", "Read", "Write", "Change", "Compare", "check", "stop here")


def with_every_table() -> Session:
    """Everything asked, with a row in every table."""
    return walk_through({**PLAIN, "depth": "full"}, lambda offered: usual(offered, "Y"))[0]


def test_it_compiles_without_a_warning_and_checks_clean() -> None:
    assert compile_xlsform(the_screening().folder).warnings == ()
    report = lint.check(the_screening().folder)
    assert report.findings == ()
    whole = {one.language for one in report.coverage if one.translated == one.wanted}
    assert whole >= {ENGLISH, SPANISH}


def test_no_name_of_a_question_and_no_item_stands_twice() -> None:
    names = Counter(one.name for one in the_form().definitions() if one.kind is not Kind.ROW)
    items = Counter(one.attributes[ITEM] for one in questions() if ITEM in one.attributes)
    assert [name for found in (names, items) for name, times in found.items() if times > 1] == []
    assert all(ITEM in one.attributes or GATE in one.attributes for one in questions())


def test_consent_comes_first_and_the_first_minute_next() -> None:
    order = [state.definition.name for state in Session.start(the_form(), NOON).children()]
    assert order[:3] == ["consent", "urgency", "plan"]
    assert [name for name in order if name != "meta"][-1] == "close"


def test_without_consent_a_sentence_says_to_stop() -> None:
    session = told(agrees="N")
    assert session.state("/data/consent/agrees").violation == "constraint"
    assert "stop here" in session.text("/data/consent/agrees", "constraint", ENGLISH).text


def test_a_plain_case_is_short() -> None:
    session, asked = walk_through(PLAIN)
    assert len(asked) <= MOST_SHORT
    assert session.violations() == ()


def test_the_first_minute_asks_few_questions_of_a_plain_case() -> None:
    session, _ = walk_through(PLAIN)
    asked = [one for one in session.walk() if one.path.startswith("/data/urgency/") and one.relevant]
    assert len(asked) <= 13


def test_the_full_one_asks_all_the_short_one_asks_but_what_a_table_holds() -> None:
    _, short = walk_through(PLAIN)
    _, full = walk_through({**PLAIN, "depth": "full"})
    assert set(short) <= set(full)
    assert len(full) > len(short)


@pytest.mark.parametrize("depth", ["short", "full"])
@pytest.mark.parametrize("fallback", ["Y", "N"])
def test_no_question_is_asked_twice_and_the_end_is_reached(depth: str, fallback: str) -> None:
    answers = {**PLAIN, "depth": depth, "fears": "yes"}
    session, asked = walk_through(answers, lambda offered: usual(offered, fallback))
    assert asked[-1] in LAST
    assert [one.path for one in session.violations()] == []
    once = [name for name in asked if name in paths()]
    assert len(once) == len(set(once))


@given(st.randoms(use_true_random=False), st.sampled_from(["1975-01-01", "2007-06-01", "2015-01-01"]))
def test_every_path_reaches_its_end(chance: Random, dob: str) -> None:
    session, asked = walk_through({"agrees": "Y", "dob": dob}, chance.choice)
    assert asked[-1] in LAST
    assert [one.path for one in session.violations()] == []
    assert {one.state for one in sections(session)} <= {SectionState.DONE, SectionState.NOT_ASKED}


@pytest.mark.parametrize("alone", ["N", "", Said.UNKNOWN, Said.DECLINED])
@pytest.mark.parametrize("depth", ["short", "full"])
def test_questions_for_victims_are_asked_only_alone(alone: str | Said, depth: str) -> None:
    session = a_client(dob="2010-01-01", depth=depth, alone=alone)
    assert not [name for name in VICTIM if session.state(paths()[name]).relevant]


def test_a_companion_who_comes_in_hides_what_was_said_alone() -> None:
    session = a_client(home_safe="N")
    assert [one.item for one in attention(session)] == ["S.home_safe"]
    session.set(paths()["alone"], "N")
    assert attention(session) == ()


def test_all_questions_for_victims_are_asked_alone_in_the_full_one() -> None:
    answers = {**PLAIN, "dob": "2010-01-01", "depth": "full", "crime_victim": "Y", "family_abuse": "Y"}
    session = told(**answers, harm_reported="Y")
    assert [name for name in VICTIM if not session.state(paths()[name]).relevant] == []


def test_someone_born_here_is_asked_nothing_about_status_entries_or_fear() -> None:
    _, asked = walk_through({**PLAIN, "birth_country": "United_States"})
    assert not {"status", "before", "filed", "fears", "marital", "had_tps"} & set(asked)


@pytest.mark.parametrize(
    ("known", "not_asked"),
    [
        ({"court": "Y", "depth": "full"}, "nta"),
        ({"status": "daca"}, "had_daca"),
        ({"status": "tps"}, "had_tps"),
        ({"same_nationality": "Y"}, "nationalities"),
        ({"dob": "1990-05-05"}, "age"),
        ({"before": "N"}, "ten_years"),
    ],
)
def test_what_is_known_is_not_asked_again(known: dict[str, str], not_asked: str) -> None:
    assert not a_client(**known).state(paths()[not_asked]).relevant


def test_young_questions_are_asked_until_the_twenty_first_birthday() -> None:
    assert a_client(dob="2005-11-24").state("/data/youth").relevant
    assert not a_client(dob="2005-11-20").state("/data/youth").relevant
    assert not a_client(dob="2008-01-01", marital="married").state("/data/youth").relevant


def test_every_attention_names_answers_that_can_be_given() -> None:
    session = with_every_table()
    for one in session.walk():
        marked = set(one.definition.attributes.get(ATTENTION, "").split())
        if marked and one.relevant:
            offered = {choice.value for choice in session.choices(one.path)}
            assert marked <= offered | {"unknown", "declined"}, one.path


def test_what_an_attorney_must_see_calls_the_attorney() -> None:
    session = told(
        **{**PLAIN, "court": "Y", "order": Said.UNKNOWN, "arrested": Said.DECLINED, "fears": "yes"}
    )
    assert [(one.item, one.answered) for one in attention(session)] == [
        ("S.court", "Y"),
        ("S.order", "unknown"),
        ("S.arrested", "declined"),
        ("S.fears", "yes"),
    ]


def test_tables_show_their_dates_and_say_what_a_row_is() -> None:
    tables = {one.name: one for one in the_form().definitions() if one.kind is Kind.REPEAT}
    assert {one.attributes.get("ourny:timeline", "") for one in tables.values()} == {
        "", "e_came e_left", "p_filed p_decided",
    }  # fmt: skip
    for one in tables.values():
        dates = {child.name for child in one.children if child.type == "date"}
        assert one.attributes["ourny:row"]
        assert set(one.attributes.get("ourny:timeline", "").split()) <= dates


def test_a_stay_that_ends_before_it_begins_is_to_be_mended() -> None:
    session = a_client(depth="full", before="Y")
    a_row(session, "entry", e_came="2010-05-01", e_how="visa", e_left="2009-05-01")
    [broken] = [one for one in session.violations() if one.violation == "constraint"]
    assert broken.definition.name == "e_left"


def test_every_rule_has_a_sentence_that_says_how_to_mend_it() -> None:
    session = with_every_table()
    said = {session.text(one.path, "constraint", ENGLISH).text for one in session.walk()} - {""}
    assert said
    assert [words for words in said if not any(verb in words for verb in MEND)] == []


@pytest.mark.parametrize("role", ROLES)
def test_every_word_is_in_spanish_and_marked_a_draft(role: Role) -> None:
    session = with_every_table()
    missing = [
        one.path
        for one in session.walk()
        if session.text(one.path, role, ENGLISH).text and session.text(one.path, role, SPANISH).fallback
    ]
    assert missing == []
    lines = (the_screening().folder / "languages" / "es.csv").read_text(encoding="utf-8").splitlines()
    assert {line.rsplit(",", 1)[1] for line in lines[1:]} == {"draft"}


def test_questions_are_short_enough_to_say_aloud() -> None:
    session = with_every_table()
    asked = {
        one.path: session.text(one.path, "label", ENGLISH).text
        for one in session.walk()
        if one.kind is Kind.QUESTION
    }
    assert [label for label in asked.values() if len(label.split()) > 17] == []


def test_choices_in_two_languages_fit_one_line() -> None:
    session = with_every_table()
    asked = [one.path for one in session.walk() if one.kind is Kind.QUESTION and one.relevant]
    lines = {
        f"{other.label.text} · {one.label.text}"
        for path in asked
        for one, other in zip(session.choices(path, ENGLISH), session.choices(path, SPANISH), strict=True)
    }
    assert [line for line in lines if len(line) > 90] == []
