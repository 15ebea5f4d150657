"""A whole clinic with the server off: every station works over the relay, and the server numbers it later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from ournydesk.bootstrap import LaptopDesk
from ournydesk.domain.intake import Status
from ournydesk.domain.membership import Role
from ournydesk.domain.operations import RecordId
from ournydesk.domain.record import Choice
from ournydesk.domain.wire import Reach
from ournydesk.ports import OpenVault
from ournydesk.services import membership
from tests.fakes.desks import TickingClock, a_server, change, enrol, example_intake, here, open_desk

STATIONS = {
    "screening": (Role.VOLUNTEER, False),
    "attorney": (Role.ATTORNEY, True),
    "preparer": (Role.VOLUNTEER, False),
    "checker": (Role.REPRESENTATIVE, True),
    "printer": (Role.VOLUNTEER, False),
}


@dataclass
class Clinic:
    lead: LaptopDesk
    desks: dict[str, LaptopDesk]

    def sync(self, *names: str) -> None:
        for name in names:
            view = self.desks[name].wire.sync(here)
            assert (view.troubles, view.counts.quarantined, view.counts.refused) == ((), 0, 0)

    def lend(self, owner: str, record: RecordId, to: str) -> None:
        [device] = [one.device for one in self.desks[owner].cases.case(record).desks if one.name == to]
        self.desks[owner].cases.lend(record, device)

    def use_server(self, address: str) -> None:
        for desk in (self.lead, *self.desks.values()):
            vault = vault_of(desk)
            vault.membership.adopt(replace(membership.identity_of(vault), server=address))


def vault_of(desk: LaptopDesk) -> OpenVault:
    return desk.team.replica().vault


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Clinic]:
    clock = TickingClock()
    lead = open_desk(tmp_path / "lead", "C. Coordinator", clock)
    lead.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    lead.team.publish_form("naturalization")
    desks = {}
    for name, (role, reads) in STATIONS.items():
        desks[name] = open_desk(tmp_path / name, name, clock)
        enrol(desks[name], name, role, lead, tmp_path, reads=reads)
    yield Clinic(lead, desks)
    for desk in (lead, *desks.values()):
        desk.lock()


def test_from_the_first_question_to_the_printer_without_a_server(clinic: Clinic, tmp_path: Path) -> None:
    with a_server(tmp_path / "server") as central:
        token = central.house.access.new_creation_token()
        clinic.lead.team.register_team(central.address, None, token, here)
        members = vault_of(clinic.lead).membership.entries()
        clinic.use_server(central.address)
    desks = clinic.desks
    with a_server(tmp_path / "relay", numbered=False, members=members) as relay:
        clinic.lead.wire.use_relay(relay.address, None)
        clinic.lead.wire.sync(here)
        for desk in desks.values():
            desk.wire.use_relay(relay.address, None)
            view = desk.wire.sync(here)
            assert (view.server_reach, view.relay_reach) == (Reach.AWAY, Reach.REACHED)
        intake = example_intake(desks["screening"])
        desks["screening"].wire.hand_over(intake, "15b is Yes")
        clinic.sync("screening", "attorney")
        [case] = desks["attorney"].cases.cases()
        assert case.taken_by == "screening"
        desks["attorney"].cases.decide(case.id, Choice.PREPARE, "Bring the receipt.")
        clinic.lend("attorney", case.id, "preparer")
        clinic.sync("attorney", "preparer")
        answers = desks["preparer"].open_intake(intake).answers.values
        family = next(path for path, answer in answers.items() if answer.text == "Talukder-Example")
        change(desks["preparer"], intake, family, "Talukdar-Example")
        clinic.sync("preparer", "checker")
        checked = desks["checker"].cases.case(case.id)
        assert checked.row.client == "Nusrat Jahan Talukdar-Example"
        assert (checked.conflicts, checked.decisions[0].choice) == ((), Choice.PREPARE)
        desks["checker"].cases.note(case.id, "Checked against the green card.")
        clinic.lend("checker", case.id, "printer")
        clinic.sync("checker", "printer", "screening", "attorney", "preparer")
        assert desks["printer"].packet(intake).pages > 2
        for desk in desks.values():
            [row] = [row for row in desk.intakes() if row.head.id == intake]
            assert row.status is Status.CARRIED
            assert row.needs_you == ""
    carried = {one.op_id for one in vault_of(desks["checker"]).operations.outbox(1_000, 10**9)}
    with a_server(tmp_path / "server") as central:
        clinic.use_server(central.address)
        for desk in (clinic.lead, *desks.values()):
            desk.wire.use_relay("", None)
        for _ in range(3):
            clinic.sync(*desks)
            clinic.lead.wire.sync(here)
        heads = {desk.wire.wire().head_words for desk in (clinic.lead, *desks.values())}
        assert len(heads) == 1
        numbered = {op_id for _, op_id in vault_of(clinic.lead).operations.numbered(0)}
        assert carried <= numbered
        [row] = desks["screening"].intakes()
        assert (row.status, row.purged) == (Status.RECEIVED, True)
        for name in ("screening", "preparer", "printer"):
            found = desks[name].where.check_out()
            assert found.clear, (name, found)
