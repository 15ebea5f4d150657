"""What every open vault promises of intakes that are sealed, received, handed over and purged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ournydesk.domain.ids import IntakeId, new_id
from ournydesk.domain.intake import IntakeHead, Progress, Status
from ournydesk.domain.membership import UserId
from ournydesk.domain.operations import DeviceId, Head, Kind, RecordId
from ournydesk.domain.oplog import Standing, StoredOperation
from ournydesk.domain.team import Identity
from ournydesk.errors import Refused
from ournydesk.ports import Intakes, OpenVault
from tests.fakes import cheap
from tests.fakes.signed import HERE, OTHER, READER, TEAM, op_id, operation

AGREED = Progress(sections_done=1, sections=3, agreed=True)
ORIGIN = op_id("from elsewhere")


@pytest.fixture
def intakes(vault: OpenVault) -> Intakes:
    vault.forms.keep(cheap.FORM)
    vault.membership.adopt(Identity(team=TEAM, user=UserId("d" * 32), device=HERE, name="Invented Person"))
    return vault.intakes


@pytest.fixture
def head(intakes: Intakes) -> IntakeHead:
    started = cheap.head()
    intakes.start(started)
    intakes.append(started.id, [cheap.said("/data/a", "x")], AGREED, cheap.later(1))
    return started


def about(
    head: IntakeHead, dseq: int = 1, kind: Kind = Kind.CREATE, device: DeviceId = HERE
) -> StoredOperation:
    return operation(dseq, device=device, record=RecordId(head.id), kind=kind)


def sealed(vault: OpenVault, head: IntakeHead) -> StoredOperation:
    one = about(head)
    vault.operations.add(one)
    vault.intakes.mark_sealed(head.id, vault.intakes.pending(head.id).through)
    return one


def test_an_intake_nobody_started_has_nothing_to_seal(intakes: Intakes) -> None:
    nobody = IntakeId("f" * 32)
    for ask in (
        lambda: intakes.pending(nobody),
        lambda: intakes.mark_sealed(nobody, 1),
        lambda: intakes.mark_handed_over(nobody),
        lambda: intakes.purge(nobody, cheap.NOON),
    ):
        with pytest.raises(Refused) as caught:
            ask()
        assert caught.value.code == "refused.unknown_intake"
    assert intakes.unsealed() == ()


def test_what_was_written_waits_until_it_is_sealed(intakes: Intakes, head: IntakeHead) -> None:
    pending = intakes.pending(head.id)
    assert pending.first
    assert pending.head == head
    assert pending.events == (cheap.said("/data/a", "x"),)
    assert pending.progress == AGREED
    assert pending.at == cheap.later(1)
    assert intakes.unsealed() == (head.id,)
    intakes.mark_sealed(head.id, pending.through)
    after = intakes.pending(head.id)
    assert (after.first, after.events, after.progress, after.through) == (False, (), None, pending.through)
    assert intakes.unsealed() == ()


def test_what_comes_while_it_is_sealed_waits_for_the_next_time(intakes: Intakes, head: IntakeHead) -> None:
    through = intakes.pending(head.id).through
    intakes.append(head.id, [cheap.said("/data/b", "y")], AGREED, cheap.later(2))
    intakes.mark_sealed(head.id, through)
    intakes.mark_sealed(head.id, 1)
    pending = intakes.pending(head.id)
    assert (pending.first, pending.events) == (False, (cheap.said("/data/b", "y"),))
    assert intakes.unsealed() == (head.id,)


def test_a_count_alone_goes_with_the_next_writing(intakes: Intakes, head: IntakeHead) -> None:
    intakes.mark_sealed(head.id, intakes.pending(head.id).through)
    counted = replace(AGREED, missing=2)
    intakes.append(head.id, [], counted, cheap.later(2))
    assert intakes.unsealed() == ()
    assert intakes.pending(head.id).progress == counted


def test_what_another_desk_wrote_is_shown_and_never_sealed_again(vault: OpenVault, intakes: Intakes) -> None:
    head = replace(cheap.head(9), form_hash="9" * 64)
    intakes.receive(head, [cheap.said("/data/a", "x")], AGREED, cheap.later(3), ORIGIN)
    intakes.receive(head, [], None, cheap.later(4), op_id("a note"))
    row = intakes.row(head.id)
    assert (row.head, row.progress, row.changed_at) == (head, AGREED, cheap.later(3))
    assert intakes.answers(head.id).get(cheap.said("/data/a", "").path).text == "x"
    assert intakes.unsealed() == ()
    pending = intakes.pending(head.id)
    assert (pending.first, pending.events, pending.progress) == (False, (), None)
    intakes.append(head.id, [cheap.said("/data/b", "y")], AGREED, cheap.later(5))
    pending = intakes.pending(head.id)
    assert (pending.first, pending.events) == (False, (cheap.said("/data/b", "y"),))
    assert vault.check().sound


def test_what_is_received_between_does_not_hide_what_was_written(intakes: Intakes, head: IntakeHead) -> None:
    intakes.receive(head, [cheap.said("/data/c", "theirs")], AGREED, cheap.later(2), ORIGIN)
    intakes.append(head.id, [cheap.said("/data/b", "ours")], AGREED, cheap.later(3))
    assert intakes.pending(head.id).events == (cheap.said("/data/a", "x"), cheap.said("/data/b", "ours"))


def test_an_intake_climbs_the_ladder_with_its_operations(
    vault: OpenVault, intakes: Intakes, head: IntakeHead
) -> None:
    def rung() -> Status:
        assert intakes.rows() == (intakes.row(head.id),)
        return intakes.row(head.id).status

    assert rung() is Status.ON_THIS_LAPTOP
    one = sealed(vault, head)
    assert rung() is Status.ON_THIS_LAPTOP
    vault.operations.offered([one.op_id], cheap.later(1))
    assert rung() is Status.SENDING
    vault.operations.carried([one.op_id], cheap.later(1))
    assert rung() is Status.CARRIED
    vault.operations.follow([(1, one.op_id)], Head(1, "1" * 64))
    assert rung() is Status.ON_THE_SERVER
    vault.operations.received([one.op_id], cheap.later(2))
    assert rung() is Status.RECEIVED
    intakes.append(head.id, [cheap.said("/data/b", "y")], AGREED, cheap.later(3))
    assert rung() is Status.ON_THIS_LAPTOP


def test_a_readers_own_words_need_no_reader(vault: OpenVault, intakes: Intakes, head: IntakeHead) -> None:
    one, note = sealed(vault, head), about(head, 1, Kind.EDIT, READER)
    vault.operations.add(note)
    vault.operations.follow([(1, one.op_id), (2, note.op_id)], Head(2, "2" * 64))
    assert intakes.row(head.id).status is Status.ON_THE_SERVER
    vault.operations.received([one.op_id], cheap.later(2))
    assert intakes.row(head.id).status is Status.RECEIVED


def test_a_desk_that_was_lent_a_record_waits_for_a_reader_of_its_own_words(
    vault: OpenVault, intakes: Intakes
) -> None:
    head = cheap.head()
    lent, mine = about(head, 1, Kind.GRANT, OTHER), about(head, 1, Kind.EDIT)
    intakes.receive(head, [], AGREED, cheap.NOON, lent.op_id)
    vault.operations.add(lent)
    vault.operations.add(mine)
    vault.operations.follow([(1, lent.op_id), (2, mine.op_id)], Head(2, "2" * 64))
    assert intakes.row(head.id).status is Status.ON_THE_SERVER
    vault.operations.received([mine.op_id], cheap.later(1))
    assert intakes.row(head.id).status is Status.RECEIVED


def test_whoever_signed_for_a_record_reads_it(vault: OpenVault, intakes: Intakes) -> None:
    head = cheap.head()
    theirs, note = about(head, 1, Kind.CREATE, OTHER), about(head, 1, Kind.EDIT)
    intakes.receive(head, [], AGREED, cheap.NOON, theirs.op_id)
    for one in (theirs, note, about(head, 2, Kind.ACKNOWLEDGE)):
        vault.operations.add(one)
    vault.operations.received([theirs.op_id], cheap.later(1))
    vault.operations.follow([(1, theirs.op_id), (2, note.op_id)], Head(2, "2" * 64))
    assert intakes.row(head.id).status is Status.RECEIVED


@pytest.mark.parametrize(
    ("standings", "needs"),
    [
        ((), ""),
        ((Standing.HELD, Standing.FOREIGN), ""),
        ((Standing.QUARANTINED,), "needs.quarantined"),
        ((Standing.QUARANTINED, Standing.REFUSED), "needs.refused"),
        ((Standing.REFUSED, Standing.QUARANTINED), "needs.refused"),
    ],
)
def test_an_intake_says_when_it_needs_a_person(
    vault: OpenVault, intakes: Intakes, head: IntakeHead, standings: tuple[Standing, ...], needs: str
) -> None:
    for dseq, standing in enumerate(standings, 1):
        vault.operations.add(replace(about(head, dseq), standing=standing))
    other = cheap.head(2)
    intakes.start(other)
    assert intakes.row(head.id).needs_you == needs
    assert {row.head.id: row.needs_you for row in intakes.rows()} == {head.id: needs, other.id: ""}


def test_a_hand_over_is_remembered(intakes: Intakes, head: IntakeHead) -> None:
    assert not intakes.row(head.id).handed_over
    assert intakes.handed_over() == ()
    intakes.mark_handed_over(head.id)
    intakes.mark_handed_over(head.id)
    assert intakes.row(head.id).handed_over
    assert intakes.handed_over() == (head.id,)


def test_a_purged_intake_is_a_line_without_anything_the_client_said(
    vault: OpenVault, intakes: Intakes, head: IntakeHead
) -> None:
    one = sealed(vault, head)
    vault.operations.follow([(1, one.op_id)], Head(1, "1" * 64))
    vault.operations.received([one.op_id], cheap.later(2))
    intakes.mark_handed_over(head.id)
    for minute in (5, 6):
        intakes.purge(head.id, cheap.later(minute))
    row = intakes.row(head.id)
    assert (row.head, row.progress, row.changed_at) == (head, Progress(), cheap.later(6))
    assert (row.purged, row.handed_over, row.status) == (True, True, Status.RECEIVED)
    assert intakes.handed_over() == ()
    assert dict(intakes.answers(head.id).values) == {}
    assert intakes.unsealed() == ()
    assert intakes.pending(head.id).events == ()
    assert intakes.next_ticket() == head.ticket + 1
    assert vault.check().sound


def test_nothing_is_written_to_a_purged_intake(intakes: Intakes, head: IntakeHead) -> None:
    intakes.purge(head.id, cheap.later(5))
    intakes.append(head.id, [], Progress(), cheap.later(6))
    with pytest.raises(Refused) as caught:
        intakes.append(head.id, [cheap.said("/data/b", "y")], Progress(), cheap.later(6))
    assert caught.value.code == "refused.purged"


def test_a_purged_intake_that_is_lent_back_begins_anew(intakes: Intakes, head: IntakeHead) -> None:
    intakes.mark_sealed(head.id, intakes.pending(head.id).through)
    intakes.mark_handed_over(head.id)
    intakes.purge(head.id, cheap.later(5))
    intakes.receive(head, [cheap.said("/data/a", "x")], AGREED, cheap.later(6), ORIGIN)
    row = intakes.row(head.id)
    assert (row.purged, row.handed_over, row.progress) == (False, False, AGREED)
    intakes.append(head.id, [cheap.said("/data/b", "y")], AGREED, cheap.later(7))
    assert intakes.pending(head.id).events == (cheap.said("/data/b", "y"),)
    assert not intakes.pending(head.id).first


def test_an_intake_that_was_destroyed_leaves_no_mark(intakes: Intakes, head: IntakeHead) -> None:
    intakes.mark_sealed(head.id, 99)
    intakes.mark_handed_over(head.id)
    intakes.destroy(head.id, "declined")
    intakes.start(head)
    assert intakes.pending(head.id).first
    assert not intakes.row(head.id).handed_over


def test_other_records_of_the_team_are_no_intakes(vault: OpenVault, intakes: Intakes) -> None:
    vault.operations.add(operation(record=RecordId(new_id()), kind=Kind.PUBLISH))
    assert intakes.rows() == ()
