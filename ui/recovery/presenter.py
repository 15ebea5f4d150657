"""The recovery kit's room: making a kit, trying it, signing for a colleague. Layer: ui, without Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from random import SystemRandom
from typing import Final, Protocol, TypeVar

from ournydesk.domain.cosigning import Asked
from ournydesk.domain.documents import Printout
from ournydesk.domain.membership import UserId
from ournydesk.domain.recovery import WORDS, Drilled, KitMade, KitStatus
from ournydesk.domain.team import TeamMember, TeamView
from ui.desk import Desk
from ui.i18n import tr
from ui.kit_words import kit_line
from ui.messages import Message, message
from ui.recovery.asked import sentences
from ui.tasks import Lane, Tasks

T = TypeVar("T")
ASKED_BACK: Final = 3
"""How many of the twelve words are typed back: enough to see that they were written down."""


class RecoveryPages(Protocol):
    """What the presenter shows."""

    def show_status(self, kit: KitStatus, line: str) -> None:
        """Where the team stands, and what can be done."""
        ...

    def show_people(self, people: tuple[TeamMember, ...], *, needs_two: bool) -> None:
        """Who lets people in, and who could."""
        ...

    def show_words(self, words: Sequence[str]) -> None:
        """Twelve words, to be written down by who keeps them."""
        ...

    def show_asking(self, places: Sequence[int]) -> None:
        """Ask for some of the words, by their place from 1."""
        ...

    def show_made(self, made: KitMade, name: str, file: str) -> None:
        """A kit was made: what is so, and what comes next."""
        ...

    def show_drill(self, file: str) -> None:
        """A kit's file was chosen: its words are asked for."""
        ...

    def show_asked(self, by: str, what: Sequence[str]) -> None:
        """What a colleague asks to be signed."""
        ...

    def show_sheets(self, printout: Printout) -> None:
        """The two sheets, before they are printed."""
        ...

    def show_busy(self, words: str) -> None:
        """Something takes a moment; empty when it is over."""
        ...

    def show_trouble(self, words: Message) -> None:
        """Why something did not work."""
        ...

    def show_done(self, what: str, then: str = "") -> None:
        """Something was done, and what comes next."""
        ...


