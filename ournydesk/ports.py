"""What the services ask for, and nothing about who answers. Layer: ports, Protocols only.

``ournydesk.store`` and ``ournydesk.crypto`` answer in the desk, ``tests.fakes`` in tests; the suites
in ``tests/contracts`` run on both. A vault and all it hands out belong to the thread that opened it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from ournydesk.domain.answers import AnswerEvent, Answers
from ournydesk.domain.documents import BlankCard
from ournydesk.domain.form_version import FormVersion
from ournydesk.domain.ids import IntakeId, VaultId
from ournydesk.domain.intake import IntakeHead, IntakeRow, Progress
from ournydesk.domain.vault import Health, VaultCard


class Words(Protocol):
    """The word list, and what makes a passphrase good enough."""

    def generate(self) -> tuple[str, ...]:
        """Six fresh words."""
        ...

    def known(self, word: str) -> bool:
        """Whether a word is on the public list. Fast; any thread."""
        ...

    def check(self, passphrase: str) -> None:
        """Raise Refused("refused.passphrase") with ``why`` when it is too easy to guess."""
        ...


class Intakes(Protocol):
    """The intakes of an open vault. What a method wrote is on the disk when it returns."""

    def rows(self) -> tuple[IntakeRow, ...]:
        """All intakes, the last changed first."""
        ...

    def row(self, intake: IntakeId) -> IntakeRow:
        """One of them. Raises Refused("refused.unknown_intake")."""
        ...

    def answers(self, intake: IntakeId) -> Answers:
        """What was answered so far. Raises Refused("refused.unknown_intake")."""
        ...

    def next_ticket(self) -> int:
        """One more than the highest ticket in the vault; 1 in an empty one."""
        ...

    def start(self, head: IntakeHead) -> None:
        """A new intake. Raises Refused("refused.unknown_form") unless its form version is on the shelf."""
        ...

    def append(
        self, intake: IntakeId, events: Sequence[AnswerEvent], progress: Progress, at: datetime
    ) -> None:
        """Add events and what they come to, in one transaction. Nothing to add changes nothing."""
        ...

    def destroy(self, intake: IntakeId, tally: str) -> None:
        """Remove an intake with everything it left, and count it under ``tally``."""
        ...

    def tally(self, name: str) -> int:
        """How many were counted under a name."""
        ...


class FormShelf(Protocol):
    """Every form version an intake of this vault was started with."""

    def keep(self, form: FormVersion) -> None:
        """Put a version on the shelf; the same one again changes nothing.

        Raises Refused("refused.form_changed") when its XForm is known with other files.
        """
        ...

    def version(self, form_hash: str) -> FormVersion:
        """A version by its hash. Raises Refused("refused.unknown_form")."""
        ...


class Blanks(Protocol):
    """The agency's blank PDFs, imported and checked, the last one of each form."""

    def keep(self, card: BlankCard, pdf: bytes, at: datetime) -> BlankCard:
        """Keep a blank in place of the one before; the card with the time it was imported."""
        ...

    def cards(self) -> tuple[BlankCard, ...]:
        """All of them, by form."""
        ...

    def pdf(self, form: str) -> bytes | None:
        """The bytes of a form's blank, None when it was not imported."""
        ...


class Preferences(Protocol):
    """What a person set in this vault: names to short texts."""

    def get(self, name: str, default: str = "") -> str:
        """What was set, or the default."""
        ...

    def set(self, name: str, value: str) -> None:
        """Set it."""
        ...


class OpenVault(Protocol):
    """An unlocked vault. Close it to lock."""

    @property
    def card(self) -> VaultCard:
        """Which vault this is."""
        ...

    @property
    def intakes(self) -> Intakes:
        """Its intakes."""
        ...

    @property
    def forms(self) -> FormShelf:
        """Its form versions."""
        ...

    @property
    def blanks(self) -> Blanks:
        """Its agency blanks."""
        ...

    @property
    def preferences(self) -> Preferences:
        """Its settings."""
        ...

    def change_passphrase(self, old: str, new: str) -> None:
        """Seal the vault under other words and prove it before the old ones stop working.

        Raises WrongPassphrase when ``old`` does not open it.
        """
        ...

    def check(self) -> Health:
        """Read everything: authentication of every page, and projections against events."""
        ...

    def rebuild(self) -> None:
        """Write all projections anew from the events."""
        ...

    def close(self) -> None:
        """Close the database and drop the keys. Closing twice is harmless."""
        ...


class Vaults(Protocol):
    """The vaults on this laptop, side by side; none can read another."""

    def cards(self) -> tuple[VaultCard, ...]:
        """All of them by name, damaged ones included (their name is then empty)."""
        ...

    def create(self, name: str, passphrase: str) -> VaultCard:
        """A new vault, proven by opening it again from the disk before this returns."""
        ...

    def open(self, vault: VaultId, passphrase: str) -> OpenVault:
        """Unlock. Takes about a second.

        Raises WrongPassphrase, AlreadyOpen, NotAVault, Tampered, StoreBroken, or
        Refused("refused.newer") for a vault of a later desk.
        """
        ...
