"""The folder of one vault: which file is where, and reading the header without losing it. Layer: store.

::

    <vault>/            0700
      vault.json        the header and the sealed master key       FORMAT.md §6
      data.db           SQLCipher                                  FORMAT.md §7
      blobs/            sealed attachments
      outgoing/         sealed operations waiting to be carried
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from ournydesk.crypto.vault_header import MOST_BYTES, SealedVault
from ournydesk.errors import NotAVault, Refused, StoreBroken
from ournydesk.store import durable


@dataclass(frozen=True, slots=True)
class VaultFolder:
    """Where the files of one vault are."""

    path: Path

    @classmethod
    def at(cls, path: Path) -> Self:
        """The vault in this folder. Raises NotAVault, or Refused for a folder that is not safely ours."""
        folder = cls(path)
        if path.is_symlink():
            raise Refused("refused.folder", why="link")
        if not path.is_dir() or not (
            folder.header.exists() or folder.database.exists() or folder.draft.exists()
        ):
            raise NotAVault
        if hasattr(os, "geteuid") and path.stat().st_uid != os.geteuid():
            raise Refused("refused.folder", why="owner")
        if not os.access(path, os.W_OK | os.X_OK):
            raise Refused("refused.folder", why="read_only")
        return folder

    @property
    def header(self) -> Path:
        """The header with the sealed master key."""
        return self.path / "vault.json"

    @property
    def draft(self) -> Path:
        """A header that was being put in place when the desk was killed."""
        return self.path / "vault.json.new"

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.path / "data.db"

    @property
    def outgoing(self) -> Path:
        """The mirror of what waits to be carried."""
        return self.path / "outgoing"

    def make(self) -> None:
        """The folder with its inner folders."""
        for folder in (self.path, self.path / "blobs", self.outgoing):
            durable.make_folder(folder)

    def sealed(self) -> SealedVault:
        """The header; the draft beside it when the header itself is gone or damaged.

        Raises StoreBroken("store.header") when neither can be read, and what ``SealedVault`` raises.
        """
        try:
            return _read(self.header)
        except StoreBroken:
            if not self.draft.exists():
                raise
            return _read(self.draft)

    def settle(self) -> None:
        """After an unlock: put a draft that had to serve in place, remove one that was never finished."""
        if not self.draft.exists():
            return
        try:
            _read(self.header)
        except StoreBroken:
            durable.put_in_place(self.draft, self.header)
        else:
            with durable.storage_errors():
                self.draft.unlink()


def _read(path: Path) -> SealedVault:
    try:
        with path.open("rb") as file:
            untrusted = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise StoreBroken("store.header", why="missing") from error
    return SealedVault.from_bytes(untrusted)
