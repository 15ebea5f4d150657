"""Thinks for the unlock screen. Layer: ui, without Qt. A passphrase passes through and is never kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from ournydesk.domain.vault import VaultCard
from ournydesk.errors import WrongPassphrase
from ui.desk import Desk
from ui.i18n import tr
from ui.messages import message
from ui.tasks import Lane, Tasks


class UnlockView(Protocol):
    """What the screen can show."""

    def show_vaults(self, cards: tuple[VaultCard, ...], chosen: VaultCard | None) -> None:
        """The seats on this laptop."""
        ...

    def show_busy(self, *, busy: bool) -> None:
        """Opening takes about a second."""
        ...

    def show_refusal(self, what: str, then: str, *, clear: bool) -> None:
        """Why it did not open; ``clear`` empties the words."""
        ...

    def show_quiet(self) -> None:
        """Nothing to say."""
        ...


class UnlockPresenter:
    """Chooses a seat and opens it."""

    def __init__(
        self,
        view: UnlockView,
        desk: Desk,
        tasks: Tasks,
        *,
        opened: Callable[[VaultCard], None],
        wait: Callable[[int], None],
    ) -> None:
        self._view, self._desk, self._tasks = view, desk, tasks
        self._opened, self._wait = opened, wait
        self._chosen: VaultCard | None = None
        self._busy = False

    def begin(self, cards: tuple[VaultCard, ...]) -> None:
        """Show the seats, the first one chosen."""
        self._chosen = cards[0] if cards else None
        self._view.show_vaults(cards, self._chosen)

    def choose(self, card: VaultCard) -> None:
        """Another seat."""
        self._chosen = card
        self._view.show_quiet()

    def look(self, strange: list[int]) -> None:
        """Words are being typed: say at once which one is on no list; try nothing."""
        if not strange or self._busy:
            self._view.show_quiet()
            return
        self._view.show_refusal(
            tr("Word {n} is not on the list.", n=strange[0]),
            tr(
                "Look at word {n} on the card and type it again. Nothing is tried until you press Open.",
                n=strange[0],
            ),
            clear=False,
        )

    def submit(self, passphrase: str) -> None:
        """Try to open."""
        card = self._chosen
        if card is None or self._busy:
            return
        if not passphrase.strip():
            self._view.show_refusal(tr("Type the words first."), "", clear=False)
            return
        self._busy = True
        self._view.show_busy(busy=True)
        self._tasks.run(
            Lane.VAULT,
            lambda: self._desk.unlock(card.id, passphrase),
            done=lambda _none: self._done(card),
            failed=self._failed,
        )

    def _done(self, card: VaultCard) -> None:
        self._busy = False
        self._view.show_busy(busy=False)
        self._opened(card)

    def _failed(self, error: Exception) -> None:
        self._busy = False
        self._view.show_busy(busy=False)
        words = message(error)
        wrong = isinstance(error, WrongPassphrase)
        seconds = error.facts.get("wait_seconds", 0) if isinstance(error, WrongPassphrase) else 0
        then = words.then
        if isinstance(seconds, int) and seconds > 0:
            then = tr("{then} You can try again in {n} seconds.", then=words.then, n=seconds)
            self._wait(seconds)
        self._view.show_refusal(words.what, then, clear=wrong)
