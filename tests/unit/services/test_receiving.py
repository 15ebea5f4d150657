"""What a desk believes of the bytes that reach it: signed, in its place, allowed, and of the same log."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ournydesk.crypto.operations import grants_hash, seal_operation
from ournydesk.domain.answers import Answer
from ournydesk.domain.ids import IntakeId, Path, new_id
from ournydesk.domain.membership import Role
from ournydesk.domain.merge import next_stamp
from ournydesk.domain.operations import Envelope, Head, Header, Kind, RecordId, decode_envelope
from ournydesk.domain.oplog import Standing, StoredOperation
from ournydesk.domain.record import Answered, Began, Lent, Payload, Received, Write, encode_payload
from ournydesk.domain.team import STAFF
from ournydesk.services import receiving, records, troubles
from ournydesk.services.authoring import Draft, last_stamp, seen_head, write
from ournydesk.services.membership import identity_of, revoke, team_of
from sync.protocol import chain
from tests.fakes.cheap import NOON
from tests.fakes.desks import TickingClock
from tests.fakes.open_vault import FakeOpenVault
from tests.fakes.teams import founded, joined, tell

BEGAN = Began(
    ticket=7,
    form_id="demo",
    form_version="1",
    form_hash="h",
    form_title="Demo form",
    language="Bengali (bn)",
    started_at=NOON,
)
NAME = Answered(path=Path("/data/name"), answer=Answer("Invented Client"))
OTHER = Answered(path=Path("/data/name"), answer=Answer("Somebody Else"))


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def lead(clock: TickingClock) -> FakeOpenVault:
    return founded(clock)


@pytest.fixture
def helper(lead: FakeOpenVault, clock: TickingClock) -> FakeOpenVault:
    return joined(lead, "Jo Volunteer", clock, Role.VOLUNTEER)


def said(vault: FakeOpenVault, record: RecordId, clock: TickingClock) -> bytes:
    """The beginning of a record, as a desk makes it."""
    draft = Draft(record=record, kind=Kind.CREATE, writes=(BEGAN, NAME), to=(STAFF,), grant_to=(STAFF,))
    return write(draft, vault=vault, clock=clock).envelope


def slipped_in(
    vault: FakeOpenVault,
    of: FakeOpenVault,
    record: RecordId,
    clock: TickingClock,
    *writes: Write,
    kind: Kind = Kind.EDIT,
    to: tuple[str, ...] = (STAFF,),
    seen: Head | None = None,
) -> bytes:
    """What a desk that asks itself nothing would sign, under the key of somebody's record."""
    identity, held = identity_of(vault), of.keys.newest(record)
    assert held is not None
    dseq, dprev = vault.operations.high(identity.device)
    header = Header(
        team=identity.team,
        rec=record,
        kind=kind,
        dev=identity.device,
        dseq=dseq + 1,
        dprev=dprev,
        mhead=team_of(vault).head,
        rdk=held[0],
        to=to,
        grants=grants_hash(b""),
        seen=seen or seen_head(vault),
    )
    payload = encode_payload(Payload(at=next_stamp(last_stamp(vault), clock.now()), writes=writes))
    return seal_operation(header, held[1], payload, b"", vault.keys.signing()).encoded()


def taken(content: bytes, vault: FakeOpenVault, clock: TickingClock) -> StoredOperation:
    [operation] = receiving.take([content], carried=True, vault=vault, clock=clock)
    return operation


def stands(content: bytes, vault: FakeOpenVault, clock: TickingClock) -> tuple[Standing, str]:
    operation = taken(content, vault, clock)
    return operation.standing, operation.why


def a_record() -> RecordId:
    return RecordId(new_id())


def test_what_its_author_signed_is_applied(
    lead: FakeOpenVault, helper: FakeOpenVault, clock: TickingClock
) -> None:
    assert stands(said(helper, a_record(), clock), lead, clock) == (Standing.APPLIED, "")


def test_what_nobody_signed_is_set_aside(
    lead: FakeOpenVault, helper: FakeOpenVault, clock: TickingClock
) -> None:
    whole = decode_envelope(said(helper, a_record(), clock))
    forged = Envelope(header=whole.header, grants=whole.grants, ct=whole.ct, sig=bytes(64))
    assert stands(forged.encoded(), lead, clock) == (Standing.QUARANTINED, "vault.seal.signature")
    assert lead.intakes.rows() == ()


def test_of_two_things_said_at_one_place_only_one_is_believed(
    lead: FakeOpenVault, helper: FakeOpenVault, clock: TickingClock
) -> None:
    morning = helper.operations.kept.copy()
    first = said(helper, a_record(), clock)
    # The laptop was put back to what it was this morning, and goes on from there.
    helper.operations.kept = morning
    second = said(helper, a_record(), clock)
    assert decode_envelope(first).op_id != decode_envelope(second).op_id
    assert stands(first, lead, clock) == (Standing.APPLIED, "")
    assert stands(second, lead, clock) == (Standing.QUARANTINED, "wire.fault.operation:fork")


def test_what_a_role_may_not_say_is_set_aside(
    lead: FakeOpenVault, helper: FakeOpenVault, clock: TickingClock
) -> None:
    record = a_record()
    taken(said(helper, record, clock), lead, clock)
    content = slipped_in(helper, helper, record, clock, OTHER, kind=Kind.ERASE)
    assert stands(content, lead, clock) == (Standing.QUARANTINED, "wire.fault.operation:role")


def test_what_was_signed_after_a_desk_was_shut_out_is_set_aside(
    lead: FakeOpenVault, helper: FakeOpenVault, clock: TickingClock
) -> None:
    record = a_record()
    taken(said(helper, record, clock), lead, clock)
    revoke(identity_of(helper).device, vault=lead)
    content = slipped_in(helper, helper, record, clock, OTHER)
    assert stands(content, lead, clock) == (Standing.QUARANTINED, "wire.fault.operation:role")
    assert lead.intakes.answers(IntakeId(record)).get(NAME.path) == NAME.answer


