"""A list of sixty packets for the printer, on real lanes: how the window goes on, and what stays in memory.

Pages are drawn at 300 dots an inch into files, as a print system would take them. What is measured is how
late a beat of five milliseconds comes on the window's thread.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from tests.bench import Measure
from tests.fakes.desks import TickingClock, example_intake, open_desk
from ui.papers.presenter import Paper
from ui.papers.queue import Failure, QueuePresenter, Wanted
from ui.tasks import QtTasks
from ui.widgets.spool import Chosen, Spool

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ournydesk.bootstrap import LaptopDesk
    from ournydesk.domain.intake import IntakeRow
    from ui.messages import Message

PAPERS = 60
BEAT_MS = 5
SETTLED = 10
"""Papers after which memory has to stay where it is."""


def measure() -> list[Measure]:
    """Sixty packets of ten tickets."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    lanes = QtTasks()
    with tempfile.TemporaryDirectory() as name:
        found = _Counted()

        def opened() -> LaptopDesk:
            desk = open_desk(Path(name) / "desk", "Bench", TickingClock())
            for _ in range(10):
                example_intake(desk)
            return desk

        desk = lanes.on_vault(opened)
        rows = lanes.on_vault(desk.intakes)
        wanted = [Wanted(rows[at % len(rows)].head, Paper.PACKET) for at in range(PAPERS)]
        tray = Path(name) / "tray"
        tray.mkdir()
        presenter = QueuePresenter(found, desk, lanes, lambda: Spool(Chosen(folder=tray)))
        started = time.perf_counter()
        presenter.start(wanted)
        found.wait()
        spent = time.perf_counter() - started
        lanes.on_vault(desk.lock)
        lanes.close()
    del application
    late = sorted(found.late)
    return [
        Measure(f"{found.printed} packets, {found.pages} pages, drawn for a printer", spent, "s"),
        Measure("a beat of the window meanwhile, 99 of 100", late[len(late) * 99 // 100] * 1000, "ms", 100),
        Measure("memory gained from the tenth packet to the last", found.gained, "MiB", 40),
    ]


class _Counted:
    """The queue's view, and the window's heart."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self.printed = self.pages = 0
        self._loop = QEventLoop()
        self._memory: list[float] = []

    @property
    def gained(self) -> float:
        """MiB from the time things had settled."""
        return max(self._memory[SETTLED:], default=0.0) - self._memory[min(SETTLED, len(self._memory) - 1)]

    def wait(self) -> None:
        """Beat until the list is printed."""
        last = [time.perf_counter()]

        def beat() -> None:
            now = time.perf_counter()
            self.late.append(max(0.0, now - last[0] - BEAT_MS / 1000))
            last[0] = now

        timer = QTimer()
        timer.timeout.connect(beat)
        timer.start(BEAT_MS)
        self._loop.exec()
        timer.stop()

    def show_rows(self, rows: tuple[IntakeRow, ...]) -> None:
        """Nobody looks."""

    def show_progress(self, done: int, of: int, wanted: Wanted | None) -> None:
        """One more; how much memory this process holds."""
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        self._memory.append(pages * os.sysconf("SC_PAGESIZE") / 2**20)

    def show_end(self, printed: int, pages: int, failures: Sequence[Failure], *, stopped: bool) -> None:
        """It is over."""
        self.printed, self.pages = printed, pages
        self._loop.quit()

    def show_trouble(self, words: Message) -> None:
        """Nothing can go wrong here but a bug, and that is in the log."""
