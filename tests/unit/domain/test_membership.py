from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field

import pytest

from ournydesk.domain.ids import new_id
from ournydesk.domain.membership import (
    Entry,
    Role,
    Statement,
    Team,
    UserId,
    apply,
    behind,
    decode_entry,
    device_body,
    encode_statement,
    entitled,
    epoch_body,
    found,
    genesis_body,
    place_of,
    replay,
    revoke_body,
    user_body,
)
from ournydesk.domain.operations import DeviceId, Kind, TeamId
from ournydesk.errors import ProtocolFault, Refused, Tampered


def toy_signature(sign: bytes, statement: bytes) -> bytes:
    """Good enough to be forged by nobody in these tests; the real one has vectors of its own."""
    return hashlib.sha512(sign + statement).digest()


def verify(sign: bytes, signature: bytes, statement: bytes) -> None:
    if signature != toy_signature(sign, statement):
        raise Tampered("vault.seal.signature")


def check_key(sign: bytes) -> None:
    if sign == bytes(32):
        raise Refused("refused.key")


@dataclass
class Person:
    user: UserId = field(default_factory=lambda: UserId(new_id()))
    device: DeviceId = field(default_factory=lambda: DeviceId(new_id()))

    @property
    def sign(self) -> bytes:
        return hashlib.sha256(self.device.encode()).digest()

    @property
    def seal(self) -> bytes:
        return self.sign[::-1]


class Log:
    """Writes entries as signers would and applies them as everyone does."""

    def __init__(self, *, recovery: bytes = b"") -> None:
        self.founder = self.second = Person()
        self.id = TeamId(new_id())
        body = genesis_body(
            user=self.founder.user,
            device=self.founder.device,
            sign=self.founder.sign,
            seal=self.founder.seal,
            reads=True,
            recovery=recovery,
            policy={"min_v": 1},
        )
        genesis = self.signed(encode_statement(self.id, 0, "", Statement.GENESIS, body), self.founder)
        self.entries = [genesis.encoded()]
        self.team = found(genesis, verify=verify, check_key=check_key)

    def signed(self, statement: bytes, *signers: Person) -> Entry:
        return Entry(
            statement=statement,
            signatures=tuple((one.device, toy_signature(one.sign, statement)) for one in signers),
        )

    def say(self, kind: Statement, body: dict[str, object], *signers: Person) -> Team:
        head = self.team.head
        statement = encode_statement(self.id, head.at + 1, head.hash, kind, body)
        entry = self.signed(statement, *(signers or (self.founder,)))
        self.team = apply(self.team, decode_entry(entry.encoded()), verify=verify, check_key=check_key)
        self.entries.append(entry.encoded())
        return self.team

    def another_device(self, person: Person, *signers: Person) -> Person:
        again = Person(user=person.user)
        body = device_body(device=again.device, user=again.user, sign=again.sign, seal=again.seal)
        self.say(Statement.DEVICE_ADD, body, *signers)
        return again

    def join(self, role: Role, *, manages: bool = False, reads: bool = False) -> Person:
        person = Person()
        signers = (
            [self.founder] if len(self.team.managers()) < 2 or not manages else [self.founder, self.second]
        )
        rights = user_body(user=person.user, role=role, manages=manages, reads=reads)
        self.say(Statement.USER_ADD, rights, *signers)
        keys = device_body(device=person.device, user=person.user, sign=person.sign, seal=person.seal)
        self.say(Statement.DEVICE_ADD, keys, *signers)
        if manages:
            self.second = person
        return person


def epoch(group: str, number: int, *members: Person, recovery: bool = False) -> dict[str, object]:
    names = [str(one.device) for one in members] + (["recovery"] if recovery else [])
    return epoch_body(
        group=group,
        epoch=number,
        public=b"public",
        members=[one.device for one in members],
        grants={name: b"sealed to " + name.encode() for name in names},
        past=b"" if number == 1 else b"sealed past",
    )


def revocation(gone: Person, *epochs: dict[str, object], last_seq: int = 0) -> dict[str, object]:
    return revoke_body(device=gone.device, last_seq=last_seq, epochs=epochs)


def test_everyone_who_replays_the_log_sees_the_same_team() -> None:
    log = Log()
    log.join(Role.VOLUNTEER)
    log.join(Role.ATTORNEY, reads=True)
    assert replay(tuple(log.entries), verify=verify, check_key=check_key) == log.team


