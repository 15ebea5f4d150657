"""Sealed operations as files beside the database. Layer: store.

They are what a forgotten passphrase cannot hold back: signed, sealed and named by their hash, any desk
may carry them. A file is written when the transaction that holds its operation is on the disk, never
before: an operation that was taken back must not leave a signed copy of itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from ournydesk.domain.attachments import BlobId
from ournydesk.domain.ids import is_id
from ournydesk.domain.operations import OpId
from ournydesk.store import durable

SUFFIX: Final = ".op"
PART: Final = ".part"
DRAFT: Final = ".new"
_NAME: Final = re.compile(r"[0-9a-f]{64}")


class StoredOutgoing:
    """``ports.Outgoing`` on a folder; ``afterwards`` waits until what is being written is on the disk."""

    def __init__(self, folder: Path, afterwards: Callable[[Callable[[], None]], None]) -> None:
        self._folder = folder
        self._afterwards = afterwards
        self._fresh: dict[Path, bytes] = {}

    def mirror(self, op_id: OpId, envelope: bytes) -> None:
        """Write one, durably. The same one again changes nothing."""
        self._keep(self._path(op_id), envelope)

    def remove(self, op_ids: Iterable[OpId]) -> None:
        """These need no carrying any more."""
        paths = [self._path(op_id) for op_id in op_ids]
        self._afterwards(lambda: self._unlink(paths))

    def names(self) -> frozenset[OpId]:
        """What is mirrored now."""
        if not self._folder.is_dir():
            return frozenset()
        return frozenset(
            OpId(path.stem)
            for path in self._folder.iterdir()
            if path.suffix == SUFFIX and _NAME.fullmatch(path.stem)
        )

    def mirror_part(self, blob: BlobId, part: int, content: bytes) -> None:
        """Write one sealed part of a document. The same one again changes nothing."""
        self._keep(self._path_of(blob, part), content)

    def remove_parts(self, blob: BlobId, parts: Iterable[int]) -> None:
        """These need no carrying any more."""
        paths = [self._path_of(blob, part) for part in parts]
        self._afterwards(lambda: self._unlink(paths))

    def sweep(self) -> None:
        """Remove what a killed desk began to write; the operation itself is in the database."""
        if self._folder.is_dir():
            drafts = (SUFFIX + DRAFT, PART + DRAFT)
            self._unlink([path for path in self._folder.iterdir() if path.name.endswith(drafts)])

    def _path(self, op_id: OpId) -> Path:
        if not _NAME.fullmatch(op_id):
            raise ValueError("an operation is named by 64 hexadecimal digits")
        return self._folder / f"{op_id}{SUFFIX}"

    def _path_of(self, blob: BlobId, part: int) -> Path:
        if not is_id(blob):
            raise ValueError("a document is named by 32 hexadecimal digits")
        return self._folder / f"{blob}.{part}{PART}"

    def _keep(self, path: Path, content: bytes) -> None:
        """Everything that one transaction mirrors is written together, once it is on the disk itself."""
        self._afterwards(lambda: self._fresh.update({path: content}))
        self._afterwards(self._write)

    def _write(self) -> None:
        fresh, self._fresh = self._fresh, {}
        files = {path: content for path, content in fresh.items() if not path.exists()}
        if files:
            durable.make_folder(self._folder)
            durable.write_all(files)

    def _unlink(self, paths: Iterable[Path]) -> None:
        paths = tuple(paths)
        for path in paths:
            self._fresh.pop(path, None)
        with durable.storage_errors():
            gone = [path for path in paths if path.exists()]
            for path in gone:
                path.unlink(missing_ok=True)
            if gone:
                durable.sync_folder(self._folder)
