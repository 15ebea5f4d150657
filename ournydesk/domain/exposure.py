"""What a desk could open: what shutting it out cannot take back, and who has to be told. Layer: domain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from ournydesk.domain.operations import DeviceId, RecordId


class Held(StrEnum):
    """Why a record could be opened on that laptop."""

    WRITTEN = "written"
    """It was written there, and nothing says that the laptop has let go of it."""
    LENT = "lent"
    """It was lent to that desk."""
    GROUP = "group"
    """It was written to a group whose key the desk held."""
    LET_GO = "let_go"
    """It was there, and the laptop signed that it destroyed its key."""


WHY: Final = {
    Held.WRITTEN: "written on it",
    Held.LENT: "lent to it",
    Held.GROUP: "read in its group",
    Held.LET_GO: "its key was destroyed there",
}
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposedRecord:
    """One record, described as far as the desk that looks may read it."""

    id: RecordId
    held: Held
    ticket: int | None = None
    client: str = ""
    until: datetime | None = None
    """For a record that was lent: until when; None when that cannot be read here."""
    received: bool = False
    """Whether the legal team signed that it has it."""

    @property
    def open(self) -> bool:
        """Whether whoever opens that vault could read it."""
        return self.held is not Held.LET_GO


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposedGroup:
    """Everything written to one group while the desk held its key."""

    name: str
    title: str
    """``Staff``, or the clinic's title."""
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """What one desk could open, as another desk of the team knows it."""

    device: DeviceId
    name: str
    role: str
    """As the team calls it."""
    seat: bool
    revoked: bool
    heard_at: datetime | None
    records: tuple[ExposedRecord, ...]
    groups: tuple[ExposedGroup, ...]
    of_groups: tuple[ExposedRecord, ...]
    """The records of its groups, as far as this desk can name them."""
    reads_here: bool
    """Whether the desk that looks reads cases itself; one that does not can name hardly any."""

    @property
    def clients(self) -> tuple[ExposedRecord, ...]:
        """Whom to tell: every record that could be opened, once, those with a name first."""
        found: dict[RecordId, ExposedRecord] = {}
        for record in (*self.records, *self.of_groups):
            if record.open:
                found.setdefault(record.id, record)
        return tuple(sorted(found.values(), key=_order))

    @property
    def let_go(self) -> tuple[ExposedRecord, ...]:
        """What was written there and is gone from it, as it signed."""
        return tuple(record for record in self.records if not record.open)


def as_table(records: Iterable[ExposedRecord]) -> tuple[tuple[str, ...], ...]:
    """The records as rows of text under their heads, for a list that is printed or opened as a sheet."""
    rows = [("Record", "Ticket", "Client", "Why", "Received")]
    rows += [
        (
            record.id[:8],
            str(record.ticket) if record.ticket is not None else "",
            record.client,
            WHY[record.held],
            "yes" if record.received else "not yet",
        )
        for record in records
    ]
    return tuple(rows)


def safe_csv(rows: Iterable[Iterable[str]]) -> str:
    """Rows as CSV that no spreadsheet takes for formulas: cells quoted, a sign before what begins one."""
    return "".join(",".join(_cell(cell) for cell in row) + "\r\n" for row in rows)


def _cell(text: str) -> str:
    guarded = f"'{text}" if text.startswith(FORMULA) else text
    return '"' + " ".join(guarded.splitlines()).replace('"', '""') + '"'


def _order(record: ExposedRecord) -> tuple[bool, str, int, str]:
    return (not record.client, record.client.casefold(), record.ticket or 0, record.id)
