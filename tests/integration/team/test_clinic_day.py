"""A clinic's day without windows: real vaults, a real server, a real relay."""

from __future__ import annotations

from pathlib import Path

import pytest

from ournydesk.bootstrap import LaptopDesk
from ournydesk.domain.intake import Status
from ournydesk.domain.membership import Role
from ournydesk.domain.operations import RecordId
from ournydesk.domain.record import Choice
from ournydesk.domain.wire import Reach
from ournydesk.errors import Refused
from tests.fakes.desks import TickingClock, a_server, enrol, example_intake, here, open_desk


class Clinic:
    """A coordinator, a volunteer, an attorney, a second volunteer."""

    def __init__(self, folder: Path) -> None:
        self.clock = TickingClock()
        self.folder = folder
        self.coordinator = open_desk(folder / "c", "C. Coordinator", self.clock)
        self.volunteer = open_desk(folder / "v", "Jo Volunteer", self.clock)
        self.attorney = open_desk(folder / "a", "M. Attorney", self.clock)
        self.second = open_desk(folder / "s", "Ruma Sample", self.clock)
        self.coordinator.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
        self.coordinator.team.publish_form("naturalization")
        for desk, name, role, reads in (
            (self.volunteer, "Jo Volunteer", Role.VOLUNTEER, False),
            (self.attorney, "M. Attorney", Role.ATTORNEY, True),
            (self.second, "Ruma Sample", Role.VOLUNTEER, False),
        ):
            enrol(desk, name, role, self.coordinator, folder, reads=reads)

    @property
    def desks(self) -> tuple[LaptopDesk, ...]:
        return self.coordinator, self.volunteer, self.attorney, self.second

    def round(self) -> None:
        for desk in (*self.desks, *self.desks):
            view = desk.wire.sync(here)
            assert view.troubles == ()

    def close(self) -> None:
        for desk in self.desks:
            desk.lock()


@pytest.fixture
def clinic(tmp_path: Path):  # type: ignore[no-untyped-def]  # a generator fixture
    made = Clinic(tmp_path)
    yield made
    made.close()


def test_a_record_goes_from_a_volunteer_to_the_legal_team_and_leaves_nothing_behind(
    clinic: Clinic, tmp_path: Path
) -> None:
    with a_server(tmp_path / "server") as central:
        token = central.house.access.new_creation_token()
        clinic.coordinator.team.register_team(central.address, None, token, here)
        members = clinic.coordinator.team.replica().members()
        with a_server(tmp_path / "relay", numbered=False, members=members) as relay:
            for desk in clinic.desks:
                desk.wire.use_relay(relay.address, None)
            clinic.round()
            intake = example_intake(clinic.volunteer)
            clinic.volunteer.wire.hand_over(intake, "15b is Yes")
            [row] = clinic.volunteer.intakes()
            assert (row.status, row.handed_over) == (Status.ON_THIS_LAPTOP, True)
    # The server is gone and the relay is too: a new relay at the clinic.
    with a_server(tmp_path / "relay2", numbered=False, members=members) as relay:
        for desk in clinic.desks:
            desk.wire.use_relay(relay.address, None)
        clinic.volunteer.wire.sync(here)
        [row] = clinic.volunteer.intakes()
        assert row.status is Status.CARRIED
        view = clinic.attorney.wire.sync(here)
        assert (view.server_reach, view.relay_reach) == (Reach.AWAY, Reach.REACHED)
        [case] = clinic.attorney.cases.cases()
        assert case.client == "Nusrat Jahan Talukder-Example"
        assert case.status is Status.CARRIED
        assert "15b" in case.question or case.question
        seen = clinic.attorney.cases.case(case.id)
        assert seen.sheet is not None
        assert any("CFR" in finding.citation for finding in seen.sheet.findings)
        clinic.attorney.cases.note(case.id, "Citation only.")
        decided = clinic.attorney.cases.decide(case.id, Choice.PREPARE, "Bring the receipt.")
        assert decided.decisions[0].by == "M. Attorney"
        [lender] = [desk for desk in decided.desks if desk.name == "Ruma Sample"]
        clinic.attorney.cases.lend(case.id, lender.device)
        clinic.attorney.wire.sync(here)
        clinic.second.wire.sync(here)
        [lent] = clinic.second.intakes()
        packet = clinic.second.packet(lent.head.id)
        assert packet.pages > 2
    with a_server(tmp_path / "server") as central:
        for desk in clinic.desks:
            desk.wire.use_relay("", None)
        clinic.coordinator.team.replica().vault.membership.adopt(  # the port is another one now
            _at(clinic.coordinator, central.address)
        )
        for desk in (clinic.volunteer, clinic.attorney, clinic.second):
            desk.team.replica().vault.membership.adopt(_at(desk, central.address))
        clinic.round()
        clinic.round()
        [row] = clinic.volunteer.intakes()
        assert row.status is Status.RECEIVED
        assert row.purged
        with pytest.raises(Refused):
            clinic.volunteer.cases.case(RecordId(intake))
        with pytest.raises(Refused):
            clinic.volunteer.open_intake(intake)
        assert clinic.volunteer.team.replica().vault.keys.newest(RecordId(intake)) is None
        kept = b"".join(path.read_bytes() for path in (tmp_path / "server").iterdir())
        assert b"Talukder" not in kept
        plan = clinic.coordinator.batches.plan_batch(None)
        done = clinic.coordinator.batches.write_batch(plan, [], tmp_path)
        assert (done.cases, done.path.exists()) == (1, True)


def _at(desk: LaptopDesk, address: str):  # type: ignore[no-untyped-def]  # a test's own shortcut
    from dataclasses import replace

    identity = desk.team.identity()
    assert identity is not None
    return replace(identity, server=address)
