"""Which unfinished vaults may be swept away: never one that somebody is making right now. Layer: store.

Whoever makes a vault holds a share of a lock; whoever wants to sweep must have the whole of it. The system
lets go of a share when its process ends, however it ends. Nothing of the lock is left in the folder.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from ournydesk.store import durable

SHARES: Final = 1 << 30
"""Windows locks bytes: the whole is so many, a share is any one of them."""

if sys.platform == "win32":
    import msvcrt

    def _handle(folder: Path) -> int:
        # A folder cannot be opened there, so a file of the person's own stands for it.
        name = hashlib.sha256(str(folder.resolve()).encode("utf-8")).hexdigest()
        return os.open(Path(tempfile.gettempdir()) / f"ournydesk-{name}.lock", os.O_RDWR | os.O_CREAT)

    def _take_whole(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, SHARES)

    def _give_whole(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, SHARES)

    def _take_share(handle: int) -> None:
        os.lseek(handle, secrets.randbelow(SHARES), os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)

else:
    import fcntl

    def _handle(folder: Path) -> int:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)

    def _take_whole(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _give_whole(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)

    def _take_share(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_SH)


@contextmanager
def making(folder: Path, sweep: Callable[[], None]) -> Iterator[None]:
    """Make something in a folder; before that, sweep it if nobody else is making anything there."""
    with durable.storage_errors():
        handle = _handle(folder)
    try:
        # Somebody is making a vault: what was left behind is swept another time.
        with suppress(OSError):
            _take_whole(handle)
            try:
                sweep()
            finally:
                _give_whole(handle)
        with durable.storage_errors():
            _take_share(handle)
        yield
    finally:
        os.close(handle)
