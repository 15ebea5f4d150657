"""Beside the questions, for who reads cases: what the rules say while answers are given. Layer: ui.

Nobody else is given this panel: a volunteer sees what is missing and when to call the attorney.
"""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ournydesk.domain.days import english_day
from ournydesk.domain.documents import AttorneySheet, Finding
from ui.i18n import tr
from ui.theme.marks import Mark
from ui.theme.theme import Theme, surface
from ui.theme.tokens import GAP_L, PANEL_WIDTH
from ui.theme.type import Type
from ui.widgets.emptied import empty
from ui.widgets.marks import MarkSign
from ui.widgets.scroll import scrolled
from ui.widgets.text import Text, rule

QWIDGETSIZE_MAX = (1 << 24) - 1


class RulesPanel(QWidget):
    """Every rule that fired, with what it saw, its source and how sure that source is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._wide = theme, False
        self._sheet: AttorneySheet | None = None
        surface(self, "paper", edge="left")
        self.setObjectName("rules_panel")
        body = QWidget()
        body.setProperty("scrolled", "yes")
        column = QVBoxLayout(body)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(GAP_L)
        column.addWidget(Text(theme, tr("What the rules say"), Type.LEAD, bold=True, wrap=False))
        self._outcome = Text(theme, "", Type.BODY, bold=True)
        column.addWidget(self._outcome)
        self._as_of = Text(theme, "", Type.CAPTION, tone="second")
        column.addWidget(self._as_of)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        column.addLayout(self._rows)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(body, "rules_body"))
        theme.follow(self, self._dress)
        self._dress()

    @property
    def sheet(self) -> AttorneySheet | None:
        """What is shown."""
        return self._sheet

    def show_sheet(self, sheet: AttorneySheet | None) -> None:
        """The findings, flags first; the same sheet again draws nothing."""
        if sheet == self._sheet and self._rows.count():
            return
        self._sheet = sheet
        empty(self._rows)
        if sheet is None:
            self._outcome.setText(tr("No rule here reads this form."))
            self._as_of.setText("")
            return
        self._outcome.setText(sheet.outcome)
        self._as_of.setText(
            tr(
                "Law as of {day}. They read the client's answers, not checked documents. Not for the client.",
                day=english_day(sheet.law_as_of),
            )
        )
        for finding in sorted(sheet.findings, key=lambda one: (not one.needs_attorney, one.worked_out)):
            self._rows.addWidget(rule())
            self._rows.addWidget(self._row(finding))

    def _row(self, finding: Finding) -> QWidget:
        holder = QWidget()
        holder.setAccessibleName(f"{finding.title}: {finding.result}. {finding.citation}")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        side = QVBoxLayout()
        side.addWidget(MarkSign(self._theme, Mark.MEND if finding.needs_attorney else Mark.WORKED_OUT))
        side.addStretch(1)
        row.addLayout(side)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Text(self._theme, finding.title, bold=True))
        if finding.result:
            words.addWidget(Text(self._theme, finding.result))
        for said in (finding.text, finding.inputs):
            if said:
                words.addWidget(Text(self._theme, said, Type.CAPTION, tone="second"))
        if finding.citation:
            words.addWidget(Text(self._theme, finding.citation, Type.CAPTION, tone="accent"))
        if finding.mark:
            words.addWidget(Text(self._theme, finding.mark, Type.CAPTION, tone="second", bold=True))
        row.addLayout(words, 1)
        return holder

    def widen(self, *, wide: bool) -> None:
        """Take the room of the questions, or stand beside them."""
        self._wide = wide
        self._dress()

    def _dress(self) -> None:
        width = min(self._theme.px(PANEL_WIDTH), 420)
        self.setMinimumWidth(width)
        self.setMaximumWidth(QWIDGETSIZE_MAX if self._wide else width)
