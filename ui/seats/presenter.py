"""Thinks for the seats of clinics: prepared, given away, renewed, closed. Layer: ui, without Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol, TypeVar

from ournydesk.clock import Clock
from ournydesk.domain.documents import Printout
from ournydesk.domain.ids import VaultId
from ournydesk.domain.operations import DeviceId
from ournydesk.domain.seats import Seat, SeatCard
from ournydesk.domain.team import Clinic
from ournydesk.domain.vault import VaultCard
from ournydesk.services.visiting import Visitor
from ui.i18n import tr
from ui.messages import Message, message
from ui.seat_desk import ExposureDesk, SeatDesk
from ui.seats.rows import typed_moment
from ui.tasks import Lane, Tasks

T = TypeVar("T")
LONGER = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsView:
    """Everything the screen shows."""

    seats: tuple[Seat, ...]
    clinics: tuple[Clinic, ...]
    visitors: tuple[Visitor, ...]
    held: Mapping[DeviceId, int]
    here: tuple[VaultCard, ...]
    """The vaults on this laptop: seats among them can be renewed."""
    now: datetime


class SeatsFace(Protocol):
    """What the presenter shows."""

    def show_seats(self, view: SeatsView) -> None:
        """The seats and clinics."""
        ...

    def show_cards(self, printout: Printout) -> None:
        """Cards that have to be printed now."""
        ...

    def show_busy(self, words: str) -> None:
        """Something takes a moment; empty when it is over."""
        ...

    def show_trouble(self, words: Message) -> None:
        """Why something did not work."""
        ...

    def show_done(self, what: str, then: str = "") -> None:
        """What was done."""
        ...


class SeatsPresenter:
    """One page of seats. ``vaults`` lists those on this laptop.

    ``changed`` is called after everything that has to reach the others: a seat that the server hears of late
    may find that somebody else changed the team before.
    """

    def __init__(
        self,
        face: SeatsFace,
        seats: SeatDesk,
        exposures: ExposureDesk,
        tasks: Tasks,
        clock: Clock,
        *,
        vaults: Callable[[], tuple[VaultCard, ...]],
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self._face, self._seats, self._exposures = face, seats, exposures
        self._tasks, self._clock, self._vaults, self._changed = tasks, clock, vaults, changed

    def begin(self) -> None:
        """Read everything anew."""

        def read() -> SeatsView:
            return SeatsView(
                seats=self._seats.seats(),
                clinics=self._seats.clinics(),
                visitors=self._exposures.visitors(),
                held=self._exposures.holding(),
                here=self._vaults(),
                now=self._clock.now(),
            )

        self._do(read, self._face.show_seats)

    def open_clinic(self, title: str, closes: str) -> None:
        """A new clinic."""
        moment = typed_moment(closes)
        if moment is None:
            self._face.show_trouble(
                Message(
                    tr("“{text}” is no day and time.", text=closes), tr("Write it like 2026-12-05 18:00.")
                )
            )
            return
        self._do(
            lambda: self._seats.open_clinic(title, moment),
            lambda made: self._after(
                tr("The clinic “{title}” is open.", title=made.title), tr("Prepare its seats now.")
            ),
        )

    def keep_open(self, clinic: Clinic) -> None:
        """Two more hours."""
        closes = max(clinic.closes, self._clock.now()) + LONGER
        self._do(
            lambda: self._seats.keep_open(clinic.id, closes),
            lambda made: self._after(
                tr("“{title}” stays open for two more hours.", title=made.title),
                tr("Each seat knows it after its next round, or from a stick."),
            ),
        )

    def prepare(self, clinic: str, count: str, folder: Path | None) -> None:
        """Make seats; their cards have to be printed at once."""
        if not count.strip().isdecimal():
            self._face.show_trouble(Message(tr("How many seats?"), tr("Type a number.")))
            return
        self._face.show_busy(tr("Making the seats: a few seconds each…"))
        number = int(count.strip()[:4])
        self._do(lambda: self._seats.prepare(clinic, number, folder), self._print)

    def renew(self, seat: VaultId, old_words: str, clinic: str) -> None:
        """Other words for a seat on this laptop."""
        if not old_words.strip():
            self._face.show_trouble(
                Message(
                    tr("The words of the old card are needed."), tr("Without the card, prepare a new seat.")
                )
            )
            return
        self._face.show_busy(tr("Changing the words…"))
        self._do(lambda: self._seats.renew(seat, old_words, clinic), lambda card: self._print((card,)))

    def assign(self, seat: Seat, name: str, *, settle: bool) -> None:
        """Give a seat to a person."""

        def done(given: Seat) -> None:
            self._after(
                tr("{seat} is given to {name}.", seat=given.name, name=" ".join(name.split())),
                tr("It reaches the others with the next round."),
            )

        self._do(lambda: self._seats.assign(seat.device, name, settle=settle), done)

    def bring(self, source: Path) -> None:
        """Move a seat from a stick onto this laptop."""
        self._do(
            lambda: self._seats.bring(source),
            lambda card: self._after(
                tr("“{name}” is on this laptop now.", name=card.name),
                tr("It stands in the list after the lock."),
            ),
        )

    def end_visit(self, visitor: Visitor) -> None:
        """Take a visitor out of a clinic."""
        told = tr("{name} reads nothing new of “{clinic}”.", name=visitor.name, clinic=visitor.clinic.title)
        self._do(
            lambda: self._exposures.end_visit(visitor.device, visitor.clinic.id),
            lambda _left: self._after(told),
        )

    def _print(self, cards: Sequence[SeatCard]) -> None:
        self._do(lambda: self._seats.print_cards(cards), self._face.show_cards, lane=Lane.PAPER)
        self._changed()
        self.begin()

    def _after(self, what: str, then: str = "") -> None:
        self._face.show_done(what, then)
        self._changed()
        self.begin()

    def _do(self, work: Callable[[], T], done: Callable[[T], None], *, lane: Lane = Lane.VAULT) -> None:
        def settled(result: T) -> None:
            self._face.show_busy("")
            done(result)

        def failed(error: Exception) -> None:
            self._face.show_busy("")
            self._face.show_trouble(message(error))

        self._tasks.run(lane, work, done=settled, failed=failed)
