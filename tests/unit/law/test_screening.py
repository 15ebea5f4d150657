"""The decision table: every row on both sides of its trigger, and nobody is told they qualify."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ournydesk.errors import BadInput
from ournydesk.law.dates import read_when
from ournydesk.law.screening import Likelihood, Row, expedited_removal, read_screening, screen
from tests.unit.law.people import day, tables
from tests.unit.law.test_tables import own

TABLE = tables().screening
ROWS = [*TABLE.reliefs, *TABLE.red_lines]


def fired(facts: dict[str, bool | None]) -> dict[str, Likelihood]:
    said = screen(facts, TABLE)
    return {item.id: item.likelihood for item in (*said.reliefs, *said.red_lines)}


def enough(row: Row) -> dict[str, bool | None]:
    return dict.fromkeys((*row.trigger.all, *row.trigger.any[:1]), True)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_fires_on_its_trigger_and_not_on_less(row: Row) -> None:
    """Source: the citation of the row."""
    facts = enough(row)
    assert fired(facts)[row.id] is Likelihood.POSSIBLE
    for name in facts:
        assert row.id not in fired({**facts, name: False})
        assert fired({**facts, name: None})[row.id] is Likelihood.UNSURE
    for name in row.trigger.none:
        assert row.id not in fired({**facts, name: True})
        assert fired({**facts, name: None})[row.id] is Likelihood.UNSURE


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_no_row_promises_anything(row: Row) -> None:
    words = f"{row.title} {row.text}".lower()
    assert "eligible" not in words
    assert "qualif" not in words
    assert row.authority.citation
    assert row.authority.as_of <= TABLE.provenance.as_of


def test_who_reports_nothing_gets_nothing() -> None:
    assert fired({}) == {}
    assert fired(dict.fromkeys(TABLE.facts, False)) == {}


def test_a_row_names_the_facts_that_set_it_off() -> None:
    found = screen({"usc_spouse": True, "usc_parent": None, "usc_child_21": False}, TABLE)
    family = next(item for item in found.reliefs if item.id == "immediate_relative")
    assert family.facts == ("is married to a US citizen",)


def test_what_nobody_knows_is_to_be_asked_and_never_told_as_said() -> None:
    found = screen({"usc_spouse": True, "usc_parent": None, "reinstated_order": None}, TABLE)
    family = next(item for item in found.reliefs if item.id == "immediate_relative")
    assert family.ask == ("has a US citizen parent",)
    order = next(item for item in found.red_lines if item.id == "reinstatement")
    assert (order.facts, order.ask) == ((), ("came back after an order of removal",))


def test_every_fact_of_the_table_is_used_or_narrows_something() -> None:
    used = {name for row in ROWS for name in row.trigger.names}
    asked_elsewhere = {
        "inspected_or_paroled",
        "ewi",
        "protected_ground",
        "arrived_within_year",
        "helped_police",
    }
    asked_elsewhere |= {"present_20001221", "prior_filing", "lpr_under_18"}
    assert set(TABLE.facts) - used == asked_elsewhere


def test_an_unknown_fact_is_refused_by_name() -> None:
    with pytest.raises(BadInput, match="“usc_spuose”"):
        screen({"usc_spuose": True}, TABLE)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('all = ["had_daca"]', 'all = ["had_dacca"]', "“had_dacca” is not explained"),
        ('all = ["had_daca"]', 'none = ["had_daca"]', "give “all” or “any”"),
        ('all = ["had_daca"]', "all = [1]", "“all” must be a list of texts"),
        ('all = ["had_daca"]', 'all = "had_daca"', "“all” must be a list of texts"),
    ],
)
def test_an_own_table_with_a_broken_row_is_refused(tmp_path: Path, old: str, new: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        read_screening(own(tmp_path, "screening.toml", old, new))


@pytest.mark.parametrize(
    ("not_admitted", "arrived", "on", "level"),
    [
        pytest.param(True, "2025-01-10", "2027-01-09", "high", id="INA 235(b)(1)(A)(iii): a day less"),
        pytest.param(True, "2025-01-10", "2027-01-10", "none", id="INA 235(b)(1)(A)(iii): two years"),
        pytest.param(True, "2025-10-01", "2026-07-16", "none", id="the day before it was in force"),
        pytest.param(True, "2025-10-01", "2026-07-17", "high", id="Make the Road NY v. Mullin: 17 July 2026"),
        pytest.param(False, "2025-10-01", "2026-11-23", "none", id="admitted"),
        pytest.param(None, "2025-10-01", "2026-11-23", "unsure", id="not known whether admitted"),
        pytest.param(True, None, "2026-11-23", "unsure", id="arrival not known"),
        pytest.param(True, "2024", "2026-11-23", "unsure", id="the year of arrival only"),
        pytest.param(True, "2025", "2026-11-23", "high", id="the year is enough"),
        pytest.param(True, "2023", "2026-11-23", "none", id="the year is long ago"),
    ],
)
def test_exposure_to_expedited_removal(
    not_admitted: bool | None, arrived: str | None, on: str, level: str
) -> None:
    when = None if arrived is None else read_when(arrived)
    said = expedited_removal(not_admitted=not_admitted, arrived=when, on=day(on), table=TABLE)
    assert said.level == level


def test_exposure_names_the_day_it_ends() -> None:
    arrived = date(2025, 1, 10)
    said = expedited_removal(not_admitted=True, arrived=arrived, on=date(2026, 11, 23), table=TABLE)
    assert (said.ends_on, said.mark) == (date(2027, 1, 10), "S")
