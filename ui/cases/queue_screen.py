"""The reader's queue: queues, cases, the selected one. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ournydesk.clock import Clock
from ournydesk.domain.case import CaseRow
from ournydesk.domain.operations import RecordId
from ui.cases.law_dialog import LawDialog
from ui.cases.model import Column, QueueModel
from ui.cases.queue_presenter import QueuePresenter
from ui.cases.queues import TITLES, Heading, Queue
from ui.cases.rows import WIDTHS, QueueDelegate
from ui.cases.selected import SelectedPanel
from ui.desk import CaseDesk
from ui.i18n import tr
from ui.messages import Message
from ui.tasks import Attached, Tasks
from ui.theme.theme import Theme, reveal, surface
from ui.theme.tokens import MARGIN
from ui.theme.type import Type
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.files import folder
from ui.widgets.header import Header
from ui.widgets.text import Text

SIDE_WIDTH = 200
NARROW = 1180


class QueueScreen(QWidget):
    """``opened`` is called with the case a reader wants to read."""

    def __init__(
        self,
        theme: Theme,
        cases: CaseDesk,
        tasks: Tasks,
        clock: Clock,
        *,
        opened: Callable[[RecordId], None],
        shown: Callable[[tuple[CaseRow, ...]], None] = lambda _rows: None,
    ) -> None:
        super().__init__()
        self._theme, self._opened = theme, opened
        self._cases, self._tasks = cases, tasks
        surface(self, "paper")
        self._model = QueueModel(self)
        self._table = QTableView()
        self._panel = SelectedPanel(theme)
        self._panel.opened.connect(self._open)
        self._queues: dict[Queue, Button] = {}
        self._title = Text(theme, "", Type.TITLE, wrap=False)
        self._count = Text(theme, "", Type.BODY, tone="second", wrap=False)
        self._search = QLineEdit()
        self._banner = Banner(theme, "stop", name="queue_trouble")
        self._empty = Text(theme, "", Type.LEAD, tone="second")
        self._side = self._side_list()
        self.presenter = QueuePresenter(self, cases, Attached(tasks, self), clock, shown=shown)
        self._lay_out()
        theme.follow(self, self._dress)
        self._dress()

    # -- the view of the presenter ------------------------------------------------------------------

    def show_queues(self, counted: dict[Queue, int], queue: Queue) -> None:
        """The side list."""
        for one, button in self._queues.items():
            words = f"{tr(TITLES[one])}   {counted[one]}"
            button.setText(words)
            button.setChecked(one is queue)
        self._title.setText(tr(TITLES[queue]))

    def show_cases(self, rows: tuple[CaseRow, ...], now: datetime, all_urgent: int) -> None:
        """The cases of a queue."""
        self._banner.hide()
        self._model.show_rows(rows, now)
        urgent = tr(", {n} urgent", n=all_urgent) if all_urgent else ""
        self._count.setText(tr("{n} cases", n=len(rows)) + urgent)
        self._empty.setText(tr("No case here. They appear as soon as they arrive."))
        reveal(self._empty, visible=not rows)
        reveal(self._table, visible=bool(rows))
        self._dress()

    def show_selected(self, row: CaseRow | None) -> None:
        """The panel, and the line in the table."""
        self._panel.show_case(row)
        if row is not None:
            place = self._model.place_of(row.id)
            if place >= 0 and place != self._table.currentIndex().row():
                self._table.setCurrentIndex(self._model.index(place, Column.CLIENT))
                self._table.selectRow(place)

    def show_trouble(self, words: Message) -> None:
        """Why nothing is shown."""
        self._banner.say(words.what, words.then)

    # -- acts ---------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Read the cases anew, the cursor in the list."""
        if not self._model.rowCount():
            self._empty.setText(tr("Reading the cases…"))
            reveal(self._empty, visible=True)
            reveal(self._table, visible=False)
        self.presenter.load()
        self._table.setFocus()

    def select(self, record: RecordId) -> None:
        """Select a case by its id."""
        self.presenter.select(record)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side list goes where there is no room."""
        super().resizeEvent(event)
        self._dress()

    def _seek(self, words: str) -> None:
        self.presenter.seek(words)

    def _open(self) -> None:
        if self.presenter.selected is not None:
            self._opened(self.presenter.selected)

    def _try_law(self) -> None:
        """Which open cases other law data would read differently."""
        LawDialog(
            self._theme,
            self._cases,
            self._tasks,
            self,
            ask=lambda: folder(self, tr("The folder with the law tables")),
            opened=self._opened,
        ).open()

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        line = self._model.line(current.row())
        if isinstance(line, CaseRow) and line.id != self.presenter.selected:
            self.presenter.select(line.id)

    # -- lay-out ------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._header())
        middle.addWidget(self._banner)
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(MARGIN, 16, MARGIN, 16)
        inside.addWidget(self._empty)
        self._dress_table()
        inside.addWidget(self._table, 1)
        inside.addStretch(0)
        middle.addWidget(holder, 1)
        row.addLayout(middle, 1)
        row.addWidget(self._panel)

    def _header(self) -> QWidget:
        bar = Header()
        row = bar.row
        row.addWidget(self._title)
        row.addWidget(self._count)
        row.addStretch(1)
        self._search.setObjectName("case_search")
        self._search.setAccessibleName(tr("Search the cases"))
        self._search.setPlaceholderText(tr("Name, last digits, words"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._seek)
        row.addWidget(self._search)
        law = Button(self._theme, tr("Law data…"), name="law_data")
        law.clicked.connect(lambda _checked=False: self._try_law())
        row.addWidget(law)
        QShortcut(QKeySequence("Ctrl+F"), self, self._search.setFocus)
        bar.may_go(self._count, law)
        return bar

    def _side_list(self) -> QWidget:
        side = QWidget()
        surface(side, "sunk", edge="right")
        column = QVBoxLayout(side)
        column.setContentsMargins(10, 16, 10, 16)
        column.setSpacing(2)
        column.addWidget(Text(self._theme, tr("Queues"), Type.CAPTION, tone="second"))
        for queue in Queue:
            button = Button(self._theme, tr(TITLES[queue]), size="small", name=f"queue:{queue.value}")
            button.setProperty("kind", "card")
            button.setProperty("leading", "yes")
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, wanted=queue: self.presenter.choose(wanted))
            self._queues[queue] = button
            column.addWidget(button)
        column.addStretch(1)
        return side

    def _dress_table(self) -> None:
        table = self._table
        table.setObjectName("cases")
        table.setAccessibleName(tr("Cases"))
        table.setModel(self._model)
        self._delegate = QueueDelegate(self._theme, self._model, table)
        table.setItemDelegate(self._delegate)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(Column.CLIENT, QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.selectionModel().currentChanged.connect(self._moved)
        table.doubleClicked.connect(lambda _index: self._open())
        for key in ("Return", "Enter"):
            shortcut = QShortcut(QKeySequence(key), table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self._open)

    def _dress(self) -> None:
        px, table = self._theme.px, self._table
        self._side.setFixedWidth(px(SIDE_WIDTH))
        reveal(self._side, visible=self.width() >= NARROW * min(self._theme.scale, 1.3))
        self._search.setMinimumWidth(min(px(240), 290))
        head = table.horizontalHeader()
        head.setFont(self._theme.font(Type.CAPTION))
        head.setFixedHeight(px(32))
        for column, width in WIDTHS.items():
            table.setColumnWidth(column, px(width))
        # The client's name keeps its room: what the panel says too gives way, column by column.
        room = self.width() - self._panel.width() - 2 * MARGIN
        room -= self._side.width() if self.width() >= NARROW * min(self._theme.scale, 1.3) else 0
        table.setColumnHidden(Column.MATTER, room < px(800))
        table.setColumnHidden(Column.QUESTION, room < px(740))
        table.setColumnHidden(Column.STATUS, room < px(600))
        table.setColumnHidden(Column.URGENT, room < px(560))
        table.clearSpans()
        for place in range(self._model.rowCount()):
            index = self._model.index(place, 0)
            table.setRowHeight(place, self._delegate.height_of(index))
            if isinstance(self._model.line(place), Heading):
                table.setSpan(place, self._first_column(), 1, len(Column) - self._first_column())

    def _first_column(self) -> int:
        return int(Column.CLIENT if self._table.isColumnHidden(Column.URGENT) else Column.URGENT)
