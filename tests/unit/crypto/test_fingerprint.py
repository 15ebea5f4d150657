from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ournydesk.crypto.fingerprint import DEVICE_WORDS, TEAM_WORDS, fingerprint_words
from ournydesk.crypto.passphrase import WordBook

BOOK = WordBook.bundled()


def test_the_words_are_the_digits_of_the_hash_in_base_7776() -> None:
    number = int.from_bytes(hashlib.sha256(b"ourny/words/v1\0" + b"invented").digest(), "big")
    words = fingerprint_words(b"invented", DEVICE_WORDS, BOOK)
    assert len(BOOK.listed) == 7776
    places = [number // 7776**place % 7776 for place in range(DEVICE_WORDS)]
    assert words == tuple(BOOK.listed[place] for place in places)


def test_the_words_of_a_known_fingerprint() -> None:
    """Worked out from the EFF long list without this code; another order would make desks disagree."""
    known = ("dainty", "boggle", "turban", "deskbound", "isolation", "crinkly")
    assert fingerprint_words(bytes(32), DEVICE_WORDS, BOOK) == known


@given(st.binary(max_size=40), st.integers(min_value=0, max_value=255))
def test_another_fingerprint_has_other_words(fingerprint: bytes, more: int) -> None:
    other = fingerprint + bytes((more,))
    assert fingerprint_words(fingerprint, TEAM_WORDS, BOOK) != fingerprint_words(other, TEAM_WORDS, BOOK)


@pytest.mark.parametrize("count", [DEVICE_WORDS, TEAM_WORDS])
def test_fewer_words_are_the_beginning_of_more(count: int) -> None:
    assert len(fingerprint_words(b"x", count, BOOK)) == count
    assert fingerprint_words(b"x", TEAM_WORDS, BOOK)[:count] == fingerprint_words(b"x", count, BOOK)
