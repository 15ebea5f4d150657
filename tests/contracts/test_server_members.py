"""What the server promises of a team's membership log and of its tokens, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import event, update

from ournydesk.domain import membership
from ournydesk.domain.ids import new_id
from ournydesk.domain.membership import Role, Statement, UserId
from ournydesk.domain.operations import DeviceId
from sync.protocol.limits import CHALLENGE_LIFE, MOST_MEMBERS, TOKEN_LIFE
from sync.protocol.messages import ChallengeGiven, TokenAsked
from sync.server.access import Access, setting
from sync.server.faults import NotServed
from sync.server.ledger import Ledger
from sync.server.storage import Storage, devices
from tests.fakes.databases import database
from tests.fakes.signed_team import SignedDevice, SignedTeam

__all__ = ["database"]
HOST = "sync.example.org:8443"
NOON = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


class Door:
    """A server's access on a clock that a test moves."""

    def __init__(self, database: Storage, *teams: SignedTeam) -> None:
        self.now = NOON
        self.ledger = Ledger(database, "f" * 32)
        hosts = frozenset(("sync.example.org",))
        self.access = Access(database, self.ledger, lambda: self.now, hosts)
        for team in teams:
            self.access.create_team(self.access.new_creation_token(), tuple(team.entries))

    def asked(
        self, device: SignedDevice, host: str = HOST, given: ChallengeGiven | None = None
    ) -> TokenAsked:
        given = given or self.access.challenge(device.id)
        return TokenAsked(device=device.id, nonce=given.nonce, signature=device.login(host, given.nonce))

    def token(self, device: SignedDevice) -> str:
        return self.access.token(self.asked(device), HOST).token


def somebody(role: Role = Role.VOLUNTEER) -> dict[str, object]:
    return membership.user_body(user=UserId(new_id()), role=role)


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(NotServed) as caught:
        work()
    return caught.value.code


def test_of_two_entries_for_one_place_the_first_stands(database: Storage) -> None:
    team = SignedTeam()
    door = Door(database, team)
    mine, other = (team.stated(Statement.USER_ADD, somebody()) for _ in range(2))
    door.ledger.append_members(team.id, [mine])
    door.ledger.append_members(team.id, [mine])
    with pytest.raises(NotServed, match="member_race") as lost:
        door.ledger.append_members(team.id, [other])
    assert lost.value.head is not None
    assert (lost.value.head.at, lost.value.head.hash) == (1, membership.decode_entry(mine).hash)
    assert door.ledger.members(team.id, 0).entries == (team.entries[0], mine)


def test_of_many_entries_at_once_one_wins(database: Storage) -> None:
    team = SignedTeam()
    door = Door(database, team)
    rivals = [team.stated(Statement.USER_ADD, somebody()) for _ in range(5)]
    together = threading.Barrier(len(rivals))

    def say(entry: bytes) -> str:
        together.wait()
        try:
            door.ledger.append_members(team.id, [entry])
        except NotServed as lost:
            return lost.code
        return "won"

    with ThreadPoolExecutor(len(rivals)) as pool:
        said = list(pool.map(say, rivals))
    assert sorted(said) == ["member_race"] * 4 + ["won"]
    assert door.ledger.state(team.id, team.first.id).members == 2


def test_only_what_its_signers_may_say_is_kept(database: Storage) -> None:
    team = SignedTeam()
    volunteer = team.join()
    door = Door(database, team)
    forged = team.stated(Statement.USER_ADD, somebody(), SignedDevice(team, team.first.user, team.first.id))
    unable = team.stated(Statement.USER_ADD, somebody(Role.COORDINATOR), volunteer)
    body = {"user": "nobody", "role": "volunteer", "manages": False, "reads": False}
    for entry, code in (
        (forged, "member_refused"),
        (unable, "member_refused"),
        (team.stated(Statement.USER_ADD, body), "members"),
        (b"noise", "members"),
    ):
        assert refused(partial(door.ledger.append_members, team.id, [entry])) == code
    assert door.ledger.members(team.id, 0).entries == tuple(team.entries)
    assert door.ledger.state(team.id, volunteer.id).member_hash == team.now.head.hash


def test_entries_come_whole_or_not_at_all(database: Storage) -> None:
    team = SignedTeam()
    door = Door(database, team)
    before = len(team.entries)
    team.join()
    entries = [*team.entries[before:], b"noise"]
    assert refused(lambda: door.ledger.append_members(team.id, entries)) == "members"
    assert door.ledger.state(team.id, team.first.id).members == before


def test_a_long_log_comes_in_several_answers(database: Storage) -> None:
    team = SignedTeam()
    door = Door(database, team)
    for _ in range(MOST_MEMBERS + 3):
        team.say(Statement.USER_ADD, somebody())
    assert refused(lambda: door.ledger.append_members(team.id, team.entries)) == "too_many"
    door.ledger.append_members(team.id, team.entries[:MOST_MEMBERS])
    door.ledger.append_members(team.id, team.entries[MOST_MEMBERS:])
    told: list[bytes] = []
    while len(told) < len(team.entries):
        told += door.ledger.members(team.id, len(told)).entries
    assert told == team.entries
    assert door.ledger.members(team.id, len(told)).entries == ()
    assert refused(lambda: door.ledger.members(team.id, len(told) + 1)) == "cursor"
    assert refused(lambda: door.ledger.members(team.id, 10**30)) == "cursor"


