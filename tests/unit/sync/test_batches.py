from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.batches import in_pushes
from sync.protocol.limits import MOST_PUSH_BYTES, MOST_PUSH_OPS

MIB = 1024 * 1024


def test_nothing_is_pushed_for_nothing() -> None:
    assert list(in_pushes([])) == []


@given(st.lists(st.sampled_from([b"small", bytes(MIB), bytes(3 * MIB)]), max_size=12))
def test_what_is_pushed_is_all_of_it_in_order_and_never_too_much(ops: list[bytes]) -> None:
    pushes = list(in_pushes(ops))
    assert [op for push in pushes for op in push] == ops
    assert all(sum(map(len, push)) <= MOST_PUSH_BYTES for push in pushes)
    for push, after in pairwise(pushes):
        assert sum(map(len, push)) + len(after[0]) > MOST_PUSH_BYTES


def test_no_push_has_more_operations_than_are_taken() -> None:
    assert [len(push) for push in in_pushes([b"x"] * (2 * MOST_PUSH_OPS + 1))] == [
        MOST_PUSH_OPS,
        MOST_PUSH_OPS,
        1,
    ]