def test_a_role_decides_what_may_be_written() -> None:
    log = Log()
    volunteer, attorney = log.join(Role.VOLUNTEER), log.join(Role.ATTORNEY, reads=True)
    assert log.team.accepts(volunteer.device, 1, Kind.CREATE)
    assert not log.team.accepts(volunteer.device, 1, Kind.ERASE)
    assert not log.team.accepts(volunteer.device, 1, Kind.ACKNOWLEDGE)
    assert log.team.accepts(attorney.device, 1, Kind.ACKNOWLEDGE)
    assert not log.team.accepts(attorney.device, 1, Kind.PUBLISH)
    assert log.team.accepts(log.founder.device, 1, Kind.PUBLISH)
    assert not log.team.accepts(DeviceId(new_id()), 1, Kind.CREATE)


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.ATTORNEY])
def test_only_those_who_manage_people_change_the_team(role: Role) -> None:
    log = Log()
    outsider = log.join(role, reads=role is Role.ATTORNEY)
    body: dict[str, object] = {"user": new_id(), "role": "coordinator", "manages": True, "reads": True}
    with pytest.raises(Refused) as caught:
        log.say(Statement.USER_ADD, body, outsider)
    assert caught.value.facts["why"] == "signer"


def test_a_volunteer_holds_no_rights_over_people_or_cases() -> None:
    with pytest.raises(Refused):
        Log().join(Role.VOLUNTEER, reads=True)


def test_a_forged_signature_is_noticed() -> None:
    log = Log()
    statement = encode_statement(log.id, 1, log.team.head.hash, Statement.POLICY_SET, {"policy": {}})
    forged = Entry(statement=statement, signatures=((log.founder.device, bytes(64)),))
    with pytest.raises(Tampered):
        apply(log.team, forged, verify=verify, check_key=check_key)


def test_an_entry_that_does_not_follow_the_head_is_refused() -> None:
    log = Log()
    old = log.team
    log.join(Role.VOLUNTEER)
    with pytest.raises(ProtocolFault) as caught:
        apply(old, decode_entry(log.entries[-1]), verify=verify, check_key=check_key)
    assert caught.value.facts["why"] == "chain"


def test_two_people_must_agree_that_one_no_longer_manages() -> None:
    log = Log()
    second = log.join(Role.COORDINATOR, manages=True)
    body = user_body(user=second.user, role=Role.COORDINATOR)
    with pytest.raises(Refused) as caught:
        log.say(Statement.USER_ROLE, body)
    assert caught.value.facts["why"] == "two_signatures"
    assert log.say(Statement.USER_ROLE, body, log.founder, second).managers() == {log.founder.user}


def test_the_same_person_on_two_devices_is_not_two_people() -> None:
    log = Log()
    second = log.join(Role.COORDINATOR, manages=True)
    again = log.another_device(log.founder)
    body = user_body(user=second.user, role=Role.COORDINATOR)
    with pytest.raises(Refused) as caught:
        log.say(Statement.USER_ROLE, body, log.founder, again)
    assert caught.value.facts["why"] == "two_signatures"


def test_nobody_adds_a_device_in_the_name_of_another_manager_alone() -> None:
    log = Log()
    second = log.join(Role.COORDINATOR, manages=True)
    with pytest.raises(Refused) as caught:
        log.another_device(second)
    assert caught.value.facts["why"] == "two_signatures"
    log.another_device(second, log.founder, second)
    log.another_device(second, second)


def test_a_stolen_laptop_is_shut_out_by_the_only_other_one_who_manages() -> None:
    log = Log()
    second = log.join(Role.COORDINATOR, manages=True)
    log.say(Statement.DEVICE_REVOKE, revocation(second))
    fresh = log.another_device(second)
    assert log.team.able() == {log.founder.user, second.user}
    assert log.team.active(fresh.device)


def test_where_three_manage_one_is_silenced_by_two() -> None:
    log = Log()
    second = log.join(Role.COORDINATOR, manages=True)
    third = log.join(Role.COORDINATOR, manages=True)
    with pytest.raises(Refused) as caught:
        log.say(Statement.DEVICE_REVOKE, revocation(third))
    assert caught.value.facts["why"] == "two_signatures"
    log.say(Statement.DEVICE_REVOKE, revocation(third), log.founder, second)
    assert log.team.able() == {log.founder.user, second.user}


