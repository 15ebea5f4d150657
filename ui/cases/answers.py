"""The client's answers in their own language and in English, flagged ones first. Layer: ui."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ournydesk.domain.case import CaseView
from ournydesk.domain.documents import Bilingual, PacketRow, PacketSection, PacketTable
from ui.i18n import tr
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.button import Button
from ui.widgets.combo import Combo
from ui.widgets.emptied import empty
from ui.widgets.text import Text, rule


class AnswersView(QWidget):
    """One section at a time: a case has a hundred answers and an eye has one place."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._language = "en"
        self._flagged: tuple[PacketRow, ...] = ()
        self._sections: tuple[PacketSection, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Text(theme, tr("Answers"), Type.TITLE, wrap=False))
        self._flags = Button(theme, "", size="small", name="answers_flagged")
        self._flags.setCheckable(True)
        self._flags.clicked.connect(lambda _checked=False: self._show_flagged())
        head.addWidget(self._flags)
        self._picker = Combo(theme, "answers_section", tr("Section"))
        self._picker.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._picker.activated.connect(self._show_section)
        head.addWidget(self._picker)
        head.addStretch(1)
        column.addLayout(head)
        self._card = QFrame()
        self._card.setProperty("frame", "card")
        self._rows = QVBoxLayout(self._card)
        self._rows.setContentsMargins(16, 12, 16, 12)
        self._rows.setSpacing(10)
        column.addWidget(self._card)

    def show_case(self, view: CaseView, language: str) -> None:
        """The answers of a case; the section that is open stays open."""
        before = self._picker.currentText() if not self._flags.isChecked() else ""
        self._language, self._flagged, self._sections = language, view.flagged, view.sections
        self._flags.setText(tr("Flagged {n}", n=len(view.flagged)))
        self._picker.clear()
        self._picker.addItems([section.title.english for section in view.sections])
        titles = [section.title.english for section in view.sections]
        if before in titles:
            self._picker.setCurrentIndex(titles.index(before))
            self._show_section(titles.index(before))
        else:
            self._show_flagged()

    def _show_flagged(self) -> None:
        self._flags.setChecked(True)
        self._clear()
        if not self._flagged:
            self._rows.addWidget(Text(self._theme, tr("Nothing was flagged."), tone="second"))
        self._add_rows(self._flagged)

    def _show_section(self, at: int) -> None:
        self._flags.setChecked(False)
        self._clear()
        section = self._sections[at]
        self._add_rows(section.rows)
        for table in section.tables:
            self._rows.addWidget(self._table(table))

    def _add_rows(self, rows: Sequence[PacketRow]) -> None:
        for index, row in enumerate(rows):
            if index:
                self._rows.addWidget(rule())
            self._rows.addWidget(self._pair(row))

    def _pair(self, row: PacketRow) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(2)
        two = bool(row.question.client) and self._language != "en"
        place = 1 if two else 0
        if two:
            asked = Text(
                self._theme, row.question.client, Type.CAPTION, tone="second", language=self._language
            )
            said = Text(self._theme, _client(row.answer), Type.LEAD, language=self._language)
            grid.addWidget(asked, 0, 0)
            grid.addWidget(said, 1, 0)
            grid.setColumnStretch(0, 1)
        grid.addWidget(Text(self._theme, row.question.english, Type.CAPTION, tone="second"), 0, place)
        grid.addWidget(Text(self._theme, row.answer.english or tr("not answered"), Type.LEAD), 1, place)
        grid.setColumnStretch(place, 1)
        return holder

    def _table(self, table: PacketTable) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.addWidget(Text(self._theme, table.title.english, bold=True), 0, 0, 1, max(1, len(table.heads)))
        for column, head in enumerate(table.heads):
            grid.addWidget(Text(self._theme, head.english, Type.CAPTION, tone="second"), 1, column)
            grid.setColumnStretch(column, 1)
        for index, cells in enumerate(table.rows, start=2):
            for column, cell in enumerate(cells):
                grid.addWidget(Text(self._theme, cell.english), index, column)
        return holder

    def _clear(self) -> None:
        empty(self._rows)


def _client(answer: Bilingual) -> str:
    return answer.client or answer.english
