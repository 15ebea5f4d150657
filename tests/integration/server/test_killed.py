"""The server killed at chosen moments of a push: what it answered is kept, and no batch is half there."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain as chained
from pathlib import Path

import pytest

from ournydesk.domain.ids import new_id
from ournydesk.domain.operations import decode_envelope
from sync.protocol import chain, paths
from sync.protocol.messages import Page
from sync.server.ledger import Ledger
from sync.server.storage import Storage, sqlite_url
from tests.fakes.signed_team import SignedTeam
from tests.integration.server.visits import PATIENCE_S, Visits, visits

ROOT = Path(__file__).resolve().parents[3]
STRACE = shutil.which("strace")
MOMENTS = [*(("fdatasync", n) for n in (4, 5, 6, 7)), *(("pwrite64", n) for n in (18, 26, 38))]
"""From the login to the last push: each commit syncs once, and writes its pages before."""


@pytest.fixture(scope="module", autouse=True)
def traceable() -> None:
    if STRACE is None:
        pytest.skip("strace is not installed: no kill at a chosen system call")
    probe = subprocess.run([STRACE, "-f", "-e", "trace=fsync", "-o", "/dev/null", "true"], check=False)
    if probe.returncode:
        pytest.skip("strace may not trace here: no kill at a chosen system call")


@contextmanager
def doomed(data: Path, call: str, when: int) -> Iterator[int]:
    """The port of a server that is killed when it makes this call for the so-manieth time."""
    inject = [
        "-o",
        str(data / "trace"),
        "-e",
        f"trace={call}",
        "-e",
        f"inject={call}:signal=KILL:when={when}",
    ]
    program = [sys.executable, "-m", "sync.server", "--data", str(data), "--port", "0"]
    process = subprocess.Popen(
        [str(STRACE), "-f", *inject, *program],
        cwd=ROOT,
        env={**os.environ, "OURNY_DATABASE_URL": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("Listening"), "killed before it listened"
        yield int(line.rsplit(":", 1)[1])
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=PATIENCE_S)


@pytest.mark.slow
@pytest.mark.parametrize(("call", "when"), MOMENTS)
def test_a_server_killed_in_a_push_has_all_it_answered_and_no_half_batch(
    tmp_path: Path, call: str, when: int
) -> None:
    team = SignedTeam()
    database = Storage(sqlite_url(tmp_path / "server.db"))
    database.migrate()
    with database.writing() as connection:
        Ledger(database, new_id()).create_team(connection, team.entries)
    with visits(database) as here:
        here.log_in(team.first)  # what a server makes once at its first start is made
    database.close()  # nobody else may hold the file open and help it over the kill
    batches = [team.first.operations(7) for _ in range(4)]
    answered = 0
    cut = False
    with doomed(tmp_path, call, when) as port:
        victim = Visits(port)
        try:
            token = victim.log_in(team.first)
            for batch in batches:
                answered += len(victim.push(token, *batch).results)
        except (ConnectionError, http.client.HTTPException):
            cut = True
    assert cut, "the call was never made that often"
    with visits(database) as here:
        token = here.log_in(team.first)
        kept = here.get(paths.PULL, token, Page).head.at
        assert kept in (answered, answered + 7)
        for batch in batches:
            here.push(token, *batch)
        page = here.get(paths.PULL, token, Page)
    database.close()
    assert [entry.op for entry in page.entries] == [op for batch in batches for op in batch]
    names = ((n, decode_envelope(op).op_id) for n, op in enumerate(chained.from_iterable(batches), 1))
    assert chain.follow(chain.start(team.fingerprint), names) == page.head
