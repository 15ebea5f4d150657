"""``ournydesk assess screening``: what the decision table says of facts in a file. Layer: cli.

Reads ``{"facts": {name: true | false | null}, "arrived": date, "not_admitted": true | false | null,
"countries": [names], "as_of": date}``. True: it is so; false or missing: it is not; null: nobody knows.
``not_admitted`` is for somebody whose parole has ended; without it the fact ``ewi`` counts. What comes back
is *possible* or *unsure*, never more, and is for attorneys.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date

from ournydesk.clock import SystemClock
from ournydesk.errors import BadInput
from ournydesk.law.dates import earliest
from ournydesk.law.given import Given
from ournydesk.law.screening import Exposure, Possibility, expedited_removal, screen
from ournydesk.law.tables import Tables
from ournydesk.law.tps import TpsStatus, tps
from ournydesk.law.urgency import Urgency, urgency

SUMMARY = "which relief is worth an attorney's look and which red lines are crossed"
EXAMPLE = '{"facts": {"ewi": true, "usc_spouse": true}, "arrived": "2025-11-02", "countries": ["Haiti"]}'


def screening(untrusted: object, tables: Tables) -> dict[str, object]:
    """The rows of the decision table that fire, expedited removal, TPS by country, and the least level."""
    given = Given.of(untrusted, ("facts", "arrived", "not_admitted", "countries", "as_of"))
    on = given.day("as_of") or SystemClock().today()
    facts = _facts(given)
    arrived = given.when("arrived")
    if arrived is not None and earliest(arrived) > on:
        raise BadInput(f"arrived: {arrived} is after {on}; correct it.", key="arrived")
    found = screen(facts, tables.screening)
    exposure = expedited_removal(
        not_admitted=given.truth("not_admitted")
        if "not_admitted" in given.untrusted
        else facts.get("ewi", False),
        arrived=arrived,
        on=on,
        table=tables.screening,
    )
    return {
        "as_of": str(on),
        "reliefs": [_row(row) for row in found.reliefs],
        "red_lines": [_row(row) for row in found.red_lines],
        "expedited_removal": _exposure(exposure),
        "tps": [_status(status) for status in _countries(given, on, tables)],
        "urgency": _level(urgency(tuple(_urgent(facts, exposure, found.red_lines)), tables.urgency)),
        "notices": list(tables.stale(on)),
    }


def _facts(given: Given) -> dict[str, bool | None]:
    untrusted = given.untrusted.get("facts")
    if untrusted is None:
        return {}
    if not isinstance(untrusted, dict):
        raise BadInput("facts must be one JSON object of names with true, false or null.", key="facts")
    told: dict[str, bool | None] = {}
    for name, value in untrusted.items():
        if value is not None and not isinstance(value, bool):
            raise BadInput(f"facts.{name} must be true, false, or null when nobody knows.", key=str(name))
        told[str(name)] = value
    return told


def _urgent(
    facts: Mapping[str, bool | None], exposure: Exposure, red_lines: tuple[Possibility, ...]
) -> Iterator[str]:
    """What these facts alone tell of the urgency; dates of hearings are told to ``assess urgency``."""
    if exposure.level != "none":
        yield "ewi_under_2y"
    if facts.get("prior_order"):
        yield "final_order"
    if facts.get("unaccompanied_child"):
        yield "unaccompanied_child"
    if red_lines:  # also one that hangs on something nobody knows: that is no reason to see it later
        yield "red_line"


def _countries(given: Given, on: date, tables: Tables) -> Iterator[TpsStatus]:
    for number, country in enumerate(given.items("countries"), start=1):
        if not isinstance(country, str) or not country.strip():
            raise BadInput(f"countries[{number}] must be the name of a country.", key=f"countries[{number}]")
        yield from tps(country, on, tables.tps)


def _row(row: Possibility) -> dict[str, object]:
    return {**asdict(row), "likelihood": row.likelihood.value, "facts": list(row.facts), "ask": list(row.ask)}


def _exposure(exposure: Exposure) -> dict[str, object]:
    ends = None if exposure.ends_on is None else str(exposure.ends_on)
    return {**asdict(exposure), "ends_on": ends}


def _status(status: TpsStatus) -> dict[str, object]:
    until = None if status.until is None else str(status.until)
    return {**asdict(status), "state": status.state.value, "until": until}


def _level(found: Urgency) -> dict[str, object]:
    return {
        "level": found.level.value,
        "target": found.target,
        "reasons": [{**asdict(reason), "level": reason.level.value} for reason in found.reasons],
    }
