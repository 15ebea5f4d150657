"""The vaults on this laptop: listed, made, unlocked. Layer: store.

The unlock screen lists them before anything else is there: what opens one is loaded with the first unlock.
"""
# ruff: noqa: PLC0415 - see the docstring

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ournydesk.crypto.kdf import POLICY, Cost, Policy
from ournydesk.crypto.vault_header import SealedVault
from ournydesk.domain.ids import VaultId, is_id, new_id
from ournydesk.domain.vault import VaultCard
from ournydesk.errors import DeskError, NotAVault, Refused
from ournydesk.store import durable
from ournydesk.store.folder import VaultFolder

if TYPE_CHECKING:
    from ournydesk.store.opened import StoredVault

UNFINISHED: Final = ".unfinished-"


class LaptopVaults:
    """``ports.Vaults`` on a folder of vault folders, each named by its id.

    ``cost`` is what a guess at a new vault costs; measured on this laptop when not given.
    """

    def __init__(self, root: Path, *, policy: Policy = POLICY, cost: Cost | None = None) -> None:
        self._root = root
        self._policy = policy
        self._cost = cost

    def beside(self, root: Path) -> LaptopVaults:
        """The vaults in another folder, made at the same cost."""
        return LaptopVaults(root, policy=self._policy, cost=self._cost)

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
        from ournydesk.store.making import making

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
        from ournydesk.store.opened import open_folder

        return open_folder(self._root / vault, passphrase, policy=self._policy, expected=vault)

    def restore(self, bundle: Path, passphrase: str) -> VaultCard:
        """A vault from a backup, proven by these words; the file stays as it is."""
        from ournydesk.store import backup
        from ournydesk.store.making import making
        from ournydesk.store.opened import restore

        card = SealedVault.from_bytes(backup.header(bundle)).card
        if (self._root / card.id).exists():
            raise Refused("refused.vault_here", name=card.name)
        durable.make_folder(self._root)
        unfinished = self._root / f"{UNFINISHED}{card.id}"
        with making(self._root, self._sweep):
            try:
                restore(bundle, VaultFolder(unfinished), passphrase, policy=self._policy)
                with durable.storage_errors():
                    unfinished.rename(self._root / card.id)
                    durable.sync_folder(self._root)
            except BaseException:
                shutil.rmtree(unfinished, ignore_errors=True)
                raise
        return card

    def _fill(self, folder: VaultFolder, card: VaultCard, passphrase: str) -> None:
        from ournydesk.store.opened import fill

        fill(folder, card, passphrase, cost=self._cost, policy=self._policy)

    def _sweep(self) -> None:
        """Remove what a killed :meth:`create` left; nobody was told that it was a vault."""
        for folder in self._root.glob(f"{UNFINISHED}*"):
            shutil.rmtree(folder, ignore_errors=True)


def _card(path: Path) -> VaultCard | None:
    try:
        card = VaultFolder.at(path).sealed().card
    except NotAVault:
        return None
    except (DeskError, OSError):
        card = None
    return card if card and card.id == path.name else VaultCard(id=VaultId(path.name), name="")
