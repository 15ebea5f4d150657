"""What a screening works out for an attorney: urgency, red lines, relief to look at. Layer: services.

Turns the law's decision table into the same sheet the naturalization rules fill. A row says *possible* or
*unsure*, never more; no volunteer and no client sees any of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ournydesk.domain.days import english_day
from ournydesk.domain.documents import AttorneySheet, Finding, Urgent
from ournydesk.law.asylum import AsylumDate
from ournydesk.law.screening import Exposure, Likelihood, Possibility, Screening
from ournydesk.law.tps import TpsState, TpsStatus
from ournydesk.law.urgency import Level, Urgency, UrgencyReason
from ournydesk.services.review import confirm, dated

SHOWN_IN_LIST: Final = frozenset({Level.CRITICAL, Level.HIGH})
_SAID: Final = {
    Level.CRITICAL: "Critical: attorney today.",
    Level.HIGH: "High: attorney within 3 business days.",
    Level.MEDIUM: "Medium: within 2 weeks.",
    Level.LOW: "Nothing urgent was said. An attorney still decides.",
}
_LIKELY: Final = {Likelihood.POSSIBLE: "Possible", Likelihood.UNSURE: "Unsure: a fact is not known"}
_EXPOSED: Final = {"high": "Exposed now", "unsure": "Perhaps exposed", "none": "Not exposed"}
_RED: Final = {
    "unlawful_presence_bar": "Three- or ten-year bar",
    "permanent_bar": "Permanent bar",
    "reinstatement": "Earlier order of removal",
    "crime": "Arrest, charge or conviction",
    "false_claim_or_fraud": "False claim or fraud",
    "smuggling_gang_persecutor": "Smuggling, gang label or armed group",
    "travel": "Travel",
    "child": "Child alone",
    "other_helper": "Somebody else filed",
    "in_proceedings": "Case before the court",
}
_TPS: Final = {
    TpsState.ACTIVE: "In force",
    TpsState.LAPSED: "Not known after its last day",
    TpsState.CONFLICTING: "Sources disagree",
    TpsState.TERMINATED: "Ended",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """Everything the tables say of one filling on one day."""

    today: date
    law_as_of: date
    urgency: Urgency
    screening: Screening
    exposure: Exposure | None
    asylum: AsylumDate | None
    tps: tuple[TpsStatus, ...]
    stale: tuple[str, ...]


def urgent(found: Urgency, today: date) -> Urgent:
    """The level with the reason that set it, and the day behind that reason."""
    first = found.reasons[0] if found.reasons else None
    return Urgent(
        rank=tuple(Level).index(found.level),
        level=found.level.value,
        reason="" if first is None else _short(first),
        by=None if first is None else _day(first, today),
        shown=found.level in SHOWN_IN_LIST,
    )


def _short(reason: UrgencyReason) -> str:
    """A few words for the list: ``Hearing in 6 days``."""
    match reason.days:
        case None:
            return reason.short
        case 0:
            return f"{reason.short} today"
        case 1:
            return f"{reason.short} tomorrow"
        case days if days < 0:
            return f"{reason.short} {-days} d ago"
        case days:
            return f"{reason.short} in {days} days"


def screening_sheet(told: Screened, missing: Iterable[str] = ()) -> AttorneySheet:
    """The attorney's sheet of one screening; ``missing`` are questions still without an answer."""
    return AttorneySheet(
        law_as_of=told.law_as_of,
        filing_date=None,
        outcome=_SAID[told.urgency.level],
        findings=(
            *(_old(sentence) for sentence in told.stale),
            *(_urgent(reason, told.today) for reason in told.urgency.reasons),
            *(_row(row, _RED.get(row.id, row.title or "Red line"), "Red line") for row in _red(told)),
            *(_exposure(told.exposure) if told.exposure is not None else ()),
            *(_asylum(told.asylum) if told.asylum is not None else ()),
            *(_row(row, row.title, _LIKELY[row.likelihood]) for row in told.screening.reliefs),
            *(_country(status) for status in told.tps),
        ),
        missing=tuple(missing),
    )


def _red(told: Screened) -> tuple[Possibility, ...]:
    return told.screening.red_lines


def _old(sentence: str) -> Finding:
    return Finding(
        title="Law not checked lately",
        result="Confirm first",
        text=dated(sentence),
        inputs="",
        citation="",
        needs_attorney=True,
    )


def _urgent(reason: UrgencyReason, today: date) -> Finding:
    day = _day(reason, today)
    return Finding(
        title=f"Urgency: {reason.level.value.lower()}",
        result=english_day(day) if day is not None else "Said by the client",
        text=dated(reason.text),
        inputs="" if day is None else f"{english_day(day)}, counted on {english_day(today)}",
        citation=reason.citation,
        mark=confirm(reason.mark),
        needs_attorney=reason.level is not Level.LOW,
    )


def _day(reason: UrgencyReason, today: date) -> date | None:
    return None if reason.days is None else today + timedelta(days=reason.days)


def _row(row: Possibility, title: str, result: str) -> Finding:
    unsure = row.likelihood is Likelihood.UNSURE and result != _LIKELY[Likelihood.UNSURE]
    return Finding(
        title=title,
        result=f"{result}, unsure" if unsure else result,
        text=row.text,
        inputs=_told(row),
        citation=row.citation,
        mark=confirm(row.mark),
        needs_attorney=True,
    )


def _told(row: Possibility) -> str:
    """What was said, and apart from it what nobody knows yet."""
    said = f"The client: {'; '.join(row.facts)}." if row.facts else ""
    ask = f"Not known, ask: {'; '.join(row.ask)}." if row.ask else ""
    return " ".join(filter(None, (said, ask)))


def _exposure(exposure: Exposure) -> Iterator[Finding]:
    if exposure.level == "none":
        return
    ends = exposure.ends_on
    yield Finding(
        title="Expedited removal",
        result=_EXPOSED[exposure.level],
        text=exposure.text,
        inputs="" if ends is None else f"Two years here are over on {english_day(ends)}.",
        citation=exposure.citation,
        mark=confirm(exposure.mark),
        needs_attorney=True,
    )


def _asylum(found: AsylumDate) -> Iterator[Finding]:
    yield Finding(
        title="Asylum: last day of the first year",
        result=english_day(found.last_day),
        text=dated(found.text),
        inputs=f"Latest arrival {english_day(found.counted_from)}; aim for {english_day(found.safe_target)}.",
        citation=found.citation,
        mark=confirm(found.mark),
        worked_out=True,
    )


def _country(status: TpsStatus) -> Finding:
    return Finding(
        title=" ".join(filter(None, ("TPS", status.country, status.designation))),
        result=_TPS[status.state],
        text=dated(status.text),
        inputs="",
        citation=status.citation,
        mark=confirm(status.mark),
        worked_out=True,
    )
