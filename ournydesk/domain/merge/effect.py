"""What has to happen to some answers so that they become others. Layer: domain, standard library only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ournydesk.domain.answers import BLANK, AnswerEvent, Answers, AnswerSet, RowAdded, RowRemoved
from ournydesk.domain.ids import Path, RowId

Rows = Mapping[Path, tuple[RowId, ...]]


def effect(before: Answers, after: Answers) -> tuple[AnswerEvent, ...]:
    """Events with ``before.apply_all(effect(before, after)) == after``; none when they are equal."""
    removed = tuple(_removals(before.rows, after.rows))
    standing = before.apply_all(removed)
    added = tuple(_additions(standing.rows, after.rows))
    return (*removed, *added, *_values(standing, after))


def _removals(before: Rows, after: Rows) -> Iterator[RowRemoved]:
    """Rows that are gone, and rows that stand elsewhere now: those are put again with all in them."""
    for path, rows in before.items():
        kept = _in_place(rows, after.get(path, ()))
        yield from (RowRemoved(path, row) for row in rows if row not in kept)


def _in_place(before: tuple[RowId, ...], after: tuple[RowId, ...]) -> frozenset[RowId]:
    """The rows that need not move: those that come in the same order until the first that does not."""
    wanted = [row for row in after if row in set(before)]
    kept = []
    for row, other in zip((row for row in before if row in set(after)), wanted, strict=True):
        if row != other:
            break
        kept.append(row)
    return frozenset(kept)


def _additions(standing: Rows, after: Rows) -> Iterator[RowAdded]:
    for path, rows in after.items():
        here = set(standing.get(path, ()))
        following: RowId | None = None
        for row in reversed(rows):
            if row not in here:
                yield RowAdded(path, row, following)
            following = row


def _values(standing: Answers, after: Answers) -> Iterator[AnswerSet]:
    for path in standing.values:
        if path not in after.values:
            yield AnswerSet(path, BLANK)
    for path, answer in after.values.items():
        if standing.get(path) != answer:
            yield AnswerSet(path, answer)
