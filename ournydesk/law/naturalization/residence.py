"""Continuous residence: long absences and what they cost. Layer: law, stdlib only.

Sources: INA 316(b), 8 U.S.C. 1427(b); 8 CFR 316.5(c)(1). More than 180 and fewer than 365 days is a
presumption, 365 or more a break. After a break a form may be filed four (two) years and one day after
the return and never 90 days before that. At that point what is left of the trip inside the window
still raises the presumption.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ournydesk.law.dates import ONE_DAY, add_months, add_years
from ournydesk.law.naturalization.drafts import Draft
from ournydesk.law.naturalization.presence import Absence, Window
from ournydesk.law.naturalization.rules import BasisRule, Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """An absence of a year or more inside the window; ``restart``: filing opens again, None while away."""

    absence: Absence
    length: int
    restart: date | None

    def holds(self, filing: date) -> bool:
        """Whether it still keeps the person from filing on that day."""
        return self.restart is None or filing < self.restart


def since_resident(away: Sequence[Absence], resident_from: date | None) -> tuple[Absence, ...]:
    """Absences of a permanent resident: those before that day are left out, one across it is cut."""
    return tuple(
        Absence(max(absence.depart, resident_from or absence.depart), absence.ret, absence.numbers)
        for absence in away
        if absence.ret is None or resident_from is None or absence.ret > resident_from
    )


def breaks(away: Sequence[Absence], span: Window, rule: BasisRule, rules: Rules) -> tuple[Break, ...]:
    """Absences of a year or more that reach into the window, oldest first, healed ones included."""
    found = []
    for absence in _begun(away, span.end):
        length = absence.length(span.end)
        if length >= rules.break_at and (absence.ret is None or absence.ret > span.start):
            restart = None if absence.ret is None else add_years(absence.ret, rule.restart_years) + ONE_DAY
            found.append(Break(absence=absence, length=length, restart=restart))
    return tuple(found)


def presumptions(
    away: Sequence[Absence], span: Window, broken: Sequence[Break], rules: Rules, *, preserved: bool
) -> Iterator[tuple[Absence, int]]:
    """Absences that raise the presumption, with their length inside the window.

    One before a break that is in ``broken`` has no weight of its own. A trip that runs past the filing
    date counts whole: absences up to the oath count too.
    """
    last = None if preserved else max((item.absence.depart for item in broken), default=None)
    taken = {item.absence.numbers for item in broken}
    for absence in _begun(away, span.end):
        if absence.numbers in taken or (last is not None and absence.depart < last):
            continue
        inside = ((absence.ret or span.end) - max(absence.depart, span.start)).days
        if inside > rules.presumption_over:
            yield absence, inside


def longest(away: Sequence[Absence], filing: date) -> int:
    """The longest absence in days, whole."""
    return max((absence.length(filing) for absence in _begun(away, filing)), default=0)


def longest_inside(away: Sequence[Absence], span: Window) -> int:
    """The longest stretch of one absence that lies inside the window, in days."""
    return max(
        (
            (min(absence.ret or span.end, span.end) - max(absence.depart, span.start)).days
            for absence in _begun(away, span.end)
            if absence.ret is None or absence.ret > span.start
        ),
        default=0,
    )


def drafts(
    away: Sequence[Absence], span: Window, rule: BasisRule, rules: Rules, *, preserved: bool
) -> Iterator[Draft]:
    """The findings on continuous residence; ``preserved``: an N-470 was approved."""
    broken = [item for item in breaks(away, span, rule, rules) if item.holds(span.end)]
    for item in broken:
        seen = {
            "depart": item.absence.depart,
            "ret": item.absence.ret,
            "length": item.length,
            "limit": rules.break_at,
            "trips": item.absence.numbers,
            "file_from": item.restart,
        }
        if not preserved:
            yield Draft("CR_BREAK", _break_text(item, rule), seen)
        else:
            yield Draft(
                "N470",
                f"Away {item.length} days, a year or more; an approved N-470 may have kept the residence "
                "whole. An attorney checks its dates, the employer and the year of presence before it.",
                seen,
            )
    if preserved and not broken:
        yield Draft(
            "N470",
            "An N-470 was approved; no absence in this period is a year or more, so check what it was for.",
            {"n470_approved": True},
        )
    for absence, inside in presumptions(away, span, broken, rules, preserved=preserved):
        yield _presumption(absence, inside, span, rules)


def _break_text(item: Break, rule: BasisRule) -> str:
    began = f"Away {item.length} days from {item.absence.depart}, a year or more: residence is broken. "
    if item.restart is None:
        return (
            f"{began}The person is still away; filing opens {rule.restart_years} years and one day after the "
            "return."
        )
    return (
        f"{began}Filing opens on {item.restart}, {rule.restart_years} years and one day after the return on "
        f"{item.absence.ret}; the 90 days of early filing do not apply to that date."
    )


def _presumption(absence: Absence, inside: int, span: Window, rules: Rules) -> Draft:
    whole = absence.length(span.end)
    text = (
        f"Away {whole} days from {absence.depart} to {absence.ret or 'now'}, of which {inside} in the period "
        f"from {span.start}: more than {rules.presumption_over} days raises a presumption that residence was "
        "broken. It can be answered with a job kept here, family here, a home kept here and no job abroad."
    )
    if absence.ret is not None and absence.ret <= add_months(absence.depart, 6):
        text += " The trip is not longer than six calendar months, so the presumption itself can be disputed."
    return Draft(
        "CR_PRESUMPTION",
        text,
        {
            "depart": absence.depart,
            "ret": absence.ret,
            "length": whole,
            "inside_window": inside,
            "window_from": span.start,
            "trips": absence.numbers,
        },
    )


def _begun(away: Sequence[Absence], filing: date) -> Iterator[Absence]:
    return (absence for absence in away if absence.depart < filing)
