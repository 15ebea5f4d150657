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
    decode_entry,
    encode_statement,
    found,
    replay,
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

    def __init__(self) -> None:
        self.founder = self.second = Person()
        self.id = TeamId(new_id())
        body = {
            "user": self.founder.user,
            "device": self.founder.device,
            "sign": self.founder.sign.hex(),
            "seal": self.founder.seal.hex(),
            "policy": {"min_v": 1},
            "recovery": "",
            "reads": True,
        }
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

    def join(self, role: Role, *, manages: bool = False, reads: bool = False) -> Person:
        person = Person()
        signers = (
            [self.founder] if len(self.team.managers()) < 2 or not manages else [self.founder, self.second]
        )
        self.say(
            Statement.USER_ADD,
            {"user": person.user, "role": role.value, "manages": manages, "reads": reads},
            *signers,
        )
        self.say(
            Statement.DEVICE_ADD,
            {
                "device": person.device,
                "user": person.user,
                "sign": person.sign.hex(),
                "seal": person.seal.hex(),
            },
        )
        if manages:
            self.second = person
        return person


def epoch(group: str, number: int, *members: Person) -> dict[str, object]:
    return {
        "group": group,
        "epoch": number,
        "public": "aa",
        "members": [one.device for one in members],
        "grants": "",
    }


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


def test_two_people_must_agree_to_remove_one_who_manages() -> None:
    log = Log()
    second = log.join(Role.COORDINATOR, manages=True)
    body: dict[str, object] = {"user": second.user}
    with pytest.raises(Refused) as caught:
        log.say(Statement.USER_REMOVE, body)
    assert caught.value.facts["why"] == "two_signatures"
    assert second.user not in log.say(Statement.USER_REMOVE, body, log.founder, second).members


def test_the_same_person_on_two_devices_is_not_two_people() -> None:
    log = Log()
    second = log.join(Role.COORDINATOR, manages=True)
    again = Person(user=log.founder.user)
    log.say(
        Statement.DEVICE_ADD,
        {"device": again.device, "user": again.user, "sign": again.sign.hex(), "seal": again.seal.hex()},
    )
    with pytest.raises(Refused):
        log.say(Statement.USER_REMOVE, {"user": second.user}, log.founder, again)


def test_the_last_one_who_manages_people_cannot_leave() -> None:
    log = Log()
    with pytest.raises(Refused) as caught:
        log.say(Statement.USER_REMOVE, {"user": log.founder.user})
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
