"""Print preview: thumbnails, the page, what moved, what to check before printing. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ournydesk.domain.days import english_day
from ournydesk.domain.documents import PageImage, Printout
from ournydesk.domain.editions import Standing
from ournydesk.domain.handouts import Handout
from ournydesk.domain.intake import IntakeHead
from ui.desk import Desk
from ui.i18n import tr
from ui.messages import Message, message
from ui.papers.panel import PapersPanel
from ui.papers.presenter import Paper, PapersPresenter, Write
from ui.papers.thumbnails import Thumbnails
from ui.tasks import Tasks
from ui.theme.theme import Theme, reveal, surface
from ui.theme.type import Type
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.combo import Combo
from ui.widgets.files import file_to_open, file_to_write
from ui.widgets.header import Header
from ui.widgets.page_view import PageView, picture
from ui.widgets.printing import PrintJob
from ui.widgets.text import Text

NARROW = 700
"""Below this many pixels, at usual letters, there are no small pages beside the large one."""
ZOOMS = (50, 75, 100, 125, 150, 200)
TITLES = {
    Paper.OFFICIAL: "Print the N-400",
    Paper.PACKET: "Print the packet",
    Paper.TAKE_HOME: "Print the page to take home",
    Paper.EMPTY: "Print the empty form",
    Paper.TERMS: "Print what was agreed",
    Paper.EVIDENCE: "Print the evidence checklist",
    Paper.MAILING: "Print the mailing cover",
    Paper.HANDOUT: "Print a handout",
    Paper.INCIDENT: "Print an incident's report",
}


class PapersScreen(QWidget):
    """The papers of one intake."""

    def __init__(
        self,
        theme: Theme,
        desk: Desk,
        tasks: Tasks,
        head: IntakeHead,
        *,
        leave: Callable[[], None],
        write: Write,
    ) -> None:
        super().__init__()
        self._theme, self._desk, self._tasks, self._head, self._leave = theme, desk, tasks, head, leave
        surface(self, "paper")
        self.presenter = PapersPresenter(self, desk, tasks, head, write=write)
        self._index, self._pages = 0, 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        row = QHBoxLayout()
        row.setSpacing(0)
        self._thumbs = Thumbnails(theme)
        self._thumbs.turned.connect(self._turn)
        row.addWidget(self._thumbs)
        row.addWidget(self._desk_side(), 1)
        self._panel = PapersPanel(theme)
        self._panel.look.connect(lambda paper: self.presenter.look(Paper(paper)))
        self._panel.printed.connect(self._print)
        self._panel.saved.connect(self._save)
        self._panel.imported.connect(self._import)
        self._panel.take_home.connect(self.presenter.take_home)
        self._panel.asked_again.connect(self.presenter.ask_again)
        self._panel.edition_confirmed.connect(self.presenter.confirm_edition)
        self._panel.handout.connect(self.presenter.handout)
        self._panel.report.connect(self.presenter.report)
        self._panel.print_anyway.connect(self.presenter.print_anyway)
        row.addWidget(self._panel)
        column.addLayout(row, 1)

    # -- the view of the presenter ------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page has the room where there is little."""
        super().resizeEvent(event)
        for widget in (self._thumbs, self._subtitle):
            reveal(widget, visible=self.width() >= self._theme.px(NARROW))

    def show_busy(self, words: str) -> None:
        """Something takes a moment."""
        self._busy.setText(words)
        self._busy.setVisible(bool(words))

    def show_printout(self, paper: Paper, printout: Printout) -> None:
        """A finished paper."""
        self._banner.hide()
        self._index, self._pages = 0, printout.pages
        self._title.setText(tr(TITLES[paper]))
        edition = tr(" · edition {edition}", edition=printout.edition) if printout.edition else ""
        self._subtitle.setText(tr("Ticket {n}{edition}", n=self._head.ticket, edition=edition))
        self._thumbs.show_pages(printout.pages, {answer.page for answer in printout.moved})
        self._panel.show_printout(paper, printout)
        self._count()

    def show_page(self, index: int, image: PageImage) -> None:
        """One page as a picture; a page that was turned meanwhile comes too late."""
        if index != self._index:
            return
        self._view.show_page(image, tr("Page {n} of {all}", n=index + 1, all=self._pages))
        self._count()

    def show_thumbnail(self, index: int, image: PageImage) -> None:
        """One page, small."""
        self._thumbs.show_picture(index, picture(image))

    def show_no_blank(self, words: Message) -> None:
        """Where to get the agency's blank; the packet can be printed all the same."""
        self._title.setText(tr("Print"))
        self._subtitle.setText(tr("Ticket {n}", n=self._head.ticket))
        self._no_pages()
        self._banner.say(
            words.what,
            words.then,
            [
                (tr("Import the blank…"), "import_blank", self._import),
                (tr("Print the packet"), "packet_instead", lambda: self.presenter.look(Paper.PACKET)),
            ],
        )
        self._panel.show_no_blank()

    def show_edition(self, known: Standing) -> None:
        """Which edition it is, when it was confirmed, until when it is accepted."""
        if known.confirmed:
            words = tr(
                "Ticket {n} · edition {edition}, confirmed {day}",
                n=self._head.ticket, edition=known.edition, day=english_day(known.confirmed),
            )  # fmt: skip
            self._subtitle.setText(words)
        self._panel.show_edition(known)

    def show_over(self, words: Message) -> None:
        """The edition is accepted no more: what to do, and where an attorney gives a reason."""
        self.show_no_blank(words)
        self._panel.show_over()

    def show_take_home(self) -> None:
        """What is asked before the page to take home is made."""
        self._ask(Paper.TAKE_HOME)
        self._panel.show_take_home()

    def show_handouts(self, found: tuple[Handout, ...]) -> None:
        """The team's handouts, those in the client's language first."""
        self._ask(Paper.HANDOUT)
        self._panel.show_handouts(found)

    def show_readers(self) -> None:
        """Who an incident's report is for."""
        self._ask(Paper.INCIDENT)
        self._panel.show_readers()

    def _ask(self, paper: Paper) -> None:
        self._banner.hide()
        self._title.setText(tr(TITLES[paper]))
        self._subtitle.setText(tr("Ticket {n}", n=self._head.ticket))
        self._no_pages()

    def show_trouble(self, words: Message) -> None:
        """Why something did not work."""
        self._banner.say(words.what, words.then)

    def show_written(self, path: Path, pages: int) -> None:
        """A file was written."""
        words = tr("{pages} pages saved as {name}.", pages=pages, name=path.name)
        then = tr("This file is outside the encrypted seat. Delete it when it is printed.")
        self._banner.say(words, then, tone="notice")

    # -- acts ---------------------------------------------------------------------------------------

    def import_from(self, path: Path) -> None:
        """Import a blank by its path."""
        self.presenter.import_blank(path)

    def save_as(self, path: Path) -> None:
        """Save the paper looked at as a PDF file."""
        self.presenter.save(path)

    def _import(self) -> None:
        source = file_to_open(self, tr("The agency's blank form"), tr("PDF files (*.pdf)"))
        if source is not None:
            self.import_from(source)

    def _save(self) -> None:
        name, kinds = self.presenter.file_name(), tr("PDF files (*.pdf)")
        target = file_to_write(self, tr("Save as PDF"), name, kinds)
        if target is not None:
            self.save_as(target)

    def _print(self) -> None:
        printout = self.presenter.printout()
        if printout is not None:
            job = PrintJob(
                self,
                self._desk,
                self._tasks,
                printout,
                done=self._printed,
                failed=lambda error: self.show_trouble(message(error)),
            )
            job.ask_and_print()

    def _printed(self, pages: int) -> None:
        words = tr("{n} pages were given to the printer.", n=pages)
        self._banner.say(words, tr("Collect them at once; the printer may keep a copy."), tone="notice")

    def _turn(self, index: int) -> None:
        if 0 <= index < self._pages:
            self._index = index
            self._thumbs.choose(index)
            self.presenter.turn(index)

    def _fit(self) -> None:
        if self._zoom.currentIndex() == 0:
            self._zoomed()

    def _zoomed(self) -> None:
        at = self._zoom.currentIndex()
        self.presenter.zoom(self._view.scale(ZOOMS[at - 1] if at else None), self._index)

    # -- lay-out ------------------------------------------------------------------------------------

    def _header(self) -> QWidget:
        bar = Header()
        row = bar.row
        bar.lead_back(self._theme, tr("Back"), self._leave)
        self._title = Text(self._theme, tr("Print"), Type.TITLE, wrap=False)
        self._subtitle = Text(self._theme, "", Type.BODY, tone="second", wrap=False)
        # Long words give way before the window does.
        for text, share in ((self._title, 0), (self._subtitle, 1)):
            text.setMinimumWidth(0)
            row.addWidget(text, share)
        self._subtitle.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        before = Button(self._theme, "", icon="arrow_left", name="page_before")
        before.setAccessibleName(tr("Page before"))
        before.clicked.connect(lambda _checked=False: self._turn(self._index - 1))
        after = Button(self._theme, "", icon="arrow_right", name="page_after")
        after.setAccessibleName(tr("Next page"))
        after.clicked.connect(lambda _checked=False: self._turn(self._index + 1))
        self._counter = Text(self._theme, "", Type.BODY, wrap=False)
        self._zoom = Combo(self._theme, "zoom", tr("Size of the page"))
        self._zoom.addItems([tr("Fit"), *(f"{percent} %" for percent in ZOOMS)])
        self._zoom.activated.connect(lambda _at: self._zoomed())
        for widget in (before, self._counter, after, self._zoom):
            row.addWidget(widget)
        return bar

    def _desk_side(self) -> QWidget:
        side = QWidget()
        surface(side, "desk")
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 16, 16, 0)
        column.setSpacing(8)
        self._banner = Banner(self._theme, "attention", name="paper_trouble")
        column.addWidget(self._banner)
        self._busy = Text(self._theme, "", Type.LEAD)
        self._busy.hide()
        column.addWidget(self._busy)
        self._view = PageView("page")
        self._view.resized.connect(self._fit)
        column.addWidget(self._view, 1)
        return side

    def _no_pages(self) -> None:
        self._pages = 0
        self._view.clear()
        self._thumbs.show_pages(0, set())
        self._count()

    def _count(self) -> None:
        n, every = self._index + 1, self._pages
        self._counter.setText(f"{n} / {every}" if every else "")
        self._counter.setAccessibleName(tr("Page {n} of {all}", n=n, all=every) if every else "")
