"""New law data shows which open cases it touches."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ournydesk.law.changes import touched
from ournydesk.law.fees import Fee
from ournydesk.law.tables import read_tables
from tests.unit.law.people import day, facts, tables
from tests.unit.law.test_tables import own

CASES = {"a": facts(lpr_date="2022-01-31"), "b": facts(), "c": facts(lpr_date=None, basis="328")}


def test_the_same_tables_touch_nobody() -> None:
    assert touched(CASES, tables(), read_tables()) == ()


def test_a_rule_that_changes_touches_those_it_decides(tmp_path: Path) -> None:
    theirs = read_tables(own(tmp_path, "naturalization.toml", "early_days = 90", "early_days = 60"))
    first, second = touched(CASES, tables(), theirs)
    assert (first.case, first.changes["outcome"]) == ("a", ("ready", "not_yet"))
    assert first.changes["codes"] == ("", "TOO_EARLY")
    assert (second.case, set(second.changes)) == ("b", {"earliest_filing"})


def test_a_new_fee_touches_those_who_pay_one() -> None:
    fees = tables().fees
    dearer = Fee(effective=day("2026-11-01"), paper=1330, online=1280, reduced=380)
    after = replace(tables(), fees=replace(fees, fees=(*fees.fees, dearer)))
    found = touched(CASES, tables(), after)
    assert [(item.case, item.changes) for item in found] == [
        ("a", {"fee": ("760", "1330")}),
        ("b", {"fee": ("760", "1330")}),
    ]
    none = replace(tables(), fees=replace(fees, fees=(dearer,)))
    late = {"d": facts(filing_date="2026-10-01")}
    assert touched(late, tables(), none)[0].changes == {"fee": ("760", "")}
