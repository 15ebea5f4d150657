"""``ournydesk assess``: JSON in, JSON out, and one sentence for what cannot be read."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from ournydesk import cli

MALFORMED = [
    ("naturalization", "{}", "filing_date is missing"),
    ("naturalization", "[]", "must hold one JSON object"),
    ("naturalization", "", "is not JSON: look at line 1, column 1"),
    ("naturalization", '{"filing_date": "2026-01-01",', "is not JSON: look at line 1"),
    ("naturalization", '{"filing_date": "2026-02-30"}', "filing_date must be a real date"),
    ("naturalization", '{"filing_date": "2026-02"}', "filing_date must be a real date"),
    ("naturalization", '{"filing_date": 20260201}', "filing_date must be a real date"),
    ("naturalization", '{"filing_date": "0026-02-01"}', "filing_date must be a real date"),
    ("naturalization", '{"filing_date": "2026-01-01", "lpr_dat": null}', "lpr_dat is not a key"),
    ("naturalization", '{"filing_date": "2026-01-01", "lpr_date": {}}', "lpr_date must be a real date"),
    ("naturalization", '{"filing_date": "2026-01-01", "sex": "X"}', "sex must be one of M, F, not “X”"),
    ("naturalization", '{"filing_date": "2026-01-01", "sex": 1}', "sex must be one of M, F, not 1"),
    ("naturalization", '{"filing_date": "2026-01-01", "basis": "317"}', "basis must be one of 316, 319a"),
    ("naturalization", '{"filing_date": "2026-01-01", "married": "yes"}', "married must be true or false"),
    ("naturalization", '{"filing_date": "2026-01-01", "state": true}', "state must be a text, not true"),
    (
        "naturalization",
        '{"filing_date": "2026-01-01", "trips": {}}',
        "trips must be a list, in square brackets, not an",
    ),
    (
        "naturalization",
        '{"filing_date": "2026-01-01", "married": []}',
        "married must be true or false, not a list",
    ),
    ("naturalization", '{"filing_date": "2026-01-01", "trips": [[]]}', "trips[1] must hold one JSON object"),
    ("naturalization", '{"filing_date": "2026-01-01", "trips": [{}]}', "trips[1].depart is missing"),
    (
        "naturalization",
        '{"filing_date": "2026-01-01", "trips": [{"depart": "2025-01-01", "return": "2025-02-01"}]}',
        "trips[1].return is not a key",
    ),
    (
        "naturalization",
        '{"filing_date": "2026-01-01", "trips": [{"depart": "2025-01-02", "ret": "2025-01-01"}]}',
        "trip 1 ends on 2025-01-01, before it starts",
    ),
    ("naturalization", '{"filing_date": "2026-01-01", "military": []}', "military must hold one JSON object"),
    (
        "naturalization",
        '{"filing_date": "2026-01-01", "military": {"honorable": "yes"}}',
        "military.honorable must be true or false",
    ),
    ("naturalization", '{"filing_date": "2026-01-01", "flags": [1]}', "flags[1] must be a text"),
    ("naturalization", '{"filing_date": "2026-01-01", "flags": ["drunk"]}', "“drunk” is not known"),
    ("naturalization", '{"filing_date": "2026-01-01", "dob": "2026-01-02"}', "dob 2026-01-02 is after"),
    (
        "naturalization",
        '{"filing_date": "2026-01-01", "dob": "1990-01-02", "lpr_date": "1990-01-01"}',
        "lpr_date 1990-01-01 is before dob",
    ),
    ("asylum", "{}", "arrivals is empty"),
    ("asylum", '{"arrivals": "2026-01-01"}', "arrivals must be a list"),
    ("asylum", '{"arrivals": ["2026-01-32"]}', "arrivals[1] must be a real date"),
    ("asylum", '{"arrivals": [7]}', "arrivals[1] must be a real date"),
    ("asylum", '{"arrivals": ["2026-01-02"], "as_of": "2026-01-01"}', "2026-01-02 is after 2026-01-01"),
    ("fee", "{}", "household is missing"),
    ("fee", '{"household": 0, "income": 1}', "household must be a whole number from 1"),
    ("fee", '{"household": true, "income": 1}', "household must be a whole number from 1"),
    ("fee", '{"household": 2}', "income is missing"),
    ("fee", '{"household": 2, "income": -1}', "income must be a whole number from 0"),
    ("fee", '{"household": 2, "income": 1.5}', "not whole, or too long: look at income"),
    ("fee", '{"household": 2, "income": NaN}', "look at income"),
    ("fee", '{"household": 2, "income": 1111111111111111111111}', "look at income"),
    ("fee", '{"household": 2, "household": 3}', "names a key twice: look at household"),
    ("urgency", "[1.5]", "not whole, or too long"),
    ("urgency", '{"facts": [["detained"]]}', "facts[1] must be a text"),
    ("urgency", '{"facts": ["sad"]}', "“sad” is not known"),
    ("urgency", "[" * 40 + "]" * 40, "is nested too deeply"),
    ("urgency", '{"facts": ["\\ud800"]}', "is not UTF-8 text"),
]


class Terminal:
    """Standard input, and what was printed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def types(self, untrusted: bytes, *arguments: str) -> tuple[int, str, str]:
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(untrusted)))
        code = cli.main(["assess", *arguments])
        out, err = self._capsys.readouterr()
        return code, out, err


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(monkeypatch, capsys)