def test_the_last_one_who_manages_people_cannot_leave() -> None:
    log = Log()
    for kind, body in (
        (Statement.USER_ROLE, user_body(user=log.founder.user, role=Role.COORDINATOR)),
        (Statement.DEVICE_REVOKE, revocation(log.founder)),
    ):
        with pytest.raises(Refused) as caught:
            log.say(kind, body)
        assert caught.value.facts["why"] == "last_manager"


def test_loosening_the_policy_needs_two_and_tightening_one() -> None:
    log = Log()
    second = log.join(Role.COORDINATOR, manages=True)
    log.say(Statement.POLICY_SET, {"policy": {"min_v": 2}})
    with pytest.raises(Refused):
        log.say(Statement.POLICY_SET, {"policy": {}})
    assert log.say(Statement.POLICY_SET, {"policy": {"min_v": 1}}, log.founder, second).policy == {"min_v": 1}


def test_a_revoked_device_is_obeyed_up_to_its_last_operation_and_no_further() -> None:
    log = Log()
    volunteer = log.join(Role.VOLUNTEER)
    log.say(Statement.DEVICE_REVOKE, {"device": volunteer.device, "last_seq": 4, "epochs": []})
    assert log.team.accepts(volunteer.device, 4, Kind.EDIT)
    assert not log.team.accepts(volunteer.device, 5, Kind.EDIT)


def test_revoking_a_reader_carries_a_new_epoch_for_each_of_its_groups() -> None:
    log = Log()
    attorney = log.join(Role.ATTORNEY, reads=True)
    log.say(Statement.GROUP_EPOCH, epoch("staff", 1, log.founder, attorney))
    gone: dict[str, object] = {"device": attorney.device, "last_seq": 0, "epochs": []}
    with pytest.raises(Refused) as caught:
        log.say(Statement.DEVICE_REVOKE, gone)
    assert caught.value.facts["why"] == "epoch_missing"
    log.say(Statement.DEVICE_REVOKE, {**gone, "epochs": [epoch("staff", 2, log.founder)]})
    assert log.team.groups["staff"].members == {log.founder.device}


def test_a_group_epoch_is_never_skipped_or_repeated() -> None:
    log = Log()
    log.say(Statement.GROUP_EPOCH, epoch("staff", 1, log.founder))
    for number in (1, 3):
        with pytest.raises(ProtocolFault):
            log.say(Statement.GROUP_EPOCH, epoch("staff", number, log.founder))


def test_a_key_is_enrolled_once_and_only_a_sound_one() -> None:
    log = Log()
    volunteer = log.join(Role.VOLUNTEER)
    twin: dict[str, object] = {
        "device": new_id(),
        "user": volunteer.user,
        "sign": volunteer.sign.hex(),
        "seal": "bb",
    }
    with pytest.raises(Refused):
        log.say(Statement.DEVICE_ADD, twin)
    with pytest.raises(Refused):
        log.say(Statement.DEVICE_ADD, {**twin, "sign": bytes(32).hex()})


@pytest.mark.parametrize("at", [0, 8, 9, 12, 13, -1, -70])
def test_a_torn_entry_is_refused(at: int) -> None:
    whole = Log().entries[0]
    with pytest.raises(ProtocolFault):
        decode_entry(whole[:at])


def test_an_entry_with_more_in_it_than_it_should_have_is_refused() -> None:
    log = Log()
    fields = json.loads(decode_entry(log.entries[0]).statement)
    fields["body"]["extra"] = 1
    statement = json.dumps(fields).encode()
    with pytest.raises(ProtocolFault):
        found(log.signed(statement, log.founder), verify=verify, check_key=check_key)


def test_an_empty_log_is_no_team() -> None:
    with pytest.raises(ProtocolFault):
        replay((), verify=verify, check_key=check_key)


