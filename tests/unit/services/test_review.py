from __future__ import annotations

from datetime import date

import pytest

from ournydesk.domain.documents import Finding
from ournydesk.law.naturalization import Assessment, Facts, Outcome, Reason, Severity, Trip, assess
from ournydesk.law.tables import read_tables
from ournydesk.services.review import attorney_sheet

AS_OF = date(2026, 11, 1)
FACTS = Facts(
    filing_date=date(2026, 11, 28),
    dob=date(1984, 2, 29),
    sex="F",
    lpr_date=date(2021, 10, 4),
    state="NY",
    state_since=date(2021, 10, 4),
    trips=(Trip(date(2024, 6, 20), date(2024, 8, 27)), Trip(date(2022, 12, 18), date(2023, 1, 22))),
    flags=("arrest_citation:2025-01-14",),
)


def an_assessment(*reasons: Reason, **changes: object) -> Assessment:
    whole: dict[str, object] = {
        "outcome": Outcome.ATTORNEY,
        "earliest_filing": date(2026, 7, 6),
        "earliest_by_basis": {"316": date(2026, 7, 6)},
        "best_basis": "316",
        "presence_days": 1725,
        "absent_days": 101,
        "longest_absence": 1,
        "in_window_absence": 1,
        "english_exempt": None,
        "civics_test": "2025",
        "fee": 760,
        "codes": (),
        "reasons": reasons,
    }
    return Assessment(**{**whole, **changes})  # type: ignore[arg-type]  # a builder overrides any field


def a_reason(code: str = "CRIM_ANY", mark: str = "V", severity: Severity = Severity.ATTORNEY) -> Reason:
    return Reason(
        code=code, severity=severity, text="Since 2025-01-14.", citation="8 CFR 316.10", mark=mark,
        inputs={"lpr_date": date(2021, 10, 4), "flags": ["arrest_x"], "known": True, "other": None},
    )  # fmt: skip


def finding(assessment: Assessment, title: str) -> Finding:
    found = attorney_sheet(FACTS, assessment, AS_OF).findings
    return next(each for each in found if each.title == title)


def test_the_dates_worked_out_stand_on_the_sheet_with_their_sources() -> None:
    tables = read_tables()
    sheet = attorney_sheet(FACTS, assess(FACTS, tables), tables.naturalization.provenance.as_of, ("Height",))
    by_title = {each.title: each for each in sheet.findings}
    assert by_title["Earliest filing date"].result == "6 Jul 2026"
    assert by_title["Earliest filing date"].worked_out
    assert by_title["Days in the United States"].result == "1,725; needs 913"
    assert by_title["Longest absence"].result == "68 days"
    assert by_title["Cited, arrested or detained"].result == "Attorney review"
    assert by_title["Cited, arrested or detained"].needs_attorney
    assert all(each.citation for each in sheet.findings)
    assert sheet.outcome == "The rules say: an attorney decides."
    assert sheet.missing == ("Height",)


def test_inputs_are_written_in_words() -> None:
    said = finding(an_assessment(a_reason()), "Cited, arrested or detained")
    assert said.inputs == "lpr date 4 Oct 2021; flags arrest x; known yes; other unknown"
    assert said.text == "Since 14 Jan 2025."


@pytest.mark.parametrize(("mark", "asks"), [("V", False), ("S", True), ("K", True)])
def test_what_does_not_come_from_a_primary_source_is_to_be_confirmed(mark: str, asks: bool) -> None:
    said = finding(an_assessment(a_reason(mark=mark)), "Cited, arrested or detained").mark
    assert said.startswith("Confirm with an attorney") is asks


def test_every_code_the_law_knows_has_a_title() -> None:
    rules = read_tables().naturalization
    for code in rules.findings:
        title = attorney_sheet(FACTS, an_assessment(a_reason(code)), AS_OF).findings[0].title
        assert title != code.replace("_", " ").capitalize(), code


@pytest.mark.parametrize("outcome", list(Outcome))
def test_each_outcome_has_its_sentence(outcome: Outcome) -> None:
    assert attorney_sheet(FACTS, an_assessment(outcome=outcome), AS_OF).outcome.startswith("The rules ")


def test_old_tables_and_partly_known_dates_come_first() -> None:
    assessment = an_assessment(
        a_reason(),
        stale=("The table “Fees” was last checked long ago.",),
        uncertain=("lpr_date",),
        earliest_possible=date(2026, 5, 1),
    )
    titles = [each.title for each in attorney_sheet(FACTS, assessment, AS_OF).findings]
    assert titles[:2] == ["Law not checked lately", "Known only in part"]
    assert "1 May 2026" in finding(assessment, "Known only in part").inputs


def test_a_text_that_only_looks_like_a_day_is_left_alone() -> None:
    reason = Reason(code="TAXES", severity=Severity.ATTORNEY, text="Case 2025-02-31.", citation="", mark="V")
    assert finding(an_assessment(reason), "Overdue taxes").text == "Case 2025-02-31."
