"""Which English and civics tests are waiting. Layer: law, stdlib only. Source: INA 312(b)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from ournydesk.law.dates import add_years
from ournydesk.law.naturalization.pinned import Person
from ournydesk.law.naturalization.presence import Absence
from ournydesk.law.naturalization.rules import LanguageRule, Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Tests:
    """Which tests are waiting: ``english_exempt`` None means English is asked; ``short`` the note."""

    english_exempt: str | None
    civics_test: str
    text: str


def tests(person: Person, away: Sequence[Absence], rules: Rules) -> Tests:
    """The English and civics tests on the filing date. Sources: INA 312(b), 8 U.S.C. 1423(b).

    The years are totals of living here after permanent residence: an absence of a year or more is
    taken off, shorter ones are not, and the note says when taking them off too would change the answer.
    """
    filing = person.facts.filing_date
    long = sum(item.length(filing) for item in away if item.length(filing) >= rules.break_at)
    every = sum(max(0, item.length(filing) - 1) for item in away)
    exempt = next((rule.name for rule in rules.english if _meets(person, rule, long)), None)
    special = _meets(person, rules.special_civics, long)
    named = [name for first, name in rules.civics_tests if first <= filing]
    civics = rules.special_civics.name if special else (named or [rules.civics_tests[0][1]])[-1]
    if exempt is None:
        text = "English is asked for."
    else:
        text = f"English is not asked for ({exempt}); civics may be taken in the person's own language."
    strict = next((rule.name for rule in rules.english if _meets(person, rule, every)), None)
    if strict != exempt or _meets(person, rules.special_civics, every) != special:
        text += " This counts the time of shorter trips as living here; without it the answer changes."
    return Tests(english_exempt=exempt, civics_test=civics, text=f"{text} Civics test: {civics}.")


def _meets(person: Person, rule: LanguageRule, away: int) -> bool:
    filing = person.facts.filing_date
    if person.dob is None or person.lpr is None:
        return False
    return (
        add_years(person.dob, rule.age) <= filing
        and add_years(person.lpr, rule.years) + timedelta(days=away) <= filing
    )
