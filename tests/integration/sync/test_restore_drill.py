"""Yesterday's backup is restored: every desk offers again what the server lost, and nothing is missing."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from ournydesk.bootstrap import LaptopDesk
from ournydesk.domain.ids import IntakeId, new_id
from ournydesk.domain.intake import Status
from ournydesk.domain.membership import Role
from ournydesk.domain.operations import RecordId
from ournydesk.domain.wire import Reach
from sync.protocol import chain
from sync.server.storage import Storage, operations, sqlite_url, teams
from tests.fakes import postgres as servers
from tests.fakes.desks import EXAMPLE, TickingClock, enrol, example_intake, here, open_desk
from tests.integration.server.program import command, listening
from tests.integration.server.visits import PATIENCE_S

DATABASES = ("SQLite", "PostgreSQL")
LONG = 9
"""Letters of an answer that stands in no random bytes by chance."""


@dataclass
class Operator:
    """Who runs the server: where its data is, how it is copied and brought back."""

    data: Path
    url: str
    copy: Path

    def back_up(self) -> None:
        """While it is in use."""
        if not self.url:
            done = command("backup", "--data", self.data, "--to", self.copy)
            assert done.returncode == 0, done.stderr
        else:
            postgres_program("pg_dump", "-d", self.url, "-f", self.copy)

    def restore(self) -> None:
        """A new disk, and what was copied."""
        if not self.url:
            self.data = self.data.with_name("restored")
            self.data.mkdir()
            self.copy.rename(self.data / "server.db")
        else:
            self.url = fresh_database(self.url)
            postgres_program("psql", "-v", "ON_ERROR_STOP=1", "-d", self.url, "-f", self.copy)

    def log(self) -> tuple[list[str], str]:
        """The names of all operations in order, and the head."""
        database = Storage(self.url or sqlite_url(self.data / "server.db"))
        with database.reading() as connection:
            (team,) = connection.execute(teams.select()).all()
            rows = connection.execute(operations.select().order_by(operations.c.n)).all()
        database.close()
        names = [row.op_id for row in rows]
        head = chain.follow(chain.start(team.fingerprint), ((row.n, row.op_id) for row in rows))
        assert (head.at, head.hash) == (team.head_n, team.head_hash)
        return names, head.hash


def postgres_program(name: str, *words: object) -> None:
    """One of PostgreSQL's clients, which unlike the server may be anybody's."""
    command = [str(word) for word in (servers.program(name), *words)]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE_S)


def fresh_database(url: str) -> str:
    name = f"drill_{new_id()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return urlsplit(url)._replace(path=f"/{name}").geturl().replace("postgresql:/d", "postgresql:///d")


@pytest.fixture(params=DATABASES)
def operator(request: pytest.FixtureRequest, tmp_path: Path) -> Operator:
    if request.param == "SQLite":
        return Operator(tmp_path / "server", "", tmp_path / "yesterday.db")
    shared = tmp_path / "yesterday.sql"
    return Operator(tmp_path / "server", fresh_database(str(request.getfixturevalue("postgres"))), shared)


@contextmanager
def running(operator: Operator, *desks: LaptopDesk) -> Iterator[str]:
    """The server, and the desks that know its address."""
    with listening("--data", operator.data, url=operator.url) as (visits, _):
        address = f"http://127.0.0.1:{visits.port}"
        for desk in desks:
            identity = desk.team.identity()
            assert identity is not None
            desk.team.replica().vault.membership.adopt(replace(identity, server=address))
        yield address


def meet(*desks: LaptopDesk, rounds: int = 3) -> None:
    """Everybody syncs until nothing moves."""
    for _ in range(rounds):
        for desk in desks:
            assert desk.wire.sync(here).server_reach is Reach.REACHED


def handed_over(desk: LaptopDesk) -> IntakeId:
    intake = example_intake(desk)
    desk.wire.hand_over(intake, "")
    return intake


@pytest.mark.slow
def test_after_yesterday_s_backup_is_restored_every_desk_offers_what_was_lost(
    operator: Operator, tmp_path: Path
) -> None:
    clock = TickingClock()
    lead, helper, second = (open_desk(tmp_path / name, name, clock) for name in ("lead", "helper", "second"))
    lead.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    lead.team.publish_form("naturalization")
    token = command("token", "--data", operator.data, url=operator.url).stdout.strip()
    with running(operator) as address:
        lead.team.register_team(address, None, token, here)
        enrol(helper, "Jo Volunteer", Role.VOLUNTEER, lead, tmp_path)
        first = handed_over(helper)
        meet(lead, helper)
        operator.back_up()
        # What happens now is in no backup: a desk comes in, records are handed over, read, and let go of.
        enrol(second, "Ruma Sample", Role.VOLUNTEER, lead, tmp_path)
        later = [handed_over(helper), handed_over(second)]
        meet(lead, helper, second)
    before, _ = operator.log()
    assert helper.team.replica().vault.intakes.row(later[0]).purged  # the author has nothing left to offer
    operator.restore()
    kept, _ = operator.log()
    assert kept == before[: len(kept)]
    assert len(kept) < len(before)
    with running(operator, lead, helper, second):
        meet(lead, helper, second)
    after, head = operator.log()
    assert after[: len(before)] == before  # the very log that every desk had verified
    for desk in (lead, helper, second):
        assert desk.team.replica().cursor().hash == head
        assert not {trouble.code for trouble in desk.wire.wire().troubles} & {"wire.fork", "wire.cloned"}
    assert "wire.restored" in {trouble.code for trouble in lead.wire.wire().troubles}
    for intake, desk in ((first, helper), (later[0], helper), (later[1], second)):
        assert lead.cases.case(RecordId(intake)).sections
        assert desk.team.replica().vault.intakes.row(intake).status is Status.RECEIVED
    for desk in (lead, helper, second):
        desk.lock()
    assert readable(operator) == []


def readable(operator: Operator) -> list[str]:
    """What somebody who takes the server's files could read of the clients, as itself or coded."""
    if operator.url:
        postgres_program("pg_dump", "-d", operator.url, "-f", operator.copy)
        files = [operator.copy]
    else:
        files = [path for path in operator.data.rglob("*") if path.is_file()]
    content = b"".join(path.read_bytes() for path in files)
    found = []
    for answer in invented():
        told = answer.encode()
        coded = [base64.b64encode(told[at : at + len(told[at:]) // 3 * 3]) for at in range(3)]
        if any(form in content for form in (told, told.hex().encode(), *coded)):
            found.append(answer)
    return found


def invented() -> list[str]:
    """What the example's client answered, as far as nobody says it by chance."""

    def texts(told: object) -> Iterator[str]:
        if isinstance(told, dict):
            for inner in told.values():
                yield from texts(inner)
        elif isinstance(told, list):
            for inner in told:
                yield from texts(inner)
        elif isinstance(told, str) and len(told) >= LONG:
            yield told

    found = sorted(set(texts(json.loads(EXAMPLE.read_text(encoding="utf-8"))["items"])))
    assert any("Talukder" in text for text in found)
    return found
