"""What every open vault promises of a desk in its team: identity, keys, mirror, and all or nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ournydesk.crypto.grants import SealingKey
from ournydesk.crypto.operations import RecordKey
from ournydesk.crypto.signing import SigningKey
from ournydesk.domain.ids import new_id
from ournydesk.domain.membership import UserId
from ournydesk.domain.operations import RecordId
from ournydesk.domain.team import Identity
from ournydesk.errors import Refused
from ournydesk.ports import OpenVault
from tests.fakes import cheap
from tests.fakes.signed import HERE, TEAM, op_id, operation

ASKED = Identity(team=TEAM, user=UserId("d" * 32), device=HERE, name="Invented Person")


class Unexpected(Exception):
    """Something a caller did not think of."""


def test_a_desk_is_nobody_until_it_asks_and_then_what_it_last_adopted(vault: OpenVault) -> None:
    assert vault.membership.identity() is None
    joined = replace(ASKED, fingerprint="f" * 64, server="https://desk.invalid", authority=b"PEM")
    for identity in (ASKED, joined):
        vault.membership.adopt(identity)
        assert vault.membership.identity() == identity


def test_the_teams_log_grows_in_order(vault: OpenVault) -> None:
    assert vault.membership.entries() == ()
    vault.membership.extend([b"first", b"second"])
    vault.membership.extend([])
    vault.membership.extend([b"third"])
    assert vault.membership.entries() == (b"first", b"second", b"third")


def test_what_the_server_holds_of_it_is_remembered(vault: OpenVault) -> None:
    assert vault.membership.confirmed() == 0
    vault.membership.confirm(3)
    assert vault.membership.confirmed() == 3


def test_a_desk_without_a_team_has_no_keys(vault: OpenVault) -> None:
    for ask in (vault.keys.signing, vault.keys.sealing):
        with pytest.raises(Refused) as caught:
            ask()
        assert caught.value.code == "refused.no_team"


def test_a_desks_own_keys_are_kept_once(vault: OpenVault) -> None:
    sign, seal = SigningKey.fresh(), SealingKey.fresh()
    vault.keys.keep_device(sign, seal)
    vault.keys.keep_device(SigningKey.fresh(), SealingKey.fresh())
    assert (vault.keys.signing(), vault.keys.sealing()) == (sign, seal)


def test_a_groups_key_is_kept_for_each_epoch(vault: OpenVault) -> None:
    first, second = SealingKey.fresh(), SealingKey.fresh()
    vault.keys.keep_group("staff", 1, first)
    vault.keys.keep_group("staff", 2, second)
    vault.keys.keep_group("staff", 2, first)
    assert vault.keys.group("staff", 1) == first
    assert vault.keys.group("staff", 2) == second
    assert vault.keys.group("staff", 3) is None
    assert vault.keys.group("team", 1) is None


def test_a_records_newest_key_is_found_and_all_are_forgotten(vault: OpenVault) -> None:
    record, other = RecordId(new_id()), RecordId(new_id())
    keys = {version: RecordKey.fresh() for version in (2, 10, 1)}
    assert vault.keys.newest(record) is None
    for version, key in keys.items():
        vault.keys.keep_record(record, version, key)
    vault.keys.keep_record(other, 1, RecordKey.fresh())
    assert vault.keys.newest(record) == (10, keys[10])
    assert vault.keys.record(record, 2) == keys[2]
    assert vault.keys.record(record, 3) is None
    vault.keys.forget_record(record)
    assert vault.keys.newest(record) is None
    assert vault.keys.record(record, 1) is None
    assert vault.keys.newest(other) is not None


def test_the_mirror_holds_what_was_put_in_and_not_removed(vault: OpenVault) -> None:
    first, second = op_id(1), op_id(2)
    assert vault.outgoing.names() == frozenset()
    for name in (first, second, first):
        vault.outgoing.mirror(name, b"sealed")
    assert vault.outgoing.names() == {first, second}
    vault.outgoing.remove([first, op_id(3)])
    assert vault.outgoing.names() == {second}


def test_what_is_written_together_is_there_together(vault: OpenVault) -> None:
    one = operation()
    with vault.together():
        vault.operations.add(one)
        with vault.together():
            vault.membership.adopt(ASKED)
        vault.outgoing.mirror(one.op_id, one.envelope)
    assert vault.operations.get(one.op_id) == one
    assert vault.membership.identity() == ASKED
    assert vault.outgoing.names() == {one.op_id}


def test_what_fails_together_leaves_nothing(vault: OpenVault) -> None:
    vault.preferences.set("before", "stays")
    one, head = operation(), cheap.head()
    vault.forms.keep(cheap.FORM)

    def write_and_fail() -> None:
        with vault.together():
            vault.intakes.start(head)
            with vault.together():
                vault.operations.add(one)
                vault.keys.keep_record(one.header.rec, 1, RecordKey.fresh())
                vault.membership.extend([b"entry"])
            vault.preferences.set("before", "is gone")
            vault.outgoing.mirror(one.op_id, one.envelope)
            raise Unexpected

    with pytest.raises(Unexpected):
        write_and_fail()
    assert vault.intakes.rows() == ()
    assert vault.operations.get(one.op_id) is None
    assert vault.operations.high(HERE)[0] == 0
    assert vault.keys.newest(one.header.rec) is None
    assert vault.membership.entries() == ()
    assert vault.preferences.get("before") == "stays"
    assert vault.outgoing.names() == frozenset()


def test_what_fails_inside_and_is_caught_leaves_the_rest(vault: OpenVault) -> None:
    kept, lost = operation(1), operation(2)

    def write_and_fail() -> None:
        with vault.together():
            vault.operations.add(lost)
            vault.outgoing.mirror(lost.op_id, lost.envelope)
            raise Unexpected

    with vault.together():
        vault.operations.add(kept)
        vault.outgoing.mirror(kept.op_id, kept.envelope)
        with pytest.raises(Unexpected):
            write_and_fail()
        vault.preferences.set("after", "written")
    assert vault.operations.get(kept.op_id) == kept
    assert vault.operations.get(lost.op_id) is None
    assert vault.outgoing.names() == {kept.op_id}
    assert vault.preferences.get("after") == "written"
