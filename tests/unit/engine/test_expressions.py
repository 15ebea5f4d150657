"""The function library and ODK's casts, expression by expression."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.engine import FormRefused, Session, load_form
from forms.engine.grammar import parse
from forms.engine.numbers import read_number, write_number
from tests.unit.engine.builders import NOON, a_session, bind

HERE: Final = Path(__file__).parent
TEMPLATE: Final = (HERE / "expressions.xml").read_text(encoding="utf-8")
CASES: Final = json.loads((HERE / "expressions.json").read_text(encoding="utf-8"))["cases"]


def value_of(expression: str) -> str:
    form = load_form(TEMPLATE.replace("@EXPRESSION@", escape(expression, quote=True)).encode())
    return Session.start(form, NOON.replace(hour=9, minute=30)).state("/data/out").value


@pytest.mark.parametrize(("expression", "expected"), CASES)
def test_an_expression_gives_what_odk_gives(expression: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(FormRefused):
            value_of(expression)
    else:
        assert value_of(expression) == expected


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_written_reads_back_as_itself(number: float) -> None:
    assert read_number(write_number(number)) == number


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1e21, "1e+21"),
        (1e20, "100000000000000000000"),
        (1e-7, "1e-7"),
        (1.5e-7, "1.5e-7"),
        (0.000001, "0.000001"),
        (-0.0, "0"),
        (float("nan"), ""),
        (float("inf"), "Infinity"),
        (float("-inf"), "-Infinity"),
        (123456.789, "123456.789"),
        (-1.25e25, "-1.25e+25"),
        (153143682176112608.0, "153143682176112600"),
        (2.0**53, "9007199254740992"),
        (-123456789012345680000.0, "-123456789012345680000"),
    ],
)
def test_a_number_is_written_as_browsers_write_it(number: float, text: str) -> None:
    assert write_number(number) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [(" 12 ", 12.0), ("0x1f", 31.0), ("1e3", 1000.0), ("+4", 4.0), ("-Infinity", float("-inf")), ("", 0.0)],
)
def test_a_number_is_read_as_browsers_read_it(text: str, number: float) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize("source", ["1 +", "a[", "(1", "a b", "'x", "", "foo::a", "$x", "@", "a/", "1 = "])
def test_what_is_no_expression_is_refused_with_a_sentence(source: str) -> None:
    with pytest.raises(FormRefused) as caught:
        parse(source)
    assert caught.value.message.endswith(".")


@pytest.mark.parametrize(
    "function", ["document('x')", "unparsed-text('x')", "doc('x')", "system-property('x')"]
)
def test_nothing_in_a_form_opens_a_file(function: str) -> None:
    with pytest.raises(FormRefused, match="no function"):
        a_session(binds=bind("/data/a", calculate=function))


def test_uuid_and_random_are_kept_as_answers() -> None:
    session = a_session(binds=bind("/data/a", calculate="uuid()") + bind("/data/b", calculate="random()"))
    assert len(session.state("/data/a").value) == 36
    assert 0 <= float(session.state("/data/b").value) < 1
    again = Session.open(session.form, session.answers, NOON)
    assert again.submission() == session.submission()


def test_today_is_the_local_day_of_the_clock_that_was_passed_in() -> None:
    session = a_session(binds=bind("/data/a", calculate="today()", type="date"))
    assert session.state("/data/a").value == "2026-11-28"


def test_a_pattern_that_would_run_away_does_not() -> None:
    evil = "regex('" + "a" * 60 + "!', '^(a+)+$')"
    assert a_session(binds=bind("/data/a", calculate=evil)).state("/data/a").value == "false"


def test_a_broken_pattern_is_refused() -> None:
    with pytest.raises(FormRefused, match="pattern"):
        a_session(binds=bind("/data/a", calculate="regex('a', '(')"))
