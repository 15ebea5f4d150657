"""Several processes on one database: no position skipped or doubled, whoever is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pytest

from sync.protocol import chain, paths
from sync.protocol.messages import LogEntry, Outcome, Page, State
from tests.fakes.signed_team import SignedDevice, SignedTeam, name_of
from tests.integration.server.program import command, create, listening
from tests.integration.server.visits import PATIENCE_S, Visits

WORKERS: Final = 4
WRITERS: Final = 50
PULLERS: Final = 10
PUSHES: Final = 4
EACH: Final = 3
"""Operations in a push."""
DATABASES: Final = ("SQLite", "PostgreSQL")


@pytest.fixture
def url(request: pytest.FixtureRequest) -> str:
    """What names the database, nothing for the file in the server's folder."""
    return "" if request.param == "SQLite" else str(request.getfixturevalue("postgres"))


def children(process: subprocess.Popen[str]) -> list[int]:
    """The workers of a server."""
    told = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("ascii")
    return [int(one) for one in told.split()]


def gone(pid: int) -> bool:
    """Whether a process ended; one that nobody waited for is as good as gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


def wait_until(happened: threading.Event | None, true: object) -> None:
    """Look again and again, but not for ever."""
    pause = happened or threading.Event()
    for _ in range(int(PATIENCE_S / 0.05)):
        if callable(true) and true():
            return
        pause.wait(0.05)
    raise AssertionError("it did not happen")


def follow(here: Visits, token: str, team: SignedTeam, done: threading.Event) -> list[LogEntry]:
    """Pull until the writers are done and nothing is left, checking the chain at every step."""
    seen: list[LogEntry] = []
    head = chain.start(team.fingerprint)
    last = False
    while not last:
        last = done.wait(0.2)
        more = True
        while more:
            page = here.get(f"{paths.PULL}?after={head.at}&limit=97", token, Page)
            head = chain.follow(head, ((one.n, one.op_id) for one in page.entries))
            assert head == page.head or page.more
            seen += page.entries
            more = page.more
    return seen


@pytest.mark.slow
@pytest.mark.parametrize("url", DATABASES, indirect=True)
def test_fifty_write_and_ten_read_and_nobody_misses_a_position(url: str, tmp_path: Path) -> None:
    team = SignedTeam()
    writers = [team.join() for _ in range(WRITERS)]
    readers = [team.join() for _ in range(PULLERS)]
    chains = [[writer.operations(EACH) for _ in range(PUSHES)] for writer in writers]
    token = command("token", "--data", tmp_path, url=url).stdout.strip()
    done = threading.Event()
    with listening("--data", tmp_path, "--workers", WORKERS, url=url) as (here, process):
        create(here, team, token)
        assert len(children(process)) == WORKERS

        def write(writer: SignedDevice, batches: list[list[bytes]]) -> None:
            mine = here.log_in(writer)
            for batch in batches:
                assert {one.said for one in here.push(mine, *batch).results} == {Outcome.OK}

        with ThreadPoolExecutor(WRITERS + PULLERS) as pool:
            tokens = list(pool.map(here.log_in, readers))
            reading = [pool.submit(follow, here, mine, team, done) for mine in tokens]
            try:
                list(pool.map(write, writers, chains))
            finally:
                done.set()
            seen = [one.result() for one in reading]
    names = {name_of(op) for batches in chains for batch in batches for op in batch}
    for entries in seen:
        assert [one.n for one in entries] == list(range(1, len(names) + 1))
        assert {one.op_id for one in entries} == names


@pytest.mark.slow
@pytest.mark.parametrize("url", DATABASES, indirect=True)
def test_a_worker_killed_in_the_middle_is_replaced_and_nothing_is_lost(url: str, tmp_path: Path) -> None:
    team = SignedTeam()
    ops = team.first.operations(60)
    token = command("token", "--data", tmp_path, url=url).stdout.strip()
    with listening("--data", tmp_path, "--workers", 2, url=url) as (here, process):
        create(here, team, token)
        mine = here.log_in(team.first)
        wait_until(None, lambda: len(children(process)) == 2)
        for at, op in enumerate(ops):
            if at % 20 == 10:
                victim = children(process)[0]
                os.kill(victim, signal.SIGKILL)
            patiently(here, mine, op)
        wait_until(None, lambda: len(children(process)) == 2)
        assert here.get(paths.STATE, mine, State).head.at == len(ops)
        page = here.get(paths.PULL, mine, Page)
        assert [one.op for one in page.entries] == ops


def patiently(here: Visits, token: str, op: bytes) -> None:
    """Push until it is answered, as a desk does that was cut off."""
    for _ in range(20):
        try:
            (result,) = here.push(token, op).results
        except OSError:
            continue
        assert result.said in (Outcome.OK, Outcome.DUP)
        return
    raise AssertionError("never answered")


def test_workers_end_with_the_process_that_began_them_however_it_dies(tmp_path: Path) -> None:
    with listening("--data", tmp_path, "--workers", 2) as (here, process):
        wait_until(None, lambda: here.ask("GET", "/healthz").status == 200)
        crew = children(process)
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE_S)
        wait_until(None, lambda: all(map(gone, crew)))


def test_workers_that_cannot_live_are_not_begun_for_ever(tmp_path: Path) -> None:
    said = command("--data", tmp_path, "--workers", 2, "--port", "0", url="postgresql://u@127.0.0.1:1/none")
    assert said.returncode != 0
    assert "Traceback" not in said.stderr


def test_the_counts_of_all_workers_are_told_by_whichever_is_asked(tmp_path: Path) -> None:
    operator = command("operator", "--data", tmp_path).stdout.strip()
    with listening("--data", tmp_path, "--workers", 3) as (here, _):
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: here.ask("GET", paths.STATE), range(40)))
        told = {here.ask("GET", "/metrics", token=operator).body.decode() for _ in range(10)}
        assert [text for text in told if 'ourny_refused_total{code="token"} 40.0' not in text] == []


@pytest.fixture(autouse=True)
def linux() -> None:
    if not Path("/proc/self/task").exists():
        pytest.skip("workers are looked for in /proc")
