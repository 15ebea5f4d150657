"""The desk's window: which screen is shown when, and nothing else. Layer: ui; composes the features.

What is only needed once a seat is open is imported then: who sits down waits for the lock only.
"""
# ruff: noqa: PLC0415 - see the docstring

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLoggingCategory, QSize
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QStackedWidget

from ui.i18n import tr
from ui.looks import Looks
from ui.messages import message
from ui.record_pages import RecordPages
from ui.shell.curtain import Curtain
from ui.shell.frame import Frame
from ui.shell.idle import IdleWatch
from ui.shell.keys import KeySheet
from ui.shell.last_answers import LastAnswers
from ui.shell.menus import Acts, add_menus
from ui.tasks import Lane, QtTasks
from ui.theme.theme import Theme
from ui.unlock.screen import UnlockScreen
from ui.welcome.screen import WelcomeScreen
from ui.widgets.focus import FocusRing

if TYPE_CHECKING:
    from ournydesk.clock import Clock
    from ournydesk.domain.ids import IntakeId
    from ournydesk.domain.intake import IntakeRow
    from ournydesk.domain.vault import VaultCard
    from ournydesk.services.intakes import OpenedIntake
    from ui.desk import Desk, FormChoice
    from ui.intakes.screen import IntakesScreen
    from ui.others import Others
    from ui.papers.presenter import Write

SMALLEST = QSize(1024, 640)
USUAL = QSize(1366, 768)


