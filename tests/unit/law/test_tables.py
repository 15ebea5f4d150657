"""Law as data: dated, checked when read, and replaceable by an organisation's own."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from ournydesk.errors import BadInput
from ournydesk.law.naturalization import Basis, Severity, assess
from ournydesk.law.tables import read_tables
from tests.unit.law.people import assessed, facts, tables

DATA = resources.files("ournydesk.law").joinpath("data")
FILES = sorted(item.name for item in DATA.iterdir() if item.name.endswith(".toml"))

STOP = {"GMC_PERMANENT_BAR", "REMOVAL_ORDER", "REMOVAL_PENDING", "LPR_FRAUD"}
NOT_YET = {
    "TOO_EARLY",
    "PRESENCE_SHORT",
    "CR_BREAK",
    "STATE_UNDER_3M",
    "UNDER_18",
    "SPOUSE_USC_UNDER_3Y",
    "NOT_LPR",
}
INFORMATION = {"SS_OVER_31_INFO"}
ATTORNEY = {
    "CR_PRESUMPTION",
    "N470",
    "NO_MARITAL_UNION",
    "I751_PENDING",
    "MAYBE_ALREADY_USC",
    "MILITARY",
    "N648",
    "CRIM_ANY",
    "GMC_CONDITIONAL_BAR",
    "GMC_TWO_DUI",
    "VOTING",
    "PROBATION",
    "TAXES",
    "SUPPORT",
    "FALSE_CLAIM",
    "SMUGGLING",
    "SS_REGISTER_NOW",
    "SS_26_31",
}


def sections(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from sections(inner)
    if isinstance(value, list):
        for inner in value:
            yield from sections(inner)


@pytest.mark.parametrize("name", FILES)
def test_every_table_says_when_it_was_checked_and_until_when_that_holds(name: str) -> None:
    head = tomllib.loads(DATA.joinpath(name).read_text(encoding="utf-8"))
    assert isinstance(head["as_of"], date)
    assert head["as_of"] < head["stale_after"]
    assert head["source"]
    assert head["mark"] in {"V", "S", "K"}


@pytest.mark.parametrize("name", FILES)
def test_every_citation_has_a_mark_and_a_date(name: str) -> None:
    whole = tomllib.loads(DATA.joinpath(name).read_text(encoding="utf-8"))
    cited = [section for section in sections(whole) if "citation" in section]
    assert cited
    for section in cited:
        assert section["mark"] in {"V", "S", "K"}, section
        assert isinstance(section["as_of"], date), section


def test_every_code_has_the_severity_agreed_for_it() -> None:
    said = tables().naturalization.severities
    wanted = {Severity.STOP: STOP, Severity.NOT_YET: NOT_YET, Severity.INFORMATION: INFORMATION}
    wanted[Severity.ATTORNEY] = ATTORNEY
    assert {level: {code for code in said if said[code] is level} for level in Severity} == wanted


def own(tmp_path: Path, name: str, old: str, new: str) -> Path:
    text = DATA.joinpath(name).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return tmp_path


def test_an_organisation_s_own_table_takes_the_place_of_ours(tmp_path: Path) -> None:
    theirs = read_tables(own(tmp_path, "naturalization.toml", "early_days = 90", "early_days = 60"))
    person = facts(lpr_date="2022-01-31")
    assert assess(person, tables()).outcome == "ready"
    assert assess(person, theirs).outcome == "not_yet"
    assert theirs.fees == tables().fees


@pytest.mark.parametrize(
    ("name", "old", "new", "why"),
    [
        ("fees.toml", "paper = 760", 'paper = "760"', "“paper” must be a whole number"),
        ("fees.toml", "paper = 760", "paper = -1", "“paper” must be a whole number"),
        ("fees.toml", "paper = 760", "paper = true", "“paper” must be a whole number"),
        ("fees.toml", "paper = 760", "", "“paper” is missing"),
        ("fees.toml", "as_of = 2026-11-23", 'as_of = "yesterday"', "“as_of” must be a date"),
        ("fees.toml", "as_of = 2026-11-23", "as_of = 2026-11-23T10:00:00", "“as_of” must be a date"),
        ("fees.toml", 'mark = "S"', 'mark = "X"', "“mark” must be one of V, S, K"),
        ("fees.toml", 'name = "N-400 fees and fee help"', 'name = " "', "“name” must be a text"),
        ("fees.toml", "[[fee]]", "[fee]", "“fee” must be a list of tables"),
        ("fees.toml", "[poverty]", "[[poverty]]", "“poverty” must be a table"),
        ("fees.toml", "[poverty]", "[poverty", "is not a TOML file"),
        ("naturalization.toml", "free = false", "free = 0", "“free” must be true or false"),
        ("naturalization.toml", "[basis.vawa]", "[basis.vava]", "there is no basis of this name"),
        ("naturalization.toml", "presence_days = 913", "presence_days = 1826", "must fit into"),
        ("naturalization.toml", 'severity = "not_yet"', 'severity = "bad"', "“severity” must be one of"),
        ("urgency.toml", 'kind = "fact"', 'kind = "guess"', "“kind” must be one of fact, days"),
    ],
)
def test_an_own_table_that_cannot_be_used_is_refused_with_file_and_key(
    tmp_path: Path, name: str, old: str, new: str, why: str
) -> None:
    with pytest.raises(BadInput) as refused:
        read_tables(own(tmp_path, name, old, new))
    assert why in refused.value.message
    assert name in refused.value.message


def test_a_basis_that_is_left_out_is_named(tmp_path: Path) -> None:
    text = DATA.joinpath("naturalization.toml").read_text(encoding="utf-8")
    start, end = text.index("[basis.vawa]"), text.index("[basis.328]")
    (tmp_path / "naturalization.toml").write_text(text[:start] + text[end:], encoding="utf-8")
    with pytest.raises(BadInput, match="the basis “vawa” is missing"):
        read_tables(tmp_path)


def test_a_fee_table_may_have_nothing_pending(tmp_path: Path) -> None:
    text = DATA.joinpath("fees.toml").read_text(encoding="utf-8")
    start, end = text.index("[[pending]]"), text.index("# The 48")
    (tmp_path / "fees.toml").write_text(text[:start] + text[end:], encoding="utf-8")
    assert read_tables(tmp_path).fees.pending == ()


def test_a_stale_table_says_so_on_the_assessment() -> None:
    until = tables().naturalization.provenance.stale_after
    fees_until = tables().fees.provenance.stale_after
    assert assessed(filing_date=str(min(until, fees_until))).stale == ()
    late = assessed(filing_date="2027-12-01").stale
    assert [said.count("checked again") for said in late] == [1, 1]


def test_every_basis_a_person_can_name_has_a_rule() -> None:
    assert set(tables().naturalization.bases) == set(Basis) - {Basis.BEST}
