"""Nothing is sealed, numbered or handed over before the client agreed."""

from __future__ import annotations

import pytest

from ournydesk.domain.operations import RecordId
from ournydesk.domain.record import Answered, HandedOver, decode_payload
from ournydesk.errors import Refused
from ournydesk.services import courier, records
from tests.fakes.clinics import SECRET, FakeClinic


@pytest.fixture
def clinic() -> FakeClinic:
    return FakeClinic()


def test_before_the_client_agreed_nothing_is_sealed(clinic: FakeClinic) -> None:
    intake, vault = clinic.begun(agreed=False), clinic.volunteer
    assert records.seal(intake, vault=vault, clock=clinic.clock) is None
    assert records.seal_all(vault=vault, clock=clinic.clock) == 0
    assert vault.operations.of_record(RecordId(intake)) == ()
    assert vault.keys.newest(RecordId(intake)) is None


def test_before_the_client_agreed_nothing_is_put_on_a_stick(clinic: FakeClinic) -> None:
    intake = clinic.begun(agreed=False)
    _, waiting = courier.pack(vault=clinic.volunteer, clock=clinic.clock)
    assert RecordId(intake) not in {one.header.rec for one in waiting}
    assert clinic.volunteer.outgoing.names() == frozenset()


def test_before_the_client_agreed_nothing_is_handed_over(clinic: FakeClinic) -> None:
    intake, vault = clinic.begun(agreed=False), clinic.volunteer
    with pytest.raises(Refused) as caught:
        records.hand_over(intake, "", vault=vault, clock=clinic.clock)
    assert caught.value.code == "refused.consent"
    assert not vault.intakes.row(intake).handed_over


def test_once_the_client_agreed_what_was_typed_is_one_operation(clinic: FakeClinic) -> None:
    intake, vault = clinic.begun(agreed=False), clinic.volunteer
    clinic.say(intake, "/data/agrees", "Y")
    operation = records.seal(intake, vault=vault, clock=clinic.clock)
    assert operation is not None
    writes = decode_payload(operation.payload).writes
    told = {one.path: one.answer.text for one in writes if isinstance(one, Answered)}
    assert told == {"/data/name": SECRET, "/data/agrees": "Y"}
    assert SECRET.encode() not in operation.envelope
    assert records.seal(intake, vault=vault, clock=clinic.clock) is None


def test_a_hand_over_is_said_in_the_record(clinic: FakeClinic) -> None:
    intake, vault = clinic.begun(), clinic.volunteer
    records.hand_over(intake, "15b is Yes", vault=vault, clock=clinic.clock)
    [operation] = vault.operations.of_record(RecordId(intake))
    [handed] = [one for one in decode_payload(operation.payload).writes if isinstance(one, HandedOver)]
    assert handed.words == "15b is Yes"
    assert vault.intakes.row(intake).handed_over
