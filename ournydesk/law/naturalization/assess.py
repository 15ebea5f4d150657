"""Everything put together: facts in, an assessment out. Layer: law, stdlib only, no clock, no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ournydesk.errors import BadInput
from ournydesk.law.dates import FIRST_YEAR, LAST_YEAR
from ournydesk.law.dates import earliest as first_day
from ournydesk.law.dates import latest as last_day
from ournydesk.law.naturalization import conduct, standing
from ournydesk.law.naturalization.assessment import Assessment, Outcome, Reason, Severity
from ournydesk.law.naturalization.drafts import Draft
from ournydesk.law.naturalization.facts import Facts
from ournydesk.law.naturalization.language import Tests, tests
from ournydesk.law.naturalization.paths import Path, choose, clocks
from ournydesk.law.naturalization.pinned import Person, dates, partly_known, pinned
from ournydesk.law.naturalization.presence import absences
from ournydesk.law.naturalization.residence import since_resident
from ournydesk.law.naturalization.rules import Rules
from ournydesk.law.reading import Authority

if TYPE_CHECKING:  # the tables hold these rules: importing them here at run time would go in a circle
    from ournydesk.law.tables import Tables

_WORST_FIRST: Final = tuple(Severity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run over definite dates."""

    person: Person
    paths: tuple[Path, ...]
    tests: Tests
    drafts: tuple[Draft, ...]


def assess(facts: Facts, tables: Tables) -> Assessment:
    """What the rules say of these facts. Under 5 ms; the same facts and tables give the same answer.

    Raises BadInput for a trip that ends before it starts, a flag the rules do not know, and a year that
    cannot be meant.
    """
    _check_years(facts)
    _check_trips(facts)
    rules = tables.naturalization
    unsure = partly_known(facts)
    cautious = _run(pinned(facts, cautious=True), rules)
    hopeful = _run(pinned(facts, cautious=False), rules) if unsure else cautious
    reasons = _reasons(_agreed(cautious, hopeful, unsure), rules.findings, rules)
    best, waiting = cautious.paths[0], cautious.tests
    fee = tables.fees.in_force(facts.filing_date)
    return Assessment(
        outcome=_outcome(reasons),
        earliest_filing=best.earliest,
        earliest_by_basis={path.rule.basis.value: path.earliest for path in cautious.paths},
        best_basis=best.rule.basis.value,
        presence_days=best.present,
        absent_days=best.absent,
        longest_absence=best.longest,
        in_window_absence=best.inside,
        english_exempt=waiting.english_exempt,
        civics_test=waiting.civics_test,
        fee=0 if best.rule.free else None if fee is None else fee.paper,
        codes=tuple(dict.fromkeys(reason.code for reason in reasons)),
        reasons=reasons,
        workings=_reasons(_workings(cautious, tables), rules.workings, rules),
        uncertain=unsure,
        earliest_possible=hopeful.paths[0].earliest,
        stale=_stale(facts, tables),
    )


def _check_years(facts: Facts) -> None:
    for name, when in dates(facts):
        if not FIRST_YEAR <= first_day(when).year <= LAST_YEAR:
            raise BadInput(f"{name}: {when} is not a date of our time; correct its year.", key=name)


def _check_trips(facts: Facts) -> None:
    for number, trip in enumerate(facts.trips, start=1):
        if trip.ret is not None and last_day(trip.ret) < first_day(trip.depart):
            raise BadInput(
                f"trips: trip {number} ends on {trip.ret}, before it starts on {trip.depart}; correct one of "
                "the two dates.",
                key="trips",
                trip=number,
            )


def _run(who: Person, rules: Rules) -> Run:
    paths = choose(who, rules)
    rule = paths[0].rule
    own = since_resident(absences(who.journeys), who.absences_count_from)
    return Run(
        person=who,
        paths=paths,
        tests=tests(who, [item for item in own if item.depart < who.facts.filing_date], rules),
        drafts=(
            *paths[0].drafts,
            *standing.drafts(who, rule, rules),
            *conduct.drafts(who.facts, rule, rules),
        ),
    )


def _agreed(cautious: Run, hopeful: Run, unsure: Sequence[str]) -> Iterator[Draft]:
    """The findings of both runs; those of one alone say which dates they hang on."""
    if cautious is hopeful:
        yield from cautious.drafts
        return
    here = {draft.code: draft for draft in cautious.drafts}
    there = {draft.code: draft for draft in hopeful.drafts}
    alone = [draft for draft in hopeful.drafts if draft.code not in here]
    shorter = _breaks(cautious) - _breaks(hopeful)
    if shorter and "CR_PRESUMPTION" not in {*here, *there}:
        text = "An absence that may be a year or more may also be one of more than 180 days."
        alone.append(Draft("CR_PRESUMPTION", text, {"trips": tuple(shorter)}))
    for draft in (*cautious.drafts, *alone):
        if draft.code in here and draft.code in there:
            # What the law softens for some days must not be softened when it may be another day.
            yield draft if draft.severity == there[draft.code].severity else replace(draft, severity=None)
        else:
            yield replace(
                draft,
                text=f"{draft.text} This hangs on dates that are known only in part: {', '.join(unsure)}.",
                inputs={**draft.inputs, "certain": False},
            )


