from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.widgets.typed import days_between, read, shown


@pytest.mark.parametrize(
    "written", ["18 Aug 2024", "Aug 18 2024", "8/18/2024", "2024-08-18", "August 18, 2024", " 18 aug 2024 "]
)
def test_a_date_is_understood_however_it_is_written(written: str) -> None:
    assert read(written, "date").answer == "2024-08-18"


@pytest.mark.parametrize(
    "written", ["Aug 2024", "2024", "18 Aug", "8/24", "32 Aug 2024", "soon", "18/19/2024"]
)
def test_what_is_no_whole_date_is_asked_for_again_and_never_guessed(written: str) -> None:
    typed = read(written, "date")
    assert typed.answer == ""
    assert "18 Aug 2024" in typed.problem


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_every_date_reads_back_as_it_is_shown(day: date) -> None:
    assert read(shown(day.isoformat(), "date"), "date").answer == day.isoformat()


@pytest.mark.parametrize(
    ("kind", "written", "answer"),
    [
        ("phone", "(718) 555-0142", "7185550142"),
        ("phone", "+1 718.555.0142", "7185550142"),
        ("a-number", "A 061-234-507", "061234507"),
        ("a-number", "a#061234507", "061234507"),
        ("ssn", "000-12-3456", "000123456"),
        ("zip", " 11372 ", "11372"),
        ("phone", "ask my son", "ask my son"),
    ],
)
def test_numbers_are_kept_as_digits_and_anything_else_as_it_was_typed(
    kind: str, written: str, answer: str
) -> None:
    assert read(written, "string", kind).answer == answer


@given(st.sampled_from(["phone", "a-number", "ssn"]), st.text("0123456789", min_size=1, max_size=12))
def test_digits_read_back_as_they_are_shown(kind: str, digits: str) -> None:
    once = read(shown(digits, "string", kind), "string", kind).answer
    assert read(shown(once, "string", kind), "string", kind).answer == once


@pytest.mark.parametrize(
    ("written", "answer"), [("2", "2"), ("007", "7"), ("$1,200", "1200"), ("-3", "-3"), ("", ""), ("٣", "3")]
)
def test_a_whole_number_is_understood(written: str, answer: str) -> None:
    assert read(written, "int").answer == answer


@pytest.mark.parametrize("written", ["two", "2.5", "1e9", "1" * 16])
def test_what_is_no_whole_number_is_said(written: str) -> None:
    typed = read(written, "int")
    assert typed.answer == ""
    assert "whole number" in typed.problem


@given(st.text(max_size=60))
def test_free_text_is_kept_but_for_the_blanks_around_it(text: str) -> None:
    assert read(text, "string").answer == text.strip()


def test_days_between_counts_nights_and_knows_when_it_cannot() -> None:
    assert days_between("2024-06-20", "2024-08-27") == 68
    assert days_between("2024-06-20", "") is None
