"""C18: an hour of errors, refusals and silence costs tries, and nothing else."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from ournydesk.domain.membership import Role
from ournydesk.domain.oplog import WireCounts
from ournydesk.domain.patience import LONGEST_S, SPREAD, Patience
from ournydesk.domain.wire import Reach
from ournydesk.errors import Unreachable
from sync.client import engine
from sync.client.engine import Ended
from sync.client.transport import Answer, Transport, connected
from tests.fakes.desks import TickingClock, a_server, enrol, example_intake, here, open_desk

HOUR_S = 3600
ASKED_S = 45


class Troubled:
    """A line on which most requests come to nothing; some were served all the same."""

    def __init__(self, line: Transport, chance: random.Random) -> None:
        self.line, self.chance, self.asked = line, chance, 0

    @property
    def host(self) -> str:
        return self.line.host

    def send(self, method: str, path: str, body: bytes = b"", token: str = "") -> Answer:
        self.asked += 1
        match self.chance.randrange(8):
            case 0:
                return Answer(status=500, body=b"<h1>fault</h1>", retry_after_s=0)
            case 1:
                return Answer(status=429, body=b'{"code":"slow_down","head":null}', retry_after_s=ASKED_S)
            case 2:
                return Answer(status=503, body=b'{"code":"busy","head":null}', retry_after_s=ASKED_S)
            case 3:
                raise Unreachable(why="slow")
            case 4:  # it was served; the answer never came
                self.line.send(method, path, body, token)
                raise Unreachable(why="cut")
            case _:
                return self.line.send(method, path, body, token)


@pytest.mark.parametrize("seed", range(3))
def test_after_an_hour_of_trouble_nothing_is_lost_and_nobody_was_stormed(seed: int, tmp_path: Path) -> None:
    clock, chance = TickingClock(), random.Random(seed)  # noqa: S311 - a seed that can be run again
    lead = open_desk(tmp_path / "c", "C. Coordinator", clock)
    lead.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    lead.team.publish_form("naturalization")
    with a_server(tmp_path / "server") as central:
        token = central.house.access.new_creation_token()
        lead.team.register_team(central.address, None, token, here)
        helper = open_desk(tmp_path / "v", "Jo Volunteer", clock)
        enrol(helper, "Jo Volunteer", Role.VOLUNTEER, lead, tmp_path)
        lead.wire.sync(here)
        helper.wire.hand_over(example_intake(helper), "invented")
        replica, patience = helper.team.replica(), Patience(chance=chance.random)
        with connected(central.address, b"") as line:
            troubled, waited, tries = Troubled(line, chance), 0.0, 0
            while waited < HOUR_S:
                told = engine.run(replica, troubled)
                assert told.why != "login"
                # Nobody who was asked to wait comes earlier; nobody who got through waits for long.
                wait = patience.after(answered=told.ended is Ended.DONE, asked_s=told.retry_after_s)
                assert wait >= told.retry_after_s
                assert wait <= (1 + SPREAD) * LONGEST_S
                waited, tries = waited + wait, tries + 1
            assert troubled.asked <= 10 * tries
            assert engine.run(replica, line).ended is Ended.DONE
        helper.wire.sync(here)
        view = helper.wire.wire()
        assert (view.server_reach, view.troubles, view.counts) == (Reach.REACHED, (), WireCounts())
        lead.wire.sync(here)
        assert [row.handed_over for row in lead.intakes()] == [True]
    for desk in (lead, helper):
        desk.lock()
