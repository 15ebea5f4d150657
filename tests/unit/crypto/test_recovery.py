"""The recovery kit's file: what is in it, who opens it, and every way it can be wrong."""

from __future__ import annotations

import io
import json
import re
from datetime import date

import pytest

from ournydesk.crypto import age_files
from ournydesk.crypto.grants import SealingKey
from ournydesk.crypto.passphrase import WordBook
from ournydesk.crypto.recovery import MOST_KIT, Kit, name_of, open_kit, plain_kit, seal_kit
from ournydesk.errors import BadInput
from tests.fakes.age_words import cheap_kit, seal

WORDS = "invented marble otter sings under twelve quiet paper moons beside a lake"
KIT = Kit(team="a1" * 16, fingerprint="b2" * 32, made=date(2026, 11, 23), key=SealingKey(bytes(range(96))))


@pytest.fixture(scope="module")
def sealed() -> bytes:
    """Written by the other implementation; the real one takes its second in one test."""
    return cheap_kit(KIT, WORDS)


def holding(fields: dict[str, object] | bytes) -> bytes:
    """An age file of these words that holds something else."""
    plain = fields if isinstance(fields, bytes) else json.dumps(fields).encode()
    return seal(plain, WORDS)


def test_the_kit_that_is_made_opens() -> None:
    assert open_kit(seal_kit(KIT, f" {WORDS.title()}"), WORDS) == KIT


def test_twelve_words_open_the_kit_however_they_were_typed(sealed: bytes) -> None:
    assert open_kit(sealed, f"  {WORDS.upper().replace(' ', '  ')}\n") == KIT
    assert "SealingKey(…)" not in repr(KIT)
    assert "0001020304" not in repr(KIT)


def test_what_is_inside_says_what_it_is(sealed: bytes) -> None:
    fields = json.loads(age_files.open_with_words(sealed, WORDS))
    assert fields["what"].startswith("OurNY Desk recovery key.")
    assert fields["key"] == bytes(range(96)).hex()
    assert fields["made"] == "2026-11-23"


def test_other_words_and_no_words_are_one_sentence(sealed: bytes) -> None:
    for words in (WORDS.replace("otter", "badger"), "", "\ud800"):
        with pytest.raises(BadInput, match="do not open this recovery kit"):
            open_kit(sealed, words)


def test_a_torn_kit_says_so(sealed: bytes) -> None:
    with pytest.raises(BadInput, match="torn"):
        open_kit(sealed[:-1], WORDS)
    with pytest.raises(BadInput, match="torn"):
        open_kit(sealed[:-1] + bytes((sealed[-1] ^ 1,)), WORDS)


@pytest.mark.parametrize("untrusted", [b"", b"age-encryption.org/v1\n", b"PK\x03\x04", b"x" * (MOST_KIT + 1)])
def test_what_is_no_kit_is_refused_before_any_work(untrusted: bytes) -> None:
    with pytest.raises(BadInput, match="no recovery kit"):
        open_kit(untrusted, WORDS)


def test_a_file_that_asks_for_minutes_of_work_is_refused_at_once(sealed: bytes) -> None:
    costly = re.sub(rb"(-> scrypt \S+) \d+", rb"\1 23", sealed)
    with pytest.raises(BadInput, match="no recovery kit"):
        open_kit(costly, WORDS)


def test_a_file_for_a_key_is_no_kit() -> None:
    target = io.BytesIO()
    age_files.encrypt(io.BytesIO(b"batch"), target, [age_files.AgeIdentity.fresh().public()])
    with pytest.raises(BadInput, match="no recovery kit"):
        open_kit(target.getvalue(), WORDS)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "letter"},
        {"more": 1},
        {"team": "nobody"},
        {"fingerprint": "b2"},
        {"fingerprint": "zz" * 32},
        {"made": "yesterday"},
        {"key": "00" * 95},
    ],
    ids=str,
)
def test_an_age_file_that_holds_no_kit_gives_nothing(wrong: dict[str, object]) -> None:
    whole = json.loads(plain_kit(KIT))
    assert open_kit(holding(whole), WORDS) == KIT
    with pytest.raises(BadInput, match="holds no recovery kit"):
        open_kit(holding({**whole, **wrong}), WORDS)


def test_a_letter_in_an_age_file_is_no_kit() -> None:
    with pytest.raises(BadInput, match="holds no recovery kit"):
        open_kit(holding(b"a letter"), WORDS)


def test_a_kit_of_a_newer_desk_says_so() -> None:
    with pytest.raises(BadInput, match="newer"):
        open_kit(holding({"kind": "ourny-recovery", "v": 2}), WORDS)


def test_two_kits_have_two_names() -> None:
    book = WordBook.bundled()
    first, second = SealingKey.fresh().public(), SealingKey.fresh().public()
    assert len(name_of(first, book)) == 4
    assert name_of(first, book) == name_of(first, book) != name_of(second, book)