def test_an_epoch_carries_one_sealed_key_for_each_member_and_the_recovery_kit() -> None:
    log = Log(recovery=b"kit")
    attorney = log.join(Role.ATTORNEY, reads=True)
    mprev = log.team.head.hash
    first = log.say(Statement.GROUP_EPOCH, epoch("staff", 1, log.founder, attorney, recovery=True))
    group = first.groups["staff"]
    assert group.grants[attorney.device] == b"sealed to " + attorney.device.encode()
    assert set(group.grants) == {str(log.founder.device), str(attorney.device), "recovery"}
    assert (group.past, group.context, group.before) == (b"", mprev, None)
    second = log.say(Statement.GROUP_EPOCH, epoch("staff", 2, attorney, recovery=True)).groups["staff"]
    assert (second.past, second.before) == (b"sealed past", group)


@pytest.mark.parametrize(
    "wrong",
    [
        {"grants": {}},
        {"grants": []},
        {"grants": "member and stranger"},
        {"grants": "member but empty"},
        {"grants": "member in another spelling"},
        {"grants": "member and recovery, which the team has not"},
        {"past": "AA"},
        {"past": 7},
        {"past": "A"},
        {"public": ""},
        {"public": "zz"},
        {"members": "all"},
        {"members": "twice"},
        {"group": "recovery"},
        {"group": "0" * 32},
        {"group": ""},
        {"group": "é"},
        {"epoch": True},
        {"extra": 1},
    ],
)
def test_an_epoch_in_any_other_shape_is_refused(wrong: dict[str, object]) -> None:
    log = Log()
    body = epoch("staff", 1, log.founder)
    device = str(log.founder.device)
    grants: dict[object, dict[str, object]] = {
        "member and stranger": {device: "AA", new_id(): "AA"},
        "member but empty": {device: ""},
        "member in another spelling": {device: "AB"},
        "member and recovery, which the team has not": {device: "AA", "recovery": "AA"},
    }
    given = dict(wrong)
    if given.get("grants"):
        given["grants"] = grants[given["grants"]]
    if given.get("members") == "twice":
        given["members"] = [device, device]
    with pytest.raises(ProtocolFault):
        log.say(Statement.GROUP_EPOCH, {**body, **given})


def test_a_team_with_a_recovery_kit_leaves_it_out_of_no_epoch() -> None:
    log = Log(recovery=b"kit")
    with pytest.raises(ProtocolFault) as caught:
        log.say(Statement.GROUP_EPOCH, epoch("staff", 1, log.founder))
    assert caught.value.facts["why"] == "grants"


def test_a_new_recovery_key_opens_a_group_only_after_the_group_turned_its_key() -> None:
    log = Log()
    log.say(Statement.GROUP_EPOCH, epoch("staff", 1, log.founder))
    log.say(Statement.GROUP_EPOCH, epoch("team", 1, log.founder))
    assert behind(log.team) == ()
    log.say(Statement.RECOVERY_SET, {"recovery": "aa"})
    assert behind(log.team) == ("staff", "team")
    log.say(Statement.GROUP_EPOCH, epoch("team", 2, log.founder, recovery=True))
    assert behind(log.team) == ("staff",)
    log.say(Statement.GROUP_EPOCH, epoch("staff", 2, log.founder, recovery=True))
    assert behind(log.team) == ()
    # A key set anew: what the one before was granted says nothing about it.
    log.say(Statement.RECOVERY_SET, {"recovery": "bb"})
    assert behind(log.team) == ("staff", "team")


def test_those_who_read_no_cases_are_in_the_team_and_in_no_other_group() -> None:
    log = Log()
    volunteer = log.join(Role.VOLUNTEER)
    log.say(Statement.GROUP_EPOCH, epoch("team", 1, log.founder, volunteer))
    with pytest.raises(Refused) as caught:
        log.say(Statement.GROUP_EPOCH, epoch("staff", 1, log.founder, volunteer))
    assert caught.value.facts["why"] == "reads"


def test_a_revoked_device_comes_into_no_group_and_is_not_revoked_twice() -> None:
    log = Log()
    attorney = log.join(Role.ATTORNEY, reads=True)
    log.say(Statement.DEVICE_REVOKE, revocation(attorney))
    for kind, body in (
        (Statement.GROUP_EPOCH, epoch("staff", 1, attorney)),
        (Statement.DEVICE_REVOKE, revocation(attorney)),
    ):
        with pytest.raises(Refused) as caught:
            log.say(kind, body)
        assert caught.value.facts["why"] == "revoked"


