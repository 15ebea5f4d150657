"""Thinks for a list of papers sent to a printer: one after the other, seen, stopped, told. Layer: ui, no Qt.

Every paper of every ticket is a print job of its own: it begins on a new sheet, and a printer that stops
half-way has whole papers on its tray. At most one paper and one page of pixels are held at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from ournydesk.domain.documents import PageImage, Printout
from ournydesk.domain.intake import IntakeHead, IntakeRow
from ui.desk import Desk
from ui.messages import Message, message
from ui.papers.presenter import Paper
from ui.tasks import Lane, Tasks

SCALE = 300 / 72


@dataclass(frozen=True, slots=True)
class Wanted:
    """One paper of one intake; without an intake the attorney's docket."""

    head: IntakeHead | None
    paper: Paper

    @property
    def ticket(self) -> int:
        """The intake's ticket, 0 for the docket."""
        return self.head.ticket if self.head is not None else 0

    @property
    def name(self) -> str:
        """What the print job is called in queues that other people see: ticket and paper, no client."""
        if self.head is None:
            return self.paper.value
        return f"ticket-{self.ticket}-{'n-400' if self.paper is Paper.OFFICIAL else self.paper.value}"


@dataclass(frozen=True, slots=True)
class Failure:
    """A paper that was not printed, and why."""

    wanted: Wanted
    words: Message


class Printer(Protocol):
    """Takes papers page by page, on the paper lane. Raises BadInput where the printer refuses."""

    def begin(self, name: str) -> None:
        """A new paper: its own job, with the printer, the sides and the copies that were chosen."""
        ...

    def page(self, image: PageImage) -> None:
        """The next page of it."""
        ...

    def end(self) -> None:
        """It is whole: it goes to the printer."""
        ...

    def abort(self) -> None:
        """It is not to be printed."""
        ...


class QueueView(Protocol):
    """What the page can show."""

    def show_rows(self, rows: tuple[IntakeRow, ...]) -> None:
        """What could be printed."""
        ...

    def show_progress(self, done: int, of: int, wanted: Wanted | None) -> None:
        """So many papers are printed; which one is next, None when it is over."""
        ...

    def show_end(self, printed: int, pages: int, failures: Sequence[Failure], *, stopped: bool) -> None:
        """What became of it."""
        ...

    def show_trouble(self, words: Message) -> None:
        """Why something did not work."""
        ...


class QueuePresenter:
    """The list of one seat."""

    def __init__(self, view: QueueView, desk: Desk, tasks: Tasks, printer: Callable[[], Printer]) -> None:
        self._view, self._desk, self._tasks, self._printers = view, desk, tasks, printer
        self._printer: Printer | None = None
        self._queue: list[Wanted] = []
        self._failures: list[Failure] = []
        self._at = self._pages = self._printed = 0
        self._stopped = False

    @property
    def busy(self) -> bool:
        """Whether papers are being printed."""
        return self._printer is not None

    def begin(self) -> None:
        """See what could be printed; while papers are printed the list stays."""
        if not self.busy:
            self._tasks.run(
                Lane.VAULT,
                lambda: tuple(row for row in self._desk.intakes() if not row.purged),
                done=self._view.show_rows,
                failed=lambda error: self._view.show_trouble(message(error)),
            )

    def start(self, wanted: Sequence[Wanted]) -> None:
        """Print all of it, in order."""
        if self.busy or not wanted:
            return
        self._queue, self._failures = list(wanted), []
        self._at = self._pages = self._printed = 0
        self._stopped = False
        self._printer = self._printers()
        self._next()

    def stop(self) -> None:
        """Print nothing more; what is whole already has gone to the printer."""
        self._stopped = True

    def _next(self) -> None:
        if self._printer is None:
            return
        if self._stopped or self._at == len(self._queue):
            self._printer = None
            self._view.show_progress(self._at, len(self._queue), None)
            self._view.show_end(self._printed, self._pages, self._failures, stopped=self._stopped)
            return
        wanted = self._queue[self._at]
        self._view.show_progress(self._at, len(self._queue), wanted)
        self._tasks.run(Lane.VAULT, lambda: self._read(wanted), done=self._draw, failed=self._failed)

    def _read(self, wanted: Wanted) -> Callable[[], Printout]:
        """What draws it; called on the vault's lane."""
        papers = self._desk.papers
        if wanted.head is None:
            return papers.docket(self._desk.cases.cases())
        read = papers.official if wanted.paper is Paper.OFFICIAL else papers.packet
        return read(wanted.head.id)

    def _draw(self, made: Callable[[], Printout]) -> None:
        self._tasks.run(Lane.PAPER, made, done=self._begin, failed=self._failed)

    def _begin(self, printout: Printout) -> None:
        printer = self._printer
        if printer is None or self._stopped:
            self._next()
            return
        name = self._queue[self._at].name
        self._tasks.run(
            Lane.PAPER,
            lambda: printer.begin(name),
            done=lambda _none: self._fetch(printer, printout, 0),
            failed=self._failed,
        )

    def _fetch(self, printer: Printer, printout: Printout, index: int) -> None:
        def work() -> None:
            printer.page(self._desk.page(printout.pdf, index, SCALE))
            if index + 1 == printout.pages:
                printer.end()

        self._tasks.run(
            Lane.PAPER,
            work,
            done=lambda _none: self._printed_page(printer, printout, index + 1),
            failed=self._failed,
        )

    def _printed_page(self, printer: Printer, printout: Printout, count: int) -> None:
        if count < printout.pages and not self._stopped:
            self._fetch(printer, printout, count)
            return
        if count < printout.pages:
            self._away(printer)
            return
        self._pages += printout.pages
        self._printed += 1
        self._at += 1
        self._next()

    def _away(self, printer: Printer) -> None:
        """The paper that was begun is not printed."""
        self._tasks.run(
            Lane.PAPER, printer.abort, done=lambda _none: self._next(), failed=lambda _error: self._next()
        )

    def _failed(self, error: Exception) -> None:
        """One paper that cannot be made holds nobody else up."""
        self._failures.append(Failure(self._queue[self._at], message(error)))
        self._at += 1
        if self._printer is not None:
            self._away(self._printer)
