"""What a statement would change, worked out from the team before and after."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from ournydesk.domain.cosigning import Change, What, changes
from ournydesk.domain.membership import Device, Group, Member, Role, Team, UserId
from ournydesk.domain.operations import DeviceId, Head, TeamId

LEAD = Member(id=UserId("1" * 32), role=Role.COORDINATOR, manages=True)
DESK = Device(id=DeviceId("2" * 32), user=LEAD.id, sign=b"s", seal=b"x")
TEAM = Team(
    id=TeamId("3" * 32),
    fingerprint="4" * 64,
    head=Head(0, "4" * 64),
    members=MappingProxyType({LEAD.id: LEAD}),
    devices=MappingProxyType({DESK.id: DESK}),
    policy=MappingProxyType({"min_v": 2}),
    recovery=b"\xaa",
)
OTHER = Member(id=UserId("5" * 32), role=Role.ATTORNEY, reads=True)
NEW_DESK = Device(id=DeviceId("6" * 32), user=OTHER.id, sign=b"t", seal=b"y")


def test_nothing_changed_is_nothing_to_read() -> None:
    assert changes(TEAM, TEAM) == ()


def test_a_person_and_their_desk_come_and_go() -> None:
    after = replace(
        TEAM,
        members={**TEAM.members, OTHER.id: OTHER},
        devices={**TEAM.devices, NEW_DESK.id: NEW_DESK},
    )
    assert changes(TEAM, after) == (
        Change(what=What.JOINS, user=OTHER.id, becomes=OTHER),
        Change(what=What.DESK_IN, user=OTHER.id),
    )
    out = replace(after, devices={**after.devices, NEW_DESK.id: replace(NEW_DESK, last_seq=3)})
    assert changes(after, out) == (Change(what=What.DESK_OUT, user=OTHER.id),)
    gone = replace(out, members=TEAM.members)
    assert changes(out, gone) == (Change(what=What.LEAVES, user=OTHER.id, was=OTHER),)
    assert changes(out, replace(out, head=Head(9, "")))[:1] == ()


def test_rights_a_policy_a_kit_and_keys_are_told_with_what_was_before() -> None:
    less = replace(LEAD, manages=False)
    staff = Group(name="staff", epoch=1, public=b"p")
    after = replace(
        TEAM,
        members={LEAD.id: less},
        policy={"days": 30},
        recovery=b"\xbb",
        groups={"staff": staff},
    )
    assert changes(TEAM, after) == (
        Change(what=What.KIT, before="aa", after="bb"),
        Change(what=What.RIGHTS, user=LEAD.id, was=LEAD, becomes=less),
        Change(what=What.POLICY, name="days", after="30"),
        Change(what=What.POLICY, name="min_v", before="2"),
        Change(what=What.KEYS, name="staff"),
    )
    assert changes(after, replace(after, recovery=b"\xcc"))[0].before == "bb"
    assert changes(replace(TEAM, recovery=None), TEAM)[0].before == ""
    assert changes(after, after) == ()
