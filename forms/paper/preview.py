"""Pages as pictures. Layer: forms.paper; owns reading a finished PDF for the screen.

For one thread at a time (the paper lane): PDFium keeps process-wide state.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

import pypdfium2

from ournydesk.domain.documents import PageImage
from ournydesk.errors import BadInput

MOST_PAGES = 2_000
MOST_BYTES = 64 * 1024 * 1024
_MOST_PIXELS = 40_000_000  # about a poster at screen resolution: 160 MB, held once
_MOST_SCALE = 16.0


class Pages:
    """The pages of one PDF. Close it, or use it in ``with``.

    Raises BadInput, one sentence, for what is not a PDF, is locked, or is too large to show.
    """

    def __init__(self, untrusted_pdf: bytes) -> None:
        if len(untrusted_pdf) > MOST_BYTES:
            raise BadInput(f"The PDF is larger than {MOST_BYTES // 1024 // 1024} MB and is not opened here.")
        if b"%PDF-" not in untrusted_pdf[:1024]:
            raise BadInput("This is not a PDF file: choose the file that was downloaded or printed as PDF.")
        try:
            self._document: Any = pypdfium2.PdfDocument(untrusted_pdf)
        except pypdfium2.PdfiumError as error:
            raise BadInput(_why(error)) from error
        self._document.init_forms()  # so that what stands in fillable boxes shows
        self._count = len(self._document)
        if not 0 < self._count <= MOST_PAGES:
            self.close()
            raise BadInput(f"The PDF has {self._count} pages; 1 to {MOST_PAGES} can be shown.")

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self._count

    def size(self, index: int) -> tuple[float, float]:
        """Width and height of page ``index`` (from 0) in points, as it is shown."""
        page = self._page(index)
        try:
            width, height = page.get_size()
        finally:
            page.close()
        return float(width), float(height)

    def render(self, index: int, scale: float) -> PageImage:
        """Page ``index`` (from 0) on white; at scale 1 a point is a pixel."""
        page = self._page(index)
        try:
            width, height = page.get_size()
            if not 0 < scale <= _MOST_SCALE or width * height * scale * scale > _MOST_PIXELS:
                raise BadInput(f"Page {index + 1} is too large to be shown at {scale:g} times its size.")
            bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
            try:
                return _image(bitmap)
            finally:
                bitmap.close()
        except pypdfium2.PdfiumError as error:
            raise BadInput(f"Page {index + 1} of the PDF is damaged and cannot be shown.") from error
        finally:
            page.close()

    def close(self) -> None:
        """Let go of the file; nothing can be rendered after."""
        self._document.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _page(self, index: int) -> Any:
        if not 0 <= index < self._count:
            raise BadInput(f"There is no page {index + 1}: the PDF has {self._count}.")
        try:
            return self._document[index]
        except pypdfium2.PdfiumError as error:
            raise BadInput(f"Page {index + 1} of the PDF is damaged and cannot be shown.") from error


def _image(bitmap: Any) -> PageImage:
    """Rows without padding, four bytes a pixel; PDFium paints on white and leaves nothing transparent.

    Copied once: a page at 300 dots an inch is 34 MB, and Python's lock is held meanwhile.
    """
    width, height, stride = int(bitmap.width), int(bitmap.height), int(bitmap.stride)
    raw = bytes(bitmap.buffer)
    row = width * 4
    if stride != row:
        raw = b"".join(raw[start : start + row] for start in range(0, stride * height, stride))
    return PageImage(width=width, height=height, rgba=raw)


def _why(error: pypdfium2.PdfiumError) -> str:
    if "password" in str(error).lower():
        return "The PDF is locked with a password: save an unlocked copy and choose that."
    return "The PDF is damaged and cannot be opened: fetch it again and choose the new copy."
