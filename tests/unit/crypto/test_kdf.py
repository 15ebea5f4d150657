from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise

import pytest
from cryptography.hazmat.primitives.kdf import argon2
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import given
from hypothesis import strategies as st

from ournydesk.crypto.kdf import MIB, POLICY, Cost, choose_cost, derive
from ournydesk.errors import Refused, Tampered
from tests.fakes import cheap

FLOOR = Cost(memory=64 * MIB, iterations=3, lanes=4)


def test_the_floor_and_the_ceiling_are_those_of_the_design() -> None:
    assert POLICY.floor == FLOOR
    assert POLICY.ceiling == Cost(memory=1024 * MIB, iterations=10, lanes=8)


@pytest.mark.parametrize(
    "cost",
    [
        replace(FLOOR, memory=64 * MIB - 1),
        replace(FLOOR, memory=1024 * MIB + 1),
        replace(FLOOR, memory=0),
        replace(FLOOR, memory=2**40),
        replace(FLOOR, iterations=2),
        replace(FLOOR, iterations=11),
        replace(FLOOR, lanes=3),
        replace(FLOOR, lanes=9),
        replace(FLOOR, lanes=-4),
    ],
    ids=str,
)
def test_a_cost_outside_the_limits_is_never_derived(cost: Cost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(argon2, "Argon2id")
    with pytest.raises(Tampered) as caught:
        derive(b"words", bytes(16), cost, POLICY)
    assert caught.value.code == "vault.limits"


@pytest.mark.parametrize("length", [0, 8, 15, 17])
def test_a_salt_of_another_length_is_never_used(length: int) -> None:
    with pytest.raises(Tampered):
        derive(b"words", bytes(length), cheap.COST, cheap.POLICY)


def test_too_little_memory_is_said_and_is_no_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: object, passphrase: bytes) -> bytes:
        raise MemoryError

    class Full:
        def __init__(self, **_: object) -> None: ...

        derive = full

    monkeypatch.setattr(argon2, "Argon2id", Full)
    with pytest.raises(Refused) as caught:
        derive(b"words", bytes(16), FLOOR, POLICY)
    assert caught.value.facts == {"mebibytes": 64}


def test_salt_cost_and_words_all_matter() -> None:
    keys = [
        bytes(derive(words, salt, cost, cheap.POLICY).reveal())
        for words in (b"a", b"b")
        for salt in (bytes(16), b"1" * 16)
        for cost in (cheap.COST, replace(cheap.COST, memory=72), replace(cheap.COST, iterations=2))
    ]
    assert len(set(keys)) == len(keys)


def test_argon2id_is_asked_with_our_parameters() -> None:
    mine = derive(b"words", b"s" * 16, cheap.COST, cheap.POLICY)
    other = Argon2id(salt=b"s" * 16, length=32, iterations=1, lanes=1, memory_cost=64).derive(b"words")
    assert bytes(mine.reveal()) == other


@given(st.floats(0.01, 3), st.integers(0, 64 * 1024 * MIB))
def test_the_chosen_cost_fits_the_laptop(seconds: float, memory: int) -> None:
    def timed(cost: Cost) -> float:
        return seconds * cost.memory / FLOOR.memory

    chosen = choose_cost(seconds=timed, memory=memory)
    POLICY.check(chosen)
    assert chosen.memory in (64 * MIB, 128 * MIB, 256 * MIB)
    if chosen != FLOOR:
        assert timed(chosen) <= 1.0
        assert chosen.memory <= memory // 4


def test_a_faster_laptop_never_gets_a_cheaper_vault() -> None:
    chosen = [choose_cost(seconds=lambda _, s=s: s, memory=2**30).memory for s in (2.0, 0.6, 0.4, 0.1)]  # type: ignore[misc]  # the default binds each s
    assert all(before <= after for before, after in pairwise(chosen))


def test_one_guess_at_the_floor_takes_a_tenth_of_a_second_or_more() -> None:
    """E2: in processor time of all its lanes, so that a busy machine says nothing else."""
    before = time.process_time()
    derive(b"invented guess", bytes(16), POLICY.floor, POLICY).forget()
    assert time.process_time() - before >= 0.1
