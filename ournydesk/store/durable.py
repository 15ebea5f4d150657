"""Files that are whole or absent, whatever happens half-way. Layer: store.

Temporary file, fsync, rename, fsync of the folder; for the owner's eyes only.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from ournydesk.errors import StoreBroken

PRIVATE_FILE: Final = 0o600
PRIVATE_FOLDER: Final = 0o700


def write(path: Path, content: bytes) -> None:
    """Put a file in place, whole, on the disk when this returns. Raises StoreBroken."""
    put_in_place(write_draft(path, content), path)


def write_all(files: Mapping[Path, bytes]) -> None:
    """Put many files in place, each whole, all on the disk when this returns. Raises StoreBroken.

    All are written before the first is waited for, so that the disk takes them together; their folders'
    names are brought there once.
    """
    with storage_errors():
        with ExitStack() as opened:
            written = []
            for path, content in files.items():
                written.append(_draft(path, content))
                opened.callback(os.close, written[-1])
            for handle in written:
                os.fsync(handle)
        for path in files:
            _draft_of(path).replace(path)
        for folder in {path.parent for path in files}:
            sync_folder(folder)


def write_draft(path: Path, content: bytes) -> Path:
    """The same without the last step: ``<name>.new`` beside it, on the disk, ready to be renamed."""
    with storage_errors():
        handle = _draft(path, content)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    return _draft_of(path)


def _draft_of(path: Path) -> Path:
    return path.with_name(path.name + ".new")


def _draft(path: Path, content: bytes) -> int:
    """Write a draft; the open file, whose bytes are not on the disk yet."""
    draft = _draft_of(path)
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(handle, rest) :]
    except BaseException:
        os.close(handle)
        raise
    return handle


def put_in_place(draft: Path, path: Path) -> None:
    """Rename a draft, its bytes on the disk first, so that at any moment one of the two is whole."""
    with storage_errors():
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(path.parent)


def make_folder(path: Path) -> None:
    """A folder only its owner can look into; parents as needed."""
    with storage_errors():
        path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)


def sync_folder(path: Path) -> None:
    """Bring the names in a folder to the disk; where the system cannot (Windows), it needs no help."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def storage_errors() -> Iterator[None]:
    """Turn what the file system says into StoreBroken, with the reason as a fact."""
    try:
        yield
    except OSError as error:
        code = "store.full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "store.write"
        raise StoreBroken(code, why=errno.errorcode.get(error.errno or 0, "")) from error
