"""All intakes on this laptop, and where a new one begins. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ournydesk.domain.ids import IntakeId
from ournydesk.domain.intake import IntakeRow
from ui.desk import FormChoice
from ui.i18n import tr
from ui.intakes.model import Column, IntakesModel
from ui.intakes.rows import NARROW, WIDE, IntakeDelegate
from ui.theme.theme import Theme, surface
from ui.theme.tokens import MARGIN
from ui.theme.type import Type
from ui.widgets.button import Button
from ui.widgets.emptied import empty
from ui.widgets.header import Header
from ui.widgets.scroll import scrolled
from ui.widgets.text import Text

LIST, EMPTY, NEW = 0, 1, 2


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
        self._new_page_area = self._new_page()
        self._pages.addWidget(self._new_page_area)
        column.addWidget(self._pages, 1)
        theme.follow(self, self._dress)
        self._dress()

    def refresh(self, rows: tuple[IntakeRow, ...]) -> None:
        """Show the intakes as they are now, whatever the person is doing here: no page and no focus moves."""
        before = self._current()
        self._model.show_rows(rows)
        self._count.setText(
            tr("{n} on this laptop", n=len(rows)) if rows else tr("Nothing is on this laptop yet.")
        )
        if rows:
            self._table.selectRow(next((at for at, row in enumerate(rows) if row.head.id == before), 0))
        if self._pages.currentIndex() != NEW:
            self._pages.setCurrentIndex(LIST if rows else EMPTY)
        self._dress()

    def show_rows(self, rows: tuple[IntakeRow, ...]) -> None:
        """Show the intakes, the cursor in the list."""
        self._new_button.setEnabled(True)
        self._pages.setCurrentIndex(LIST)
        self.refresh(rows)
        (self._table if rows else self._first).setFocus()

    def show_choices(self, choices: tuple[FormChoice, ...]) -> None:
        """The forms and languages a new intake can have."""
        self._choices = choices
        if self._pages.currentIndex() == NEW:
            self.show_new()

    def show_new(self) -> None:
        """Which form, and in which language."""
        empty(self._new_column)
        for choice in self._choices:
            self._new_column.addWidget(self._choice_card(choice))
        if not self._choices:
            moment = tr("The forms are being read. A moment.")
            self._new_column.addWidget(Text(self._theme, moment, Type.LEAD))
        self._new_button.setEnabled(False)
        self._pages.setCurrentIndex(NEW)
        first = self._new_page_area.findChild(Button)
        if first is not None:
            first.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns that have no room stand below the form's name."""
        super().resizeEvent(event)
        self._dress()

    def _header(self) -> QWidget:
        bar = Header()
        row = bar.row
        row.addWidget(Text(self._theme, tr("Intakes"), Type.TITLE, wrap=False))
        self._count = Text(self._theme, "", Type.BODY, tone="second", wrap=False)
        row.addWidget(self._count)
        row.addStretch(1)
        self._new_button = Button(
            self._theme, tr("New intake"), kind="primary", icon="add", key="Ctrl+N", name="new_intake"
        )
        self._new_button.clicked.connect(lambda _checked=False: self.show_new())
        row.addWidget(self._new_button)
        return bar

    def _list_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(MARGIN, 16, MARGIN, 16)
        column.setSpacing(12)
        self._table = QTableView()
        self._table.setObjectName("intakes")
        self._table.setAccessibleName(tr("Intakes on this laptop"))
        self._table.setModel(self._model)
        self._delegate = IntakeDelegate(self._theme, self._table)
        self._table.setItemDelegate(self._delegate)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.setShowGrid(False)
        self._table.setTabKeyNavigation(False)
        self._table.setWordWrap(False)
        self._table.verticalHeader().hide()
        self._table.horizontalHeader().setHighlightSections(False)
        self._table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._table.horizontalHeader().setSectionsClickable(False)
        self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._table.horizontalHeader().setSectionResizeMode(Column.FORM, QHeaderView.ResizeMode.Stretch)
        self._table.doubleClicked.connect(lambda index: self._open(self._model.intake(index.row())))
        for key in ("Return", "Enter"):
            shortcut = QShortcut(QKeySequence(key), self._table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self._open_current)
        column.addWidget(self._table, 1000)
        acts = QHBoxLayout()
        go = Button(self._theme, tr("Open the intake"), key=tr("Enter"), name="open_intake")
        go.clicked.connect(lambda _checked=False: self._open_current())
        acts.addWidget(go)
        words = tr("Ticket numbers only. Names appear after you open an intake.")
        told = Text(self._theme, words, Type.CAPTION, tone="hint")
        told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        acts.addWidget(told, 1)
        column.addLayout(acts)
        column.addStretch(1)
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
        self._first.clicked.connect(lambda _checked=False: self.show_new())
        column.addWidget(self._first, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        return page

    def _new_page(self) -> QWidget:
        page = QWidget()
        surface(page, "paper")
        outer = QVBoxLayout(page)
        outer.setContentsMargins(MARGIN, 32, MARGIN, MARGIN)
        outer.setSpacing(16)
        outer.addWidget(Text(self._theme, tr("A new intake"), Type.SECTION))
        self._new_column = QVBoxLayout()
        self._new_column.setSpacing(12)
        outer.addLayout(self._new_column)
        back = Button(self._theme, tr("Back to the list"), kind="quiet", key="Esc", name="back_to_list")
        back.clicked.connect(lambda _checked=False: self._leave_new())
        leave = QShortcut(QKeySequence("Esc"), page)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self._leave_new)
        outer.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addStretch(1)
        return scrolled(page)

    def _leave_new(self) -> None:
        self._new_button.setEnabled(True)
        self._pages.setCurrentIndex(LIST if self._model.rowCount() else EMPTY)
        (self._table if self._model.rowCount() else self._first).setFocus()

    def _choice_card(self, choice: FormChoice) -> QFrame:
        card = QFrame()
        card.setProperty("frame", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Text(self._theme, choice.title, Type.TITLE))
        if choice.from_team:
            from_team = tr("From your team, version {version}", version=choice.from_team)
            column.addWidget(Text(self._theme, from_team, Type.CAPTION, tone="second"))
        if choice.languages:
            question = tr("Which language does the client want to hear?")
            column.addWidget(Text(self._theme, question, Type.BODY, tone="second"))
        row = QHBoxLayout()
        row.setSpacing(12)
        for language in choice.languages or ("",):
            name = f"start:{choice.id}:{language.rpartition('(')[2].rstrip(')')}"
            button = Button(self._theme, language.partition(" (")[0] or tr("Start"), name=name)
            button.clicked.connect(lambda _checked=False, wanted=language: self._start(choice.id, wanted))
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        return card

    def _current(self) -> IntakeId | None:
        index = self._table.currentIndex()
        return self._model.intake(index.row()) if index.isValid() else None

    def _open_current(self) -> None:
        current = self._current()
        if current is not None:
            self._open(current)

    def _dress(self) -> None:
        table, px = self._table, self._theme.px
        room = self.width() - 2 * MARGIN - 16
        narrow = sum(px(width) for width in WIDE.values()) > room
        widths = NARROW if narrow else WIDE
        self._delegate.narrow = narrow
        for column in Column:
            table.setColumnHidden(int(column), column not in widths)
            table.setColumnWidth(int(column), px(widths.get(column, 0)))
        height = self._delegate.row_height
        table.verticalHeader().setDefaultSectionSize(height)
        head = table.horizontalHeader()
        head.setFont(self._theme.font(Type.CAPTION))
        head.setFixedHeight(px(32))
        # The card ends with its rows; longer lists scroll.
        table.setMinimumHeight(px(32) + height + 2)
        table.setMaximumHeight(px(32) + height * max(self._model.rowCount(), 1) + 2)