class RecoveryPresenter:
    """One visit after another to the kit's room. The twelve words are held while a kit is being made."""

    def __init__(
        self,
        pages: RecoveryPages,
        desk: Desk,
        tasks: Tasks,
        pick: Callable[[], Sequence[int]] | None = None,
    ) -> None:
        self._pages, self._desk, self._tasks = pages, desk, tasks
        self._pick = pick or _three_places
        self._words: tuple[str, ...] = ()
        self._places: tuple[int, ...] = ()
        self._file = Path()

    def begin(self) -> None:
        """Where the team stands; words of a kit that was not finished are forgotten."""
        self.forget()
        self._look()

    def forget(self) -> None:
        """The room is left: no word stays."""
        self._words = ()

    # -- making -------------------------------------------------------------------------------------

    def make(self) -> None:
        """Draw twelve words and show them."""

        def drawn(words: tuple[str, ...]) -> None:
            self._words = words
            self._pages.show_words(words)

        self._do(self._desk.recovery.new_words, drawn)

    def written_down(self) -> None:
        """The words are on paper: three of them are asked for."""
        self._places = tuple(sorted(self._pick()))
        self._pages.show_asking([place + 1 for place in self._places])

    def words_again(self) -> None:
        """Look at the words once more."""
        self._pages.show_words(self._words)

    def checked(self, typed: Sequence[str]) -> bool:
        """Whether what was typed are the words that were shown; if not, it was said."""
        wrong = [
            str(place + 1)
            for place, word in zip(self._places, typed, strict=True)
            if word.strip().casefold() != self._words[place]
        ]
        if wrong:
            told = tr("Not the word that was shown: word {places}.", places=", ".join(wrong))
            self._pages.show_trouble(Message(told, tr("Look at the paper; then look at the words again.")))
        return not wrong

    def save(self, typed: Sequence[str], target: Path) -> None:
        """Write the kit, prove it, put it in force."""
        if not self.checked(typed):
            return
        words, noted = self._words, dict(zip(self._places, typed, strict=True))
        self._pages.show_busy(
            tr("Making the kit and opening it again to see that it works. The window stands still meanwhile.")
        )

        def done(made: KitMade) -> None:
            self._words, self._file = (), target
            self._pages.show_made(made, " ".join(made.name), target.name)

        self._do(lambda: self._desk.recovery.make(words, noted, target), done)

    def copy(self, target: Path) -> None:
        """The same file on the second stick."""
        told = tr("The same file is in {name}, compared byte by byte.", name=target.name)
        source = self._file
        self._do(lambda: self._desk.recovery.copy(source, target), lambda _none: self._pages.show_done(told))

    def write_proposal(self, target: Path) -> None:
        """The file for the second person."""

        def done(kit: KitStatus) -> None:
            self._show(kit)
            if kit.waiting:
                self._pages.show_done(
                    tr("The file for the second person is {name}.", name=target.name),
                    tr("They open it here, under “A colleague asks”, and bring it back to you."),
                )

        self._do(lambda: self._desk.recovery.write_proposal(target), done)

    def finish(self) -> None:
        """Give the kit the keys it is missing."""

        def done(kit: KitStatus) -> None:
            self._show(kit)
            if kit.behind:
                self._pages.show_trouble(
                    Message(
                        tr("This desk cannot do all of it."),
                        tr("Ask a coordinator who reads cases to open this page and press the same button."),
                    )
                )
            else:
                self._pages.show_done(tr("The kit opens everything of the team now."))

        self._do(self._desk.recovery.finish, done)

    def sheets(self) -> None:
        """The two sheets."""
        self._pages.show_busy(tr("Setting the sheets…"))
        self._do(self._desk.recovery.sheets, self._pages.show_sheets)

    # -- trying -------------------------------------------------------------------------------------

    def choose(self, source: Path) -> None:
        """A kit's file, to be tried."""
        self._file = source
        self._pages.show_drill(source.name)

    def drill(self, words: str) -> None:
        """Open it as if everything else were lost."""
        count = len(words.split())
        if count != WORDS:
            told = tr("{n} words were typed. A kit has twelve.", n=count)
            self._pages.show_trouble(Message(told, tr("Type them in their order, a space between them.")))
            return
        self._pages.show_busy(tr("Opening the kit. The window stands still for some seconds."))
        source = self._file

        def done(found: Drilled) -> None:
            self.begin()
            more = tr("Nothing of it stays here. Put the stick and a new envelope back where they belong.")
            self._pages.show_done(
                tr("The kit “{name}” works: it opens the cases of the team.", name=" ".join(found.name)), more
            )

        self._do(lambda: self._desk.recovery.drill(source, words), done)

    # -- for a colleague ----------------------------------------------------------------------------

    def read(self, source: Path) -> None:
        """A file that waits for a signature, or comes home with two."""

        def done(asked: Asked | None) -> None:
            if asked is None:
                self.begin()
                self._pages.show_done(tr("Both have signed: it holds from now on."))
                return
            self._file = source
            self._pages.show_asked(asked.by or tr("A colleague"), sentences(asked))

        self._do(lambda: self._desk.recovery.read_statement(source), done)

    def sign(self, target: Path) -> None:
        """Sign it; the file goes back to who asked."""
        source = self._file

        def done(_none: None) -> None:
            self.begin()
            self._pages.show_done(
                tr("You have signed. The file is {name}.", name=target.name),
                tr("Give it back to the person who asked: it holds as soon as they open it."),
            )

        self._do(lambda: self._desk.recovery.sign_statement(source, target), done)

    def let_manage(self, user: UserId, target: Path | None, *, may: bool) -> None:
        """Let a person let people in, or no longer; ``target`` where a second one has to sign."""

        def done(holds: bool) -> None:
            self.begin()
            if holds or target is None:
                self._pages.show_done(tr("It holds from now on."))
                return
            self._pages.show_done(
                tr("The file for the second person is {name}.", name=target.name),
                tr("They open it here, under “A colleague asks”, and bring it back to you."),
            )

        self._do(lambda: self._desk.recovery.let_manage(user, may=may, target=target), done)

    # -- the rest -----------------------------------------------------------------------------------

    def _look(self) -> None:
        def look() -> tuple[KitStatus, TeamView]:
            return self._desk.recovery.status(), self._desk.team.team()

        def done(found: tuple[KitStatus, TeamView]) -> None:
            kit, team = found
            self._pages.show_people(team.members, needs_two=kit.needs_two)
            self._show(kit)

        self._do(look, done)

    def _show(self, kit: KitStatus) -> None:
        self._pages.show_status(kit, kit_line(kit))

    def _do(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        def settled(result: T) -> None:
            self._pages.show_busy("")
            done(result)

        def failed(error: Exception) -> None:
            self._pages.show_busy("")
            self._pages.show_trouble(message(error))

        self._tasks.run(Lane.VAULT, work, done=settled, failed=failed)


def _three_places() -> Sequence[int]:
    return SystemRandom().sample(range(WORDS), ASKED_BACK)
