"""The desk's window: which screen is shown when, and nothing else. Layer: ui; composes the features.

The screens of a record are imported when the first one is shown: who sits down waits for the lock only.
"""
# ruff: noqa: PLC0415 - see the docstring

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QLoggingCategory, QSize, Qt
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox, QStackedWidget

from ournydesk.clock import Clock
from ournydesk.domain.answers import AnswerEvent
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.intake import IntakeRow, Progress
from ournydesk.domain.vault import VaultCard
from ournydesk.services.intakes import OpenedIntake
from ui.desk import Desk, FormChoice
from ui.i18n import tr
from ui.intakes.screen import IntakesScreen
from ui.messages import message
from ui.papers.presenter import Write
from ui.shell.curtain import Curtain
from ui.shell.frame import Frame, action
from ui.shell.idle import IdleWatch
from ui.tasks import Lane, QtTasks
from ui.theme.theme import Theme
from ui.unlock.screen import UnlockScreen
from ui.welcome.screen import WelcomeScreen
from ui.widgets.focus import FocusRing

if TYPE_CHECKING:
    from ui.intake.screen import IntakeScreen
    from ui.papers.screen import PapersScreen

SMALLEST = QSize(1024, 640)
USUAL = QSize(1366, 768)
KEYS = (
    ("Ctrl+N", "A new intake"),
    ("Enter", "Open the chosen intake; next field"),
    ("Ctrl+PageDown, Ctrl+PageUp", "Next section, section before"),
    ("F8", "The next question that is missing"),
    ("F9", "The attorney was called"),
    ("Ctrl+Shift+N", "Add a row to the table"),
    ("1 to 7", "Choose, while the cursor is among choices"),
    ("Alt+.", "Does not know, prefers not to say, clear the answer"),
    ("Ctrl+S", "Save now (answers are saved by themselves)"),
    ("Ctrl+Z", "Undo"),
    ("Ctrl+P", "Print"),
    ("F11", "Hide the screen"),
    ("Ctrl+L", "Lock"),
)


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
        self.welcome = WelcomeScreen(theme, desk, tasks, made=self._made, not_now=self.show_seats)
        self._stack.addWidget(self.unlock)
        self._stack.addWidget(self.welcome)
        self._frame: Frame | None = None
        self._intakes: IntakesScreen | None = None
        self._intake: IntakeScreen | None = None
        self._papers: PapersScreen | None = None
        self._ring = FocusRing(theme, self)
        self._curtain = Curtain(theme, self, lock=self.lock, lifted=self._uncovered)
        self._idle = IdleWatch(
            blank_after=blank_after, lock_after=lock_after, blank=self.hide_screen, lock=self.lock
        )
        theme.follow(self, self._redress)

    # -- which screen -------------------------------------------------------------------------------

    def show_seats(self) -> None:
        """Who is sitting here? With no seat yet, the first run."""
        self._tasks.run(Lane.VAULT, self._desk.vaults, done=self._show_seats, failed=self._trouble)

    def _show_seats(self, cards: tuple[VaultCard, ...]) -> None:
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

    def _opened(self, card: VaultCard) -> None:
        self._frame = self._make_frame(card)
        self._stack.addWidget(self._frame)
        self._stack.setCurrentWidget(self._frame)
        self._idle.start()
        self._tasks.run(Lane.VAULT, self._desk.form_choices, done=self._show_choices, failed=self._trouble)
        self.show_list()

    def show_list(self) -> None:
        """The list of intakes."""
        self._drop_intake()
        if self._frame is not None and self._intakes is not None:
            self._frame.pages.setCurrentWidget(self._intakes)
            self._frame.status.show_saved("")
        self._tasks.run(Lane.VAULT, self._desk.intakes, done=self._show_rows, failed=self._trouble)

    def _show_rows(self, rows: tuple[IntakeRow, ...]) -> None:
        if self._intakes is not None and self._frame is not None:
            self._intakes.show_rows(rows)
            self._frame.status.show_counts(row.status for row in rows)

    def _show_choices(self, choices: tuple[FormChoice, ...]) -> None:
        if self._intakes is not None:
            self._intakes.show_choices(choices)

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
        from ui.intake.screen import IntakeScreen, IntakeWays

        if self._frame is None:
            return
        self._drop_intake()

        def record(events: tuple[AnswerEvent, ...], progress: Progress) -> datetime:
            return self._desk.record(opened.head.id, events, progress)

        frame = self._frame
        ways = IntakeWays(
            record=record,
            leave=self.show_list,
            print_out=lambda: self._show_papers(opened),
            saved=lambda words, tone: frame.status.show_saved(words, tone=tone),
            flash=frame.status.flash,
        )
        self._intake = IntakeScreen(opened, ways, theme=self._theme, tasks=self._tasks, clock=self._clock)
        frame.pages.addWidget(self._intake)
        frame.pages.setCurrentWidget(self._intake)
        self._intake.enter()
        self._count()

    def _count(self) -> None:
        """Where all records are, in the status line."""

        def show(rows: tuple[IntakeRow, ...]) -> None:
            if self._frame is not None:
                self._frame.status.show_counts(row.status for row in rows)

        self._tasks.run(Lane.VAULT, self._desk.intakes, done=show, failed=self._trouble)

    def _show_papers(self, opened: OpenedIntake) -> None:
        from ui.papers.screen import PapersScreen

        if self._frame is None:
            return
        self._drop_papers()
        self._papers = PapersScreen(
            self._theme, self._desk, self._tasks, opened.head, leave=self._back_to_intake, write=self._write
        )
        self._frame.pages.addWidget(self._papers)
        self._frame.pages.setCurrentWidget(self._papers)
        self._papers.presenter.begin()

    def _back_to_intake(self) -> None:
        if self._frame is not None and self._intake is not None:
            self._frame.pages.setCurrentWidget(self._intake)
        self._drop_papers()

    # -- hiding and locking -------------------------------------------------------------------------

    def hide_screen(self) -> None:
        """Cover the window."""
        if self._frame is not None and not self._curtain.isVisible():
            self._curtain.drop()

    def lock(self) -> None:
        """Save what is being typed, close the vault, destroy what showed a record."""
        if self._frame is None:
            return
        if self._intake is not None:
            self._intake.commit()
        self._idle.stop()
        self._curtain.hide()
        QApplication.clipboard().clear()
        self._stack.setCurrentWidget(self.unlock)
        self._drop_intake()
        frame, self._frame, self._intakes = self._frame, None, None
        self._stack.removeWidget(frame)
        frame.deleteLater()
        self._tasks.run(
            Lane.VAULT, self._desk.lock, done=lambda _none: self.show_seats(), failed=self._trouble
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing typed is lost by closing the window."""
        if self._intake is not None:
            self._intake.commit()
        self._tasks.run(Lane.VAULT, self._desk.lock, done=lambda _none: None, failed=lambda _error: None)
        self._tasks.drain()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The curtain covers whatever size there is."""
        super().resizeEvent(event)
        self._curtain.setGeometry(self.rect())

    # -- the rest -----------------------------------------------------------------------------------

    def _make_frame(self, card: VaultCard) -> Frame:
        frame = Frame(self._theme, lock=self.lock, hide_screen=self.hide_screen)
        frame.show_who(card.name)
        file = frame.add_menu(tr("&File"))
        action(file, tr("All intakes"), "Ctrl+Home", self.show_list, name="menu_list")
        action(file, tr("Hide the screen"), "F11", self.hide_screen, name="menu_hide")
        action(file, tr("Lock"), "Ctrl+L", self.lock, name="menu_lock")
        file.addSeparator()
        action(file, tr("Quit"), "Ctrl+Q", self._quit, name="menu_quit")
        frame.add_view_menu()
        help_menu = frame.add_menu(tr("&Help"))
        action(help_menu, tr("Keys"), "F1", self._show_keys, name="menu_keys")
        self._intakes = IntakesScreen(self._theme, open_intake=self._open_intake, start=self._start_intake)
        frame.pages.addWidget(self._intakes)
        return frame

    def _quit(self) -> None:
        self.close()

    def _show_keys(self) -> None:
        words = "\n".join(f"{keys}:  {tr(what)}" for keys, what in KEYS)
        box = QMessageBox(self)
        box.setObjectName("keys")
        box.setWindowTitle(tr("Keys"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(words)
        box.open()

    def _drop_intake(self) -> None:
        self._drop_papers()
        self._drop(self._intake)
        self._intake = None

    def _drop_papers(self) -> None:
        self._drop(self._papers)
        self._papers = None

    def _drop(self, screen: IntakeScreen | PapersScreen | None) -> None:
        if screen is not None and self._frame is not None:
            self._frame.pages.removeWidget(screen)
            screen.deleteLater()

    def _uncovered(self) -> None:
        if self._frame is not None:
            self._frame.setFocus()

    def _redress(self) -> None:
        self.update()

    def _trouble(self, error: Exception) -> None:
        words = message(error)
        if self._intakes is not None and self._frame is not None:
            self._frame.status.show_saved(words.text, tone="stop")
            self._intakes.show_trouble(words.what, words.then)
        else:
            self.unlock.show_refusal(words.what, words.then, clear=False)


def run(
    desk: Desk,
    *,
    clock: Clock,
    write: Write,
    blank_after: timedelta,
    lock_after: timedelta,
    arguments: Sequence[str] = (),
    started: Callable[[DeskWindow], None] | None = None,
) -> int:
    """Open the window and stay until it is closed; the exit code. ``started`` gets the window."""
    application = QApplication([sys.argv[0], *arguments])
    application.setApplicationName("OurNY Desk")
    application.setStyle("Fusion")
    # Qt says of every face which scripts it lacks; the families behind it have them.
    QLoggingCategory.setFilterRules("qt.text.font.db=false")
    theme = Theme()
    theme.apply()
    tasks = QtTasks()
    window = DeskWindow(
        desk,
        theme=theme,
        tasks=tasks,
        clock=clock,
        write=write,
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