def test_somebody_leaves_after_their_devices_were_revoked_and_what_they_signed_stays_good() -> None:
    log = Log()
    attorney = log.join(Role.ATTORNEY, reads=True)
    log.say(Statement.GROUP_EPOCH, epoch("staff", 1, log.founder, attorney))
    with pytest.raises(Refused) as caught:
        log.say(Statement.USER_REMOVE, {"user": attorney.user})
    assert caught.value.facts["why"] == "devices"
    log.say(Statement.DEVICE_REVOKE, revocation(attorney, epoch("staff", 2, log.founder), last_seq=7))
    team = log.say(Statement.USER_REMOVE, {"user": attorney.user})
    assert attorney.user not in team.members
    assert team.accepts(attorney.device, 7, Kind.ACKNOWLEDGE)
    assert not team.accepts(attorney.device, 8, Kind.ACKNOWLEDGE)
    assert not team.accepts(attorney.device, 7, Kind.ERASE)
    with pytest.raises(Refused):
        log.say(Statement.USER_ADD, user_body(user=attorney.user, role=Role.COORDINATOR))


def test_a_role_that_may_write_less_comes_with_a_new_device() -> None:
    log = Log()
    coordinator = log.join(Role.COORDINATOR, reads=True)
    lesser = user_body(user=coordinator.user, role=Role.ATTORNEY, reads=True)
    with pytest.raises(Refused) as caught:
        log.say(Statement.USER_ROLE, lesser)
    assert caught.value.facts["why"] == "devices"
    log.say(Statement.DEVICE_REVOKE, revocation(coordinator, last_seq=3))
    log.say(Statement.USER_ROLE, lesser)
    fresh = log.another_device(coordinator)
    assert log.team.accepts(coordinator.device, 3, Kind.PUBLISH)
    assert not log.team.accepts(fresh.device, 3, Kind.PUBLISH)


def test_a_role_that_may_write_more_is_given_at_once() -> None:
    log = Log()
    volunteer = log.join(Role.VOLUNTEER)
    log.say(Statement.USER_ROLE, user_body(user=volunteer.user, role=Role.ATTORNEY, reads=True))
    assert log.team.accepts(volunteer.device, 1, Kind.ACKNOWLEDGE)


def test_who_stops_reading_cases_is_out_of_their_groups_first() -> None:
    log = Log()
    coordinator = log.join(Role.COORDINATOR, reads=True)
    log.say(Statement.GROUP_EPOCH, epoch("staff", 1, log.founder, coordinator))
    blind = user_body(user=coordinator.user, role=Role.COORDINATOR)
    with pytest.raises(Refused) as caught:
        log.say(Statement.USER_ROLE, blind)
    assert caught.value.facts["why"] == "epoch_missing"
    log.say(Statement.GROUP_EPOCH, epoch("staff", 2, log.founder))
    assert not log.say(Statement.USER_ROLE, blind).members[coordinator.user].reads


def test_a_device_is_handed_what_is_written_to_it_to_its_groups_and_to_the_team() -> None:
    log = Log()
    volunteer, attorney = log.join(Role.VOLUNTEER), log.join(Role.ATTORNEY, reads=True)
    team = log.say(Statement.GROUP_EPOCH, epoch("staff", 1, log.founder, attorney))
    assert entitled(team, attorney.device, ("clinic:none", "staff"))
    assert not entitled(team, volunteer.device, ("staff",))
    assert entitled(team, volunteer.device, ("staff", volunteer.device))
    assert entitled(team, volunteer.device, ("team",))
    assert not entitled(team, attorney.device, (volunteer.device,))
    assert not entitled(team, DeviceId(new_id()), ("team",))
    gone = log.say(Statement.DEVICE_REVOKE, revocation(volunteer))
    assert not entitled(gone, volunteer.device, ("team", volunteer.device))


def test_two_people_replace_the_recovery_key() -> None:
    log = Log()
    second = log.join(Role.COORDINATOR, manages=True)
    with pytest.raises(Refused):
        log.say(Statement.RECOVERY_SET, {"recovery": "aa"})
    assert log.say(Statement.RECOVERY_SET, {"recovery": "aa"}, log.founder, second).recovery == b"\xaa"