class DeskWindow(QMainWindow):
    """One window. Before a vault is open it shows who sits here; after, the frame with its pages."""

    def __init__(
        self,
        desk: Desk,
        *,
        theme: Theme,
        tasks: QtTasks,
        clock: Clock,
        write: Write,
        looks: Looks | None = None,
        blank_after: timedelta = timedelta(minutes=2),
        lock_after: timedelta = timedelta(minutes=15),
    ) -> None:
        super().__init__()
        self._desk, self._theme, self._tasks, self._clock, self._write = desk, theme, tasks, clock, write
        self.setWindowTitle("OurNY Desk")
        self.setObjectName("desk_window")
        self.setMinimumSize(SMALLEST)
        self.resize(USUAL)
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.unlock = UnlockScreen(theme, desk, tasks, opened=self._opened, another=self._show_welcome)
        self.welcome = WelcomeScreen(theme, desk, tasks, made=self._made, not_now=self._not_now)
        self._stack.addWidget(self.unlock)
        self._stack.addWidget(self.welcome)
        self._frame: Frame | None = None
        self.others: Others | None = None
        self._intakes: IntakesScreen | None = None
        self._records = RecordPages(desk, theme=theme, tasks=tasks, clock=clock, write=write)
        self._ring = FocusRing(theme, self)
        self._last = LastAnswers(tasks, commit=self._records.commit, unsaved=lambda: self._records.unsaved)
        self._lose_unsaved = False
        self._busy_already = False
        self._curtain = Curtain(theme, self, self._stack, lock=self.lock)
        self._idle = IdleWatch(
            blank_after=blank_after, lock_after=lock_after, blank=self.hide_screen, lock=self.lock_away
        )
        QShortcut(QKeySequence("Ctrl+/"), self, self._show_keys)
        if looks is not None:
            theme.follow(self, looks.keep)

    # -- which screen -------------------------------------------------------------------------------

    def show_seats(self) -> None:
        """Who is sitting here? With no seat yet, the first run."""
        self._tasks.run(Lane.VAULT, self._desk.vaults, done=self._show_seats, failed=self._trouble)

    def _show_seats(self, cards: tuple[VaultCard, ...]) -> None:
        self.unlock.setEnabled(True)
        if not cards:
            self._show_welcome()
            return
        self.unlock.presenter.begin(cards)
        self._stack.setCurrentWidget(self.unlock)
        self.unlock.enter()

    def _show_welcome(self) -> None:
        self.welcome.presenter.begin()
        self._stack.setCurrentWidget(self.welcome)

    def _made(self, _card: VaultCard) -> None:
        self.show_seats()

    def _not_now(self) -> None:
        """Back to the seats; where there is none, there is nothing to do here."""

        def go(cards: tuple[VaultCard, ...]) -> None:
            if cards:
                self._show_seats(cards)
            else:
                self.close()

        self._tasks.run(Lane.VAULT, self._desk.vaults, done=go, failed=self._trouble)

    def _opened(self, card: VaultCard) -> None:
        from ui.others import Others

        self._frame = self._make_frame(card)
        self._stack.addWidget(self._frame)
        self._stack.setCurrentWidget(self._frame)
        self._idle.start()
        self.others = Others(
            self._frame,
            theme=self._theme,
            desk=self._desk,
            tasks=self._tasks,
            clock=self._clock,
            print_out=self._print_case,
            changed=self._look_again,
            land=self._land,
        )
        self._busy_already = False
        self.others.begin()
        # Compiling spreadsheets needs no vault, and answers must not wait behind it.
        self._tasks.run(Lane.PAPER, self._desk.form_choices, done=self._show_choices, failed=self._trouble)

    def _land(self, *, reads: bool) -> None:
        """Who reads cases begins with the queue, others with the list; who is busy elsewhere stays there."""
        if self._frame is None or self._busy_already:
            return
        if reads and self.others is not None:
            self.others.show_cases()
        else:
            self.show_list()

    def _look_again(self) -> None:
        """Something came or went: the list, if it is what is shown, and the counts."""
        if self._frame is not None and self._frame.pages.currentWidget() is self._intakes:
            self._tasks.run(Lane.VAULT, self._desk.intakes, done=self._refresh, failed=self._trouble)
        elif self._records.open:
            self._count()

    def show_list(self, then: Callable[[], None] = lambda: None) -> None:
        """The list of intakes; ``then`` is called when its rows are there."""
        self._busy_already = True
        self._last.then(lambda: self._show_list(then))

    def _show_list(self, then: Callable[[], None]) -> None:
        if self._last.unsaved():
            self._tell_unsaved(tr("Leave and lose them"), "leave_anyway", lambda: self._go_to_list(then))
        else:
            self._go_to_list(then)

    def _go_to_list(self, then: Callable[[], None]) -> None:
        self._records.drop()
        if self._frame is not None and self._intakes is not None:
            self._frame.pages.setCurrentWidget(self._intakes)
            self._frame.status.show_saved("")
            self._frame.notice.hide()
        if self.others is not None and self.others.member:
            # A pause in the work: what was typed is sealed, mirrored, and sent if somebody answers.
            self.others.rounds.now()

        def show(rows: tuple[IntakeRow, ...]) -> None:
            self._show_rows(rows)
            then()

        self._tasks.run(Lane.VAULT, self._desk.intakes, done=show, failed=self._trouble)

    def _refresh(self, rows: tuple[IntakeRow, ...]) -> None:
        if self._intakes is not None and self._frame is not None:
            self._intakes.refresh(rows)
            self._frame.status.show_counts(row.status for row in rows)

    def _show_rows(self, rows: tuple[IntakeRow, ...]) -> None:
        if self._intakes is not None and self._frame is not None:
            self._intakes.show_rows(rows)
            self._frame.status.show_counts(row.status for row in rows)

    def _show_choices(self, choices: tuple[FormChoice, ...]) -> None:
        if self._intakes is not None:
            self._intakes.show_choices(choices)
        if self.others is not None:
            self.others.show_forms(choices)

    def _start_intake(self, form: str, language: str) -> None:
        self._tasks.run(
            Lane.VAULT,
            lambda: self._desk.start_intake(form, language),
            done=self._open_intake,
            failed=self._trouble,
        )

    def _open_intake(self, intake: IntakeId) -> None:
        self._tasks.run(
            Lane.VAULT, lambda: self._desk.open_intake(intake), done=self._show_intake, failed=self._trouble
        )

    def _show_intake(self, opened: OpenedIntake) -> None:
        if self._frame is not None:
            self._records.show_intake(self._frame, opened, self.others, self.show_list)
            self._count()

    def _count(self) -> None:
        """Where all records are, in the status line."""

        def show(rows: tuple[IntakeRow, ...]) -> None:
            if self._frame is not None:
                self._frame.status.show_counts(row.status for row in rows)

        self._tasks.run(Lane.VAULT, self._desk.intakes, done=show, failed=self._trouble)

    def _print_case(self, intake: IntakeId) -> None:
        frame, others = self._frame, self.others
        if frame is not None and others is not None:
            self._tasks.run(
                Lane.VAULT,
                lambda: self._desk.open_intake(intake),
                done=lambda opened: self._records.show_papers(frame, opened, others.back_to_case),
                failed=self._trouble,
            )

    # -- hiding and locking -------------------------------------------------------------------------

    def hide_screen(self) -> None:
        """Cover the window."""
        if self._frame is not None:
            self._curtain.drop()

    def lock(self) -> None:
        """Close the vault once every answer is in it, and destroy what showed a record."""
        self._cover_and(self._lock_or_tell)

    def lock_away(self) -> None:
        """The same with nobody there to ask: an answer that no disk takes is lost, the clients are not."""
        self._cover_and(self._lock_now)

    def _cover_and(self, then: Callable[[], None]) -> None:
        if self._frame is None or not self.unlock.isEnabled():
            return
        # What must not be seen is gone at once; the vault closes when it has taken the last answer.
        self._close_dialogs()
        self._stack.setCurrentWidget(self.unlock)
        self.unlock.setEnabled(False)
        self._curtain.lift()
        self._last.then(then)

    def _lock_or_tell(self) -> None:
        if not self._last.unsaved() or self._frame is None:
            self._lock_now()
            return
        self.unlock.setEnabled(True)
        self._stack.setCurrentWidget(self._frame)
        self._tell_unsaved(tr("Lock and lose them"), "lock_anyway", self.lock_away)

    def _tell_unsaved(self, words: str, name: str, act: Callable[[], None]) -> None:
        if self._frame is not None:
            notice = self._frame.notice
            notice.say(
                tr("Not saved yet: {n}.", n=self._last.unsaved()),
                tr("The line at the foot says why. Mend that, then press Ctrl+S."),
                [(tr("Go on"), "stay", notice.hide), (words, name, act)],
            )

    def _lock_now(self) -> None:
        self._idle.stop()
        clipboard = QApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()
        self._records.forget()
        if self.others is not None:
            self.others.stop()
            self.others = None
        frame, self._frame, self._intakes = self._frame, None, None
        if frame is not None:
            self._stack.removeWidget(frame)
            frame.deleteLater()
        self._tasks.run(
            Lane.VAULT, self._desk.lock, done=lambda _none: self.show_seats(), failed=self._trouble
        )

    def _close_dialogs(self) -> None:
        """A file dialog left open would write a record to a file after the lock."""
        for dialog in self.findChildren(QDialog):
            dialog.reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing typed is lost by closing the window, unless somebody who was told says so."""
        self._last.at_once()
        if self._last.unsaved() and not self._lose_unsaved:
            self._tell_unsaved(tr("Close and lose them"), "close_anyway", self._close_anyway)
            event.ignore()
            return
        self._idle.stop()
        if self.others is not None:
            self.others.stop()
        self._tasks.run(Lane.VAULT, self._desk.lock, done=lambda _none: None, failed=lambda _error: None)
        self._tasks.drain(Lane.VAULT)
        super().closeEvent(event)

    def _close_anyway(self) -> None:
        self._lose_unsaved = True
        self.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The curtain covers whatever size there is."""
        super().resizeEvent(event)
        self._curtain.setGeometry(self.rect())

    # -- the rest -----------------------------------------------------------------------------------

    def _make_frame(self, card: VaultCard) -> Frame:
        from ui.intakes.screen import IntakesScreen
        from ui.others import Others

        frame = Frame(self._theme, lock=self.lock, hide_screen=self.hide_screen)
        frame.show_who(card.name)
        acts = Acts(
            new=self._new_intake,
            show_list=self.show_list,
            hide=self.hide_screen,
            lock=self.lock,
            quit=self._quit,
            keys=self._show_keys,
            cases=lambda: self._with_others(Others.show_cases),
            team=lambda: self._with_others(Others.show_team),
            batch=lambda: self._with_others(Others.show_batch),
            send=lambda: self._with_others(lambda others: others.rounds.now()),
        )
        add_menus(frame, self._theme, acts)
        self._intakes = IntakesScreen(self._theme, open_intake=self._open_intake, start=self._start_intake)
        frame.pages.addWidget(self._intakes)
        return frame

    def _with_others(self, act: Callable[[Others], None]) -> None:
        """Something of the team's pages, once every answer is in the vault."""
        self._busy_already = True

        def go() -> None:
            if self.others is not None:
                act(self.others)

        self._last.then(go)

    def _new_intake(self) -> None:
        self.show_list(then=lambda: self._intakes.show_new() if self._intakes is not None else None)

    def _quit(self) -> None:
        self.close()

    def _show_keys(self) -> None:
        if self.findChild(KeySheet) is None:
            KeySheet(self._theme, self).open()

    def _trouble(self, error: Exception) -> None:
        words = message(error)
        if self._frame is not None:
            notice = self._frame.notice
            notice.say(words.what, words.then, [(tr("Close"), "dismiss", notice.hide)], tone="stop")
        else:
            self.unlock.setEnabled(True)
            self.unlock.show_refusal(words.what, words.then, tone="stop")


def run(
    desk: Desk,
    *,
    clock: Clock,
    write: Write,
    blank_after: timedelta,
    lock_after: timedelta,
    looks: Path | None = None,
    arguments: Sequence[str] = (),
    started: Callable[[DeskWindow], None] | None = None,
) -> int:
    """Open the window and stay until it is closed; the exit code.

    ``looks`` is the file that remembers text size and appearance; ``started`` gets the window.
    """
    application = QApplication([sys.argv[0], *arguments])
    application.setApplicationName("OurNY Desk")
    application.setStyle("Fusion")
    # Qt says of every face which scripts it lacks; the families behind it have them.
    QLoggingCategory.setFilterRules("qt.text.font.db=false")
    theme, tasks = Theme(), QtTasks()
    remembered = Looks(looks, theme, tasks, write=write) if looks is not None else None
    if remembered is not None:
        remembered.recall()
    theme.apply()
    window = DeskWindow(
        desk,
        theme=theme,
        tasks=tasks,
        clock=clock,
        write=write,
        looks=remembered,
        blank_after=blank_after,
        lock_after=lock_after,
    )
    window.show()
    window.show_seats()
    if started is not None:
        started(window)
    code = application.exec()
    tasks.close()
    return code
