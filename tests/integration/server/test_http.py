"""The server as its clients meet it: over a socket, on both databases."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest

from ournydesk.domain.ids import new_id
from ournydesk.domain.membership import Role
from sync.client.transport import HttpsTransport
from sync.protocol import chain, paths
from sync.protocol.codec import decode, encode
from sync.protocol.limits import API
from sync.protocol.messages import (
    AddMembers,
    Challenge,
    ChallengeGiven,
    CreateTeam,
    Members,
    Outcome,
    Page,
    PartsHeld,
    Push,
    State,
    TokenAsked,
)
from sync.server.rates import Rates
from sync.server.storage import Storage
from tests.fakes.databases import database
from tests.fakes.signed_team import STAFF, SignedTeam, name_of
from tests.integration.server.visits import Housed, visits

__all__ = ["database"]
BLOB = "5e" * 16


@pytest.fixture
def team() -> SignedTeam:
    return SignedTeam()


@pytest.fixture
def here(database: Storage, team: SignedTeam) -> Iterator[Housed]:
    with visits(database, team) as opened:
        yield opened


def part_path(number: int = 0, blob: str = BLOB) -> str:
    return f"{paths.BLOBS}/{blob}/{number}"


def test_a_team_comes_with_a_token_and_its_desks_log_in(database: Storage, team: SignedTeam) -> None:
    with visits(database) as here:
        refused = here.ask("POST", paths.TEAMS, encode(CreateTeam(token="no", entries=())))
        assert (refused.status, refused.code) == (403, "creation_token")
        token = here.house.access.new_creation_token()
        made = here.ask("POST", paths.TEAMS, encode(CreateTeam(token=token, entries=tuple(team.entries))))
        assert (made.status, made.body) == (201, b"")
        state = here.get(paths.STATE, here.log_in(team.first), State)
    assert (state.api_min, state.api_max, state.numbered) == (API, API, True)
    assert (state.members, state.member_hash) == (1, team.fingerprint)
    assert state.head == chain.start(team.fingerprint)


def test_what_one_desk_pushes_another_pulls(here: Housed, team: SignedTeam) -> None:
    token = here.log_in(team.first)
    volunteer = team.join()
    grown = here.post(paths.MEMBERS, AddMembers(entries=tuple(team.entries[1:])), State, token)
    assert grown.members == 3
    assert here.get(f"{paths.MEMBERS}?since=1", token, Members).entries == tuple(team.entries[1:])
    ops = volunteer.operations(3)
    pushed = here.push(here.log_in(volunteer), *ops)
    assert [one.said for one in pushed.results] == [Outcome.OK] * 3
    page = here.get(f"{paths.PULL}?after=1&limit=1", token, Page)
    assert [(one.n, one.op_id, one.op) for one in page.entries] == [(2, name_of(ops[1]), ops[1])]
    assert (page.since, page.more, page.head.at) == (1, True, 3)


def test_what_is_not_for_a_desk_is_a_name_and_nothing_more(here: Housed, team: SignedTeam) -> None:
    volunteer = team.join()
    other = team.join()
    attorney = team.join(Role.ATTORNEY, reads=True)
    team.group(STAFF, attorney)
    here.house.ledger.append_members(team.id, team.entries)
    op = volunteer.operation(to=(STAFF,))
    here.push(here.log_in(volunteer), op)
    handed = {
        name: here.get(paths.PULL, here.log_in(device), Page).entries[0].op
        for name, device in (("author", volunteer), ("other", other), ("attorney", attorney))
    }
    assert handed == {"author": op, "other": None, "attorney": op}


def test_two_teams_on_one_server_know_nothing_of_each_other(here: Housed, team: SignedTeam) -> None:
    other = SignedTeam()
    token = here.house.access.new_creation_token()
    here.ask("POST", paths.TEAMS, encode(CreateTeam(token=token, entries=tuple(other.entries))))
    mine, theirs = here.log_in(team.first), here.log_in(other.first)
    here.push(mine, *team.first.operations(2))
    put_part(here, mine, b"sealed")
    assert here.get(paths.PULL, theirs, Page).entries == ()
    (carried,) = here.push(theirs, team.first.operation()).results
    assert carried.code == "device"
    missing, hidden = (
        here.ask("GET", part_path(0, new_id()), token=theirs),
        here.ask("GET", part_path(), token=theirs),
    )
    assert (
        (missing.status, missing.body)
        == (hidden.status, hidden.body)
        == (404, b'{"code":"unknown","head":null}')
    )


def put_part(here: Housed, token: str, content: bytes, number: int = 0, digest: str | None = None) -> int:
    sha256 = hashlib.sha256(content).hexdigest() if digest is None else digest
    return here.ask("PUT", part_path(number), content, token, X_Sha256=sha256).status


def test_an_attachment_comes_in_parts_and_goes_on_where_it_stopped(here: Housed, team: SignedTeam) -> None:
    token = here.log_in(team.first)
    assert [put_part(here, token, b"second", 1), put_part(here, token, b"first")] == [201, 201]
    assert here.get(f"{paths.BLOBS}/{BLOB}", token, PartsHeld).have == (0, 1)
    assert put_part(here, token, b"first") == 200
    assert put_part(here, token, b"other") == 409
    assert put_part(here, token, b"third", 2, "0" * 64) == 400
    assert here.ask("GET", part_path(1), token=token).body == b"second"
    assert here.get(f"{paths.BLOBS}/{BLOB}", token, PartsHeld).have == (0, 1)


def test_nothing_is_served_without_a_token(here: Housed) -> None:
    asked = [("GET", paths.STATE), ("GET", paths.PULL), ("POST", paths.PUSH), ("GET", paths.MEMBERS)]
    asked += [
        ("POST", paths.MEMBERS),
        ("PUT", part_path()),
        ("GET", part_path()),
        ("GET", f"{paths.BLOBS}/{BLOB}"),
    ]
    for method, path in asked:
        for authorization in (
            "",
            "Bearer",
            "Bearer ",
            "Bearer invented",
            "Basic aW52ZW50ZWQ=",
            "Bearer \xff",
        ):
            answer = here.ask(method, path, Authorization=authorization)
            assert (answer.status, answer.code) == (401, "token")


def test_who_asks_too_often_is_told_when_to_come_back(database: Storage, team: SignedTeam) -> None:
    slow = Rates(lambda: 0.0, requests=2, logins=4, uploads=8)
    with visits(database, team, rates=slow) as here:
        token = here.log_in(team.first)
        assert put_part(here, token, b"123456") == 201
        answer = here.ask("PUT", part_path(1), b"123456", token, X_Sha256="0")
        assert (answer.status, answer.code, answer.headers["retry-after"]) == (429, "slow_down", "30")
        # Nothing a proxy or a liar says about addresses gives anybody a second count.
        again = here.ask(
            "GET", paths.STATE, token=token, X_Forwarded_For="192.0.2.7", Forwarded="for=192.0.2.8"
        )
        assert (again.status, again.code) == (429, "slow_down")


def test_the_operator_sees_counts_and_no_names(here: Housed, team: SignedTeam) -> None:
    here.push(here.log_in(team.first), *team.first.operations(2))
    here.ask("GET", paths.STATE)
    told = here.ask("GET", "/metrics", token=here.house.access.new_operator_token()).body.decode()
    assert 'ourny_operations_total{said="ok"} 2.0' in told
    assert 'ourny_refused_total{code="token"} 1.0' in told
    assert team.id not in told
    assert team.first.id not in told
    assert here.ask("GET", "/healthz").body == b"ok"


def test_a_relay_carries_the_same_bytes_and_makes_no_teams(database: Storage, team: SignedTeam) -> None:
    with visits(database, team, numbered=False) as relay:
        token = relay.log_in(team.first)
        first, second = team.first.operations(2)
        assert [one.said for one in relay.push(token, second, first).results] == [Outcome.OK] * 2
        assert [one.op for one in relay.get(paths.PULL, token, Page).entries] == [second, first]
        before = relay.get(paths.STATE, token, State)
        made = relay.ask("POST", paths.TEAMS, encode(CreateTeam(token="x", entries=())))
        assert (before.numbered, made.status) == (False, 404)
    with visits(database, numbered=False) as relay:
        after = relay.get(paths.STATE, relay.log_in(team.first), State)
    assert after == before


def test_a_push_is_answered_alike_after_its_first_answer_was_lost(here: Housed, team: SignedTeam) -> None:
    token = here.log_in(team.first)
    body = encode(Push(ops=tuple(team.first.operations(5))))
    first, again = here.ask("POST", paths.PUSH, body, token), here.ask("POST", paths.PUSH, body, token)
    assert first.body.replace(b'"ok"', b'"dup"') == again.body


def test_a_desk_logs_in_however_its_address_is_written(here: Housed, team: SignedTeam) -> None:
    transport = HttpsTransport(f"http://LocalHost:{here.port}/", None)
    challenge = encode(Challenge(device=team.first.id))
    given = decode(ChallengeGiven, transport.send("POST", paths.CHALLENGE, challenge).body)
    signature = team.first.login(transport.host, given.nonce)
    asked = TokenAsked(device=team.first.id, nonce=given.nonce, signature=signature)
    answer = transport.send("POST", paths.TOKEN, encode(asked))
    transport.close()
    assert (transport.host, answer.status) == (f"localhost:{here.port}", 200)
