"""Thinks for the first run: a name, six words written down, typed twice, proven. Layer: ui, without Qt."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Protocol

from ournydesk.domain.vault import VaultCard
from ui.desk import Desk
from ui.i18n import tr
from ui.messages import message
from ui.tasks import Lane, Tasks
from ui.widgets.typed import differing

LONGEST_NAME = 60


class Step(IntEnum):
    """Where the person is."""

    WRITE = 0
    TYPE = 1
    READY = 2


class WelcomeView(Protocol):
    """What the screen can show."""

    def show_step(self, step: Step) -> None:
        """One of the three steps."""
        ...

    def show_words(self, words: tuple[str, ...]) -> None:
        """The six words, for as long as they are being written down."""
        ...

    def show_round(self, again: bool) -> None:
        """Type them once, or once again."""
        ...

    def show_busy(self, *, busy: bool) -> None:
        """Making and proving the vault."""
        ...

    def show_trouble(self, what: str, then: str) -> None:
        """What is to be mended; empty when nothing is."""
        ...


class WelcomePresenter:
    """Makes a vault. The words live here only until the vault is made or the person turns away."""

    def __init__(
        self, view: WelcomeView, desk: Desk, tasks: Tasks, *, made: Callable[[VaultCard], None]
    ) -> None:
        self._view, self._desk, self._tasks, self._made = view, desk, tasks, made
        self._words: tuple[str, ...] = ()
        self._again = False
        self._card: VaultCard | None = None

    def begin(self) -> None:
        """Six fresh words."""
        self._again, self._card = False, None
        self._words = self._desk.new_words()
        self._view.show_words(self._words)
        self._view.show_trouble("", "")
        self._view.show_step(Step.WRITE)

    def written(self, name: str) -> None:
        """The person has them on paper."""
        if not name.strip():
            self._view.show_trouble(tr("Give the seat a name first."), tr("Seat 4, or your own name."))
            return
        if len(name.strip()) > LONGEST_NAME:
            self._view.show_trouble(tr("The name is too long."), tr("Up to 60 letters."))
            return
        self._view.show_trouble("", "")
        self._again = False
        self._view.show_round(self._again)
        self._view.show_step(Step.TYPE)

    def back(self) -> None:
        """Look at the words again."""
        self._view.show_words(self._words)
        self._view.show_trouble("", "")
        self._view.show_step(Step.WRITE)

    def typed(self, name: str, passphrase: str) -> None:
        """Typed: the first time compared and asked again, the second time made and proven."""
        wrong = differing(passphrase.split(), self._words)
        if wrong:
            where = tr("Word {n} is not the one on the card.", n=wrong)
            self._view.show_trouble(where, tr("Look at the card, or go back and look at the words again."))
            return
        self._view.show_trouble("", "")
        if not self._again:
            self._again = True
            self._view.show_round(self._again)
            return
        self._view.show_busy(busy=True)
        words = " ".join(self._words)
        self._tasks.run(
            Lane.VAULT,
            lambda: self._desk.create_vault(name.strip(), words),
            done=self._done,
            failed=self._failed,
        )

    def leave(self) -> None:
        """The person turns away: the words are forgotten."""
        self._words = ()
        self._view.show_words(())

    def finish(self) -> None:
        """Go to the new seat."""
        if self._card is not None:
            self._words = ()
            self._made(self._card)

    def _done(self, card: VaultCard) -> None:
        self._card, self._words = card, ()
        self._view.show_busy(busy=False)
        self._view.show_words(())
        self._view.show_step(Step.READY)

    def _failed(self, error: Exception) -> None:
        self._view.show_busy(busy=False)
        words = message(error)
        self._view.show_trouble(words.what, words.then)
