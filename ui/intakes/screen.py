"""All intakes on this laptop, and where a new one begins. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ournydesk.domain.ids import IntakeId
from ournydesk.domain.intake import IntakeRow
from ui.desk import FormChoice
from ui.i18n import tr
from ui.intakes.model import ROW_ROLE, Column, IntakesModel
from ui.theme.marks import Mark, paint
from ui.theme.theme import Theme, surface
from ui.theme.tokens import HEADER_HEIGHT, MARGIN
from ui.theme.type import Type
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.ladder import draw_dots
from ui.widgets.text import Text

WIDTHS = {
    Column.TICKET: 90,
    Column.LANGUAGE: 130,
    Column.PROGRESS: 130,
    Column.ATTENTION: 160,
    Column.STATUS: 230,
    Column.SAVED: 130,
}


class IntakeDelegate(QStyledItemDelegate):
    """Paints a row: bar when selected, mark where the attorney is asked, dots of the ladder."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """A table row."""
        return QSize(80, self._theme.px(44))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        theme, row = self._theme, index.data(ROW_ROLE)
        box = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.fillRect(box, theme.colour("acc_tint"))
            if index.column() == Column.TICKET:
                painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), theme.colour("acc"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        bold = chosen or index.column() == Column.TICKET
        painter.setFont(theme.font(Type.BODY, bold=bold))
        painter.setPen(theme.colour("ink" if bold else "ink2"))
        left = box.left() + 14
        side = theme.px(16)
        if isinstance(row, IntakeRow):
            if index.column() == Column.STATUS:
                draw_dots(painter, box.adjusted(14, 0, 0, 0), row.status, theme)
                painter.setPen(theme.colour("ink2"))
                left += theme.px(48)
            elif index.column() == Column.ATTENTION and row.progress.attention:
                place = QRectF(left, box.center().y() - side / 2, side, side)
                paint(painter, Mark.MEND, place, theme.palette)
                painter.setPen(theme.colour("amb"))
                left += side + 8
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(
            QRectF(left, box.top(), box.right() - left - 4, box.height()), flags, str(index.data() or "")
        )
        painter.restore()


class IntakesScreen(QWidget):
    """The first page of an open seat."""

    def __init__(
        self,
        theme: Theme,
        *,
        open_intake: Callable[[IntakeId], None],
        start: Callable[[str, str], None],
    ) -> None:
        super().__init__()
        self._theme, self._open, self._start = theme, open_intake, start
        surface(self, "paper")
        self._choices: tuple[FormChoice, ...] = ()
        self._model = IntakesModel(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        self._pages = QStackedWidget()
        self._pages.addWidget(self._list_page())
        self._pages.addWidget(self._empty_page())
        self._pages.addWidget(self._new_page())
        column.addWidget(self._pages, 1)
        QShortcut(QKeySequence("Ctrl+N"), self, self._new_button.click)

    def show_rows(self, rows: tuple[IntakeRow, ...]) -> None:
        """Show the intakes."""
        self._model.show_rows(rows)
        self._count.setText(
            tr("{n} on this laptop", n=len(rows)) if rows else tr("Nothing is on this laptop yet.")
        )
        self._pages.setCurrentIndex(0 if rows else 1)
        if rows:
            self._table.selectRow(0)
            self._table.setFocus()
        else:
            self._first.setFocus()

    def show_choices(self, choices: tuple[FormChoice, ...]) -> None:
        """The forms and languages a new intake can have."""
        self._choices = choices

    def show_trouble(self, what: str, then: str) -> None:
        """Why something did not work."""
        self._banner.say(what, then)

    def _header(self) -> QWidget:
        bar = QWidget()
        surface(bar, "paper", edge="bottom")
        bar.setMinimumHeight(HEADER_HEIGHT)
        row = QHBoxLayout(bar)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(12)
        row.addWidget(Text(self._theme, tr("Intakes"), Type.TITLE, wrap=False))
        self._count = Text(self._theme, "", Type.BODY, tone="second", wrap=False)
        row.addWidget(self._count)
        row.addStretch(1)
        self._new_button = Button(
            self._theme, tr("New intake"), kind="primary", icon="add", key="Ctrl+N", name="new_intake"
        )
        self._new_button.clicked.connect(lambda _checked=False: self._show_new())
        row.addWidget(self._new_button)
        return bar

    def _list_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(MARGIN, 16, MARGIN, 16)
        column.setSpacing(12)
        self._banner = Banner(self._theme, "attention", name="intakes_trouble")
        column.addWidget(self._banner)
        self._table = QTableView()
        self._table.setObjectName("intakes")
        self._table.setAccessibleName(tr("Intakes on this laptop"))
        self._table.setModel(self._model)
        self._table.setItemDelegate(IntakeDelegate(self._theme, self._table))
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.setShowGrid(False)
        self._table.setTabKeyNavigation(False)
        self._table.setWordWrap(False)
        self._table.verticalHeader().hide()
        self._table.horizontalHeader().setHighlightSections(False)
        self._table.horizontalHeader().setSectionResizeMode(Column.FORM, QHeaderView.ResizeMode.Stretch)
        self._table.activated.connect(lambda index: self._open(self._model.intake(index.row())))
        self._table.doubleClicked.connect(lambda index: self._open(self._model.intake(index.row())))
        for key in ("Return", "Enter"):
            shortcut = QShortcut(QKeySequence(key), self._table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self._open_current)
        column.addWidget(self._table, 1)
        acts = QHBoxLayout()
        go = Button(self._theme, tr("Open the intake"), key=tr("Enter"), name="open_intake")
        go.clicked.connect(lambda _checked=False: self._open_current())
        acts.addWidget(go)
        acts.addStretch(1)
        words = tr("Ticket numbers only. Names appear after you open an intake.")
        acts.addWidget(Text(self._theme, words, Type.CAPTION, tone="hint", wrap=False))
        column.addLayout(acts)
        self._theme.follow(self, self._dress)
        self._dress()
        return page

    def _empty_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.addStretch(2)
        words = Text(self._theme, tr("The first client's intake starts here."), Type.LEAD)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(words)
        column.addSpacing(12)
        self._first = Button(
            self._theme, tr("Start an intake"), size="large", icon="add", key="Ctrl+N", name="first_intake"
        )
        self._first.clicked.connect(lambda _checked=False: self._show_new())
        column.addWidget(self._first, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        return page

    def _new_page(self) -> QWidget:
        page = QWidget()
        outer = QVBoxLayout(page)
        outer.setContentsMargins(MARGIN, 32, MARGIN, MARGIN)
        self._new_column = QVBoxLayout()
        self._new_column.setSpacing(12)
        outer.addLayout(self._new_column)
        outer.addStretch(1)
        return page

    def _show_new(self) -> None:
        while (item := self._new_column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        for choice in self._choices:
            self._new_column.addWidget(self._choice_card(choice))
        self._pages.setCurrentIndex(2)

    def _choice_card(self, choice: FormChoice) -> QFrame:
        card = QFrame()
        card.setProperty("frame", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Text(self._theme, choice.title, Type.TITLE))
        question = tr("Which language does the client want to hear?")
        column.addWidget(Text(self._theme, question, Type.BODY, tone="second"))
        row = QHBoxLayout()
        row.setSpacing(8)
        for language in choice.languages:
            name = f"start:{choice.id}:{language.rpartition('(')[2].rstrip(')')}"
            button = Button(self._theme, language.partition(" (")[0], name=name)
            button.clicked.connect(lambda _checked=False, wanted=language: self._start(choice.id, wanted))
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        return card

    def _open_current(self) -> None:
        index = self._table.currentIndex()
        if index.isValid():
            self._open(self._model.intake(index.row()))

    def _dress(self) -> None:
        for column, width in WIDTHS.items():
            self._table.setColumnWidth(int(column), self._theme.px(width))
        self._table.verticalHeader().setDefaultSectionSize(self._theme.px(44))
        self._table.horizontalHeader().setFont(self._theme.font(Type.CAPTION))
