"""The recovery kit's room: which of its pages is shown, and choosing files. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ournydesk.domain.documents import Printout
from ournydesk.domain.membership import UserId
from ournydesk.domain.recovery import KitMade, KitStatus
from ournydesk.domain.team import TeamMember
from ui.desk import Desk
from ui.i18n import tr
from ui.messages import Message
from ui.recovery.making import AskingPage, MadePage, WordsPage
from ui.recovery.presenter import RecoveryPresenter
from ui.recovery.status import StatusPage
from ui.recovery.trying import AskedPage, DrillPage
from ui.tasks import Attached, Tasks
from ui.theme.theme import Theme, surface
from ui.theme.type import Type
from ui.widgets.banner import Banner
from ui.widgets.header import Header
from ui.widgets.preview import Preview, Write
from ui.widgets.scroll import scrolled
from ui.widgets.text import Text

# The system's own chooser remembers what was opened; Qt's does not.
OWN_DIALOG = QFileDialog.Option.DontUseNativeDialog


class RecoveryScreen(QWidget):
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
        super().__init__()
        self._theme, self._leave = theme, leave
        surface(self, "paper")
        attached = Attached(tasks, self)
        self.presenter = RecoveryPresenter(self, desk, attached, pick)
        self._busy, self._needs_two = "", False
        self._status, self._words, self._asking = StatusPage(theme), WordsPage(theme), AskingPage(theme)
        self._made, self._asked = MadePage(theme), AskedPage(theme)
        self._drill = DrillPage(theme, desk.word_known)
        self._preview = Preview(theme, desk, tasks, write=write)
        self._faces = QStackedWidget()
        pages = (self._status, self._words, self._asking, self._made, self._drill, self._asked)
        self._areas: dict[QWidget, QScrollArea] = {page: scrolled(page) for page in pages}
        for area in self._areas.values():
            self._faces.addWidget(area)
        self._banner = Banner(theme, "attention", name="recovery_notice")
        self._room = QWidget()
        column = QVBoxLayout(self._room)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        column.addWidget(self._banner)
        column.addWidget(self._faces, 1)
        self._whole = QStackedWidget()
        self._whole.addWidget(self._room)
        self._whole.addWidget(self._preview)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._whole)
        self._connect()

    def enter(self) -> None:
        """The room from its beginning; what an earlier visit left on it is gone."""
        self._banner.hide()
        self._whole.setCurrentWidget(self._room)
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
        self._banner.hide()
        self._face(self._words)
        self._words.show_words(words)

    def show_asking(self, places: Sequence[int]) -> None:
        """Three of them."""
        self._face(self._asking)
        self._asking.show_places(places)

    def show_made(self, made: KitMade, name: str, file: str) -> None:
        """A kit was made."""
        self._banner.hide()
        self._face(self._made)
        self._made.show_made(made, name, file)

    def show_drill(self, file: str) -> None:
        """The words of a file are asked for."""
        self._banner.hide()
        self._face(self._drill)
        self._drill.show_file(file)

    def show_asked(self, by: str, what: Sequence[str]) -> None:
        """What a colleague asks."""
        self._banner.hide()
        self._face(self._asked)
        self._asked.show_asked(by, what)

    def show_sheets(self, printout: Printout) -> None:
        """The two sheets."""
        self._preview.show_printout(
            printout,
            title=tr("Sheets of the recovery kit"),
            care=tr("Page 1 for who keeps the words, printed twice; page 2 for who keeps the file."),
            file="recovery-kit.pdf",
            leave=self._back_from_sheets,
        )
        self._whole.setCurrentWidget(self._preview)

    def show_busy(self, words: str) -> None:
        """Something takes a moment; the words are drawn before the window stands still."""
        if words:
            self._banner.say(words, tone="notice")
            self._draw_now()
        elif self._busy:
            self._banner.hide()
        self._busy = words

    def show_trouble(self, words: Message) -> None:
        """Why something did not work."""
        self._banner.say(words.what, words.then, tone="attention")

    def show_done(self, what: str, then: str = "") -> None:
        """What was done."""
        self._banner.say(what, then, tone="notice")

    # -- acts ---------------------------------------------------------------------------------------

    def _save(self, typed: list[str]) -> None:
        if not self.presenter.checked(typed):
            return
        target = self._save_name(tr("Write the kit on the first stick"), "recovery.age")
        if target is not None:
            self.presenter.save(typed, target)

    def _copy(self) -> None:
        target = self._save_name(tr("Write the second stick"), "recovery.age")
        if target is not None:
            self.presenter.copy(target)

    def _propose(self) -> None:
        target = self._save_name(tr("Write the file for the second person"), "please-sign.ourny")
        if target is not None:
            self.presenter.write_proposal(target)

    def _choose(self) -> None:
        source = self._open_name(tr("The kit on its stick"))
        if source is not None:
            self.presenter.choose(source)

    def _read(self) -> None:
        source = self._open_name(tr("The file that asks for a signature"))
        if source is not None:
            self.presenter.read(source)

    def _sign(self) -> None:
        target = self._save_name(tr("Write the signed file"), "signed.ourny")
        if target is not None:
            self.presenter.sign(target)

    def _stand(self, user: str, may: bool) -> None:
        target = None
        if self._needs_two:
            target = self._save_name(tr("Write the file for the second person"), "please-sign.ourny")
            if target is None:
                return
        self.presenter.let_manage(UserId(user), target, may=may)

    def _back_from_sheets(self) -> None:
        self._whole.setCurrentWidget(self._room)

    def _open_name(self, title: str) -> Path | None:
        name, _ = QFileDialog.getOpenFileName(self, title, "", "", options=OWN_DIALOG)
        return Path(name) if name else None

    def _save_name(self, title: str, proposed: str) -> Path | None:
        name, _ = QFileDialog.getSaveFileName(self, title, proposed, "", options=OWN_DIALOG)
        return Path(name) if name else None

    # -- lay-out ------------------------------------------------------------------------------------

    def _draw_now(self) -> None:
        # age's scrypt lets no other thread of ours run: what is not drawn before it is drawn after it.
        layout = self._room.layout()
        if layout is not None:
            layout.activate()
        self._room.repaint()

    def _header(self) -> QWidget:
        bar = Header()
        row = bar.row
        bar.lead_back(self._theme, tr("Team"), self._go, name="leave_recovery")
        row.addWidget(Text(self._theme, tr("Recovery kit"), Type.TITLE, wrap=False))
        row.addStretch(1)
        return bar

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
        self._faces.setCurrentWidget(self._areas[page])
