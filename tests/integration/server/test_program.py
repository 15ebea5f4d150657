"""The server as an operator meets it: a process, its words, its files, and what a kill leaves behind."""

from __future__ import annotations

import signal
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sync.protocol import paths
from sync.protocol.codec import encode
from sync.protocol.messages import Members, Outcome, Page, Push, State
from sync.server.ledger import Ledger
from sync.server.storage import Storage, sqlite_url
from tests.fakes.signed_team import SignedTeam
from tests.integration.server.program import ROOT, command, create, listening
from tests.integration.server.visits import PATIENCE_S, Visits


@pytest.fixture
def url(request: pytest.FixtureRequest) -> str:
    """What names the database, nothing for the file in the server's folder."""
    return "" if request.param == "SQLite" else str(request.getfixturevalue("postgres"))


@pytest.mark.slow
@pytest.mark.parametrize("url", ["SQLite", "PostgreSQL"], indirect=True)
def test_what_was_acknowledged_survives_a_kill_and_a_batch_is_whole_or_absent(
    url: str, tmp_path: Path
) -> None:
    team = SignedTeam()
    token = command("token", "--data", tmp_path, url=url).stdout.strip()
    acknowledged = 0
    batches = [team.first.operations(20) for _ in range(6)]
    with listening("--data", tmp_path, url=url) as (here, process):
        create(here, team, token)
        login = here.log_in(team.first)
        for batch in batches[:3]:
            acknowledged += len(here.push(login, *batch).results)
        last = encode(Push(ops=tuple(batches[3])))
        with _half_sent(here, login, last):
            process.send_signal(signal.SIGKILL)
            process.wait(timeout=PATIENCE_S)
    with listening("--data", tmp_path, url=url) as (here, _):
        login = here.log_in(team.first)
        kept = here.get(paths.STATE, login, State).head.at
        assert kept in (acknowledged, acknowledged + 20)
        for batch in batches:
            here.push(login, *batch)
        page = here.get(paths.PULL, login, Page)
        assert [entry.op for entry in page.entries] == [op for batch in batches for op in batch]


@contextmanager
def _half_sent(here: Visits, token: str, body: bytes) -> Iterator[None]:
    """A push on its way: the whole of it is sent and nobody waits for an answer."""
    head = (
        f"POST {paths.PUSH} HTTP/1.1\r\nHost: {here.host}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", here.port), timeout=PATIENCE_S) as wire:
        wire.sendall(head.encode() + body)
        yield


@pytest.mark.slow
def test_the_program_serves_on_postgresql_as_on_a_file(postgres: str, tmp_path: Path) -> None:
    team = SignedTeam()
    token = command("token", "--data", tmp_path, url=postgres).stdout.strip()
    with listening("--data", tmp_path, url=postgres) as (here, _):
        create(here, team, token)
        assert here.push(here.log_in(team.first), team.first.operation()).results[0].said is Outcome.OK
    assert not list(tmp_path.glob("*.db"))


def test_a_relay_knows_its_team_from_a_file_and_stays_the_same_mailbox(tmp_path: Path) -> None:
    team = SignedTeam()
    members = tmp_path / "members.json"
    members.write_bytes(encode(Members(since=0, entries=tuple(team.entries))))
    seen = []
    for _ in range(2):
        with listening("relay", "--data", tmp_path / "relay", "--members", members) as (here, _):
            seen.append(here.get(paths.STATE, here.log_in(team.first), State))
    assert seen[0] == seen[1]
    assert not seen[0].numbered


def test_a_relay_begins_with_the_mail_it_is_given_however_much_it_is(tmp_path: Path) -> None:
    team = SignedTeam()
    members, mail = tmp_path / "members.json", tmp_path / "mail.json"
    members.write_bytes(encode(Members(since=0, entries=tuple(team.entries))))
    ops = [team.first.operation(ciphertext=bytes(1_500_000)) for _ in range(4)]
    mail.write_bytes(encode(Push(ops=tuple(ops))))
    words = ("relay", "--data", tmp_path / "relay", "--members", members, "--mail", mail)
    with listening(*words) as (here, _):
        assert here.get(paths.STATE, here.log_in(team.first), State).head.at == 4


def test_only_the_hash_of_a_token_is_kept_and_the_files_are_the_operators_alone(tmp_path: Path) -> None:
    token = command("token", "--data", tmp_path / "new").stdout.strip()
    database = tmp_path / "new" / "server.db"
    assert token.encode() not in database.read_bytes()
    assert len(token) >= 43
    assert database.stat().st_mode & 0o077 == 0
    assert database.parent.stat().st_mode & 0o077 == 0


def test_a_backup_is_a_database_of_its_own_and_never_written_over_another(tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert command("migrate", "--data", tmp_path).returncode == 0
    assert command("backup", "--data", tmp_path, "--to", copy).returncode == 0
    with sqlite3.connect(copy) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("v3",)
    connection.close()
    again = command("backup", "--data", tmp_path, "--to", copy)
    assert (again.returncode, "is there already" in again.stderr) == (2, True)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--tls-cert", "c.pem"], "Give both --tls-cert and --tls-key"),
        (["--host", "192.0.2.1"], "beyond this machine"),
        (["--host", "::", "--plain"], "needs --name"),
        (["--name", "https://sync.example.org"], "--name takes a host name"),
        (["relay"], "needs --members"),
        (["relay", "--members", "/nowhere/members.json"], "cannot be read"),
        (["relay", "--members", str(ROOT / "LICENSE")], "is not what a relay"),
        (["backup"], "needs --to"),
        (["backup", "--to", "/nowhere/copy.db"], "could not be written"),
        (["--tls-cert", "/nowhere.pem", "--tls-key", "/nowhere.pem"], "cannot be read"),
        (["--tls-cert", str(ROOT / "LICENSE"), "--tls-key", str(ROOT / "LICENSE")], "not a certificate"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(tmp_path: Path, words: list[str], sentence: str) -> None:
    done = command(*words, "--data", tmp_path)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_hold_names_a_team_that_is_here(tmp_path: Path) -> None:
    team = SignedTeam()
    database = Storage(sqlite_url(tmp_path / "server.db"))
    database.migrate()
    with database.writing() as connection:
        Ledger(database, "f" * 32).create_team(connection, team.entries)
    database.close()
    for word, said in (("hold", "Nothing of it is deleted"), ("release", "What was erased is deleted")):
        done = command(word, "--data", tmp_path, "--team", team.id)
        assert (done.returncode, said in done.stdout) == (0, True)
    other = command("hold", "--data", tmp_path, "--team", "0" * 32)
    assert (other.returncode, "No such team" in other.stderr) == (2, True)


def test_a_database_that_is_not_there_is_named_without_its_password(tmp_path: Path) -> None:
    done = command("migrate", "--data", tmp_path, url="postgresql://u:invented-secret@127.0.0.1:1/none")
    assert done.returncode == 1
    assert "invented-secret" not in done.stderr
    assert "Traceback" not in done.stderr


def test_the_migrations_make_the_tables_the_server_uses(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from sync.server.storage import metadata

    database = Storage(sqlite_url(tmp_path / "server.db"))
    database.migrate()
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    database.close()
