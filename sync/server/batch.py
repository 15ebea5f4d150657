"""Operations of one push, given their places under the team's lock. Layer: sync.server.

What is asked of the database does not grow with the push: one question for each device whose chain is
continued, one statement that writes all of it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, and_, bindparam, insert, literal_column, select, update

from ournydesk.domain.operations import NO_OP, DeviceId, Envelope, Head, Header, Kind, OpId, TeamId
from sync.protocol import chain
from sync.protocol.messages import OpResult, Outcome
from sync.server import erasing, storage

_OPERATIONS: Final = storage.operations.c
_SPENT: Final = storage.spent.c


def _last(of: Any) -> Any:
    """The last place of a device's chain in a table."""
    return (
        select(of.dseq, of.op_id)
        .where(and_(of.team == bindparam("team"), of.dev == bindparam("dev")))
        .order_by(of.dseq.desc())
        .limit(1)
        .subquery()
    )


# Made once: what every push asks is not worked out anew for each.
_HIGH: Final = (
    select(_last(_OPERATIONS))
    .union_all(select(_last(_SPENT)))
    .order_by(literal_column("dseq").desc())
    .limit(1)
)
_IS_SPENT: Final = select(_SPENT.dseq).where(
    _SPENT.team == bindparam("team"), _SPENT.op_id == bindparam("name")
)
_SPEND: Final = insert(storage.spent)
_PLACE: Final = select(_OPERATIONS.n).where(
    _OPERATIONS.team == bindparam("team"), _OPERATIONS.op_id == bindparam("name")
)
_ADD: Final = insert(storage.operations)
_MOVE: Final = (
    update(storage.teams)
    .where(storage.teams.c.team == bindparam("here"))
    .values(head_n=bindparam("n"), head_hash=bindparam("hash"))
)


@dataclass(frozen=True, slots=True)
class Untrusted:
    """An operation as it came, and what could be read of it; nothing where it is none."""

    content: bytes
    name: OpId
    envelope: Envelope | None = None
    header: Header | None = None
    spends: bool = False
    """Whether its place in its author's chain is taken up even where it is refused."""


class Batch:
    """One push inside its transaction. ``numbered`` is False for a relay, which takes chains in any order.

    ``erased``: whether the team ever erased a record; ``held``: whether what was erased is kept all the same.
    """

    def __init__(
        self,
        connection: Connection,
        team: TeamId,
        head: Head,
        *,
        numbered: bool,
        erased: bool = False,
        held: bool = False,
    ) -> None:
        self._connection = connection
        self._team = team
        self._head = head
        self._numbered = numbered
        self._erased, self._held = erased, held
        self._highs: dict[DeviceId, Head] = {}
        self._places: dict[OpId, int] = {}
        self._rows: list[dict[str, Any]] = []
        self._orders = False
        self._spent: list[dict[str, Any]] = []

    def take(self, one: Untrusted, refusal: str) -> OpResult:
        """What becomes of one; ``refusal`` is the code of what is wrong with it, whatever its place."""
        name, header = one.name, one.header
        if header is None:
            return OpResult(op_id=name, said=Outcome.NO, code=refusal)
        high = self._high(header.dev)
        # A chain has no gaps, so what lies beyond its end was never taken and needs no search.
        if not self._numbered or header.dseq <= high.at:
            there = self._place(name)
            if there:
                return OpResult(op_id=name, said=Outcome.DUP, n=there)
        if refusal:
            if refusal == "role" and one.spends and self._numbered:
                self._spend(name, header, high)
            return OpResult(op_id=name, said=Outcome.NO, code=refusal)
        if self._numbered:
            if header.dseq > high.at + 1:
                return OpResult(op_id=name, said=Outcome.GAP, expect=high.at + 1)
            if header.dseq <= high.at or header.dprev != high.hash:
                code = "role" if header.dseq <= high.at and self._is_spent(name) else "fork"
                return OpResult(op_id=name, said=Outcome.NO, code=code)
        return self._add(one, header)

    def write(self) -> None:
        """Everything that was taken, and where the log ends now."""
        if self._spent:
            self._connection.execute(_SPEND, self._spent)
        if not self._rows:
            return
        rows = self._rows
        if self._erased and not self._held:
            rows = erasing.emptied(self._connection, self._team, rows)
        self._connection.execute(_ADD, rows)
        self._connection.execute(_MOVE, {"here": self._team, "n": self._head.at, "hash": self._head.hash})
        if self._orders:
            erasing.obey(self._connection, self._team, rows, held=self._held)

    def _add(self, one: Untrusted, header: Header) -> OpResult:
        self._orders = self._orders or header.kind is Kind.ERASE
        self._head = chain.step(self._head, one.name)
        self._places[one.name] = self._head.at
        self._highs[header.dev] = Head(header.dseq, one.name)
        self._rows.append(
            {
                "team": self._team,
                "n": self._head.at,
                "op_id": one.name,
                "rec": header.rec,
                "dev": header.dev,
                "dseq": header.dseq,
                "kind": header.kind.value,
                "recipients": json.dumps(list(header.to)),
                "envelope": one.content,
            }
        )
        return OpResult(op_id=one.name, said=Outcome.OK, n=self._head.at)

    def _spend(self, name: OpId, header: Header, high: Head) -> None:
        """The chain goes on behind what its author's role does not allow: what came later is not lost."""
        if header.dseq == high.at + 1 and header.dprev == high.hash:
            self._highs[header.dev] = Head(header.dseq, name)
            self._spent.append({"team": self._team, "dev": header.dev, "dseq": header.dseq, "op_id": name})

    def _is_spent(self, name: OpId) -> bool:
        """Whether its place was taken up without it: what was refused once is refused for ever."""
        if any(row["op_id"] == name for row in self._spent):
            return True
        asked = {"team": self._team, "name": name}
        return self._connection.execute(_IS_SPENT, asked).first() is not None

    def _high(self, device: DeviceId) -> Head:
        if not self._numbered:
            return Head(0, NO_OP)
        if device not in self._highs:
            self._highs[device] = high_of(self._connection, self._team, device)
        return self._highs[device]

    def _place(self, name: OpId) -> int:
        """Where an operation stands; 0 for nowhere."""
        if name in self._places:
            return self._places[name]
        found = self._connection.execute(_PLACE, {"team": self._team, "name": name}).first()
        return 0 if found is None else int(found.n)


def high_of(connection: Connection, team: TeamId, device: DeviceId) -> Head:
    """The last place of a device's own chain that is held, and the operation there."""
    row = connection.execute(_HIGH, {"team": team, "dev": device}).first()
    return Head(0, NO_OP) if row is None else Head(row.dseq, row.op_id)
