"""The rows of the list of intakes. Ticket numbers only, never a name. Layer: ui."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ournydesk.domain.days import english_day
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.intake import IntakeRow
from ui.i18n import tr
from ui.widgets.ladder import words_of

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole)


SPOKEN: Final = frozenset(
    (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
)


class Column(IntEnum):
    """What stands where."""

    TICKET = 0
    FORM = 1
    LANGUAGE = 2
    PROGRESS = 3
    ATTENTION = 4
    STATUS = 5
    SAVED = 6


HEADS: Final = {
    Column.TICKET: "Ticket",
    Column.FORM: "Form",
    Column.LANGUAGE: "Language",
    Column.PROGRESS: "Sections done",
    Column.ATTENTION: "Attorney",
    Column.STATUS: "Where it is",
    Column.SAVED: "Saved",
}


class IntakesModel(QAbstractTableModel):
    """Immutable rows; a new list replaces the old one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[IntakeRow, ...] = ()

    def show_rows(self, rows: tuple[IntakeRow, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def intake(self, row: int) -> IntakeId:
        """Which intake stands in a row."""
        return self._rows[row].head.id

    def rowCount(self, parent: Index | None = None) -> int:
        """How many intakes."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many facts of each."""
        return 0 if parent is not None and parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heads."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(HEADS[Column(section)])
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One fact of one intake."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in SPOKEN:
            return words_in(row, Column(index.column()))
        return None


def words_in(row: IntakeRow, column: Column) -> str:
    """One fact of an intake in words."""
    progress = row.progress
    match column:
        case Column.TICKET:
            return str(row.head.ticket)
        case Column.FORM:
            return row.head.form_title
        case Column.LANGUAGE:
            return row.head.language.partition(" (")[0]
        case Column.PROGRESS if row.purged:
            return tr("let go of")
        case Column.PROGRESS:
            return (
                tr("{done} of {all}", done=progress.sections_done, all=progress.sections)
                if progress.sections
                else tr("not started")
            )
        case Column.ATTENTION:
            return tr("ask the attorney") if progress.attention else "—"
        case Column.STATUS if row.needs_you:
            return tr("needs you")
        case Column.STATUS:
            return words_of(row.status)
        case Column.SAVED:
            at = row.changed_at.astimezone()
            # Month names of our own: those of the machine's locale may be in any language.
            return f"{english_day(at.date()).rpartition(' ')[0]}, {at:%H:%M}"
