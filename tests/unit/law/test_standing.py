"""Age, language, registration, service and citizenship by a parent: both sides of each line."""

from __future__ import annotations

import pytest

from tests.unit.law.people import assessed, trip

HIM = {"sex": "M", "lived_us_18_26": True, "ss_registered": False, "lawful_nonimmigrant_18_26": False}


@pytest.mark.parametrize(
    ("dob", "lpr", "exempt", "civics"),
    [
        pytest.param("1976-11-28", "2006-11-28", "50/20", "2025", id="8 U.S.C. 1423(b)(2)(A): to the day"),
        pytest.param("1976-11-29", "2006-11-28", None, "2025", id="50 tomorrow"),
        pytest.param("1976-11-28", "2006-11-29", None, "2025", id="20 years tomorrow"),
        pytest.param("1971-11-28", "2011-11-28", "55/15", "2025", id="8 U.S.C. 1423(b)(2)(B): to the day"),
        pytest.param("1971-11-29", "2011-11-28", None, "2025", id="55 tomorrow"),
        pytest.param("1971-11-28", "2011-11-29", None, "2025", id="15 years tomorrow"),
        pytest.param("1961-11-28", "2006-11-28", "50/20", "65/20", id="8 U.S.C. 1423(b)(3): to the day"),
        pytest.param("1961-11-29", "2006-11-28", "50/20", "2025", id="65 tomorrow"),
        pytest.param("1961-11-28", "2006-11-29", "55/15", "2025", id="65 but 20 years tomorrow"),
        pytest.param(None, "2006-11-28", None, "2025", id="no date of birth"),
        pytest.param("1961-11-28", None, None, "2025", id="no resident date"),
    ],
)
def test_english_and_civics(dob: str | None, lpr: str | None, exempt: str | None, civics: str) -> None:
    said = assessed(dob=dob, lpr_date=lpr)
    assert (said.english_exempt, said.civics_test) == (exempt, civics)


@pytest.mark.parametrize(
    ("filing", "test"),
    [
        pytest.param("2025-10-19", "2008", id="the last day of the 2008 test"),
        pytest.param("2025-10-20", "2025", id="the first day of the 2025 test"),
        pytest.param("2007-01-01", "2008", id="before any test the table knows"),
    ],
)
def test_the_civics_test_follows_the_filing_date(filing: str, test: str) -> None:
    assert assessed(filing_date=filing, lpr_date="1999-01-01").civics_test == test


def test_years_of_living_here_leave_out_an_absence_of_a_year() -> None:
    """8 U.S.C. 1423(b)(2): periods totalling twenty years; shorter trips do not count against it."""
    base = {"dob": "1960-01-01", "lpr_date": "2006-06-01", "filing_date": "2026-11-28"}
    assert assessed(**base).english_exempt == "50/20"
    assert assessed(**base, trips=[trip("2010-01-01", "2010-12-31")]).english_exempt == "50/20"
    long = assessed(**base, trips=[trip("2010-01-01", "2011-01-01")])
    assert (long.english_exempt, long.civics_test) == ("55/15", "2025")


def test_a_note_says_when_short_trips_would_change_the_answer() -> None:
    base = {"dob": "1976-01-01", "lpr_date": "2006-11-20"}
    noted = assessed(**base, trips=[trip("2010-01-01", "2010-02-01")])
    texts = {note.code: note.text for note in noted.workings}
    assert noted.english_exempt == "50/20"
    assert "without it the answer changes" in texts["ENGLISH_CIVICS"]


@pytest.mark.parametrize(
    ("dob", "basis", "codes"),
    [
        pytest.param("2008-11-28", "316", ("SS_REGISTER_NOW",), id="50 U.S.C. 3802: 18 today"),
        pytest.param("2000-11-29", "316", ("SS_REGISTER_NOW",), id="50 U.S.C. 3802: 26 tomorrow"),
        pytest.param("2000-11-28", "316", ("SS_26_31",), id="26 today"),
        pytest.param("1995-11-29", "316", ("SS_26_31",), id="Policy Manual 12 D 7: 31 tomorrow"),
        pytest.param("1995-11-28", "316", ("SS_OVER_31_INFO",), id="Policy Manual 12 D 7: 31 today"),
        pytest.param("1997-11-29", "vawa", ("SS_26_31",), id="three years: 29 tomorrow"),
        pytest.param("1997-11-28", "vawa", ("SS_OVER_31_INFO",), id="three years: 29 today"),
    ],
)
def test_selective_service_by_age(dob: str, basis: str, codes: tuple[str, ...]) -> None:
    said = assessed(**HIM, dob=dob, basis=basis)
    assert said.codes == codes
    assert said.outcome == ("ready" if codes == ("SS_OVER_31_INFO",) else "attorney")


def test_nobody_under_eighteen_is_asked_to_register() -> None:
    assert assessed(**HIM, dob="2008-11-29").codes == ("UNDER_18",)


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("sex", "F"),
        ("sex", None),
        ("lived_us_18_26", False),
        ("lived_us_18_26", None),
        ("ss_registered", True),
        ("ss_registered", None),
        ("lawful_nonimmigrant_18_26", True),
        ("dob", None),
    ],
)
def test_who_need_not_register_or_reports_nothing(fact: str, value: object) -> None:
    """50 U.S.C. 3802: not women, not who arrived after 26, not lawful nonimmigrants throughout."""
    assert assessed(**{**HIM, "dob": "2000-01-01", fact: value}).codes == ()


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        pytest.param("parent_usc_before_18", "MAYBE_ALREADY_USC", id="8 U.S.C. 1431, N-400 Part 2 item 10"),
        pytest.param("lived_with_usc_parent_as_lpr", "MAYBE_ALREADY_USC", id="8 U.S.C. 1431"),
        pytest.param("i751_pending", "I751_PENDING", id="8 U.S.C. 1186a"),
        pytest.param("disability_n648", "N648", id="8 U.S.C. 1423(b)(1)"),
    ],
)
def test_what_only_an_attorney_can_settle(fact: str, code: str) -> None:
    said = assessed(**{fact: True})
    assert (said.codes, said.outcome) == ((code,), "attorney")
    assert assessed(**{fact: False}).codes == ()
