"""When to try the server and the relay: by itself, and at once after something was handed on. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer

from ournydesk.domain.patience import Patience
from ournydesk.domain.wire import Reach, WireView
from ui.desk import Desk
from ui.i18n import tr
from ui.tasks import Lane, QtTasks


class Rounds(QObject):
    """One round at a time, on the wire's lane, and a wait between two."""

    def __init__(
        self,
        parent: QObject,
        desk: Desk,
        tasks: QtTasks,
        *,
        told: Callable[[WireView], None],
        failed: Callable[[Exception], None],
        patience: Patience | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._told, self._tell = desk, tasks, told, failed
        self._patience = patience or Patience()
        self._wait_s = 0.0
        self._running = self._again = self._stopped = False
        self.done = 0
        """How many rounds have ended."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.now)

    def now(self) -> None:
        """Try at once; while one round runs, another follows it."""
        if self._stopped:
            return
        if self._running:
            self._again = True
            return
        self._running = True
        self._timer.stop()
        wire = self._desk.wire
        self._tasks.run(
            Lane.WIRE, lambda: wire.sync(self._tasks.on_vault), done=self._done, failed=self._failed
        )

    @property
    def wait_s(self) -> float:
        """Seconds from the end of the last round to the next one; 0 where one follows at once."""
        return 0.0 if self._again else self._wait_s

    @property
    def idle(self) -> bool:
        """Whether nothing is on its way."""
        return not self._running

    def stop(self) -> None:
        """The seat is being locked: no round begins any more, and what a running one finds is not shown."""
        self._stopped = True
        self._timer.stop()

    def _done(self, view: WireView) -> None:
        reached = Reach.REACHED in {view.server_reach, view.relay_reach}
        self._wait_s = self._patience.after(answered=reached, asked_s=view.asked_s)
        if not self._stopped:
            self._told(view)
        self._settle()

    def _failed(self, error: Exception) -> None:
        self._wait_s = self._patience.after(answered=False)
        if not self._stopped:
            self._tell(error)
        self._settle()

    def _settle(self) -> None:
        self._running = False
        self.done += 1
        if self._stopped:
            return
        if self._again:
            self._again = False
            self.now()
        else:
            self._timer.start(round(self._wait_s * 1000))


def reach_words(view: WireView, again_at: datetime | None = None) -> str:
    """What the foot of the screen says about the world outside.

    ``again_at``: when the next round begins, which is said where the last one did not get through.
    """
    words = _reach_words(view)
    waits = view.server_reach in {Reach.BUSY, Reach.AWAY, Reach.WRONG_SERVER} and bool(view.server)
    if again_at is None or not waits:
        return words
    return tr("{words}; next try {time}", words=words, time=f"{again_at.astimezone():%H:%M:%S}")


def _reach_words(view: WireView) -> str:
    if view.server_reach is Reach.ALARM or view.relay_reach is Reach.ALARM:
        return tr("The server tells another story. Call the coordinator.")
    if view.server_reach is Reach.SHUT_OUT:
        return tr("The server does not know this desk any more.")
    if view.server_reach is Reach.REACHED and view.server_at is not None:
        return tr("Server reached {time}", time=_time(view))
    if view.server_reach is Reach.BUSY:
        return tr("The server is busy; this desk tries again by itself")
    if view.relay_reach is Reach.REACHED:
        return tr("Live over the clinic's own relay; no server")
    if view.server_reach is Reach.WRONG_SERVER:
        return tr("Something else answers in the server's place")
    if view.server:
        since = tr(" since {time}", time=_time(view)) if view.server_at is not None else ""
        return tr("Cannot reach the server{since}", since=since)
    return tr("No server is set up. Everything stays on this laptop.")


def _time(view: WireView) -> str:
    return view.server_at.astimezone().strftime("%H:%M") if view.server_at is not None else ""
