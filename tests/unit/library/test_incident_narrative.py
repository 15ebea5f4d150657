"""What of a narrative looks like a name or a number."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.library.incident.narrative import SpanKind, known_words, look


def found(text: str) -> list[tuple[str, str]]:
    return [(span.kind.value, text[span.start : span.end]) for span in look(text).spans]


@pytest.mark.parametrize(
    ("text", "kind", "piece"),
    [
        ("Call 212-555-0100 after six.", "phone", "212-555-0100"),
        ("Call (718) 555 0199.", "phone", "(718) 555 0199"),
        ("call 2125550100", "phone", "2125550100"),
        ("her number is +1 212 555 0100", "phone", "+1 212 555 0100"),
        ("my sister, +593 99 555 0100", "phone", "+593 99 555 0100"),
        ("ask at 555-0100", "phone", "555-0100"),
        ("He is A012345678.", "a_number", "A012345678"),
        ("the paper says A 012-345-678", "a_number", "A 012-345-678"),
        ("they wrote A# 12345678 down", "a_number", "A# 12345678"),
        ("social 000-12-3456", "ssn", "000-12-3456"),
        ("social 000 12 3456", "ssn", "000 12 3456"),
        ("write to someone@example.org", "email", "someone@example.org"),
        ("receipt IOE0912345678", "number", "IOE0912345678"),
        ("account 000123456789", "number", "000123456789"),
        ("at 120 Example Avenue", "address", "120 Example Avenue"),
        ("at 120-15 example st", "address", "120-15 example st"),
        ("she lives in apt 4B", "address", "apt 4B"),
    ],
)
def test_what_has_the_shape_of_a_number_or_an_address_is_found(text: str, kind: str, piece: str) -> None:
    assert found(text) == [(kind, piece)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Maria Example opened the door.", ["Maria Example"]),
        ("Then Juan de la Example came.", ["Juan de la Example"]),
        ("Mr. Invented said go home.", ["Mr. Invented"]),
        ("We asked Dr. Lee-Example.", ["Dr. Lee-Example"]),
        ("Me llamo Rosa.", ["Rosa"]),
        ("It was O'Example's car.", ["O'Example's"]),
        ("I called Rosa. Rosa did not answer.", ["Rosa", "Rosa"]),
        ("he is called: Rosa", ["Rosa"]),
        ("Мария Примерова открыла дверь.", ["Мария Примерова"]),
    ],
)
def test_names_are_guessed_from_their_capitals(text: str, names: list[str]) -> None:
    assert found(text) == [("name", name) for name in names]


@pytest.mark.parametrize(
    "text",
    [
        "A man in a green jacket shouted at us.",
        "On Monday two ICE officers came to Queens.",
        "He said: Speak English! We left.",
        "It was at 7:30 on 2026-11-02, the 2nd time in 3 weeks.",
        "They asked for $2,500 in cash.",
        "The NYPD took a report in Staten Island.",
        "",
    ],
)
def test_what_everybody_knows_is_no_name(text: str) -> None:
    assert found(text) == []


def test_a_single_name_that_opens_a_sentence_is_missed_and_that_is_said() -> None:
    # Every first word has a capital: only a person can tell this one.
    assert found("Rosa opened the door.") == []


@pytest.mark.parametrize("text", ["রোজা দরজা খুলল", "罗莎开了门", "فتحت روزا الباب"])
def test_a_script_without_capitals_is_said_not_to_be_read_for_names(text: str) -> None:
    assert look(text).names_unread
    assert look(text).spans == ()
    assert not look("She opened the door.").names_unread


def test_numbers_are_found_in_any_script_around_them() -> None:
    assert found("আমার নম্বর 212-555-0100") == [("phone", "212-555-0100")]


@given(st.text(max_size=300))
def test_any_text_is_read_and_spans_are_in_order_and_apart(text: str) -> None:
    spans = look(text).spans
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@given(
    st.from_regex(r"[2-9][0-9]{2}-555-01[0-9]{2}", fullmatch=True), st.sampled_from(["", "so he ", "(", "\n"])
)
def test_every_invented_telephone_number_is_found(number: str, before: str) -> None:
    assert (SpanKind.PHONE.value, number) in found(f"{before}{number}, he said")


@pytest.mark.parametrize("piece", ["Maria said 212 ", "1", "a", "1 a ", "a@", "A-", "Dr. "])
def test_a_very_long_text_does_not_hold_anybody_up(piece: str) -> None:
    begun = time.perf_counter()
    look(piece * (60_000 // len(piece)))
    assert time.perf_counter() - begun < 2


def test_the_known_words_are_in_lower_case() -> None:
    assert "monday" in known_words()
    assert all(word == word.lower() for word in known_words())
