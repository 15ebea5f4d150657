"""Operations in as few pushes as the limits allow. Layer: protocol."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sync.protocol.limits import MOST_PUSH_BYTES, MOST_PUSH_OPS


def in_pushes(ops: Iterable[bytes]) -> Iterator[tuple[bytes, ...]]:
    """The same operations in the same order; none for none."""
    some: list[bytes] = []
    size = 0
    for op in ops:
        if some and (len(some) == MOST_PUSH_OPS or size + len(op) > MOST_PUSH_BYTES):
            yield tuple(some)
            some, size = [], 0
        some.append(op)
        size += len(op)
    if some:
        yield tuple(some)
