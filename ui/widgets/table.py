"""A table of plain rows that are chosen one at a time. Layer: ui."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ui.theme.theme import Theme
from ui.theme.tokens import ROW_HEIGHT
from ui.theme.type import Type

Index = QModelIndex | QPersistentModelIndex
ROOT: Final = QModelIndex()
INDENT: Final = 9
"""What the style leaves between a head's edge and its words, less than a cell's own, px."""


class TextRows(QAbstractTableModel):
    """Immutable rows of words under heads; a new set replaces the old one."""

    def __init__(self, heads: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heads = tuple(heads)
        self._rows: tuple[tuple[str, ...], ...] = ()

    def show_rows(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Show these rows, each as long as the heads."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """Rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """As many as there are heads."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell; where they are cut, the whole of them beside the pointer."""
        roles = {
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        }
        return self._rows[index.row()][index.column()] if index.isValid() and role in roles else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heads of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class Indented(QStyledItemDelegate):
    """Words that begin where their head begins."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """The cell, moved in from its edges."""
        super().initStyleOption(option, index)
        option.rect.adjust(INDENT, 0, -INDENT, 0)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for the words and both edges."""
        hint = super().sizeHint(option, index)
        return QSize(hint.width() + 2 * INDENT, hint.height())


class Table(QTableView):
    """The rows; ``stretch`` names the columns that share what room is left."""

    row_chosen = Signal(int)
    """The row the person stands on; -1 for none."""

    def __init__(
        self, theme: Theme, heads: Sequence[str], *, name: str, label: str, stretch: Collection[int]
    ) -> None:
        super().__init__()
        self._theme = theme
        self.rows = TextRows(heads, self)
        self.setModel(self.rows)
        self.setItemDelegate(Indented(self))
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        for column in range(len(heads)):
            mode = QHeaderView.ResizeMode.ResizeToContents
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch if column in stretch else mode)
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self.row_chosen.emit(now.row()))
        theme.follow(self, self._dress)
        self._dress()

    def show_rows(self, rows: Sequence[tuple[str, ...]], chosen: int = -1) -> None:
        """Show these rows and stand on one of them."""
        self.rows.show_rows(rows)
        if 0 <= chosen < len(rows):
            self.selectRow(chosen)

    def _dress(self) -> None:
        self.setFont(self._theme.font(Type.BODY))
        self.horizontalHeader().setFont(self._theme.font(Type.CAPTION))
        self.verticalHeader().setDefaultSectionSize(self._theme.px(ROW_HEIGHT))
