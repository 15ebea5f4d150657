"""Which relief is worth an attorney's look, and which red lines are crossed. Layer: law, stdlib only.

The table (``screening.toml``) is data. A row is *possible* or *unsure*, never more: nothing here says
that a person qualifies. For attorneys only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from ournydesk.errors import BadInput
from ournydesk.law.dates import When, add_years, earliest, latest
from ournydesk.law.reading import Authority, Provenance, Section, read_law

FILE = "screening.toml"


class Likelihood(StrEnum):
    """Whether a row's trigger is met by what was said, or only if something unknown is so."""

    POSSIBLE = "possible"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """Facts that set a row off: every one of ``all``, at least one of ``any``, not one of ``none``."""

    all: tuple[str, ...]
    any: tuple[str, ...]
    none: tuple[str, ...]

    def met(self, facts: Mapping[str, bool | None]) -> Likelihood | None:
        """Possible, unsure because of a fact nobody knows (``None``), or not at all."""
        said = [facts.get(name, False) for name in self.all]
        if self.any:
            some = [facts.get(name, False) for name in self.any]
            said.append(True if True in some else None if None in some else False)
        said += [_not(facts.get(name, False)) for name in self.none]
        if False in said:
            return None
        return Likelihood.UNSURE if None in said else Likelihood.POSSIBLE

    @property
    def names(self) -> tuple[str, ...]:
        """Every fact the trigger looks at."""
        return (*self.all, *self.any, *self.none)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One relief, or one red line (which has no title)."""

    id: str
    title: str
    trigger: Trigger
    text: str
    authority: Authority


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningTable:
    """The decision table, and the law of expedited removal."""

    provenance: Provenance
    facts: Mapping[str, str]
    reliefs: tuple[Row, ...]
    red_lines: tuple[Row, ...]
    operative: date
    years: int
    exposure_text: str
    exposure: Authority


@dataclass(frozen=True, slots=True, kw_only=True)
class Possibility:
    """One row that fired: what it is, how sure, what to look at, and the facts that set it off.

    ``facts`` were said to be so; ``ask`` are those nobody knows yet, on which the row hangs or which would
    strengthen it.
    """

    id: str
    title: str
    likelihood: Likelihood
    text: str
    citation: str
    mark: str
    facts: tuple[str, ...]
    ask: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """Everything the table says of one person, in the table's order."""

    reliefs: tuple[Possibility, ...]
    red_lines: tuple[Possibility, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """How expedited removal touches someone; ``ends_on`` is when two years are over, if known."""

    level: str
    ends_on: date | None
    text: str
    citation: str
    mark: str


def read_screening(own: Path | None = None) -> ScreeningTable:
    """The table the desk ships, or the organisation's own.

    Raises BadInput as ``read_law`` does, and for a row that names a fact the table does not explain.
    """
    file = read_law(FILE, own)
    words = file.section("facts")
    facts = {name: words.text(name) for name in words.values}
    expedited = file.section("expedited_removal")
    return ScreeningTable(
        provenance=file.provenance(),
        facts=facts,
        reliefs=tuple(_row(row, row.text("title"), "look_at", facts) for row in file.rows("relief")),
        red_lines=tuple(_row(row, "", "text", facts) for row in file.rows("red_line")),
        operative=expedited.day("operative"),
        years=expedited.integer("years"),
        exposure_text=expedited.text("text"),
        exposure=expedited.authority(),
    )


def screen(facts: Mapping[str, bool | None], table: ScreeningTable) -> Screening:
    """The rows these facts set off. True: said yes; None: do not know; False or missing: no.

    Raises BadInput for a fact the table does not explain.
    """
    for name in facts:
        if name not in table.facts:
            raise BadInput(f"facts: “{name}” is not in the screening table.", key=name)
    return Screening(
        reliefs=_fired(table.reliefs, facts, table),
        red_lines=_fired(table.red_lines, facts, table),
    )


def expedited_removal(
    *, not_admitted: bool | None, arrived: When | None, on: date, table: ScreeningTable
) -> Exposure:
    """Exposure of someone who was not admitted, or whose parole ended, on a given day.

    ``high``: two years are surely not over; ``unsure``: a fact is missing or known only in part;
    ``none``: admitted, two years over, or before the rule was in force.
    """
    ends = None if arrived is None else (add_years(earliest(arrived), table.years), _ends(arrived, table))
    if not_admitted is False or on < table.operative or (ends is not None and ends[1] <= on):
        level = "none"
    elif not_admitted is None or ends is None or ends[0] <= on:
        level = "unsure"
    else:
        level = "high"
    return Exposure(
        level=level,
        ends_on=None if ends is None else ends[1],
        text=table.exposure_text,
        citation=table.exposure.citation,
        mark=table.exposure.mark,
    )


def _ends(arrived: When, table: ScreeningTable) -> date:
    return add_years(latest(arrived), table.years)


def _row(row: Section, title: str, text: str, facts: Mapping[str, str]) -> Row:
    trigger = Trigger(all=row.texts("all"), any=row.texts("any"), none=row.texts("none"))
    for name in trigger.names:
        if name not in facts:
            raise BadInput(f"{row.where}: “{name}” is not explained under [facts].", key=name)
    if not (trigger.all or trigger.any):
        raise BadInput(f"{row.where}: give “all” or “any”.", key="any")
    return Row(
        id=row.text("id"), title=title, trigger=trigger, text=row.text(text), authority=row.authority()
    )


def _fired(
    rows: tuple[Row, ...], facts: Mapping[str, bool | None], table: ScreeningTable
) -> tuple[Possibility, ...]:
    return tuple(
        Possibility(
            id=row.id,
            title=row.title,
            likelihood=likelihood,
            text=row.text,
            citation=row.authority.citation,
            mark=row.authority.mark,
            facts=tuple(table.facts[name] for name in row.trigger.names if facts.get(name) is True),
            ask=tuple(table.facts[name] for name in row.trigger.names if facts.get(name, False) is None),
        )
        for row in rows
        if (likelihood := row.trigger.met(facts)) is not None
    )


def _not(said: bool | None) -> bool | None:
    return None if said is None else not said
