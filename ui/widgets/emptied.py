"""Taking down what a part of a screen held, before it holds something else. Layer: ui."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout


def empty(layout: QLayout, keep: int = 0) -> None:
    """Take out what stands behind the first ``keep`` things; rows go with all they hold."""
    while (item := layout.takeAt(keep)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            # Deleted when control is back in the event loop: until then it would lie over what follows.
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)
