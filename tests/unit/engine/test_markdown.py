"""The Markdown of notes: what is styled, what stays as written, what never gets through."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.engine.markdown import Block, Run, Shape, escaped, parse
from tests.unit.engine.builders import a_session


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("plain", (Run("plain"),)),
        ("a **b** c", (Run("a "), Run("b", bold=True), Run(" c"))),
        ("__b__ and _i_", (Run("b", bold=True), Run(" and "), Run("i", italic=True))),
        ("**b *both***", (Run("b ", bold=True), Run("both", bold=True, italic=True))),
        (r"2 \* 3 * 4", (Run("2 * 3 * 4"),)),
        ("a_name_in_code", (Run("a_name_in_code"),)),
        ("see [our *site*](https://example.org/a_b)", None),
        ("[x](javascript:alert(1))", (Run("[x](javascript:alert(1))"),)),
        ("[x](javascript:void)", (Run("x"),)),
        ("[write](mailto:a@example.org)", (Run("write", link="mailto:a@example.org"),)),
        ('<span style="color:red">red</span> & <b>b</b>', (Run("red & b"),)),
        ("one<br/>two", (Run("one\ntwo"),)),
        ("age < 5 and > 2", (Run("age < 5 and > 2"),)),
        ("<script>x</script>", (Run("<script>x</script>"),)),
        ("** not bold **", (Run("** not bold **"),)),
    ],
)
def test_a_line_has_its_styles(text: str, runs: tuple[Run, ...] | None) -> None:
    (block,) = parse(text)
    site = "https://example.org/a_b"
    expected = (Run("see "), Run("our ", link=site), Run("site", italic=True, link=site))
    assert block == Block(Shape.PARAGRAPH, expected if runs is None else runs)


def test_blocks_are_told_apart() -> None:
    blocks = parse("# Rights\nYou may\nstop.\n\n- one\n- **two**\n\n3. third\n### Small #")
    assert [(block.shape.value, block.level, block.number, block.text) for block in blocks] == [
        ("heading", 1, 0, "Rights"),
        ("paragraph", 0, 0, "You may\nstop."),
        ("item", 0, 0, "one"),
        ("item", 0, 0, "two"),
        ("item", 0, 3, "third"),
        ("heading", 3, 0, "Small"),
    ]
    assert parse("") == ()


def test_a_numbered_question_is_no_list() -> None:
    assert parse("1. What is your name?") == (Block(Shape.PARAGRAPH, (Run("1. What is your name?"),)),)


@given(st.text(max_size=60))
def test_escaped_words_are_read_as_they_are(text: str) -> None:
    words = " ".join(text.split())
    assert "".join(block.text for block in parse(escaped(words))) == words


@given(st.text("*_[]()<>#-1. \\a\n", max_size=80))
def test_whatever_is_written_can_be_read(text: str) -> None:
    assert all(run.text for block in parse(text) for run in block.runs if block.shape is Shape.PARAGRAPH)


def test_a_long_row_of_marks_takes_no_time() -> None:
    started = time.perf_counter()
    for text in ("**a" * 1300, "*a **b " * 500, "[" * 3900, "_a" * 1900, "*" * 100_000):
        parse(text)
    assert time.perf_counter() - started < 2


def test_an_answer_in_a_label_is_never_markup() -> None:
    session = a_session(body='<input ref="/data/a"><label>**Dear** <output value="/data/a"/></label></input>')
    session.set("/data/a", "*[x](https://example.org)*")
    assert session.formatted("/data/a") == (
        Block(Shape.PARAGRAPH, (Run("Dear", bold=True), Run(" *[x](https://example.org)*"))),
    )
    assert session.formatted("/data/a", "hint") == ()
