"""What a lost laptop could open, before and after its desk was shut out."""

from __future__ import annotations

from pathlib import Path

import pytest

from ournydesk.bootstrap import LaptopDesk
from ournydesk.domain.exposure import Held
from ournydesk.domain.membership import Role
from ournydesk.domain.operations import DeviceId, RecordId
from ournydesk.domain.team import STAFF
from ournydesk.errors import Refused
from ournydesk.ports import OpenVault
from ournydesk.services import exposure, membership
from tests.fakes.desks import TickingClock, a_server, enrol, example_intake, here, open_desk


def vault_of(desk: LaptopDesk) -> OpenVault:
    return desk.team.replica().vault


def device_of(desk: LaptopDesk) -> DeviceId:
    return membership.identity_of(vault_of(desk)).device


def client_of(record: RecordId) -> str:
    return f"Client of {record[:4]}"


def test_what_a_volunteer_wrote_is_exposed_until_its_laptop_let_go(tmp_path: Path) -> None:
    clock = TickingClock()
    lead = open_desk(tmp_path / "lead", "C. Coordinator", clock)
    helper = open_desk(tmp_path / "helper", "Jo Volunteer", clock)
    second = open_desk(tmp_path / "second", "Ruma Sample", clock)
    lead.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    lead.team.publish_form("naturalization")
    with a_server(tmp_path / "server") as central:
        token = central.house.access.new_creation_token()
        lead.team.register_team(central.address, None, token, here)
        for desk, name in ((helper, "Jo Volunteer"), (second, "Ruma Sample")):
            enrol(desk, name, Role.VOLUNTEER, lead, tmp_path)
        kept, handed_over = example_intake(helper), example_intake(helper)
        helper.wire.hand_over(handed_over, "")
        lead.wire.sync(here)
        helper.wire.sync(here)
        lead.wire.sync(here)
        lead.cases.lend(RecordId(handed_over), device_of(second))
        before = exposure.of_device(device_of(helper), vault=vault_of(lead), client_of=client_of)
        assert {(one.id, one.held) for one in before.records} == {
            (RecordId(kept), Held.WRITTEN),
            (RecordId(handed_over), Held.WRITTEN),
        }
        assert (before.name, before.role, before.seat) == ("Jo Volunteer", "volunteer", False)
        assert (before.revoked, before.reads_here, before.groups) == (False, True, ())
        assert {one.ticket for one in before.clients} == {1, 2}
        assert exposure.holding(vault_of(lead))[device_of(helper)] == 2
        for _ in range(3):
            lead.wire.sync(here)
            helper.wire.sync(here)
        lead.wire.sync(here)
        assert helper.wire.wire().counts.waiting == 0
        lead.team.revoke(device_of(helper))
        after = exposure.of_device(device_of(helper), vault=vault_of(lead), client_of=client_of)
        assert [one.id for one in after.clients] == [RecordId(kept)]
        assert [(one.id, one.received) for one in after.let_go] == [(RecordId(handed_over), True)]
        assert after.clients[0].client == f"Client of {kept[:4]}"
        assert after.revoked
        assert after.heard_at is not None
        assert exposure.holding(vault_of(lead))[device_of(helper)] == 1
        [lent] = exposure.of_device(device_of(second), vault=vault_of(lead)).clients
        assert (lent.id, lent.held, lent.client) == (RecordId(handed_over), Held.LENT, "")
        assert lent.until is not None
        for desk in (lead, helper, second):
            desk.lock()


def test_a_reader_could_open_what_was_written_while_it_was_in_its_groups(tmp_path: Path) -> None:
    clock = TickingClock()
    lead = open_desk(tmp_path / "lead", "C. Coordinator", clock)
    reader = open_desk(tmp_path / "reader", "M. Attorney", clock)
    lead.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    lead.team.publish_form("naturalization")
    enrol(reader, "M. Attorney", Role.ATTORNEY, lead, tmp_path, reads=True)
    old = example_intake(lead)
    lead.wire.hand_over(old, "")
    found = exposure.of_device(device_of(reader), vault=vault_of(lead))
    assert [(group.title, group.records) for group in found.groups] == [("Jackson Heights", 1), ("Staff", 1)]
    lead.team.revoke(device_of(reader))
    lead.wire.hand_over(example_intake(lead), "written after the reader was shut out")
    after = exposure.of_device(device_of(reader), vault=vault_of(lead))
    assert [(group.name, group.records) for group in after.groups][-1] == (STAFF, 1)
    assert [(one.id, one.held) for one in after.clients] == [(RecordId(old), Held.GROUP)]
    lead.lock()
    reader.lock()


def test_a_coordinator_who_does_not_read_is_told_so(tmp_path: Path) -> None:
    clock = TickingClock()
    lead = open_desk(tmp_path / "lead", "C. Coordinator", clock)
    other = open_desk(tmp_path / "other", "D. Coordinator", clock)
    lead.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    enrol(other, "D. Coordinator", Role.COORDINATOR, lead, tmp_path, manages=True)
    found = exposure.of_device(device_of(lead), vault=vault_of(other))
    assert not found.reads_here
    assert found.clients == ()
    with pytest.raises(Refused):
        exposure.of_device(DeviceId("0" * 32), vault=vault_of(other))
    lead.lock()
    other.lock()
