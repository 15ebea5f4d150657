"""Whatever happens to a team, its kit opens everything; a kit that was replaced opens nothing of later."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from ournydesk.crypto.grants import SealingKey
from ournydesk.crypto.recovery import open_kit
from ournydesk.domain.membership import Group, Role, Team, behind
from ournydesk.services import founding, recovery
from ournydesk.services.membership import identity_of, revoke, team_of
from tests.fakes.desks import TickingClock
from tests.fakes.kits import WORDS, Stick, make
from tests.fakes.open_vault import FakeOpenVault
from tests.fakes.teams import founded, joined

HAPPENS = st.lists(st.sampled_from(("kit", "clinic", "joins", "leaves")), max_size=6)


def epochs(group: Group) -> Iterator[Group]:
    """A group as it was in every one of its epochs."""
    found: Group | None = group
    while found is not None:
        yield found
        found = found.before


def opened(team: Team, kit: SealingKey) -> set[tuple[str, int]]:
    """What a kit opens, by group and epoch."""
    return {
        (name, epoch)
        for name, group in team.groups.items()
        for epoch in recovery.epoch_keys(team, group, kit)
    }


@settings(max_examples=15, deadline=None)
@given(HAPPENS)
def test_the_kit_opens_everything_and_a_replaced_one_nothing_later(happened: list[str]) -> None:
    clock = TickingClock()
    lead = founded(clock)
    kits: list[tuple[int, SealingKey]] = []
    readers: list[FakeOpenVault] = []
    for what in ("kit", *happened):
        if what == "kit":
            stick = Stick()
            make(lead, stick, clock)
            kits.append((team_of(lead).recovery_at, open_kit(stick.kit, WORDS).key))
        elif what == "clinic":
            founding.open_clinic("Example clinic", clock.now(), vault=lead, clock=clock)
        elif what == "joins":
            readers.append(joined(lead, "An Attorney", clock, Role.ATTORNEY, reads=True))
        elif readers:
            revoke(identity_of(readers.pop()).device, vault=lead)
    team = team_of(lead)
    every = {(one.name, one.epoch): one.at for group in team.groups.values() for one in epochs(group)}
    assert behind(team) == ()
    ends = [at for at, _ in kits[1:]]
    for (_, key), end in zip(kits, [*ends, team.head.at + 1], strict=True):
        assert opened(team, key) == {place for place, at in every.items() if at < end}
