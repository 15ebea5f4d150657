"""What the screens of seats and of shutting out ask of the desk behind them. Layer: ui.

Every method may raise a DeskError and is called on the vault's lane; ``print_cards`` and ``print_list`` on
the paper lane.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from ournydesk.domain.documents import Printout
    from ournydesk.domain.exposure import Exposure
    from ournydesk.domain.ids import IntakeId, VaultId
    from ournydesk.domain.operations import DeviceId
    from ournydesk.domain.seats import Seat, SeatCard
    from ournydesk.domain.team import Clinic
    from ournydesk.domain.vault import VaultCard
    from ournydesk.domain.withdrawal import Withdrawal
    from ournydesk.services.visiting import Visitor


class SeatDesk(Protocol):
    """Seats: made ready at home, given away at the door, closed after the clinic."""

    def seats(self) -> tuple[Seat, ...]:
        """Every seat of the team, by clinic."""
        ...

    def clinics(self) -> tuple[Clinic, ...]:
        """The clinics, the one that closes last first."""
        ...

    def open_clinic(self, title: str, closes: datetime) -> Clinic:
        """A new clinic day. Raises BadInput."""
        ...

    def keep_open(self, clinic: str, closes: datetime) -> Clinic:
        """Another end for a clinic."""
        ...

    def prepare(self, clinic: str, count: int, folder: Path | None) -> tuple[SeatCard, ...]:
        """Make seats in a folder, or on this laptop. Their words are in what this returns, nowhere else."""
        ...

    def renew(self, seat: VaultId, old_words: str, clinic: str) -> SeatCard:
        """Other words and another clinic for a seat on this laptop. Raises WrongPassphrase."""
        ...

    def assign(self, device: DeviceId, name: str, *, settle: bool) -> Seat:
        """Give a seat to a person; works offline."""
        ...

    def asks_who(self) -> bool:
        """Whether the open vault is a seat where nobody said today who sits here."""
        ...

    def own_seat(self) -> Seat | None:
        """The open vault as a seat."""
        ...

    def sit_down(self, name: str) -> None:
        """Who sits here from now on."""
        ...

    def print_cards(self, cards: Sequence[SeatCard]) -> Printout:
        """The cards as pages."""
        ...

    def bring(self, source: Path) -> VaultCard:
        """Move a seat's folder from a stick onto this laptop."""
        ...


class ExposureDesk(Protocol):
    """What other desks could open, and shutting them out."""

    def exposure(self, device: DeviceId) -> Exposure:
        """What one desk could open."""
        ...

    def holding(self) -> Mapping[DeviceId, int]:
        """How many records each desk wrote that it did not let go of yet."""
        ...

    def revoke(self, device: DeviceId) -> Exposure:
        """Shut a desk out; what it could open."""
        ...

    def print_list(self, found: Exposure) -> Printout:
        """What was on that laptop as pages."""
        ...

    def write_table(self, found: Exposure, target: Path) -> None:
        """The same as a table for a spreadsheet."""
        ...

    def who_has(self, intake: IntakeId) -> Withdrawal:
        """Who has a record by now, should its client take the yes back."""
        ...

    def take_back(self, intake: IntakeId) -> Withdrawal:
        """Tell everyone who reads it. Raises Refused("refused.purged")."""
        ...

    def visitors(self) -> tuple[Visitor, ...]:
        """Who reads one clinic only."""
        ...

    def end_visit(self, device: DeviceId, clinic: str) -> tuple[Visitor, ...]:
        """Take a visitor out of a clinic; who still visits one."""
        ...
