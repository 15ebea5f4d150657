"""The seats of a team's clinics: made ready, given to people, renewed, shut out. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout

from ournydesk.clock import Clock
from ournydesk.domain.documents import Printout
from ournydesk.domain.ids import VaultId
from ournydesk.domain.operations import DeviceId
from ournydesk.domain.seats import Seat
from ui.desk import Desk
from ui.i18n import tr
from ui.seats.ahead import AheadCards
from ui.seats.chosen import ChosenSeat
from ui.seats.presenter import SeatsPresenter, SeatsView
from ui.seats.rows import HEADS, seat_row
from ui.tasks import Attached, Tasks
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.beside import Beside
from ui.widgets.files import folder
from ui.widgets.page import Page
from ui.widgets.preview import Preview, Write
from ui.widgets.scroll import scrolled
from ui.widgets.table import Table
from ui.widgets.text import Text

LIST_HEIGHT = 230


class SeatsScreen(Page):
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
        super().__init__(theme, notice="seats_notice")
        self._shut_out = shut_out
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
        self._table = Table(
            theme, [tr(head) for head in HEADS], name="seats", label=tr("Seats"), stretch=(1, 3)
        )
        self._table.setMinimumHeight(theme.px(LIST_HEIGHT))
        self._seat, self._ahead = ChosenSeat(theme), AheadCards(theme)
        self._preview = Preview(theme, desk, tasks, write=write)
        self.header.lead_back(theme, tr("Back to the team"), leave)
        self.header.row.addWidget(Text(theme, tr("Seats"), Type.TITLE, wrap=False))
        self.header.row.addStretch(1)
        self._lay_out()
        self._connect()

    def enter(self) -> None:
        """The list, read anew."""
        self.notice.hide()
        self.uncover()
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
        self.cover(self._preview)

    def show_done(self, what: str, then: str = "") -> None:
        """What was done; what was typed for it is not wanted any more."""
        self._ahead.empty()
        super().show_done(what, then)

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
        made_in = folder(self, tr("Where the seats are made"))
        if made_in is not None:
            self.prepare_in(clinic, count, made_in)

    def _bring(self) -> None:
        source = folder(self, tr("The folder of the seat"))
        if source is not None:
            self.bring_from(source)

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
        self.put(scrolled(Beside(self._theme, left, right, (6, 4))))

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
