"""Two people changed the same answers: a card for each, and a person decides. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ournydesk.domain.case import CaseView, TornRow
from ui.cases.conflict_presenter import ConflictPresenter, Open
from ui.cases.rivals import OpenCard
from ui.desk import CaseDesk
from ui.i18n import tr
from ui.messages import Message
from ui.tasks import Attached, Tasks
from ui.theme.theme import Theme, restyle, surface
from ui.theme.tokens import MARGIN
from ui.theme.type import Type
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.emptied import empty
from ui.widgets.header import Header
from ui.widgets.scroll import scrolled
from ui.widgets.sign import Sign
from ui.widgets.text import Text


class ConflictScreen(QWidget):
    """``leave`` goes back to the case."""

    def __init__(
        self, theme: Theme, cases: CaseDesk, tasks: Tasks, view: CaseView, *, leave: Callable[[], None]
    ) -> None:
        super().__init__()
        self._theme, self._leave = theme, leave
        surface(self, "paper")
        self._name = Text(theme, "", Type.BODY, tone="second", wrap=False)
        self._count = Text(theme, "", Type.BODY, wrap=False)
        self._bar = QProgressBar()
        self._banner = Banner(theme, "attention", name="conflict_notice")
        self._cards: list[OpenCard] = []
        self._waits = Text(theme, "", tone="attention")
        self._waits.setObjectName("conflict_waits")
        self._sign = Sign(theme, "alert", "amb", 18)
        self._next = Button(
            theme, tr("Go to the next one"), kind="primary", size="large", key="F8", name="conflict_next"
        )
        self._later = Button(theme, tr("Decide later"), size="large", key="Esc", name="conflict_later")
        self.presenter = ConflictPresenter(self, cases, Attached(tasks, self), view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        column.addWidget(scrolled(self._body(), "conflicts"), 1)
        column.addWidget(self._foot())
        QShortcut(QKeySequence("F8"), self, self._go_on)
        QShortcut(QKeySequence("Esc"), self, self._leave)

    # -- the view of the presenter ------------------------------------------------------------------

    def show_open(self, client: str, things: tuple[Open, ...]) -> None:
        """Everything there is to decide."""
        self._banner.hide()
        self._name.setText(client)
        waiting = [one for one in things if one.decided is None]
        blocking = [one for one in things if one.blocks]
        self._count.setText(tr("{n} of {all} decided", n=len(things) - len(waiting), all=len(things)))
        self._bar.setMaximum(max(len(things), 1))
        self._bar.setValue(len(things) - len(waiting))
        empty(self._list)
        self._cards = []
        for thing in things:
            card = OpenCard(
                self._theme,
                thing,
                choose=self.presenter.choose,
                write=self.presenter.write,
                ask=self.presenter.ask,
                row=self._settle_row,
            )
            card.lay(self.width())
            self._cards.append(card)
            self._list.addWidget(card)
        if blocking:
            words = tr("Printing and export wait: {first}", first=blocking[0].title)
            more = tr(", and {n} more", n=len(blocking) - 1) if len(blocking) > 1 else ""
            self._waits.setText(words + more)
        else:
            self._waits.setText("" if waiting else tr("Nothing waits for a decision here any more."))
        restyle(self._waits, tone="attention" if blocking else "second")
        self._later.setVisible(bool(waiting))
        self._sign.setVisible(bool(blocking))
        self._next.setText(tr("Go to the next one") if waiting else tr("Back to the case"))
        self._next.updateGeometry()
        self._focus_next()

    def show_trouble(self, words: Message) -> None:
        """Why something did not work."""
        self._banner.say(words.what, words.then, tone="attention")

    def show_done(self, what: str) -> None:
        """What was done."""
        self._banner.say(what, tone="notice")

    # -- acts ---------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Show what is open."""
        self.presenter.begin()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Answers stand beside one another where there is room."""
        super().resizeEvent(event)
        for card in self._cards:
            card.lay(self.width())

    def _settle_row(self, row: TornRow, keep: bool) -> None:
        self.presenter.settle_row(row, keep=keep)

    def _go_on(self) -> None:
        if self.presenter.waiting:
            self._focus_next()
        else:
            self._leave()

    def _focus_next(self) -> None:
        for card in self._cards:
            if card.thing.decided is None:
                card.enter()
                return
        self._next.setFocus()

    # -- lay-out ------------------------------------------------------------------------------------

    def _header(self) -> QWidget:
        bar = Header()
        row = bar.row
        row.addWidget(Text(self._theme, tr("Two people changed the same answers"), Type.TITLE, wrap=False))
        row.addWidget(self._name)
        row.addStretch(1)
        row.addWidget(self._count)
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(120, 6)
        self._bar.setAccessibleName(tr("How many are decided"))
        row.addWidget(self._bar)
        return bar

    def _body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(MARGIN, 16, MARGIN, 16)
        column.setSpacing(12)
        lead = tr(
            "Both worked offline and neither had seen the other's change. "
            "Nothing is lost: what you do not choose stays in the history."
        )
        column.addWidget(Text(self._theme, lead, tone="second"))
        column.addWidget(self._banner)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        column.addLayout(self._list)
        column.addStretch(1)
        return body

    def _foot(self) -> QWidget:
        bar = QWidget()
        surface(bar, "paper", edge="top")
        row = QHBoxLayout(bar)
        row.setContentsMargins(MARGIN, 12, MARGIN, 12)
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addWidget(self._waits, 1)
        self._later.clicked.connect(lambda _checked=False: self._leave())
        self._next.clicked.connect(lambda _checked=False: self._go_on())
        row.addWidget(self._later)
        row.addWidget(self._next)
        return bar
