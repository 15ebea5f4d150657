"""A list of papers for the printer: which, how, how far it is, and a way to stop it. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QProgressBar, QVBoxLayout, QWidget

from ournydesk.domain.intake import IntakeRow
from ui.desk import Desk
from ui.i18n import tr
from ui.papers.presenter import Paper
from ui.papers.queue import Failure, Printer, QueuePresenter, Wanted
from ui.papers.queue_model import QueueModel
from ui.papers.queue_rows import QueueRows
from ui.tasks import Attached, Tasks
from ui.theme.theme import Theme, reveal
from ui.theme.tokens import MARGIN
from ui.theme.type import Type
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.combo import Combo
from ui.widgets.page import Page
from ui.widgets.spool import Chosen, Spool, printers
from ui.widgets.switch import Switch
from ui.widgets.text import Label, Text

MOST_COPIES: Final = 9
SPOOLS: Final = (
    "Printers and print queues keep copies of what they print. Use a printer of your own, stay beside it, "
    "collect the pages at once, and ask whoever looks after it to empty its memory."
)
Make = Callable[[Chosen], Printer]


class QueueScreen(Page):
    """``make`` gives a printer for what was chosen; a test gives another."""

    def __init__(self, theme: Theme, desk: Desk, tasks: Tasks, *, make: Make = Spool) -> None:
        super().__init__(theme, notice="queue_notice")
        self._make = make
        self.presenter = QueuePresenter(self, desk, Attached(tasks, self), lambda: make(self.chosen()))
        self._model = QueueModel(self)
        self._model.ticked.connect(self._count)
        self._go = Button(theme, tr("Print"), kind="primary", size="large", icon="print", name="print_queue")
        self._go.clicked.connect(lambda _checked=False: self._start())
        told = tr("Each paper is a job of its own; you may go on working")
        self.header.row.addWidget(Text(theme, tr("Print a list"), Type.TITLE, wrap=False))
        self.header.row.addWidget(Text(theme, told, Type.BODY, tone="second", wrap=False))
        self.header.row.addStretch(1)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(MARGIN, 24, MARGIN, 24)
        row.setSpacing(24)
        row.addWidget(self._list(), 5)
        right = QVBoxLayout()
        right.setSpacing(16)
        right.addWidget(self._how())
        right.addWidget(self._far())
        right.addStretch(1)
        row.addLayout(right, 4)
        self.put(body)
        self._count()

    # -- the view of the presenter ------------------------------------------------------------------

    def show_rows(self, rows: tuple[IntakeRow, ...]) -> None:
        """What could be printed."""
        self._model.show_rows(rows)

    def show_progress(self, done: int, of: int, wanted: Wanted | None) -> None:
        """So many papers are printed; which one is next."""
        reveal(self._progress, visible=wanted is not None)
        reveal(self._stop, visible=wanted is not None)
        self._bar.setMaximum(of)
        self._bar.setValue(done)
        if wanted is not None:
            words = tr("{done} of {of} papers printed. Now: {which}.", done=done, of=of, which=_which(wanted))
            self._said.setText(words)
            self._bar.setAccessibleName(words)
        self._count()

    def show_end(self, printed: int, pages: int, failures: Sequence[Failure], *, stopped: bool) -> None:
        """What became of it, and which papers are missing from the pile."""
        what = tr("{n} papers, {pages} pages, were given to the printer.", n=printed, pages=pages)
        if stopped:
            what = f"{tr('Stopped.')} {what}"
        missing = [f"{_which(one.wanted)}: {one.words.what}" for one in failures]
        then = tr("Not printed: {which}", which=" ".join(missing)) if missing else tr("Collect them at once.")
        self.notice.say(what, then, tone="attention" if missing or stopped else "notice")
        self._count()

    # -- acts ---------------------------------------------------------------------------------------

    def enter(self) -> None:
        """See what could be printed, and by which printer."""
        if not self.presenter.busy:
            self.notice.hide()
            self._printer.clear()
            self._printer.addItems(list(printers()))
        self.presenter.begin()
        self._count()
        self._view.setFocus()

    def chosen(self) -> Chosen:
        """How it is printed."""
        return Chosen(
            printer=self._printer.currentText(),
            both_sides=self._both.isChecked(),
            copies=self._copies.currentIndex() + 1,
        )

    def wanted(self) -> tuple[Wanted, ...]:
        """The papers of the ticked tickets, ticket by ticket."""
        papers = [paper for paper, switch in self._papers.items() if switch.isChecked()]
        listed = tuple(Wanted(row.head, paper) for row in self._model.chosen() for paper in papers)
        return (*listed, Wanted(None, Paper.DOCKET)) if self._docket.isChecked() else listed

    def _start(self) -> None:
        self.notice.hide()
        self.presenter.start(self.wanted())

    def _count(self) -> None:
        count = len(self.wanted())
        able = self._make is not Spool or self._printer.count() > 0
        self._go.setText(tr("Print {n} papers", n=count) if count else tr("Print"))
        self._go.setEnabled(bool(count) and able and not self.presenter.busy)
        reveal(self._none, visible=not able)

    # -- lay-out ------------------------------------------------------------------------------------

    def _list(self) -> Card:
        card = Card(self._theme, tr("Which"), name="queue_which")
        self._view = QListView()
        self._view.setObjectName("queue_list")
        self._view.setAccessibleName(tr("Intakes to print"))
        self._view.setModel(self._model)
        self._view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._view.setItemDelegate(QueueRows(self._theme, self._view))
        self._view.setMouseTracking(False)
        card.column.addWidget(self._view, 1)
        row = QHBoxLayout()
        every = Button(self._theme, tr("Tick all"), size="small", name="tick_all")
        every.clicked.connect(lambda _checked=False: self._model.tick_all(on=True))
        none = Button(self._theme, tr("Tick none"), size="small", name="tick_none")
        none.clicked.connect(lambda _checked=False: self._model.tick_all(on=False))
        row.addWidget(every)
        row.addWidget(none)
        row.addStretch(1)
        card.column.addLayout(row)
        return card

    def _how(self) -> Card:
        theme = self._theme
        card = Card(theme, tr("How"), name="queue_how")
        self._papers = {
            Paper.OFFICIAL: Switch(theme, tr("The N-400"), name="queue_official"),
            Paper.PACKET: Switch(theme, tr("The packet"), name="queue_packet"),
        }
        row = QHBoxLayout()
        for switch in self._papers.values():
            switch.toggled.connect(lambda _on: self._count())
            row.addWidget(switch)
        card.column.addLayout(row)
        self._docket = Switch(theme, tr("The attorney's docket of all cases"), name="queue_docket")
        self._docket.toggled.connect(lambda _on: self._count())
        card.column.addWidget(self._docket)
        self._printer = Combo(theme, "queue_printer", tr("Printer"))
        card.column.addWidget(Label(theme, tr("Printer"), self._printer))
        card.column.addWidget(self._printer)
        self._none = Text(theme, tr("No printer is set up on this laptop."), Type.BODY, tone="attention")
        card.column.addWidget(self._none)
        line = QHBoxLayout()
        self._both = Switch(theme, tr("On both sides"), name="queue_both_sides")
        self._copies = Combo(theme, "queue_copies", tr("Copies of each"))
        self._copies.addItems(
            [tr("{n} copies", n=n) if n > 1 else tr("1 copy") for n in range(1, MOST_COPIES + 1)]
        )
        line.addWidget(self._both, 1)
        line.addWidget(self._copies, 1)
        card.column.addLayout(line)
        card.column.addWidget(Text(theme, tr(SPOOLS), Type.CAPTION, tone="hint"))
        return card

    def _far(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._progress = QWidget()
        inner = QVBoxLayout(self._progress)
        inner.setContentsMargins(0, 0, 0, 0)
        self._said = Text(self._theme, "", Type.BODY, bold=True)
        self._bar = QProgressBar()
        self._bar.setObjectName("queue_progress")
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(12)
        inner.addWidget(self._said)
        inner.addWidget(self._bar)
        self._progress.hide()
        self._stop = Button(self._theme, tr("Stop after this page"), name="stop_queue")
        self._stop.clicked.connect(lambda _checked=False: self.presenter.stop())
        self._stop.hide()
        column.addWidget(self._progress)
        column.addWidget(self._go)
        column.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignLeading)
        return holder


def _which(wanted: Wanted) -> str:
    """A paper in words; no name."""
    if wanted.head is None:
        return tr("the docket")
    paper = tr("N-400") if wanted.paper is Paper.OFFICIAL else tr("packet")
    return tr("ticket {n}, {paper}", n=wanted.ticket, paper=paper)
