"""Work away from the GUI thread, results back on it. Layer: ui.

A lane is one thread with one queue: what belongs to a vault runs on the vault's lane, in order, on the
thread that opened it. Nothing in ``work`` touches a widget; nothing in ``done`` touches the vault.
What may hold a widget (``work``, ``done``, ``failed``) is let go of on the GUI thread only: whoever drops
the last reference to a widget destroys it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from enum import StrEnum
from itertools import count
from typing import Any, NamedTuple, Protocol, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from shiboken6 import isValid

from ournydesk.errors import DeskError
from ournydesk.logs import loggable

log = logging.getLogger(__name__)
T = TypeVar("T")
Failed = Callable[[Exception], None]


class Lane(StrEnum):
    """Which thread does the work."""

    VAULT = "vault"
    PAPER = "paper"
    WIRE = "wire"


class Tasks(Protocol):
    """Runs work on a lane and brings the outcome home."""

    def run(self, lane: Lane, work: Callable[[], T], *, done: Callable[[T], None], failed: Failed) -> None:
        """Queue ``work``; then call ``done`` with its result or ``failed`` with its error."""
        ...

    def on_vault(self, work: Callable[[], T]) -> T:
        """Do a short piece of work on the vault's lane and wait for it; called on the wire's lane only."""
        ...


class Attached:
    """Tasks of one screen: what comes home after the screen is gone is dropped, nobody is there to see it."""

    def __init__(self, tasks: Tasks, owner: QObject) -> None:
        self._tasks, self._owner = tasks, owner

    def run(self, lane: Lane, work: Callable[[], T], *, done: Callable[[T], None], failed: Failed) -> None:
        """Queue ``work``; its outcome is told while the screen is there."""

        def told(result: T) -> None:
            if isValid(self._owner):
                done(result)

        def refused(error: Exception) -> None:
            if isValid(self._owner):
                failed(error)

        self._tasks.run(lane, work, done=told, failed=refused)

    def on_vault(self, work: Callable[[], T]) -> T:
        """The same as the tasks behind it."""
        return self._tasks.on_vault(work)


class _Errand(NamedTuple):
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Failed


class QtTasks(QObject):
    """The real lanes. Lives on the GUI thread; close it before the vault and the window."""

    _finished = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = {lane: ThreadPoolExecutor(1, thread_name_prefix=lane.value) for lane in Lane}
        self._errands: dict[int, _Errand] = {}
        self._numbers = count()
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(self, lane: Lane, work: Callable[[], T], *, done: Callable[[T], None], failed: Failed) -> None:
        """Queue ``work`` on a lane; the outcome arrives on the GUI thread."""
        number = next(self._numbers)
        self._errands[number] = _Errand(work, done, failed)
        future = self._lanes[lane].submit(self._work, number)
        future.add_done_callback(lambda finished: self._finished.emit(number, finished))

    def on_vault(self, work: Callable[[], T]) -> T:
        """Do a short piece of work on the vault's lane and wait; what belongs to a person goes in between."""
        return self._lanes[Lane.VAULT].submit(work).result()

    def drain(self, lane: Lane) -> None:
        """Wait for what is queued on a lane and deliver it. For the moment before a window closes only."""
        self._lanes[lane].submit(lambda: None).result()
        QCoreApplication.sendPostedEvents(self, int(QEvent.Type.MetaCall))

    def close(self) -> None:
        """Let what runs finish, drop what waits, end the threads."""
        for lane in self._lanes.values():
            lane.shutdown(wait=True, cancel_futures=True)

    def _work(self, number: int) -> object:
        return self._errands[number].work()

    def _deliver(self, number: int, future: Future[Any]) -> None:
        errand = self._errands.pop(number)
        try:
            result = future.result()
        except CancelledError:
            return
        except DeskError as error:
            log.info("task.refused", extra=loggable(code=error.code))
            errand.failed(error)
        except Exception as error:
            # The one place where a lane's errors come home: a bug is told to the log and to the person.
            log.exception("task.bug")
            errand.failed(error)
        else:
            errand.done(result)
