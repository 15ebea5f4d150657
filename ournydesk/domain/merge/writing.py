"""What a desk writes on top of what it has seen. Layer: domain, standard library only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ournydesk.domain.answers import BLANK, AnswerEvent, AnswerSet, RowAdded
from ournydesk.domain.ids import Path, RowId
from ournydesk.domain.merge.state import Merged, Row, innermost, is_inside, rows_around
from ournydesk.domain.operations import DeviceId
from ournydesk.domain.record import Answered, Dot, RowPut, RowTaken, Write


def over_for(merged: Merged, path: Path) -> tuple[Dot, ...]:
    """The writes a new answer at a path stands in place of: every live one that was seen."""
    return tuple(dot for live in merged.live.get(path, ()) for dot in live.dots)


def over_row(merged: Merged, repeat: Path, row: RowId) -> tuple[Dot, ...]:
    """The writes a taking of a row names: every one that was seen in it."""
    dots = list(_of_row(merged, (repeat, row)))
    for path, named in merged.named.items():
        if is_inside(path, repeat, row):
            dots += named
    for inner in merged.rows:
        if is_inside(inner[0], repeat, row):
            dots += _of_row(merged, inner)
    return tuple(dots)


def keep_row(merged: Merged, repeat: Path, row: RowId) -> RowPut:
    """The write that settles a row which was removed and edited: it stays, where it stands."""
    order = merged.answers.rows.get(repeat, ())
    following = order[order.index(row) + 1 :] if row in order else ()
    return RowPut(
        path=repeat,
        row=row,
        before=following[0] if following else None,
        over=_of_row(merged, (repeat, row), takings=True),
    )


def restated(merged: Merged) -> tuple[Write, ...]:
    """Everything a record comes to, each write in place of itself, for a desk that has none of it.

    A conflict stays a conflict, and a blank answer that is part of one is said too.
    """
    there = {row for row, writes in merged.rows.items() if writes.there}
    puts = [
        RowPut(path=path, row=row, over=_of_row(merged, (path, row)))
        for path, rows in merged.answers.rows.items()
        for row in rows
    ]
    answers = [
        Answered(path=path, answer=live.answer, over=live.dots)
        for path, lives in merged.live.items()
        if there.issuperset(rows_around(path))
        for live in reversed(lives)
        if len(lives) > 1 or not live.answer.blank
    ]
    first: tuple[Write, ...] = (merged.began,) if merged.began is not None else ()
    more: tuple[Write, ...] = (merged.counted,) if merged.counted is not None else ()
    return (*first, *more, *puts, *answers)


def to_writes(
    events: Sequence[AnswerEvent], merged: Merged, device: DeviceId, dseq: int, *, first_place: int = 0
) -> tuple[Write, ...]:
    """A desk's own events as writes, on top of ``merged``, which is what the desk showed meanwhile.

    ``device``, ``dseq`` and ``first_place`` are where the first of them will stand: ``merged`` must not
    know anything from there on. Raises ValueError when it does; the writes would name themselves.

    Of several answers at one path the last is kept, so no write has to name another of its payload; a
    row that came and went leaves nothing; an answer that says what is there already is not said again.
    Once the operation is told, what all operations come to is what the desk showed.
    """
    here = Dot(device, dseq, first_place)
    if any(dot.device == device and dot >= here for dots in merged.named.values() for dot in dots):
        raise ValueError("these writes were told already")
    pending = _Pending(merged, {path: list(rows) for path, rows in merged.answers.rows.items()})
    for event in events:
        match event:
            case AnswerSet():
                pending.answer(event)
            case RowAdded():
                pending.put(event)
            case _:
                pending.take(event.path, event.row)
    return pending.writes()


@dataclass(slots=True)
class _Pending:
    """The writes so far, by what they are about; what a later event makes void is taken out again."""

    merged: Merged
    order: dict[Path, list[RowId]]
    """The rows the desk shows by now."""
    answers: dict[Path, Answered] = field(default_factory=dict)
    puts: dict[Row, tuple[Dot, ...]] = field(default_factory=dict)
    """Rows that were put, and the writes each put stands in place of."""
    takings: dict[Row, RowTaken] = field(default_factory=dict)

    def answer(self, event: AnswerSet) -> None:
        if self.takings.keys() & set(rows_around(event.path)):
            return  # a row that is gone has no answers
        over = over_for(self.merged, event.path)
        self.answers[event.path] = Answered(path=event.path, answer=event.answer, over=over)

    def put(self, event: RowAdded) -> None:
        row, order = (event.path, event.row), self.order.setdefault(event.path, [])
        if event.row in order:
            return
        order.insert(order.index(event.before) if event.before in order else len(order), event.row)
        self.takings.pop(row, None)
        self.puts[row] = _of_row(self.merged, row, takings=True)
        if self.puts[row]:
            self._empty(row)

    def take(self, path: Path, row: RowId) -> None:
        if row in self.order.get(path, ()):
            self.order[path].remove(row)
        for inside in [one for one in self.order if is_inside(one, path, row)]:
            del self.order[inside]
        self.puts = {one: over for one, over in self.puts.items() if not _falls(one, path, row)}
        self.takings = {one: taken for one, taken in self.takings.items() if not _falls(one, path, row)}
        for inner in [inner for inner in self.answers if is_inside(inner, path, row)]:
            del self.answers[inner]
        known = self.merged.rows.get((path, row))
        if known is not None and known.there:
            over = over_row(self.merged, path, row)
            self.takings[path, row] = RowTaken(path=path, row=row, over=over)

    def writes(self) -> tuple[Write, ...]:
        said = (one for one in self.answers.values() if not self._is_there(one))
        return (*self.takings.values(), *self._puts(), *said)

    def _puts(self) -> Iterator[RowPut]:
        """Each row before the one it stands before now, the last first: that one is there already."""
        for path, rows in self.order.items():
            following: RowId | None = None
            for row in reversed(rows):
                if (path, row) in self.puts:
                    yield RowPut(path=path, row=row, before=following, over=self.puts[path, row])
                following = row

    def _empty(self, row: Row) -> None:
        """A row that is put again is a new one: what was in it does not come back."""
        for inner, writes in self.merged.rows.items():
            if is_inside(inner[0], *row) and writes.there and innermost(inner[0]) == row:
                self.take(*inner)
        for path in self.merged.live:
            if innermost(path) == row:
                self.answer(AnswerSet(path, BLANK))

    def _is_there(self, said: Answered) -> bool:
        live = self.merged.live.get(said.path, ())
        return len(live) < 2 and (live[0].answer if live else BLANK) == said.answer


def _falls(one: Row, path: Path, row: RowId) -> bool:
    """Whether a row goes when another goes: it is that one, or inside it."""
    return one == (path, row) or is_inside(one[0], path, row)


def _of_row(merged: Merged, row: Row, *, takings: bool = False) -> tuple[Dot, ...]:
    writes = merged.rows.get(row)
    if writes is None:
        return ()
    return (
        *(one.dot for one in writes.puts),
        *((one.dot for one in writes.takings) if takings else ()),
    )
