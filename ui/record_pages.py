"""The pages of one record: its questions and its papers. Layer: ui.

Both are imported when the first record is opened: who sits down waits for the lock only.
"""
# ruff: noqa: PLC0415 - see the docstring

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from ui.i18n import tr
from ui.messages import message
from ui.shell.frame import Frame
from ui.tasks import Lane, QtTasks
from ui.theme.theme import Theme

if TYPE_CHECKING:
    from datetime import datetime

    from forms.engine import Session
    from ournydesk.clock import Clock
    from ournydesk.domain.answers import AnswerEvent
    from ournydesk.domain.documents import AttorneySheet, Printout
    from ournydesk.domain.ids import IntakeId
    from ournydesk.domain.intake import IntakeHead, Progress
    from ournydesk.domain.withdrawal import Withdrawal
    from ournydesk.services.intakes import OpenedIntake
    from ui.desk import Desk
    from ui.intake.screen import IntakeScreen
    from ui.others import Others
    from ui.papers.presenter import Write
    from ui.papers.screen import PapersScreen
    from ui.widgets.preview import Preview

Leave = Callable[[Callable[[], None]], None]


class RecordPages:
    """Puts them into a frame and takes them out; at most one record is open."""

    def __init__(self, desk: Desk, *, theme: Theme, tasks: QtTasks, clock: Clock, write: Write) -> None:
        self._desk, self._theme, self._tasks, self._clock, self._write = desk, theme, tasks, clock, write
        self._frame: Frame | None = None
        self._intake: IntakeScreen | None = None
        self._head: IntakeHead | None = None
        self._papers: PapersScreen | None = None
        self._empty: Preview | None = None

    @property
    def intake(self) -> IntakeId | None:
        """The intake that is open."""
        return self._head.id if self._intake is not None and self._head is not None else None

    @property
    def page(self) -> QWidget | None:
        """The questions of the intake that is open."""
        return self._intake

    @property
    def open(self) -> bool:
        """Whether an intake is open."""
        return self._intake is not None

    @property
    def unsaved(self) -> int:
        """How many answers the vault has not taken."""
        return self._intake.presenter.unsaved if self._intake is not None else 0

    def commit(self) -> None:
        """Take what is being typed and offer everything to the vault."""
        if self._intake is not None:
            self._intake.commit()

    def show_intake(self, frame: Frame, opened: OpenedIntake, others: Others | None, leave: Leave) -> None:
        """The questions of a record; ``leave`` goes to the list and calls back."""
        from ui.intake.screen import IntakeScreen, IntakeWays

        self.drop()
        self._frame, self._head = frame, opened.head

        def record(events: tuple[AnswerEvent, ...], progress: Progress) -> datetime:
            return self._desk.record(opened.head.id, events, progress)

        ways = IntakeWays(
            record=record,
            leave=lambda: leave(lambda: None),
            print_out=lambda: self.show_papers(frame, opened, self._back_to_intake),
            saved=lambda words, tone: self._show_saved(frame, words, tone),
            flash=frame.status.flash,
            hand_over=_hand_over(opened.head.id, others, leave),
            said_no=lambda: self._said_no(frame, opened.head, leave),
            earlier=lambda ticket, found: self._find(opened.head.id, ticket, found),
            sheet=self._rules(opened.head) if others is not None and others.reads else None,
        )
        self._intake = IntakeScreen(opened, ways, theme=self._theme, tasks=self._tasks, clock=self._clock)
        frame.pages.addWidget(self._intake)
        frame.pages.setCurrentWidget(self._intake)
        self._intake.enter()

    def show_papers(self, frame: Frame, opened: OpenedIntake, leave: Callable[[], None]) -> None:
        """Its papers; ``leave`` is where the way back leads."""
        from ui.papers.screen import PapersScreen

        self._drop_papers()
        self._frame = frame

        def away() -> None:
            leave()
            self._drop_papers()

        self._papers = PapersScreen(
            self._theme, self._desk, self._tasks, opened.head, leave=away, write=self._write
        )
        frame.pages.addWidget(self._papers)
        frame.pages.setCurrentWidget(self._papers)
        self._papers.presenter.begin()

    def _find(self, mine: IntakeId, ticket: int, found: Callable[[OpenedIntake | None], None]) -> None:
        """Another intake on this laptop by its ticket; None where there is none that can be opened."""

        def look() -> OpenedIntake | None:
            for row in self._desk.intakes():
                if row.head.ticket == ticket and row.head.id != mine and not row.purged:
                    return self._desk.open_intake(row.head.id)
            return None

        self._tasks.run(Lane.VAULT, look, done=found, failed=lambda _error: found(None))

    def _rules(self, head: IntakeHead) -> Callable[[Session], AttorneySheet | None]:
        """What an attorney's own intake is told by the rules, answer by answer."""
        return lambda session: self._desk.cases.sheet(session, head)

    def _said_no(self, frame: Frame, head: IntakeHead, leave: Leave) -> None:
        """The client does not agree, or no longer: what that means depends on what was sealed by now."""
        from ui.intake.said_no import SaidNoDialog
        from ui.intake.taken_back import TakenBackDialog

        def ask(found: Withdrawal) -> None:
            screen = self._intake
            if screen is None or screen.findChild(QDialog) is not None:
                return
            if found.sealed:
                exposures = self._desk.exposures
                TakenBackDialog(
                    self._theme,
                    self._tasks,
                    screen,
                    found=found,
                    tell=lambda: exposures.take_back(head.id),
                ).open()
            else:
                SaidNoDialog(
                    self._theme,
                    screen,
                    ticket=head.ticket,
                    go=lambda: leave(lambda: self._decline(frame, head, leave)),
                ).open()

        self._tasks.run(
            Lane.VAULT,
            lambda: self._desk.exposures.who_has(head.id),
            done=ask,
            failed=lambda error: _say(frame, error),
        )

    def _decline(self, frame: Frame, head: IntakeHead, leave: Leave) -> None:
        """The client said no; what is left to do is to offer the form as empty paper."""

        def gone(left: tuple[Printout, int]) -> None:
            leave(lambda: tell(*left))

        def tell(paper: Printout, count: int) -> None:
            notice = frame.notice
            show = (tr("Empty paper form…"), "empty_paper", lambda: self._show_empty(frame, paper, leave))
            notice.say(
                tr("The client said no: nothing of ticket {n} is left on this laptop.", n=head.ticket),
                tr("Said no so far: {n}. Offer the form as empty paper.", n=count),
                [show, (tr("Close"), "dismiss", notice.hide)],
                tone="notice",
            )

        def work() -> tuple[Printout, int]:
            # The paper first: it is made of the form and the language the draft was begun with.
            return self._desk.empty_copy(head.id), self._desk.decline(head.id)

        self._tasks.run(Lane.VAULT, work, done=gone, failed=lambda error: _say(frame, error))

    def _show_empty(self, frame: Frame, paper: Printout, leave: Leave) -> None:
        from ui.widgets.preview import Preview

        self.drop()
        self._frame = frame
        frame.notice.hide()
        self._empty = Preview(self._theme, self._desk, self._tasks, write=self._write)
        frame.pages.addWidget(self._empty)
        frame.pages.setCurrentWidget(self._empty)
        self._empty.show_printout(
            paper,
            title=tr("The form as empty paper"),
            care=tr("The client fills it in by hand. Nothing of it is typed in without a yes."),
            file="empty-form.pdf",
            leave=lambda: leave(lambda: None),
        )

    def drop(self) -> None:
        """Destroy what shows a record."""
        self._drop_papers()
        self._drop(self._empty)
        self._empty = None
        self._drop(self._intake)
        self._intake = None

    def forget(self) -> None:
        """The seat is locked: also forget the frame."""
        self.drop()
        self._frame = None

    def _back_to_intake(self) -> None:
        if self._frame is not None and self._intake is not None:
            self._frame.pages.setCurrentWidget(self._intake)

    def _show_saved(self, frame: Frame, words: str, tone: str) -> None:
        """The saved line; an answer that reached the disk after the lock has no line to tell it."""
        if self._frame is frame:
            frame.status.show_saved(words, tone=tone)
            if not tone:
                frame.notice.hide()

    def _drop_papers(self) -> None:
        self._drop(self._papers)
        self._papers = None

    def _drop(self, screen: QWidget | None) -> None:
        if screen is not None and self._frame is not None:
            self._frame.pages.removeWidget(screen)
            screen.deleteLater()


def _say(frame: Frame, error: Exception) -> None:
    words, notice = message(error), frame.notice
    notice.say(words.what, words.then, [(tr("Close"), "dismiss", notice.hide)], tone="stop")


def _hand_over(intake: IntakeId, others: Others | None, leave: Leave) -> Callable[[str], None] | None:
    if others is None or not others.member:
        return None
    # Sealed behind the answers: the vault's lane keeps their order.
    return lambda words: others.hand_over(intake, words, leave)
