"""A desk that comes into a group later reads what was written to the group before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ournydesk.bootstrap import LaptopDesk
from ournydesk.domain.membership import Role, Statement, user_body
from ournydesk.domain.oplog import Standing
from ournydesk.domain.team import STAFF
from ournydesk.ports import OpenVault
from ournydesk.services import membership
from tests.fakes.desks import TickingClock, a_server, enrol, example_intake, here, open_desk


def vault_of(desk: LaptopDesk) -> OpenVault:
    return desk.team.replica().vault


def use(desk: LaptopDesk, address: str) -> None:
    identity = membership.identity_of(vault_of(desk))
    vault_of(desk).membership.adopt(replace(identity, server=address))


def let_in(lead: LaptopDesk, newcomer: LaptopDesk) -> None:
    """What a coordinator says when somebody reads the staff's cases from now on."""
    vault, who = vault_of(lead), membership.identity_of(vault_of(newcomer))
    rights = user_body(user=who.user, role=Role.ATTORNEY, reads=True)
    team = membership.state(vault, Statement.USER_ROLE, rights)
    membership.turn_group(vault, STAFF, team.groups[STAFF].members | {who.device})


@pytest.fixture
def three(tmp_path: Path) -> Iterator[tuple[LaptopDesk, LaptopDesk, LaptopDesk]]:
    clock = TickingClock()
    lead = open_desk(tmp_path / "c", "C. Coordinator", clock)
    lead.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    lead.team.publish_form("naturalization")
    helper, late = (open_desk(tmp_path / name, name, clock) for name in ("Jo Volunteer", "L. Attorney"))
    enrol(helper, "Jo Volunteer", Role.VOLUNTEER, lead, tmp_path)
    enrol(late, "L. Attorney", Role.ATTORNEY, lead, tmp_path)
    yield lead, helper, late
    for desk in (lead, helper, late):
        desk.lock()


def test_what_went_by_on_the_server_is_read_once_more(
    three: tuple[LaptopDesk, LaptopDesk, LaptopDesk], tmp_path: Path
) -> None:
    lead, helper, late = three
    with a_server(tmp_path / "server") as central:
        token = central.house.access.new_creation_token()
        lead.team.register_team(central.address, None, token, here)
        for desk in (helper, late):
            use(desk, central.address)
        helper.wire.hand_over(example_intake(helper), "")
        for desk in (lead, helper, late):
            desk.wire.sync(here)
        assert late.cases.cases() == ()
        let_in(lead, late)
        lead.wire.sync(here)
        for _ in range(2):
            assert late.wire.sync(here).troubles == ()
            [case] = late.cases.cases()
            assert case.client == "Nusrat Jahan Talukder-Example"
        assert vault_of(late).preferences.get("sync.again") == ""


def test_what_came_by_stick_before_the_key_did_is_opened_when_it_comes(
    three: tuple[LaptopDesk, LaptopDesk, LaptopDesk], tmp_path: Path
) -> None:
    lead, helper, late = three
    helper.wire.hand_over(example_intake(helper), "")
    helper.wire.write_courier(tmp_path / "out.courier")
    late.wire.read_courier(tmp_path / "out.courier")
    assert late.cases.cases() == ()
    assert vault_of(late).operations.with_standing(Standing.FOREIGN)
    let_in(lead, late)
    lead.wire.write_courier(tmp_path / "team.courier")
    late.wire.read_courier(tmp_path / "team.courier")
    [case] = late.cases.cases()
    assert case.client == "Nusrat Jahan Talukder-Example"
