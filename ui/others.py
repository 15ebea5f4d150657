"""What an open seat does with others: its team, its cases, batches, and the rounds between. Layer: ui."""
# ruff: noqa: PLC0415 - a page is imported when it is first shown

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ournydesk.clock import Clock
from ournydesk.domain.case import CaseRow, CaseView
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.intake import IntakeRow
from ournydesk.domain.operations import RecordId
from ournydesk.domain.seats import SeatState
from ournydesk.domain.team import TeamView
from ournydesk.domain.wire import WireView
from ui.desk import Desk, FormChoice
from ui.i18n import tr
from ui.messages import MESSAGES, message
from ui.shell.frame import Frame
from ui.shell.rounds import Rounds, reach_words
from ui.tasks import Attached, Lane, QtTasks
from ui.theme.theme import Theme

if TYPE_CHECKING:
    from ournydesk.domain.operations import DeviceId
    from ournydesk.domain.seats import Seat
    from ui.attached.screen import AttachedScreen
    from ui.batches.screen import BatchScreen
    from ui.cases.case_screen import CaseScreen
    from ui.cases.queue_screen import QueueScreen as CaseQueueScreen
    from ui.exposure.screen import ExposureScreen
    from ui.papers.queue_screen import QueueScreen
    from ui.recovery.screen import RecoveryScreen
    from ui.seats.screen import SeatsScreen
    from ui.seats.who import WhoPage
    from ui.team.screen import TeamScreen
    from ui.where.screen import WhereScreen
    from ui.widgets.preview import Write


T = TypeVar("T")
STOPS = frozenset(("wire.fork", "wire.cloned"))
"""Alarms that stop sending."""


class Land(Protocol):
    """Shows the first page of a seat."""

    def __call__(self, *, reads: bool) -> None:
        """``reads``: its person reads cases."""
        ...


