from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ournydesk.domain.membership import (
    EVERYONE,
    Role,
    Statement,
    Team,
    apply,
    decode_entry,
    encode_statement,
    replay,
    revoke_body,
    user_body,
)
from ournydesk.domain.membership.entry import MAGIC, MOST_STATEMENT
from ournydesk.domain.team import RECOVERY, TEAM
from ournydesk.errors import ProtocolFault, Refused
from tests.unit.domain.test_membership import Log, Person, check_key, epoch, verify

people = st.integers(0, 4)
signers = st.lists(people, min_size=1, max_size=2, unique=True)
rights = st.tuples(st.sampled_from(Role), st.booleans(), st.booleans())
steps = st.lists(
    st.one_of(
        st.tuples(st.just("role"), people, rights, signers),
        st.tuples(st.just("leave"), people, st.none(), signers),
        st.tuples(st.just("device"), people, st.none(), signers),
        st.tuples(st.just("revoke"), people, st.booleans(), signers),
        st.tuples(st.sampled_from(["staff", "team"]), people, st.lists(people, unique=True), signers),
        st.tuples(st.just("policy"), people, st.integers(0, 3), signers),
    ),
    max_size=15,
)


@given(steps, st.booleans())
@settings(deadline=None)
def test_whatever_is_said_a_team_stays_one_that_can_be_led_and_lets_no_stranger_read(
    happened: list[tuple[str, int, object, list[int]]], recovery: bool
) -> None:
    log = Log(recovery=b"kit" if recovery else b"")
    team = [log.founder, log.join(Role.COORDINATOR, manages=True, reads=True), log.join(Role.VOLUNTEER)]
    team += [log.join(Role.ATTORNEY, reads=True), log.join(Role.COORDINATOR, manages=True)]
    for what, who, more, by in happened:
        before = log.team
        try:
            _say(log, team, what, who, more, [team[one] for one in by], recovery=recovery)
        except (Refused, ProtocolFault):
            assert log.team == before
        if len(before.able()) > 1 and len(by) < 2:
            assert log.team.managers() == before.managers()
        _check(log.team)
    assert replay(tuple(log.entries), verify=verify, check_key=check_key) == log.team


def _say(
    log: Log, team: list[Person], what: str, who: int, more: object, by: list[Person], *, recovery: bool
) -> None:
    person = team[who]
    match what, more:
        case "role", (Role() as role, bool(manages), bool(reads)):
            log.say(
                Statement.USER_ROLE,
                user_body(user=person.user, role=role, manages=manages, reads=reads),
                *by,
            )
        case "leave", _:
            log.say(Statement.USER_REMOVE, {"user": person.user}, *by)
        case "device", _:
            team[who] = log.another_device(person, *by)
        case "revoke", carried:
            groups = [group for group in log.team.groups.values() if person.device in group.members]
            epochs = [
                epoch(
                    group.name,
                    group.epoch + 1,
                    *(one for one in team if one.device in group.members and one is not person),
                    recovery=recovery,
                )
                for group in groups
            ]
            body = revoke_body(device=person.device, last_seq=3, epochs=epochs if carried else ())
            log.say(Statement.DEVICE_REVOKE, body, *by)
        case "policy", least:
            log.say(Statement.POLICY_SET, {"policy": {"min_v": least}}, *by)
        case group, list(chosen):
            number = log.team.groups[group].epoch + 1 if group in log.team.groups else 1
            members = [team[one] for one in chosen]
            log.say(Statement.GROUP_EPOCH, epoch(group, number, *members, recovery=recovery), *by)


def _check(team: Team) -> None:
    assert team.able()
    for group in team.groups.values():
        expected = {str(one) for one in group.members} | ({"recovery"} if team.recovery else set())
        assert set(group.grants) == expected
        assert all(team.active(one) for one in group.members)
        if group.name != EVERYONE:
            assert all(team.members[team.devices[one].user].reads for one in group.members)
    assert not any(one.reads or one.manages for one in team.members.values() if one.role is Role.VOLUNTEER)


@given(st.data())
def test_no_entry_cut_anywhere_is_read(data: st.DataObject) -> None:
    whole = Log().entries[0]
    with pytest.raises(ProtocolFault):
        decode_entry(whole[: data.draw(st.integers(0, len(whole) - 1))])


@given(st.binary(max_size=200))
def test_no_bytes_make_an_entry_by_chance(untrusted: bytes) -> None:
    for attempt in (untrusted, MAGIC + untrusted):
        try:
            entry = decode_entry(attempt)
        except ProtocolFault:
            continue
        assert entry.encoded() == attempt


@pytest.mark.parametrize("signers", [0, 3])
def test_one_or_two_sign(signers: int) -> None:
    statement = b"{}"
    signed = b"".join(bytes([one]) * 80 for one in range(signers))
    with pytest.raises(ProtocolFault) as caught:
        decode_entry(MAGIC + len(statement).to_bytes(4, "big") + statement + bytes([signers]) + signed)
    assert caught.value.facts["why"] == "signatures"


def test_a_statement_longer_than_any_of_ours_is_not_looked_at() -> None:
    statement = b" " * (MOST_STATEMENT + 1)
    with pytest.raises(ProtocolFault) as caught:
        decode_entry(MAGIC + len(statement).to_bytes(4, "big") + statement + bytes(81))
    assert caught.value.facts["why"] == "length"


@pytest.mark.parametrize("field", ["team", "mseq", "mprev"])
def test_an_entry_of_another_team_or_another_place_is_refused(field: str) -> None:
    log = Log()
    head = log.team.head
    fields = json.loads(encode_statement(log.id, 1, head.hash, Statement.POLICY_SET, {"policy": {}}))
    fields[field] = 7 if field == "mseq" else "0" * 32
    entry = log.signed(json.dumps(fields).encode(), log.founder)
    with pytest.raises(ProtocolFault) as caught:
        apply(log.team, entry, verify=verify, check_key=check_key)
    assert caught.value.facts["why"] == "chain"


def test_the_words_for_everyone_and_the_recovery_kit_are_the_same_everywhere() -> None:
    from ournydesk.domain.membership import team

    assert (EVERYONE, team.RECOVERY) == (TEAM, RECOVERY)
