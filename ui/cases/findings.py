"""What the rules say about a case: findings, what they rest on, the citation. Layer: ui."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ournydesk.domain.days import english_day
from ournydesk.domain.documents import AttorneySheet, Finding
from ui.i18n import tr
from ui.theme.marks import Mark
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.marks import MarkSign
from ui.widgets.text import Text, rule


class Findings(QWidget):
    """The rules spoke; a person decides."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Text(theme, tr("What the rules say"), Type.TITLE, wrap=False))
        self._as_of = Text(theme, "", Type.CAPTION, tone="second")
        head.addWidget(self._as_of, 1)
        column.addLayout(head)
        self._card = QFrame()
        self._card.setProperty("frame", "card")
        self._rows = QVBoxLayout(self._card)
        self._rows.setContentsMargins(12, 4, 12, 4)
        self._rows.setSpacing(0)
        column.addWidget(self._card)

    def show_sheet(self, sheet: AttorneySheet | None) -> None:
        """The findings, flags first."""
        while (item := self._rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        if sheet is None:
            self._as_of.setText("")
            self._rows.addWidget(Text(self._theme, tr("No rule here reads this form."), tone="second"))
            return
        day = english_day(sheet.law_as_of)
        self._as_of.setText(
            tr("Law as of {day}. They read the client's answers, not checked documents.", day=day)
        )
        ordered = sorted(sheet.findings, key=lambda one: (not one.needs_attorney, one.worked_out))
        for index, finding in enumerate(ordered):
            if index:
                self._rows.addWidget(rule())
            self._rows.addWidget(self._row(finding))

    def _row(self, finding: Finding) -> QWidget:
        holder = QWidget()
        holder.setAccessibleName(f"{finding.title}: {finding.result}. {finding.citation}")
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 6, 0, 6)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(1)
        mark = Mark.MEND if finding.needs_attorney else Mark.WORKED_OUT
        grid.addWidget(MarkSign(self._theme, mark), 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Text(self._theme, finding.title, bold=True), 0, 1)
        under = finding.inputs or finding.text
        grid.addWidget(Text(self._theme, under, Type.CAPTION, tone="second"), 1, 1)
        grid.addWidget(Text(self._theme, finding.result, bold=True), 0, 2)
        how = tr("worked out") if finding.worked_out else tr("flag")
        grid.addWidget(Text(self._theme, finding.mark or how, Type.CAPTION, tone="second"), 1, 2)
        cited = Text(self._theme, finding.citation, Type.SMALL, tone="accent")
        grid.addWidget(cited, 0, 3, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(1, 5)
        grid.setColumnStretch(2, 2)
        grid.setColumnStretch(3, 3)
        holder.setToolTip(finding.text)
        return holder
