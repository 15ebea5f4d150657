"""Keys of groups: a desk keeps those that are what the team's log says, and no others."""

from __future__ import annotations

import pytest

from ournydesk.crypto.grants import SealingKey
from ournydesk.crypto.groups import open_epoch, turn_epoch
from ournydesk.domain import membership
from ournydesk.domain.membership import Role, Statement
from ournydesk.domain.team import STAFF
from ournydesk.errors import Refused, Tampered
from ournydesk.services.membership import identity_of, revoke, state, team_of, turn_group
from tests.fakes.desks import TickingClock
from tests.fakes.open_vault import FakeOpenVault
from tests.fakes.teams import founded, joined, tell


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def lead(clock: TickingClock) -> FakeOpenVault:
    return founded(clock)


@pytest.fixture
def attorney(lead: FakeOpenVault, clock: TickingClock) -> FakeOpenVault:
    return joined(lead, "M. Attorney", clock, Role.ATTORNEY, reads=True)


def test_whoever_reads_walks_back_to_every_earlier_key(lead: FakeOpenVault, attorney: FakeOpenVault) -> None:
    newest = team_of(attorney).groups[STAFF].epoch
    assert newest > 1
    held = [attorney.keys.group(STAFF, epoch) for epoch in range(1, newest + 1)]
    assert [key.public() if key else b"" for key in held] == [
        key.public() if (key := lead.keys.group(STAFF, epoch)) else b"-" for epoch in range(1, newest + 1)
    ]


def test_a_key_that_does_not_belong_to_its_group_is_not_kept(
    lead: FakeOpenVault, attorney: FakeOpenVault
) -> None:
    """D14: the author of an epoch grants one member a key of another pair."""
    team, group = team_of(lead), team_of(lead).groups[STAFF]
    both = [
        turn_epoch(
            team=team.id,
            group=STAFF,
            epoch=group.epoch + 1,
            mprev=team.head.hash,
            members={str(device): team.devices[device].seal for device in group.members},
            previous=lead.keys.group(STAFF, group.epoch),
        )
        for _ in range(2)
    ]
    wronged = str(identity_of(attorney).device)
    body = membership.epoch_body(
        group=STAFF,
        epoch=group.epoch + 1,
        public=both[0].public,
        members=group.members,
        grants={**both[0].grants, wronged: both[1].grants[wronged]},
        past=both[0].past,
    )
    state(lead, Statement.GROUP_EPOCH, body)
    with pytest.raises(Tampered):
        tell(lead, attorney)
    assert attorney.keys.group(STAFF, group.epoch + 1) is None


def test_after_a_desk_was_shut_out_the_new_key_is_not_among_its_own(
    lead: FakeOpenVault, attorney: FakeOpenVault
) -> None:
    """D3: what is written after a revocation is under a key the old desk cannot take."""
    gone = identity_of(attorney).device
    team = revoke(gone, vault=lead)
    group = team.groups[STAFF]
    assert gone not in group.members
    assert str(gone) not in group.grants
    tell(lead, attorney)
    assert attorney.keys.group(STAFF, group.epoch) is None
    for grant in group.grants.values():
        held = [attorney.keys.sealing(), *_groups_held(attorney, group.epoch)]
        assert not any(_opens(key, grant, group.epoch, lead) for key in held)


def test_who_does_not_hold_a_groups_key_cannot_turn_it(clock: TickingClock) -> None:
    blind = founded(clock, reads=False)
    reader = joined(blind, "M. Attorney", clock, Role.ATTORNEY, reads=True)
    turn_group(blind, STAFF, frozenset((identity_of(reader).device,)))
    with pytest.raises(Refused) as caught:
        turn_group(blind, STAFF, frozenset((identity_of(reader).device,)))
    assert caught.value.code == "refused.group"


def _groups_held(vault: FakeOpenVault, below: int) -> list[SealingKey]:
    found = (vault.keys.group(STAFF, epoch) for epoch in range(1, below))
    return [key for key in found if key is not None]


def _opens(key: SealingKey, sealed: bytes, epoch: int, of: FakeOpenVault) -> bool:
    team, group = team_of(of), team_of(of).groups[STAFF]
    for device in team.devices:
        try:
            open_epoch(
                team=team.id,
                group=STAFF,
                epoch=epoch,
                mprev=group.context,
                device=device,
                sealed=sealed,
                key=key,
            )
        except Tampered:
            continue
        return True
    return False
