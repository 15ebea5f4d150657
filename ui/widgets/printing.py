"""Sending pages to a printer, one at a time. Layer: ui; nothing is left in temporary files of ours."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from ournydesk.domain.documents import PageImage, Printout
from ui.desk import Desk
from ui.tasks import Failed, Lane, Tasks

SCALE = 300 / 72


class PrintJob(QObject):
    """Pages come from the paper lane at 300 dots an inch and are drawn as they arrive."""

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
        self._printer.setFullPage(True)
        self._painter: QPainter | None = None

    def ask_and_print(self) -> None:
        """Let the person choose a printer; nothing happens if they turn away."""
        dialog = QPrintDialog(self._printer, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._painter = QPainter(self._printer)
            self._fetch(0)

    def _fetch(self, index: int) -> None:
        if index == self._printout.pages:
            self._finish()
            self._done(index)
            return
        self._tasks.run(
            Lane.PAPER,
            lambda: self._desk.page(self._printout.pdf, index, SCALE),
            done=lambda image: self._draw(index, image),
            failed=self._stop,
        )

    def _draw(self, index: int, page: PageImage) -> None:
        if self._painter is None:
            return
        if index:
            self._printer.newPage()
        image = QImage(page.rgba, page.width, page.height, page.width * 4, QImage.Format.Format_RGBX8888)
        self._painter.drawImage(QRectF(self._printer.paperRect(QPrinter.Unit.DevicePixel)), image)
        self._fetch(index + 1)

    def _stop(self, error: Exception) -> None:
        self._finish()
        self._failed(error)

    def _finish(self) -> None:
        if self._painter is not None:
            self._painter.end()
            self._painter = None