def test_a_device_of_one_team_is_in_no_other(database: Storage) -> None:
    team, other = SignedTeam(), SignedTeam()
    door = Door(database, team, other)
    before = len(other.entries)
    other.join(device=team.first.id)
    assert refused(lambda: door.ledger.append_members(other.id, other.entries[before:])) == "device_taken"
    assert door.access.visitor(door.token(team.first)).team == team.id


def test_a_team_comes_once_for_one_token(database: Storage) -> None:
    team, late = SignedTeam(), SignedTeam()
    door = Door(database)
    token = door.access.new_creation_token()
    entries = tuple(team.entries)
    assert refused(lambda: door.access.create_team("invented", entries)) == "creation_token"
    assert refused(lambda: door.access.create_team(token, (b"noise",))) == "members"
    assert door.access.create_team(token, entries) == door.access.create_team(token, entries) == team.id
    assert refused(lambda: door.access.create_team(token, tuple(late.entries))) == "creation_token"


def test_two_teams_never_share_an_id(database: Storage) -> None:
    team, other = SignedTeam(), SignedTeam()
    other.id = team.id
    body = membership.genesis_body(
        user=other.first.user,
        device=other.first.id,
        sign=other.first.key.public().encoded,
        seal=b"s" * 32,
        reads=True,
    )
    statement = membership.encode_statement(team.id, 0, "", Statement.GENESIS, body)
    door = Door(database, team)
    rival = (other.signed(statement, other.first),)
    token = door.access.new_creation_token()
    assert refused(lambda: door.access.create_team(token, rival)) == "team_taken"
    assert door.ledger.team(team.id).fingerprint == team.fingerprint


def test_a_device_that_signs_its_challenge_gets_a_token_for_a_while(database: Storage) -> None:
    team = SignedTeam()
    door = Door(database, team)
    given = door.access.token(door.asked(team.first), HOST)
    assert given.expires == NOON + TOKEN_LIFE
    visitor = door.access.visitor(given.token)
    assert (visitor.device, visitor.team) == (team.first.id, team.id)
    door.now = given.expires + timedelta(seconds=1)
    assert refused(lambda: door.access.visitor(given.token)) == "token"
    assert refused(lambda: door.access.visitor("")) == "token"


def test_a_login_that_does_not_fit_is_refused_alike(database: Storage) -> None:
    team = SignedTeam()
    volunteer, stranger = team.join(), SignedTeam().first
    door = Door(database, team)
    good = door.asked(volunteer)
    theirs = door.access.challenge(team.first.id)
    used = door.asked(team.first)
    door.access.token(used, HOST)
    for asked in (
        door.asked(stranger),
        door.asked(volunteer, host="evil.example.net"),
        door.asked(volunteer, given=theirs),
        TokenAsked(device=volunteer.id, nonce=good.nonce, signature=good.signature[:-1]),
        TokenAsked(device=volunteer.id, nonce=good.nonce, signature=b""),
        TokenAsked(device=team.first.id, nonce=good.nonce, signature=good.signature),
        TokenAsked(device=volunteer.id, nonce=b"", signature=volunteer.login(HOST, b"")),
        used,
    ):
        assert refused(partial(door.access.token, asked, HOST)) == "login"
    door.now += CHALLENGE_LIFE + timedelta(seconds=1)
    assert refused(lambda: door.access.token(good, HOST)) == "login"


@pytest.mark.parametrize(
    "host", ["evil.example.net", "evil.example.net:8443", "", "[", "sync.example.org.evil"]
)
def test_a_login_meant_for_another_server_cannot_be_passed_on(database: Storage, host: str) -> None:
    team = SignedTeam()
    door = Door(database, team)
    assert refused(lambda: door.access.token(door.asked(team.first, host), host)) == "host"


def test_a_revoked_device_is_shut_out_at_once(database: Storage) -> None:
    team = SignedTeam()
    gone = team.join()
    door = Door(database, team)
    token = door.token(gone)
    door.ledger.append_members(team.id, [team.revoke(gone, 0)])
    assert refused(lambda: door.access.visitor(token)) == "shut_out"
    assert refused(lambda: door.token(gone)) == "shut_out"
    impostor = SignedDevice(team, gone.user, gone.id)
    assert refused(lambda: door.token(impostor)) == "login"


def test_a_device_that_exists_costs_the_same_questions_as_one_that_does_not(database: Storage) -> None:
    """What takes time at a login is the database and one signature; both are the same for anybody."""
    team = SignedTeam()
    door = Door(database, team)
    door.token(team.first)
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))

    def questions(device: SignedDevice) -> list[str]:
        asked.clear()
        assert refused(lambda: door.token(device)) == "login"
        return asked.copy()

    known = questions(SignedDevice(team, team.first.user, team.first.id))
    unknown = questions(SignedDevice(team, team.first.user, DeviceId(new_id())))
    assert known == unknown
    assert known


def test_what_is_made_once_is_the_same_for_all_who_ask_first(database: Storage) -> None:
    together = threading.Barrier(8)

    def ask(_: int) -> str:
        together.wait()
        return setting(database, "invented", new_id)

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(8)))) == 1


def test_keys_of_devices_from_before_they_were_written_down_are_learned(database: Storage) -> None:
    team = SignedTeam()
    team.join()
    door = Door(database, team)
    with database.writing() as connection:
        connection.execute(update(devices).values(sign=None))
    door.ledger.learn_keys()
    assert door.ledger.key_of(team.first.id) == (team.id, team.first.key.public().encoded)
    assert door.token(team.first)
