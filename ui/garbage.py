"""Python's garbage, collected where Qt's objects may be destroyed. Layer: ui.

Python collects on whichever thread happens to allocate. A widget that dies on a lane's thread is
destroyed by Qt there, which it forbids: seen as a window that waits for the lane while the lane waits
for the window.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000


class GarbageOnThisThread(QObject):
    """From its making to its ``stop``, collects on the thread it was made on and nowhere else."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """The oldest generation that is due by Python's own thresholds, and all younger ones."""
        due = [
            generation
            for generation, (count, limit) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if count > limit > 0
        ]
        if due:
            gc.collect(due[-1])

    def stop(self) -> None:
        """Give collecting back to Python."""
        self._timer.stop()
        gc.enable()
