"""The server under load: one-operation pushes a second on PostgreSQL, and how long the slowest waited.

The program itself, two workers, a real PostgreSQL that syncs its disk; desks of several teams on
connections that stay open, from this process. Limits for a device and a team hold as they always do.
"""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import tempfile
import time
from pathlib import Path
from statistics import quantiles
from typing import Final

from sync.protocol import paths
from sync.protocol.codec import encode
from sync.protocol.messages import Push
from tests.bench import Measure
from tests.fakes.postgres import a_postgres
from tests.fakes.signed_team import SignedTeam
from tests.integration.server.program import command, create, listening

TEAMS: Final = 8
DESKS: Final = 25
"""Of each team."""
PUSHES: Final = 40
"""Of each desk, one operation of two thousand bytes each."""
WORKERS: Final = 2
CIPHERTEXT: Final = 2000
MILLISECONDS: Final = 1000.0


def measure() -> list[Measure]:
    """Pushes a second beside the promise; the slowest in a hundred; how many were not taken."""
    teams = [SignedTeam() for _ in range(TEAMS)]
    desks = [team.join() for team in teams for _ in range(DESKS)]
    chains = [desk.operations(PUSHES, ciphertext=secrets.token_bytes(CIPHERTEXT)) for desk in desks]
    with tempfile.TemporaryDirectory() as folder, a_postgres(durable=True) as url:
        data = Path(folder)
        tokens = [command("token", "--data", data, url=url).stdout.strip() for _ in teams]
        with listening("--data", data, "--workers", WORKERS, url=url) as (here, process):
            for team, token in zip(teams, tokens, strict=True):
                create(here, team, token)
            tokens = [here.log_in(desk) for desk in desks]
            asked = [
                [_request(here.host, token, op) for op in ops]
                for token, ops in zip(tokens, chains, strict=True)
            ]
            crew = _family(process.pid)
            spent, began = sum(map(_processor, crew)), time.perf_counter()
            answers = asyncio.run(_all(here.port, asked))
            took = time.perf_counter() - began
            spent = sum(map(_processor, crew)) - spent
            memory = max(map(peak, crew))
    times = [one for one, _ in answers]
    failed = sum(not taken for _, taken in answers)
    name = f"PostgreSQL, {WORKERS} workers, {len(desks)} desks of {TEAMS} teams"
    return [
        Measure(f"{name}: pushes a second", len(answers) / took, "/s", 500),
        Measure("a push, 99th percentile", quantiles(times, n=100)[-1] * MILLISECONDS, "ms"),
        Measure("processor time of a push, in the server", spent / len(answers) * MILLISECONDS, "ms"),
        Measure("pushes not taken (of a hundred)", 100 * failed / len(answers), "%"),
        Measure("memory of the largest worker", memory, "MB", 300),
    ]


def _request(host: str, token: str, op: bytes) -> bytes:
    body = encode(Push(ops=(op,)))
    head = f"POST {paths.PUSH} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def _all(port: int, asked: list[list[bytes]]) -> list[tuple[float, bool]]:
    told = await asyncio.gather(*(_desk(port, requests) for requests in asked))
    return [one for some in told for one in some]


async def _desk(port: int, requests: list[bytes]) -> list[tuple[float, bool]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    told = []
    for request in requests:
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        body = await reader.readexactly(int(length[1]) if length else 0)
        taken = head.startswith(b"HTTP/1.1 200") and b'"said":"ok"' in body
        told.append((time.perf_counter() - began, taken))
    writer.close()
    return told


def _family(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    return [pid, *map(int, told.split())]


def _processor(pid: int) -> float:
    """The seconds of processor a process has had: a figure that busy neighbours change least."""
    told = Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def peak(pid: int) -> float:
    """The most memory a process ever had, in megabytes."""
    found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text("ascii"))
    return int(found[1]) / 1024 if found else 0.0
