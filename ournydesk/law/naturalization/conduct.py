"""Good moral character and grave bars, read from flags. Layer: law, stdlib only.

A flag is ``name`` or ``name:value``. An unknown flag is refused, never dropped: a misspelt murder
conviction must not read as a clean record. Sources: INA 101(f), 316(e), 318; 8 CFR 316.10.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from ournydesk.errors import BadInput
from ournydesk.law.dates import When, add_years, earliest, latest, read_when
from ournydesk.law.naturalization.drafts import Draft
from ournydesk.law.naturalization.facts import Facts
from ournydesk.law.naturalization.rules import BasisRule, Rules

PLAIN: Final = {
    "registered_or_voted": "VOTING",
    "on_probation": "PROBATION",
    "overdue_taxes": "TAXES",
    "child_support_arrears": "SUPPORT",
    "final_removal_order": "REMOVAL_ORDER",
    "in_removal_proceedings": "REMOVAL_PENDING",
    "false_citizenship_claim": "FALSE_CLAIM",
    "marriage_fraud": "LPR_FRAUD",
    "smuggling": "SMUGGLING",
}
VALUED: Final = (
    "murder_conviction:DATE",
    "aggravated_felony_conviction:DATE",
    "confined_days_in_period:N",
    "marijuana_possession_g:N",
)
FAMILIES: Final = ("arrest_…", "dui_conviction_YEAR")
_DUI: Final = re.compile(r"dui_conviction(?:_(\d{4}))?", re.ASCII)
_ARREST: Final = re.compile(r"arrest(_.+)?")


@dataclass(frozen=True, slots=True)
class Flag:
    """One flag taken apart: its name, and its value as a date or a number where it has one."""

    written: str
    name: str
    day: When | None = None
    number: Decimal | None = None


def read_flag(written: str) -> Flag:
    """The flag behind ``name`` or ``name:value``. Raises BadInput naming a flag it cannot read."""
    name, colon, value = written.strip().partition(":")
    name, value = name.strip(), value.strip()
    if name in PLAIN:
        if value not in {"", "true"}:
            raise _refused(written, "takes no value")
        return Flag(written, name)
    if _ARREST.fullmatch(name):
        return Flag(written, name)
    if name in {"murder_conviction", "aggravated_felony_conviction"}:
        return Flag(written, name, day=_day(written, value) if colon else None)
    if name in {"confined_days_in_period", "marijuana_possession_g"}:
        return Flag(written, name, number=_number(written, value))
    year = _DUI.fullmatch(name)
    if year is not None:
        told = value if colon else year[1]
        return Flag(written, "dui_conviction", day=None if told is None else _day(written, told))
    known = ", ".join((*PLAIN, *VALUED, *FAMILIES))
    raise _refused(written, f"is not known; known are {known}")


def drafts(facts: Facts, rule: BasisRule, rules: Rules) -> Iterator[Draft]:
    """The findings of all flags together."""
    flags = [read_flag(written) for written in facts.flags]
    period = add_years(facts.filing_date, -rule.conduct_years)
    for flag in flags:
        if flag.name in PLAIN:
            code = PLAIN[flag.name]
            yield Draft(code, rules.sentences[code], {"flag": flag.written})
    crimes = [flag for flag in flags if flag.name not in PLAIN and flag.number != 0]
    if crimes:
        yield Draft(
            "CRIM_ANY",
            "There is an arrest, charge, conviction or confinement: get certified dispositions for all of "
            "them, also sealed, expunged, juvenile and foreign ones.",
            {"flags": [flag.written for flag in crimes]},
        )
    yield from _permanent(crimes, rules)
    yield from _conditional(crimes, period, rules)
    yield from _drunk_driving(crimes, period, rules)


def _permanent(crimes: Sequence[Flag], rules: Rules) -> Iterator[Draft]:
    for flag in crimes:
        if flag.name == "murder_conviction":
            yield Draft(
                "GMC_PERMANENT_BAR",
                "A murder conviction bars good moral character for ever, whenever it was.",
                {"flag": flag.written},
            )
        if flag.name == "aggravated_felony_conviction":
            first = rules.aggravated_felony_from
            if flag.day is not None and latest(flag.day) < first:
                continue
            sure = flag.day is not None and earliest(flag.day) >= first
            yield Draft(
                "GMC_PERMANENT_BAR",
                f"An aggravated felony conviction on or after {first} bars good moral character for ever"
                + (". It can also make a person removable." if sure else "; find out the exact date first."),
                {"flag": flag.written, "on_or_after": first},
            )


def _conditional(crimes: Sequence[Flag], period: date, rules: Rules) -> Iterator[Draft]:
    for flag in crimes:
        if flag.name == "confined_days_in_period" and _amount(flag) >= rules.confined_days:
            yield Draft(
                "GMC_CONDITIONAL_BAR",
                f"Confined {flag.number} days in the period from {period}: {rules.confined_days} days or "
                "more bar good moral character until they lie before the period.",
                {"flag": flag.written, "limit": rules.confined_days, "period_from": period},
            )
    possessions = [flag for flag in crimes if flag.name == "marijuana_possession_g"]
    over = [flag for flag in possessions if _amount(flag) > rules.marijuana_grams]
    if over or len(possessions) > 1:
        yield Draft(
            "GMC_CONDITIONAL_BAR",
            f"A drug offence in the period from {period} bars good moral character, except one possession "
            f"of {rules.marijuana_grams} g of marijuana or less.",
            {
                "flags": [flag.written for flag in possessions],
                "limit_g": rules.marijuana_grams,
                "period_from": period,
            },
        )


def _drunk_driving(crimes: Sequence[Flag], period: date, rules: Rules) -> Iterator[Draft]:
    recent = [
        flag
        for flag in crimes
        if flag.name == "dui_conviction" and (flag.day is None or latest(flag.day) >= period)
    ]
    if len(recent) >= rules.drunk_driving:
        yield Draft(
            "GMC_TWO_DUI",
            f"{len(recent)} convictions for drunk driving in the period from {period}: two or more raise a "
            "presumption against good moral character. One whose day is not "
            "known counts when it may lie in the period.",
            {"flags": [flag.written for flag in recent], "period_from": period},
        )


def _amount(flag: Flag) -> Decimal:
    return flag.number if flag.number is not None else Decimal(0)


def _day(written: str, value: str) -> When:
    try:
        return read_when(value)
    except ValueError as error:
        raise _refused(written, "needs a real date, such as 2019-05-31, 2019-05 or 2019") from error


def _number(written: str, value: str) -> Decimal:
    try:
        number = Decimal(value)
    except InvalidOperation as error:
        raise _refused(written, "needs a number after the colon") from error
    if not number.is_finite() or number < 0:
        raise _refused(written, "needs a number, zero or more, after the colon")
    return number


def _refused(written: str, why: str) -> BadInput:
    return BadInput(f"flags: “{written}” {why}.", key="flags")
