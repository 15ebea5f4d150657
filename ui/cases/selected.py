"""Beside the queue: the selected case and the way into it. Layer: ui."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ournydesk.domain.case import CaseRow
from ui.cases.queues import masked
from ui.i18n import tr
from ui.theme.theme import Theme, reveal, surface
from ui.theme.type import Type
from ui.widgets.button import Button
from ui.widgets.text import Text, rule

WIDTH = 252


class SelectedPanel(QWidget):
    """``opened``: the reader wants to read it."""

    opened = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        surface(self, "paper", edge="left")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(6)
        self._heading = Text(theme, tr("Selected"), Type.CAPTION, tone="second")
        self._name = Text(theme, "", Type.LEAD, bold=True)
        self._matter = Text(theme, "", Type.BODY, tone="second")
        self._why = Text(theme, tr("Why you"), Type.CAPTION, tone="second")
        self._question = Text(theme, "", Type.BODY)
        self._open_things = Text(theme, tr("Not settled yet"), Type.CAPTION, tone="second")
        self._left = Text(theme, "", Type.BODY)
        self._go = Button(
            theme, tr("Open the case"), kind="primary", size="large", key=tr("Enter"), name="open_case"
        )
        self._go.clicked.connect(lambda _checked=False: self.opened.emit())
        for widget in (self._heading, self._name, self._matter, rule(), self._why, self._question):
            column.addWidget(widget)
        column.addSpacing(6)
        column.addWidget(self._open_things)
        column.addWidget(self._left)
        column.addWidget(rule())
        column.addWidget(self._go)
        column.addSpacing(8)
        told = tr("Opening a case is written into its reading log.")
        column.addWidget(Text(theme, told, Type.CAPTION, tone="hint"))
        column.addStretch(1)
        theme.follow(self, self._dress)
        self._dress()
        self.show_case(None)

    def show_case(self, row: CaseRow | None) -> None:
        """What there is to know before it is opened."""
        self._go.setEnabled(row is not None)
        shown = (self._why, self._question, self._open_things, self._left)
        for widget in shown:
            reveal(widget, visible=row is not None)
        if row is None:
            self._name.setText(tr("Nothing is selected"))
            self._matter.setText("")
            return
        self._name.setText(row.client or tr("No name yet"))
        taken = tr("With {name}.", name=row.taken_by) if row.taken_by else ""
        self._matter.setText(f"{row.matter}, {row.language}. {masked(row.a_number)}. {taken}".strip())
        urgent = f"{row.urgent}. " if row.urgent else ""
        self._question.setText(urgent + (row.question or tr("Nothing was flagged.")))
        conflicts = tr("{n} answers were given twice and differ.", n=row.conflicts) if row.conflicts else ""
        decided = tr("Decided.") if row.decision is not None else tr("No decision yet.")
        self._left.setText(f"{conflicts} {decided}".strip())

    def _dress(self) -> None:
        self.setFixedWidth(min(self._theme.px(WIDTH), 420))
