"""Whatever is sent, the answer is a code and never a fault of the server's own."""

from __future__ import annotations

import logging
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, insert
from sqlalchemy.exc import IntegrityError

from sync.protocol import paths
from sync.protocol.codec import encode
from sync.protocol.limits import MOST_BODY, MOST_LOGIN_BODY, PART_BYTES
from sync.protocol.messages import AddMembers, Challenge, Push
from sync.server.serving import Hurried
from sync.server.storage import Storage, meta, sqlite_url
from tests.fakes.signed_team import SignedTeam
from tests.integration.server.visits import PATIENCE_S, Visits, visits

BLOB = paths.BLOBS + "/" + "5e" * 16
POSTS = (paths.CHALLENGE, paths.TOKEN, paths.TEAMS, paths.PUSH, paths.MEMBERS)
GETS = (paths.STATE, paths.PULL, paths.MEMBERS, BLOB, BLOB + "/0")


class Quick(Hurried):
    headers_s = 0.05


class Known:
    """One server for all the tests here, and a device that logged in."""

    def __init__(self, here: Visits, team: SignedTeam) -> None:
        self.here, self.team = here, team
        self.token = here.log_in(team.first)

    def raw(self, *sent: bytes) -> bytes:
        """Everything a connection answers to these bytes until it is closed from there.

        A server that closes before it has read all of them resets the connection; what it answered
        before that has arrived and is read.
        """
        answer = b""
        with socket.create_connection(("127.0.0.1", self.here.port), timeout=PATIENCE_S) as wire:
            with suppress(ConnectionError):
                for some in sent:
                    wire.sendall(some)
            with suppress(ConnectionError):
                while more := wire.recv(65536):
                    answer += more
        return answer


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Known]:
    database = Storage(sqlite_url(tmp_path_factory.mktemp("hostile") / "server.db"))
    database.migrate()
    team = SignedTeam()
    with visits(database, team, body_s=0.2, protocol=Quick) as here:
        yield Known(here, team)
    database.close()


def refused(known: Known, method: str, path: str, body: bytes = b"") -> int:
    answer = known.here.ask(method, path, body, known.token)
    assert 400 <= answer.status < 500, (method, path, answer)
    assert answer.code
    return answer.status


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"{",
        b"\xff\xfe",
        b'{"ops":[],"ops":[]}',
        b'{"entries":[],"entries":[],"token":""}',
        b'{"device":"' + b"a" * 32 + b'","device":"' + b"b" * 32 + b'"}',
        b'{"ops":[1e999]}',
        b'{"ops":["' + b"A" * 5 + b'"]}',
        b'{"ops":' + b"[" * 1000 + b"]" * 1000 + b"}",
        b'{"ops":[' + b"1" * 1000 + b"]}",
        b"<html></html>",
    ],
)
def test_a_body_that_is_no_message_is_refused(known: Known, path: str, body: bytes) -> None:
    assert refused(known, "POST", path, body) == 400


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from(POSTS), body=st.binary(max_size=300))
def test_noise_is_refused(known: Known, path: str, body: bytes) -> None:
    assert refused(known, "POST", path, body) == 400


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(noise=st.lists(st.binary(max_size=200), max_size=3), magic=st.sampled_from([b"", b"ourny-op\x01"]))
def test_noise_in_the_place_of_operations_is_an_answer_for_each(
    known: Known, noise: list[bytes], magic: bytes
) -> None:
    pushed = known.here.push(known.token, *(magic + one for one in noise))
    assert [one.code for one in pushed.results] == ["envelope"] * len(noise)


HUGE = ("-1", "1.5", "x", "", str(2**63), str(2**64), "9" * 400, "%00", "1e3", "٣" * 30)


@pytest.mark.parametrize("number", HUGE)
def test_a_number_out_of_range_is_refused(known: Known, number: str) -> None:
    quoted = number.encode().decode("latin-1") if number.isascii() else "%D9%A3" * 30
    for path in (
        f"{paths.PULL}?after={quoted}",
        f"{paths.MEMBERS}?since={quoted}",
        f"{BLOB}/{quoted}",
        f"{paths.PULL}?limit={'0' if quoted.isdigit() else quoted}",
    ):
        assert refused(known, "GET", path) in (400, 404)
    answer = known.here.ask("PUT", f"{BLOB}/{quoted}", b"x", known.token, X_Sha256="0" * 64)
    assert answer.status in (400, 404, 405)


@pytest.mark.parametrize("digest", ["", "é", "\xff", "0" * 63, "0" * 5000])
def test_a_hash_that_is_none_is_refused(known: Known, digest: str) -> None:
    answer = known.here.ask("PUT", BLOB + "/0", b"x", known.token, X_Sha256=digest)
    assert (answer.status, answer.code) == (400, "hash")


@pytest.mark.parametrize("blob", ["x", "5E" * 16, "..", "%2e%2e", "a" * 33, "%00", "' or 1=1"])
def test_a_name_that_is_none_is_refused(known: Known, blob: str) -> None:
    path = f"{paths.BLOBS}/{blob}/0".replace(" ", "%20")
    answer = known.here.ask("PUT", path, b"x", known.token, X_Sha256="0")
    assert (answer.status, answer.code) in ((400, "part"), (404, "unknown"))


def test_what_is_too_long_is_refused_while_it_comes(known: Known) -> None:
    login = encode(Challenge(device=known.team.first.id))
    assert refused(known, "POST", paths.CHALLENGE, login + b" " * MOST_LOGIN_BODY) == 413
    part = known.here.ask("PUT", BLOB + "/0", bytes(PART_BYTES + 1), known.token, X_Sha256="0")
    assert (part.status, part.code) == (413, "too_long")
    assert refused(known, "POST", paths.PUSH, encode(Push(ops=(bytes(1),) * 201))) == 413
    assert refused(known, "POST", paths.MEMBERS, encode(AddMembers(entries=(b"x",) * 201))) == 413


