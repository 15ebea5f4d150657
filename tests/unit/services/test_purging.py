"""What a volunteer's laptop keeps once the legal team has a record: nothing that opens anything."""

from __future__ import annotations

import pytest

from ournydesk.domain.grants import decode_grants
from ournydesk.domain.intake import Status
from ournydesk.domain.operations import DeviceId, RecordId, decode_envelope
from ournydesk.domain.team import STAFF, clinic_group
from ournydesk.errors import Refused
from ournydesk.services import records
from ournydesk.services.membership import identity_of
from tests.fakes.clinics import FakeClinic
from tests.fakes.open_vault import FakeOpenVault


@pytest.fixture
def clinic() -> FakeClinic:
    return FakeClinic()


def granted_to(vault: FakeOpenVault, record: RecordId) -> set[str]:
    found: set[str] = set()
    for operation in vault.operations.of_record(record):
        found |= {grant.to for grant in decode_grants(decode_envelope(operation.envelope).grants)}
    return found


def test_nothing_is_granted_to_whoever_writes_a_record(clinic: FakeClinic) -> None:
    intake = clinic.begun()
    records.hand_over(intake, "", vault=clinic.volunteer, clock=clinic.clock)
    granted = granted_to(clinic.volunteer, RecordId(intake))
    assert granted == {STAFF, clinic_group(clinic.clinic.id)}


def test_nothing_is_granted_to_whoever_lends_a_record(clinic: FakeClinic) -> None:
    intake = clinic.begun()
    records.hand_over(intake, "", vault=clinic.volunteer, clock=clinic.clock)
    borrower = identity_of(clinic.lead).device
    records.lend(RecordId(intake), borrower, clinic.clinic.closes, vault=clinic.volunteer, clock=clinic.clock)
    author = identity_of(clinic.volunteer).device
    granted = granted_to(clinic.volunteer, RecordId(intake))
    assert DeviceId(borrower) in granted
    assert author not in granted


def test_what_the_legal_team_has_cannot_be_opened_on_the_volunteers_laptop_again(clinic: FakeClinic) -> None:
    intake = clinic.begun()
    record, vault = RecordId(intake), clinic.volunteer
    records.hand_over(intake, "", vault=vault, clock=clinic.clock)
    sealed = {one.op_id for one in vault.operations.of_record(record)}
    assert sealed <= vault.outgoing.names()
    for _ in range(3):
        clinic.round()
    [row] = vault.intakes.rows()
    assert row.purged
    assert vault.keys.newest(record) is None
    assert not any(one.payload for one in vault.operations.of_record(record))
    assert not sealed & vault.outgoing.names()
    assert not vault.intakes.answers(intake).values
    with pytest.raises(Refused) as caught:
        records.add(record, [], vault=vault, clock=clinic.clock)
    assert caught.value.code == "refused.purged"
    assert records.merged(clinic.attorney, record).began is not None


def test_a_mirrored_file_goes_even_where_it_had_come_back(clinic: FakeClinic) -> None:
    intake = clinic.begun()
    record, vault = RecordId(intake), clinic.volunteer
    records.hand_over(intake, "", vault=vault, clock=clinic.clock)
    kept = {one.op_id: one.envelope for one in vault.operations.of_record(record)}
    clinic.round()
    for op_id, envelope in kept.items():
        vault.outgoing.mirror(op_id, envelope)
    for _ in range(2):
        clinic.round()
    assert vault.intakes.row(intake).purged
    assert not vault.outgoing.names() & set(kept)


def test_a_record_on_the_server_stays_until_a_reader_signed_that_it_opened_it(clinic: FakeClinic) -> None:
    intake = clinic.begun()
    records.hand_over(intake, "", vault=clinic.volunteer, clock=clinic.clock)
    for _ in range(2):
        clinic.numbers.push(clinic.volunteer)
        clinic.numbers.pull(clinic.volunteer)
    row = clinic.volunteer.intakes.row(intake)
    assert (row.status, row.purged) == (Status.ON_THE_SERVER, False)
    assert clinic.volunteer.keys.newest(RecordId(intake)) is not None


def test_a_reader_keeps_what_it_reads(clinic: FakeClinic) -> None:
    intake = clinic.begun(at=clinic.attorney)
    records.hand_over(intake, "", vault=clinic.attorney, clock=clinic.clock)
    for _ in range(3):
        clinic.round()
    assert not clinic.attorney.intakes.row(intake).purged
