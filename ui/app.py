"""The desk's window: who sits here, the open seat, and nothing of it after the lock. Layer: ui.

What is only needed once a seat is open is imported then: who sits down waits for the lock only.
"""
# ruff: noqa: PLC0415 - see the docstring

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLoggingCategory, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QStackedWidget

from ui.garbage import GarbageOnThisThread
from ui.i18n import tr
from ui.looks import Looks
from ui.shell.clipboard import ClipboardGuard
from ui.shell.idle import IdleWatch
from ui.shell.session import SessionWatch
from ui.tasks import Lane, QtTasks
from ui.theme.theme import Theme
from ui.widgets.focus import FocusRing

if TYPE_CHECKING:
    from ournydesk.clock import Clock
    from ournydesk.domain.vault import VaultCard
    from ui.desk import Desk
    from ui.papers.presenter import Write
    from ui.seat import OpenSeat
    from ui.shell.curtain import Curtain
    from ui.unlock.screen import UnlockScreen
    from ui.welcome.screen import WelcomeScreen

SMALLEST = QSize(1024, 640)
USUAL = QSize(1366, 768)
SETTLED_MS = 1000
"""After this long the first screen is there."""


class DeskWindow(QMainWindow):
    """One window. Before a vault is open it shows who sits here; after, the frame of the open seat."""

    def __init__(
        self,
        desk: Desk,
        *,
        theme: Theme,
        tasks: QtTasks,
        clock: Clock,
        write: Write,
        looks: Looks | None = None,
        log: Callable[[], str] = str,
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
        self.seat: OpenSeat | None = None
        """The open one, None while it is locked."""
        self._curtain: Curtain | None = None
        self._ring = FocusRing(theme, self)
        self._lose_unsaved = False
        self._idle = IdleWatch(
            blank_after=blank_after, lock_after=lock_after, blank=self.hide_screen, lock=self.lock_away
        )
        self.log = log
        """Everything that was written down since the program was opened; no client is in it."""
        self.session = SessionWatch(self.lock_away)
        self.clipboard = ClipboardGuard(QApplication.clipboard())
        QShortcut(QKeySequence("Ctrl+/"), self, self._show_keys)
        QShortcut(QKeySequence("Ctrl+Shift+F1"), self, self.show_support)
        if looks is not None:
            theme.follow(self, looks.keep)

    # -- which screen -------------------------------------------------------------------------------

    @cached_property
    def unlock(self) -> UnlockScreen:
        """Where the person at the laptop is asked which seat is theirs."""
        from ui.unlock.screen import UnlockScreen

        screen = UnlockScreen(
            self._theme,
            self._desk,
            self._tasks,
            opened=self._opened,
            another=self._show_welcome,
            restore=self._restore,
            bring=self._bring,
        )
        self._stack.addWidget(screen)
        return screen

    @cached_property
    def welcome(self) -> WelcomeScreen:
        """The first run, and every further seat."""
        from ui.welcome.screen import WelcomeScreen

        screen = WelcomeScreen(
            self._theme,
            self._desk,
            self._tasks,
            made=lambda _card: self.show_seats(),
            not_now=self._not_now,
            restore=self._restore,
            bring=self._bring,
        )
        self._stack.addWidget(screen)
        return screen

    def show_seats(self) -> None:
        """Who is sitting here? With no seat yet, the first run."""
        self._tasks.run(Lane.VAULT, self._desk.vaults, done=self._show_seats, failed=self._trouble)

    def _show_seats(self, cards: tuple[VaultCard, ...]) -> None:
        if not cards:
            self._show_welcome()
            return
        self.unlock.setEnabled(True)
        self.unlock.presenter.begin(cards)
        self._stack.setCurrentWidget(self.unlock)
        self.unlock.enter()

    def _show_welcome(self) -> None:
        self.welcome.presenter.begin()
        self._stack.setCurrentWidget(self.welcome)

    def _not_now(self) -> None:
        """Back to the seats; where there is none, there is nothing to do here."""

        def go(cards: tuple[VaultCard, ...]) -> None:
            if cards:
                self._show_seats(cards)
            else:
                self.close()

        self._tasks.run(Lane.VAULT, self._desk.vaults, done=go, failed=self._trouble)

    def _restore(self) -> None:
        """A seat from a backup; afterwards it stands among the others."""
        from ui.safety.restore import RestoreDialog, choose_backup

        source = choose_backup(self)
        if source is not None:
            RestoreDialog(
                self._theme,
                self._desk,
                self._tasks,
                self,
                source=source,
                restored=lambda _card: self.show_seats(),
            ).open()

    def bring_from(self, folder: Path) -> None:
        """Move a clinic's seat from a stick onto this laptop, by its folder's path."""

        def done(_card: VaultCard) -> None:
            self.show_seats()

        self._tasks.run(
            Lane.VAULT, lambda: self._desk.seats.bring(folder), done=done, failed=self._not_brought
        )

    def _bring(self) -> None:
        from ui.widgets.files import folder

        source = folder(self, tr("The folder of the seat on the stick"))
        if source is not None:
            self.bring_from(source)

    def _not_brought(self, error: Exception) -> None:
        from PySide6.QtWidgets import QMessageBox

        from ui.messages import message

        words = message(error)
        told = QMessageBox(QMessageBox.Icon.Warning, tr("Bring a seat"), words.what, parent=self)
        told.setObjectName("not_brought")
        told.setInformativeText(words.then)
        told.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        told.open()

    def _opened(self, card: VaultCard) -> None:
        from ui.seat import OpenSeat

        self.seat = OpenSeat(
            card,
            self._desk,
            theme=self._theme,
            tasks=self._tasks,
            clock=self._clock,
            write=self._write,
            lock=self.lock,
            hide=self.hide_screen,
            leave=self._quit,
            keys=self._show_keys,
            support=self.show_support,
        )
        self._stack.addWidget(self.seat.frame)
        self._stack.setCurrentWidget(self.seat.frame)
        self._idle.start()
        self.clipboard.start()
        self.seat.begin()

    # -- hiding and locking -------------------------------------------------------------------------

    def hide_screen(self) -> None:
        """Cover the window."""
        if self.seat is None:
            return
        if self._curtain is None:
            from ui.shell.curtain import Curtain

            self._curtain = Curtain(
                self._theme,
                self,
                self._stack,
                lock=self._lock_hidden,
                too_often=self.lock_away,
                ask=self._fits,
                lifted=self._lifted,
            )
        self._curtain.drop(asks=self.seat.has_pin)

    def _fits(self, digits: str, told: Callable[[bool], None]) -> None:
        def failed(_error: Exception) -> None:
            # Digits that cannot be looked at are wrong ones: the six words still open the seat.
            told(False)  # noqa: FBT003 - the answer itself

        self._tasks.run(Lane.VAULT, lambda: self._desk.pin_fits(digits), done=told, failed=failed)

    def _lock_hidden(self) -> None:
        """Lock from the curtain, unless that would show what it hides to tell of answers not saved."""
        if self.seat is not None and self.seat.unsaved and self.seat.has_pin and self._curtain is not None:
            self._curtain.say(tr("Not saved yet: {n}. Type your six digits to see why.", n=self.seat.unsaved))
        else:
            self.lock()

    def _lifted(self) -> None:
        if self.seat is not None:
            self.seat.offer_pin()

    def lock(self) -> None:
        """Close the vault once every answer is in it, and destroy what showed a record."""
        self._cover_and(self._lock_or_tell)

    def lock_away(self) -> None:
        """The same with nobody there to ask: an answer that no disk takes is lost, the clients are not."""
        self._cover_and(self._lock_now)

    def _cover_and(self, then: Callable[[OpenSeat], None]) -> None:
        seat = self.seat
        if seat is None or not self.unlock.isEnabled():
            return
        # What must not be seen is gone at once; the vault closes when it has taken the last answer.
        self._close_dialogs()
        self._stack.setCurrentWidget(self.unlock)
        self.unlock.setEnabled(False)
        if self._curtain is not None:
            self._curtain.lift()
        seat.last.then(lambda: then(seat))

    def _lock_or_tell(self, seat: OpenSeat) -> None:
        if not seat.unsaved:
            self._lock_now(seat)
            return
        self.unlock.setEnabled(True)
        self._stack.setCurrentWidget(seat.frame)
        seat.tell_unsaved(tr("Lock and lose them"), "lock_anyway", self.lock_away)

    def _lock_now(self, seat: OpenSeat) -> None:
        self._idle.stop()
        self.clipboard.stop()
        self.seat = None
        seat.end()
        self._stack.removeWidget(seat.frame)
        seat.frame.deleteLater()
        self._tasks.run(
            Lane.VAULT, self._desk.lock, done=lambda _none: self.show_seats(), failed=self._trouble
        )

    def _close_dialogs(self) -> None:
        """A file dialog left open would write a record to a file after the lock."""
        for dialog in self.findChildren(QDialog):
            dialog.reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing typed is lost by closing the window, unless somebody who was told says so."""
        seat = self.seat
        if seat is not None:
            seat.last.at_once()
            if seat.unsaved and not self._lose_unsaved:
                seat.tell_unsaved(tr("Close and lose them"), "close_anyway", self._close_anyway)
                event.ignore()
                return
            seat.end()
        self._idle.stop()
        self.clipboard.stop()
        self._tasks.run(Lane.VAULT, self._desk.lock, done=lambda _none: None, failed=lambda _error: None)
        self._tasks.drain(Lane.VAULT)
        super().closeEvent(event)

    def _close_anyway(self) -> None:
        self._lose_unsaved = True
        self.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The curtain covers whatever size there is."""
        super().resizeEvent(event)
        if self._curtain is not None:
            self._curtain.setGeometry(self.rect())

    def _quit(self) -> None:
        self.close()

    # -- the rest -----------------------------------------------------------------------------------

    def _show_keys(self) -> None:
        from ui.shell.keys import KeySheet

        if self.findChild(KeySheet) is None:
            KeySheet(self._theme, self).open()

    def show_support(self) -> None:
        """What can be given to support, also where no seat opens."""
        from ui.shell.support import SupportDialog, bundle

        if self.findChild(SupportDialog) is None:
            size = self.width(), self.height()
            text = bundle(self.log(), scale=self._theme.scale, size=size)
            SupportDialog(self._theme, self, text=text, write=self._write).open()

    def _trouble(self, error: Exception) -> None:
        if self.seat is not None:
            self.seat.trouble(error)
            return
        from ui.messages import message

        words = message(error)
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
    log: Callable[[], str] = str,
    arguments: Sequence[str] = (),
    started: Callable[[DeskWindow], None] | None = None,
) -> int:
    """Open the window and stay until it is closed; the exit code.

    ``looks`` is the file that remembers text size and appearance; ``log`` gives what was written down;
    ``started`` gets the window.
    """
    # What is made while starting is there to stay: looking it through for garbage only takes time.
    gc.disable()
    # As an argument: setStyle() gives the style back, and wrapping that for Python takes 10 ms.
    application = QApplication([sys.argv[0], "-style", "Fusion", *arguments])
    application.setApplicationName("OurNY Desk")
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
        log=log,
        blank_after=blank_after,
        lock_after=lock_after,
    )
    window.show()
    window.show_seats()
    garbage = GarbageOnThisThread()
    QTimer.singleShot(SETTLED_MS, window.session.listen)
    if started is not None:
        started(window)
    code = application.exec()
    tasks.close()
    garbage.stop()
    return code
