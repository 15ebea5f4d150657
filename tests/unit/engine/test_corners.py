"""Odd expressions and odd forms: what ODK's engine says too, and what is refused in one sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from forms.engine import FormRefused, Session, load_form
from forms.engine.closed_xml import parse
from forms.engine.patterns import matches
from tests.unit.engine.builders import NOON, a_form, a_session, bind, xml

INSTANCE: Final = (
    "<a>3</a><b>x</b><e/><w>Ünï😀x</w><d>2024-02-29</d><g><x>1</x><y>x</y></g>"
    "<r><x>4</x></r><r><x>5</x></r><out/>"
)
BODY: Final = (
    '<group ref="/data/r"><repeat nodeset="/data/r"><input ref="/data/r/x"/></repeat></group>'
    '<input ref="/data/a"/>'
)
CORNERS: Final = json.loads((Path(__file__).parent / "corners.json").read_text("utf-8"))["cases"]
NEW_YORK: Final = NOON.astimezone(ZoneInfo("America/New_York"))


@pytest.mark.parametrize(("expression", "value"), CORNERS)
def test_an_odd_expression_says_what_odk_says(expression: str, value: str) -> None:
    form = load_form(xml(INSTANCE, bind("/data/out", calculate=expression), BODY))
    assert Session.start(form, NEW_YORK).state("/data/out").value == value


@pytest.mark.parametrize(
    "expression",
    [
        "uuid(20000)",
        "indexed-repeat(/data/r/x, /data/r, 1, /data/g)",
        "jr:choice-name('x', '/data/nowhere')",
        "jr:choice-name('x', '/data/a')",
        "translate('x')",
    ],
)
def test_what_makes_no_sense_is_refused(expression: str) -> None:
    with pytest.raises(FormRefused, match="/data/out"):
        a_session(INSTANCE, bind("/data/out", calculate=expression), BODY)


def test_a_text_cannot_grow_past_all_measure() -> None:
    grown = f"concat({', '.join(['/data/b'] * 200)})"
    with pytest.raises(FormRefused, match="longer than"):
        a_session(f"<a/><b>{'x' * 60_000}</b>", bind("/data/a", calculate=grown))


def test_half_an_emoji_is_a_replacement_sign() -> None:
    assert (
        a_session(binds=bind("/data/a", calculate="substr('a😀', 1, 2)")).state("/data/a").value == "\ufffd"
    )


def test_a_pattern_with_counts_is_weighed_first() -> None:
    assert matches("(?=.)[(]a{3,}b", "(aaab")
    assert matches("(?!x)(a{2}|b){1,3}$", "aab")
    with pytest.raises(FormRefused, match="repeats too often"):
        matches("(?=a)(ab){9}{9}{999}{999}", "ab")


@pytest.mark.parametrize(
    ("untrusted", "words"),
    [
        (b" " * (64 * 2**20 + 1), "larger than 64 MB"),
        (b"<?xml version='1.0' encoding='nonsense'?><a/>", "XML"),
    ],
)
def test_a_document_that_is_none_gets_a_sentence(untrusted: bytes, words: str) -> None:
    with pytest.raises(FormRefused, match=words):
        parse(untrusted, "The form")


ITEMSET: Final = (
    '<select1 ref="/data/a">{more}<itemset nodeset="{nodes}"><value ref="x"/></itemset></select1>'
)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            ITEMSET.format(nodes="/data/b", more="<item><value>1</value></item>"),
            "both an itemset and choices",
        ),
        (ITEMSET.format(nodes="1 +", more=""), "choices"),
        (ITEMSET.format(nodes="'x'", more=""), "/data/a"),
        ('<input ref="/data/a"><label><output value="1 +"/></label></input>', "label or hint"),
    ],
)
def test_a_form_that_contradicts_itself_is_refused(body: str, words: str) -> None:
    with pytest.raises(FormRefused, match=words):
        Session.start(a_form(body=body), NOON).choices("/data/a")


def test_rows_that_the_form_itself_fixes_are_there_at_once() -> None:
    session = a_session(
        '<a/><g><b/></g><r jr:template=""><x/></r>',
        "",
        '<group ref="/data/r"><repeat nodeset="/data/r" jr:count="2" jr:noAddRemove="true()">'
        '<input ref="/data/r/x"/></repeat></group>',
    )
    assert len(session.children("/data/r")) == 2
    assert session.submission().count(b"<r>") == 2


def test_words_that_cannot_be_computed_name_their_node() -> None:
    session = a_session(body='<input ref="/data/a"><label><output value="distance(\'x\')"/></label></input>')
    with pytest.raises(FormRefused, match="/data/a, label"):
        session.text("/data/a")


def test_a_choice_without_words_shows_its_value() -> None:
    session = a_session(
        "<a/>",
        '<instance id="l"><root><item><name>1</name></item></root></instance>',
        '<select1 ref="/data/a"><itemset nodeset="instance(\'l\')/root/item"><value ref="string(name)"/>'
        "</itemset></select1>",
    )
    assert [choice.label.text for choice in session.choices("/data/a")] == ["1"]
