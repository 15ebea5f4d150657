"""The naturalization intake: what it asks, in which words, and when."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, Literal

import pytest

from forms.engine import Definition, Kind, NodeState, Session
from forms.library.attention import ATTENTION
from forms.library.items import GATE, ITEM, SHARED
from tests.unit.library.builders import (
    BENGALI,
    ENGLISH,
    NOON,
    a_filling,
    a_full_filling,
    example,
    the_form,
    the_intake,
)

SECTIONS = {
    "consent": "Consent and safety",
    "about": "About the client",
    "addresses": "Where they lived",
    "marriage": "Marriage",
    "children": "Children",
    "work": "Work and school",
    "trips": "Trips",
    "questions": "Questions 1 to 37",
    "fee": "Fee help",
    "contact": "Contact",
    "visit": "This visit",
    "papers": "Papers brought",
}
KINDS = {"a-number", "phone", "ssn", "zip", "email", "state", "digits"}
LETTERED = {5: "ab", 6: "abc", 7: "abcdefg", 8: "ab", 10: "abc", 15: "ab", 17: "abcdefgh",
            22: "ab", 26: "abcd", 30: "ab"}  # fmt: skip
Role = Literal["label", "hint", "constraint"]
ROLES: Final[tuple[Role, ...]] = ("label", "hint", "constraint")
MEND = ("Check", "Count", "Read", "Write", "Change", "check", "offer")


def paper_items() -> set[str]:
    """Every item the paper has a box for."""
    paper = tomllib.loads((the_intake().folder / "paper.toml").read_text(encoding="utf-8"))
    single = {item["id"] for item in paper["item"]}
    return single | {f"{rows['id']}.{one['key']}" for rows in paper["list"] for one in rows["column"]}


def marked(attribute: str) -> Iterator[Definition]:
    return (one for one in the_form().definitions() if attribute in one.attributes)


def below(section: str) -> Iterator[tuple[Session, NodeState]]:
    """The nodes of a section, rows included."""
    session = a_full_filling()
    return ((session, one) for one in session.walk() if f"{one.path}/".startswith(f"/data/{section}/"))


def test_every_item_of_the_paper_is_asked_exactly_once() -> None:
    asked = Counter(
        one.attributes[ITEM]
        for one in marked(ITEM)
        if one.kind is Kind.QUESTION and not one.attributes[ITEM].startswith(SHARED)
    )
    arrays = {"P2.6.other.value": "P2.6.other", "P2.9.other.value": "P2.9.other"}
    on_paper = {arrays.get(item, item) for item in asked if item != "P7.present"}
    assert [item for item, times in asked.items() if times > 1] == []
    assert on_paper == paper_items()


def test_all_questions_of_part_nine_are_asked_in_their_order() -> None:
    numbered = [
        f"P9.{number}{letter}" for number in range(1, 38) for letter in LETTERED.get(number, "") or ("",)
    ]
    asked = [
        one.attributes[ITEM]
        for one in the_form().definition("/data/questions").children
        if one.control == "select1"
    ]
    assert asked == numbered


def test_sections_have_their_names_and_order() -> None:
    session = a_filling()
    found = {
        state.definition.name: session.text(state.path, "label", ENGLISH).text for state in session.children()
    }
    assert {name: label for name, label in found.items() if name in SECTIONS} == SECTIONS
    assert [name for name in found if name in SECTIONS] == list(SECTIONS)


def test_without_consent_a_sentence_says_to_stop() -> None:
    session = Session.start(the_form(), NOON)
    assert session.state("/data/consent/agrees").violation == "required"
    session.set("/data/consent/agrees", "N")
    assert session.state("/data/consent/agrees").violation == "constraint"
    assert "stop here" in session.text("/data/consent/agrees", "constraint", ENGLISH).text


def test_every_attention_names_answers_that_can_be_given() -> None:
    session = a_filling()
    found = list(marked(ATTENTION))
    assert found
    for one in found:
        offered = {choice.value for choice in session.choices(one.path, ENGLISH)} | {"unknown", "declined"}
        if one.control == "select1" and session.state(one.path).relevant:
            assert set(one.attributes[ATTENTION].split()) <= offered, one.path
        assert set(one.attributes[ATTENTION].split()) <= {*"YNCDEFG", "unknown", "declined"}, one.path


def test_the_questions_about_conduct_call_the_attorney_the_way_they_are_printed() -> None:
    said_no = {"P9.16", "P9.22b", "P9.30b", "P9.31", "P9.32", "P9.34", "P9.35", "P9.36", "P9.37"}
    calm = {"P9.22a", "P9.26a"}
    for one in the_form().definition("/data/questions").children:
        item = one.attributes.get(ITEM, "")
        if one.control != "select1" or item in calm:
            continue
        assert ("N" if item in said_no else "Y") in one.attributes[ATTENTION].split(), item


def test_every_timeline_names_the_two_dates_of_its_rows() -> None:
    found = list(marked("ourny:timeline"))
    assert {one.name for one in found} == {"prior", "job", "trip"}
    for one in found:
        dates = {child.name for child in one.children if child.type == "date"}
        begins, ends = one.attributes["ourny:timeline"].split()
        assert {begins, ends} <= dates, one.path


def test_every_table_says_what_one_row_is_called() -> None:
    tables = [one for one in the_form().definitions() if one.kind is Kind.REPEAT]
    assert all(one.attributes.get("ourny:row") for one in tables)
    assert all(one.attributes.get(ITEM) for one in tables)


def test_kinds_and_gates_are_known_ones() -> None:
    items = {one.attributes[ITEM] for one in marked(ITEM)}
    assert {one.attributes["ourny:kind"] for one in marked("ourny:kind")} <= KINDS
    for one in marked(GATE):
        gate = one.attributes[GATE]
        assert any(item == gate or item.startswith(f"{gate}.") for item in items), one.path


def test_sections_of_the_paper_name_their_part() -> None:
    sources = {one.name: one.attributes["ourny:source"] for one in marked("ourny:source")}
    assert sources["trips"] == "N-400 Part 8"
    assert sources["questions"] == "N-400 Part 9"


def test_every_rule_has_a_sentence_that_says_how_to_mend_it() -> None:
    session = a_full_filling()
    said = {session.text(one.path, "constraint", ENGLISH).text for one in session.walk()} - {""}
    assert said
    assert [words for words in said if not any(verb in words for verb in MEND)] == []


@pytest.mark.parametrize("section", ["consent", "about", "trips"])
@pytest.mark.parametrize("role", ROLES)
def test_the_promised_sections_are_whole_in_bengali(section: str, role: Role) -> None:
    missing = [
        one.path
        for session, one in below(section)
        if session.text(one.path, role, ENGLISH).text and session.text(one.path, role, BENGALI).fallback
    ]
    assert missing == []


@pytest.mark.parametrize("section", ["consent", "about"])
def test_choices_of_the_promised_sections_are_in_bengali(section: str) -> None:
    offered = [
        (one.path, choice)
        for session, one in below(section)
        if one.relevant and one.definition.control in {"select", "select1"}
        for choice in session.choices(one.path, BENGALI)
    ]
    assert offered
    assert [(path, choice.value) for path, choice in offered if choice.label.fallback] == []


def test_the_titles_of_all_sections_are_in_bengali() -> None:
    session = a_filling()
    assert [name for name in SECTIONS if session.text(f"/data/{name}", "label", BENGALI).fallback] == []


def test_the_bengali_is_kept_as_a_draft_until_it_is_reviewed() -> None:
    lines = (the_intake().folder / "languages" / "bn.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "sheet,list,name,column,text,state"
    assert {line.rsplit(",", 1)[1] for line in lines[1:]} <= {"draft", "reviewed"}


def test_the_example_names_only_what_the_form_asks() -> None:
    path: Path = the_intake().folder / "examples" / "first.json"
    told: Mapping[str, object] = json.loads(path.read_text(encoding="utf-8"))
    assert told["form"] == "N-400"
    known = {one.attributes[ITEM] for one in marked(ITEM)}
    assert {item for item in example() if item not in known} == {"P3.3"}
