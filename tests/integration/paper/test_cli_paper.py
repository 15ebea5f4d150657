"""The command line of paper, as a person at a terminal meets it."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from forms.paper.paper_map import for_form
from ournydesk import cli
from tests.integration.paper.official_blank import official_blank
from tests.integration.paper.reading import Printed, field_values


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    path = tmp_path / "n-400.pdf"
    path.write_bytes(official_blank())
    return path


def items(tmp_path: Path, content: object) -> Path:
    path = tmp_path / "items.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def official(blank: Path, items: Path, out: Path, *more: str) -> int:
    where = ["--blank", str(blank), "--items", str(items), "-o", str(out), *more]
    return cli.main(["paper", "official", "--form", "n-400", *where])


def test_a_form_is_filled_and_only_its_owner_may_read_it(blank: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    out.write_text("an older one")
    given = items(tmp_path, {"items": {"a_number": "A 61-234-507", "P2.8": "Bangladesh"}})
    assert official(blank, given, out) == 0
    question = next(each for each in for_form("n-400").questions if each.id == "a_number")
    printed = Printed(out.read_bytes())
    assert {printed.box(box) for box in question.boxes} == {"061234507"}
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["items.json", "n-400.pdf", "out.pdf"]


def test_fillable_keeps_the_fields(blank: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    assert official(blank, items(tmp_path, {"P2.8": "Bangladesh"}), out, "--fillable") == 0
    assert "Bangladesh" in field_values(out.read_bytes()).values()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({"items": {"P99": "Y"}}, "has no item P99"),
        ({"items": {"a_number": "12"}}, "a_number is '12'; an A-number has seven to nine digits"),
        ({"items": []}, "has to hold an object of items"),
        ([], "has to hold an object of items"),
    ],
)
def test_items_that_cannot_be_used_end_in_one_sentence_and_leave_no_file(
    blank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: object, says: str
) -> None:
    out = tmp_path / "out.pdf"
    assert official(blank, items(tmp_path, content), out) == 2
    told = capsys.readouterr().err
    assert says in told
    assert told.count("\n") == 1
    assert not out.exists()


@pytest.mark.parametrize("text", ["", "{", '{"a": 1, "a": 2}', '{"a": 1.5}', "[" * 5000])
def test_a_file_that_is_no_items_file_ends_in_one_sentence(
    blank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    path = tmp_path / "items.json"
    path.write_text(text)
    assert official(blank, path, tmp_path / "out.pdf") == 2
    assert capsys.readouterr().err.startswith(f"ournydesk: {path} ")


def test_a_place_that_cannot_be_written_is_named(
    blank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "nowhere" / "out.pdf"
    assert official(blank, items(tmp_path, {"P2.8": "Nepal"}), out) == 2
    assert capsys.readouterr().err == f"ournydesk: {out}: no such file or directory.\n"


def test_a_blank_is_looked_into(blank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["paper", "import", str(blank)]) == 0
    assert "N-400, edition 01/20/25, expires 02/28/2027, 14 pages." in capsys.readouterr().out
    wrong = tmp_path / "letter.pdf"
    wrong.write_text("Dear client")
    assert cli.main(["paper", "import", str(wrong)]) == 2
    assert capsys.readouterr().err.startswith("ournydesk: The blank is not a PDF.")


def test_a_proof_sheet_is_printed(blank: Path, tmp_path: Path) -> None:
    out = tmp_path / "proof.pdf"
    assert cli.main(["paper", "proof", "--form", "n-400", "--blank", str(blank), "-o", str(out)]) == 0
    assert len(Printed(out.read_bytes()).pages) == 14


@pytest.mark.parametrize("action", ["official", "import", "proof"])
def test_every_action_helps_with_an_example(action: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["paper", action, "--help"])
    assert ended.value.code == 0
    assert "Example: ournydesk paper" in capsys.readouterr().out


def test_what_the_form_makes_irrelevant_is_left_off_and_listed(
    blank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.pdf"
    given = items(tmp_path, {"items": {"P9.25": "N", "P9.27": "N", "P2.8": "Nepal"}})
    assert official(blank, given, out) == 0
    told = capsys.readouterr().err
    assert "left off, because the form does not ask it here: P9.27\n" in told
    assert "not answered: a_number\n" in told
    question = next(each for each in for_form("n-400").questions if each.id == "P9.27")
    printed = Printed(out.read_bytes())
    assert [printed.box(mark.box) for mark in question.marks] == ["", ""]


def test_a_broken_rule_of_the_form_ends_in_a_sentence_that_names_the_item(
    blank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.pdf"
    trip = {"left": "2024-06-20", "returned": "2024-06-01", "countries": "Nepal"}
    assert official(blank, items(tmp_path, {"items": {"P8": [trip]}}), out) == 2
    assert "P8.returned" in capsys.readouterr().err
    assert not out.exists()


def test_trips_typed_in_any_order_print_newest_first(blank: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    trips = [
        {"left": f"20{year}-01-02", "returned": f"20{year}-02-03", "countries": "Nepal"}
        for year in (19, 24, 21, 18, 23, 20, 22)
    ]
    assert official(blank, items(tmp_path, {"items": {"P8": trips}}), out) == 0
    printed = Printed(out.read_bytes())
    listing = next(each for each in for_form("n-400").listings if each.id == "P8")
    left = [printed.box(box) for box in listing.columns[0].boxes if box is not None]
    assert left == [f"01/02/20{year}" for year in (24, 23, 22, 21, 20, 19)]
    assert "Trip7.Left:01/02/2018;Returned:02/03/2018;Countries:Nepal" in printed.addendum()
