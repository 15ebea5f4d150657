"""The mirror of sealed operations beside the database, also after an untidy end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ournydesk.domain.membership import UserId
from ournydesk.domain.operations import OpId
from ournydesk.domain.team import Identity
from tests.fakes.signed import HERE, OTHER, TEAM, op_id, operation
from tests.integration.vault.conftest import Seat


def test_a_mirror_file_is_whole_private_and_named_by_its_operation(seat: Seat) -> None:
    vault, one = seat.open(), operation(envelope=b"sealed " * 100)
    with vault.together():
        vault.operations.add(one)
        vault.outgoing.mirror(one.op_id, one.envelope)
        assert list((seat.folder / "outgoing").iterdir()) == []
    (file,) = (seat.folder / "outgoing").iterdir()
    assert (file.name, file.read_bytes()) == (f"{one.op_id}.op", one.envelope)
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(ValueError, match="64"):
        vault.outgoing.mirror(OpId("../vault"), b"")
    vault.close()


def test_a_mirror_file_that_was_never_finished_is_swept_and_strangers_stay(seat: Seat) -> None:
    outgoing = seat.folder / "outgoing"
    draft, stranger = outgoing / f"{op_id(1)}.op.new", outgoing / "somebody's.txt"
    for path in (draft, stranger):
        path.write_bytes(b"half")
    vault = seat.open()
    assert vault.outgoing.names() == frozenset()
    vault.close()
    assert [path for path in (draft, stranger) if path.exists()] == [stranger]


def test_an_unlock_mends_the_mirror(seat: Seat) -> None:
    vault = seat.open()
    vault.membership.adopt(Identity(team=TEAM, user=UserId("d" * 32), device=HERE, name="Invented Person"))
    waits, numbered = operation(1), replace(operation(2), n=1)
    for one in (waits, numbered, operation(1, device=OTHER)):
        vault.operations.add(one)
    vault.outgoing.mirror(numbered.op_id, numbered.envelope)
    vault.outgoing.mirror(op_id("of an earlier desk"), b"sealed")
    vault.close()
    vault = seat.open()
    assert vault.outgoing.names() == {waits.op_id, op_id("of an earlier desk")}
    assert (seat.folder / "outgoing" / f"{waits.op_id}.op").read_bytes() == waits.envelope
    vault.close()


def test_a_mirror_that_cannot_be_mended_keeps_nobody_out(seat: Seat) -> None:
    vault = seat.open()
    vault.membership.adopt(Identity(team=TEAM, user=UserId("d" * 32), device=HERE, name="Invented Person"))
    waits = operation()
    vault.operations.add(waits)
    vault.close()
    (seat.folder / "outgoing").rmdir()
    (seat.folder / "outgoing").write_bytes(b"a file in its place")
    vault = seat.open()
    assert vault.operations.get(waits.op_id) == waits
    vault.close()
