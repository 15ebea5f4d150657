from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ournydesk.domain.operations import Head, OpId
from ournydesk.errors import ProtocolFault
from sync.protocol import chain
from sync.protocol.faults import STATUS, read_failure
from tests.unit.sync.strategies import OP_IDS

FINGERPRINT = "ab" * 32
NAMES = st.lists(OP_IDS, max_size=12)


def numbered(names: list[OpId], start: int = 1) -> list[tuple[int, OpId]]:
    return list(enumerate(names, start))


def test_the_chain_is_the_one_that_is_written_down() -> None:
    """PROTOCOL.md, "The chain", worked out a second time by hand."""
    first = hashlib.sha256(bytes.fromhex(FINGERPRINT)).digest()
    name = OpId("cd" * 32)
    second = hashlib.sha256(first + (1).to_bytes(8, "big") + bytes.fromhex(name)).hexdigest()
    assert chain.start(FINGERPRINT) == Head(0, first.hex())
    assert chain.step(chain.start(FINGERPRINT), name) == Head(1, second)


@given(NAMES, st.data())
def test_it_does_not_matter_in_how_many_pages_a_log_is_followed(
    names: list[OpId], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(names)))
    start = chain.start(FINGERPRINT)
    once = chain.follow(start, numbered(names))
    twice = chain.follow(chain.follow(start, numbered(names[:cut])), numbered(names[cut:], cut + 1))
    assert once == twice
    assert once.at == len(names)


@given(st.lists(OP_IDS, min_size=1, max_size=8, unique=True), st.data())
def test_two_logs_that_differ_anywhere_end_differently(names: list[OpId], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(names) - 1))
    other = names.copy()
    other[at] = OpId(hashlib.sha256(other[at].encode()).hexdigest())
    start = chain.start(FINGERPRINT)
    assert chain.follow(start, numbered(names)) != chain.follow(start, numbered(other))


@pytest.mark.parametrize("numbers", [[2], [0], [1, 3], [1, 1]])
def test_a_gap_or_a_repeat_is_a_fault(numbers: list[int]) -> None:
    with pytest.raises(ProtocolFault) as caught:
        chain.follow(chain.start(FINGERPRINT), [(n, OpId("cd" * 32)) for n in numbers])
    assert caught.value.facts["found"] == numbers[-1]


@pytest.mark.parametrize("code", sorted(STATUS))
def test_every_code_that_travels_is_understood(code: str) -> None:
    assert read_failure(f'{{"code":"{code}"}}'.encode()).code == code
    assert 400 <= STATUS[code] < 500 or STATUS[code] == 503


def test_a_code_nobody_agreed_on_is_a_fault() -> None:
    with pytest.raises(ProtocolFault):
        read_failure(b'{"code":"invented"}')
