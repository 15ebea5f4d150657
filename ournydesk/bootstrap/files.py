"""Reading and writing the files people choose. Layer: bootstrap."""

from __future__ import annotations

from pathlib import Path

from ournydesk.errors import BadInput
from ournydesk.store import durable


def read_chosen(path: Path, most: int) -> bytes:
    """What a file holds. Raises BadInput for one that cannot be read, or is longer than it may be."""
    try:
        if not path.is_file():
            raise BadInput(f"{path.name} is not a file.")
        with path.open("rb") as file:
            untrusted = file.read(most + 1)
    except OSError as error:
        raise BadInput(f"{path.name} cannot be read: {error.strerror}.") from error
    if len(untrusted) > most:
        raise BadInput(f"{path.name} is longer than such a file can be.")
    return untrusted


def write_chosen(path: Path, content: bytes) -> None:
    """Write a file whole, or not at all. Raises StoreBroken, or BadInput where there is no such folder."""
    if not path.parent.is_dir():
        raise BadInput(f"There is no folder {path.parent.name} to write into.")
    durable.write(path, content)
