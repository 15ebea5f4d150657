"""What filing an N-400 costs and which help with it is open. Layer: law, stdlib only. Whole dollars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ournydesk.law.reading import Authority, Provenance, read_law

FILE = "fees.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """One row of the fee table, in force from ``effective``."""

    effective: date
    paper: int
    online: int
    reduced: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeTable:
    """Fees, poverty guidelines and what is pending."""

    provenance: Provenance
    fees: tuple[Fee, ...]
    pending: tuple[str, ...]
    poverty_year: int
    persons_1: int
    per_extra: int
    waiver_percent: int
    reduced_percent: int
    paths: Mapping[str, Authority]

    def in_force(self, on: date) -> Fee | None:
        """The row for a filing date; None before the first row."""
        return max((fee for fee in self.fees if fee.effective <= on), key=_effective, default=None)

    def limit(self, household: int, percent: int) -> int:
        """A percentage of the poverty guideline for a household, in whole dollars."""
        return (self.persons_1 + self.per_extra * (household - 1)) * percent // 100


@dataclass(frozen=True, slots=True, kw_only=True)
class FeePath:
    """Which fee a household would look at, with the limits it was compared to."""

    fee_path: str
    amount: int | None
    online_amount: int | None
    waiver_limit: int
    reduced_limit: int
    poverty_year: int
    text: str
    citation: str
    mark: str
    notices: tuple[str, ...]


def read_fees(own: Path | None = None) -> FeeTable:
    """The fee table the desk ships, or the organisation's own. Raises BadInput as ``read_law`` does."""
    file = read_law(FILE, own)
    poverty = file.section("poverty")
    fees = [
        Fee(
            effective=row.day("effective"),
            paper=row.integer("paper"),
            online=row.integer("online"),
            reduced=row.integer("reduced"),
        )
        for row in file.rows("fee")
    ]
    return FeeTable(
        provenance=file.provenance(),
        fees=tuple(sorted(fees, key=_effective)),
        pending=tuple(row.text("text") for row in file.rows("pending")) if file.has("pending") else (),
        poverty_year=poverty.integer("year"),
        persons_1=poverty.integer("persons_1"),
        per_extra=poverty.integer("per_extra"),
        waiver_percent=poverty.integer("waiver_percent"),
        reduced_percent=poverty.integer("reduced_percent"),
        paths={name: row.authority() for name, row in file.named("path")},
    )


def fee_path(table: FeeTable, *, household: int, income: int, means_tested: bool, filing: date) -> FeePath:
    """The kindest fee path these facts may open. ``income``: the household's, a year, whole dollars.

    Limits are included: an income of exactly 150 % may ask for a waiver, of exactly 400 % for the
    reduced fee. Financial hardship (I-912 basis C) needs a person's judgement and is only named.
    """
    waiver = table.limit(household, table.waiver_percent)
    reduced = table.limit(household, table.reduced_percent)
    fee = table.in_force(filing) or table.fees[0]
    if means_tested:
        name, row, amount, online = "waiver_means_tested", "waiver_means_tested", 0, None
        text = "A means-tested benefit is received: a full waiver may be asked for on paper with proof of it."
    elif income <= waiver:
        name, row, amount, online = "waiver_income", "waiver_income", 0, None
        text = f"Income of ${income:,} is within ${waiver:,}: a full waiver may be asked for with proof."
    elif income <= reduced:
        name, row, amount, online = f"reduced_{fee.reduced}", "reduced", fee.reduced, None
        text = f"Income of ${income:,} is within ${reduced:,}: the reduced fee may be asked for (Part 10)."
    else:
        name, row, amount, online = f"full_{fee.paper}", "full", fee.paper, fee.online
        text = f"Income of ${income:,} is above ${reduced:,}. Financial hardship may still open a waiver."
    return FeePath(
        fee_path=name,
        amount=amount,
        online_amount=online,
        waiver_limit=waiver,
        reduced_limit=reduced,
        poverty_year=table.poverty_year,
        text=text,
        citation=table.paths[row].citation,
        mark=table.paths[row].mark,
        notices=notices(table, filing),
    )


def notices(table: FeeTable, filing: date) -> tuple[str, ...]:
    """What to say beside a fee: a stale table, a date it does not cover, and changes that are pending."""
    said = [table.provenance.notice(filing)]
    if table.in_force(filing) is None:
        said.append(
            f"No fee table covers {filing}; the oldest one was used, in force {table.fees[0].effective}."
        )
    if filing.year != table.poverty_year:
        said.append(
            f"The poverty guidelines are those of {table.poverty_year}; {filing.year} may have others."
        )
    return tuple(sentence for sentence in (*said, *table.pending) if sentence is not None)


def _effective(fee: Fee) -> date:
    return fee.effective
