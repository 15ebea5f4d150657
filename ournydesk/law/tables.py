"""All dated tables together. Layer: law, stdlib only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ournydesk.law.asylum import AsylumTable, read_asylum
from ournydesk.law.fees import FeeTable, read_fees
from ournydesk.law.naturalization.rules import Rules, read_rules
from ournydesk.law.screening import ScreeningTable, read_screening
from ournydesk.law.tps import TpsTable, read_tps
from ournydesk.law.urgency import UrgencyTable, read_urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The law as data, read once and passed to the rules."""

    naturalization: Rules
    fees: FeeTable
    asylum: AsylumTable
    urgency: UrgencyTable
    screening: ScreeningTable
    tps: TpsTable

    def stale(self, on: date) -> tuple[str, ...]:
        """One sentence for each table that should have been checked again before that day."""
        heads = (
            self.naturalization.provenance,
            self.fees.provenance,
            self.asylum.provenance,
            self.urgency.provenance,
            self.screening.provenance,
            self.tps.provenance,
        )
        return tuple(said for head in heads if (said := head.notice(on)) is not None)


def read_tables(own: Path | None = None) -> Tables:
    """The tables the desk ships; a file of the same name in ``own`` takes the place of ours.

    Raises BadInput naming file and key when an own file cannot be used.
    """
    return Tables(
        naturalization=read_rules(own),
        fees=read_fees(own),
        asylum=read_asylum(own),
        urgency=read_urgency(own),
        screening=read_screening(own),
        tps=read_tps(own),
    )