def test_a_body_of_no_announced_length_is_cut_at_the_same_place(known: Known) -> None:
    head = f"POST {paths.PUSH} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {known.token}\r\n"
    chunk = f"{65536:x}\r\n".encode() + b" " * 65536 + b"\r\n"
    many = [chunk] * (MOST_BODY // 65536 + 1)
    answer = known.raw(head.encode() + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n", *many)
    assert answer.startswith(b"HTTP/1.1 413")


def test_two_lengths_are_no_length(known: Known) -> None:
    head = f"POST {paths.CHALLENGE} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 4\r\n"
    sound = encode(Challenge(device=known.team.first.id))
    chunk = f"{len(sound):x}\r\n".encode() + sound + b"\r\n0\r\n\r\n"
    both = known.raw(head.encode() + b"Transfer-Encoding: chunked\r\n\r\n" + chunk)
    twice = known.raw(head.encode() + b"Content-Length: 5\r\n\r\nabcde")
    assert both.startswith(b"HTTP/1.1 400")
    assert twice.startswith(b"HTTP/1.1 400")


def test_headers_too_long_are_refused(known: Known) -> None:
    answer = known.raw(f"GET {paths.STATE} HTTP/1.1\r\nHost: x\r\nX-Long: ".encode(), b"x" * 100_000)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 4")


def test_a_body_that_does_not_come_is_not_waited_for(known: Known) -> None:
    head = f"POST {paths.CHALLENGE} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 50\r\n\r\n{{"
    answer = known.raw(head.encode())
    assert answer.startswith(b"HTTP/1.1 408")
    assert answer.endswith(b'{"code":"slow_body","head":null}')


@pytest.mark.parametrize("begun", [b"", b"GET /v1/state HT", b"GET /v1/state HTTP/1.1\r\nHost: x\r\nX-"])
def test_headers_that_do_not_come_are_not_waited_for(known: Known, begun: bytes) -> None:
    assert known.raw(begun) == b""


def test_the_next_request_on_a_connection_is_not_waited_for_either(known: Known) -> None:
    with socket.create_connection(("127.0.0.1", known.here.port), timeout=PATIENCE_S) as wire:
        wire.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = b""
        while not answer.endswith(b"ok"):
            answer += wire.recv(65536)
        wire.sendall(b"GET /v1/st")
        assert wire.recv(65536) == b""


def test_an_address_that_is_none_says_nothing_more(known: Known) -> None:
    told = {
        path: known.here.ask("GET", path).code
        for path in (
            "/",
            "/v1/nothing",
            "/docs",
            "/openapi.json",
            "/v2/state",
            "/v0/push",
            "/v1/push",
            "/v12/x",
        )
    }
    assert told == {
        "/": "unknown",
        "/v1/nothing": "unknown",
        "/docs": "unknown",
        "/openapi.json": "unknown",
        "/v2/state": "api",
        "/v0/push": "api",
        "/v1/push": "method",
        "/v12/x": "api",
    }


def test_a_log_holds_no_name_no_address_and_no_body(known: Known, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        known.here.push(known.token, known.team.first.operation(), b"noise")
        known.here.ask("POST", paths.PUSH, b"noise", "invented-token")
        known.raw(b"no request at all\r\n\r\n")
    secrets = (known.token, "invented-token", known.team.id, known.team.first.id, "127.0.0.1", "noise")
    said = [
        record.getMessage()
        for record in caplog.records
        if not record.name.startswith(("asyncio", "sqlalchemy", "hypothesis"))
    ]
    assert [line for line in said if any(secret in line for secret in secrets)] == []


def test_a_statement_that_fails_tells_nothing_of_what_was_in_it(tmp_path: Path) -> None:
    database = Storage(sqlite_url(tmp_path / "server.db"))
    database.migrate()
    said = insert(meta).values(name="invented-name", value="invented-value")
    with database.writing() as connection:
        connection.execute(said)
        with pytest.raises(IntegrityError) as caught:
            connection.execute(said)
    assert "invented" not in str(caught.value)
    database.close()


def test_a_full_disk_is_busy_and_loses_nothing(tmp_path: Path) -> None:
    database = Storage(sqlite_url(tmp_path / "server.db"))
    database.migrate()
    team = SignedTeam()

    def no_room(connection: sqlite3.Connection, _record: object) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")

    with visits(database, team) as here:
        token = here.log_in(team.first)
        here.push(token, team.first.operation())
        event.listen(database.engine, "connect", no_room)
        database.engine.dispose()
        op = team.first.operation(ciphertext=bytes(500_000))
        answer = here.ask("POST", paths.PUSH, encode(Push(ops=(op,))), token)
        assert (answer.status, answer.code, answer.headers["retry-after"]) == (503, "busy", "30")
        event.remove(database.engine, "connect", no_room)
        database.engine.dispose()
        assert here.push(token, op).results[0].n == 2
    database.close()


def test_a_database_that_is_gone_is_not_healthy(tmp_path: Path) -> None:
    database = Storage(sqlite_url(tmp_path / "server.db"))
    database.migrate()
    with visits(database) as here:
        database.engine.dispose()
        (tmp_path / "server.db").write_bytes(b"no database any more" * 500)
        assert here.ask("GET", "/healthz").status == 503
    database.close()
