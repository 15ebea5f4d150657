"""How far each intake has come, worked out of its operations and marks, never stored. Layer: store.

The whole list takes four queries, however many intakes it has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, LiteralString, NamedTuple

from ournydesk.domain import ladder
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.intake import IntakeRow
from ournydesk.domain.ladder import Step
from ournydesk.domain.operations import Kind
from ournydesk.domain.oplog import Standing
from ournydesk.store import projections
from ournydesk.store.database import Database, Row

REFUSED: Final = "needs.refused"
QUARANTINED: Final = "needs.quarantined"

_KNOWN: Final[LiteralString] = (
    "SELECT DISTINCT record, kind, dev, n IS NOT NULL, offered_at IS NOT NULL, carried_at IS NOT NULL, "
    "received_at IS NOT NULL FROM operations WHERE standing = 'applied' "
    "AND kind IN ('rec.create', 'rec.edit', 'rec.grant', 'rec.ack')"
)
_ASIDE: Final[LiteralString] = (
    "SELECT DISTINCT record, standing FROM operations WHERE standing <> 'applied' "
    "AND standing IN ('refused', 'quarantined')"
)
_MARKS: Final[LiteralString] = (
    "SELECT id, written_seq > coalesce(sealed_through, 0), coalesce(handed_over, 0), purged_at "
    "FROM intakes LEFT JOIN intake_marks ON intake = id"
)


class _Known(NamedTuple):
    """What is known of one or more operations of a record that came equally far."""

    kind: str
    device: str
    numbered: int
    offered: int
    carried: int
    received: int


@dataclass(frozen=True, slots=True)
class _Marks:
    unsealed: bool
    handed_over: bool
    purged_at: datetime | None


def rows(database: Database) -> tuple[IntakeRow, ...]:
    """All intakes with how far they have come, the last changed first."""
    marks = {values[0]: _marks(values) for values in database.read(_MARKS)}
    known = _by_record(database.read(_KNOWN))
    aside = _needs(database.read(_ASIDE))
    here = _here(database)
    found = [
        _row(row, marks[row.head.id], known.get(row.head.id, ()), aside.get(row.head.id, ""), here)
        for row in projections.rows(database)
    ]
    # By id among equals, as they came; a purge is a change that the projection does not know.
    return tuple(sorted(found, key=lambda row: row.changed_at, reverse=True))


def row(database: Database, intake: IntakeId) -> IntakeRow:
    """One intake with how far it has come. Raises Refused("refused.unknown_intake")."""
    found = projections.row(database, intake)
    (marked,) = database.read(_MARKS + " WHERE id = ?", intake)
    known = _by_record(database.read(_KNOWN + " AND record = ?", intake))
    aside = _needs(database.read(_ASIDE + " AND record = ?", intake))
    return _row(found, _marks(marked), known.get(intake, ()), aside.get(intake, ""), _here(database))


def _row(row: IntakeRow, marks: _Marks, known: Sequence[_Known], needs_you: str, here: str) -> IntakeRow:
    return replace(
        row,
        changed_at=marks.purged_at or row.changed_at,
        status=ladder.status(_steps(known, here), unsealed=marks.unsealed),
        handed_over=marks.handed_over,
        purged=marks.purged_at is not None,
        needs_you=needs_you,
    )


def _steps(known: Sequence[_Known], here: str) -> Iterable[Step]:
    """The steps of a record.

    A reader's signature is asked for what the record's author wrote and for what this desk wrote; others
    may write to it only because they read it, or were lent it and have signatures of their own to wait
    for. Whoever signed for the record is a reader.
    """
    readers = {one.device for one in known if one.kind == Kind.ACKNOWLEDGE}
    asked = {one.device for one in known if one.kind == Kind.CREATE} | {here}
    for one in known:
        if one.kind != Kind.ACKNOWLEDGE:
            yield Step(
                offered=bool(one.offered),
                carried=bool(one.carried),
                numbered=bool(one.numbered),
                received=bool(one.received) or one.device in readers or one.device not in asked,
            )


def _by_record(found: Iterable[Row]) -> Mapping[str, list[_Known]]:
    known: defaultdict[str, list[_Known]] = defaultdict(list)
    for record, *values in found:
        known[record].append(_Known(*values))
    return known


def _needs(found: Iterable[Row]) -> Mapping[str, str]:
    """Why a person has to look, by record; what the server refused comes before what others did wrong."""
    needs: dict[str, str] = {}
    for record, standing in found:
        if standing == Standing.REFUSED or record not in needs:
            needs[record] = REFUSED if standing == Standing.REFUSED else QUARANTINED
    return needs


def _marks(values: Row) -> _Marks:
    _, unsealed, handed_over, purged_at = values
    return _Marks(bool(unsealed), bool(handed_over), datetime.fromisoformat(purged_at) if purged_at else None)


def _here(database: Database) -> str:
    found = database.read("SELECT device FROM identity")
    return str(found[0][0]) if found else ""
