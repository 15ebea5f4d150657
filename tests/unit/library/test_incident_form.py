"""The incident report: what it asks, in which words, and when."""

from __future__ import annotations

import csv
import json
from collections import Counter
from functools import cache
from pathlib import Path
from random import Random
from typing import Final, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.engine import Kind, Session, compile_xlsform, lint
from forms.library.attention import ATTENTION, attention
from forms.library.items import GATE, ITEM, fill_from_items, items_of
from forms.library.progress import SectionState, agreed, sections
from ournydesk.domain.answers import Said
from tests.unit.library.incidents import (
    ENGLISH,
    NOON,
    PLAIN,
    SHARED,
    SPANISH,
    a_call,
    a_report,
    a_row,
    paths,
    put,
    questions,
    row_paths,
    the_form,
    the_incident,
    usual,
    walk_through,
)

MOST_IN_A_CALL: Final = 17
"""At some seven seconds a question, these are two minutes."""
BRANCHES: Final = {
    "signs": {"hate", "intimidation", "school", "health", "discrimination"},
    "threats": {"intimidation"},
    "enforcement": {"enforcement"},
    "operation": {"enforcement"},
    "schooling": {"school"},
    "care": {"health"},
    "denial": {"discrimination"},
}
KINDS: Final = ("hate", "intimidation", "enforcement", "school", "health", "discrimination", "other")
REFERENCE: Final = (
    Path(__file__).resolve().parents[4] / "shared" / "domain" / "reference_data.json",
    "the reference data is not beside the project",
)
FEW: Final = 7
"""Longer lists have a search instead of all their answers at once."""
Role = Literal["label", "hint", "constraint"]
ROLES: Final[tuple[Role, ...]] = ("label", "hint", "constraint")
MEND: Final = ("Check", "Count", "Write", "Change", "stop here")


def choices(list_name: str) -> list[dict[str, str]]:
    with (the_incident().folder / "choices.csv").open(encoding="utf-8", newline="") as sheet:
        return [row for row in csv.DictReader(sheet) if row["list_name"] == list_name]


@cache
def coverage() -> dict[str, int]:
    return {one.language: one.translated for one in lint.check(the_incident().folder).coverage}


def with_everything() -> Session:
    """Every kind of incident, every branch that a yes opens, a row in every table."""
    answers = {
        "agrees": "Y", "kinds": " ".join(KINDS), "role": "affected", "safe_contact": "call email",
        "place": "online", "p_part": "affected alleged witness", "p_many": "one", "share_press": "named",
        "marks": " ".join(row["name"] for row in choices("signs")),
        "marks_around": " ".join(row["name"] for row in choices("signs_around")),
        "s_matter": "bullying enrolment access officers", "o_warrant": "judicial", "o_entry": "broke",
    }  # fmt: skip
    return walk_through(answers, lambda offered: usual(offered, "Y"))[0]


def test_it_compiles_without_a_warning_and_checks_clean() -> None:
    assert compile_xlsform(the_incident().folder).warnings == ()
    assert lint.check(the_incident().folder).findings == ()


def test_no_name_of_a_question_and_no_item_stands_twice() -> None:
    names = Counter(one.name for one in the_form().definitions())
    items = Counter(one.attributes[ITEM] for one in questions() if ITEM in one.attributes)
    assert [name for found in (names, items) for name, times in found.items() if times > 1] == []
    assert all(ITEM in one.attributes or GATE in one.attributes for one in questions())


def test_consent_comes_first_and_says_what_this_is_not() -> None:
    session = Session.start(the_form(), NOON)
    first = next(iter(session.children("/data/consent")))
    words = session.text(first.path, "label", ENGLISH).text
    assert next(iter(session.children())).definition.name == "consent"
    assert "not an alert system" in words
    assert "not 911" in words
    assert "never call the police" in words


def test_without_consent_a_sentence_says_to_stop() -> None:
    session = put(Session.start(the_form(), NOON), agrees="N")
    assert session.state(paths()["agrees"]).violation == "constraint"
    assert "stop here" in session.text(paths()["agrees"], "constraint", ENGLISH).text
    assert not agreed(session)
    assert agreed(a_call())


def test_a_plain_call_is_short_and_whole() -> None:
    session, asked = walk_through(PLAIN)
    assert len(asked) <= MOST_IN_A_CALL
    assert session.violations() == ()
    assert {one.state for one in sections(session)} == {SectionState.DONE, SectionState.NOT_ASKED}


