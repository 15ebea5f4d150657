"""Sending pages to a printer, one at a time. Layer: ui; nothing is left in temporary files of ours."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from ournydesk.domain.documents import Printout
from ui.desk import Desk
from ui.tasks import Failed, Lane, Tasks
from ui.widgets.spool import Chosen, Spool

SCALE = 300 / 72


class PrintJob(QObject):
    """Pages are made and drawn on the paper lane, at 300 dots an inch; the window only hears of it."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        tasks: Tasks,
        printout: Printout,
        *,
        done: Callable[[int], None],
        failed: Failed,
    ) -> None:
        super().__init__(parent)
        self._window, self._desk, self._tasks, self._printout = parent, desk, tasks, printout
        self._done, self._failed = done, failed
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)

    def ask_and_print(self) -> None:
        """Let the person choose printer, sides and copies; nothing happens if they turn away."""
        dialog = QPrintDialog(self._printer, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_on(self._printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print on a printer that is set up; it belongs to the paper lane from here on."""
        spool = Spool(Chosen(), printer)
        self._tasks.run(
            Lane.PAPER,
            lambda: spool.begin("papers"),  # queues show the name: it names nobody
            done=lambda _none: self._fetch(spool, 0),
            failed=self._failed,
        )

    def _fetch(self, spool: Spool, index: int) -> None:
        def work() -> None:
            spool.page(self._desk.page(self._printout.pdf, index, SCALE))
            if index + 1 == self._printout.pages:
                spool.end()

        def done(_none: None) -> None:
            if index + 1 == self._printout.pages:
                self._done(index + 1)
            else:
                self._fetch(spool, index + 1)

        self._tasks.run(Lane.PAPER, work, done=done, failed=lambda error: self._stop(spool, error))

    def _stop(self, spool: Spool, error: Exception) -> None:
        self._tasks.run(
            Lane.PAPER,
            spool.abort,
            done=lambda _none: self._failed(error),
            failed=lambda _error: self._failed(error),
        )
