"""Forms as sheets: compiled, checked, turned into a workbook and back, tried from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from forms.engine import FormRefused, Session, compile_xlsform, lint, load_form, sheets, workbooks
from ournydesk import cli
from tests.unit.engine.builders import NOON, xml

SURVEY = """type,name,label,hint,relevant,required,constraint,constraint_message,calculation,bind::ourny:item
begin_group,me,About you,,,,,,,
text,family,Your family name,As in your passport,,yes,,,,P2.1
date,born,Date of birth,,,yes,. < today(),A birth date is in the past.,,P2.6
select_one yn,moved,"Did you move, ${family}?",,,,,,,
end_group,,,,,,,,,
begin_repeat,trips,Trips,,${moved} = 'Y',,,,,P8
date,left,Left on,,,,,,,P8.left
end_repeat,,,,,,,,,
"""
CHOICES = "list_name,name,label\nyn,Y,Yes\nyn,N,No\n"
SETTINGS = (
    "form_id,version,form_title,default_language,namespaces\n"
    'demo,7,A demo,English (en),"ourny=""https://ournydesk.example/xforms"""\n'
)
BENGALI = (
    "sheet,list,name,column,text,state\nsurvey,,family,label,পদবি,reviewed\nchoices,yn,Y,label,হ্যাঁ,draft\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "demo"
    (place / "languages").mkdir(parents=True)
    (place / "survey.csv").write_text(SURVEY, encoding="utf-8")
    (place / "choices.csv").write_text(CHOICES, encoding="utf-8")
    (place / "settings.csv").write_text(SETTINGS, encoding="utf-8")
    (place / "languages" / "bn.csv").write_text(BENGALI, encoding="utf-8")
    return place


def test_a_folder_of_sheets_becomes_a_form_in_two_languages(folder: Path) -> None:
    compiled = compile_xlsform(folder)
    form = load_form(compiled.xml, compiled.files)
    assert form.languages == ("English (en)", "Bengali (bn)")
    session = Session.start(form, NOON)
    assert session.text("/data/me/family", "label", "Bengali (bn)").text == "পদবি"
    assert session.text("/data/me/born", "label", "Bengali (bn)").fallback
    assert form.definition("/data/trips/left").attributes == {"ourny:item": "P8.left"}


def test_a_folder_goes_to_a_workbook_and_back_unchanged(folder: Path, tmp_path: Path) -> None:
    book = tmp_path / "demo.xlsx"
    assert cli.main(["form", "workbook", str(folder), "-o", str(book)]) == 0
    back = tmp_path / "back"
    assert cli.main(["form", "workbook", str(book), "-o", str(back)]) == 0
    names = ["survey.csv", "choices.csv", "settings.csv", "languages/bn.csv"]
    assert [(back / name).read_text("utf-8") for name in names] == [
        (folder / name).read_text("utf-8") for name in names
    ]
    assert cli.main(["form", "workbook", str(folder), "-o", str(book)]) == 2
    assert cli.main(["form", "workbook", str(folder), "-o", str(book), "--force"]) == 0
    assert cli.main(["form", "workbook", str(book), "-o", str(back)]) == 2
    assert cli.main(["form", "workbook", str(book), "-o", str(tmp_path / "x.pdf")]) == 2


def test_a_workbook_holds_text_only_never_a_formula(folder: Path, tmp_path: Path) -> None:
    survey = (folder / "survey.csv").read_text("utf-8").replace("As in your passport", '"=HYPERLINK(""x"")"')
    (folder / "survey.csv").write_text(survey, encoding="utf-8")
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbooks.to_workbook(sheets.read(folder)))
    cells = [cell for row in openpyxl.load_workbook(path)["survey"].iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}


BAD = """| survey |
| | type | name | label | relevent | relevant | constraint | calculation |
| | text | a | A | | ${nope} = 1 | | |
| | select_one fruit | b | B | | false() | . > | |
| | select_one | c | | | | | |
| | textt | d d | D | | | | |
| | begin_group | g | G | | | | |
| | text | a | A | | | foo(.) | |
| | text | a | A | | | round() | |
| | calculate | z | | | | | |
| | integer | | N | | | | |
| | end_repeat | | | | | | |
| choices |
| | list_name | name | label |
| | unused | x | X |
| | unused | x | X |
| | fruits | | Y |
"""


