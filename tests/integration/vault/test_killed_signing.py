"""A desk killed at every step of signing and of purging: what is signed is mirrored, what is gone is gone."""

from __future__ import annotations

from collections.abc import Iterator

from ournydesk.domain.membership import UserId
from ournydesk.domain.operations import RecordId
from ournydesk.domain.team import Identity
from tests.fakes.signed import HERE, TEAM, operation
from tests.integration.vault.conftest import Seat
from tests.integration.vault.test_killed import child, copies, each_step, sound, traceable

__all__ = ["copies", "traceable"]
CALLS = {"fsync": 1, "rename": 1, "ftruncate": 1, "pwrite64": 12, "write": 1}
PLAIN = b"plain words of a client"


def joined(seat: Seat) -> None:
    vault = seat.open()
    vault.membership.adopt(Identity(team=TEAM, user=UserId("d" * 32), device=HERE, name="Invented Person"))
    vault.close()


def test_an_operation_that_was_signed_is_there_and_mirrored(traceable: None, copies: Iterator[Seat]) -> None:
    def run(inject: str) -> bool:
        seat = next(copies)
        joined(seat)
        told = child("sign", seat.root, seat.vault, seat.intake, inject=inject)
        files = {path.stem: path.read_bytes() for path in (seat.folder / "outgoing").glob("*.op")}
        vault = sound(seat.open())
        kept = vault.operations.outbox(10, 10_000)
        assert [one.header.dseq for one in kept] == [1, 2][: len(kept)]
        assert len(kept) >= len([line for line in told.lines if line.isdigit()])
        assert set(files) <= {one.op_id for one in kept}
        assert all(content == b"sealed " * 100 for content in files.values())
        assert vault.outgoing.names() == {one.op_id for one in kept}
        assert bool(vault.intakes.unsealed()) == (not kept)
        vault.close()
        return told.killed

    assert each_step(run, calls=CALLS) > 10


def test_a_purge_is_whole_or_not_at_all(traceable: None, copies: Iterator[Seat]) -> None:
    def run(inject: str) -> bool:
        seat = next(copies)
        vault = seat.open()
        vault.operations.add(operation(record=RecordId(seat.intake), payload=PLAIN))
        vault.close()
        told = child("purge", seat.root, seat.vault, seat.intake, inject=inject)
        vault = sound(seat.open())
        (row,) = vault.intakes.rows()
        assert row.purged or "purged" not in told.lines
        (one,) = vault.operations.of_record(RecordId(seat.intake))
        assert one.payload == (b"" if row.purged else PLAIN)
        assert len(vault.intakes.answers(seat.intake).values) == (0 if row.purged else 60)
        vault.close()
        return told.killed

    assert each_step(run, calls=CALLS) > 5
