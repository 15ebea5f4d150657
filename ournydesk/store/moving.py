"""A vault's folder from a stick onto this laptop. Layer: store.

It is moved, never copied: a desk that exists twice signs two histories, and is shut out for it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ournydesk.domain.vault import VaultCard
from ournydesk.errors import BadInput, NotAVault
from ournydesk.store import durable
from ournydesk.store.folder import VaultFolder

MOST_BYTES: Final = 512 * 1024 * 1024
FOLDERS: Final = ("blobs", "outgoing")
FILES: Final = ("data.db", "vault.json")
"""Nothing else of a folder is taken; the header last, so that half a copy is no vault."""


def bring(source: Path, root: Path) -> VaultCard:
    """Move a vault that no window has open into the folder of vaults; its card.

    Raises NotAVault, BadInput for one that is here already or cannot be taken from where it was,
    StoreBroken when the disk does not take it: then it is still where it was.
    """
    if source.is_symlink() or not (source / "vault.json").is_file():
        raise NotAVault
    card = VaultFolder(source).sealed().card
    target, unfinished = root / card.id, root / f".unfinished-{card.id}"
    if target.exists():
        raise BadInput(f"“{card.name}” is on this laptop already. Use that one, and delete the other folder.")
    durable.make_folder(root)
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        VaultFolder(unfinished).make()
        for path in _parts(source):
            durable.write(unfinished / path.relative_to(source), _read(path))
        with durable.storage_errors():
            unfinished.rename(target)
            durable.sync_folder(root)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    _take_away(source, card)
    return card


def _parts(source: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        inside = source / folder
        if inside.is_dir():
            yield from sorted(path for path in inside.iterdir() if path.is_file() and not path.is_symlink())
    yield from (source / name for name in FILES)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput(f"{path.name} in that folder is longer than such a file can be.")
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path.name} in that folder cannot be read: {error.strerror}.") from error


def _take_away(source: Path, card: VaultCard) -> None:
    try:
        (source / "vault.json").unlink()
        shutil.rmtree(source)
    except OSError as error:
        raise BadInput(
            f"“{card.name}” is on this laptop now. Delete the folder {source.name} before anybody "
            "uses it: it could not be removed."
        ) from error
