"""The intakes that can be printed, each with a tick. Layer: ui."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ournydesk.domain.ids import IntakeId
from ournydesk.domain.intake import IntakeRow
from ui.i18n import tr

Index = QModelIndex | QPersistentModelIndex


class QueueModel(QAbstractListModel):
    """``ticked`` is told whenever a tick was set or taken away."""

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[IntakeRow, ...] = ()
        self._chosen: set[IntakeId] = set()

    def show_rows(self, rows: Sequence[IntakeRow]) -> None:
        """Other rows; ticks stay with their intakes, and none is set for anybody."""
        self.beginResetModel()
        self._rows = tuple(sorted(rows, key=lambda row: row.head.ticket))
        self._chosen &= {row.head.id for row in self._rows}
        self.endResetModel()
        self.ticked.emit()

    def chosen(self) -> tuple[IntakeRow, ...]:
        """The ticked ones, by ticket."""
        return tuple(row for row in self._rows if row.head.id in self._chosen)

    def tick_all(self, *, on: bool) -> None:
        """A tick at every row, or at none."""
        self._chosen = {row.head.id for row in self._rows} if on else set()
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
        self.ticked.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every row can be ticked."""
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Ticket, form and language; never a name."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            language = row.head.language.split(" (", 1)[0]
            words = tr(
                "Ticket {n} · {form} · {language}",
                n=row.head.ticket,
                form=row.head.form_title,
                language=language,
            )
            left = row.progress.missing
            return f"{words} · {tr('{n} still missing', n=left)}" if left else words
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if row.head.id in self._chosen else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Set or take away a tick."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        intake = self._rows[index.row()].head.id
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._chosen.add(intake)
        else:
            self._chosen.discard(intake)
        self.dataChanged.emit(index, index, [role])
        self.ticked.emit()
        return True
