"""What every open vault promises of sealed documents."""

from __future__ import annotations

from ournydesk.domain.attachments import BlobId
from ournydesk.domain.operations import RecordId
from ournydesk.ports import OpenVault
from tests.fakes.signed import op_id

RECORD, OTHER = RecordId("a" * 32), RecordId("b" * 32)
FIRST, SECOND = BlobId("1" * 32), BlobId("2" * 32)
HASHES = ("d" * 64, "e" * 64, "f" * 64)


def test_parts_come_one_by_one_and_stay_as_they_came(vault: OpenVault) -> None:
    here = vault.attachments
    assert (here.wanted(), here.waiting(), here.missing(FIRST), here.part(FIRST, 0)) == ((), (), {}, None)
    for _ in range(2):
        here.expect(FIRST, RECORD, op_id("one"), HASHES)
    assert here.missing(FIRST) == dict(enumerate(HASHES))
    here.put(FIRST, 1, b"second")
    here.put(FIRST, 1, b"another")
    assert (here.part(FIRST, 1), here.part(FIRST, 0)) == (b"second", None)
    [parts] = here.wanted()
    assert (parts.hashes, parts.have, parts.sent, parts.whole) == (HASHES, 1, 0, False)
    here.put(FIRST, 0, b"first")
    here.put(FIRST, 2, b"third")
    assert here.wanted() == ()
    assert here.of_record(RECORD)[0].whole


def test_what_is_here_waits_until_the_server_has_it(vault: OpenVault) -> None:
    here = vault.attachments
    here.expect(FIRST, RECORD, op_id("one"), HASHES)
    here.put(FIRST, 0, b"first")
    here.put(FIRST, 2, b"third")
    assert here.unsent(FIRST) == (0, 2)
    here.sent(FIRST, (0,))
    assert here.unsent(FIRST) == (2,)
    here.sent(FIRST, (2, 9))
    assert here.waiting() == ()
    here.offer_again()
    assert [parts.blob for parts in here.waiting()] == [FIRST]


def test_documents_go_with_their_record(vault: OpenVault) -> None:
    here = vault.attachments
    here.expect(FIRST, RECORD, op_id("one"), HASHES)
    here.expect(SECOND, OTHER, op_id("two"), HASHES[:1])
    here.put(FIRST, 0, b"first")
    here.forget(RECORD)
    assert here.of_record(RECORD) == ()
    assert here.part(FIRST, 0) is None
    assert [parts.blob for parts in here.wanted()] == [SECOND]
