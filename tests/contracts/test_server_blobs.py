"""What the server promises of attachments, on both databases."""

from __future__ import annotations

import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from ournydesk.domain.ids import new_id
from ournydesk.domain.operations import TeamId
from sync.protocol.limits import MOST_PARTS, PART_BYTES
from sync.server.blobs import Blobs
from sync.server.faults import NotServed
from sync.server.ledger import Ledger
from sync.server.storage import Storage
from tests.fakes.databases import database
from tests.fakes.signed_team import SignedTeam

__all__ = ["database"]
BLOB = "5e" * 16


def brought(database: Storage) -> TeamId:
    team = SignedTeam()
    with database.writing() as connection:
        return Ledger(database, "f" * 32).create_team(connection, team.entries)


def put(blobs: Blobs, team: TeamId, part: int, content: bytes, blob: str = BLOB) -> int:
    return blobs.put(team, blob, part, content, hashlib.sha256(content).hexdigest())


def test_parts_come_in_any_order_and_are_read_back(database: Storage) -> None:
    team, blobs = brought(database), Blobs(database)
    parts = {2: b"third", 0: bytes(PART_BYTES), 1: b"second"}
    assert [put(blobs, team, number, content) for number, content in parts.items()] == [201] * 3
    assert blobs.have(team, BLOB).have == (0, 1, 2)
    assert {number: blobs.get(team, BLOB, number) for number in parts} == parts


def test_a_part_is_never_replaced(database: Storage) -> None:
    team, blobs = brought(database), Blobs(database)
    assert [put(blobs, team, 0, b"first"), put(blobs, team, 0, b"first")] == [201, 200]
    with pytest.raises(NotServed, match="part_differs"):
        put(blobs, team, 0, b"other")
    assert blobs.get(team, BLOB, 0) == b"first"


def test_many_who_bring_one_part_at_once_are_all_served(database: Storage) -> None:
    team, blobs = brought(database), Blobs(database)
    together = threading.Barrier(5)

    def bring(content: bytes) -> int:
        together.wait()
        return put(blobs, team, 0, content)

    with ThreadPoolExecutor(5) as pool:
        statuses = list(pool.map(bring, [b"the same"] * 5))
    assert sorted(statuses) == [200, 200, 200, 200, 201]


@pytest.mark.parametrize(
    ("blob", "part", "content"),
    [
        (BLOB, MOST_PARTS, b"x"),
        (BLOB, -1, b"x"),
        (BLOB, 0, b""),
        (BLOB, 0, bytes(PART_BYTES + 1)),
        ("../" * 10, 0, b"x"),
    ],
)
def test_what_cannot_be_a_part_is_refused(database: Storage, blob: str, part: int, content: bytes) -> None:
    with pytest.raises(NotServed, match="part"):
        put(Blobs(database), brought(database), part, content, blob)


def test_a_part_that_is_not_what_its_hash_says_is_not_kept(database: Storage) -> None:
    team, blobs = brought(database), Blobs(database)
    with pytest.raises(NotServed, match="hash"):
        blobs.put(team, BLOB, 0, b"torn on the way", hashlib.sha256(b"what was sent").hexdigest())
    assert blobs.have(team, BLOB).have == ()


def test_another_teams_attachment_is_as_if_it_were_not_there(database: Storage) -> None:
    mine, theirs, blobs = brought(database), brought(database), Blobs(database)
    put(blobs, mine, 0, b"sealed")
    for team, blob in ((theirs, BLOB), (mine, new_id())):
        with pytest.raises(NotServed, match="unknown"):
            blobs.get(team, blob, 0)
        assert blobs.have(team, blob).have == ()
    assert put(blobs, theirs, 0, b"other") == 201
