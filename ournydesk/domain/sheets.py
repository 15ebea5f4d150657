"""Sheets beside the packet: terms, checklists, covers, dockets. Layer: domain, standard library only.

Services build these from the records; ``forms.paper`` sets them on the one page design.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ournydesk.domain.documents import Bilingual


class SheetKind(StrEnum):
    """Which sheet; also its name on the command line and, with the ticket, of its file."""

    TERMS = "terms"
    EVIDENCE = "evidence"
    MAILING = "mailing"
    INCIDENT = "incident"
    DOCKET = "docket"
    HANDOUT = "handout"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """Words as they are read aloud. ``care``: on a tint, not to be overlooked."""

    text: Bilingual
    care: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A question and what was said, or a label and a fact."""

    label: Bilingual
    fact: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A line with a box before it; ``why`` stands under it in English, for whoever prepares the case."""

    text: Bilingual
    why: str = ""
    ticked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table in English; ``shares`` are the widths of its columns in hundredths."""

    heads: tuple[str, ...]
    shares: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """A line for a hand, and one for the day."""

    label: Bilingual
    day: Bilingual


Piece = Saying | Stated | Tick | Grid | Signing


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Pieces under a heading."""

    title: Bilingual
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One document. ``title`` and ``about`` name no client: they stand in the file's description."""

    kind: SheetKind
    title: Bilingual
    about: str
    """Form and version, or what the sheet is about."""
    language: str
    """BCP 47 code of the client's language; ``en`` for sheets of the staff."""
    printed_at: datetime
    parts: tuple[Part, ...]
    ticket: int = 0
    attorney: bool = False
    """For attorneys only: every page says so."""
    notice: str = ""
    """Stands on every page: ``Draft``."""

    @property
    def file_name(self) -> str:
        """A name for the file, with the ticket and never a name."""
        return f"ticket-{self.ticket}-{self.kind}.pdf" if self.ticket else f"{self.kind}.pdf"
