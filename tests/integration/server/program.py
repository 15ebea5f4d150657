"""The server's program as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sync.protocol import paths
from sync.protocol.codec import encode
from sync.protocol.messages import CreateTeam
from tests.fakes.signed_team import SignedTeam
from tests.integration.server.visits import PATIENCE_S, Visits

ROOT = Path(__file__).resolve().parents[3]


def command(*words: object, url: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sync.server", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "OURNY_DATABASE_URL": url},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


@contextmanager
def listening(*words: object, url: str = "") -> Iterator[tuple[Visits, subprocess.Popen[str]]]:
    """The program serving."""
    process = subprocess.Popen(
        [sys.executable, "-m", "sync.server", *map(str, words), "--port", "0"],
        cwd=ROOT,
        env={**os.environ, "OURNY_DATABASE_URL": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("Listening on http"), process.communicate()
        yield Visits(int(line.rsplit(":", 1)[1])), process
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=PATIENCE_S)


def create(here: Visits, team: SignedTeam, token: str) -> None:
    message = CreateTeam(token=token, entries=tuple(team.entries))
    assert here.ask("POST", paths.TEAMS, encode(message)).status == 201
