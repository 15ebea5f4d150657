"""What a recovery kit is tried on: folders of sealed operations, sticks, invites, a server's backup.

Layer: bootstrap. Files are told apart by how they begin; what is nothing of ours is counted and left alone.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ournydesk.errors import BadInput
from ournydesk.services.recovered import Brought, sort

SQLITE: Final = b"SQLite format 3\0"
MOST_FILE: Final = 512 * 1024 * 1024
_MEMBERS: Final = "SELECT entry FROM members WHERE team = ? ORDER BY mseq"
_OPERATIONS: Final = "SELECT envelope FROM operations WHERE team = ? ORDER BY n"


@dataclass(slots=True)
class Sources:
    """What was read from the files that were named."""

    brought: list[Brought] = field(default_factory=list)
    files: int = 0
    """How many held something."""
    torn: list[str] = field(default_factory=list)
    """Names of files that began like ours and are not whole."""


def gather(paths: Sequence[Path], team: str) -> Sources:
    """Read files, and folders with everything below them. Raises BadInput for one that is not there."""
    sources = Sources()
    for path in _files(paths):
        try:
            found = _read(path, team)
        except BadInput:
            sources.torn.append(path.name)
            continue
        except OSError as error:
            raise BadInput(f"{path} cannot be read: {(error.strerror or '').lower()}.") from error
        if found is not None:
            sources.brought.append(found)
            sources.files += 1
    return sources


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            # A link could lead out of what the person named, or round in a circle.
            for folder, _, names in sorted(os.walk(path)):
                yield from (file for name in sorted(names) if (file := Path(folder, name)).is_file())
        elif path.is_file():
            yield path
        else:
            raise BadInput(f"There is no file or folder {path}.")


def _read(path: Path, team: str) -> Brought | None:
    with path.open("rb") as file:
        first = file.read(len(SQLITE))
        if first == SQLITE:
            return _server(path, team)
        if not first.startswith(b"ourny-") or path.stat().st_size > MOST_FILE:
            return None
        return sort(first + file.read())


def _server(path: Path, team: str) -> Brought | None:
    """What a server keeps of one team, read without changing the file; None for any other database."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            entries = tuple(bytes(row[0]) for row in database.execute(_MEMBERS, (team,)))
            operations = tuple(bytes(row[0]) for row in database.execute(_OPERATIONS, (team,)))
    except sqlite3.Error:
        return None
    return Brought(entries=entries, operations=operations) if entries else None
