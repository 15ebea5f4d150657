"""Beside the page: what does not fit its box, what to check, and the acts. Layer: ui."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ournydesk.domain.documents import MovedAnswer, Printout
from ournydesk.domain.editions import Standing
from ournydesk.domain.handouts import Handout
from ui.i18n import tr
from ui.papers.asked import HandoutAsk, ReaderAsk
from ui.papers.edition import EditionCard, OverAsk
from ui.papers.presenter import Paper
from ui.papers.take_home import TakeHomeAsk
from ui.theme.marks import Mark
from ui.theme.theme import Theme, reveal, surface
from ui.theme.type import Type
from ui.widgets.button import Button
from ui.widgets.emptied import empty
from ui.widgets.marks import MarkSign
from ui.widgets.scroll import scrolled
from ui.widgets.text import Chip, Text, rule

LOOKS = {
    Paper.OFFICIAL: "N-400",
    Paper.PACKET: "Packet",
    Paper.TAKE_HOME: "Take-home",
    Paper.TERMS: "Terms",
    Paper.EVIDENCE: "Evidence",
    Paper.MAILING: "Mailing",
    Paper.EMPTY: "Empty copy",
    Paper.HANDOUT: "Handouts",
    Paper.INCIDENT: "Report",
}
ASKED = {
    Paper.TAKE_HOME: "Change day or place…",
    Paper.HANDOUT: "Another handout…",
    Paper.INCIDENT: "Another reader…",
}
CHECKS = {
    Paper.OFFICIAL: (
        (Mark.DONE, "The A-number stands on every page"),
        (Mark.NONE, "Signature, Part 11: by hand, after printing"),
        (Mark.NONE, "An attorney has read the case"),
        (Mark.NOT_ASKED, "Parts 15 and 16 stay empty until the interview"),
    ),
    Paper.PACKET: (
        (Mark.NONE, "The attorney's sheet is not for the client: take it out"),
        (Mark.NONE, "Read the answers back to the client"),
    ),
    Paper.TAKE_HOME: (
        (Mark.NONE, "Read it aloud to the client"),
        (Mark.NONE, "A draft translation: an interpreter reads it first"),
    ),
    Paper.EMPTY: (
        (Mark.NONE, "For a client who wants no laptop: nothing is typed in without a yes"),
        (Mark.NONE, "Write the ticket on the first page, never a name on a folder"),
    ),
    Paper.TERMS: (
        (Mark.NONE, "Read it aloud again before anybody signs"),
        (Mark.NONE, "The client gets a copy, where carrying it is safe"),
    ),
    Paper.EVIDENCE: ((Mark.NONE, "An attorney reads the list: it follows from the answers only"),),
    Paper.HANDOUT: ((Mark.NONE, "Ask whether carrying it is safe"),),
    Paper.INCIDENT: (
        (Mark.NONE, "Read it to the person before it is given away"),
        (Mark.NONE, "It goes to this reader only"),
    ),
    Paper.MAILING: (
        (Mark.NONE, "Look up the address and the fee on the agency's site today"),
        (Mark.NONE, "Nothing is mailed without the signature in Part 11"),
    ),
}


LARGE = 1.5
"""From this size of letters on, two names of papers stand beside one another."""


class PapersPanel(QWidget):
    """``look`` carries which paper to show."""

    look = Signal(str)
    printed = Signal()
    saved = Signal()
    take_home = Signal(str, str)
    asked_again = Signal()
    edition_confirmed = Signal(str)
    print_anyway = Signal(str)
    handout = Signal(int)
    report = Signal(str)
    imported = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        surface(self, "paper", edge="left")
        self.setFixedWidth(min(theme.px(330), 460))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 8, 4)
        inside.setSpacing(12)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(10)
        inside.addLayout(self._facts, 1)
        warning = tr("Printers and print queues keep copies. Collect the pages at once.")
        inside.addWidget(Text(theme, warning, Type.CAPTION, tone="hint"))
        looks = QGridLayout()
        looks.setSpacing(8)
        self._looks = {
            paper: Button(theme, tr(words), size="small", name=f"look_{paper.value}")
            for paper, words in LOOKS.items()
        }
        beside = 3 if theme.scale < LARGE else 2
        for at, (paper, button) in enumerate(self._looks.items()):
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, wanted=paper: self.look.emit(wanted.value))
            looks.addWidget(button, at // beside, at % beside)
        self._import = Button(theme, tr("Other blank…"), kind="quiet", size="small", name="other_blank")
        self._import.clicked.connect(lambda _checked=False: self.imported.emit())
        looks.addWidget(self._import, looks.rowCount(), 0, 1, beside)
        inside.addLayout(looks)
        column.addWidget(scrolled(body), 1)
        self._save = Button(theme, tr("Save as PDF…"), icon="paper", name="save_pdf")
        self._save.clicked.connect(lambda _checked=False: self.saved.emit())
        column.addWidget(self._save)
        self._print = Button(
            theme, tr("Print"), kind="primary", size="large", icon="print", name="print_pages"
        )
        self._print.clicked.connect(lambda _checked=False: self.printed.emit())
        column.addWidget(self._print)
        self._enable(ready=False)

    def show_printout(self, paper: Paper, printout: Printout) -> None:
        """What there is to know about a paper."""
        self._clear()
        self._choose(paper)
        if paper is Paper.OFFICIAL:
            self._show_moved(printout.moved)
        self._facts.addWidget(Text(self._theme, tr("Before you print"), Type.LEAD, bold=True))
        for mark, words in CHECKS[paper]:
            row = QHBoxLayout()
            row.setSpacing(10)
            row.addWidget(MarkSign(self._theme, mark), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Text(self._theme, tr(words), Type.BODY), 1)
            holder = QWidget()
            row.setContentsMargins(0, 0, 0, 0)
            holder.setLayout(row)
            self._facts.addWidget(holder)
        if paper in ASKED:
            again = Button(self._theme, tr(ASKED[paper]), size="small", name=f"change_{paper.value}")
            again.clicked.connect(lambda _checked=False: self.asked_again.emit())
            self._facts.addWidget(again)
        self._facts.addStretch(1)
        pages = printout.pages
        self._print.setText(tr("Print {n} pages", n=pages) if pages > 1 else tr("Print the page"))
        self._enable(ready=True)

    def show_edition(self, known: Standing) -> None:
        """Below what to check: which edition it is, and who looked it up when."""
        card = EditionCard(self._theme, known)
        card.confirmed.connect(self.edition_confirmed)
        self._facts.insertWidget(max(0, self._facts.count() - 1), card)

    def show_over(self) -> None:
        """An edition that is over: an attorney may give a reason."""
        self.show_no_blank()
        ask = OverAsk(self._theme)
        ask.wanted.connect(self.print_anyway)
        self._facts.addWidget(ask)
        self._facts.addStretch(1)

    def show_no_blank(self) -> None:
        """Nothing to print yet."""
        self._clear()
        self._choose(Paper.OFFICIAL)
        self._enable(ready=False)

    def show_take_home(self) -> None:
        """What is asked before there is a page to print."""
        ask = TakeHomeAsk(self._theme)
        ask.wanted.connect(self.take_home)
        self._ask(Paper.TAKE_HOME, ask)

    def show_handouts(self, found: tuple[Handout, ...]) -> None:
        """The team's handouts."""
        ask = HandoutAsk(self._theme, found)
        ask.wanted.connect(self.handout)
        self._ask(Paper.HANDOUT, ask)

    def show_readers(self) -> None:
        """Who an incident's report is for."""
        ask = ReaderAsk(self._theme)
        ask.wanted.connect(self.report)
        self._ask(Paper.INCIDENT, ask)

    def _ask(self, paper: Paper, ask: QWidget) -> None:
        self._clear()
        self._choose(paper)
        self._facts.addWidget(ask)
        self._facts.addStretch(1)
        self._enable(ready=False)

    def _choose(self, paper: Paper) -> None:
        for each, button in self._looks.items():
            button.setChecked(each is paper)
        reveal(self._import, visible=paper is Paper.OFFICIAL)

    def _show_moved(self, moved: tuple[MovedAnswer, ...]) -> None:
        self._facts.addWidget(Text(self._theme, tr("Does not fit its box"), Type.LEAD, bold=True))
        if not moved:
            self._facts.addWidget(Text(self._theme, tr("Every answer fits."), Type.BODY, tone="second"))
        else:
            words = tr("{n} answers continue in full elsewhere.", n=len(moved))
            self._facts.addWidget(Text(self._theme, words, Type.BODY, tone="second"))
        for number, answer in enumerate(moved, start=1):
            row = QHBoxLayout()
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(10)
            row.addWidget(Chip(self._theme, str(number), "attention"), 0, Qt.AlignmentFlag.AlignTop)
            told = QVBoxLayout()
            told.setSpacing(1)
            told.addWidget(Text(self._theme, answer.title, Type.BODY, bold=True))
            told.addWidget(Text(self._theme, answer.text, Type.BODY))
            where = tr(
                "Page {page}, {part}, item {number}: printed in {where}",
                page=answer.page, part=answer.part, number=answer.number, where=answer.where,
            )  # fmt: skip
            told.addWidget(Text(self._theme, where, Type.CAPTION, tone="hint"))
            row.addLayout(told, 1)
            holder = QWidget()
            holder.setLayout(row)
            self._facts.addWidget(holder)
        self._facts.addWidget(rule())

    def _enable(self, *, ready: bool) -> None:
        if not ready:
            self._print.setText(tr("Print"))  # not the pages of the paper before
        self._print.setEnabled(ready)
        self._save.setEnabled(ready)

    def _clear(self) -> None:
        empty(self._facts)
