"""The seats of a team's clinics: made ready, given to people, renewed, shut out. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from ournydesk.clock import Clock
from ournydesk.domain.documents import Printout
from ournydesk.domain.ids import VaultId
from ournydesk.domain.operations import DeviceId
from ournydesk.domain.seats import Seat
from ui.desk import Desk
from ui.i18n import tr
from ui.messages import Message
from ui.seats.ahead import AheadCards
from ui.seats.chosen import ChosenSeat
from ui.seats.presenter import SeatsPresenter, SeatsView
from ui.seats.rows import HEADS, seat_row
from ui.tasks import Attached, Tasks
from ui.theme.theme import Theme, surface
from ui.theme.type import Type
from ui.widgets.banner import Banner
from ui.widgets.beside import Beside
from ui.widgets.header import Header
from ui.widgets.preview import Preview, Write
from ui.widgets.scroll import scrolled
from ui.widgets.table import Table
from ui.widgets.text import Text

OWN_DIALOG = QFileDialog.Option.DontUseNativeDialog
LIST_HEIGHT = 230


class SeatsScreen(QWidget):
    """Two faces: the list with what can be done, and cards that have to be printed."""

    def __init__(
        self,
        theme: Theme,
        desk: Desk,
        tasks: Tasks,
        clock: Clock,
        *,
        leave: Callable[[], None],
        shut_out: Callable[[DeviceId], None],
        write: Write,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__()
        self._theme, self._leave, self._shut_out = theme, leave, shut_out
        surface(self, "paper")
        self.presenter = SeatsPresenter(
            self,
            desk.seats,
            desk.exposures,
            Attached(tasks, self),
            clock,
            vaults=desk.vaults,
            changed=changed,
        )
        self._view: SeatsView | None = None
        self._chosen: DeviceId | None = None
        self._busy = ""
        self._banner = Banner(theme, "attention", name="seats_notice")
        self._table = Table(
            theme, [tr(head) for head in HEADS], name="seats", label=tr("Seats"), stretch=(1, 3)
        )
        self._table.setMinimumHeight(theme.px(LIST_HEIGHT))
        self._seat, self._ahead = ChosenSeat(theme), AheadCards(theme)
        self._preview = Preview(theme, desk, tasks, write=write)
        self._list = QWidget()
        self._faces = QStackedWidget()
        self._faces.addWidget(self._list)
        self._faces.addWidget(self._preview)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._faces)
        self._lay_out()
        self._connect()

    def enter(self) -> None:
        """The list, read anew."""
        self._banner.hide()
        self._faces.setCurrentWidget(self._list)
        self.presenter.begin()
        self._table.setFocus()

    # -- the view of the presenter ------------------------------------------------------------------

    def show_seats(self, view: SeatsView) -> None:
        """Everything anew; the seat that was chosen stays chosen."""
        self._view = view
        ids = [seat.device for seat in view.seats]
        at = ids.index(self._chosen) if self._chosen in ids else (0 if ids else -1)
        self._table.show_rows([seat_row(seat, view.held, view.now) for seat in view.seats], at)
        self._ahead.show_view(view)
        self._choose(at)

    def show_cards(self, printout: Printout) -> None:
        """Cards: printed now or never."""
        self._preview.show_printout(
            printout,
            title=tr("Cards of seats"),
            care=tr("Print them now: these words are kept nowhere. One card goes with each seat."),
            file="seat-cards.pdf",
            leave=self.enter,
            once=True,
        )
        self._faces.setCurrentWidget(self._preview)

    def show_busy(self, words: str) -> None:
        """Something takes a moment."""
        if words:
            self._banner.say(words, tone="notice")
        elif self._busy:
            self._banner.hide()
        self._busy = words

    def show_trouble(self, words: Message) -> None:
        """Why something did not work."""
        self._banner.say(words.what, words.then, tone="attention")

    def show_done(self, what: str, then: str = "") -> None:
        """What was done."""
        self._ahead.empty()
        self._banner.say(what, then, tone="notice")

    # -- acts ---------------------------------------------------------------------------------------

    def prepare_in(self, clinic: str, count: str, folder: Path) -> None:
        """Make seats in a folder by its path."""
        self.presenter.prepare(clinic, count, folder)

    def bring_from(self, folder: Path) -> None:
        """Move a seat's folder onto this laptop by its path."""
        self.presenter.bring(folder)

    def seat(self) -> Seat | None:
        """The one that is chosen."""
        seats = self._view.seats if self._view is not None else ()
        return next((seat for seat in seats if seat.device == self._chosen), None)

    def _choose(self, row: int) -> None:
        view = self._view
        if view is None:
            return
        self._chosen = view.seats[row].device if 0 <= row < len(view.seats) else None
        self._seat.show_seat(self.seat(), view)

    def _prepare(self, clinic: str, count: str, into_folder: bool) -> None:
        if not into_folder:
            self.presenter.prepare(clinic, count, None)
            return
        name = QFileDialog.getExistingDirectory(self, tr("Where the seats are made"), "", OWN_DIALOG)
        if name:
            self.prepare_in(clinic, count, Path(name))

    def _bring(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("The folder of the seat"), "", OWN_DIALOG)
        if name:
            self.bring_from(Path(name))

    def _assign(self, name: str, *, settle: bool) -> None:
        seat = self.seat()
        if seat is not None:
            self.presenter.assign(seat, name, settle=settle)

    def _out(self) -> None:
        if self._chosen is not None:
            self._shut_out(self._chosen)

    # -- lay-out ------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(16)
        left.addWidget(self._table)
        left.addWidget(self._seat)
        left.addStretch(1)
        right.addWidget(self._ahead)
        body = Beside(self._theme, left, right, (6, 4))
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        column.addWidget(self._banner)
        column.addWidget(scrolled(body), 1)

    def _header(self) -> QWidget:
        bar = Header()
        row = bar.row
        bar.lead_back(self._theme, tr("Back to the team"), self._leave)
        row.addWidget(Text(self._theme, tr("Seats"), Type.TITLE, wrap=False))
        row.addStretch(1)
        return bar

    def _connect(self) -> None:
        self._table.row_chosen.connect(self._choose)
        self._seat.assigned.connect(lambda name: self._assign(name, settle=False))
        self._seat.settled.connect(lambda name: self._assign(name, settle=True))
        self._seat.renewed.connect(
            lambda vault, words, clinic: self.presenter.renew(VaultId(vault), words, clinic)
        )
        self._seat.shut_out.connect(self._out)
        self._ahead.opened.connect(self.presenter.open_clinic)
        self._ahead.kept_open.connect(self.presenter.keep_open)
        self._ahead.visit_ended.connect(self.presenter.end_visit)
        self._ahead.prepared.connect(self._prepare)
        self._ahead.brought.connect(self._bring)
