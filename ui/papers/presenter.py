"""Thinks for printing: the agency's form, the packet, what moved, what to check. Layer: ui, without Qt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from ournydesk.domain.documents import PageImage, Printout
from ournydesk.domain.editions import Standing
from ournydesk.domain.handouts import Handout
from ournydesk.domain.incident import Recipient
from ournydesk.domain.intake import IntakeHead
from ournydesk.domain.sheets import SheetKind
from ournydesk.errors import Refused
from ui.desk import Desk
from ui.i18n import tr
from ui.messages import Message, message
from ui.tasks import Lane, Tasks


class Paper(StrEnum):
    """Which paper is looked at."""

    OFFICIAL = "official"
    PACKET = "packet"
    TAKE_HOME = "take_home"
    EMPTY = "empty"
    TERMS = "terms"
    EVIDENCE = "evidence"
    MAILING = "mailing"
    HANDOUT = "handout"
    INCIDENT = "incident"
    DOCKET = "docket"


class PapersView(Protocol):
    """What the screen can show."""

    def show_busy(self, words: str) -> None:
        """Something takes a moment; empty when it is done."""
        ...

    def show_printout(self, paper: Paper, printout: Printout) -> None:
        """A finished paper."""
        ...

    def show_page(self, index: int, image: PageImage) -> None:
        """One page as a picture."""
        ...

    def show_thumbnail(self, index: int, image: PageImage) -> None:
        """One page, small."""
        ...

    def show_take_home(self) -> None:
        """What is asked before the page to take home is made."""
        ...

    def show_handouts(self, found: tuple[Handout, ...]) -> None:
        """The team's handouts, those in the client's language first."""
        ...

    def show_readers(self) -> None:
        """Who an incident's report is for."""
        ...

    def show_no_blank(self, words: Message) -> None:
        """The agency's blank is missing: where to get it."""
        ...

    def show_edition(self, known: Standing) -> None:
        """Which edition it is, when it was confirmed, until when it is accepted."""
        ...

    def show_over(self, words: Message) -> None:
        """The edition is accepted no more: what to do, and where an attorney gives a reason."""
        ...

    def show_trouble(self, words: Message) -> None:
        """Why something did not work."""
        ...

    def show_written(self, path: Path, pages: int) -> None:
        """A PDF file was written."""
        ...


Write = Callable[[Path, bytes], None]
THUMBNAIL = 0.13
BUSY = {
    Paper.OFFICIAL: "Filling the form…",
    Paper.PACKET: "Setting the packet…",
    Paper.EMPTY: "Setting the empty form…",
}


