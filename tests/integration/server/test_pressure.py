"""Too much at once, and a disk that takes nothing: others are served, memory stays, logs are mute."""

from __future__ import annotations

import re
import resource
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import event

from sync.protocol import paths
from sync.protocol.codec import encode
from sync.protocol.messages import Outcome, Page, Push, State
from sync.server.rates import Rates
from sync.server.serving import Hurried
from sync.server.storage import Storage, sqlite_url
from tests.fakes.databases import database
from tests.fakes.signed_team import SignedTeam
from tests.integration.server.program import command, create, listening
from tests.integration.server.visits import PATIENCE_S, visits

__all__ = ["database"]
IDLE: Final = 5000
MEMORY_MB: Final = 300
MIB: Final = 1024 * 1024


class Patient(Hurried):
    headers_s = 4.0


@pytest.fixture
def room() -> Iterator[int]:
    """As many sockets as may be open at once, both ends counted, and some room for everything else."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = hard if hard != resource.RLIM_INFINITY else 4 * IDLE
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    yield min(IDLE, (most - 500) // 2)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.slow
def test_thousands_who_say_nothing_keep_nobody_from_being_served_and_are_cut(
    tmp_path: Path, room: int
) -> None:
    storage = Storage(sqlite_url(tmp_path / "server.db"))
    storage.migrate()
    team = SignedTeam()
    with ExitStack() as stack, visits(storage, team, protocol=Patient) as here:
        token = here.log_in(team.first)
        idle = [
            stack.enter_context(socket.create_connection(("127.0.0.1", here.port), timeout=PATIENCE_S))
            for _ in range(room)
        ]
        for wire in idle[::2]:
            wire.sendall(b"GET /v1/state HTTP/1.1\r\nX-")
        assert here.push(token, team.first.operation()).results[0].said is Outcome.OK
        assert {wire.recv(1) for wire in idle} == {b""}
        assert here.get(paths.STATE, token, State).head.at == 1
    storage.close()


def peak(pid: int) -> float:
    """The most memory a process ever had, in megabytes."""
    found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text("ascii"))
    assert found is not None
    return int(found[1]) / 1024


@contextmanager
def a_program(data: Path) -> Iterator[tuple[SignedTeam, str, int, int]]:
    """The program with a team: the team, a token, its port, its process."""
    team = SignedTeam()
    token = command("token", "--data", data).stdout.strip()
    with listening("--data", data) as (here, process):
        create(here, team, token)
        yield team, here.log_in(team.first), here.port, process.pid


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
@pytest.mark.slow
def test_bodies_of_any_size_are_cut_and_memory_stays(tmp_path: Path) -> None:
    million = b'{"ops":[' + b'"",' * 999_999 + b'""]}'
    with a_program(tmp_path) as (_, token, port, pid):
        for body, length, path in (
            (b" " * (64 * MIB), 64 * MIB, paths.PUSH),
            (million, len(million), paths.PUSH),
            (b" " * MIB, 10**10, paths.MEMBERS),
            (b" " * (64 * MIB), 64 * MIB, paths.CHALLENGE),
            (b" " * (64 * MIB), 64 * MIB, paths.TEAMS),
        ):
            head = (
                f"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n"
            )
            said = sent(port, f"{head}Content-Length: {length}\r\n\r\n".encode() + body)
            assert said == b"" or said.startswith(b"HTTP/1.1 4"), said[:80]
        assert peak(pid) < MEMORY_MB


def sent(port: int, content: bytes) -> bytes:
    """What comes back while this is sent; nothing where the line was cut first."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as wire:
        try:
            wire.sendall(content)
            wire.shutdown(socket.SHUT_WR)
            return wire.recv(65536)
        except OSError:
            return b""


def test_a_push_cut_at_any_byte_is_kept_whole_or_not_at_all(database: Storage) -> None:
    team = SignedTeam()
    with visits(database, team) as here:
        token = here.log_in(team.first)
        body = encode(Push(ops=tuple(team.first.operations(3))))
        head = f"POST {paths.PUSH} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
        whole = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
        for cut in (*range(0, len(whole), 41), len(whole) - 1):
            sent(here.port, whole[:cut])
        assert here.get(paths.STATE, token, State).head.at == 0
        assert here.ask("POST", paths.PUSH, body, token).status == 200
        assert here.get(paths.STATE, token, State).head.at == 3


def test_a_disk_that_takes_nothing_is_busy_and_still_read(tmp_path: Path) -> None:
    storage = Storage(sqlite_url(tmp_path / "server.db"))
    storage.migrate()
    team = SignedTeam()

    def read_only(connection: object, _record: object) -> None:
        connection.execute("PRAGMA query_only = ON")  # type: ignore[attr-defined]  # the driver's own

    with visits(storage, team) as here:
        token = here.log_in(team.first)
        first, second = team.first.operations(2)
        here.push(token, first)
        event.listen(storage.engine, "connect", read_only)
        storage.engine.dispose()
        answer = here.ask("POST", paths.PUSH, encode(Push(ops=(second,))), token)
        assert (answer.status, answer.code) == (503, "busy")
        assert [one.op for one in here.get(paths.PULL, token, Page).entries] == [first]
        event.remove(storage.engine, "connect", read_only)
        storage.engine.dispose()
        assert here.push(token, second).results[0].n == 2
    storage.close()


@pytest.mark.parametrize("forged", ["192.0.2.1", "192.0.2.2, 192.0.2.3", "::1", "x" * 3000])
def test_a_limit_is_a_device_s_whatever_addresses_it_says(database: Storage, forged: str) -> None:
    team = SignedTeam()
    with visits(database, team, rates=Rates(lambda: 0.0, requests=1, logins=2)) as here:
        token = here.log_in(team.first)
        told = [
            here.ask(
                "GET",
                paths.STATE,
                token=token,
                X_Forwarded_For=forged,
                X_Real_IP=forged,
                Forwarded=f"for={forged}",
            )
            for _ in range(2)
        ]
    assert [one.status for one in told] == [200, 429]


def test_what_the_program_says_holds_no_id_no_address_no_token_and_no_body(tmp_path: Path) -> None:
    team = SignedTeam()
    token = command("token", "--data", tmp_path).stdout.strip()
    with listening("--data", tmp_path) as (here, process):
        create(here, team, token)
        mine = here.log_in(team.first)
        op = team.first.operation()
        here.push(mine, op, b"invented-noise")
        for method, path in (
            ("GET", "/nowhere?invented-noise"),
            ("POST", paths.PUSH),
            ("PATCH", paths.STATE),
        ):
            here.ask(method, path, b"invented-noise", mine, X_Invented="invented-noise")
        sent(here.port, b"invented-noise\r\n\r\n")
        sent(here.port, b"POST /v1/push HTTP/1.1\r\nContent-Length: 99\r\n\r\ninvented-noise")
        (tmp_path / "server.db").write_bytes(b"invented-noise" * 1000)
        here.ask("GET", paths.STATE, token=mine)
        process.terminate()
        assert process.stdout is not None
        assert process.stderr is not None
        said = process.stdout.read() + process.stderr.read()
    secrets = (team.id, team.first.id, mine, token, "invented-noise", "127.0.0.1", str(tmp_path))
    assert [secret for secret in secrets if secret in said] == [], said