def test_the_call_asks_first_who_is_in_danger() -> None:
    asked = [one.name for one in the_form().definition("/data/call").children if one.control]
    assert asked[:5] == ["danger", "danger_who", "danger_words", "held", "child"]


def test_the_full_form_stands_behind_one_question() -> None:
    for one in a_call().children():
        name = one.definition.name
        if one.kind is Kind.GROUP and name not in {"consent", "call", "meta"}:
            assert not one.relevant, name
    assert a_call(more="Y").state("/data/event").relevant


@pytest.mark.parametrize("kind", KINDS)
def test_a_branch_appears_only_when_its_kind_was_chosen(kind: str) -> None:
    session = a_call(more="Y", kinds=kind)
    shown = {name for name in BRANCHES if session.state(f"/data/{name}").relevant}
    assert shown == {name for name, opens in BRANCHES.items() if kind in opens}


@pytest.mark.parametrize(
    ("matter", "question"),
    [
        ("bullying", "s_bullying_how"),
        ("enrolment", "s_demand"),
        ("access", "s_lacking"),
        ("officers", "s_inside"),
    ],
)
def test_a_school_branch_appears_only_when_it_is_about_that(matter: str, question: str) -> None:
    asked = {"s_bullying_how", "s_demand", "s_lacking", "s_inside"}
    session = put(a_call(more="Y", kinds="school"), s_matter=matter)
    assert {name for name in asked if session.state(paths()[name]).relevant} == {question}


@given(st.randoms(use_true_random=False))
def test_every_path_reaches_its_end(chance: Random) -> None:
    session, asked = walk_through({"agrees": "Y"}, chance.choice)
    assert asked[-1] in {"more", "narrative_read"}
    broken = [
        (one.path, one.violation) for one in session.violations() if one.definition.name != "press_parts"
    ]
    assert broken == []


def test_what_somebody_must_look_at_calls_somebody() -> None:
    session = a_call(more="Y", danger="Y", danger_who="a man", held=Said.UNKNOWN, child="Y")
    a_row(session, "person", p_called="the tenant", p_part="affected", p_held="Y")
    assert [(one.item, one.answered) for one in attention(session)] == [
        ("I.danger", "Y"),
        ("I.held", "unknown"),
        ("I.child", "Y"),
        ("I.person.p_held", "Y"),
    ]
    assert attention(a_call()) == ()


def test_every_attention_names_answers_that_can_be_given() -> None:
    session = with_everything()
    for one in session.walk():
        marked = set(one.definition.attributes.get(ATTENTION, "").split())
        if marked and one.relevant:
            assert marked <= set(one.offered) | {"unknown", "declined"}, one.path


def test_every_rule_has_a_sentence_that_says_how_to_mend_it() -> None:
    session = with_everything()
    said = {session.text(one.path, "constraint", ENGLISH).text for one in session.walk()} - {""}
    assert said
    assert [words for words in said if not any(verb in words for verb in MEND)] == []


def test_every_nibrs_bias_code_of_the_reference_is_there_once() -> None:
    path, reason = REFERENCE
    if not path.is_file():
        pytest.skip(reason)
    wanted = json.loads(path.read_text(encoding="utf-8"))["nibrs_bias"]
    assert Counter(row["nibrs"] for row in choices("bias")) == Counter(list(wanted))
    assert {row["nibrs"]: row["label"] for row in choices("bias")} == wanted


def test_nibrs_has_thirty_six_bias_codes_and_our_own_axis_stands_beside_them() -> None:
    assert len({row["nibrs"] for row in choices("bias")}) == 36
    assert {"status", "language", "accent"} <= {row["name"] for row in choices("axis")}
    assert {row["nibrs"] for row in choices("axis")} <= {"33", ""}


@pytest.mark.parametrize(
    ("chosen", "stands"),
    [
        ("anti_arab anti_islamic_muslim", True),
        ("none", True),
        ("none anti_arab", False),
        ("unknown anti_sikh", False),
        ("anti_arab anti_asian anti_sikh anti_hindu anti_jewish", True),
        ("anti_arab anti_asian anti_sikh anti_hindu anti_jewish anti_white", False),
    ],
)
def test_an_act_has_up_to_five_bias_codes_and_none_stands_alone(chosen: str, stands: bool) -> None:
    session = a_report()
    row = a_row(session, "act", a_what="shouted", a_type="insult", a_bias=chosen)
    assert (session.state(f"{row}/a_bias").violation is None) is stands


