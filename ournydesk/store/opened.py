"""One vault: its folder filled, unlocked, and what it is while it is open. Layer: store."""

from __future__ import annotations

from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from pathlib import Path

from ournydesk.crypto.kdf import POLICY, Cost, Policy, choose_cost
from ournydesk.crypto.keys import MasterKey
from ournydesk.crypto.vault_header import SealedVault
from ournydesk.domain.ids import VaultId
from ournydesk.domain.vault import Health, VaultCard
from ournydesk.errors import StoreBroken, Tampered
from ournydesk.store import backup, chains, durable, event_log, projections
from ournydesk.store.attachments import StoredAttachments
from ournydesk.store.blanks import StoredBlanks
from ournydesk.store.database import Database
from ournydesk.store.folder import VaultFolder
from ournydesk.store.forms import StoredForms
from ournydesk.store.intakes import StoredIntakes
from ournydesk.store.keyring import StoredKeyring
from ournydesk.store.membership import StoredMembership
from ournydesk.store.operations import StoredOperations
from ournydesk.store.outgoing import StoredOutgoing
from ournydesk.store.preferences import StoredPreferences


def fill(
    folder: VaultFolder,
    card: VaultCard,
    passphrase: str,
    *,
    cost: Cost | None = None,
    policy: Policy = POLICY,
) -> None:
    """Make an empty vault in a folder and prove it by opening it from the disk.

    ``cost`` is what a guess costs; measured on this laptop when not given.
    """
    master = MasterKey.fresh()
    try:
        sealed = SealedVault.seal(card, passphrase, master, cost or choose_cost(policy=policy), policy)
        folder.make()
        key = master.database_key()
        try:
            Database.create(folder.database, key).close()
        finally:
            key.forget()
        durable.write(folder.header, sealed.to_bytes())
    finally:
        master.forget()
    open_folder(folder.path, passphrase, policy=policy).close()
    with durable.storage_errors():
        durable.sync_folder(folder.path)


def restore(bundle: Path, folder: VaultFolder, passphrase: str, *, policy: Policy = POLICY) -> None:
    """Make a vault of a backup in an empty folder, prove that the words open it, and take it out of its team.

    Raises BadInput for a file that is no backup, and what :func:`open_folder` raises.
    """
    backup.unpack(bundle, folder)
    vault = open_folder(folder.path, passphrase, policy=policy)
    try:
        vault.shed()
    finally:
        vault.close()
    with durable.storage_errors():
        durable.sync_folder(folder.path)


def open_folder(
    path: Path, passphrase: str, *, policy: Policy = POLICY, expected: VaultId | None = None
) -> StoredVault:
    """Unlock the vault in a folder. Takes about a second; the vault belongs to this thread.

    Raises Tampered("vault.header") before deriving anything when the header is that of another vault
    than the one expected.
    """
    folder = VaultFolder.at(path)
    sealed = folder.sealed()
    if expected is not None and sealed.card.id != expected:
        raise Tampered("vault.header", why="other")
    master = sealed.open(passphrase, policy)
    key = master.database_key()
    master.forget()
    try:
        database = Database.open(folder.database, key)
    finally:
        key.forget()
    try:
        folder.settle()
        if database.unclean and (pages := database.damaged_pages()):
            raise StoreBroken("store.database", why="pages", pages=pages)
    except BaseException:
        database.close()
        raise
    vault = StoredVault(folder, database, sealed.card, policy)
    # A disk without room keeps nobody out; it is tried again at the next unlock.
    with suppress(StoreBroken):
        vault.settle_outgoing()
    return vault


class StoredVault:
    """``ports.OpenVault`` on a folder."""

    def __init__(self, folder: VaultFolder, database: Database, card: VaultCard, policy: Policy) -> None:
        self._folder = folder
        self._database = database
        self._policy = policy
        self.card = card
        self.intakes = StoredIntakes(database)
        self.forms = StoredForms(database)
        self.blanks = StoredBlanks(database)
        self.preferences = StoredPreferences(database)
        self.membership = StoredMembership(database)
        self.keys = StoredKeyring(database)
        self.operations = StoredOperations(database)
        self.attachments = StoredAttachments(database)
        self.outgoing = StoredOutgoing(folder.outgoing, database.afterwards)

    def together(self) -> AbstractContextManager[None]:
        """All that is written inside, or none of it; a block inside another joins it."""
        return self._database.transaction()

    def settle_outgoing(self) -> None:
        """Finish what a killed desk left: the mirror holds what waits, whole, and nothing the server has."""
        self.outgoing.sweep()
        identity, mirrored = self.membership.identity(), self.outgoing.names()
        waiting = self.operations.waiting(identity.device) if identity else frozenset()
        for op_id in waiting - mirrored:
            operation = self.operations.get(op_id)
            if operation is not None:
                self.outgoing.mirror(op_id, operation.envelope)
        for parts in self.attachments.waiting():
            written = self.operations.get(parts.op_id)
            if identity is None or written is None or written.header.dev != identity.device:
                continue
            for number in self.attachments.unsent(parts.blob):
                content = self.attachments.part(parts.blob, number) or b""
                self.outgoing.mirror_part(parts.blob, number, content)
        known = ((op_id, self.operations.get(op_id)) for op_id in mirrored - waiting)
        self.outgoing.remove([op_id for op_id, one in known if one is not None and one.n is not None])

    @property
    def cost(self) -> Cost:
        """What one guess at this vault's words costs."""
        return self._folder.sealed().cost

    def prove(self, passphrase: str) -> None:
        """Raise WrongPassphrase unless these words open this vault."""
        self._folder.sealed().open(passphrase, self._policy).forget()

    def change_passphrase(self, old: str, new: str, *, name: str = "", cost: Cost | None = None) -> None:
        """Seal the vault under other words, and another name or at another cost when one is given.

        The new header stands beside the old one and is proven from the disk before it takes its
        place; until then the old words open the vault, afterwards only the new ones.
        """
        sealed = self._folder.sealed()
        if sealed.card.id != self.card.id:
            raise Tampered("vault.header", why="other")
        master = sealed.open(old, self._policy)
        try:
            card = replace(self.card, name=name) if name else self.card
            other = SealedVault.seal(card, new, master, cost or sealed.cost, self._policy)
            draft = durable.write_draft(self._folder.header, other.to_bytes())
            proven = SealedVault.from_bytes(draft.read_bytes()).open(new, self._policy)
            if proven != master:
                raise Tampered(what="header")
            proven.forget()
        finally:
            master.forget()
        durable.put_in_place(draft, self._folder.header)

    def backup(self, target: Path) -> None:
        """This vault as one encrypted file, without the keys that make it this desk."""
        backup.write(self._folder, self._database, target)

    def check(self) -> Health:
        """Authentication of every page, and projections against events."""
        pages = self._database.damaged_pages()
        if pages:
            return Health(intakes=0, events=0, damaged_pages=pages)
        return Health(
            intakes=len(self.intakes.rows()),
            events=event_log.count(self._database),
            differing=projections.differing(self._database),
        )

    def shed(self) -> None:
        """Leave the team: this vault came out of a backup and is no desk of it."""
        pages = self._database.damaged_pages()
        if pages:
            raise StoreBroken("store.database", why="pages", pages=pages)
        backup.shed(self._database)

    def rebuild(self) -> None:
        """Write all projections anew from the events, and all chains from the operations."""
        with self.together():
            projections.rebuild(self._database)
            chains.rebuild(self._database)

    def close(self) -> None:
        """Close the database. SQLCipher overwrites its keys; ours are gone since the unlock."""
        self._database.close()
