"""A copy of the sources in which one thing at a time is broken and tested."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGES: Final = ("ournydesk", "sync", "forms", "ui", "tests")
LEFT_BEHIND: Final = shutil.ignore_patterns("__pycache__", "node_modules", ".*")
LONGEST_S: Final = 120
GREEN: Final = 0
RED: Final = 1


@dataclass(frozen=True, slots=True)
class Edit:
    """A piece of source that stands exactly once in a file, and what stands there instead."""

    file: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Mutant:
    """One broken build: ``tests`` are the files, or single tests, that must turn red.

    ``also`` are further edits: where two layers keep one promise, both are taken away.
    """

    name: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]
    also: tuple[Edit, ...] = ()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Everything that is broken."""
        return (Edit(self.file, self.before, self.after), *self.also)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mutant. ``by`` is the first failing test, empty for a survivor."""

    by: str
    why: str
    seconds: float


class BadMutant(Exception):
    """The table does not fit the sources, or the tests could not be run: that is not a kill."""


class Workshop:
    """One copy of the sources in a folder of its own; one mutant in it at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for package in PACKAGES:
            shutil.copytree(ROOT / package, folder / package, ignore=LEFT_BEHIND)
        shutil.copy2(ROOT / "pyproject.toml", folder)

    def try_out(self, mutant: Mutant) -> Verdict:
        """Break the copy, run the tests of a mutant on it, and mend it. Raises BadMutant."""
        with self._broken(mutant.edits):
            return self.run(mutant.tests)

    def run(self, tests: Sequence[str]) -> Verdict:
        """What the tests say of the copy as it stands. Raises BadMutant for anything but green and red."""
        started = time.perf_counter()
        command = [
            *(sys.executable, "-m", "pytest", "-q", "-x", "-rfE", "--tb=short"),
            *("-p", "no:randomly", "-p", "no:cacheprovider", "-p", "tests.mutants.imported"),
            *("--hypothesis-seed=0", f"--basetemp={self._folder / 'tmp'}"),
            *tests,
        ]
        try:
            done = subprocess.run(
                command,
                cwd=self._folder,
                env=_surroundings(),
                capture_output=True,
                text=True,
                timeout=LONGEST_S,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise BadMutant(f"the tests did not end within {LONGEST_S} s") from error
        if done.returncode not in (GREEN, RED):
            raise BadMutant(f"pytest ended with {done.returncode}\n{done.stdout}{done.stderr}")
        by, why = _first(done.stdout) if done.returncode == RED else ("", "")
        return Verdict(by, why, time.perf_counter() - started)

    @contextmanager
    def _broken(self, edits: Sequence[Edit]) -> Iterator[None]:
        kept = {self._folder / edit.file: (self._folder / edit.file).read_bytes() for edit in edits}
        try:
            for edit in edits:
                path = self._folder / edit.file
                self._write(path, broken(path.read_text(encoding="utf-8"), edit).encode("utf-8"))
            yield
        finally:
            for path, content in kept.items():
                self._write(path, content)

    @staticmethod
    def _write(path: Path, content: bytes) -> None:
        path.write_bytes(content)
        # Two versions of one length within one second would look alike to Python.
        Path(importlib.util.cache_from_source(str(path))).unlink(missing_ok=True)


def broken(source: str, edit: Edit) -> str:
    """The source with an edit made. Raises BadMutant unless there is exactly one place for it."""
    found = source.count(edit.before)
    if found != 1:
        raise BadMutant(f"{edit.file} holds {edit.before!r} {found} times, not once")
    return source.replace(edit.before, edit.after)


def _surroundings() -> dict[str, str]:
    """Nothing of the run this one is part of, and lines long enough for a reason."""
    theirs = ("PYTEST_", "PYTHON", "COV_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(theirs)}
    return {**kept, "COLUMNS": "400"}


def _first(output: str) -> tuple[str, str]:
    """The first failing test and why, as the summary names them."""
    for line in output.splitlines():
        word, _, rest = line.partition(" ")
        if word in ("FAILED", "ERROR"):
            test, _, why = rest.partition(" - ")
            return test, why
    return "?", ""
