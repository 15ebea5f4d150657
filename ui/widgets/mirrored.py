"""Where what a widget paints itself stands when its language runs from right to left. Layer: ui.

Qt has the same on its style class; that one brings hundreds of names with it, and the first screen waits
for each of them.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget


def mirrored(widget: QWidget, box: QRect) -> QRect:
    """A box of the left-to-right drawing, on the side where it belongs."""
    if not is_mirrored(widget):
        return box
    return QRect(widget.width() - box.left() - box.width(), box.top(), box.width(), box.height())


def leading(widget: QWidget) -> Qt.AlignmentFlag:
    """The side where a line begins."""
    return Qt.AlignmentFlag.AlignRight if is_mirrored(widget) else Qt.AlignmentFlag.AlignLeft


def is_mirrored(widget: QWidget) -> bool:
    """Whether the widget's language runs from right to left."""
    return widget.layoutDirection() is Qt.LayoutDirection.RightToLeft
