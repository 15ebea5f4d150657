"""What belongs to a window is let go of on the window's thread, however long a lane works."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from ui.garbage import GarbageOnThisThread
from ui.tasks import Lane, QtTasks


@dataclass(eq=False)
class Owned:
    """Stands for a widget: tells which thread let go of it last."""

    gone: list[threading.Thread]
    ring: list[object] = field(default_factory=list)

    def __post_init__(self) -> None:
        weakref.finalize(self, tell, self.gone)


def tell(gone: list[threading.Thread]) -> None:
    gone.append(threading.current_thread())


@pytest.fixture
def tasks() -> Iterator[QtTasks]:
    made = QtTasks()
    yield made
    made.close()


def test_the_last_reference_to_what_work_holds_falls_on_the_window_s_thread(
    tasks: QtTasks, qtbot: QtBot
) -> None:
    gone: list[threading.Thread] = []
    for _ in range(200):
        owned = Owned(gone)
        tasks.run(Lane.VAULT, partial(id, owned), done=owned.ring.append, failed=owned.ring.append)
        del owned
    qtbot.waitUntil(lambda: len(gone) == 200)
    assert set(gone) == {threading.main_thread()}


def test_rings_of_objects_are_collected_on_the_window_s_thread_while_a_lane_makes_garbage(
    tasks: QtTasks, qtbot: QtBot
) -> None:
    gone: list[threading.Thread] = []
    watch = GarbageOnThisThread()
    owned = Owned(gone)
    owned.ring.append(owned)
    del owned
    made = threading.Event()

    def litter() -> None:
        for _ in range(20_000):
            ring: list[object] = []
            ring.append(ring)
        made.set()

    tasks.run(Lane.VAULT, litter, done=lambda _none: None, failed=lambda _error: None)
    assert made.wait(60)
    assert gone == []
    watch.collect()
    assert gone == [threading.main_thread()]
    watch.stop()
    assert gc.isenabled()
    gc.disable()
