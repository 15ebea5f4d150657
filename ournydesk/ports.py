"""What the services ask for, and nothing about who answers. Layer: ports, Protocols only.

``ournydesk.store`` and ``ournydesk.crypto`` answer in the desk, ``tests.fakes`` in tests; the suites
in ``tests/contracts`` run on both. A vault and all it hands out belong to the thread that opened it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    # Types only: who asks for little does not load what the rest is made of.
    from ournydesk.crypto.grants import SealingKey
    from ournydesk.crypto.operations import RecordKey
    from ournydesk.crypto.signing import SigningKey
    from ournydesk.domain.answers import AnswerEvent, Answers
    from ournydesk.domain.attachments import BlobId
    from ournydesk.domain.documents import BlankCard
    from ournydesk.domain.form_version import FormVersion
    from ournydesk.domain.ids import IntakeId, VaultId
    from ournydesk.domain.intake import IntakeHead, IntakeRow, Progress
    from ournydesk.domain.operations import DeviceId, Head, OpId, RecordId
    from ournydesk.domain.oplog import Standing, StoredOperation, WireCounts
    from ournydesk.domain.team import Identity
    from ournydesk.domain.vault import Health, VaultCard
    from ournydesk.ports_attached import Attachments


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """What this desk wrote to an intake since it was last sealed into an operation."""

    head: IntakeHead
    first: bool
    """Whether nothing of the intake was sealed before."""
    events: tuple[AnswerEvent, ...]
    progress: Progress | None
    """The last count among them, None when there is none."""
    through: int
    """Number of the last local event, for :meth:`Intakes.mark_sealed`."""
    at: datetime


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

    def pending(self, intake: IntakeId) -> Pending:
        """What was not sealed yet. Raises Refused("refused.unknown_intake")."""
        ...

    def unsealed(self) -> tuple[IntakeId, ...]:
        """Intakes of this desk with anything not sealed yet, those without consent included."""
        ...

    def mark_sealed(self, intake: IntakeId, through: int) -> None:
        """Local events up to this number are in an operation now."""
        ...

    def receive(
        self,
        head: IntakeHead,
        events: Sequence[AnswerEvent],
        progress: Progress | None,
        at: datetime,
        origin: OpId,
    ) -> None:
        """Take in what another desk's operation comes to; starts the intake when it is not here yet.

        The form version need not be on the shelf yet. What is taken in is never sealed again.
        """
        ...

    def mark_handed_over(self, intake: IntakeId) -> None:
        """Its author gave it to the legal team."""
        ...

    def handed_over(self) -> tuple[IntakeId, ...]:
        """Those marked so that were not purged since."""
        ...

    def purge(self, intake: IntakeId, at: datetime) -> None:
        """Remove every answer and event but the head; the row stays and says that it was purged."""
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


class Membership(Protocol):
    """Who this desk is, and its copy of the team's signed log."""

    def identity(self) -> Identity | None:
        """Who this desk is; None before it founded or asked to join a team."""
        ...

    def adopt(self, identity: Identity) -> None:
        """Be this from now on; replaces what was there (asking, joined, another server address)."""
        ...

    def entries(self) -> tuple[bytes, ...]:
        """The verified log from its first entry."""
        ...

    def extend(self, entries: Sequence[bytes]) -> None:
        """Add entries the caller verified, in order, behind those that are there."""
        ...

    def confirmed(self) -> int:
        """How many entries the server is known to hold."""
        ...

    def confirm(self, entries: int) -> None:
        """The server holds the first ``entries`` of them."""
        ...


class Keyring(Protocol):
    """The secret keys of this desk. They never leave the vault."""

    def keep_device(self, sign: SigningKey, seal: SealingKey) -> None:
        """This desk's own keys; kept once, never replaced."""
        ...

    def signing(self) -> SigningKey:
        """The desk's signature key. Raises Refused("refused.no_team")."""
        ...

    def sealing(self) -> SealingKey:
        """The desk's key for what is sealed to it. Raises Refused("refused.no_team")."""
        ...

    def keep_group(self, group: str, epoch: int, key: SealingKey) -> None:
        """The private half of a group's key in one epoch."""
        ...

    def group(self, group: str, epoch: int) -> SealingKey | None:
        """That key, None when this desk does not hold it."""
        ...

    def keep_record(self, record: RecordId, version: int, key: RecordKey) -> None:
        """The key of a record."""
        ...

    def record(self, record: RecordId, version: int) -> RecordKey | None:
        """That key, None when this desk does not hold it."""
        ...

    def newest(self, record: RecordId) -> tuple[int, RecordKey] | None:
        """The highest version of a record's key that this desk holds."""
        ...

    def forget_record(self, record: RecordId) -> None:
        """Drop every version of a record's key."""
        ...


