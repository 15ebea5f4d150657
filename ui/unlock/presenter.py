"""Thinks for the unlock screen. Layer: ui, without Qt. A passphrase passes through and is never kept."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from ournydesk.errors import NotAVault, StoreBroken, Tampered, WrongPassphrase
from ui.i18n import tr
from ui.messages import message
from ui.tasks import Lane, Tasks

if TYPE_CHECKING:
    from ournydesk.domain.ids import VaultId
    from ournydesk.domain.vault import VaultCard
    from ui.desk import Desk


class UnlockView(Protocol):
    """What the screen can show."""

    def show_vaults(self, cards: tuple[VaultCard, ...], chosen: VaultCard | None) -> None:
        """The seats on this laptop."""
        ...

    def show_busy(self, *, busy: bool) -> None:
        """Opening takes about a second."""
        ...

    def show_refusal(self, what: str, then: str, *, clear: bool = False, tone: str = "attention") -> None:
        """Why it did not open; ``clear`` empties the words."""
        ...

    def show_wait(self, words: str) -> None:
        """How long until the next try, counted down by :meth:`UnlockPresenter.tick`; empty when none."""
        ...

    def show_quiet(self) -> None:
        """Nothing to say."""
        ...


class UnlockPresenter:
    """Chooses a seat and opens it. ``now`` gives seconds that never run backwards."""

    def __init__(
        self,
        view: UnlockView,
        desk: Desk,
        tasks: Tasks,
        *,
        opened: Callable[[VaultCard], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._view, self._desk, self._tasks = view, desk, tasks
        self._opened, self._now = opened, now
        self._chosen: VaultCard | None = None
        self._until: dict[VaultId, float] = {}
        self._busy = False

    def begin(self, cards: tuple[VaultCard, ...]) -> None:
        """Show the seats; the one chosen before stays chosen."""
        before = self._chosen.id if self._chosen is not None else None
        first = cards[0] if cards else None
        self._chosen = next((card for card in cards if card.id == before), first)
        self._view.show_vaults(cards, self._chosen)
        self._view.show_quiet()
        self.tick()

    def choose(self, card: VaultCard) -> None:
        """Another seat."""
        self._chosen = card
        self._view.show_quiet()
        self.tick()

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
        )

    def tick(self) -> None:
        """A moment has passed: count down."""
        seconds = self._wait()
        if seconds == 1:
            self._view.show_wait(tr("You can try again in 1 second."))
        else:
            self._view.show_wait(tr("You can try again in {n} seconds.", n=seconds) if seconds else "")

    def submit(self, passphrase: str) -> None:
        """Try to open."""
        card = self._chosen
        if card is None or self._busy or self._wait():
            return
        if not passphrase.strip():
            self._view.show_refusal(tr("Type the words first."), tr("They stand on the card of this seat."))
            return
        self._busy = True
        self._view.show_busy(busy=True)
        self._tasks.run(
            Lane.VAULT,
            lambda: self._desk.unlock(card.id, passphrase),
            done=lambda _none: self._done(card),
            failed=lambda error: self._failed(card, error),
        )

    def _wait(self) -> int:
        until = self._until.get(self._chosen.id, 0.0) if self._chosen is not None else 0.0
        return max(0, math.ceil(until - self._now()))

    def _done(self, card: VaultCard) -> None:
        self._busy = False
        self._until.pop(card.id, None)
        self._view.show_busy(busy=False)
        self._opened(card)

    def _failed(self, card: VaultCard, error: Exception) -> None:
        self._busy = False
        self._view.show_busy(busy=False)
        words = message(error)
        wrong = isinstance(error, WrongPassphrase)
        seconds = error.facts.get("wait_seconds", 0) if isinstance(error, WrongPassphrase) else 0
        if isinstance(seconds, int) and seconds > 0:
            self._until[card.id] = self._now() + seconds
        stopped = isinstance(error, Tampered | StoreBroken | NotAVault)
        self._view.show_refusal(words.what, words.then, clear=wrong, tone="stop" if stopped else "attention")
        self.tick()
