"""A client who takes the yes back is told who has the answers, and so are those."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ournydesk.domain.intake import Status
from ournydesk.domain.operations import RecordId
from ournydesk.domain.record import Noted, decode_payload
from ournydesk.domain.withdrawal import Way
from ournydesk.errors import Refused
from ournydesk.services import records, withdrawing
from ournydesk.services.membership import identity_of
from tests.fakes.clinics import FakeClinic
from tests.fakes.teams import joined, tell


@pytest.fixture
def clinic() -> FakeClinic:
    return FakeClinic()


def notes(clinic: FakeClinic, record: RecordId) -> list[str]:
    told = (decode_payload(one.payload).writes for one in clinic.attorney.operations.of_record(record))
    return [one.text for writes in told for one in writes if isinstance(one, Noted)]


def test_before_anything_was_sealed_nobody_has_it(clinic: FakeClinic) -> None:
    found = withdrawing.who_has(clinic.begun(agreed=False), vault=clinic.volunteer)
    assert (found.sealed, found.holders, found.status) == (False, (), Status.ON_THIS_LAPTOP)


def test_everyone_who_can_read_is_listed_and_who_did_with_the_time(clinic: FakeClinic) -> None:
    intake = clinic.begun()
    records.hand_over(intake, "", vault=clinic.volunteer, clock=clinic.clock)
    clinic.carry(clinic.attorney)
    named = {one.name: one for one in withdrawing.who_has(intake, vault=clinic.volunteer).holders}
    assert set(named) == {"C. Coordinator", "M. Attorney"}
    assert {one.way for one in named.values()} == {Way.GROUP}
    assert {one.opened_at for one in named.values()} == {None}


def test_a_desk_it_was_lent_to_is_listed_too(clinic: FakeClinic) -> None:
    second = joined(clinic.lead, "Ruma Sample", clinic.clock)
    tell(clinic.lead, clinic.volunteer)
    tell(clinic.lead, clinic.attorney)
    clinic.round()
    intake = clinic.begun()
    records.hand_over(intake, "", vault=clinic.volunteer, clock=clinic.clock)
    until = clinic.clock.now() + timedelta(hours=2)
    borrower = identity_of(second).device
    records.lend(RecordId(intake), borrower, until, vault=clinic.volunteer, clock=clinic.clock)
    [lent] = [
        one
        for one in withdrawing.who_has(intake, vault=clinic.volunteer).holders
        if one.name == "Ruma Sample"
    ]
    assert lent.way is Way.LENT


def test_those_who_have_it_are_told_once_in_the_record_itself(clinic: FakeClinic) -> None:
    intake = clinic.begun()
    records.hand_over(intake, "", vault=clinic.volunteer, clock=clinic.clock)
    for _ in range(2):
        found = withdrawing.take_back(intake, vault=clinic.volunteer, clock=clinic.clock)
        assert found.told
    clinic.carry(clinic.attorney)
    assert notes(clinic, RecordId(intake)) == [withdrawing.WORDS]


def test_after_this_laptop_let_go_the_list_is_still_there(clinic: FakeClinic) -> None:
    intake = clinic.begun()
    records.hand_over(intake, "", vault=clinic.volunteer, clock=clinic.clock)
    for _ in range(3):
        clinic.round()
    assert clinic.volunteer.intakes.row(intake).purged
    found = withdrawing.who_has(intake, vault=clinic.volunteer)
    assert {one.name for one in found.holders} == {"C. Coordinator", "M. Attorney"}
    with pytest.raises(Refused) as caught:
        withdrawing.take_back(intake, vault=clinic.volunteer, clock=clinic.clock)
    assert caught.value.code == "refused.purged"
