"""Every address asked by everybody who has no business there: one answer, whatever exists behind it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from ournydesk.domain.ids import new_id
from ournydesk.domain.membership import Role
from ournydesk.domain.operations import Kind, RecordId
from sync.protocol import paths
from sync.protocol.codec import encode
from sync.protocol.limits import TOKEN_LIFE
from sync.protocol.messages import AddMembers, Challenge, ChallengeGiven, Outcome, Page, Push, TokenAsked
from sync.server.access import Access
from sync.server.storage import Storage
from tests.fakes.databases import database
from tests.fakes.signed_team import STAFF, SignedDevice, SignedTeam
from tests.integration.server.visits import Answered, Housed, visits

__all__ = ["database"]
BLOB: Final = "5e" * 16
DIGEST: Final = hashlib.sha256(b"sealed").hexdigest()


@dataclass(frozen=True)
class Asked:
    """One question that needs a token."""

    method: str
    path: str
    body: bytes = b""

    def of(self, here: Housed, token: str) -> Answered:
        return here.ask(self.method, self.path, self.body, token, X_Sha256=DIGEST)


EVERY: Final = (
    Asked("GET", paths.STATE),
    Asked("GET", paths.PULL),
    Asked("GET", f"{paths.MEMBERS}?since=0"),
    Asked("POST", paths.MEMBERS, encode(AddMembers(entries=()))),
    Asked("POST", paths.PUSH, encode(Push(ops=()))),
    Asked("PUT", f"{paths.BLOBS}/{BLOB}/0", b"sealed"),
    Asked("GET", f"{paths.BLOBS}/{BLOB}"),
    Asked("GET", f"{paths.BLOBS}/{BLOB}/0"),
)


@dataclass(frozen=True)
class Hall:
    """A server with two teams, each with an attachment of the same name."""

    here: Housed
    team: SignedTeam
    other: SignedTeam
    volunteer: SignedDevice
    colleague: SignedDevice
    gone: SignedDevice


@pytest.fixture
def hall(database: Storage) -> Iterator[Hall]:
    team, other = SignedTeam(), SignedTeam()
    volunteer, colleague, gone = team.join(), team.join(), team.join()
    attorney = team.join(Role.ATTORNEY, reads=True)
    team.group(STAFF, attorney)
    with visits(database, team, other) as here:
        yield Hall(here, team, other, volunteer, colleague, gone)


@pytest.mark.parametrize("asked", EVERY, ids=lambda one: f"{one.method} {one.path.split('?')[0]}")
def test_a_token_opens_its_own_team_to_its_own_device_and_nothing_else(hall: Hall, asked: Asked) -> None:
    here = hall.here
    token = here.log_in(hall.gone)
    here.house.ledger.append_members(hall.team.id, [hall.team.revoke(hall.gone, 0)])
    own = here.log_in(hall.volunteer)
    expired = Access(here.house.database, here.house.ledger, long_ago, frozenset(("127.0.0.1",)))
    bent = own[:-1] + ("A" if own[-1] != "A" else "B")
    answers = {
        "none": asked.of(here, ""),
        "bent": asked.of(here, bent),
        "cut": asked.of(here, own[:-1]),
        "twice": asked.of(here, own + own),
        "a device's id": asked.of(here, hall.volunteer.id),
        "expired": asked.of(here, token_of(expired, hall.volunteer, here)),
    }
    assert {(one.status, one.code) for one in answers.values()} == {(401, "token")}
    assert len({one.body for one in answers.values()}) == 1
    assert (asked.of(here, token).status, asked.of(here, token).code) == (403, "shut_out")
    assert asked.of(here, own).status in (200, 201, 404)


def long_ago() -> datetime:
    return datetime.now(UTC) - TOKEN_LIFE - timedelta(seconds=1)


def token_of(access: Access, device: SignedDevice, here: Housed) -> str:
    given = access.challenge(device.id)
    signature = device.login(here.host, given.nonce)
    asked = TokenAsked(device=device.id, nonce=given.nonce, signature=signature)
    return access.token(asked, here.host).token


def test_a_challenge_is_for_one_device_once_and_nobody_signs_for_another(hall: Hall) -> None:
    here = hall.here
    given = here.post(paths.CHALLENGE, Challenge(device=hall.volunteer.id), ChallengeGiven)
    refused = []
    for device, signer, nonce in (
        (hall.colleague, hall.colleague, given.nonce),  # a challenge of another device
        (hall.volunteer, hall.colleague, given.nonce),  # another's key
        (hall.volunteer, hall.volunteer, given.nonce[:-1] + b"\x00"),
        (hall.volunteer, hall.volunteer, b""),
        (hall.volunteer, hall.volunteer, given.nonce * 2),
    ):
        asked = TokenAsked(device=device.id, nonce=nonce, signature=signer.login(here.host, nonce))
        refused.append(here.ask("POST", paths.TOKEN, encode(asked)))
    sound = TokenAsked(
        device=hall.volunteer.id, nonce=given.nonce, signature=hall.volunteer.login(here.host, given.nonce)
    )
    assert here.ask("POST", paths.TOKEN, encode(sound)).status == 200
    refused.append(here.ask("POST", paths.TOKEN, encode(sound)))
    assert {(one.status, one.body) for one in refused} == {(401, b'{"code":"login","head":null}')}


def test_what_belongs_to_others_and_what_does_not_exist_are_the_same(hall: Hall) -> None:
    here = hall.here
    mine, theirs = here.log_in(hall.volunteer), here.log_in(hall.other.first)
    assert here.ask("PUT", f"{paths.BLOBS}/{BLOB}/0", b"sealed", mine, X_Sha256=DIGEST).status == 201
    told = [
        here.ask("GET", f"{paths.BLOBS}/{blob}/{part}", token=theirs)
        for blob, part in ((BLOB, 0), (BLOB, 1), (new_id(), 0))
    ]
    assert len({(one.status, one.body) for one in told}) == 1
    have = [here.ask("GET", f"{paths.BLOBS}/{blob}", token=theirs).body for blob in (BLOB, new_id())]
    assert have[0] == have[1]


@pytest.mark.parametrize("kind", list(Kind))
def test_a_volunteer_gains_nothing_by_any_kind_on_the_record_of_another(hall: Hall, kind: Kind) -> None:
    here = hall.here
    record = RecordId(new_id())
    op = hall.colleague.operation(Kind.CREATE, rec=record, to=(STAFF,))
    assert here.push(here.log_in(hall.colleague), op).results[0].said is Outcome.OK
    token = here.log_in(hall.volunteer)
    (told,) = here.push(token, hall.volunteer.operation(kind, rec=record, to=(STAFF,))).results
    assert (told.said is Outcome.OK) == hall.team.now.accepts(hall.volunteer.id, 1, kind)
    page = here.get(paths.PULL, token, Page)
    assert page.entries[0].op is None  # its name, and never its bytes