class Others(QObject):
    """Lives as long as the seat is open; its pages stand in the frame."""

    def __init__(
        self,
        frame: Frame,
        *,
        theme: Theme,
        desk: Desk,
        tasks: QtTasks,
        clock: Clock,
        print_out: Callable[[IntakeId], None],
        changed: Callable[[], None],
        land: Land,
        write: Write,
    ) -> None:
        super().__init__(frame)
        self._frame, self._theme, self._desk, self._tasks, self._clock = frame, theme, desk, tasks, clock
        self._print, self._changed, self._land, self._write = print_out, changed, land, write
        self._forms: tuple[FormChoice, ...] = ()
        self.queue: CaseQueueScreen | None = None
        self.case: CaseScreen | None = None
        self.team: TeamScreen | None = None
        self.batch: BatchScreen | None = None
        self.printing: QueueScreen | None = None
        self.seats: SeatsScreen | None = None
        self.recovery: RecoveryScreen | None = None
        self.exposure: ExposureScreen | None = None
        self.who: WhoPage | None = None
        self.where: WhereScreen | None = None
        self.documents: AttachedScreen | None = None
        self._last_case: RecordId | None = None
        self.member = self.reads = False
        self.rounds = Rounds(self, desk, tasks, told=self._told, failed=self._round_failed)

    def begin(self) -> None:
        """Find out whether this seat is in a team, and what its person may do there."""
        team, seats = self._desk.team, self._desk.seats

        def look() -> tuple[TeamView | None, Seat | None, bool]:
            identity = team.identity()
            if identity is None or not identity.member:
                return None, None, False
            return team.team(), seats.own_seat(), seats.asks_who()

        def done(found: tuple[TeamView | None, Seat | None, bool]) -> None:
            view, seat, asks = found
            self.member = view is not None
            self.reads = view is not None and any(one.here and one.reads for one in view.members)
            if self.member:
                self.rounds.now()
            if seat is not None and seat.state(self._clock.now()) is not SeatState.EXPIRED and asks:
                self._ask_who(seat)
                return
            self._land(reads=self.reads)
            if seat is not None and seat.state(self._clock.now()) is SeatState.EXPIRED:
                words = MESSAGES["refused.seat_closed"]
                self._frame.notice.say(
                    tr(words.what), tr(words.then), [(tr("Close"), "dismiss", self._dismiss)], tone="notice"
                )

        self._run(look, done)

    def _ask_who(self, seat: Seat) -> None:
        """Nobody has said today who sits at this seat."""
        from ui.seats.who import WhoPage

        def known() -> None:
            self._land(reads=self.reads)

        self.who = WhoPage(self._theme, self._desk, self._tasks, known=known)
        self._frame.pages.addWidget(self.who)
        self._show(self.who)
        self.who.enter(seat)

    def stop(self) -> None:
        """The seat is being locked."""
        self.rounds.stop()
        if self.printing is not None:
            self.printing.presenter.stop()

    def show_forms(self, forms: tuple[FormChoice, ...]) -> None:
        """The forms of the library, for whoever sends them."""
        self._forms = forms
        if self.team is not None:
            self.team.show_forms(forms)

    # -- pages --------------------------------------------------------------------------------------

    def show_team(self) -> None:
        """The team's page."""
        from ui.team.screen import TeamScreen

        if self.team is None:
            self.team = TeamScreen(
                self._theme,
                self._desk,
                self._tasks,
                changed=self._joined,
                seats=self.show_seats,
                shut_out=lambda device: self.show_exposure(device, self.show_team),
                recovery=self.show_recovery,
            )
            self._frame.pages.addWidget(self.team)
        self.team.show_forms(self._forms)
        self._show(self.team)
        self.team.presenter.begin()

    def show_recovery(self) -> None:
        """The recovery kit."""
        from ui.recovery.screen import RecoveryScreen

        if self.recovery is None:
            self.recovery = RecoveryScreen(
                self._theme, self._desk, self._tasks, leave=self.show_team, write=self._write
            )
            self._frame.pages.addWidget(self.recovery)
        self._show(self.recovery)
        self.recovery.enter()

    def show_seats(self) -> None:
        """The seats of the clinics."""
        from ui.seats.screen import SeatsScreen

        if self.seats is None:
            self.seats = SeatsScreen(
                self._theme,
                self._desk,
                self._tasks,
                self._clock,
                leave=self.show_team,
                shut_out=lambda device: self.show_exposure(device, self.show_seats),
                write=self._write,
                changed=self.rounds.now,
            )
            self._frame.pages.addWidget(self.seats)
        self._show(self.seats)
        self.seats.enter()

    def show_exposure(self, device: DeviceId, leave: Callable[[], None]) -> None:
        """What a desk could open, and shutting it out; ``leave`` is where the way back leads."""
        from ui.exposure.screen import ExposureScreen

        if self.exposure is not None:
            self._frame.pages.removeWidget(self.exposure)
            self.exposure.deleteLater()
        self.exposure = ExposureScreen(
            self._theme,
            self._desk,
            self._tasks,
            device,
            leave=leave,
            changed=self.rounds.now,
            write=self._write,
        )
        self._frame.pages.addWidget(self.exposure)
        self._show(self.exposure)
        self.exposure.enter()

    def show_cases(self) -> None:
        """The reader's queue."""
        from ui.cases.queue_screen import QueueScreen

        self._drop_case()
        if self.queue is None:
            self.queue = QueueScreen(
                self._theme,
                self._desk.cases,
                self._tasks,
                self._clock,
                opened=self.show_case,
                shown=self._count_cases,
            )
            self._frame.pages.addWidget(self.queue)
        self._show(self.queue)
        self.queue.enter()

    def show_case(self, record: RecordId) -> None:
        """One case."""
        from ui.cases.case_screen import CaseScreen

        self._drop_case()
        self._last_case = record
        self.case = CaseScreen(
            self._theme,
            self._desk.cases,
            self._tasks,
            record,
            leave=self.show_cases,
            print_out=lambda wanted: self._print(IntakeId(wanted)),
            settle=self.show_conflicts,
            language_code=self._code_of,
        )
        self._frame.pages.addWidget(self.case)
        self._show(self.case)
        self.case.enter()

    def show_conflicts(self, view: CaseView) -> None:
        """What two people left open in a case."""
        from ui.cases.conflict_screen import ConflictScreen

        def leave() -> None:
            self.show_case(view.row.id)
            self._frame.pages.removeWidget(screen)
            screen.deleteLater()

        screen = ConflictScreen(self._theme, self._desk.cases, self._tasks, view, leave=leave)
        self._frame.pages.addWidget(screen)
        self._show(screen)
        screen.enter()

    def back_to_case(self) -> None:
        """From its papers back to the case, or to the queue."""
        if self.case is not None:
            self._show(self.case)
        else:
            self.show_cases()

    def show_batch(self) -> None:
        """The batch page."""
        from ui.batches.screen import BatchScreen

        if self.batch is None:
            self.batch = BatchScreen(self._theme, self._desk.batches, self._tasks)
            self._frame.pages.addWidget(self.batch)
        self._show(self.batch)
        self.batch.enter()

    def show_documents(self, intake: IntakeId, leave: Callable[[], None]) -> None:
        """The documents of a record; ``leave`` is where the way back leads."""
        from ui.attached.screen import AttachedScreen

        if not self.member:
            words = MESSAGES["refused.no_team"]
            self._frame.notice.say(
                tr(words.what), tr(words.then), [(tr("Close"), "dismiss", self._dismiss)], tone="notice"
            )
            return

        def away() -> None:
            leave()
            self._drop_documents()

        self._drop_documents()
        self.documents = AttachedScreen(
            self._theme, self._desk, self._tasks, intake, leave=away, added=self.rounds.now, write=self._write
        )
        self._frame.pages.addWidget(self.documents)
        self._show(self.documents)
        self.documents.enter()

    def _drop_documents(self) -> None:
        if self.documents is not None:
            self._frame.pages.removeWidget(self.documents)
            self.documents.deleteLater()
            self.documents = None

    def show_print_list(self) -> None:
        """A list of papers for the printer."""
        from ui.papers.queue_screen import QueueScreen

        if self.printing is None:
            self.printing = QueueScreen(self._theme, self._desk, self._tasks)
            self._frame.pages.addWidget(self.printing)
        self._show(self.printing)
        self.printing.enter()

    def show_where(self) -> None:
        """What is where."""
        from ui.where.screen import WhereScreen

        if self.where is None:
            self.where = WhereScreen(self._theme, self._desk, self._tasks, rounds=self.rounds.now)
            self._frame.pages.addWidget(self.where)
        self._frame.notice.hide()
        self._show(self.where)
        self.where.enter()

    # -- acts ---------------------------------------------------------------------------------------

    def hand_over(self, intake: IntakeId, words: str, leave: Callable[[Callable[[], None]], None]) -> None:
        """Give an intake to the legal team, try to send it at once, and leave it; ``leave`` calls back."""

        def tell() -> None:
            told = tr("It is handed over. The dots in the list say how far it has come.")
            self._frame.notice.say(told, tone="notice", actions=[(tr("Close"), "dismiss", self._dismiss)])

        def done(_row: IntakeRow) -> None:
            leave(tell)
            self.rounds.now()

        self._run(lambda: self._desk.wire.hand_over(intake, words), done)

    def ask_to_erase(self) -> None:
        """Erase the case that is shown, on every desk."""
        from ui.cases.erase import EraseDialog

        case = self.case
        if case is None or self._frame.pages.currentWidget() is not case:
            self._frame.notice.say(
                tr("Open the case first."),
                tr("A coordinator who reads it can erase it everywhere."),
                [(tr("Close"), "dismiss", self._dismiss)],
                tone="notice",
            )
            return

        def erased() -> None:
            self.show_cases()
            told = tr("The case is erased here. The other desks follow with their next rounds.")
            self._frame.notice.say(told, "", [(tr("Close"), "dismiss", self._dismiss)], tone="notice")
            self.rounds.now()

        EraseDialog(
            self._theme,
            self._desk.cases,
            self._tasks,
            self._frame.window(),
            record=case.record,
            client=case.client,
            known=self._desk.word_known,
            erased=erased,
        ).open()

    def _told(self, view: WireView) -> None:
        again_at = self._clock.now() + timedelta(seconds=self.rounds.wait_s)
        self._frame.status.show_reach(reach_words(view, again_at))
        self._frame.status.show_needs(len(view.troubles) + view.counts.refused)
        where = self.where is not None and self._frame.pages.currentWidget() is self.where
        if view.troubles and not where:
            worst = max(view.troubles, key=lambda one: (one.code in STOPS, one.at))
            words = MESSAGES.get(worst.code, MESSAGES["wire"])
            self._frame.notice.say(
                tr(words.what),
                tr(words.then),
                [(tr("What is where"), "to_where", self.show_where), (tr("Close"), "dismiss", self._dismiss)],
                tone="stop" if worst.code in STOPS else "attention",
            )
        self._changed()
        if self.queue is not None and self._frame.pages.currentWidget() is self.queue:
            self.queue.presenter.load()
        if where and self.where is not None:
            self.where.presenter.refresh()

    def _round_failed(self, error: Exception) -> None:
        self._frame.status.show_reach(message(error).what)

    def _joined(self) -> None:
        self.begin()

    def _dismiss(self) -> None:
        self._frame.notice.hide()

    def _count_cases(self, rows: tuple[CaseRow, ...]) -> None:
        self._frame.status.show_counts(row.status for row in rows)

    def _code_of(self, language: str) -> str:
        """``bn`` for Bengali, from the languages of the forms this seat knows."""
        for choice in self._forms:
            for name in choice.languages:
                if name.startswith(f"{language} ("):
                    return name.rpartition("(")[2].rstrip(")")
        return "en"

    def _show(self, page: QWidget) -> None:
        self._frame.pages.setCurrentWidget(page)

    def _drop_case(self) -> None:
        if self.case is not None:
            self._frame.pages.removeWidget(self.case)
            self.case.deleteLater()
            self.case = None

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        Attached(self._tasks, self).run(Lane.VAULT, work, done=done, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        words = message(error)
        self._frame.notice.say(words.what, words.then, [(tr("Close"), "dismiss", self._dismiss)], tone="stop")