def answer(terminal: Terminal, subject: str, facts: dict[str, Any]) -> dict[str, Any]:
    code, out, err = terminal.types(json.dumps(facts).encode(), subject, "-")
    assert (code, err) == (0, "")
    said: dict[str, Any] = json.loads(out)
    return said


@pytest.mark.parametrize(("subject", "text", "sentence"), MALFORMED)
def test_what_cannot_be_read_ends_in_one_sentence(
    terminal: Terminal, subject: str, text: str, sentence: str
) -> None:
    code, out, err = terminal.types(text.encode(), subject, "-")
    assert (code, out) == (2, "")
    assert sentence in err
    assert err.count("\n") == 1


def test_bytes_that_are_not_text_or_too_many_are_refused(terminal: Terminal) -> None:
    assert "is not UTF-8 text" in terminal.types(b"\xff\xfe", "urgency", "-")[2]
    assert "is longer than 1024 KiB" in terminal.types(b" " * (1024 * 1024 + 1), "urgency", "-")[2]


def test_a_file_from_a_windows_editor_is_read(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_bytes(b'\xef\xbb\xbf{"facts": ["detained"]}')
    code, out, _ = terminal.types(b"", "urgency", str(file))
    assert (code, json.loads(out)["level"]) == (0, "CRITICAL")


def test_a_file_that_is_not_there_is_named(terminal: Terminal, tmp_path: Path) -> None:
    code, _, err = terminal.types(b"", "urgency", str(tmp_path / "gone.json"))
    assert code == 2
    assert "gone.json: no such file" in err


def test_naturalization_prints_every_key_that_was_agreed(terminal: Terminal) -> None:
    said = answer(
        terminal,
        "naturalization",
        {
            "dob": "1976-01-01",
            "sex": "M",
            "lpr_date": "2023-06-15",
            "filing_date": "2026-11-28",
            "basis": "best",
            "trips": [{"depart": "2025-01-01", "ret": "2025-07-20"}],
            "married": True,
            "living_together": True,
            "marriage_date": "2015-01-01",
            "divorce_date": None,
            "spouse_usc_since": "birth",
            "parent_usc_before_18": False,
            "lived_with_usc_parent_as_lpr": False,
            "n470_approved": False,
            "state": "NY",
            "state_since": "2020-01-01",
            "disability_n648": False,
            "i751_pending": False,
            "lived_us_18_26": False,
            "ss_registered": False,
            "lawful_nonimmigrant_18_26": False,
            "military": {"active_hostilities": False, "honorable": False},
            "flags": ["overdue_taxes"],
        },
    )
    assert {key: said[key] for key in list(said)[:12]} == {
        "outcome": "attorney",
        "earliest_filing": "2026-03-17",
        "earliest_by_basis": {"319a": "2026-03-17", "316": "2028-03-17"},
        "best_basis": "319a",
        "presence_days": 897,
        "absent_days": 199,
        "longest_absence": 200,
        "in_window_absence": 200,
        "english_exempt": None,
        "civics_test": "2025",
        "fee": 760,
        "codes": ["CR_PRESUMPTION", "TAXES"],
    }
    assert [set(reason) for reason in said["reasons"]] == [
        {"code", "severity", "text", "citation", "mark", "inputs"}
    ] * 2


def test_an_absent_key_means_nothing_to_report(terminal: Terminal) -> None:
    said = answer(terminal, "naturalization", {"filing_date": "2026-11-28", "lpr_date": "2015-01-01"})
    assert (said["outcome"], said["codes"], said["best_basis"]) == ("ready", [], "316")


def test_asylum_prints_the_three_dates(terminal: Terminal) -> None:
    said = answer(terminal, "asylum", {"arrivals": ["2025-12-01", "2020-01-01"], "as_of": "2026-11-23"})
    assert (said["last_day"], said["safe_target"], said["days_left"]) == ("2026-12-01", "2026-11-30", 8)
    assert answer(terminal, "asylum", {"arrivals": ["2001-04-09"]})["days_left"] < 0


def test_fee_prints_the_path(terminal: Terminal) -> None:
    facts = {"household": 1, "income": 23_940, "means_tested": False, "filing_date": "2026-11-28"}
    assert answer(terminal, "fee", facts)["fee_path"] == "waiver_income"
    assert (
        answer(terminal, "fee", {"household": 1, "means_tested": True})["fee_path"] == "waiver_means_tested"
    )


def test_urgency_prints_level_and_reasons(terminal: Terminal) -> None:
    said = answer(terminal, "urgency", {"facts": ["hearing_days:8"]})
    assert (said["level"], said["reasons"][0]["inputs"]) == ("HIGH", {"days": 8})


def test_an_own_folder_of_tables_is_used(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "fees.toml").write_text("nonsense", encoding="utf-8")
    code, _, err = terminal.types(b'{"household": 1, "income": 1}', "fee", "-", "--law", str(tmp_path))
    assert code == 2
    assert "fees.toml is not a TOML file" in err
