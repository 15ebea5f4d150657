"""What was erased is deleted on the server as well; a hold keeps it until the hold ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from ournydesk.bootstrap import LaptopDesk
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.keeping import EraseReason
from ournydesk.domain.membership import Role
from ournydesk.domain.operations import Kind, RecordId, TeamId
from ournydesk.domain.wire import Reach
from ournydesk.services import membership
from sync.server import erasing, storage
from sync.server.faults import NotServed
from sync.server.storage import Storage, sqlite_url
from tests.fakes.cheap import WORDS
from tests.fakes.desks import Served, TickingClock, a_server, enrol, example_intake, here, open_desk


@dataclass
class Three:
    """A coordinator, a volunteer, and an attorney whose laptop stays at home at first."""

    lead: LaptopDesk
    helper: LaptopDesk
    away: LaptopDesk
    central: Served
    database: Storage

    def meet(self, *desks: LaptopDesk) -> None:
        for desk in (*desks, *desks):
            assert desk.wire.sync(here).server_reach is Reach.REACHED

    def handed_over(self) -> IntakeId:
        intake = example_intake(self.helper)
        self.helper.wire.hand_over(intake, "")
        self.meet(self.helper, self.lead)
        return intake

    def kept(self, intake: IntakeId) -> set[str]:
        """The kinds of operation of a record of which the server still has bytes."""
        here = storage.operations.c
        with self.database.reading() as connection:
            rows = connection.execute(storage.operations.select().where(here.rec == intake)).all()
        return {row.kind for row in rows if row.envelope}

    def team(self) -> TeamId:
        return membership.identity_of(self.lead.team.replica().vault).team


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    clock = TickingClock()
    with a_server(tmp_path / "server") as central:
        lead, helper, away = (open_desk(tmp_path / name, name, clock) for name in ("C.", "Jo", "M."))
        lead.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
        lead.team.publish_form("naturalization")
        lead.team.register_team(central.address, None, central.house.access.new_creation_token(), here)
        enrol(helper, "Jo Volunteer", Role.VOLUNTEER, lead, tmp_path)
        enrol(away, "M. Attorney", Role.ATTORNEY, lead, tmp_path, reads=True)
        for desk in (helper, away):
            vault = desk.team.replica().vault
            vault.membership.adopt(replace(membership.identity_of(vault), server=central.address))
        database = Storage(sqlite_url(tmp_path / "server" / "server.db"))
        made = Three(lead, helper, away, central, database)
        made.meet(lead, helper)
        yield made
        database.close()
        for desk in (lead, helper, away):
            desk.lock()


def test_the_server_keeps_the_names_of_what_was_erased_and_not_its_bytes(three: Three) -> None:
    intake, other = three.handed_over(), three.handed_over()
    three.lead.cases.erase(RecordId(intake), EraseReason.WITHDRAWN, WORDS)
    three.meet(three.lead, three.helper)
    assert three.kept(intake) == {Kind.ERASE.value}
    assert Kind.CREATE.value in three.kept(other)
    # Who had read nothing of it yet follows the same log, is told of nothing, and waits for nothing.
    three.meet(three.away, three.lead, three.away)
    for desk in (three.lead, three.helper, three.away):
        view = desk.wire.wire()
        assert (view.troubles, view.counts.held, view.counts.waiting) == ((), 0, 0)
    assert [case.id for case in three.away.cases.cases()] == [RecordId(other)]


def test_a_hold_keeps_what_was_erased_until_it_ends(three: Three) -> None:
    intake = three.handed_over()
    assert erasing.hold(three.database, three.team(), held=True) == 0
    three.lead.cases.erase(RecordId(intake), EraseReason.RETENTION, WORDS)
    three.meet(three.lead, three.helper)
    assert Kind.CREATE.value in three.kept(intake)
    assert three.lead.cases.cases() == ()
    assert erasing.hold(three.database, three.team(), held=False) == 1
    assert three.kept(intake) == {Kind.ERASE.value}


def test_a_team_nobody_brought_cannot_be_held(three: Three) -> None:
    with pytest.raises(NotServed):
        erasing.hold(three.database, TeamId("0" * 32), held=True)