def test_an_act_keeps_its_codes_beside_its_words() -> None:
    session = a_report()
    row = a_row(
        session, "act", a_what="threatened", a_type="threat", a_bias="anti_sikh anti_arab", a_axis="status"
    )
    worked_out = [
        session.state(f"{row}/{name}").value for name in ("a_offense", "a_bias_codes", "a_axis_codes")
    ]
    assert worked_out == ["13C", "31 85", "33"]


def test_signs_of_bias_are_a_check_list_and_each_wants_its_evidence() -> None:
    listed = [row["name"] for name in ("signs", "signs_around") for row in choices(name)]
    session = put(a_report(), marks="words cruelty", marks_around="timing")
    shown = {name for name in listed if session.state(paths()[f"mark_{name}"]).relevant}
    assert len(listed) == 13
    assert shown == {"words", "cruelty", "timing"}
    assert session.state(paths()["mark_words"]).violation == "required"


def test_a_warrant_is_a_judges_or_an_officers() -> None:
    names = {row["name"] for row in choices("warrant")}
    assert {"judicial", "administrative", "none", "not_seen"} <= names


def test_a_sighting_is_shared_with_nobody_until_somebody_says_so() -> None:
    session = a_report(kinds="enforcement")
    assert session.state(paths()["e_tier"]).value == "nobody"
    assert session.state(paths()["e_status"]).value == "reported"
    put(session, e_status="verified")
    assert session.state(paths()["e_verifier"]).violation == "required"


def test_an_a_number_is_asked_only_with_the_familys_word() -> None:
    session = put(a_report(kinds="enforcement"), o_taken="Y")
    assert not session.state(paths()["o_a_number"]).relevant
    put(session, o_a_number_may="Y")
    assert session.state(paths()["o_a_number"]).relevant


def test_several_people_take_part_in_several_acts() -> None:
    session = a_report()
    for called, part in (("the tenant", "affected"), ("the landlord", "alleged"), ("a neighbor", "witness")):
        a_row(session, "person", p_called=called, p_part=part)
    first = a_row(session, "act", a_what="shouted", a_to="p1", a_by="p2", a_saw="p3")
    second = a_row(session, "act", a_what="hit", a_to="p1 p3", a_by="p2")
    assert session.state(f"{first}/a_saw").value == "p3"
    assert session.state(f"{second}/a_to").value == "p1 p3"
    offered = [choice.label.text.strip() for choice in session.choices(f"{second}/a_to", ENGLISH)]
    assert [" ".join(one.split()) for one in offered] == ["P1 the tenant", "P2 the landlord", "P3 a neighbor"]


def test_rows_keep_their_ids_and_their_links_when_others_go() -> None:
    session = a_report()
    people = [a_row(session, "person", p_called=name, p_part="other") for name in ("one", "two", "three")]
    act = a_row(session, "act", a_what="shouted", a_to="p1 p3", a_by="p2")
    session.remove_row(people[0])
    assert row_paths(session, "person") == (people[1], people[2])
    assert session.state(f"{act}/a_to").value == "p3"
    assert session.state(f"{act}/a_by").value == "p2"
    late = a_row(session, "person", p_called="four", p_part="other")
    assert session.state(f"{late}/p_key").value == "p4"
    again = Session.open(the_form(), session.answers, NOON)
    assert row_paths(again, "person") == (people[1], people[2], late)
    assert [again.state(f"{one}/p_key").value for one in row_paths(again, "person")] == ["p2", "p3", "p4"]
    assert again.state(f"{act}/a_to").value == "p3"
    assert again.answers == session.answers


def test_a_twelfth_person_and_a_twelfth_act_can_still_be_named() -> None:
    session = put(a_report(has_evidence="Y"), marks="words")
    for number in range(12):
        a_row(session, "person", p_called=f"person {number}", p_part="other")
        act = a_row(session, "act", a_what=f"act {number}")
    assert len(session.choices(f"{act}/a_to")) == 12
    assert len(session.choices(paths()["marks_acts"])) == 12
    assert len(session.choices(f"{row_paths(session, 'evidence')[0]}/ev_acts")) == 12


def test_a_name_is_written_only_of_who_agreed() -> None:
    session = a_report()
    row = a_row(session, "person", p_called="the tenant", p_part="affected", p_may_name="N")
    assert not session.state(f"{row}/p_name").relevant
    session.set(f"{row}/p_may_name", "Y")
    assert session.state(f"{row}/p_name").relevant


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("A man shouted at us.", set()),
        ("He called 212-555-0100 twice.", {"narrative_phone"}),
        ("Write to someone@example.org", {"narrative_mail"}),
        ("At 12 Example Avenue\nhe waited.", {"narrative_street"}),
        ("At 7:30 on 3 May 2026 two men came.", set()),
    ],
)
def test_a_narrative_with_a_number_in_it_is_pointed_at(told: str, shown: set[str]) -> None:
    session = put(a_report(), narrative=told)
    notes = {"narrative_phone", "narrative_mail", "narrative_street"}
    assert {name for name in notes if session.state(paths()[name]).relevant} == shown


