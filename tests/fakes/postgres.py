"""A real PostgreSQL for a test run: its own folder, a socket in it, no port, gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

PROGRAMS = Path("/usr/lib/postgresql")
OWNER = "postgres"
LONGEST_S = 60


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of an empty database. Skips where PostgreSQL is not installed."""
    with a_postgres() as address:
        yield address


@contextmanager
def a_postgres(*, durable: bool = False) -> Iterator[str]:
    """The same for a while; ``durable`` waits for its disk, as an operator's does."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed; `make setup-test` installs it")
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path has to be short
    data = folder / "data"
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, OWNER)  # it refuses to run as root
        run(programs / "initdb", "-D", data, "-A", "trust", "-U", OWNER, "-E", "UTF8", "--no-sync")
        fsync = "on" if durable else "off"
        options = f"-k {folder} -c listen_addresses='' -c fsync={fsync} -c max_connections=60"
        start = ("-D", data, "-l", folder / "log", "-o", options, "-w", "-t", LONGEST_S, "start")
        run(programs / "pg_ctl", *start)
        yield f"postgresql://{OWNER}@/postgres?host={quote(str(folder), safe='')}"
    finally:
        if (data / "postmaster.pid").exists():
            run(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def run(*command: object) -> None:
    """One of PostgreSQL's own programs, as somebody who is not root."""
    subprocess.run(
        [str(word) for word in command],
        user=OWNER if os.geteuid() == 0 else None,
        cwd="/",
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=LONGEST_S,
        check=True,
    )


def program(name: str) -> Path:
    """One of PostgreSQL's own programs; ``psql`` and others may stand elsewhere than ``initdb``."""
    programs = sorted(PROGRAMS.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = shutil.which(name)
    return programs[-1] if programs else Path(found or name)


def _programs() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    versions = sorted(PROGRAMS.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return versions[-1].parent if versions else None
