"""The seats of a team's clinics, put together. Layer: bootstrap."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ournydesk.clock import Clock
from ournydesk.crypto.passphrase import WordBook
from ournydesk.domain.documents import Printout
from ournydesk.domain.ids import VaultId
from ournydesk.domain.operations import DeviceId
from ournydesk.domain.seats import Seat, SeatCard, SeatState
from ournydesk.domain.team import Clinic
from ournydesk.domain.vault import VaultCard
from ournydesk.errors import BadInput
from ournydesk.ports import OpenVault, Vaults
from ournydesk.services import founding, publishing, seating, seats
from ournydesk.store.moving import bring
from ournydesk.store.vaults import LaptopVaults

VaultsIn = Callable[[Path], Vaults]


@dataclass(slots=True)
class LaptopSeats:
    """``ui.desk.SeatDesk`` on the vault that is open now. ``here`` is this laptop's folder of vaults."""

    vault: Callable[[], OpenVault]
    words: WordBook
    clock: Clock
    here: Path
    vaults_in: VaultsIn = LaptopVaults

    def seats(self) -> tuple[Seat, ...]:
        """Every seat, by clinic."""
        return seating.all_seats(self.vault())

    def clinics(self) -> tuple[Clinic, ...]:
        """The clinics of the team, the one that closes last first."""
        return publishing.clinics(self.vault())

    def open_clinic(self, title: str, closes: datetime) -> Clinic:
        """A new clinic day. Raises BadInput for one without a name, or that is over already."""
        name = " ".join(title.split())
        if not name or not name.isprintable() or len(name) > seats.LONGEST_PERSON:
            raise BadInput("A clinic needs a name: its place, and the day if there are several.")
        if closes <= self.clock.now():
            raise BadInput("A clinic has to close later than now.")
        return founding.open_clinic(name, closes, vault=self.vault(), clock=self.clock)

    def keep_open(self, clinic: str, closes: datetime) -> Clinic:
        """Another end for a clinic. Raises BadInput."""
        return founding.keep_open(self.clinic(clinic), closes, vault=self.vault(), clock=self.clock)

    def clinic(self, wanted: str) -> Clinic:
        """A clinic by its id or its title. Raises BadInput."""
        known = {clinic.id: clinic for clinic in self.clinics()}
        return known[wanted] if wanted in known else seats.clinic_called(wanted, vault=self.vault())

    def prepare(self, clinic: str, count: int, folder: Path | None) -> tuple[SeatCard, ...]:
        """Make seats in a folder, or on this laptop; their cards, which nothing else holds.

        What was made is removed again where it did not come to an end: nobody knows its words.
        """
        root = self.here if folder is None else folder
        vaults = self.vaults_in(root)
        before = {card.id for card in vaults.cards()}
        try:
            return seats.prepare(
                self.clinic(clinic),
                count,
                vault=self.vault(),
                vaults=vaults,
                words=self.words,
                clock=self.clock,
            )
        except BaseException:
            for card in vaults.cards():
                if card.id not in before:
                    shutil.rmtree(root / card.id, ignore_errors=True)
            raise

    def renew(self, seat: VaultId, old_words: str, clinic: str, folder: Path | None = None) -> SeatCard:
        """Other words and another clinic for a seat on this laptop or in a folder; its new card."""
        return seats.renew(
            seat,
            old_words,
            self.clinic(clinic),
            vault=self.vault(),
            vaults=self.vaults_in(self.here if folder is None else folder),
            words=self.words,
            clock=self.clock,
        )

    def assign(self, device: DeviceId, name: str, *, settle: bool) -> Seat:
        """Give a seat to a person; works offline."""
        return seats.assign(device, name, settle=settle, vault=self.vault(), clock=self.clock)

    def asks_who(self) -> bool:
        """Whether this is a seat where nobody said today who sits here."""
        return not seating.sat_today(self.vault(), self.clock)

    def own_seat(self) -> Seat | None:
        """This desk as a seat."""
        return seating.own_seat(self.vault())

    def sit_down(self, name: str) -> None:
        """Who sits here from now on."""
        seats.sit_down(name, vault=self.vault(), clock=self.clock)

    def print_cards(self, cards: Sequence[SeatCard]) -> Printout:
        """The cards as pages."""
        from forms.paper import seat_cards  # noqa: PLC0415 - PDF libraries are loaded when a page is set

        return seat_cards.printout(cards, self.clock.now().astimezone())

    def bring(self, source: Path) -> VaultCard:
        """Move a seat's folder from a stick onto this laptop."""
        return bring(source, self.here)

    def find(self, wanted: str) -> Seat:
        """A seat by ``3``, ``Seat 3`` or the beginning of its id; of the clinics that are still open first.

        Raises BadInput where none or several fit.
        """
        now = self.clock.now()
        text = wanted.strip().casefold().removeprefix("seat").strip()
        fits = [
            seat
            for seat in self.seats()
            if str(seat.number) == text or (len(text) >= 6 and seat.device.startswith(text))
        ]
        ready = [seat for seat in fits if seat.state(now) in (SeatState.PREPARED, SeatState.ASSIGNED)]
        found = ready or fits
        if len(found) == 1:
            return found[0]
        if not found:
            raise BadInput(f"There is no seat “{wanted}” in this team. See: ournydesk team seats list")
        ids = ", ".join(seat.device[:6] for seat in found)
        raise BadInput(f"Several seats are called “{wanted}”. Give the beginning of one's id instead: {ids}.")