def test_every_mistake_is_listed_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "bad.md"
    path.write_text(BAD, encoding="utf-8")
    report = lint.check(path)
    found = {(finding.sheet, finding.row, finding.letter) for finding in report.findings}
    assert not report.sound
    assert {
        ("survey", 1, "E"),
        ("survey", 3, "F"),
        ("survey", 4, "B"),
        ("survey", 4, "F"),
        ("survey", 4, "G"),
        ("survey", 5, "B"),
        ("survey", 6, "B"),
        ("survey", 6, "C"),
        ("survey", 7, "B"),
        ("survey", 8, "G"),
        ("survey", 9, "C"),
        ("survey", 9, "G"),
        ("survey", 10, "H"),
        ("survey", 11, "C"),
        ("survey", 12, "B"),
        ("choices", 16, "C"),
        ("choices", 17, "C"),
    } <= found
    assert cli.main(["form", "check", str(path)]) == 1
    assert cli.main(["form", "check", str(path), "--json"]) == 1


def test_a_sound_form_is_said_to_be_sound(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["form", "check", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "Bengali (bn): 2 of" in said
    assert "0 mistakes" in said
    missing = lint.missing_texts(sheets.read(folder))
    assert ("survey", 4, "label") in missing["Bengali (bn)"]


def test_a_cycle_is_a_mistake_too(tmp_path: Path) -> None:
    path = tmp_path / "cycle.md"
    rows = "| | calculate | a | | ${b} |\n| | calculate | b | | ${a} |\n| | text | t | T | |\n"
    path.write_text("| survey |\n| | type | name | label | calculation |\n" + rows, encoding="utf-8")
    assert any("A cycle" in finding.message for finding in lint.check(path).findings)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "x"),
        ("a.md", "nothing"),
        ("a.md", "| survey |\n| | name |\n| | a |\n"),
        ("a.xlsx", "no zip"),
        ("a.xls", "no workbook"),
        ("a.xml", "<a/>"),
        ("a.csv", '"survey","type","name"\n"","zzz qqq","a"\n'),
    ],
)
def test_a_file_that_is_no_form_gets_one_sentence(
    name: str, text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    steps = tmp_path / "steps.json"
    steps.write_text("[]", encoding="utf-8")
    assert not lint.check(path).sound
    assert cli.main(["form", "simulate", str(path), "--steps", str(steps)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    "line",
    ["survey,,nobody,label,x,", "choices,yn,Q,label,x,", "nosheet,,a,label,x,", "survey,,family,relevant,x,"],
)
def test_a_translation_of_nothing_is_named(folder: Path, line: str) -> None:
    (folder / "languages" / "bn.csv").write_text(
        f"sheet,list,name,column,text,state\n{line}\n", encoding="utf-8"
    )
    with pytest.raises(FormRefused, match="row 2"):
        compile_xlsform(folder)


def simulate(tmp_path: Path, form: Path, steps: object) -> int:
    path = tmp_path / "steps.json"
    path.write_text(json.dumps(steps), encoding="utf-8")
    return cli.main(["form", "simulate", str(form), "--steps", str(path), "--now", "2026-11-28T09:30+00:00"])


def test_simulate_prints_every_node(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = [
        {"op": "set", "ref": "/data/me/family", "value": "Example"},
        {"op": "set", "ref": "/data/me/born", "value": "2030-01-01"},
        {"op": "set", "ref": "/data/me/moved", "value": "Y"},
        {"op": "add", "ref": "/data/trips"},
        {"op": "set", "ref": "/data/trips[2]/left", "value": "2026-01-02"},
        {"op": "remove", "ref": "/data/trips", "index": 0},
    ]
    assert simulate(tmp_path, folder, steps) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["nodes"]["/data/trips[1]/left"]["value"] == "2026-01-02"
    assert shown["nodes"]["/data/me/born"]["violation"] == "constraint"
    assert shown["nodes"]["/data/me/moved"]["choices"] == ["Y", "N"]
    assert shown["nodes"]["/data/me/moved"]["label"].strip() == "Did you move, Example?"
    assert "/data/trips" not in shown["nodes"]
    assert set(shown) == {"nodes", "submission", "load_ms", "step_ms"}


@pytest.mark.parametrize(
    "steps",
    [
        {},
        [1],
        [{"op": "fly", "ref": "/data/me"}],
        [{"op": "set", "ref": "/data/zz", "value": "1"}],
        [{"op": "set", "ref": 5, "value": "1"}],
        [{"op": "set", "ref": "/data/trips[1]/left", "value": "2026-01-01"}],
        [{"op": "remove", "ref": "/data/trips", "index": "0"}],
        [{"op": "remove", "ref": "/data/trips", "index": 7}],
        [{"op": "add", "ref": "/data/me"}],
    ],
)
def test_a_bad_step_gets_one_sentence(
    steps: object, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert simulate(tmp_path, folder, steps) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_an_xform_is_taken_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(xml())
    assert compile_xlsform(path).xml == xml()
    assert lint.check(path).sound
    path.write_bytes(xml(binds='<instance id="t" src="jr://file-csv/t.csv"/>'))
    with pytest.raises(FormRefused, match=r"t\.csv"):
        compile_xlsform(path)
    (tmp_path / "t.csv").write_text("name\nx\n", encoding="utf-8")
    assert compile_xlsform(path).files == {"t.csv": b"name\nx\n"}
    (tmp_path / "media").mkdir()
    (tmp_path / "t.csv").rename(tmp_path / "media" / "t.csv")
    assert compile_xlsform(path).files == {"t.csv": b"name\nx\n"}


def a_workbook(path: Path, rows: str, strings: bytes = b"") -> Path:
    """A workbook of one sheet from the XML of its rows, with more unpacked text beside it if wished."""
    book = openpyxl.Workbook()
    book.worksheets[0].title = "survey"
    book.save(path)
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    start, _, end = sheet.partition("<sheetData></sheetData>")
    parts["xl/worksheets/sheet1.xml"] = f"{start}<sheetData>{rows}</sheetData>{end}".encode()
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in {**parts, "xl/more.xml": strings}.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("rows", "strings", "words"),
    [
        ("<row>" + "<c/>" * 600_001 + "</row>", b"", "more than 600000 cells"),
        ("", b"<x:si/>" * 700_000, "more than 600000 cells"),
        ("", b" " * (129 * 2**20), "more than 128 MB"),
        (
            '<row r="2"><c r="XFD2"><v>1</v></c></row>' + '<row><c r="XFD3"><v>1</v></c></row>' * 60,
            b"",
            "cells",
        ),
    ],
)
def test_a_workbook_that_swells_is_refused_before_it_is_read(
    rows: str, strings: bytes, words: str, tmp_path: Path
) -> None:
    path = a_workbook(tmp_path / "a.xlsx", rows, strings)
    assert path.stat().st_size < 500_000
    (finding,) = lint.check(path).findings
    assert words in finding.message


def test_a_sheet_formatted_to_its_last_row_ends_where_its_words_end(tmp_path: Path) -> None:
    words = "".join(f'<c t="inlineStr"><is><t>{word}</t></is></c>' for word in ("type", "name", "label"))
    question = words.replace("type", "text").replace(">name", ">a").replace("label", "A")
    rows = (
        f'<row r="1">{words}</row><row r="2">{question}</row><row r="1048576"><c r="A1048576" s="0"/></row>'
    )
    book = sheets.read(a_workbook(tmp_path / "a.xlsx", rows))
    assert [row.get("name") for row in book.sheet("survey").rows] == ["a"]


def test_a_file_that_is_no_form_at_all_has_not_a_million_findings(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("survey,type,name\n" + ",zzz,1\n" * 4000, encoding="utf-8")
    assert len(lint.check(path).findings) == lint.MOST
