"""What new law data changes for cases that are open. Layer: law, stdlib only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ournydesk.law.naturalization.assess import assess
from ournydesk.law.naturalization.facts import Facts
from ournydesk.law.tables import Tables

WATCHED: Final = (
    "outcome",
    "earliest_filing",
    "best_basis",
    "codes",
    "english_exempt",
    "civics_test",
    "fee",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """One case whose assessment differs: per result, what it was and what it is now, as plain text."""

    case: str
    changes: Mapping[str, tuple[str, str]]


def touched(cases: Mapping[str, Facts], before: Tables, after: Tables) -> tuple[Touched, ...]:
    """The cases whose results differ between two sets of tables, in the order given."""
    found = []
    for case, facts in cases.items():
        old, new = assess(facts, before), assess(facts, after)
        pairs = {name: (getattr(old, name), getattr(new, name)) for name in WATCHED}
        changes = {name: (_plain(was), _plain(now)) for name, (was, now) in pairs.items() if was != now}
        if changes:
            found.append(Touched(case=case, changes=changes))
    return tuple(found)


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    return "" if value is None else str(value)
