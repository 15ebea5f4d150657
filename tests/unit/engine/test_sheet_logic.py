"""What the check of a form says about rows that need each other, before the form is compiled."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.engine import lint

HEAD = "| survey |\n| | type | name | label | relevant | calculation |\n"
CHOICES = "| choices |\n| | list_name | name | label |\n| | yn | y | Yes |\n| | yn | n | No |\n"


def a_sheet(tmp_path: Path, *rows: str, choices: str = CHOICES) -> lint.Report:
    path = tmp_path / "form.md"
    path.write_text(HEAD + "".join(f"| | {row} |\n" for row in rows) + choices, encoding="utf-8")
    return lint.check(path)


def said(report: lint.Report) -> list[tuple[int, str, str]]:
    """Row, column and message; lists nobody uses are of no interest here."""
    return [
        (one.row, one.column, one.message) for one in report.findings if "uses the list" not in one.message
    ]


def test_a_cycle_stands_beside_the_other_mistakes(tmp_path: Path) -> None:
    report = a_sheet(
        tmp_path,
        "calculate | a | | | ${b} + 1",
        "begin group | g | G | ${a} > 1 |",
        "integer | b | B | |",
        "end group | | | |",
        "text | c | C | ${nobody} = 1 |",
    )
    found = said(report)
    assert (7, "relevant", "There is no question “nobody”.") in found
    cycle = next(one for one in found if one[2].startswith("A cycle"))
    assert cycle[:2] == (3, "calculation")
    assert (
        "a (calculation, row 3) needs b (relevant, row 5) needs g (relevant, row 4) needs a (cal" in cycle[2]
    )
    assert not report.sound


def test_a_cycle_alone_has_its_place_too(tmp_path: Path) -> None:
    report = a_sheet(tmp_path, "calculate | a | | | ${a} + 1", "text | t | T | |")
    assert [(one[:2], one[2][:8]) for one in said(report)] == [((3, "calculation"), "A cycle:")]


@pytest.mark.parametrize(
    "rows",
    [
        ("calculate | a | | | if(${a} = '', 1, ${a})",),
        ("calculate | a | | | once(${b})", "calculate | b | | | once(${a})"),
        ("calculate | a | | | 1 +", "calculate | c | | | ${a} +"),
        ("calculate | a | | | ${b}", "text | b | B | |", "text | c | C | ${a} = 1 and ${b} = 1 |"),
        ("begin group | a | A | ${b} = 1 |", "text | b | B | |", "end group | | | |", "text | b | B | |"),
    ],
)
def test_what_is_no_cycle_is_not_called_one(tmp_path: Path, rows: tuple[str, ...]) -> None:
    assert not any(one[2].startswith("A cycle") for one in said(a_sheet(tmp_path, *rows, "zzz | q | Q | |")))


def test_what_stands_in_a_closed_group_cannot_be_reached(tmp_path: Path) -> None:
    report = a_sheet(
        tmp_path,
        "begin group | g | G | false() |",
        "text | a | A | |",
        "begin group | h | H | 1 + |",
        "end group | | | |",
        "end group | | | |",
        "text | b | B | |",
    )
    never = [(row, text) for row, _, text in said(report) if "never be reached" in text]
    assert never == [
        (3, "This can never be reached: its relevant is always false."),
        (4, "This can never be reached: it stands in g, row 3."),
        (5, "This can never be reached: it stands in g, row 3."),
    ]


def test_a_choice_that_is_not_offered_is_never_chosen(tmp_path: Path) -> None:
    report = a_sheet(
        tmp_path,
        "select_one yn | a | A | |",
        "select_one yn or_other | o | O | |",
        "text | b | B | ${a} = 'yes' |",
        "text | c | C | selected(${a}, \"maybe\") or ${a} = 'y' |",
        "text | d | D | ${o} = 'else' or ${b} = 'x' |",
    )
    assert [one for one in said(report) if "never" in one[2]] == [
        (5, "relevant", "“a” is never yes: its choices are n, y."),
        (6, "relevant", "“a” is never maybe: its choices are n, y."),
    ]
    assert report.sound


def test_a_broken_form_still_says_how_far_its_languages_are(tmp_path: Path) -> None:
    path = tmp_path / "form.md"
    path.write_text(
        "| survey |\n| | type | name | label::English (en) | label::Spanish (es) |\n"
        "| | text | a | A | |\n| | zzz | b | B | Be |\n",
        encoding="utf-8",
    )
    covered = {one.language: (one.translated, one.wanted) for one in lint.check(path).coverage}
    assert covered == {"English (en)": (2, 2), "Spanish (es)": (1, 2)}
