"""The client says no: what that destroys, before anything is destroyed. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.i18n import tr
from ui.theme.theme import Theme
from ui.widgets.dialog import Dialog
from ui.widgets.text import Text


class SaidNoDialog(Dialog):
    """``go`` is called when the person at the laptop says that the client said no."""

    def __init__(self, theme: Theme, parent: QWidget, *, ticket: int, go: Callable[[], None]) -> None:
        super().__init__(theme, parent, name="said_no_dialog", title=tr("The client says no"))
        self._go = go
        gone = tr(
            "Everything typed for ticket {n} is destroyed on this laptop, and nobody can bring it back. "
            "One number is left: how many clients said no.",
            n=ticket,
        )
        self.column.addWidget(Text(theme, gone))
        paper = tr("Then print the form as empty paper, and the client fills it in by hand.")
        self.column.addWidget(Text(theme, paper, tone="second"))
        back = self.button(tr("Go on asking"), self.reject, kind="quiet", key="Esc", name="said_no_not")
        back.setDefault(True)
        self.button(tr("Destroy what was typed"), self._destroy, kind="danger", name="said_no_now")
        back.setFocus()

    def _destroy(self) -> None:
        self.accept()
        self._go()
