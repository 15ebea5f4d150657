"""A server that shows two people two logs is found out when one sees the other's work."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from ournydesk.bootstrap import LaptopDesk
from ournydesk.domain.membership import Role
from ournydesk.domain.wire import Reach
from tests.fakes.desks import TickingClock, a_server, enrol, example_intake, here, open_desk


def use(desk: LaptopDesk, address: str) -> None:
    identity = desk.team.identity()
    assert identity is not None
    desk.team.replica().vault.membership.adopt(replace(identity, server=address))


def test_two_logs_are_noticed_when_one_desk_reads_the_other_s_work(tmp_path: Path) -> None:
    clock = TickingClock()
    lead = open_desk(tmp_path / "a", "C. Coordinator", clock)
    lead.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    lead.team.publish_form("naturalization")
    helper = open_desk(tmp_path / "b", "Jo Volunteer", clock)
    enrol(helper, "Jo Volunteer", Role.VOLUNTEER, lead, tmp_path)
    with a_server(tmp_path / "honest") as first:
        token = first.house.access.new_creation_token()
        lead.team.register_team(first.address, None, token, here)
        lead.wire.sync(here)
        use(helper, first.address)
        helper.wire.sync(here)
    shutil.copytree(tmp_path / "honest", tmp_path / "forked")
    # From here on one server shows each of them a log of their own.
    with a_server(tmp_path / "honest") as first, a_server(tmp_path / "forked") as second:
        use(lead, first.address)
        use(helper, second.address)
        lead.team.publish_form("naturalization")
        lead.wire.sync(here)
        intake = example_intake(helper)
        helper.wire.hand_over(intake, "")
        helper.wire.sync(here)
        later = example_intake(helper)
        helper.wire.hand_over(later, "")
        stick = tmp_path / "stick.courier"
        helper.wire.write_courier(stick)
        lead.wire.read_courier(stick)
        view = lead.wire.wire()
        assert "wire.fork" in {trouble.code for trouble in view.troubles}
        assert lead.wire.sync(here).server_reach is Reach.ALARM
    lead.lock()
    helper.lock()
