"""Findings that hang on who the person is: registration, service, a parent's citizenship.

Layer: law, stdlib only.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ournydesk.law.dates import add_years, age_on
from ournydesk.law.naturalization.drafts import Draft
from ournydesk.law.naturalization.facts import Basis
from ournydesk.law.naturalization.pinned import Person
from ournydesk.law.naturalization.rules import BasisRule, Rules


def drafts(person: Person, rule: BasisRule, rules: Rules) -> Iterator[Draft]:
    """The findings on the person."""
    facts = person.facts
    if facts.parent_usc_before_18 or facts.lived_with_usc_parent_as_lpr:
        yield Draft(
            "MAYBE_ALREADY_USC",
            "A parent was a citizen before the person turned 18: they may be a citizen already, by birth or "
            "through the parent. Settle this first; the answer would be a certificate or a passport, not "
            "this form.",
            {
                "parent_usc_before_18": facts.parent_usc_before_18,
                "lived_with_usc_parent_as_lpr": facts.lived_with_usc_parent_as_lpr,
            },
        )
    if facts.i751_pending:
        yield Draft(
            "I751_PENDING",
            "A petition to remove conditions is pending: it must be decided before or with this application.",
            {"i751_pending": True},
        )
    if facts.disability_n648:
        yield Draft(
            "N648",
            "A disability exception is asked for: the N-648 goes in with the application, from a US-licensed "
            "doctor or clinical psychologist who explains why the tests cannot be learned.",
            {"disability_n648": True},
        )
    yield from _military(person, rule)
    yield from _registration(person, rule, rules)


def _military(person: Person, rule: BasisRule) -> Iterator[Draft]:
    service = person.facts.military
    if not (
        service.active_hostilities or service.honorable or rule.basis in {Basis.SERVICE, Basis.HOSTILITIES}
    ):
        return
    if service.active_hostilities and service.honorable:
        text = (
            "Honourable service in a period of hostilities: section 329 may ask for no residence, presence "
            "or fee, and for no green card if enlisted in the United States."
        )
    elif service.honorable:
        text = (
            "Honourable service: with one year of it, filed in service or within six months after, section "
            "328 asks for no residence or presence and no fee."
        )
    else:
        text = (
            "Service is named but not reported as honourable: the discharge papers decide whether it helps."
        )
    yield Draft(
        "MILITARY",
        f"{text} Form N-426 certifies the service.",
        {
            "active_hostilities": service.active_hostilities,
            "honorable": service.honorable,
            "basis": rule.basis.value,
        },
    )


def _registration(person: Person, rule: BasisRule, rules: Rules) -> Iterator[Draft]:
    facts = person.facts
    asked = facts.sex == "M" and facts.lived_us_18_26 is True and facts.ss_registered is False
    if person.dob is None or not asked or facts.lawful_nonimmigrant_18_26:
        return
    age = age_on(facts.filing_date, person.dob)
    if age < rules.register_from_age:
        return
    seen: dict[str, object] = {"dob": person.dob, "age": age, "filing_date": facts.filing_date}
    birthday: date = add_years(person.dob, rules.register_until_age)
    if age < rules.register_until_age:
        yield Draft(
            "SS_REGISTER_NOW",
            f"Not registered with Selective Service at {age}: register before filing; possible until "
            f"{birthday}. From the end of 2026 registration may have happened by itself: look it up first.",
            {**seen, "possible_before": birthday},
        )
    elif age < rule.settled_age:
        yield Draft(
            "SS_26_31",
            f"Did not register with Selective Service and is {age}: he shows that it was not knowing and "
            "wilful, with a status letter and a statement.",
            {**seen, "settled_at": rule.settled_age},
        )
    else:
        yield Draft(
            "SS_OVER_31_INFO",
            f"Did not register with Selective Service; at {age} the failure lies before the period that "
            f"counts (from {rule.settled_age} on this basis).",
            {**seen, "settled_at": rule.settled_age},
        )
