"""What one person may not say alone: signed by one, read and signed by another, in force when it is home."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable

import pytest

from ournydesk.crypto.signing import Label
from ournydesk.domain.cosigning import What
from ournydesk.domain.membership import Entry, Role, Statement, UserId, encode_statement, user_body
from ournydesk.errors import BadInput, ProtocolFault, Refused
from ournydesk.services import cosigning
from ournydesk.services.cosigning import MAGIC
from ournydesk.services.membership import identity_of, state, team_of, turn_group
from tests.fakes.desks import TickingClock
from tests.fakes.open_vault import FakeOpenVault
from tests.fakes.teams import BOOK, founded, joined, tell


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def first(clock: TickingClock) -> FakeOpenVault:
    return founded(clock)


@pytest.fixture
def second(first: FakeOpenVault, clock: TickingClock) -> FakeOpenVault:
    return joined(first, "Second Lead", clock, manages=True)


def proposed(first: FakeOpenVault, second: FakeOpenVault) -> bytes:
    """The first person asks that the second no longer manages people."""
    body = user_body(user=identity_of(second).user, role=Role.COORDINATOR)
    file = cosigning.state_or_propose(Statement.USER_ROLE, body, vault=first)
    assert file is not None
    return file


def read(file: bytes, vault: FakeOpenVault) -> cosigning.Proposal:
    found = cosigning.read(file, vault=vault)
    assert found is not None
    return found


def test_what_one_may_say_alone_is_said_at_once(first: FakeOpenVault) -> None:
    before = len(first.membership.entries())
    assert cosigning.state_or_propose(Statement.POLICY_SET, {"policy": {"min_v": 1}}, vault=first) is None
    assert len(first.membership.entries()) == before + 1


def test_what_nobody_may_say_is_refused_and_no_file_is_made(first: FakeOpenVault) -> None:
    body = user_body(user=identity_of(first).user, role=Role.COORDINATOR)
    with pytest.raises(Refused) as caught:
        cosigning.state_or_propose(Statement.USER_ROLE, body, vault=first)
    assert caught.value.facts["why"] != cosigning.NEEDS_TWO


def test_a_manager_s_rights_change_when_both_have_signed_and_it_is_home(
    first: FakeOpenVault, second: FakeOpenVault
) -> None:
    tell(first, second)
    file = proposed(first, second)
    before = team_of(first)
    proposal = read(file, second)
    [change] = proposal.changes
    assert change.what is What.RIGHTS
    assert change.user == identity_of(second).user
    assert change.was is not None
    assert change.was.manages
    assert change.becomes is not None
    assert not change.becomes.manages
    home = cosigning.sign(proposal, vault=second)
    assert team_of(first) == before
    assert team_of(second).head == before.head
    assert cosigning.read(home, vault=first) is None
    assert team_of(first).managers() == {identity_of(first).user}
    assert cosigning.read(home, vault=first) is None
    tell(first, second)
    assert cosigning.read(home, vault=second) is None
    assert team_of(second) == team_of(first)


def test_the_file_brings_what_the_second_desk_has_not_seen(
    first: FakeOpenVault, second: FakeOpenVault, clock: TickingClock
) -> None:
    joined(first, "Jo Volunteer", clock, Role.VOLUNTEER)
    assert team_of(second).head != team_of(first).head
    read(proposed(first, second), second)
    assert team_of(second).head == team_of(first).head


def test_names_stand_beside_what_is_asked(first: FakeOpenVault, second: FakeOpenVault) -> None:
    asked = read(proposed(first, second), second).asked(second, BOOK)
    assert asked.by == "C. Coordinator"
    assert asked.names[identity_of(second).user] == "Second Lead"
    assert asked.kit == ()


def test_one_s_own_file_is_not_signed_twice(first: FakeOpenVault, second: FakeOpenVault) -> None:
    with pytest.raises(BadInput, match="signed this yourself"):
        cosigning.read(proposed(first, second), vault=first)


def test_who_does_not_manage_cannot_sign(
    first: FakeOpenVault, second: FakeOpenVault, clock: TickingClock
) -> None:
    attorney = joined(first, "An Attorney", clock, Role.ATTORNEY, reads=True)
    with pytest.raises(BadInput, match="manages people"):
        cosigning.read(proposed(first, second), vault=attorney)


def test_what_was_overtaken_is_signed_by_nobody_and_counts_nowhere(
    first: FakeOpenVault, second: FakeOpenVault
) -> None:
    file = proposed(first, second)
    home = cosigning.sign(read(file, second), vault=second)
    state(first, Statement.POLICY_SET, {"policy": {"min_v": 1}})
    before = team_of(first)
    with pytest.raises(BadInput, match="has changed since"):
        cosigning.read(home, vault=first)
    assert team_of(first) == before
    tell(first, second)
    with pytest.raises(BadInput, match="has changed since"):
        cosigning.read(file, vault=second)


def test_a_file_with_both_signatures_goes_back_to_who_began_it(
    first: FakeOpenVault, second: FakeOpenVault
) -> None:
    home = cosigning.sign(read(proposed(first, second), second), vault=second)
    with pytest.raises(BadInput, match="give it back"):
        cosigning.read(home, vault=second)


def test_what_the_rules_do_not_allow_cannot_be_signed(first: FakeOpenVault, second: FakeOpenVault) -> None:
    team, user = team_of(first), identity_of(second).user
    statement = encode_statement(
        team.id,
        team.head.at + 1,
        team.head.hash,
        Statement.USER_ADD,
        user_body(user=user, role=Role.COORDINATOR, manages=True),
    )
    signature = first.keys.signing().sign(Label.MEMBERSHIP, statement)
    entry = Entry(statement=statement, signatures=((identity_of(first).device, signature),)).encoded()
    file = with_fields(proposed(first, second), proposed=base64.b64encode(entry).decode())
    with pytest.raises(BadInput, match="rules do not allow"):
        cosigning.read(file, vault=second)


@pytest.mark.parametrize("public", [b"\xaa", bytes(1216)], ids=len)
def test_a_kit_that_nothing_can_be_sealed_to_is_not_signed(
    first: FakeOpenVault, second: FakeOpenVault, public: bytes
) -> None:
    file = cosigning.state_or_propose(Statement.RECOVERY_SET, {"recovery": public.hex()}, vault=first)
    assert file is not None
    with pytest.raises(BadInput, match="must not be signed"):
        cosigning.read(file, vault=second)


def test_a_file_of_another_team_changes_nothing(
    first: FakeOpenVault, second: FakeOpenVault, clock: TickingClock
) -> None:
    other = founded(clock)
    file = proposed(other, joined(other, "Second Lead", clock, manages=True))
    before = second.membership.entries()
    with pytest.raises(BadInput, match="another team"):
        cosigning.read(file, vault=second)
    assert second.membership.entries() == before


def with_fields(file: bytes, **changed: object) -> bytes:
    return MAGIC + json.dumps(json.loads(file[len(MAGIC) :]) | changed).encode()


@pytest.mark.parametrize(
    ("bend", "sentence"),
    [
        (lambda file: file[1:], "no file that waits"),
        (lambda file: file[:-9], "damaged"),
        (lambda file: with_fields(file, v=2), "newer"),
        (lambda file: with_fields(file, more=1), "damaged"),
        (lambda file: with_fields(file, entries=[]), "damaged"),
        (lambda file: with_fields(file, entries="all"), "damaged"),
        (lambda file: with_fields(file, entries=[1]), "damaged"),
        (lambda file: with_fields(file, proposed="???"), "damaged"),
        (lambda file: with_fields(file, proposed=""), "damaged"),
    ],
    ids=range(9),
)
def test_a_bent_file_is_one_sentence(
    first: FakeOpenVault, second: FakeOpenVault, bend: Callable[[bytes], bytes], sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence):
        cosigning.read(bend(proposed(first, second)), vault=second)


def test_a_changed_statement_is_not_under_its_signature(first: FakeOpenVault, second: FakeOpenVault) -> None:
    file = proposed(first, second)
    entry = json.loads(file[len(MAGIC) :])["proposed"]
    letter = "B" if entry[-6] == "A" else "A"
    with pytest.raises(BadInput):
        cosigning.read(with_fields(file, proposed=f"{entry[:-6]}{letter}{entry[-5:]}"), vault=second)


def test_two_logs_of_one_team_are_an_alarm(first: FakeOpenVault, second: FakeOpenVault) -> None:
    file = proposed(first, second)
    tell(first, second)
    turn_group(first, "team", team_of(first).groups["team"].members)
    turn_group(second, "team", team_of(second).groups["team"].members)
    with pytest.raises(ProtocolFault) as caught:
        cosigning.read(proposed(first, second), vault=second)
    assert caught.value.code == "wire.fault.fork"
    assert file


def test_the_right_to_let_people_in_is_given_by_one_as_long_as_one_has_it(
    first: FakeOpenVault, clock: TickingClock
) -> None:
    other = joined(first, "An Attorney", clock, Role.ATTORNEY, reads=True)
    user = identity_of(other).user
    assert cosigning.let_manage(user, may=True, vault=first) is None
    member = team_of(first).members[user]
    assert (member.manages, member.reads, member.role) == (True, True, Role.ATTORNEY)
    file = cosigning.let_manage(user, may=False, vault=first)
    assert file is not None
    [change] = read(file, other).changes
    assert change.what is What.RIGHTS


def test_the_last_who_lets_people_in_stays_and_a_volunteer_never_does(
    first: FakeOpenVault, clock: TickingClock
) -> None:
    helper = joined(first, "Jo Volunteer", clock, Role.VOLUNTEER)
    for user, may in ((identity_of(first).user, False), (identity_of(helper).user, True)):
        with pytest.raises(Refused) as caught:
            cosigning.let_manage(user, may=may, vault=first)
        assert caught.value.code == "refused.member"
    with pytest.raises(Refused):
        cosigning.let_manage(UserId("9" * 32), may=True, vault=first)


def test_the_desk_of_a_manager_is_shut_out_by_two_of_three(
    first: FakeOpenVault, second: FakeOpenVault, clock: TickingClock
) -> None:
    third = joined(first, "Third Lead", clock)
    tell(first, second)
    asked = cosigning.let_manage(identity_of(third).user, may=True, vault=first)
    assert asked is not None
    cosigning.read(cosigning.sign(read(asked, second), vault=second), vault=first)
    file = cosigning.shut_out(identity_of(third).device, vault=first)
    assert file is not None
    home = cosigning.sign(read(file, second), vault=second)
    assert [one.what for one in read(file, second).changes] == [What.DESK_OUT, What.KEYS]
    cosigning.read(home, vault=first)
    team = team_of(first)
    assert team.devices[identity_of(third).device].last_seq == 0
    assert all(identity_of(third).device not in group.members for group in team.groups.values())
