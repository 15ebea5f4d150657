"""What `make setup-test` promises is there and answers: the tests of a server and of forms build on it."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.odk import oracle

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@pytest.fixture
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL of our own for one test, reached through a socket in its folder."""
    if not BINARIES:
        pytest.skip("PostgreSQL is not installed; `make setup-test` installs it")
    if os.geteuid() == 0 and "postgres" not in {user.pw_name for user in pwd.getpwall()}:
        pytest.skip("PostgreSQL refuses to run as root and there is no postgres user")
    # Short: the path of a socket has 107 bytes.
    folder = Path(subprocess.check_output(["mktemp", "-d", "/tmp/ourny-pg-XXXXXX"], text=True).strip())
    as_other = (
        ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    )
    if as_other:
        shutil.chown(folder, "postgres", "postgres")
    run = [*as_other, "env", f"HOME={folder}"]
    bin_folder = BINARIES[-1]
    subprocess.run(
        [
            *run,
            str(bin_folder / "initdb"),
            "-D",
            str(folder / "data"),
            "-A",
            "trust",
            "-U",
            "ourny",
            "--no-sync",
        ],
        check=True,
        capture_output=True,
        cwd=folder,
    )
    control = [*run, str(bin_folder / "pg_ctl"), "-D", str(folder / "data"), "-w"]
    options = f"-k {folder} -c listen_addresses= -c fsync=off"
    subprocess.run(
        [*control, "-l", str(folder / "log"), "-o", options, "start"],
        check=True,
        capture_output=True,
        cwd=folder,
    )
    try:
        yield f"host={folder} user=ourny dbname=postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=True, capture_output=True, cwd=folder)
        shutil.rmtree(folder)


def test_a_row_lock_in_postgresql_keeps_a_second_writer_waiting(database: str) -> None:
    """Log positions of a team are to be gapless: its row is locked, not a sequence drawn from."""
    with psycopg.connect(database) as first, psycopg.connect(database) as second:
        first.execute("CREATE TABLE teams (id text PRIMARY KEY, n integer NOT NULL)")
        first.execute("INSERT INTO teams VALUES ('t', 0)")
        first.commit()
        first.execute("SELECT n FROM teams WHERE id = 't' FOR UPDATE")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            second.execute("SELECT n FROM teams WHERE id = 't' FOR UPDATE NOWAIT")


def test_odks_own_engine_answers() -> None:
    reason = oracle.missing()
    if reason:
        pytest.skip(reason)
    form = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
      <h:head><h:title>t</h:title><model>
        <instance><data id="t"><a/></data></instance>
        <bind nodeset="/data/a" type="int" constraint=". &lt; 5"/>
      </model></h:head>
      <h:body><input ref="/data/a"><label>A</label></input></h:body>
    </h:html>"""
    with oracle.oracle() as odk:
        told = odk.ask(form, [{"op": "set", "ref": "/data/a", "value": "7"}])
    assert told["states"][0]["nodes"]["/data/a"]["violation"] == "constraint"