class OperationLog(Protocol):
    """Every operation this desk holds, and how far the team's log was followed."""

    def add(self, operation: StoredOperation) -> bool:
        """Keep an operation; False when it was here already, which then changes nothing."""
        ...

    def get(self, op_id: OpId) -> StoredOperation | None:
        """One of them."""
        ...

    def of_record(self, record: RecordId) -> tuple[StoredOperation, ...]:
        """All of a record that are APPLIED, by device and place in its chain."""
        ...

    def with_standing(self, *standings: Standing) -> tuple[StoredOperation, ...]:
        """All with one of these standings, by arrival."""
        ...

    def high(self, device: DeviceId) -> tuple[int, OpId]:
        """The end of a device's chain as far as it is here without a gap; (0, NO_OP) before it starts."""
        ...

    def rival(self, device: DeviceId, dseq: int, op_id: OpId) -> OpId | None:
        """Another operation at the same place of a device's chain: the device signed two histories."""
        ...

    def unacknowledged(self, reader: DeviceId) -> tuple[StoredOperation, ...]:
        """APPLIED operations of other desks that change a record and that no reader signed for yet."""
        ...

    def heard(self) -> Mapping[DeviceId, datetime]:
        """When the newest operation of every device arrived."""
        ...

    def refill(self, op_id: OpId, envelope: bytes) -> None:
        """Take back the bytes of an operation that were dropped because they were not for this desk."""
        ...

    def readers(self) -> tuple[tuple[RecordId, DeviceId], ...]:
        """Which desks signed that they opened which records, each once."""
        ...

    def settle(self, op_id: OpId, standing: Standing, why: str = "", payload: bytes = b"") -> None:
        """Change what was done with an operation."""
        ...

    def outbox(
        self, most_ops: int, most_bytes: int, *, behind: OpId | None = None, box: str = ""
    ) -> tuple[StoredOperation, ...]:
        """What no server has numbered yet and may be sent (APPLIED, HELD, FOREIGN), by device and place.

        At least one when there is any, however long it is. ``behind``: only what comes after this one in
        that order; ``box``: only what this relay was not given.
        """
        ...

    def acknowledged(self, device: DeviceId) -> int:
        """The last place of a device's chain that was re-read in the verified log; 0 for none."""
        ...

    def given(self, box: str, op_ids: Iterable[OpId]) -> None:
        """This relay has these."""
        ...

    def offered(self, op_ids: Iterable[OpId], at: datetime) -> None:
        """These are being sent now."""
        ...

    def carried(self, op_ids: Iterable[OpId], at: datetime) -> None:
        """A relay or a stick has these."""
        ...

    def received(self, op_ids: Iterable[OpId], at: datetime) -> None:
        """A reader signed that it opened these; those not here are remembered for when they come."""
        ...

    def follow(self, entries: Sequence[tuple[int, OpId]], head: Head) -> None:
        """The verified chain goes on with these positions and ends at ``head``."""
        ...

    def cursor(self) -> Head:
        """The last verified position and the chain's hash there; (0, "") before the first."""
        ...

    def numbered(self, since: int) -> tuple[tuple[int, OpId], ...]:
        """The verified chain behind a position, every operation of the team, ours to read or not."""
        ...

    def unnumber(self, after: int, head: Head) -> None:
        """Go back to an earlier position of the chain: the server was restored from a backup."""
        ...

    def forget_payloads(self, record: RecordId) -> None:
        """Drop what was sealed, of every operation of a record; names and chains stay."""
        ...

    def counts(self) -> WireCounts:
        """What waits and what is wrong."""
        ...


class Outgoing(Protocol):
    """Sealed operations as files beside the database: another desk can carry them without a passphrase."""

    def mirror(self, op_id: OpId, envelope: bytes) -> None:
        """Write one, durably. The same one again changes nothing."""
        ...

    def remove(self, op_ids: Iterable[OpId]) -> None:
        """These need no carrying any more."""
        ...

    def names(self) -> frozenset[OpId]:
        """What is mirrored now."""
        ...

    def mirror_part(self, blob: BlobId, part: int, content: bytes) -> None:
        """Write one sealed part of a document. The same one again changes nothing."""
        ...

    def remove_parts(self, blob: BlobId, parts: Iterable[int]) -> None:
        """These need no carrying any more."""
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

    @property
    def membership(self) -> Membership:
        """Who it is in its team, and the team's log."""
        ...

    @property
    def keys(self) -> Keyring:
        """Its secret keys."""
        ...

    @property
    def operations(self) -> OperationLog:
        """Its signed operations and those it received."""
        ...

    @property
    def attachments(self) -> Attachments:
        """The documents of its records."""
        ...

    @property
    def outgoing(self) -> Outgoing:
        """The mirror of what waits to be sent."""
        ...

    def together(self) -> AbstractContextManager[None]:
        """All that is written inside, or none of it: one transaction around several calls."""
        ...

    def backup(self, target: Path) -> None:
        """Write the vault as one encrypted file, without the keys that make it this desk."""
        ...

    def change_passphrase(self, old: str, new: str, *, name: str = "") -> None:
        """Seal the vault under other words and prove it before the old ones stop working.

        ``name``: what it is called on the unlock screen from now on; empty leaves it.

        Raises WrongPassphrase when ``old`` does not open it.
        """
        ...

    def prove(self, passphrase: str) -> None:
        """Raise WrongPassphrase unless these words open this vault. Takes about a second."""
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

    def restore(self, bundle: Path, passphrase: str) -> VaultCard:
        """A vault from a backup, in no team.

        Raises BadInput for a file that is none, WrongPassphrase, and Refused("refused.vault_here") while
        that very vault is on this laptop.
        """
        ...

    def open(self, vault: VaultId, passphrase: str) -> OpenVault:
        """Unlock. Takes about a second.

        Raises WrongPassphrase, AlreadyOpen, NotAVault, Tampered, StoreBroken, or
        Refused("refused.newer") for a vault of a later desk.
        """
        ...
