"""The recovery kit's room: which of its pages is shown, and choosing files. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from ournydesk.domain.documents import Printout
from ournydesk.domain.membership import UserId
from ournydesk.domain.recovery import KitMade, KitStatus
from ournydesk.domain.team import TeamMember
from ui.desk import Desk
from ui.i18n import tr
from ui.recovery.making import AskingPage, MadePage, WordsPage
from ui.recovery.presenter import RecoveryPresenter
from ui.recovery.status import StatusPage
from ui.recovery.trying import AskedPage, DrillPage
from ui.tasks import Attached, Tasks
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.files import file_to_open, file_to_write
from ui.widgets.page import Page
from ui.widgets.preview import Preview, Write
from ui.widgets.scroll import scrolled
from ui.widgets.text import Text


class RecoveryScreen(Page):
    """One page with several faces. Words leave the screen with the face that showed them."""

    def __init__(
        self,
        theme: Theme,
        desk: Desk,
        tasks: Tasks,
        *,
        leave: Callable[[], None],
        write: Write,
        pick: Callable[[], Sequence[int]] | None = None,
    ) -> None:
        super().__init__(theme, notice="recovery_notice")
        self._leave = leave
        attached = Attached(tasks, self)
        self.presenter = RecoveryPresenter(self, desk, attached, pick)
        self._needs_two = False
        self._status, self._words, self._asking = StatusPage(theme), WordsPage(theme), AskingPage(theme)
        self._made, self._asked = MadePage(theme), AskedPage(theme)
        self._drill = DrillPage(theme, desk.word_known)
        self._preview = Preview(theme, desk, tasks, write=write)
        self._steps = QStackedWidget()
        pages = (self._status, self._words, self._asking, self._made, self._drill, self._asked)
        self._areas: dict[QWidget, QScrollArea] = {page: scrolled(page) for page in pages}
        for area in self._areas.values():
            self._steps.addWidget(area)
        self.header.lead_back(theme, tr("Team"), self._go, name="leave_recovery")
        self.header.row.addWidget(Text(theme, tr("Recovery kit"), Type.TITLE, wrap=False))
        self.header.row.addStretch(1)
        self.put(self._steps)
        self._connect()

    def enter(self) -> None:
        """The room from its beginning; what an earlier visit left on it is gone."""
        self.notice.hide()
        self.uncover()
        self.presenter.begin()

    # -- the view of the presenter ------------------------------------------------------------------

    def show_status(self, kit: KitStatus, line: str) -> None:
        """Where the team stands."""
        self._status.show_status(kit, line)
        self._face(self._status)
        self._status.enter()

    def show_people(self, people: tuple[TeamMember, ...], *, needs_two: bool) -> None:
        """Who lets people in."""
        self._needs_two = needs_two
        self._status.standing.show_people(people, needs_two=needs_two)

    def show_words(self, words: Sequence[str]) -> None:
        """Twelve words."""
        self.notice.hide()
        self._face(self._words)
        self._words.show_words(words)

    def show_asking(self, places: Sequence[int]) -> None:
        """Three of them."""
        self._face(self._asking)
        self._asking.show_places(places)

    def show_made(self, made: KitMade, name: str, file: str) -> None:
        """A kit was made."""
        self.notice.hide()
        self._face(self._made)
        self._made.show_made(made, name, file)

    def show_drill(self, file: str) -> None:
        """The words of a file are asked for."""
        self.notice.hide()
        self._face(self._drill)
        self._drill.show_file(file)

    def show_asked(self, by: str, what: Sequence[str]) -> None:
        """What a colleague asks."""
        self.notice.hide()
        self._face(self._asked)
        self._asked.show_asked(by, what)

    def show_sheets(self, printout: Printout) -> None:
        """The two sheets."""
        self._preview.show_printout(
            printout,
            title=tr("Sheets of the recovery kit"),
            care=tr("Page 1 for who keeps the words, printed twice; page 2 for who keeps the file."),
            file="recovery-kit.pdf",
            leave=self.uncover,
        )
        self.cover(self._preview)

    def show_busy(self, words: str) -> None:
        """Something takes a moment; the words are drawn before the window stands still."""
        super().show_busy(words)
        if words:
            # age's scrypt lets no other thread of ours run: what is not drawn before it is drawn after it.
            self.draw_now()

    # -- acts ---------------------------------------------------------------------------------------

    def _save(self, typed: list[str]) -> None:
        if not self.presenter.checked(typed):
            return
        target = file_to_write(self, tr("Write the kit on the first stick"), "recovery.age")
        if target is not None:
            self.presenter.save(typed, target)

    def _copy(self) -> None:
        target = file_to_write(self, tr("Write the second stick"), "recovery.age")
        if target is not None:
            self.presenter.copy(target)

    def _propose(self) -> None:
        target = file_to_write(self, tr("Write the file for the second person"), "please-sign.ourny")
        if target is not None:
            self.presenter.write_proposal(target)

    def _choose(self) -> None:
        source = file_to_open(self, tr("The kit on its stick"))
        if source is not None:
            self.presenter.choose(source)

    def _read(self) -> None:
        source = file_to_open(self, tr("The file that asks for a signature"))
        if source is not None:
            self.presenter.read(source)

    def _sign(self) -> None:
        target = file_to_write(self, tr("Write the signed file"), "signed.ourny")
        if target is not None:
            self.presenter.sign(target)

    def _stand(self, user: str, may: bool) -> None:
        target = None
        if self._needs_two:
            target = file_to_write(self, tr("Write the file for the second person"), "please-sign.ourny")
            if target is None:
                return
        self.presenter.let_manage(UserId(user), target, may=may)

    # -- lay-out ------------------------------------------------------------------------------------

    def _go(self) -> None:
        self.presenter.forget()
        self._face(self._status)
        self._leave()

    def _connect(self) -> None:
        presenter = self.presenter
        self._status.making.connect(presenter.make)
        self._status.trying.connect(self._choose)
        self._status.printing.connect(presenter.sheets)
        self._status.finishing.connect(presenter.finish)
        self._status.proposing.connect(self._propose)
        self._status.reading.connect(self._read)
        self._status.standing.changed.connect(self._stand)
        self._words.written.connect(presenter.written_down)
        self._asking.saved.connect(self._save)
        self._asking.again.connect(presenter.words_again)
        self._made.copied.connect(self._copy)
        self._made.printed.connect(presenter.sheets)
        self._made.proposed.connect(self._propose)
        self._drill.tried.connect(presenter.drill)
        self._asked.signed.connect(self._sign)
        for page in (self._words, self._asking, self._made, self._drill, self._asked):
            page.left.connect(self.enter)

    def _face(self, page: QWidget) -> None:
        """Show a page; the words that another one held are gone with it."""
        if page is not self._words:
            self._words.forget()
        if page is not self._asking:
            self._asking.forget()
        if page is not self._drill:
            self._drill.forget()
        self._steps.setCurrentWidget(self._areas[page])
