"""From a set of operations to what they come to. Layer: domain, standard library only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar, cast

from ournydesk.domain.answers import Answers
from ournydesk.domain.ids import Path, RowId
from ournydesk.domain.merge.clock import START
from ournydesk.domain.merge.state import (
    KeptRow,
    Live,
    Merged,
    Placed,
    Row,
    RowWrites,
    Told,
    rows_around,
)
from ournydesk.domain.operations import DeviceId
from ournydesk.domain.record import (
    Answered,
    Began,
    Counted,
    Decided,
    Dot,
    HandedOver,
    Lent,
    Noted,
    Payload,
    Published,
    RowPut,
    RowTaken,
    Write,
    encode_payload,
)

W = TypeVar("W", bound=Write)


def fold(told: Iterable[Told]) -> Merged:
    """What these operations come to together."""
    placed = _placed(told)
    answered: dict[Path, list[Placed[Answered]]] = defaultdict(list)
    for one in _of(Answered, placed):
        answered[one.write.path].append(one)
    live = {path: _live(writes) for path, writes in answered.items()}
    rows, kept, order = _rows(placed, live)
    there = {row for row, writes in rows.items() if writes.there}
    values, conflicts = {}, []
    for path, answers in live.items():
        if there.issuperset(rows_around(path)):
            if len(answers) > 1:
                conflicts.append(path)
            if not answers[0].answer.blank:
                values[path] = answers[0].answer
    shown = {
        path: tuple(row for row in ordered if (path, row) in there)
        for path, ordered in order.items()
        if there.issuperset(rows_around(path))
    }
    begun, counts = _of(Began, placed), _of(Counted, placed)
    return Merged(
        answers=Answers(
            MappingProxyType(values), MappingProxyType({path: ids for path, ids in shown.items() if ids})
        ),
        live=MappingProxyType(live),
        conflicts=tuple(sorted(conflicts)),
        removed_but_edited=tuple(one for one in kept if there.issuperset(rows_around(one.path))),
        rows=MappingProxyType(rows),
        began=begun[0].write if begun else None,
        counted=counts[-1].write if counts else None,
        handed_over=_of(HandedOver, placed),
        notes=_of(Noted, placed),
        decisions=_of(Decided, placed),
        lent=_of(Lent, placed),
        published=_of(Published, placed),
        named=MappingProxyType({path: tuple(one.dot for one in ones) for path, ones in answered.items()}),
        latest=placed[-1].at if placed else START,
    )


def _placed(told: Iterable[Told]) -> tuple[Placed[Write], ...]:
    """Every write once, the oldest first."""
    operations: dict[tuple[DeviceId, int], Payload] = {}
    for device, dseq, payload in told:
        place = (device, dseq)
        other = operations.get(place)
        if other is not None and other != payload:
            # A forked chain is stopped before it comes here; whatever comes, all desks choose alike.
            payload = max(other, payload, key=encode_payload)
        operations[place] = payload
    writes = [
        Placed(Dot(device, dseq, index), payload.at, write)
        for (device, dseq), payload in operations.items()
        for index, write in enumerate(payload.writes)
    ]
    return tuple(sorted(writes, key=lambda one: one.key))


def _of(kind: type[W], placed: Iterable[Placed[Write]]) -> tuple[Placed[W], ...]:
    return tuple(cast("Placed[W]", one) for one in placed if isinstance(one.write, kind))


def _live(writes: Sequence[Placed[Answered]]) -> tuple[Live, ...]:
    """The live answers at one path, the one to show first in front; the same answer once."""
    dead = _superseded({one.dot: one for one in writes}, {one.dot: one.write.over for one in writes})
    latest: dict[object, list[Placed[Answered]]] = {}
    for one in reversed(writes):
        if one.dot not in dead:
            latest.setdefault(one.write.answer, []).append(one)
    return tuple(
        Live(first.dot, first.write.answer, first.at, tuple(one.dot for one in same))
        for first, *same in latest.values()
    )


def _superseded(writes: Mapping[Dot, Placed[W]], over: Mapping[Dot, Sequence[Dot]]) -> frozenset[Dot]:
    """Which of these writes another of them stands in place of.

    What is named without being among them has no effect. Nobody can have seen what came later: a
    write that names a later one of its own device has no effect on it, and of writes that name each
    other round in a circle the latest stays.
    """
    named: dict[Dot, list[Dot]] = {}
    suspect = False
    for dot, others in over.items():
        known = [other for other in others if other in writes and not _later_in_chain(other, dot)]
        named[dot] = known
        suspect = suspect or any(writes[other].key > writes[dot].key for other in known)
    dead = set()
    for dot, known in named.items():
        for other in known:
            future = suspect and writes[other].key > writes[dot].key
            if not (future and _reaches(other, dot, named)):
                dead.add(other)
    return frozenset(dead)


def _later_in_chain(other: Dot, dot: Dot) -> bool:
    return other.device == dot.device and other >= dot


def _reaches(start: Dot, end: Dot, named: Mapping[Dot, Sequence[Dot]]) -> bool:
    """Whether a write stands, through others, in place of another."""
    seen, waiting = {start}, [start]
    while waiting:
        for other in named[waiting.pop()]:
            if other == end:
                return True
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return False


def _rows(
    placed: Sequence[Placed[Write]], live: Mapping[Path, tuple[Live, ...]]
) -> tuple[dict[Row, RowWrites], tuple[KeptRow, ...], dict[Path, list[RowId]]]:
    """Which rows are there, which of them stay against a taking, and the order of all."""
    puts: dict[Row, list[Placed[RowPut]]] = defaultdict(list)
    takings: dict[Row, list[Placed[RowTaken]]] = defaultdict(list)
    order: dict[Path, list[RowId]] = defaultdict(list)
    for one in _of(RowPut, placed):
        puts[one.write.path, one.write.row].append(one)
        _stand(order[one.write.path], one.write)
    for taken in _of(RowTaken, placed):
        takings[taken.write.path, taken.write.row].append(taken)
    standing = {row: _standing_puts(ones) for row, ones in puts.items()}
    edits = _edits(live, standing)
    rows, kept = {}, []
    for row in sorted({*puts, *takings}):
        back = {dot for put in puts[row] for dot in put.write.over if not _later_in_chain(dot, put.dot)}
        against = [one for one in takings[row] if one.dot not in back]
        present = {*edits[row], *(one.dot for one in standing.get(row, ()))}
        taken_away = any(present <= set(one.write.over) for one in against)
        rows[row] = RowWrites(bool(puts[row]) and not taken_away, tuple(puts[row]), tuple(against))
        if rows[row].there and against:
            unseen = {dot for one in against for dot in present - set(one.write.over)}
            kept.append(KeptRow(*row, tuple(one.dot for one in against), tuple(sorted(unseen))))
    return rows, tuple(kept), order


def _standing_puts(puts: Sequence[Placed[RowPut]]) -> tuple[Placed[RowPut], ...]:
    dead = _superseded({one.dot: one for one in puts}, {one.dot: one.write.over for one in puts})
    return tuple(one for one in puts if one.dot not in dead)


def _edits(
    live: Mapping[Path, tuple[Live, ...]], standing: Mapping[Row, tuple[Placed[RowPut], ...]]
) -> Mapping[Row, set[Dot]]:
    """The live writes inside each row: answers, and rows of repeats in it."""
    edits: dict[Row, set[Dot]] = defaultdict(set)
    for path, answers in live.items():
        for row in rows_around(path):
            edits[row].update(dot for answer in answers for dot in answer.dots)
    for (path, _), puts in standing.items():
        for row in rows_around(path):
            edits[row].update(put.dot for put in puts)
    return edits


def _stand(order: list[RowId], put: RowPut) -> None:
    """Where a row stands after it was put, or put again."""
    if put.row in order:
        order.remove(put.row)
    order.insert(order.index(put.before) if put.before in order else len(order), put.row)
