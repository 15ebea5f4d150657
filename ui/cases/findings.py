"""What the rules say about a case: findings, what they rest on, the citation. Layer: ui."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ournydesk.domain.days import english_day
from ournydesk.domain.documents import AttorneySheet, Finding
from ui.i18n import tr
from ui.theme.marks import Mark
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.emptied import empty
from ui.widgets.marks import MarkSign
from ui.widgets.text import Text, rule

TOP: Final = Qt.AlignmentFlag.AlignTop


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
        self._outcome = Text(theme, "", Type.BODY, bold=True)
        column.addWidget(self._outcome)
        self._card = QFrame()
        self._card.setProperty("frame", "card")
        self._rows = QVBoxLayout(self._card)
        self._rows.setContentsMargins(12, 4, 12, 4)
        self._rows.setSpacing(0)
        column.addWidget(self._card)

    def show_sheet(self, sheet: AttorneySheet | None) -> None:
        """The findings, flags first."""
        empty(self._rows)
        self._outcome.setText("" if sheet is None else sheet.outcome)
        self._outcome.setVisible(bool(self._outcome.text()))
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
        mark = Mark.MEND if finding.needs_attorney else Mark.WORKED_OUT
        grid.addWidget(MarkSign(self._theme, mark), 0, 0, TOP)
        grid.addLayout(self._said(finding), 0, 1)
        grid.addLayout(self._result(finding), 0, 2)
        grid.addLayout(self._source(finding), 0, 3)
        grid.setColumnStretch(1, 5)
        grid.setColumnStretch(2, 2)
        grid.setColumnStretch(3, 3)
        return holder

    def _said(self, finding: Finding) -> QVBoxLayout:
        """What the rule says in words, then what it rests on: an attorney reads both without a mouse."""
        return _column(
            Text(self._theme, finding.title, bold=True),
            Text(self._theme, finding.text, Type.CAPTION) if finding.text else None,
            Text(self._theme, finding.inputs, Type.CAPTION, tone="second") if finding.inputs else None,
        )

    def _result(self, finding: Finding) -> QVBoxLayout:
        how = tr("worked out") if finding.worked_out else tr("flag")
        return _column(
            Text(self._theme, finding.result, bold=True),
            Text(self._theme, how, Type.CAPTION, tone="second"),
        )

    def _source(self, finding: Finding) -> QVBoxLayout:
        return _column(
            Text(self._theme, finding.citation, Type.SMALL, tone="accent") if finding.citation else None,
            Text(self._theme, finding.mark, Type.CAPTION, tone="second") if finding.mark else None,
        )


def _column(*texts: Text | None) -> QVBoxLayout:
    """Texts close under one another, from the top: an aligned cell would not grow with wrapped words."""
    column = QVBoxLayout()
    column.setSpacing(1)
    for text in texts:
        if text is not None:
            column.addWidget(text)
    column.addStretch(1)
    return column
