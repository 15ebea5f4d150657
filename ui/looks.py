"""How the desk was last dressed, in a small file outside every seat. Layer: ui.

Text size and appearance only: somebody who reads 200 % has to read the unlock screen too. Nothing in
it is secret, nothing in it is trusted: what cannot be read is as if it were not there.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

from ui.tasks import Lane, Tasks
from ui.theme.theme import TEXT_SIZES, Theme
from ui.theme.tokens import Appearance

MOST_BYTES: Final = 1024
Write = Callable[[Path, bytes], None]


class Looks:
    """Reads and keeps the looks of one theme. ``write`` puts a file in place, whole."""

    def __init__(self, path: Path, theme: Theme, tasks: Tasks, *, write: Write) -> None:
        self._path, self._theme, self._tasks, self._write = path, theme, tasks, write
        self._kept = b""

    def recall(self) -> None:
        """Dress the theme as it was dressed last; apply it afterwards."""
        try:
            with self._path.open("rb") as file:
                untrusted = json.loads(file.read(MOST_BYTES))
        except (OSError, ValueError, RecursionError):
            return
        if not isinstance(untrusted, dict):
            return
        if untrusted.get("appearance") in {one.value for one in Appearance}:
            self._theme.appearance = Appearance(untrusted["appearance"])
        percent = untrusted.get("text_size")
        if percent in {round(scale * 100) for scale in TEXT_SIZES}:
            self._theme.scale = int(percent) / 100
        self._kept = self._told()

    def keep(self) -> None:
        """Write down how the theme is dressed now, away from the GUI thread; failing is harmless."""
        told = self._told()
        if told == self._kept:
            return
        self._kept = told
        self._tasks.run(
            Lane.VAULT,
            lambda: self._write(self._path, told),
            done=lambda _none: None,
            failed=lambda _error: None,
        )

    def _told(self) -> bytes:
        looks = {"appearance": self._theme.appearance.value, "text_size": round(self._theme.scale * 100)}
        return json.dumps(looks).encode() + b"\n"
