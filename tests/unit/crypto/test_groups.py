from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ournydesk.crypto.grants import SealingKey, open_with, seal_to
from ournydesk.crypto.groups import PAST, NewEpoch, _purpose, open_epoch, turn_epoch, walk_back
from ournydesk.errors import Refused, Tampered

TEAM, GROUP = "ab" * 16, "clinic:spring"
ANN, BEN = "01" * 16, "02" * 16
KEYS = {name: SealingKey(bytes((number,)) * 96) for number, name in enumerate((ANN, BEN, "recovery"), 1)}


@dataclass(frozen=True)
class Turn:
    epoch: int
    mprev: str
    new: NewEpoch


def turned(epoch: int, members: tuple[str, ...], previous: SealingKey | None) -> Turn:
    mprev = f"{epoch:064x}"
    publics = {member: KEYS[member].public() for member in members}
    new = turn_epoch(team=TEAM, group=GROUP, epoch=epoch, mprev=mprev, members=publics, previous=previous)
    return Turn(epoch, mprev, new)


def opened(turn: Turn, member: str) -> SealingKey:
    return open_epoch(
        team=TEAM,
        group=GROUP,
        epoch=turn.epoch,
        mprev=turn.mprev,
        device=member,
        sealed=turn.new.grants[member],
        key=KEYS[member],
    )


def walked(turn: Turn, key: SealingKey) -> SealingKey:
    return walk_back(team=TEAM, group=GROUP, epoch=turn.epoch, mprev=turn.mprev, past=turn.new.past, key=key)


FIRST = turned(1, (ANN, BEN, "recovery"), None)
SECOND = turned(2, (ANN, "recovery"), FIRST.new.key)


def test_every_member_is_given_the_key() -> None:
    assert FIRST.new.public == FIRST.new.key.public()
    assert set(FIRST.new.grants) == {ANN, BEN, "recovery"}
    assert all(opened(FIRST, member) == FIRST.new.key for member in FIRST.new.grants)


def test_the_first_epoch_has_no_past_and_each_has_a_key_of_its_own() -> None:
    assert FIRST.new.past == b""
    assert SECOND.new.key != FIRST.new.key
    with pytest.raises(Tampered):
        walked(FIRST, FIRST.new.key)


def test_who_is_a_member_now_reads_what_was_before() -> None:
    assert walked(SECOND, opened(SECOND, ANN)) == FIRST.new.key


def test_who_was_left_out_reads_nothing_of_the_new_epoch() -> None:
    assert BEN not in SECOND.new.grants
    for key in (KEYS[BEN], FIRST.new.key):
        for sealed in SECOND.new.grants.values():
            with pytest.raises(Tampered):
                open_epoch(
                    team=TEAM,
                    group=GROUP,
                    epoch=2,
                    mprev=SECOND.mprev,
                    device=BEN,
                    sealed=sealed,
                    key=key,
                )
        with pytest.raises(Tampered):
            walked(SECOND, key)


@settings(max_examples=15)
@given(st.lists(st.sets(st.sampled_from(sorted(KEYS)), min_size=1), min_size=1, max_size=5))
def test_whoever_is_in_the_last_epoch_reads_every_one_and_others_only_up_to_theirs(
    memberships: list[set[str]],
) -> None:
    turns: list[Turn] = []
    for epoch, members in enumerate(memberships, 1):
        turns.append(turned(epoch, tuple(sorted(members)), turns[-1].new.key if turns else None))
    for name in KEYS:
        last = max((turn.epoch for turn in turns if name in turn.new.grants), default=0)
        if last:
            key = opened(turns[last - 1], name)
            for turn in reversed(turns[:last]):
                assert key == turn.new.key
                key = walked(turn, key) if turn.new.past else key
        for turn in turns[last:]:
            assert name not in turn.new.grants


@pytest.mark.parametrize(
    ("changed", "to"),
    [
        ("team", "ac" * 16),
        ("group", "staff"),
        ("epoch", 3),
        ("mprev", f"{3:064x}"),
        ("device", BEN),
        ("key", KEYS[BEN]),
        ("sealed", SECOND.new.grants["recovery"]),
        ("sealed", SECOND.new.past),
        ("sealed", b""),
    ],
)
def test_a_grant_of_an_epoch_opens_nowhere_else(changed: str, to: object) -> None:
    asked: dict[str, object] = {
        "team": TEAM,
        "group": GROUP,
        "epoch": 2,
        "mprev": SECOND.mprev,
        "device": ANN,
        "sealed": SECOND.new.grants[ANN],
        "key": KEYS[ANN],
    }
    with pytest.raises(Tampered):
        open_epoch(**asked | {changed: to})  # type: ignore[arg-type]  # one of them is replaced by name


@pytest.mark.parametrize(
    ("changed", "to"),
    [
        ("team", "ac" * 16),
        ("group", "staff"),
        ("epoch", 3),
        ("mprev", f"{3:064x}"),
        ("past", SECOND.new.grants[ANN]),
        ("key", FIRST.new.key),
    ],
)
def test_the_way_back_opens_nowhere_else(changed: str, to: object) -> None:
    asked: dict[str, object] = {
        "team": TEAM,
        "group": GROUP,
        "epoch": 2,
        "mprev": SECOND.mprev,
        "past": SECOND.new.past,
        "key": SECOND.new.key,
    }
    with pytest.raises(Tampered):
        walk_back(**asked | {changed: to})  # type: ignore[arg-type]  # one of them is replaced by name


def test_something_of_another_length_is_no_group_key() -> None:
    purpose = _purpose(TEAM, GROUP, 2, PAST, SECOND.mprev)
    past = seal_to(SECOND.new.public, purpose, bytes(32))
    assert open_with(SECOND.new.key, purpose, past) == bytes(32)
    with pytest.raises(Tampered) as caught:
        walk_back(team=TEAM, group=GROUP, epoch=2, mprev=SECOND.mprev, past=past, key=SECOND.new.key)
    assert caught.value.facts == {"what": "epoch"}


def test_a_member_whose_key_is_none_stops_the_turn() -> None:
    with pytest.raises(Refused) as caught:
        turn_epoch(team=TEAM, group=GROUP, epoch=1, mprev="", members={ANN: bytes(1216)}, previous=None)
    assert caught.value.code == "refused.key"


def test_a_new_epoch_shows_no_key() -> None:
    assert repr(FIRST.new) == "NewEpoch(key=SealingKey(…))"
