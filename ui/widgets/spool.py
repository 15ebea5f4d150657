"""Papers drawn into print jobs, each paper a job of its own. Layer: ui; works on the paper lane."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from ournydesk.domain.documents import PageImage
from ournydesk.errors import BadInput

BAND: Final = 300
"""Rows that are drawn at once: an inch of a page of 300 dots an inch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """How papers are printed. Without a printer's name they go into ``folder`` as PDF files."""

    printer: str = ""
    both_sides: bool = False
    copies: int = 1
    folder: Path | None = None


def band(image: PageImage, top: int) -> QImage:
    """``BAND`` rows of a page from ``top`` on, in shades of grey where they have no colour."""
    rows, stride = min(BAND, image.height - top), image.width * 4
    piece = image.rgba[top * stride : (top + rows) * stride]
    pixels = QImage(piece, image.width, rows, stride, QImage.Format.Format_RGBX8888)
    # A copy: the pixels that Python lent are gone when this returns.
    kept = QImage.Format.Format_Grayscale8 if pixels.allGray() else QImage.Format.Format_RGB888
    return pixels.convertToFormat(kept)


def printers() -> tuple[str, ...]:
    """The printers set up on this laptop, the usual one first."""
    names = list(QPrinterInfo.availablePrinterNames())
    usual = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(names, key=lambda name: (name != usual, name)))


class Spool:
    """``ui.papers.queue.Printer`` on a printer of this laptop."""

    def __init__(self, chosen: Chosen, ready: QPrinter | None = None) -> None:
        """``ready``: a printer with everything chosen in the system's own dialog, for one job."""
        self._chosen, self._ready = chosen, ready
        self._painter: QPainter | None = None
        self._printer: QPrinter | None = None
        self._pages = 0

    def __del__(self) -> None:
        """A seat that is locked in the middle of a job prints no half of it."""
        self.abort()

    def begin(self, name: str) -> None:
        """A new job. Raises BadInput where the printer takes none."""
        keep_off_the_disk()
        printer = self._ready or self._made(name)
        printer.setResolution(300)
        printer.setFullPage(True)
        printer.setDocName(name)
        painter = QPainter()
        if not painter.begin(printer):
            raise BadInput("The printer takes nothing. Look whether it is on, has paper, and is connected.")
        self._printer, self._painter, self._pages = printer, painter, 0

    def _made(self, name: str) -> QPrinter:
        """A printer as it was chosen on our own page."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if self._chosen.folder is not None:
            printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            printer.setOutputFileName(str(self._chosen.folder / f"{name}.pdf"))
        else:
            printer.setPrinterName(self._chosen.printer)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
        printer.setCopyCount(self._chosen.copies)
        both = QPrinter.DuplexMode.DuplexLongSide
        printer.setDuplex(both if self._chosen.both_sides else QPrinter.DuplexMode.DuplexNone)
        return printer

    def page(self, image: PageImage) -> None:
        """The next page of the job. Raises BadInput where the printer stopped."""
        if self._printer is None or self._painter is None:
            return
        if self._pages and not self._printer.newPage():
            raise BadInput("The printer stopped. Look whether it is on and has paper.")
        self._pages += 1
        sheet = QRectF(self._printer.paperRect(QPrinter.Unit.DevicePixel))
        # In bands of an inch: Qt keeps Python's lock while it draws, and the window wants it in between.
        # An inch is a whole number of dots on every printer, so the bands meet without a seam.
        for top in range(0, image.height, BAND):
            pixels = band(image, top)
            below = sheet.height() * (top + pixels.height()) / image.height
            above = sheet.height() * top / image.height
            self._painter.drawImage(
                QRectF(sheet.left(), sheet.top() + above, sheet.width(), below - above), pixels
            )

    def end(self) -> None:
        """The job is whole. Raises BadInput where the printer did not take it."""
        painter, self._painter = self._painter, None
        taken = painter is None or painter.end()  # before the printer it draws on is let go of
        self._printer = None
        if not taken:
            raise BadInput("The printer did not take the job. Look at its queue.")

    def abort(self) -> None:
        """Nothing of the job is printed, and none of it stays."""
        printer, painter, self._printer, self._painter = self._printer, self._painter, None, None
        if printer is not None and painter is not None:
            printer.abort()
            painter.end()
            if self._chosen.folder is not None:
                Path(printer.outputFileName()).unlink(missing_ok=True)


def keep_off_the_disk() -> None:
    """What the print system writes before it hands a job over stays in memory, where there is a place.

    Qt and CUPS put a job into a file of the temporary folder and remove it when it was handed over; on
    Linux the folder of the session lies in memory and belongs to the person alone.
    """
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    if folder and os.environ.get("TMPDIR") != folder:
        path = Path(folder)
        if path.is_dir() and stat.S_IMODE(path.stat().st_mode) == 0o700:
            os.environ["TMPDIR"] = folder
