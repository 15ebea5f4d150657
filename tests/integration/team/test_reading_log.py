"""Who opened a case is noted here at once, and told to the staff a day later, sealed."""

from __future__ import annotations

from pathlib import Path

from ournydesk.domain.membership import Role
from ournydesk.domain.operations import Kind, RecordId
from ournydesk.domain.record import Noted, decode_payload
from ournydesk.services import reading_log
from tests.fakes.desks import TickingClock, enrol, example_intake, here, open_desk


def test_the_staff_learns_tomorrow_what_was_opened_today(tmp_path: Path) -> None:
    clock = TickingClock()
    lead = open_desk(tmp_path / "a", "C. Coordinator", clock)
    lead.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    lead.team.publish_form("naturalization")
    reader = open_desk(tmp_path / "b", "M. Attorney", clock)
    enrol(reader, "M. Attorney", Role.ATTORNEY, lead, tmp_path, reads=True)
    lead.wire.hand_over(example_intake(lead), "")
    stick = tmp_path / "stick.courier"
    lead.wire.write_courier(stick)
    reader.wire.read_courier(stick)
    [case] = reader.cases.cases()
    vault = reader.team.replica().vault
    assert reading_log.waiting(vault) == ()
    reader.cases.case(case.id)
    [(_, opened)] = reading_log.waiting(vault)
    assert opened == case.id
    reader.wire.sync(here)
    assert len(reading_log.waiting(vault)) == 1
    clock.move(days=1)
    reader.wire.sync(here)
    assert reading_log.waiting(vault) == ()
    reader.wire.write_courier(stick)
    lead.wire.read_courier(stick)
    log = lead.team.replica().vault.operations
    told = [
        write.text
        for operation in log.of_record(RecordId(reader.team.replica().device()))
        if operation.header.kind is Kind.AUDIT
        for write in decode_payload(operation.payload).writes
        if isinstance(write, Noted)
    ]
    assert len(told) == 1
    assert case.id in told[0]
    lead.lock()
    reader.lock()
