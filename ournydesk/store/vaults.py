"""The vaults on this laptop, and one of them unlocked. Layer: store."""

from __future__ import annotations

import shutil
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Final

from ournydesk.crypto.kdf import POLICY, Cost, Policy, choose_cost
from ournydesk.crypto.keys import MasterKey
from ournydesk.crypto.vault_header import SealedVault
from ournydesk.domain.ids import VaultId, is_id, new_id
from ournydesk.domain.vault import Health, VaultCard
from ournydesk.errors import DeskError, NotAVault, StoreBroken, Tampered
from ournydesk.store import chains, durable, event_log, projections
from ournydesk.store.blanks import StoredBlanks
from ournydesk.store.database import Database
from ournydesk.store.folder import VaultFolder
from ournydesk.store.forms import StoredForms
from ournydesk.store.intakes import StoredIntakes
from ournydesk.store.keyring import StoredKeyring
from ournydesk.store.making import making
from ournydesk.store.membership import StoredMembership
from ournydesk.store.operations import StoredOperations
from ournydesk.store.outgoing import StoredOutgoing
from ournydesk.store.preferences import StoredPreferences

UNFINISHED: Final = ".unfinished-"


class LaptopVaults:
    """``ports.Vaults`` on a folder of vault folders, each named by its id.

    ``cost`` is what a guess at a new vault costs; measured on this laptop when not given.
    """

    def __init__(self, root: Path, *, policy: Policy = POLICY, cost: Cost | None = None) -> None:
        self._root = root
        self._policy = policy
        self._cost = cost

    def cards(self) -> tuple[VaultCard, ...]:
        """All of them by name, damaged ones with an empty name."""
        if not self._root.is_dir():
            return ()
        cards = [_card(folder) for folder in self._root.iterdir() if is_id(folder.name)]
        return tuple(sorted((card for card in cards if card), key=lambda card: (card.name, card.id)))

    def create(self, name: str, passphrase: str) -> VaultCard:
        """A new vault, proven by opening it again from the disk.

        Until the last step it stands in a folder that is not a vault's name: a desk killed half-way
        leaves nothing that looks like a vault.
        """
        card = VaultCard(id=VaultId(new_id()), name=name)
        durable.make_folder(self._root)
        unfinished = self._root / f"{UNFINISHED}{card.id}"
        with making(self._root, self._sweep):
            try:
                self._fill(VaultFolder(unfinished), card, passphrase)
                with durable.storage_errors():
                    unfinished.rename(self._root / card.id)
                    durable.sync_folder(self._root)
            except BaseException:
                shutil.rmtree(unfinished, ignore_errors=True)
                raise
        return card

    def open(self, vault: VaultId, passphrase: str) -> StoredVault:
        """Unlock one of them."""
        if not is_id(vault):
            raise NotAVault
        return open_folder(self._root / vault, passphrase, policy=self._policy, expected=vault)

    def _fill(self, folder: VaultFolder, card: VaultCard, passphrase: str) -> None:
        cost = self._cost or choose_cost(policy=self._policy)
        master = MasterKey.fresh()
        try:
            sealed = SealedVault.seal(card, passphrase, master, cost, self._policy)
            folder.make()
            key = master.database_key()
            try:
                Database.create(folder.database, key).close()
            finally:
                key.forget()
            durable.write(folder.header, sealed.to_bytes())
        finally:
            master.forget()
        open_folder(folder.path, passphrase, policy=self._policy).close()
        with durable.storage_errors():
            durable.sync_folder(folder.path)

    def _sweep(self) -> None:
        """Remove what a killed :meth:`create` left; nobody was told that it was a vault."""
        for folder in self._root.glob(f"{UNFINISHED}*"):
            shutil.rmtree(folder, ignore_errors=True)


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
        known = ((op_id, self.operations.get(op_id)) for op_id in mirrored - waiting)
        self.outgoing.remove([op_id for op_id, one in known if one is not None and one.n is not None])

    def change_passphrase(self, old: str, new: str, *, cost: Cost | None = None) -> None:
        """Seal the vault under other words, and at another cost when one is given.

        The new header stands beside the old one and is proven from the disk before it takes its
        place; until then the old words open the vault, afterwards only the new ones.
        """
        sealed = self._folder.sealed()
        if sealed.card.id != self.card.id:
            raise Tampered("vault.header", why="other")
        master = sealed.open(old, self._policy)
        try:
            other = SealedVault.seal(self.card, new, master, cost or sealed.cost, self._policy)
            draft = durable.write_draft(self._folder.header, other.to_bytes())
            proven = SealedVault.from_bytes(draft.read_bytes()).open(new, self._policy)
            if proven != master:
                raise Tampered(what="header")
            proven.forget()
        finally:
            master.forget()
        durable.put_in_place(draft, self._folder.header)

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

    def rebuild(self) -> None:
        """Write all projections anew from the events, and all chains from the operations."""
        with self.together():
            projections.rebuild(self._database)
            chains.rebuild(self._database)

    def close(self) -> None:
        """Close the database. SQLCipher overwrites its keys; ours are gone since the unlock."""
        self._database.close()


def _card(path: Path) -> VaultCard | None:
    try:
        card = VaultFolder.at(path).sealed().card
    except NotAVault:
        return None
    except (DeskError, OSError):
        card = None
    return card if card and card.id == path.name else VaultCard(id=VaultId(path.name), name="")