def _breaks(run: Run) -> set[object]:
    """Numbers of the trips of each absence of a year or more, on every basis tried.

    Also one that an N-470 may have healed; another basis may be the best on another of the days.
    """
    return {
        draft.inputs["trips"]
        for path in run.paths
        for draft in path.drafts
        if draft.code in {"CR_BREAK", "N470"} and "trips" in draft.inputs
    }


def _reasons(drafts: Iterable[Draft], sources: Mapping[str, Authority], rules: Rules) -> tuple[Reason, ...]:
    made = [
        Reason(
            code=draft.code,
            severity=draft.severity or rules.severities.get(draft.code, Severity.INFORMATION),
            text=draft.text,
            citation=sources[draft.code].citation,
            mark=sources[draft.code].mark,
            inputs=draft.inputs,
        )
        for draft in drafts
    ]
    return tuple(sorted(made, key=lambda reason: _WORST_FIRST.index(reason.severity)))


def _outcome(reasons: Sequence[Reason]) -> Outcome:
    if not reasons or reasons[0].severity is Severity.INFORMATION:
        return Outcome.READY
    return Outcome(reasons[0].severity.value)


def _workings(run: Run, tables: Tables) -> Iterator[Draft]:
    for path in run.paths:
        yield Draft(
            "EARLIEST",
            f"Basis {path.rule.basis}: "
            + ("no date can be given." if path.earliest is None else f"filing opens on {path.earliest}.")
            + f" {path.rule.authority.citation}.",
            {"basis": path.rule.basis.value, "lpr_date": run.person.lpr, **clocks(run.person, path.rule)},
        )
    best, who = run.paths[0], run.person
    filing = who.facts.filing_date
    yield Draft(
        "PRESENCE",
        f"{best.present} days present and {best.absent} absent of {best.span.days}, from {best.span.start} "
        f"up to the day before {filing}.",
        {"window_from": best.span.start, "window_before": filing, "required": best.rule.presence_days},
    )
    yield Draft(
        "ENGLISH_CIVICS", run.tests.text, {"dob": who.dob, "lpr_date": who.lpr, "filing_date": filing}
    )
    yield Draft(
        "FEE", _fee_text(best, tables, who.facts), {"filing_date": filing, "basis": best.rule.basis.value}
    )
    yield from _notes(run, tables.naturalization)


def _fee_text(best: Path, tables: Tables, facts: Facts) -> str:
    fee = tables.fees.in_force(facts.filing_date)
    if best.rule.free:
        said = "No fee on this basis."
    elif fee is None:
        said = "No fee table covers this filing date."
    else:
        said = f"${fee.paper} on paper, ${fee.online} online; reduced ${fee.reduced}."
    return " ".join((said, *tables.fees.pending))


def _notes(run: Run, rules: Rules) -> Iterator[Draft]:
    who, best = run.person, run.paths[0]
    filing = who.facts.filing_date
    away = absences(who.journeys)
    own = since_resident(away, who.absences_count_from)
    for item in own:
        if item.depart < filing and item.length(filing) >= rules.break_at:
            yield Draft(
                "LONG_ABSENCE_ON_RECORD",
                f"Away {item.length(filing)} days from {item.depart}: a year or more at any time as a "
                "resident can be looked at as abandonment. Ask for re-entry permits, taxes and ties.",
                {"depart": item.depart, "ret": item.ret},
            )
    near = [item for item in own if rules.near_from <= item.length(filing) <= rules.presumption_over]
    if len(near) > 1:
        yield Draft(
            "NEAR_SIX_MONTHS",
            f"{len(near)} trips of nearly six months: an officer may ask whether the person lives here.",
            {"lengths": [item.length(filing) for item in near]},
        )
    if any(len(item.numbers) > 1 for item in away):
        overlapping = [item.numbers for item in away if len(item.numbers) > 1]
        yield Draft(
            "TRIPS_OVERLAP",
            "Trips overlap: they are counted as one absence and no day twice, but the dates contradict each "
            "other. Check them against passports.",
            {"trips": overlapping},
        )
    after = [trip.number for trip in who.journeys if trip.ret is None or trip.ret > filing]
    if after:
        yield Draft(
            "TRIP_AFTER_FILING",
            "A trip runs past the filing date or is still open: days after filing do not add to presence, "
            "but absences up to the oath can break residence.",
            {"trips": after},
        )
    if who.lpr is not None and best.span.start < who.lpr <= filing and best.rule.years:
        yield Draft(
            "LPR_INSIDE_WINDOW",
            f"Permanent residence began on {who.lpr}, {(who.lpr - best.span.start).days} days after the "
            "look-back opens: days before it are counted as present unless a trip says otherwise.",
            {"lpr_date": who.lpr, "window_from": best.span.start},
        )


def _stale(facts: Facts, tables: Tables) -> tuple[str, ...]:
    tried = (tables.naturalization.provenance, tables.fees.provenance)
    return tuple(said for table in tried if (said := table.notice(facts.filing_date)) is not None)
