"""What an attorney reads before deciding: findings, dates worked out, sources. Layer: services.

Turns the law's assessment into plain words for the attorney's sheet. No volunteer and no client sees
any of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from ournydesk.domain.days import english_day
from ournydesk.domain.documents import AttorneySheet, Finding
from ournydesk.law.naturalization import Assessment, Facts, Outcome, Reason, Severity

_ISO_DAY: Final = re.compile(r"\b\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b")
_OUTCOMES: Final = {
    Outcome.STOP: "The rules say: stop. Do not file before an attorney has decided.",
    Outcome.ATTORNEY: "The rules say: an attorney decides.",
    Outcome.NOT_YET: "The rules say: not yet.",
    Outcome.READY: "The rules found nothing in the way. An attorney still decides.",
}
_RESULTS: Final = {
    Severity.STOP: "Stop",
    Severity.ATTORNEY: "Attorney review",
    Severity.NOT_YET: "Not yet",
    Severity.INFORMATION: "To know",
}
_MARKS: Final = {
    "S": "Confirm with an attorney: from a dated secondary source.",
    "K": "Confirm with an attorney: general knowledge, no source read.",
}
_TITLES: Final = {
    "TOO_EARLY": "Filing before the earliest date",
    "PRESENCE_SHORT": "Too few days in the United States",
    "CR_PRESUMPTION": "Absence of more than 180 days",
    "CR_BREAK": "Absence of a year or more",
    "N470": "Residence preserved by N-470",
    "STATE_UNDER_3M": "Less than three months in the state",
    "UNDER_18": "Under 18 years of age",
    "SPOUSE_USC_UNDER_3Y": "Spouse a citizen for less than three years",
    "NO_MARITAL_UNION": "Not living in marital union",
    "I751_PENDING": "I-751 pending",
    "NOT_LPR": "Not a permanent resident",
    "MAYBE_ALREADY_USC": "Perhaps a citizen already",
    "MILITARY": "Military service",
    "N648": "Disability exception (N-648)",
    "CRIM_ANY": "Cited, arrested or detained",
    "GMC_PERMANENT_BAR": "Permanent bar to good moral character",
    "GMC_CONDITIONAL_BAR": "Conditional bar to good moral character",
    "GMC_TWO_DUI": "Two convictions for drunk driving",
    "VOTING": "Registered to vote, or voted",
    "PROBATION": "On probation or parole",
    "TAXES": "Overdue taxes",
    "SUPPORT": "Child support in arrears",
    "REMOVAL_ORDER": "Order of removal",
    "REMOVAL_PENDING": "In removal proceedings",
    "FALSE_CLAIM": "Claim to be a citizen",
    "LPR_FRAUD": "Residence perhaps gained by fraud",
    "SMUGGLING": "Helped someone enter",
    "SS_REGISTER_NOW": "Selective Service: can still register",
    "SS_26_31": "Selective Service: not registered, 26 to 31",
    "SS_OVER_31_INFO": "Selective Service: past the period that counts",
    "EARLIEST": "Earliest filing date",
    "PRESENCE": "Days in the United States",
    "ENGLISH_CIVICS": "English and civics",
    "FEE": "Filing fee",
}


def attorney_sheet(
    facts: Facts, assessment: Assessment, law_as_of: date, missing: Iterable[str] = ()
) -> AttorneySheet:
    """The attorney's sheet for one assessment; ``missing`` are questions still without an answer."""
    fired = [_finding(reason, _RESULTS[reason.severity]) for reason in assessment.reasons]
    worked = [
        _finding(reason, _worked(reason, assessment), worked_out=True) for reason in assessment.workings
    ]
    return AttorneySheet(
        law_as_of=law_as_of,
        filing_date=facts.filing_date,
        outcome=_OUTCOMES[assessment.outcome],
        findings=(*_doubts(assessment), *fired, *worked, _longest(assessment)),
        missing=tuple(missing),
    )


def _finding(reason: Reason, result: str, *, worked_out: bool = False) -> Finding:
    return Finding(
        title=_TITLES.get(reason.code, reason.code.replace("_", " ").capitalize()),
        result=result,
        text=dated(reason.text),
        inputs=_inputs(reason.inputs),
        citation=reason.citation,
        mark=confirm(reason.mark),
        needs_attorney=reason.severity in {Severity.STOP, Severity.ATTORNEY},
        worked_out=worked_out,
    )


def _worked(reason: Reason, assessment: Assessment) -> str:
    match reason.code:
        case "EARLIEST":
            basis = str(reason.inputs.get("basis", assessment.best_basis))
            day = assessment.earliest_by_basis.get(basis)
            return english_day(day) if day else "No date"
        case "PRESENCE":
            needed = reason.inputs.get("required")
            return f"{assessment.presence_days:,}; needs {needed:,}" if isinstance(needed, int) else "—"
        case "ENGLISH_CIVICS":
            exempt = assessment.english_exempt
            return f"Exempt from English, {exempt}" if exempt else f"Civics test {assessment.civics_test}"
        case "FEE":
            return "—" if assessment.fee is None else f"${assessment.fee:,}"
        case _:
            return ""


def _longest(assessment: Assessment) -> Finding:
    days = assessment.longest_absence
    return Finding(
        title="Longest absence",
        result="1 day" if days == 1 else f"{days:,} days",
        inputs=f"Inside the period that counts: {assessment.in_window_absence:,}.",
        citation="8 USC 1427(b)",
        worked_out=True,
    )


def _doubts(assessment: Assessment) -> Iterable[Finding]:
    """What makes all the rest less sure: old tables, dates known in part."""
    for sentence in assessment.stale:
        yield Finding(
            title="Law not checked lately",
            result="Confirm first",
            text=dated(sentence),
            inputs="",
            citation="",
            needs_attorney=True,
        )
    if assessment.uncertain:
        names = ", ".join(_named(name) for name in assessment.uncertain)
        yield Finding(
            title="Known only in part",
            result="Dates are the safe ones",
            text=f"The rules took the day that is safe for all these can be: {names}.",
            inputs=_possible(assessment),
            citation="",
            needs_attorney=True,
        )


def _possible(assessment: Assessment) -> str:
    best = assessment.earliest_possible
    if best is None or best == assessment.earliest_filing:
        return ""
    return f"Earliest filing could be {english_day(best)} once they are known."


def _inputs(inputs: Mapping[str, object]) -> str:
    return "; ".join(f"{_named(name)} {_plain(value)}" for name, value in inputs.items())


def _named(key: str) -> str:
    return key.replace("_", " ")


def _plain(value: object) -> str:
    match value:
        case None:
            return "unknown"
        case bool():
            return "yes" if value else "no"
        case date():
            return english_day(value)
        case Mapping():
            return _inputs(value)
        case list() | tuple():
            return ", ".join(_plain(each) for each in value)
        case _:
            return dated(str(value)).replace("_", " ")


def confirm(mark: str) -> str:
    """What stands beside a rule whose source was not read: S, K; empty for V."""
    return _MARKS.get(mark, "")


def dated(text: str) -> str:
    """The sentence with its days in words instead of figures."""
    return _ISO_DAY.sub(_in_words, text)


def _in_words(found: re.Match[str]) -> str:
    try:
        return english_day(date.fromisoformat(found[0]))
    except ValueError:  # looks like a day but is none
        return found[0]