def test_questions_are_short_enough_to_say_aloud() -> None:
    session = with_everything()
    asked = {
        one.path: session.text(one.path, "label", ENGLISH).text
        for one in session.walk()
        if one.kind is Kind.QUESTION
    }
    assert [label for label in asked.values() if len(label.split()) > 17] == []


def test_words_above_a_field_of_a_row_fit_one_line() -> None:
    session = with_everything()
    cells = [one for one in session.walk() if one.kind is Kind.QUESTION and "[" in one.path]
    labels = {session.text(one.path, "label", ENGLISH).text for one in cells}
    assert [label for label in labels if len(label) > 36] == []


def test_tables_say_what_a_row_is() -> None:
    assert all(one.attributes.get("ourny:row") for one in the_form().definitions() if one.kind is Kind.REPEAT)


@pytest.mark.parametrize("role", ROLES)
def test_every_word_is_in_spanish_and_marked_a_draft(role: Role) -> None:
    session = with_everything()
    missing = [
        one.path
        for one in session.walk()
        if session.text(one.path, role, ENGLISH).text and session.text(one.path, role, SPANISH).fallback
    ]
    assert missing == []
    assert coverage()[SPANISH] == coverage()[ENGLISH]
    for path in (the_incident().folder / "languages").glob("*.csv"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert {line.rsplit(",", 1)[1] for line in lines[1:]} == {"draft"}, path.name


@pytest.mark.parametrize(
    "language", ["Chinese (zh)", "Bengali (bn)", "Haitian Creole (ht)", "Arabic (ar)", "Russian (ru)"]
)
@pytest.mark.parametrize("section", ["consent", "call", "sharing"])
def test_the_call_and_the_consents_can_be_heard_in_the_other_languages(language: str, section: str) -> None:
    session = with_everything()
    missing = [
        (one.path, role)
        for one in session.walk()
        if f"{one.path}/".startswith(f"/data/{section}/")
        for role in ROLES
        if session.text(one.path, role, ENGLISH).text and session.text(one.path, role, language).fallback
    ]
    assert missing == []


def test_choices_of_a_row_stand_beside_each_other_in_two_languages() -> None:
    session = with_everything()
    lists = [
        [
            f"{other.label.text} · {one.label.text}"
            for one, other in zip(
                session.choices(cell.path, ENGLISH), session.choices(cell.path, SPANISH), strict=True
            )
        ]
        for cell in session.walk()
        if cell.kind is Kind.QUESTION and cell.relevant and "[" in cell.path
    ]
    shown_at_once = [line for lines in lists if len(lines) <= FEW for line in lines]
    assert shown_at_once
    assert [line for line in shown_at_once if len(line) > 38] == []


def test_it_takes_and_gives_its_items() -> None:
    told = {
        "C.heard_in": "en",
        "I.agrees": "Y",
        "I.kinds": ["hate", "school"],
        "I.role": "affected",
        "I.more": "Y",
        "I.person": [
            {"p_called": "the tenant", "p_part": ["affected"]},
            {"p_called": "the landlord", "p_part": ["alleged"], "p_many": "one"},
        ],
        "I.act": [{"a_what": "shouted", "a_to": ["p1"], "a_by": ["p2"], "a_bias": ["anti_sikh"]}],
        "I.evidence": [{"ev_kind": "photo", "ev_words": "the door", "ev_holder": "us"}],
    }
    session = Session.start(the_form(), NOON)
    filled = fill_from_items(session, told)
    assert (filled.left_off, filled.refused) == ((), ())
    assert session.state(paths()["has_evidence"]).value == "Y"
    found = items_of(session)
    assert {item: found[item] for item in ("I.kinds", "I.person", "I.act", "I.evidence")} == {
        item: told[item] for item in ("I.kinds", "I.person", "I.act", "I.evidence")
    }


def test_the_explained_consent_is_whole() -> None:
    session = a_report()
    assert set(SHARED) <= {one.name for one in the_form().definition("/data/sharing").children}
    assert session.state(paths()["explained_by"]).violation is None
