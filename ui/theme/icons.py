"""One set of open-stroke icons: a 24 grid, 1.75 stroke, round ends, drawn in any colour."""
# ruff: noqa: E501 - a path is one word

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

STROKES: Final = {
    "add": "M12 5v14M5 12h14",
    "alert": "M12 4 21 20H3L12 4M12 10v4.5M12 17.2v.1",
    "arrow_left": "M15 5l-7 7 7 7",
    "arrow_right": "M9 5l7 7-7 7",
    "arrow_down": "M5 9l7 7 7-7",
    "bolt": "M13 3 6 13.5h6L11 21l7-10.5h-6L13 3",
    "calendar": "M4 6h16v14H4zM4 10.5h16M8 3.5v4M16 3.5v4M8 14h.1M12 14h.1M16 14h.1",
    "check": "M5 12.5l4.5 4.5L19 7.5",
    "close": "M6 6l12 12M18 6L6 18",
    "eye": "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12M12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6",
    "eye_off": "M4 4l16 16M9.5 5.9A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-3 3.7M6.3 7.6A15 15 0 0 0 2.5 12S6 18.5 12 18.5c1.6 0 3-.4 4.2-1M10 10a3 3 0 0 0 4.1 4.1",
    "folder": "M3.5 6.5h6l2 2.5h9v10h-17z",
    "hand_over": "M4 12h12M12 7l5 5-5 5M20 5v14",
    "laptop": "M5 5h14v10H5zM2.5 19h19M10 10h4M12 8v4",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "more": "M6 12h.1M12 12h.1M18 12h.1",
    "no_network": "M4 4l16 16M8.5 15.5a5 5 0 0 1 5.6-1M5.5 12.2a9.5 9.5 0 0 1 4.6-2.5M2.8 9a14 14 0 0 1 4-2.6M14 9.6a9.5 9.5 0 0 1 4.5 2.600M11 5.200A14 14 0 0 1 21.2 9M12 19h.1",
    "note": "M5 4h14v10l-5 6H5zM14 20v-6h5M8.5 8.500h7M8.5 12h4",
    "paper": "M6 3.500h8l4 4v13H6zM14 3.500v4h4M9 12h6M9 15.500h6",
    "person": "M12 4.500a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7M5 20c.7-4 3.5-6 7-6s6.3 2 7 6",
    "phone": "M6.5 4h3l1.5 4.5-2 1.500a12 12 0 0 0 5 5l1.5-2 4.5 1.500v3c0 1-.8 2-2 2A15.5 15.5 0 0 1 4.5 6c0-1.2 1-2 2-2",
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    "redo": "M19 5v5h-5M19 10a7.5 7.5 0 1 0 .5 5",
    "scales": "M12 4v16M7 20h10M5 7h14M5 7l-2.5 6a2.8 2.8 0 0 0 5 0zM19 7l-2.5 6a2.8 2.8 0 0 0 5 0z",
    "search": "M10.5 4.500a6 6 0 1 1 0 12 6 6 0 0 1 0-12M15 15l5 5",
    "shield": "M12 3.500l7 2.500v5.500c0 4.5-3 7.5-7 9-4-1.5-7-4.5-7-9V6z",
    "speech": "M4 5h16v11h-9l-4 4v-4H4z",
    "undo": "M5 5v5h5M5 10a7.5 7.5 0 1 1-.5 5",
}
STROKE_WIDTH: Final = 1.75


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int = 18, ratio: float = 1.0) -> QPixmap:
    """An icon in a colour. ``size`` in device-independent pixels, ``ratio`` of the screen."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" '
        f'stroke="{colour}" stroke-width="{STROKE_WIDTH}" stroke-linecap="round" stroke-linejoin="round">'
        f'<path d="{STROKES[name]}"/></svg>'
    )
    image = QImage(QSize(round(size * ratio), round(size * ratio)), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(image.rect()))
    painter.end()
    drawn = QPixmap.fromImage(image)
    drawn.setDevicePixelRatio(ratio)
    return drawn


def icon(name: str, colour: str, size: int = 18) -> QIcon:
    """The same as a QIcon, sharp on a screen of twice the density too."""
    made = QIcon(pixmap(name, colour, size))
    made.addPixmap(pixmap(name, colour, size, 2.0))
    return made
