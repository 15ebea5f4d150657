"""Where everything is, and what a person can do about what does not go further by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ournydesk.bootstrap import LaptopDesk
from ournydesk.cli.sync import check_out_lines
from ournydesk.domain.membership import Role
from ournydesk.domain.oplog import Standing
from ournydesk.domain.whereabouts import CheckOut, WaitsFor
from ournydesk.domain.wire import Trouble
from ournydesk.errors import BadInput, Refused, WrongPassphrase
from ournydesk.services import courier, membership, troubles
from tests.fakes.cheap import NOON, WORDS
from tests.fakes.desks import TickingClock, a_server, enrol, example_intake, here, open_desk


class Pair:
    """A coordinator who reads cases, and a volunteer."""

    def __init__(self, folder: Path) -> None:
        self.clock = TickingClock()
        self.lead = open_desk(folder / "c", "C. Coordinator", self.clock)
        self.lead.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
        self.lead.team.publish_form("naturalization")
        self.helper = open_desk(folder / "v", "Jo Volunteer", self.clock)
        self.reader = open_desk(folder / "a", "M. Attorney", self.clock)
        enrol(self.helper, "Jo Volunteer", Role.VOLUNTEER, self.lead, folder)
        enrol(self.reader, "M. Attorney", Role.ATTORNEY, self.lead, folder, reads=True)

    def rounds(self) -> None:
        for desk in (self.lead, self.helper, self.reader, self.helper):
            desk.wire.sync(here)


def waits_for(desk: LaptopDesk) -> list[WaitsFor]:
    return [place.waits_for for place in desk.where.where().places]


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    made = Pair(tmp_path)
    yield made
    for desk in (made.lead, made.helper, made.reader):
        desk.lock()


def test_every_record_says_where_it_is_and_what_it_waits_for(pair: Pair, tmp_path: Path) -> None:
    example_intake(pair.helper, agrees=False)
    assert waits_for(pair.helper) == [WaitsFor.CONSENT]
    with a_server(tmp_path / "server") as central:
        token = central.house.access.new_creation_token()
        pair.lead.team.register_team(central.address, None, token, here)
        stick = tmp_path / "team.courier"
        pair.lead.wire.write_courier(stick)
        pair.helper.wire.read_courier(stick)
        intake = example_intake(pair.helper)
        assert sorted(waits_for(pair.helper)) == [WaitsFor.CONSENT, WaitsFor.ROUND]
        pair.helper.wire.write_courier(tmp_path / "out.courier")
        assert sorted(waits_for(pair.helper)) == [WaitsFor.CONSENT, WaitsFor.SERVER]
        for desk in (pair.helper, pair.reader):
            vault = desk.team.replica().vault
            identity = membership.identity_of(vault)
            vault.membership.adopt(replace(identity, server=central.address))
        pair.helper.wire.sync(here)
        assert sorted(waits_for(pair.helper)) == [WaitsFor.CONSENT, WaitsFor.HAND_OVER]
        pair.helper.wire.hand_over(intake, "")
        pair.rounds()
        there = pair.helper.where.where()
        [_, read] = there.places
        assert (read.waits_for, read.readers) == (WaitsFor.NOTHING, 2)
        assert there.wire.server_at is not None
        assert not there.manages
        assert pair.lead.where.where().manages


def test_a_laptop_is_handed_back_when_nothing_is_on_it_only(pair: Pair, tmp_path: Path) -> None:
    draft, intake = example_intake(pair.helper, agrees=False), example_intake(pair.helper)
    found = pair.helper.where.check_out()
    assert (found.drafts, found.unsealed, found.clear) == (1, 0, False)
    assert found.waiting > 0
    pair.helper.decline(draft)
    with a_server(tmp_path / "server") as central:
        token = central.house.access.new_creation_token()
        pair.lead.team.register_team(central.address, None, token, here)
        vault = pair.helper.team.replica().vault
        identity = membership.identity_of(vault)
        vault.membership.adopt(replace(identity, server=central.address))
        pair.helper.wire.hand_over(intake, "")
        pair.rounds()
        found = pair.helper.where.check_out()
    assert (found.clear, found.drafts, found.waiting, len(found.head_words)) == (True, 0, 0, 8)


def test_a_terminal_says_the_same_of_a_check_out() -> None:
    clear = CheckOut(at=NOON)
    assert check_out_lines(clear) == ["Nothing unsent is left: this laptop can be handed back."]
    kept = check_out_lines(replace(clear, waiting=2, documents=1))
    assert kept[1:] == [
        "  operations the server has not shown back: 2",
        "  documents the server does not have whole: 1",
    ]


def test_what_a_server_refused_is_offered_again_or_goes_by_stick(pair: Pair, tmp_path: Path) -> None:
    pair.helper.wire.hand_over(example_intake(pair.helper), "")
    vault = pair.helper.team.replica().vault
    waiting = vault.operations.outbox(10, 10**7)
    refused = [one for one in waiting if one.header.dev == membership.identity_of(vault).device][-1]
    vault.operations.settle(refused.op_id, Standing.REFUSED, "role")
    troubles.tell("wire.refused", "role", vault=vault, clock=pair.clock)
    there = pair.helper.where.where()
    [aside] = there.asides
    assert (aside.op_id, aside.own, aside.standing, aside.why) == (
        refused.op_id, True, Standing.REFUSED, "role",
    )  # fmt: skip  # the same four
    assert there.places[0].waits_for is WaitsFor.PERSON
    assert not pair.helper.where.check_out().clear
    pair.helper.wire.write_courier(tmp_path / "out.courier")
    _, operations = courier.split((tmp_path / "out.courier").read_bytes())
    assert refused.envelope in operations
    pair.helper.where.look_again(refused.op_id)
    there = pair.helper.where.where()
    assert (there.asides, there.wire.troubles, there.wire.counts.refused) == ((), (), 0)


def test_what_was_set_aside_can_be_kept_and_looked_at_again(pair: Pair, tmp_path: Path) -> None:
    pair.helper.wire.hand_over(example_intake(pair.helper), "")
    pair.helper.wire.write_courier(tmp_path / "out.courier")
    pair.lead.wire.read_courier(tmp_path / "out.courier")
    vault = pair.lead.team.replica().vault
    [case] = pair.lead.cases.cases()
    own = membership.identity_of(vault).device
    operation = next(one for one in vault.operations.of_record(case.id) if one.header.dev != own)
    vault.operations.settle(operation.op_id, Standing.QUARANTINED, "signature")
    [aside] = pair.lead.where.where().asides
    assert (aside.by, aside.own) == ("Jo Volunteer", False)
    pair.lead.where.save_aside(aside.op_id, tmp_path / "kept.op")
    assert (tmp_path / "kept.op").read_bytes() == operation.envelope
    pair.lead.where.look_again(aside.op_id)
    assert pair.lead.where.where().asides == ()
    with pytest.raises(Refused):
        pair.lead.where.look_again(type(aside.op_id)("0" * 64))


def test_an_alarm_is_settled_by_a_named_person_with_the_words_of_the_seat(pair: Pair) -> None:
    vault = pair.helper.team.replica().vault
    troubles.tell("wire.fork", "7", vault=vault, clock=pair.clock)
    troubles.tell("wire.restored", "7", vault=vault, clock=pair.clock)
    fork, restored = pair.helper.where.where().wire.troubles
    with pytest.raises(Refused) as caught:
        pair.helper.where.dismiss(fork)
    assert caught.value.code == "refused.alarm"
    with pytest.raises(WrongPassphrase):
        pair.helper.where.settle_alarm(fork, "quite other words than these here", "C. Coordinator")
    with pytest.raises(BadInput):
        pair.helper.where.settle_alarm(fork, WORDS, "  ")
    assert troubles.forked(vault)
    before = len(vault.operations.outbox(100, 10**7))
    pair.helper.where.settle_alarm(fork, WORDS, "C. Coordinator")
    pair.helper.where.dismiss(restored)
    assert pair.helper.where.where().wire.troubles == ()
    assert len(vault.operations.outbox(100, 10**7)) == before + 1
    with pytest.raises(Refused):
        pair.helper.where.settle_alarm(Trouble(code="wire.fork", about="8", at=fork.at), WORDS, "C. C.")