def test_what_a_reader_wrote_before_it_left_stays_for_those_who_hear_of_it_later(
    lead: FakeOpenVault, helper: FakeOpenVault, clock: TickingClock
) -> None:
    attorney = joined(lead, "A. Reader", clock, Role.ATTORNEY, reads=True)
    late = joined(lead, "L. Reader", clock, Role.ATTORNEY, reads=True)
    for desk in (helper, attorney):
        tell(lead, desk)
    record = a_record()
    begun = said(helper, record, clock)
    taken(begun, attorney, clock)
    edit = slipped_in(attorney, attorney, record, clock, OTHER)
    mine = [one.envelope for one in attorney.operations.kept.values()]
    receiving.take([*mine, edit], carried=True, vault=lead, clock=clock)
    revoke(identity_of(attorney).device, vault=lead)
    tell(lead, late)
    assert stands(begun, late, clock) == (Standing.APPLIED, "")
    assert stands(edit, late, clock) == (Standing.APPLIED, "")
    assert records.merged(late, record).live == records.merged(lead, record).live


def test_nobody_writes_into_a_record_of_others(
    lead: FakeOpenVault, helper: FakeOpenVault, clock: TickingClock
) -> None:
    stranger = joined(lead, "Sam Curious", clock, Role.VOLUNTEER)
    record = a_record()
    taken(said(helper, record, clock), lead, clock)
    content = slipped_in(stranger, helper, record, clock, OTHER)
    assert stands(content, lead, clock) == (Standing.QUARANTINED, "wire.fault.operation:not_theirs")
    assert lead.intakes.answers(IntakeId(record)).get(NAME.path) == NAME.answer


def test_only_who_reads_signs_that_a_record_was_read(
    lead: FakeOpenVault, helper: FakeOpenVault, clock: TickingClock
) -> None:
    attorney = joined(lead, "No Cases", clock, Role.ATTORNEY)
    tell(lead, helper)
    record = a_record()
    mine = decode_envelope(said(helper, record, clock)).op_id
    told = Received(operations=(mine,))
    content = slipped_in(
        attorney, helper, record, clock, told,
        kind=Kind.ACKNOWLEDGE, to=(STAFF, identity_of(helper).device),
    )  # fmt: skip  # who, what, and how
    assert stands(content, helper, clock) == (Standing.QUARANTINED, "wire.fault.operation:reader")
    kept = helper.operations.get(mine)
    assert kept is not None
    assert kept.received_at is None


def test_what_is_not_for_this_desk_is_carried_and_not_opened(
    lead: FakeOpenVault, helper: FakeOpenVault, clock: TickingClock
) -> None:
    other = joined(lead, "Sam Curious", clock, Role.VOLUNTEER)
    tell(lead, helper)
    assert stands(said(helper, a_record(), clock), other, clock) == (Standing.FOREIGN, "foreign")


def test_who_was_shown_another_log_is_noticed(
    lead: FakeOpenVault, helper: FakeOpenVault, clock: TickingClock
) -> None:
    record = a_record()
    taken(said(helper, record, clock), lead, clock)
    name = lead.operations.of_record(record)[0].op_id
    head = chain.step(chain.start(identity_of(lead).fingerprint), name)
    lead.operations.follow([(1, name)], head)
    same = slipped_in(helper, helper, record, clock, OTHER, seen=head)
    assert stands(same, lead, clock) == (Standing.APPLIED, "")
    taken(said(helper, a_record(), clock), lead, clock)
    another = slipped_in(helper, helper, record, clock, NAME, seen=Head(1, "0" * 64))
    assert stands(another, lead, clock) == (Standing.QUARANTINED, "wire.fault.operation:seen")
    assert troubles.forked(lead)


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (1,)], ids=["in order", "the wrong way round", "alone"])
def test_what_its_author_lends_to_another_volunteer_arrives(
    lead: FakeOpenVault, helper: FakeOpenVault, clock: TickingClock, order: tuple[int, ...]
) -> None:
    second = joined(lead, "Ruma Sample", clock, Role.VOLUNTEER)
    tell(lead, helper)
    record = a_record()
    began = said(helper, record, clock)
    records.lend(record, identity_of(second).device, NOON + timedelta(days=30), vault=helper, clock=clock)
    sent = [began, helper.operations.of_record(record)[-1].envelope]
    receiving.take([sent[place] for place in order], carried=True, vault=second, clock=clock)
    granted = [one for one in second.operations.of_record(record) if one.header.kind is Kind.GRANT]
    assert [one.standing for one in granted] == [Standing.APPLIED]
    assert records.merged(second, record).began == BEGAN


def test_nobody_lends_a_record_that_somebody_else_began(
    lead: FakeOpenVault, helper: FakeOpenVault, clock: TickingClock
) -> None:
    second = joined(lead, "Ruma Sample", clock, Role.VOLUNTEER)
    third = joined(lead, "V. Example", clock, Role.VOLUNTEER)
    tell(lead, second)
    record = a_record()
    stands(said(helper, record, clock), third, clock)
    until = NOON + timedelta(days=30)
    draft = Draft(
        record=record,
        kind=Kind.GRANT,
        writes=(Lent(device=identity_of(third).device, until=until), BEGAN),
        to=(STAFF, identity_of(third).device),
        grant_to=(identity_of(third).device,),
    )
    forged = write(draft, vault=second, clock=clock).envelope
    assert stands(forged, third, clock)[0] is Standing.QUARANTINED
