"""No test here leaves a thread behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

LONGEST_S = 10


@pytest.fixture(autouse=True, scope="module")
def no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    left = set(threading.enumerate()) - before
    for thread in left:
        thread.join(LONGEST_S)
    assert [thread.name for thread in left if thread.is_alive()] == []
