"""What is printed, as plain values. Layer: domain, standard library only.

Services build these from an intake; ``forms.paper`` draws them. Neither knows the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from ournydesk.domain.answers import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Bilingual:
    """The same words in the client's language and in English; ``client`` empty if untranslated."""

    english: str
    client: str = ""
    day: date | None = None
    """The calendar day these words name; a page writes it in the client's own way where it can."""
    said: Said = Said.VALUE
    """UNKNOWN and DECLINED are answers too; a page has words for them in the client's language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketRow:
    """One question and its answer as printed. ``row`` is the row's number inside a table, or 0.

    ``heading`` stands above the first row of a group that has a title of its own.
    """

    question: Bilingual
    answer: Bilingual
    row: int = 0
    attention: bool = False
    heading: Bilingual | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketTable:
    """Rows of one repeat: column heads and cells."""

    title: Bilingual
    heads: tuple[Bilingual, ...]
    rows: tuple[tuple[Bilingual, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketSection:
    """One section of the form with its answers and tables."""

    title: Bilingual
    rows: tuple[PacketRow, ...] = ()
    tables: tuple[PacketTable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One rule that spoke: for attorneys only. ``worked_out`` marks a date or a count, not a flag."""

    title: str
    result: str
    inputs: str
    text: str = ""
    """What the rule says, in a sentence or two."""
    citation: str
    mark: str = ""
    needs_attorney: bool = False
    worked_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgent:
    """How soon an attorney must see a case, why, and which day set it. ``rank`` 0 is the most urgent."""

    rank: int
    level: str
    reason: str
    by: date | None
    shown: bool
    """Whether the list of cases puts it first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttorneySheet:
    """What the rules worked out, with inputs and citations. Never shown to a client."""

    law_as_of: date
    filing_date: date | None
    """The day the rules were worked out for; None where nothing is filed yet."""
    findings: tuple[Finding, ...]
    outcome: str = ""
    """What the rules make of it all, in words an attorney reads: never shown to anyone else."""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """A whole packet: cover, answers by section in two languages, the attorney's sheet."""

    title: str
    ticket: int
    client_name: str
    a_number: str
    form_id: str
    form_version: str
    client_language: str
    """BCP 47 code of the client's language, ``bn``."""
    client_language_name: str = ""
    """Its English name, ``Bengali``."""
    printed_at: datetime
    sections: tuple[PacketSection, ...]
    attorney: AttorneySheet | None = None
    inventory: tuple[str, ...] = ()
    """What else travels with the packet, ``Form N-400, 14 pages``."""
    flagged: tuple[PacketRow, ...] = ()
    """Answers after which an attorney is to read the case; printed on the attorney's sheet only."""
    missing: tuple[Bilingual, ...] = ()
    """Questions that still need an answer; with any, every page says that it is a draft."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedAnswer:
    """An answer that did not fit its box and continues elsewhere, in full."""

    item: str
    title: str
    page: int
    part: str
    number: str
    text: str
    where: str
    """Where it is printed in full: ``Part 14, block 1`` or ``continuation sheet 1``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printout:
    """A finished PDF and what a person should know before printing it."""

    pdf: bytes = field(repr=False)
    pages: int
    moved: tuple[MovedAnswer, ...] = ()
    edition: str = ""
    left_off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankCard:
    """An agency blank that was imported and checked."""

    form: str
    edition: str
    expires: str
    pages: int
    imported_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """One rendered page: ``width`` x ``height`` pixels, four bytes each (RGBA)."""

    width: int
    height: int
    rgba: bytes = field(repr=False)
