"""The queue as a table: headings and cases. Layer: ui."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ournydesk.domain.case import CaseRow
from ournydesk.domain.days import english_day
from ui.cases.queues import Heading, Line, lines, masked, waited
from ui.i18n import tr
from ui.widgets.ladder import words_of

Index = QModelIndex | QPersistentModelIndex
ROOT: Final = QModelIndex()
LINE_ROLE: Final = Qt.ItemDataRole.UserRole + 1


class Column(IntEnum):
    """The columns in their order."""

    URGENT = 0
    CLIENT = 1
    MATTER = 2
    QUESTION = 3
    STATUS = 4
    WAITING = 5


HEADS: Final = {
    Column.URGENT: "Why urgent",
    Column.CLIENT: "Client",
    Column.MATTER: "Matter",
    Column.QUESTION: "Question for you",
    Column.STATUS: "Where it is",
    Column.WAITING: "Waiting",
}


class QueueModel(QAbstractTableModel):
    """Immutable rows; a new set replaces the old one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._now: datetime | None = None

    def show_rows(self, rows: Sequence[CaseRow], now: datetime) -> None:
        """Show these cases."""
        self.beginResetModel()
        self._lines, self._now = lines(rows), now
        self.endResetModel()

    def line(self, row: int) -> Line | None:
        """What stands in a line."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def place_of(self, case: str) -> int:
        """The line a case stands in, -1 where it is not shown."""
        for place, line in enumerate(self._lines):
            if isinstance(line, CaseRow) and line.id == case:
                return place
        return -1

    def rowCount(self, parent: Index = ROOT) -> int:
        """Headings and cases."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Always the same."""
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self.line(index.row()), CaseRow):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.ItemIsEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says; the delegate asks for the whole line."""
        line = self.line(index.row())
        if line is None:
            return None
        if role == LINE_ROLE:
            return line
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return " ".join(filter(None, self.words(line, Column(index.column()))))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heads of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(HEADS[Column(section)])
        return None

    def words(self, line: Line, column: Column) -> tuple[str, str]:
        """The two lines of a cell."""
        if isinstance(line, Heading):
            return (line.words, line.hint) if column is Column.URGENT else ("", "")
        match column:
            case Column.URGENT:
                seat = tr("handed over") if line.handed_over else tr("at the table")
                day = english_day(line.urgent_by.date()) if line.urgent_by else seat
                return line.urgent or tr("No date"), day
            case Column.CLIENT:
                return line.client or tr("No name yet"), masked(line.a_number)
            case Column.MATTER:
                return line.matter.partition(" (")[0], line.language
            case Column.QUESTION:
                return line.question, ""
            case Column.STATUS:
                return words_of(line.status), ""
            case Column.WAITING:
                return waited(line.waiting_since, self._now) if self._now else "", ""
