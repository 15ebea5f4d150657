"""A part of a screen that scrolls up and down when letters are large, and never sideways."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget


def scrolled(body: QWidget, name: str = "") -> QScrollArea:
    """A part in an area that scrolls; it keeps the surface that lies below."""
    area = QScrollArea()
    # One of ours: Python takes 10 ms to find out what a widget made by Qt itself is.
    area.setViewport(QWidget())
    area.setObjectName(name)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    body.setProperty("scrolled", "yes")
    area.setWidget(body)
    return area