def test_an_entry_says_where_in_the_log_it_belongs() -> None:
    log = Log()
    log.join(Role.VOLUNTEER)
    assert [place_of(decode_entry(entry)) for entry in log.entries] == [0, 1, 2]


@pytest.mark.parametrize(
    ("kind", "body", "why"),
    [
        (Statement.GENESIS, {}, "genesis"),
        (Statement.POLICY_SET, {"policy": []}, "policy"),
        (Statement.RECOVERY_SET, {"recovery": ""}, "recovery"),
        (Statement.RECOVERY_SET, {"recovery": 1}, "recovery"),
        (Statement.USER_ADD, {"user": "0" * 32, "role": "king", "manages": False, "reads": False}, "role"),
        (Statement.USER_ADD, {"user": "0" * 32, "role": "attorney", "manages": 0, "reads": False}, "manages"),
        (Statement.USER_REMOVE, {"user": "nobody"}, "user"),
        (Statement.DEVICE_REVOKE, {"device": "founder", "last_seq": -1, "epochs": []}, "last_seq"),
        (Statement.DEVICE_REVOKE, {"device": "founder", "last_seq": 1, "epochs": {}}, "epochs"),
    ],
)
def test_a_statement_in_any_other_shape_is_refused(
    kind: Statement, body: dict[str, object], why: str
) -> None:
    log = Log()
    if body.get("device") == "founder":
        body = {**body, "device": log.founder.device}
    with pytest.raises(ProtocolFault) as caught:
        log.say(kind, body)
    assert caught.value.facts["why"] == why


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (Statement.USER_ROLE, user_body(user=UserId("0" * 32), role=Role.ATTORNEY)),
        (Statement.USER_REMOVE, {"user": "0" * 32}),
        (Statement.DEVICE_REVOKE, {"device": "0" * 32, "last_seq": 1, "epochs": []}),
        (Statement.GROUP_EPOCH, epoch("staff", 1, Person())),
    ],
)
def test_nothing_is_said_about_strangers(kind: Statement, body: dict[str, object]) -> None:
    with pytest.raises(Refused) as caught:
        Log().say(kind, body)
    assert caught.value.facts["why"] == "unknown"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"{", "json"),
        (b"[]", "fields"),
        (b'{"v":1}', "fields"),
        (b'{"v":2,"team":"","mseq":0,"mprev":"","kind":"genesis","body":{}}', "newer"),
        (b'{"v":1,"team":"","mseq":0,"mprev":"","kind":"coup","body":{}}', "kind"),
        (b'{"v":1,"team":"","mseq":1,"mprev":"","kind":"genesis","body":{}}', "genesis"),
        (b'{"v":1,"team":"","mseq":0,"mprev":"","kind":"genesis","body":{}}', "body"),
    ],
)
def test_a_team_begins_with_a_genesis_and_nothing_else(text: bytes, why: str) -> None:
    log = Log()
    with pytest.raises(ProtocolFault) as caught:
        found(log.signed(text, log.founder), verify=verify, check_key=check_key)
    assert caught.value.facts["why"] == why


def test_a_genesis_is_signed_by_the_device_it_names_alone() -> None:
    log = Log()
    genesis = decode_entry(log.entries[0])
    with pytest.raises(ProtocolFault) as caught:
        found(log.signed(genesis.statement, Person()), verify=verify, check_key=check_key)
    assert caught.value.facts["why"] == "signatures"


def test_a_genesis_with_a_forged_signature_is_noticed() -> None:
    log = Log()
    genesis = decode_entry(log.entries[0])
    forged = Entry(statement=genesis.statement, signatures=((log.founder.device, bytes(64)),))
    with pytest.raises(Tampered):
        found(forged, verify=verify, check_key=check_key)


def test_one_device_does_not_sign_twice() -> None:
    log = Log()
    statement = decode_entry(log.entries[0]).statement
    with pytest.raises(ProtocolFault):
        decode_entry(log.signed(statement, log.founder, log.founder).encoded())


def test_a_revoked_device_signs_nothing_more_about_the_team() -> None:
    log = Log()
    second = log.join(Role.COORDINATOR, manages=True)
    log.say(Statement.DEVICE_REVOKE, revocation(second))
    with pytest.raises(Refused) as caught:
        log.say(Statement.POLICY_SET, {"policy": {}}, second)
    assert caught.value.facts["why"] == "signer"
