"""What every open vault promises of signed operations."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ournydesk.domain.ids import new_id
from ournydesk.domain.operations import NO_OP, Head, Kind, OpId, RecordId
from ournydesk.domain.oplog import Standing, StoredOperation, WireCounts
from ournydesk.ports import OpenVault, OperationLog
from tests.fakes import cheap
from tests.fakes.signed import HERE, OTHER, READER, op_id, operation

MANY = 1_000
LARGE = 1_000_000


@pytest.fixture
def operations(vault: OpenVault) -> OperationLog:
    return vault.operations


def add(operations: OperationLog, *several: StoredOperation) -> None:
    for one in several:
        assert operations.add(one)


def names(found: tuple[StoredOperation, ...]) -> list[OpId]:
    return [one.op_id for one in found]


def test_an_operation_comes_back_as_it_was_kept(operations: OperationLog) -> None:
    whole = replace(
        operation(payload=b"plain"),
        why="because",
        n=7,
        offered_at=cheap.later(1),
        carried_at=cheap.later(2).replace(microsecond=123_457),
        received_at=cheap.later(3),
    )
    add(operations, whole)
    assert operations.get(whole.op_id) == whole
    assert operations.get(op_id("another")) is None


def test_the_same_operation_a_second_time_changes_nothing(operations: OperationLog) -> None:
    first = operation(payload=b"plain")
    add(operations, first)
    assert not operations.add(replace(first, payload=b"", standing=Standing.HELD))
    assert operations.get(first.op_id) == first


def test_a_record_is_told_by_what_was_applied_in_the_order_of_its_devices(operations: OperationLog) -> None:
    record = RecordId(new_id())
    later, early = operation(2, record=record), operation(1, record=record)
    other = operation(1, device=OTHER, record=record)
    held = operation(3, record=record, standing=Standing.HELD)
    add(operations, other, later, held, early, operation(4))
    assert names(operations.of_record(record)) == names((early, later, other))


def test_what_stands_alike_is_found_by_arrival(operations: OperationLog) -> None:
    held = operation(3, standing=Standing.HELD)
    foreign = operation(2, standing=Standing.FOREIGN)
    applied = operation(1)
    add(operations, held, foreign, applied)
    assert names(operations.with_standing(Standing.HELD, Standing.FOREIGN)) == names((held, foreign))
    assert names(operations.with_standing(*Standing)) == names((held, foreign, applied))
    assert operations.with_standing(Standing.REFUSED) == ()
    assert operations.with_standing() == ()


def test_a_chain_ends_before_its_first_gap(operations: OperationLog) -> None:
    assert operations.high(HERE) == (0, NO_OP)
    chain = [operation(dseq) for dseq in range(1, 6)]
    add(operations, chain[1], chain[4])
    assert operations.high(HERE) == (0, NO_OP)
    add(operations, chain[0])
    assert operations.high(HERE) == (2, chain[1].op_id)
    add(operations, chain[3], chain[2])
    assert operations.high(HERE) == (5, chain[4].op_id)
    assert operations.high(OTHER) == (0, NO_OP)


def test_bytes_that_only_claim_a_place_neither_lengthen_nor_block_a_chain(operations: OperationLog) -> None:
    true = operation(1)
    for standing in (Standing.HELD, Standing.QUARANTINED):
        forged = operation(1, name=op_id(standing), standing=standing)
        add(operations, forged)
    assert operations.high(HERE) == (0, NO_OP)
    assert operations.rival(HERE, 1, true.op_id) is None
    assert operations.heard() == {}
    add(operations, true)
    assert operations.high(HERE) == (1, true.op_id)


def test_a_chain_follows_what_is_settled(operations: OperationLog) -> None:
    chain = [operation(dseq, standing=Standing.HELD) for dseq in (1, 2, 3)]
    add(operations, *chain)
    for one in chain:
        operations.settle(one.op_id, Standing.APPLIED)
    assert operations.high(HERE) == (3, chain[2].op_id)
    operations.settle(chain[2].op_id, Standing.REFUSED, "wire.refused")
    assert operations.high(HERE) == (3, chain[2].op_id)
    operations.settle(chain[1].op_id, Standing.QUARANTINED, "fork")
    assert operations.high(HERE) == (1, chain[0].op_id)


def test_an_operation_that_does_not_follow_the_one_before_is_no_part_of_the_chain(
    operations: OperationLog,
) -> None:
    add(operations, operation(1), operation(2, previous=op_id("elsewhere")))
    assert operations.high(HERE)[0] == 1


def test_two_operations_at_one_place_are_rivals(operations: OperationLog) -> None:
    first, second = operation(1), operation(1, name=op_id("second"))
    add(operations, first)
    assert operations.rival(HERE, 1, first.op_id) is None
    assert operations.rival(HERE, 1, second.op_id) == first.op_id
    assert operations.rival(HERE, 2, second.op_id) is None


def test_what_no_reader_signed_for_is_asked_for(operations: OperationLog) -> None:
    told = [
        operation(dseq, device=OTHER, kind=kind)
        for dseq, kind in enumerate((Kind.CREATE, Kind.EDIT, Kind.GRANT), 1)
    ]
    ack = operation(4, device=OTHER, kind=Kind.ACKNOWLEDGE)
    held = operation(5, device=OTHER, standing=Standing.HELD)
    add(operations, *told, ack, held, operation(1, device=READER))
    assert names(operations.unacknowledged(READER)) == names(tuple(told))
    operations.received([told[0].op_id], cheap.later(1))
    assert names(operations.unacknowledged(READER)) == names(tuple(told[1:]))


def test_a_signature_that_comes_before_its_operation_is_remembered(operations: OperationLog) -> None:
    late = operation(1)
    operations.received([late.op_id], cheap.later(1))
    operations.received([late.op_id], cheap.later(9))
    add(operations, late)
    kept = operations.get(late.op_id)
    assert kept is not None
    assert kept.received_at == cheap.later(1)


def test_the_newest_of_each_device_is_heard(operations: OperationLog) -> None:
    add(operations, operation(2, minute=5), operation(1, minute=9), operation(1, device=OTHER, minute=2))
    add(operations, operation(3, minute=1))
    assert operations.heard() == {HERE: cheap.later(9), OTHER: cheap.later(2)}


def test_settling_keeps_the_payload_unless_it_brings_one(operations: OperationLog) -> None:
    one = operation(standing=Standing.HELD)
    add(operations, one)
    operations.settle(one.op_id, Standing.APPLIED, payload=b"plain")
    operations.settle(one.op_id, Standing.REFUSED, "too late")
    kept = operations.get(one.op_id)
    assert kept is not None
    assert (kept.standing, kept.why, kept.payload) == (Standing.REFUSED, "too late", b"plain")
    with pytest.raises(KeyError):
        operations.settle(op_id("nowhere"), Standing.APPLIED)


def test_what_waits_is_sent_by_device_and_place(operations: OperationLog) -> None:
    mine = [operation(dseq) for dseq in (1, 2, 3)]
    other = operation(1, device=OTHER, standing=Standing.FOREIGN)
    held = operation(2, device=OTHER, standing=Standing.HELD)
    aside = [
        operation(3, device=OTHER, standing=Standing.QUARANTINED),
        operation(4, device=OTHER, standing=Standing.REFUSED),
        replace(operation(4), n=1),
        operation(5, envelope=b""),
    ]
    add(operations, held, *reversed(mine), *aside, other)
    assert names(operations.outbox(MANY, LARGE)) == names((*mine, other, held))
    assert names(operations.outbox(2, LARGE)) == names(tuple(mine[:2]))


def test_what_was_being_sent_is_sent_again_until_it_has_a_number(operations: OperationLog) -> None:
    one = operation()
    add(operations, one)
    operations.offered([one.op_id], cheap.later(1))
    operations.carried([one.op_id], cheap.later(2))
    assert names(operations.outbox(MANY, LARGE)) == names((one,))
    operations.follow([(1, one.op_id)], Head(1, "1" * 64))
    assert operations.outbox(MANY, LARGE) == ()


def test_the_outbox_keeps_to_its_size_but_never_starves(operations: OperationLog) -> None:
    assert operations.outbox(MANY, LARGE) == ()
    add(operations, *(operation(dseq, envelope=bytes(100)) for dseq in (1, 2, 3)))
    for most, expected in ((300, 3), (299, 2), (200, 2), (100, 1), (1, 1)):
        assert len(operations.outbox(MANY, most)) == expected


def test_the_outbox_goes_on_behind_what_was_seen_and_leaves_out_what_a_relay_has(
    operations: OperationLog,
) -> None:
    mine = [operation(dseq) for dseq in (1, 2, 3)]
    other = operation(1, device=OTHER)
    add(operations, *mine, other)
    assert names(operations.outbox(2, LARGE, behind=mine[1].op_id)) == names((mine[2], other))
    assert operations.outbox(2, LARGE, behind=other.op_id) == ()
    for _ in range(2):
        operations.given("relay", [mine[0].op_id, mine[2].op_id])
    assert names(operations.outbox(1, LARGE, box="relay")) == names((mine[1],))
    assert names(operations.outbox(MANY, LARGE, box="relay")) == names((mine[1], other))
    assert names(operations.outbox(MANY, LARGE, box="another")) == names((*mine, other))


def test_what_was_read_back_of_a_chain_is_known_also_after_a_restore(operations: OperationLog) -> None:
    chain = [operation(dseq) for dseq in (1, 2, 3)]
    add(operations, *chain)
    assert operations.acknowledged(HERE) == 0
    operations.follow([(n, one.op_id) for n, one in enumerate(chain[:2], 1)], Head(2, "2" * 64))
    assert (operations.acknowledged(HERE), operations.acknowledged(OTHER)) == (2, 0)
    operations.unnumber(1, Head(1, "1" * 64))
    assert operations.acknowledged(HERE) == 1


def test_sending_carrying_and_receiving_leave_their_times(operations: OperationLog) -> None:
    one = operation()
    add(operations, one)
    for minute in (1, 2):
        operations.offered([one.op_id, op_id("nowhere")], cheap.later(minute))
        operations.carried([one.op_id], cheap.later(minute + 10))
        operations.received([one.op_id], cheap.later(minute + 20))
    assert operations.get(one.op_id) == replace(
        one, offered_at=cheap.later(2), carried_at=cheap.later(11), received_at=cheap.later(21)
    )


def test_the_log_numbers_what_is_here_and_what_comes_later(operations: OperationLog) -> None:
    assert operations.cursor() == Head(0, "")
    early, late, strange = operation(1), operation(2), op_id("not ours")
    add(operations, early)
    operations.follow([(1, strange), (2, late.op_id), (3, early.op_id)], Head(3, "3" * 64))
    add(operations, late)
    kept = [operations.get(one.op_id) for one in (early, late)]
    assert [one.n for one in kept if one is not None] == [3, 2]
    assert operations.cursor() == Head(3, "3" * 64)
    assert operations.numbered(0) == ((1, strange), (2, late.op_id), (3, early.op_id))
    assert operations.numbered(2) == ((3, early.op_id),)
    assert operations.outbox(MANY, LARGE) == ()
    operations.follow([], Head(3, "3" * 64))


@pytest.mark.parametrize("entries", [[(2, "a")], [(1, "a"), (3, "b")], [(1, "a")]])
def test_the_log_is_followed_without_a_gap(operations: OperationLog, entries: list[tuple[int, str]]) -> None:
    with pytest.raises(ValueError, match="without a gap"):
        operations.follow([(n, op_id(name)) for n, name in entries], Head(2, "2" * 64))
    assert operations.numbered(0) == ()


def test_bytes_that_were_dropped_can_be_taken_back(operations: OperationLog) -> None:
    foreign = operation(1, standing=Standing.FOREIGN)
    add(operations, foreign)
    operations.follow([(1, foreign.op_id)], Head(1, "1" * 64))
    operations.refill(foreign.op_id, b"sealed")
    operations.refill(foreign.op_id, b"other")
    operations.settle(foreign.op_id, Standing.APPLIED)
    kept = operations.get(foreign.op_id)
    assert kept is not None
    assert kept.envelope == b"sealed"


def test_a_restored_server_is_sent_everything_again(operations: OperationLog) -> None:
    chain = [operation(dseq) for dseq in (1, 2, 3)]
    add(operations, *chain)
    operations.follow([(n, one.op_id) for n, one in enumerate(chain, 1)], Head(3, "3" * 64))
    operations.unnumber(1, Head(1, "1" * 64))
    assert operations.cursor() == Head(1, "1" * 64)
    assert operations.numbered(0) == ((1, chain[0].op_id),)
    assert names(operations.outbox(MANY, LARGE)) == names(tuple(chain[1:]))
    operations.follow([(2, chain[2].op_id), (3, chain[1].op_id)], Head(3, "4" * 64))
    assert operations.outbox(MANY, LARGE) == ()


def test_what_is_not_ours_to_open_is_dropped_once_the_server_has_it(operations: OperationLog) -> None:
    foreign = [operation(dseq, standing=Standing.FOREIGN) for dseq in (1, 2)]
    held = operation(3, standing=Standing.HELD)
    add(operations, foreign[0], held)
    operations.follow([(1, foreign[0].op_id), (2, foreign[1].op_id), (3, held.op_id)], Head(3, "3" * 64))
    add(operations, foreign[1])
    operations.settle(held.op_id, Standing.FOREIGN)
    found = operations.with_standing(Standing.FOREIGN)
    assert sorted(names(found)) == sorted(names((*foreign, held)))
    assert [one.envelope for one in found] == [b"", b"", b""]


def test_forgetting_leaves_names_chains_and_sealed_bytes(operations: OperationLog) -> None:
    record = RecordId(new_id())
    mine, other = operation(1, record=record, payload=b"plain"), operation(2, payload=b"other")
    refused = operation(3, record=record, payload=b"plain", standing=Standing.REFUSED)
    add(operations, mine, other, refused)
    operations.forget_payloads(record)
    assert operations.get(refused.op_id) == replace(refused, payload=b"")
    assert operations.of_record(record) == (replace(mine, payload=b""),)
    assert operations.get(other.op_id) == other
    assert operations.high(HERE) == (3, refused.op_id)


def test_what_waits_and_what_is_wrong_is_counted(operations: OperationLog) -> None:
    assert operations.counts() == WireCounts()
    standings = (Standing.APPLIED, Standing.HELD, Standing.FOREIGN, Standing.QUARANTINED, Standing.REFUSED)
    add(operations, *(operation(dseq, standing=one) for dseq, one in enumerate(standings, 1)))
    add(operations, replace(operation(6), n=1), operation(7, standing=Standing.REFUSED))
    assert operations.counts() == WireCounts(waiting=3, held=1, quarantined=1, refused=2)
