"""``ournydesk assess screening`` as an attorney types it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.unit.cli.test_assess import Terminal, terminal

__all__ = ["terminal"]

TODAY = "2026-11-23"


def answer(terminal: Terminal, **facts: object) -> dict[str, Any]:
    code, out, err = terminal.types(json.dumps({"as_of": TODAY, **facts}).encode(), "screening", "-")
    assert (code, err) == (0, "")
    said: dict[str, Any] = json.loads(out)
    return said


def test_a_row_that_fires_shows_what_set_it_off_and_where_it_stands(terminal: Terminal) -> None:
    row = answer(terminal, facts={"usc_spouse": True})["reliefs"][0]
    assert (row["id"], row["likelihood"], row["facts"]) == (
        "immediate_relative",
        "possible",
        ["is married to a US citizen"],
    )
    assert row["citation"]
    assert row["mark"] in {"V", "S", "K"}


def test_what_nobody_knows_makes_a_row_unsure_and_no_case_wait_longer(terminal: Terminal) -> None:
    said = answer(terminal, facts={"travel_planned": None})
    assert [(row["id"], row["likelihood"]) for row in said["red_lines"]] == [("travel", "unsure")]
    assert (said["red_lines"][0]["facts"], said["red_lines"][0]["ask"]) == ([], ["plans to travel abroad"])
    assert said["urgency"]["level"] == "MEDIUM"


@pytest.mark.parametrize(
    ("told", "level"),
    [
        ({"facts": {"ewi": True}, "arrived": "2024-11-24"}, "high"),
        ({"facts": {"ewi": True}, "arrived": "2024-11-23"}, "none"),  # INA 235(b)(1): two years are over
        ({"facts": {"ewi": None}, "arrived": "2025-11-23"}, "unsure"),
        ({"facts": {"ewi": True}}, "unsure"),
        ({"not_admitted": True, "arrived": "2025-06"}, "high"),  # parole that has ended
        ({"facts": {}, "arrived": "2025-11-23"}, "none"),
    ],
)
def test_two_years_here_end_the_exposure_to_expedited_removal(
    terminal: Terminal, told: dict[str, object], level: str
) -> None:
    said = answer(terminal, **told)
    assert said["expedited_removal"]["level"] == level
    assert (said["urgency"]["level"] == "HIGH") == (level != "none")


def test_a_country_shows_every_designation_and_that_the_table_is_old(terminal: Terminal) -> None:
    said = answer(terminal, countries=["haiti", "Venezuela", "Iceland"])
    assert [row["state"] for row in said["tps"]] == ["terminated"] * 3
    assert any("Temporary protected status" in notice for notice in said["notices"])


def test_an_order_and_a_child_alone_set_the_level(terminal: Terminal) -> None:
    assert answer(terminal, facts={"prior_order": True})["urgency"]["level"] == "HIGH"
    assert answer(terminal, facts={"unaccompanied_child": True})["urgency"]["level"] == "CRITICAL"
    assert answer(terminal)["urgency"]["level"] == "LOW"


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"facts": ["ewi"]}, "facts must be one JSON object"),
        ({"facts": {"ewi": "yes"}}, "facts.ewi must be true, false, or null"),
        ({"facts": {"ewy": True}}, "“ewy” is not in the screening table"),
        ({"arrived": "2026-11-24"}, "arrived: 2026-11-24 is after 2026-11-23"),
        ({"arrived": "soon"}, "arrived must be a real date"),
        ({"countries": [""]}, "countries[1] must be the name of a country"),
        ({"country": "Haiti"}, "country is not a key"),
    ],
)
def test_what_cannot_be_read_ends_in_one_sentence(
    terminal: Terminal, told: dict[str, object], sentence: str
) -> None:
    code, out, err = terminal.types(json.dumps({"as_of": TODAY, **told}).encode(), "screening", "-")
    assert (code, out) == (2, "")
    assert sentence in err
