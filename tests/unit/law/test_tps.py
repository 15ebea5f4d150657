"""Temporary protected status by country and day."""

from __future__ import annotations

import pytest

from ournydesk.law.tps import TpsState, TpsStatus, tps
from tests.unit.law.people import day, tables


def status(country: str, on: str) -> tuple[TpsStatus, ...]:
    return tps(country, day(on), tables().tps)


@pytest.mark.parametrize(
    ("country", "on", "state"),
    [
        pytest.param("Lebanon", "2026-11-27", TpsState.ACTIVE, id="91 FR 32069: the last day"),
        pytest.param("Lebanon", "2026-11-28", TpsState.LAPSED, id="91 FR 32069: the day after"),
        pytest.param(" sudan ", "2026-10-19", TpsState.ACTIVE, id="90 FR 5944, typed carelessly"),
        pytest.param("Ukraine", "2026-10-20", TpsState.LAPSED, id="90 FR 5936: the day after"),
        pytest.param("El Salvador", "2026-09-09", TpsState.CONFLICTING, id="90 FR 5953"),
        pytest.param("Haiti", "2026-11-23", TpsState.TERMINATED, id="90 FR 54733"),
        pytest.param("Nepal", "2026-11-23", TpsState.TERMINATED, id="the day is not known"),
    ],
)
def test_the_state_of_a_designation(country: str, on: str, state: TpsState) -> None:
    found = status(country, on)
    assert [item.state for item in found] == [state]
    assert ("Unlawful presence" in found[0].text) is (state is not TpsState.ACTIVE)
    assert "1254a" in found[0].citation


def test_a_country_may_have_had_two_designations_or_none() -> None:
    assert [item.designation for item in status("Venezuela", "2026-01-01")] == ["2021", "2023"]
    assert status("Examplestan", "2026-01-01") == ()


def test_a_stale_table_says_so() -> None:
    until = tables().tps.provenance.stale_after
    assert status("Haiti", str(until))[0].notice is None
    assert "checked again" in str(status("Haiti", "2026-11-23")[0].notice)
    assert any("Temporary protected status" in said for said in tables().stale(day("2026-11-23")))
    assert tables().stale(until) == ()
