"""What the screens ask of the desk behind them. Layer: ui; the composition root satisfies it.

Every method may raise a DeskError. Unless it says otherwise a method is called on the vault's lane,
never on the GUI thread: unlocking takes a second, a disk may take longer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from ournydesk.domain.answers import AnswerEvent
from ournydesk.domain.documents import BlankCard, PageImage, Printout
from ournydesk.domain.ids import IntakeId, VaultId
from ournydesk.domain.intake import IntakeRow, Progress
from ournydesk.domain.vault import VaultCard
from ournydesk.services.intakes import OpenedIntake


@dataclass(frozen=True, slots=True, kw_only=True)
class FormChoice:
    """A form that can be started, and the languages a client may hear it in."""

    id: str
    title: str
    languages: tuple[str, ...]


class Desk(Protocol):
    """One laptop's desk: its vaults, and the one that is open."""

    def vaults(self) -> tuple[VaultCard, ...]:
        """The vaults on this laptop."""
        ...

    def new_words(self) -> tuple[str, ...]:
        """Six fresh words. GUI thread allowed."""
        ...

    def word_known(self, word: str) -> bool:
        """Whether a word is on the public list. Fast; GUI thread allowed."""
        ...

    def create_vault(self, name: str, passphrase: str) -> VaultCard:
        """A new vault, proven by reopening it."""
        ...

    def unlock(self, vault: VaultId, passphrase: str) -> None:
        """Open a vault; a lane's thread owns it until :meth:`lock`."""
        ...

    def lock(self) -> None:
        """Close the open vault and drop its keys. Locking twice is harmless."""
        ...

    def form_choices(self) -> tuple[FormChoice, ...]:
        """The forms of the library."""
        ...

    def intakes(self) -> tuple[IntakeRow, ...]:
        """The open vault's intakes, the last changed first."""
        ...

    def start_intake(self, form: str, language: str) -> IntakeId:
        """A new intake with the next ticket number."""
        ...

    def open_intake(self, intake: IntakeId) -> OpenedIntake:
        """An intake as it was last saved."""
        ...

    def record(self, intake: IntakeId, events: Sequence[AnswerEvent], progress: Progress) -> datetime:
        """Save events; they are on the disk when this returns."""
        ...

    def decline(self, intake: IntakeId) -> int:
        """The client said no: destroy the draft; how many have said no so far."""
        ...

    def blank(self, form_id: str) -> BlankCard | None:
        """The agency's blank for an intake form, when it was imported."""
        ...

    def import_blank(self, path: Path) -> BlankCard:
        """Check a blank and keep it."""
        ...

    def official(self, intake: IntakeId) -> Printout:
        """The agency's form, filled."""
        ...

    def packet(self, intake: IntakeId) -> Printout:
        """The packet in two languages."""
        ...

    def page(self, pdf: bytes, index: int, scale: float) -> PageImage:
        """One page as a picture, 72 dpi times ``scale``. Called on the paper lane."""
        ...
