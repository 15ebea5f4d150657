"""Set lines as drawing of a PDF that is not ours. Layer: forms.paper.

The packet's ink draws on a reportlab canvas. Here the canvas only hands the drawing over, so that it
can be laid over an agency's page or become the appearance of one of its fields; the faces travel in
a small file of their own and are copied in at the end.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Final

import pikepdf
from reportlab.pdfgen.canvas import Canvas

from forms.paper.ink import Ink
from forms.paper.official_fit import Placed

BLACK: Final = (0.0, 0.0, 0.0)
"""The form asks for black ink."""


class _Overheard(Canvas):
    """A canvas that keeps what is drawn on it as text instead of putting it on a page."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file, invariant=1)
        self.heard: list[str] = []

    def addLiteral(self, s: object, escaped: int = 1) -> None:  # noqa: N802, ARG002 - reportlab's own
        self.heard.append(str(s))


class Scribe:
    """Writes drawing code for one document, and its faces once everything is written."""

    def __init__(self) -> None:
        self._file = io.BytesIO()
        self._canvas = _Overheard(self._file)
        # The page is not the canvas's: what it keeps for reuse would not travel with the drawing.
        self._ink = Ink(self._canvas, lambda _: BLACK, outlines=True)

    def code(self, placed: Iterable[Placed], left: float = 0.0, bottom: float = 0.0) -> str:
        """Operators that draw the lines, seen from a corner at ``left``, ``bottom``."""
        self._canvas.heard.clear()
        for each in placed:
            self._ink.draw(each.line, left + each.x, bottom + each.baseline + each.line.baseline)
        return "\n".join(self._canvas.heard)

    def faces(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """The font resources all code refers to, now part of ``pdf``. Call it last."""
        self._canvas.heard.clear()
        self._canvas.showPage()
        self._canvas.save()
        with pikepdf.open(self._file) as small:
            fonts = small.pages[0].resources.get("/Font", pikepdf.Dictionary())
            return pdf.copy_foreign(small.make_indirect(fonts))


def drawing(
    pdf: pikepdf.Pdf, code: str, width: float, height: float, fonts: pikepdf.Object
) -> pikepdf.Stream:
    """``code`` as a form XObject of ``width`` by ``height`` points."""
    stream = pdf.make_stream(code.encode("ascii"))
    stream.Type = pikepdf.Name.XObject
    stream.Subtype = pikepdf.Name.Form
    stream.BBox = pikepdf.Array([0, 0, width, height])
    stream.Resources = pikepdf.Dictionary(Font=fonts)
    return stream
