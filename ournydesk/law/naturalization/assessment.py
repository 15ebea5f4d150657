"""What the naturalization rules answer. Layer: law, stdlib only. For attorneys, never for clients."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters, from worst to least."""

    STOP = "stop"
    ATTORNEY = "attorney"
    NOT_YET = "not_yet"
    INFORMATION = "information"


class Outcome(StrEnum):
    """The worst severity of all findings; ``READY`` when none asks for anything."""

    STOP = "stop"
    ATTORNEY = "attorney"
    NOT_YET = "not_yet"
    READY = "ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One rule that fired, with what it saw and where it comes from.

    ``mark``: V read in the primary source, S from a dated secondary source, K general knowledge; S and
    K are shown as "confirm with an attorney".
    """

    code: str
    severity: Severity
    text: str
    citation: str
    mark: str
    inputs: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Everything the rules say of one person on one filing date. Lengths are days, ``fee`` dollars."""

    outcome: Outcome
    earliest_filing: date | None
    """Under ``best_basis``; with partly known dates the day that is safe for all they can be."""
    earliest_by_basis: Mapping[str, date | None]
    best_basis: str
    presence_days: int
    absent_days: int
    longest_absence: int
    in_window_absence: int
    english_exempt: str | None
    civics_test: str
    fee: int | None
    codes: tuple[str, ...]
    reasons: tuple[Reason, ...]
    workings: tuple[Reason, ...] = ()
    """How the dates and figures were reached, and notes that change no outcome."""
    uncertain: tuple[str, ...] = ()
    """Names of the facts that are known only in part."""
    earliest_possible: date | None = None
    """Differs from ``earliest_filing`` only when a date is known in part: the best it can be."""
    stale: tuple[str, ...] = ()
    """One sentence for each table that should have been checked again before the filing date."""

    def as_json(self) -> dict[str, object]:
        """The same as plain JSON values, dates as ``YYYY-MM-DD``."""
        return {
            "outcome": self.outcome.value,
            "earliest_filing": _plain(self.earliest_filing),
            "earliest_by_basis": _plain(self.earliest_by_basis),
            "best_basis": self.best_basis,
            "presence_days": self.presence_days,
            "absent_days": self.absent_days,
            "longest_absence": self.longest_absence,
            "in_window_absence": self.in_window_absence,
            "english_exempt": self.english_exempt,
            "civics_test": self.civics_test,
            "fee": self.fee,
            "codes": list(self.codes),
            "reasons": [reason_json(reason) for reason in self.reasons],
            "workings": [reason_json(reason) for reason in self.workings],
            "uncertain": list(self.uncertain),
            "earliest_possible": _plain(self.earliest_possible),
            "stale": list(self.stale),
        }


def reason_json(reason: Reason) -> dict[str, object]:
    """One reason as plain JSON values."""
    return {
        "code": reason.code,
        "severity": reason.severity.value,
        "text": reason.text,
        "citation": reason.citation,
        "mark": reason.mark,
        "inputs": _plain(reason.inputs),
    }


def _plain(value: object) -> object:
    match value:
        case None | bool() | int():
            return value
        case Mapping():
            return {str(key): _plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
        case _:
            return str(value)
