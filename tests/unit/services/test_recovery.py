"""The recovery kit: made, proven before anything is said, and opened once a year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ournydesk.crypto.recovery import open_kit
from ournydesk.domain.membership import Role, behind
from ournydesk.domain.recovery import KitStatus
from ournydesk.domain.team import STAFF, TEAM, clinic_group
from ournydesk.errors import BadInput, Refused, Tampered
from ournydesk.services import cosigning, founding, recovery
from ournydesk.services.membership import team_of, turn_group
from tests.fakes.age_words import cheap_kit
from tests.fakes.desks import TickingClock
from tests.fakes.kits import SHOWN, TYPED, WORDS, Stick, make
from tests.fakes.open_vault import FakeOpenVault
from tests.fakes.teams import BOOK, founded, joined, tell


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def lead(clock: TickingClock) -> FakeOpenVault:
    return founded(clock)


def test_twelve_words_are_drawn() -> None:
    assert len(recovery.new_words(BOOK)) == 12


def test_a_kit_is_in_force_and_opens_every_group_from_its_first_key_on(
    lead: FakeOpenVault, clock: TickingClock
) -> None:
    clinic = founding.open_clinic("Jackson Heights", clock.now(), vault=lead, clock=clock)
    stick = Stick()
    assert recovery.status(lead, BOOK, clock) == KitStatus(today=clock.today())
    made = make(lead, stick, clock)
    assert (made.proposal, made.behind) == (None, 0)
    team, kit = team_of(lead), open_kit(stick.kit, WORDS)
    assert team.recovery == kit.key.public()
    for name in (TEAM, STAFF, clinic_group(clinic.id)):
        keys = recovery.epoch_keys(team, team.groups[name], kit.key)
        assert sorted(keys) == [1, 2]
        assert all(key == lead.keys.group(name, epoch) for epoch, key in keys.items())
    assert recovery.status(lead, BOOK, clock) == KitStatus(
        today=clock.today(), name=made.name, made=date(2026, 11, 28)
    )


def test_every_group_that_comes_later_is_opened_too(lead: FakeOpenVault, clock: TickingClock) -> None:
    stick = Stick()
    make(lead, stick, clock)
    clinic = founding.open_clinic("Sunset Park", clock.now(), vault=lead, clock=clock)
    joined(lead, "An Attorney", clock, Role.ATTORNEY, reads=True)
    team, kit = team_of(lead), open_kit(stick.kit, WORDS)
    assert behind(team) == ()
    assert recovery.epoch_keys(team, team.groups[clinic_group(clinic.id)], kit.key)
    assert recovery.drill(stick.kit, WORDS, vault=lead, words=BOOK, clock=clock).groups == 3


def test_nothing_is_said_before_the_file_opened_with_the_words_that_were_typed(
    lead: FakeOpenVault, clock: TickingClock
) -> None:
    before = lead.membership.entries()
    with pytest.raises(BadInput, match="not the one that was shown"):
        make(lead, Stick(), clock, {2: "badger"})
    with pytest.raises(BadInput, match="torn"):
        make(lead, Stick(broken=True), clock)
    stale = Stick()
    make(founded(clock), stale, clock)
    with pytest.raises(BadInput, match="use another stick"):
        recovery.make(
            SHOWN, TYPED, keep=lambda _new: stale.kit, vault=lead, words=BOOK, clock=clock, seal=cheap_kit
        )
    assert lead.membership.entries() == before
    assert recovery.status(lead, BOOK, clock) == KitStatus(today=clock.today())


def test_who_does_not_manage_makes_no_kit_and_writes_no_file(
    lead: FakeOpenVault, clock: TickingClock
) -> None:
    reader, stick = joined(lead, "An Attorney", clock, Role.ATTORNEY, reads=True), Stick()
    with pytest.raises(Refused) as caught:
        make(reader, stick, clock)
    assert caught.value.facts["why"] == "signer"
    assert stick.written == []


def test_a_kit_that_was_replaced_opens_what_came_before_and_nothing_new(
    lead: FakeOpenVault, clock: TickingClock
) -> None:
    old, new = Stick(), Stick()
    make(lead, old, clock)
    make(lead, new, clock)
    team = team_of(lead)
    first, second = open_kit(old.kit, WORDS).key, open_kit(new.kit, WORDS).key
    assert sorted(recovery.epoch_keys(team, team.groups[STAFF], first)) == [1, 2]
    assert sorted(recovery.epoch_keys(team, team.groups[STAFF], second)) == [1, 2, 3]
    with pytest.raises(BadInput, match="was replaced"):
        recovery.drill(old.kit, WORDS, vault=lead, words=BOOK, clock=clock)


def test_a_group_without_a_kit_gives_none(lead: FakeOpenVault, clock: TickingClock) -> None:
    stick = Stick()
    make(founded(clock), stick, clock)
    team = team_of(lead)
    assert recovery.epoch_keys(team, team.groups[STAFF], open_kit(stick.kit, WORDS).key) == {}


def test_a_drill_is_remembered_and_due_after_a_year(lead: FakeOpenVault, clock: TickingClock) -> None:
    stick = Stick()
    made = make(lead, stick, clock)
    clock.move(days=364)
    assert not recovery.status(lead, BOOK, clock).due
    clock.move(days=1)
    assert recovery.status(lead, BOOK, clock).due
    done = recovery.drill(stick.kit, f" {WORDS.upper()} ", vault=lead, words=BOOK, clock=clock)
    assert (done.name, done.groups, done.behind) == (made.name, 2, 0)
    assert recovery.status(lead, BOOK, clock).opened == clock.today()
    assert not recovery.status(lead, BOOK, clock).due
    clock.move(days=365)
    assert recovery.status(lead, BOOK, clock).due


def test_a_drill_keeps_nothing_that_it_opened(lead: FakeOpenVault, clock: TickingClock) -> None:
    stick = Stick()
    make(lead, stick, clock)
    secret = bytes(open_kit(stick.kit, WORDS).key.reveal()).hex()
    recovery.drill(stick.kit, WORDS, vault=lead, words=BOOK, clock=clock)
    kept = "".join(str(vars(part)) for part in (lead.preferences, lead.membership, lead.keys))
    assert secret not in kept
    assert WORDS not in kept


def test_a_failed_drill_is_not_remembered(lead: FakeOpenVault, clock: TickingClock) -> None:
    ours, theirs = Stick(), Stick()
    make(lead, ours, clock)
    make(founded(clock), theirs, clock)
    before = recovery.status(lead, BOOK, clock)
    for kit, words, why in (
        (ours.kit, WORDS + "s", "do not open"),
        (theirs.kit, WORDS, "another team"),
        (ours.kit[:-1], WORDS, "torn"),
    ):
        with pytest.raises(BadInput, match=why):
            recovery.drill(kit, words, vault=lead, words=BOOK, clock=clock)
    assert recovery.status(lead, BOOK, clock) == before


def test_a_group_that_was_never_really_granted_to_the_kit_is_an_alarm(
    lead: FakeOpenVault, clock: TickingClock
) -> None:
    stick, other = Stick(), Stick()
    make(lead, stick, clock)
    make(founded(clock), other, clock)
    team = team_of(lead)
    kit = open_kit(stick.kit, WORDS).key
    group = team.groups[STAFF]
    with pytest.raises(Tampered):
        recovery.epoch_keys(team, replace(group, public=team.groups[TEAM].public), kit)


def test_the_second_manager_signs_before_a_kit_is_in_force(lead: FakeOpenVault, clock: TickingClock) -> None:
    second = joined(lead, "Second Lead", clock, manages=True)
    stick = Stick()
    assert recovery.status(lead, BOOK, clock).needs_two
    made = make(lead, stick, clock)
    assert team_of(lead).recovery is None
    assert recovery.status(lead, BOOK, clock).waiting == made.name
    assert made.proposal is not None
    asked = cosigning.read(made.proposal, vault=second)
    assert asked is not None
    assert asked.asked(second, BOOK).kit == made.name
    assert asked.asked(second, BOOK).by == "C. Coordinator"
    home = cosigning.sign(asked, vault=second)
    assert cosigning.read(home, vault=lead) is None
    assert recovery.catch_up(lead) == 0
    now = recovery.status(lead, BOOK, clock)
    assert (now.name, now.made, now.waiting, now.behind) == (made.name, date(2026, 11, 28), (), 0)
    assert recovery.drill(stick.kit, WORDS, vault=lead, words=BOOK, clock=clock).groups == 2


def test_a_kit_whose_file_was_overtaken_is_proposed_again_without_a_new_kit(
    lead: FakeOpenVault, clock: TickingClock
) -> None:
    second = joined(lead, "Second Lead", clock, manages=True)
    made = make(lead, Stick(), clock)
    turn_group(lead, TEAM, team_of(lead).groups[TEAM].members)
    tell(lead, second)
    assert made.proposal is not None
    with pytest.raises(BadInput, match="has changed since"):
        cosigning.read(made.proposal, vault=second)
    again = recovery.propose_again(lead)
    assert again is not None
    asked = cosigning.read(again, vault=second)
    assert asked is not None
    assert asked.asked(second, BOOK).kit == made.name
    with pytest.raises(Refused):
        recovery.propose_again(second)


def test_groups_that_this_desk_cannot_turn_wait_for_one_that_can(clock: TickingClock) -> None:
    lead = founded(clock)
    second = joined(lead, "Second Lead", clock, manages=True, reads=False)
    stick = Stick()
    made = make(second, stick, clock)
    assert made.proposal is not None
    asked = cosigning.read(made.proposal, vault=lead)
    assert asked is not None
    cosigning.read(cosigning.sign(asked, vault=lead), vault=second)
    assert recovery.catch_up(second) == 1
    assert recovery.status(second, BOOK, clock).behind == 1
    assert recovery.drill(stick.kit, WORDS, vault=second, words=BOOK, clock=clock).behind == 1
    tell(second, lead)
    assert recovery.catch_up(lead) == 0
    # The other desk has not seen the day it was made; a drill there reads it from the kit.
    assert recovery.status(lead, BOOK, clock).due
    assert recovery.drill(stick.kit, WORDS, vault=lead, words=BOOK, clock=clock).groups == 2
    assert not recovery.status(lead, BOOK, clock).due
