"""One basis tried on one person: when it opens and what stands in its way. Layer: law, stdlib only.

Early filing shortens only the years of residence. The 18th birthday, three years of marriage, three
years of the spouse's citizenship and physical presence must be met on the filing date itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ournydesk.law.dates import add_months, add_years
from ournydesk.law.naturalization import residence
from ournydesk.law.naturalization.assessment import Severity
from ournydesk.law.naturalization.drafts import Draft
from ournydesk.law.naturalization.facts import Basis
from ournydesk.law.naturalization.pinned import Person
from ournydesk.law.naturalization.presence import (
    Absence,
    Window,
    absences,
    absent_days,
    presence_reached,
    window,
)
from ournydesk.law.naturalization.rules import BasisRule, Rules

NOT_BEFORE = frozenset({"TOO_EARLY", "PRESENCE_SHORT", "CR_BREAK", "STATE_UNDER_3M", "UNDER_18", "NOT_LPR"})
BLOCKED = NOT_BEFORE | {"SPOUSE_USC_UNDER_3Y", "NO_MARITAL_UNION"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """What one basis gives. ``earliest`` is None when a fact it hangs on is missing."""

    rule: BasisRule
    earliest: date | None
    span: Window
    present: int
    absent: int
    longest: int
    inside: int
    drafts: tuple[Draft, ...]

    @property
    def open(self) -> bool:
        """Nothing of this basis keeps the person from filing on the filing date."""
        return not any(
            draft.code in BLOCKED and draft.severity is not Severity.INFORMATION for draft in self.drafts
        )

    @property
    def clean(self) -> bool:
        """No presumption has to be answered with evidence."""
        return all(draft.code != "CR_PRESUMPTION" for draft in self.drafts)


def choose(person: Person, rules: Rules) -> tuple[Path, ...]:
    """The bases that were asked for, the best first.

    Best is one that can be filed on the filing date before one that cannot; then one without a
    presumption to answer; then the earlier date; then the lower burden of evidence.
    """
    if person.facts.basis is not Basis.BEST:
        return (tried(person, rules.bases[person.facts.basis], rules),)
    bases = [Basis.GENERAL, *([Basis.SPOUSE] if _spouse_path_exists(person) else [])]
    return tuple(sorted((tried(person, rules.bases[basis], rules) for basis in bases), key=_rank))


def _rank(path: Path) -> tuple[bool, bool, date, int]:
    return (not path.open, path.open and not path.clean, path.earliest or date.max, path.rule.burden)


def _spouse_path_exists(person: Person) -> bool:
    facts = person.facts
    return (
        person.marriage is not None
        and facts.spouse_usc_since is not None
        and facts.married is not False
        and facts.living_together is not False
        and not _divorced(person)
    )


def tried(person: Person, rule: BasisRule, rules: Rules) -> Path:
    """One basis on its filing date."""
    filing = person.facts.filing_date
    away = absences(person.journeys)
    span = window(filing, rule.years or rules.window_years)
    absent = absent_days(away, span)
    own = residence.since_resident(away, person.absences_count_from)
    begin = person.absences_count_from
    whole = tuple(item for item in away if item.ret is None or begin is None or item.ret > begin)
    return Path(
        rule=rule,
        earliest=earliest(person, own, span, rule, rules),
        span=span,
        present=span.days - absent,
        absent=absent,
        longest=residence.longest(whole, filing),
        inside=residence.longest_inside(own, span),
        drafts=tuple(_drafts(person, away, own, rule, rules)),
    )


def clocks(person: Person, rule: BasisRule) -> dict[str, date]:
    """The waiting periods of a basis that run on their own, each with the day it is over."""
    running = {}
    if person.lpr is not None:
        running["residence"] = add_years(person.lpr, rule.years) - timedelta(days=rule.early_days)
    if rule.union_years and person.marriage is not None:
        running["marriage"] = add_years(person.marriage, rule.union_years)
    if rule.union_years and person.spouse_usc_since is not None:
        running["spouse_usc"] = add_years(person.spouse_usc_since, rule.union_years)
    return running


def earliest(
    person: Person, own: tuple[Absence, ...], span: Window, rule: BasisRule, rules: Rules
) -> date | None:
    """The first day on which waiting periods, age and any broken residence allow to file.

    None while the resident date is missing, while the person is away on an absence that breaks
    residence, and for service in hostilities, which asks for no waiting.
    """
    if person.lpr is None or not rule.needs_lpr:
        return None
    days = list(clocks(person, rule).values())
    if person.dob is not None:
        days.append(add_years(person.dob, rule.minimum_age))
    if rule.years and not person.facts.n470_approved:
        for item in residence.breaks(own, span, rule, rules):
            if item.restart is None:
                return None
            days.append(item.restart)
    return max(days)


def _drafts(
    person: Person, away: tuple[Absence, ...], own: tuple[Absence, ...], rule: BasisRule, rules: Rules
) -> Iterator[Draft]:
    yield from _resident(person, rule)
    yield from _too_early(person, rule)
    if rule.years and person.lpr is not None:
        span = window(person.facts.filing_date, rule.years)
        yield from residence.drafts(own, span, rule, rules, preserved=person.facts.n470_approved is True)
        yield from _presence(away, span, rule)
    if rule.years:
        yield from _state(person, rule)
    if rule.union_years:
        yield from _union(person, rule)
    yield from _age(person, rule)


def _resident(person: Person, rule: BasisRule) -> Iterator[Draft]:
    filing, service = person.facts.filing_date, person.facts.military
    if person.lpr is not None and person.lpr <= filing:
        return
    if not rule.needs_lpr and service.active_hostilities and service.honorable:
        return
    text = (
        "No date of lawful permanent residence is given: naturalization starts from that date."
        if person.lpr is None
        else f"Permanent residence begins on {person.lpr}, after the filing date {filing}."
    )
    yield Draft("NOT_LPR", text, {"lpr_date": person.lpr, "filing_date": filing})


def _too_early(person: Person, rule: BasisRule) -> Iterator[Draft]:
    filing = person.facts.filing_date
    late = {name: day for name, day in clocks(person, rule).items() if rule.years and filing < day}
    if late:
        opens = max(late.values())
        yield Draft(
            "TOO_EARLY",
            f"Filing on {filing} is {(opens - filing).days} days before {opens}, when the waiting periods "
            f"of this basis ({rule.years} years of residence less {rule.early_days} calendar days"
            + (f", {rule.union_years} years of marriage to a citizen)" if rule.union_years else ")")
            + " are over.",
            {
                "lpr_date": person.lpr,
                "filing_date": filing,
                "years": rule.years,
                "early_days": rule.early_days,
                **late,
            },
        )


def _presence(away: tuple[Absence, ...], span: Window, rule: BasisRule) -> Iterator[Draft]:
    present = span.days - absent_days(away, span)
    if present >= rule.presence_days:
        return
    reached = presence_reached(away, span.end, rule.years, rule.presence_days)
    ahead = (
        f"With no further trip they are reached by filing on {reached}."
        if reached is not None
        else "The person is still away, so no date can be given."
    )
    yield Draft(
        "PRESENCE_SHORT",
        f"Present {present} days from {span.start} up to the day before {span.end}; {rule.presence_days} are "
        f"asked for, {rule.presence_days - present} more. {ahead}",
        {
            "presence_days": present,
            "required": rule.presence_days,
            "window_from": span.start,
            "window_before": span.end,
            "window_days": span.days,
            "reached_on": reached,
        },
    )


def _state(person: Person, rule: BasisRule) -> Iterator[Draft]:
    since, filing = person.state_since, person.facts.filing_date
    if since is None or add_months(since, rule.state_months) <= filing:
        return
    over = add_months(since, rule.state_months)
    seen = {"state": person.facts.state, "state_since": since, "filing_date": filing, "reached_on": over}
    if _files_early(person, rule):
        yield Draft(
            "STATE_UNDER_3M",
            f"In the State since {since}; {rule.state_months} months are over on {over}. This is an early "
            "filing, for which the three months may run up to the interview: check the dates and the office.",
            seen,
            Severity.INFORMATION,
        )
        return
    yield Draft(
        "STATE_UNDER_3M",
        f"In the State since {since}; {rule.state_months} months in the State or district are asked for "
        f"before filing and are over on {over}.",
        seen,
    )


def _files_early(person: Person, rule: BasisRule) -> bool:
    """Whether the filing date lies in the days of early filing, whatever the resident date turns out."""
    if person.lpr is None or person.absences_count_from is None:
        return False
    soonest, filing = min(person.lpr, person.absences_count_from), person.facts.filing_date
    return clocks(person, rule)["residence"] <= filing < add_years(soonest, rule.years)


def _union(person: Person, rule: BasisRule) -> Iterator[Draft]:
    facts = person.facts
    seen = {
        "married": facts.married,
        "living_together": facts.living_together,
        "marriage_date": person.marriage,
        "divorce_date": person.divorce,
    }
    if facts.married is False or facts.living_together is False or _divorced(person):
        yield Draft(
            "NO_MARITAL_UNION",
            "This basis asks for three years of living in marital union with the same citizen spouse, up to "
            "the filing date; divorce, death or separation ends it. See whether five years of residence "
            "serve.",
            seen,
        )
    since = person.spouse_usc_since
    if since is not None and facts.filing_date < add_years(since, rule.union_years):
        yield Draft(
            "SPOUSE_USC_UNDER_3Y",
            f"The spouse is a citizen since {since}; {rule.union_years} years of it are asked for on the "
            f"filing date and are over on {add_years(since, rule.union_years)}. Early filing does not "
            "shorten this.",
            {"spouse_usc_since": since, "filing_date": facts.filing_date},
        )


def _divorced(person: Person) -> bool:
    """Whether a divorce from this spouse came by the filing date; one before the wedding is another's."""
    if person.divorce is None or person.divorce > person.facts.filing_date:
        return False
    return person.marriage is None or person.divorce >= person.marriage


def _age(person: Person, rule: BasisRule) -> Iterator[Draft]:
    if person.dob is None:
        return
    birthday = add_years(person.dob, rule.minimum_age)
    if person.facts.filing_date < birthday:
        yield Draft(
            "UNDER_18",
            f"Born {person.dob}: {rule.minimum_age} years old on {birthday}, after the filing date. Early "
            "filing does not shorten this. Ask also whether a parent's citizenship already made them one.",
            {"dob": person.dob, "filing_date": person.facts.filing_date, "birthday": birthday},
        )
