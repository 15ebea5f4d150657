"""The client says no: what that destroys, before anything is destroyed. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.i18n import tr
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.button import Button
from ui.widgets.text import Text

WIDTH = 540


class SaidNoDialog(QDialog):
    """``go`` is called when the person at the laptop says that the client said no."""

    def __init__(self, theme: Theme, parent: QWidget, *, ticket: int, go: Callable[[], None]) -> None:
        super().__init__(parent)
        self.setObjectName("said_no_dialog")
        self.setWindowTitle(tr("The client says no"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.px(WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(Text(theme, tr("The client says no"), Type.TITLE))
        gone = tr(
            "Everything typed for ticket {n} is destroyed on this laptop, and nobody can bring it back. "
            "One number is left: how many clients said no.",
            n=ticket,
        )
        column.addWidget(Text(theme, gone))
        paper = tr("Then print the form as empty paper, and the client fills it in by hand.")
        column.addWidget(Text(theme, paper, tone="second"))
        column.addSpacing(8)
        column.addStretch(1)
        acts = QHBoxLayout()
        acts.setSpacing(12)
        back = Button(theme, tr("Go on asking"), kind="quiet", key="Esc", name="said_no_not")
        back.clicked.connect(lambda _checked=False: self.reject())
        destroy = Button(theme, tr("Destroy what was typed"), kind="danger", name="said_no_now")

        def gone_now() -> None:
            self.accept()
            go()

        destroy.clicked.connect(lambda _checked=False: gone_now())
        # Nothing is destroyed by a stray Enter.
        destroy.setAutoDefault(False)
        back.setDefault(True)
        acts.addStretch(1)
        acts.addWidget(back)
        acts.addWidget(destroy)
        column.addLayout(acts)
        # Words that wrap ask for more height than they take.
        self.resize(self.minimumWidth(), column.heightForWidth(self.minimumWidth()))
        back.setFocus()
