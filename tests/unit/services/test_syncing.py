"""What a desk believes of a server's answers: nothing is on the server before it was read back from there."""

from __future__ import annotations

import pytest

from ournydesk.domain.intake import Status
from ournydesk.domain.operations import RecordId
from ournydesk.services import records
from ournydesk.services.syncing import TeamReplica
from sync.protocol.limits import MOST_PUSH_BYTES, MOST_PUSH_OPS
from sync.protocol.messages import OpResult, Outcome
from tests.fakes.clinics import FakeClinic


@pytest.fixture
def clinic() -> FakeClinic:
    return FakeClinic()


def pushed(clinic: FakeClinic, said: Outcome) -> Status:
    """How far an intake has come after a server said this of each of its operations."""
    intake, vault = clinic.begun(), clinic.volunteer
    records.hand_over(intake, "", vault=vault, clock=clinic.clock)
    sent = [one.op_id for one in vault.operations.outbox(MOST_PUSH_OPS, MOST_PUSH_BYTES)]
    vault.operations.offered(sent, clinic.clock.now())
    code = "quota" if said is Outcome.NO else ""
    results = [OpResult(op_id=op_id, said=said, n=n, code=code) for n, op_id in enumerate(sent, 1)]
    TeamReplica(vault=vault, clock=clinic.clock).pushed(results)
    return vault.intakes.row(intake).status


@pytest.mark.parametrize("said", [Outcome.OK, Outcome.DUP])
def test_what_a_server_says_it_took_is_on_its_way_and_no_further(clinic: FakeClinic, said: Outcome) -> None:
    assert pushed(clinic, said) is Status.SENDING
    assert clinic.volunteer.operations.outbox(MOST_PUSH_OPS, MOST_PUSH_BYTES)


def test_what_was_read_back_is_on_the_server(clinic: FakeClinic) -> None:
    intake, vault = clinic.begun(), clinic.volunteer
    records.hand_over(intake, "", vault=vault, clock=clinic.clock)
    clinic.numbers.push(vault)
    clinic.numbers.pull(vault)
    assert vault.intakes.row(intake).status is Status.ON_THE_SERVER
    assert not vault.outgoing.names() & {one.op_id for one in vault.operations.of_record(RecordId(intake))}


def test_what_a_server_refuses_stays_and_a_person_is_told(clinic: FakeClinic) -> None:
    pushed(clinic, Outcome.NO)
    [row] = clinic.volunteer.intakes.rows()
    assert row.needs_you == "needs.refused"
    assert clinic.volunteer.keys.newest(RecordId(row.head.id)) is not None