class PapersPresenter:
    """The papers of one intake."""

    def __init__(self, view: PapersView, desk: Desk, tasks: Tasks, head: IntakeHead, *, write: Write) -> None:
        self._view, self._desk, self._tasks, self.head, self._write = view, desk, tasks, head, write
        self._printouts: dict[Paper, Printout] = {}
        self._handouts: tuple[Handout, ...] = ()
        self.shown = Paper.OFFICIAL
        self._scale = 1.0

    def begin(self) -> None:
        """The agency's form, or where to get its blank and the packet instead."""
        self.look(Paper.OFFICIAL)

    def look(self, paper: Paper) -> None:
        """Show a paper, made when it is first looked at."""
        self.shown = paper
        made = self._printouts.get(paper)
        if made is not None:
            self._show(paper, made)
            return
        if self._asks(paper):
            return
        self._view.show_busy(tr(BUSY.get(paper, "Setting the page…")))
        if paper is Paper.EMPTY:
            self._tasks.run(
                Lane.VAULT,
                lambda: self._desk.empty_copy(self.head.id),
                done=lambda printout: self._made(paper, printout),
                failed=self._failed,
            )
            return
        papers = self._desk.papers
        intake = self.head.id
        match paper:
            case Paper.OFFICIAL:
                self._draw(paper, lambda: papers.official(intake))
            case Paper.PACKET:
                self._draw(paper, lambda: papers.packet(intake))
            case _:
                self._draw(paper, lambda: papers.sheet(intake, SheetKind(paper.value)))

    def _asks(self, paper: Paper) -> bool:
        """Whether something has to be known before this paper can be made; it is asked then."""
        match paper:
            case Paper.TAKE_HOME:
                self._view.show_take_home()
            case Paper.INCIDENT:
                self._view.show_readers()
            case Paper.HANDOUT:
                self._tasks.run(
                    Lane.VAULT, self._desk.papers.handouts, done=self._offer_handouts, failed=self._failed
                )
            case _:
                return False
        return True

    def _offer_handouts(self, found: tuple[Handout, ...]) -> None:
        code = self.head.language.rpartition("(")[2].rstrip(")")
        self._handouts = tuple(sorted(found, key=lambda one: (one.language != code, one.title)))
        if self.shown is Paper.HANDOUT:
            self._view.show_handouts(self._handouts)

    def handout(self, at: int) -> None:
        """Make the handout at this place of those that were offered."""
        chosen = self._handouts[at]
        self._view.show_busy(tr("Setting the page…"))
        self._draw(Paper.HANDOUT, lambda: self._desk.papers.handout(chosen))

    def report(self, reader: str) -> None:
        """Make the report of an incident for this reader."""
        self._view.show_busy(tr("Setting the page…"))
        self._draw(Paper.INCIDENT, lambda: self._desk.papers.incident(self.head.id, Recipient(reader)))

    def _draw(self, paper: Paper, read: Callable[[], Callable[[], Printout]]) -> None:
        """Read on the vault's lane, draw on the paper lane: what is typed meanwhile is saved at once."""

        def draw(made: Callable[[], Printout]) -> None:
            self._tasks.run(
                Lane.PAPER, made, done=lambda printout: self._made(paper, printout), failed=self._failed
            )

        self._tasks.run(Lane.VAULT, read, done=draw, failed=self._failed)

    def print_anyway(self, reason: str) -> None:
        """Fill an edition that is over: the reason is signed."""
        self._view.show_busy(tr("Filling the form…"))
        self._draw(Paper.OFFICIAL, lambda: self._desk.papers.official(self.head.id, reason))

    def confirm_edition(self, until: str) -> None:
        """The agency's site was looked at today; ``until`` is the last day as typed, or nothing."""
        day = self._day(until)
        if day is not None or not until:
            self._tasks.run(
                Lane.VAULT,
                lambda: self._desk.papers.confirm_edition(self.head.form_id, day),
                done=lambda _known: self._again(),
                failed=self._failed,
            )

    def ask_again(self) -> None:
        """Ask once more what was asked before this paper: the day, the place and safety, the reader."""
        self._printouts.pop(self.shown, None)
        self.look(self.shown)

    def take_home(self, by: str, where: str) -> None:
        """Make the page to take home: the client said that carrying it is safe."""
        day = self._day(by)
        if by and day is None:
            return
        self._view.show_busy(tr("Setting the page…"))
        self._tasks.run(
            Lane.VAULT,
            lambda: self._desk.take_home(self.head.id, safe_to_carry=True, by=day, where=where),
            done=lambda printout: self._made(Paper.TAKE_HOME, printout),
            failed=self._failed,
        )

    def _day(self, typed: str) -> date | None:
        """A day as it was typed; None for none, and for one that cannot be read, which is told."""
        try:
            return date.fromisoformat(typed) if typed else None
        except ValueError:
            how = tr("Write it year-month-day, 2026-12-04.")
            self._view.show_trouble(Message(tr("The day cannot be read."), how))
            return None

    def zoom(self, scale: float, index: int) -> None:
        """Another size of the page looked at."""
        self._scale = scale
        self.turn(index)

    def turn(self, index: int) -> None:
        """Another page."""
        made = self._printouts.get(self.shown)
        if made is None:
            return
        paper, scale = self.shown, self._scale

        def show(image: PageImage) -> None:
            if self.shown is paper:
                self._view.show_page(index, image)

        self._tasks.run(
            Lane.PAPER, lambda: self._desk.page(made.pdf, index, scale), done=show, failed=self._failed
        )

    def import_blank(self, path: Path) -> None:
        """Check a blank, keep it, fill it."""
        self._view.show_busy(tr("Checking the blank…"))
        self._tasks.run(
            Lane.VAULT,
            lambda: self._desk.import_blank(path),
            done=lambda _card: self._again(),
            failed=self._failed,
        )

    def save(self, path: Path) -> None:
        """Write the paper that is looked at as a PDF file."""
        made = self._printouts.get(self.shown)
        if made is None:
            return
        self._tasks.run(
            Lane.PAPER,
            lambda: self._write(path, made.pdf),
            done=lambda _none: self._view.show_written(path, made.pages),
            failed=self._failed,
        )

    def printout(self) -> Printout | None:
        """The paper that is looked at, when it is made."""
        return self._printouts.get(self.shown)

    def file_name(self) -> str:
        """A name for the file: ticket and paper, never the client's name."""
        if self.shown is Paper.TAKE_HOME:
            return "next-steps.pdf"  # somebody else may see the name of the file too
        if self.shown is Paper.HANDOUT:
            return "handout.pdf"
        if self.shown is Paper.EMPTY:
            return f"{self.head.form_id}-empty.pdf"
        paper = "n-400" if self.shown is Paper.OFFICIAL else self.shown.value
        return f"ticket-{self.head.ticket}-{paper}.pdf"

    def _again(self) -> None:
        self._printouts.pop(Paper.OFFICIAL, None)
        self.look(Paper.OFFICIAL)

    def _made(self, paper: Paper, printout: Printout) -> None:
        self._printouts[paper] = printout
        self._view.show_busy("")
        if self.shown is paper:
            self._show(paper, printout)

    def _show(self, paper: Paper, printout: Printout) -> None:
        self._view.show_printout(paper, printout)
        self._pictures(printout)
        if paper is Paper.OFFICIAL:
            self._tell_edition()

    def _tell_edition(self) -> None:
        def done(known: Standing | None) -> None:
            if known is not None and self.shown is Paper.OFFICIAL:
                self._view.show_edition(known)

        self._tasks.run(
            Lane.VAULT,
            lambda: self._desk.papers.edition(self.head.form_id),
            done=done,
            failed=self._failed,
        )

    def _pictures(self, printout: Printout) -> None:
        self.turn(0)
        paper = self.shown
        for index in range(printout.pages):
            self._tasks.run(
                Lane.PAPER,
                lambda index=index: self._desk.page(printout.pdf, index, THUMBNAIL),  # type: ignore[misc]  # a loop's own value
                done=lambda image, index=index: (  # type: ignore[misc]  # a loop's own value
                    self._view.show_thumbnail(index, image) if self.shown is paper else None
                ),
                failed=self._failed,
            )

    def _failed(self, error: Exception) -> None:
        self._view.show_busy("")
        words = message(error)
        if isinstance(error, Refused) and error.code == "refused.no_blank":
            self._view.show_no_blank(words)
        elif isinstance(error, Refused) and error.code == "refused.edition_over":
            self._view.show_over(words)
            self._tell_edition()
        else:
            self._view.show_trouble(words)
