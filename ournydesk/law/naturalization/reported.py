"""Naturalization facts out of a JSON object. Layer: law, stdlib only."""

from __future__ import annotations

from dataclasses import fields
from typing import Final, Literal

from ournydesk.errors import BadInput
from ournydesk.law.dates import When, earliest, latest
from ournydesk.law.given import Given
from ournydesk.law.naturalization.conduct import read_flag
from ournydesk.law.naturalization.facts import BIRTH, Basis, Facts, Military, Trip

KEYS: Final = tuple(field.name for field in fields(Facts))


def read_facts(untrusted: object) -> Facts:
    """The facts a JSON object reports. Raises BadInput with one sentence that names the key."""
    given = Given.of(untrusted, KEYS)
    filing_date = given.day("filing_date")
    if filing_date is None:
        raise given.missing("filing_date", "the date of filing")
    facts = Facts(
        filing_date=filing_date,
        dob=given.when("dob"),
        sex=_sex(given),
        lpr_date=given.when("lpr_date"),
        basis=Basis(given.one_of("basis", tuple(Basis)) or Basis.BEST),
        trips=tuple(_trip(item, number) for number, item in enumerate(given.items("trips"), start=1)),
        married=given.truth("married"),
        living_together=given.truth("living_together"),
        marriage_date=given.when("marriage_date"),
        divorce_date=given.when("divorce_date"),
        spouse_usc_since=_spouse(given),
        parent_usc_before_18=given.truth("parent_usc_before_18"),
        lived_with_usc_parent_as_lpr=given.truth("lived_with_usc_parent_as_lpr"),
        n470_approved=given.truth("n470_approved"),
        state=given.text("state"),
        state_since=given.when("state_since"),
        disability_n648=given.truth("disability_n648"),
        i751_pending=given.truth("i751_pending"),
        lived_us_18_26=given.truth("lived_us_18_26"),
        ss_registered=given.truth("ss_registered"),
        lawful_nonimmigrant_18_26=given.truth("lawful_nonimmigrant_18_26"),
        military=_military(given),
        flags=tuple(_flag(item, number) for number, item in enumerate(given.items("flags"), start=1)),
    )
    _in_order(facts)
    return facts


def _sex(given: Given) -> Literal["M", "F"] | None:
    match given.one_of("sex", ("M", "F")):
        case "M":
            return "M"
        case "F":
            return "F"
        case _:
            return None


def _spouse(given: Given) -> When | Literal["birth"] | None:
    return "birth" if given.untrusted.get("spouse_usc_since") == BIRTH else given.when("spouse_usc_since")


def _trip(item: object, number: int) -> Trip:
    given = Given.of(item, ("depart", "ret"), f"trips[{number}].")
    depart = given.when("depart")
    if depart is None:
        raise given.missing("depart", "the date of departure")
    return Trip(depart, given.when("ret"))


def _military(given: Given) -> Military:
    untrusted = given.untrusted.get("military")
    if untrusted is None:
        return Military()
    service = Given.of(untrusted, ("active_hostilities", "honorable"), "military.")
    return Military(
        active_hostilities=service.truth("active_hostilities") is True,
        honorable=service.truth("honorable") is True,
    )


def _flag(item: object, number: int) -> str:
    if not isinstance(item, str):
        raise BadInput(f"flags[{number}] must be a text such as “overdue_taxes”.", key=f"flags[{number}]")
    read_flag(item)
    return item


def _in_order(facts: Facts) -> None:
    """Nobody is born after they file, or becomes a resident before they are born."""
    if facts.dob is None:
        return
    born = earliest(facts.dob)
    if born > facts.filing_date:
        raise BadInput(
            f"dob {facts.dob} is after filing_date {facts.filing_date}; correct one of the two.", key="dob"
        )
    if facts.lpr_date is not None and latest(facts.lpr_date) < born:
        raise BadInput(f"lpr_date {facts.lpr_date} is before dob {facts.dob}; correct one.", key="lpr_date")
