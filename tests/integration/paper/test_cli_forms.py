"""The command line for the I-912, I-765 and I-90: lists of items, reuse of another form's answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from forms.paper.paper_map import PaperMap, for_form
from ournydesk import cli
from tests.integration.paper.form_items import every_item
from tests.integration.paper.official_blank import official_blank
from tests.integration.paper.reading import Printed, squeezed

FORMS = ("i-912", "i-765", "i-90")
N400 = {
    "a_number": "A 61-234-507", "P2.1.family": "Example", "P2.1.given": "Nusrat", "P2.5": "F",
    "P2.6": "1984-02-29", "P2.8": "Bangladesh", "P4.1.street": "74-09 Sample Avenue", "P4.1.city": "Elmhurst",
    "P4.1.state": "NY", "P4.1.zip": "11373", "P4.2": "Y", "P5.1": "separated", "P10.3": 4, "P10.2": 45000,
}  # fmt: skip


def write(path: Path, items: object) -> Path:
    path.write_text(json.dumps({"items": items}), encoding="utf-8")
    return path


def official(form: str, tmp_path: Path, items: object, *more: str) -> int:
    blank = tmp_path / "blank.pdf"
    blank.write_bytes(official_blank(f"{form}.pdf"))
    given = write(tmp_path / "items.json", items)
    where = ["--blank", str(blank), "--items", str(given), "-o", str(tmp_path / "out.pdf")]
    return cli.main(["paper", "official", "--form", form, *where, *more])


def box(paper_map: PaperMap, tmp_path: Path, item: str) -> list[str]:
    question = paper_map.question(item)
    assert question is not None
    read = Printed((tmp_path / "out.pdf").read_bytes())
    if question.marks:
        return [mark.answer for mark in question.marks if read.box(mark.box)]
    return [read.box(each) for each in question.boxes]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("more", [[], ["--fillable"]])
def test_a_form_is_filled_from_a_file_of_items(form: str, more: list[str], tmp_path: Path) -> None:
    assert official(form, tmp_path, every_item(for_form(form)), *more) == 0
    assert len(Printed((tmp_path / "out.pdf").read_bytes()).pages) == for_form(form).pages


@pytest.mark.parametrize("form", FORMS)
def test_an_unknown_item_is_named_and_nothing_written(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert official(form, tmp_path, {"P99": "Y"}) == 2
    assert f"form {form.upper()} has no item P99" in capsys.readouterr().err
    assert not (tmp_path / "out.pdf").exists()


@pytest.mark.parametrize("form", [*FORMS, "n-400"])
def test_every_item_of_a_form_is_listed(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["paper", "items", "--form", form]) == 0
    listed = {line.split()[0] for line in capsys.readouterr().out.splitlines()}
    paper_map = for_form(form)
    assert {each.id for each in paper_map.questions} <= listed
    assert {each.id for each in paper_map.listings} <= listed


@pytest.mark.parametrize("form", FORMS)
def test_what_another_form_answered_is_taken_over(form: str, tmp_path: Path) -> None:
    theirs = write(tmp_path / "n-400.json", N400)
    assert official(form, tmp_path, {}, "--reuse", "n-400", str(theirs)) == 0
    paper_map = for_form(form)
    assert set(box(paper_map, tmp_path, "a_number")) == {"061234507"}
    assert set(box(paper_map, tmp_path, paper_map.name[0])) == {"Example"}
    wanted = {
        "i-912": {"P2.6": ["02/29/1984"], "P2.8": ["separated"], "P5.3": ["4"], "P1.1": ["B"]},
        "i-765": {"P2.10": ["F"], "P2.5.street": ["74-09SampleAvenue"], "P2.11": [], "P2.7.street": [""]},
        "i-90": {"P1.8": ["F"], "P1.6.state": ["NY"], "P1.7.street": [""], "P1.11": ["Bangladesh"]},
    }
    for item, says in wanted[form].items():
        assert box(paper_map, tmp_path, item) == says, item


def test_mail_that_goes_elsewhere_keeps_the_two_addresses_apart(tmp_path: Path) -> None:
    theirs = write(tmp_path / "n.json", {**N400, "P4.2": "N", "P4.3.street": "1 Postbox Lane"})
    assert official("i-90", tmp_path, {"P1.3.family": "Own"}, "--reuse", "n-400", str(theirs)) == 0
    i90 = for_form("i-90")
    assert box(i90, tmp_path, "P1.6.street") == ["1PostboxLane"]
    assert box(i90, tmp_path, "P1.7.street") == ["74-09SampleAvenue"]
    assert set(box(i90, tmp_path, "P1.3.family")) == {"Own"}


def test_nothing_is_taken_over_from_a_form_that_shares_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = write(tmp_path / "t.json", {})
    assert official("i-90", tmp_path, {}, "--reuse", "i-765", str(theirs)) == 2
    assert "Form I-90 takes nothing over from form I-765." in capsys.readouterr().err


def test_a_waivers_basis_and_sums_are_worked_out(tmp_path: Path) -> None:
    items = {
        "a_number": "061234507", "P2.2.family": "Example", "P2.2.given": "Nusrat", "P2.6": "1984-02-29",
        "P3.1": [{"forms": "N-400"}, {"name": "Ruma Example", "forms": "N-400, N-600"}],
        "P4.1": [{"name": "Nusrat Example", "agency": "NYC HRA", "type": "SNAP"}],
        "P5.3": 2, "P5.6": 12000, "P5.7": 8000,
        "P6.1": "Rent rose and work stopped.", "P6.2": [{"type": "Bank", "value": 150}, {"value": "50"}],
    }  # fmt: skip
    assert official("i-912", tmp_path, items) == 0
    i912 = for_form("i-912")
    assert box(i912, tmp_path, "P1.1") == ["A", "B", "C"]
    assert box(i912, tmp_path, "P5.8") == ["20000"]
    assert box(i912, tmp_path, "P6.2.total") == ["200"]
    assert box(i912, tmp_path, "P3.total") == ["3"]
    read = Printed((tmp_path / "out.pdf").read_bytes())
    line = [column.boxes[0] for column in i912.listings[1].columns if column.boxes[0] is not None]
    assert [read.box(each) for each in line] == ["NusratExample", "061234507", "02/29/1984", "N-400"]
    assert squeezed("Self") in squeezed(read.pages[1].text)
