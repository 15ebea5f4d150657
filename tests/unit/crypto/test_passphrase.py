from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ournydesk.crypto.passphrase import MOST_BYTES, WordBook, canonical
from ournydesk.errors import Refused

BOOK = WordBook.bundled()
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
spaces = st.sampled_from([" ", "  ", "\t", "\u00a0", "\u3000", "\n"])


def why(passphrase: str) -> object:
    with pytest.raises(Refused) as caught:
        BOOK.check(passphrase)
    assert caught.value.code == "refused.passphrase"
    return caught.value.facts["why"]


@given(texts.filter(lambda text: bool(text.strip())), spaces, spaces)
def test_the_same_words_typed_elsewhere_are_the_same_bytes(text: str, before: str, behind: str) -> None:
    expected = canonical(text)
    assert canonical(before + unicodedata.normalize("NFC", text) + behind) == expected
    assert canonical(before + unicodedata.normalize("NFD", text) + behind) == expected


@given(st.lists(st.sampled_from(BOOK.listed), min_size=6, max_size=6), spaces)
def test_listed_words_open_however_they_are_spaced_and_shouted(words: list[str], between: str) -> None:
    assert canonical(between.join(words).upper()) == " ".join(words).encode()


@given(texts, texts)
def test_what_differs_in_more_than_case_and_space_is_another_passphrase(one: str, other: str) -> None:
    def bare(text: str) -> list[str]:
        return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()).split()

    if bare(one) and bare(other):
        assert (canonical(one) == canonical(other)) == (bare(one) == bare(other))


@given(st.text(max_size=5000))
def test_any_text_is_bytes_or_refused(text: str) -> None:
    try:
        found = canonical(text)
    except Refused as error:
        assert error.facts["why"] in {"empty", "long", "unreadable"}  # noqa: PT017  # both ends are right
    else:
        assert 0 < len(found) <= MOST_BYTES


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "empty"), (" \t", "empty"), ("\ud800", "unreadable"), ("é" * 513, "long"), ("x" * 10**6, "long")],
    ids=["nothing", "space", "surrogate", "too many bytes", "a megabyte"],
)
def test_what_is_no_passphrase_is_refused(text: str, reason: str) -> None:
    with pytest.raises(Refused) as caught:
        canonical(text)
    assert caught.value.facts["why"] == reason


def test_a_passphrase_that_is_short_once_composed_is_taken() -> None:
    decomposed = unicodedata.normalize("NFD", "ǟ" * 400)
    assert len(decomposed) > MOST_BYTES
    assert canonical(decomposed) == ("ǟ" * 400).encode()


def test_nul_and_emoji_are_characters_like_others() -> None:
    assert canonical("a\0b") != canonical("ab")
    assert canonical("👩🏽‍⚖️ x") == "👩🏽‍⚖️ x".encode()


def test_generated_words_are_six_listed_ones_and_good_enough() -> None:
    assert len(BOOK.listed) == 7776
    drawn = [BOOK.generate() for _ in range(200)]
    assert {len(words) for words in drawn} == {6}
    assert len(set(drawn)) == 200
    assert all(BOOK.known(word) and BOOK.known(f" {word.upper()} ") for words in drawn for word in words)
    for words in drawn:
        if len(set(words)) >= 4:
            BOOK.check(" ".join(words))


@pytest.mark.parametrize("word", ["", "zzzz", "a" * 1000, "\ud800", "aardvarks"])
def test_other_words_are_not_known(word: str) -> None:
    assert not BOOK.known(word)


@pytest.mark.parametrize(
    ("passphrase", "reason"),
    [
        ("three words only", "words"),
        ("same same same same", "words"),
        ("a b c e", "short"),
        ("abcd efgh ijkl mnop", "row"),
        ("1234 5678 9012 3456", "row"),
        ("correct horse battery staple", "common"),
        ("Correct, HORSE! battery-staple 2026 x", "common"),
        ("horse battery staple 99 88 correct", "common"),
        ("quick brown fox jumps", "common"),
        ("four different words \u0378 here", "unassigned"),
        ("", "empty"),
    ],
)
def test_a_passphrase_that_is_guessed_first_is_refused(passphrase: str, reason: str) -> None:
    assert why(passphrase) == reason


@pytest.mark.parametrize(
    "passphrase",
    ["marble otter sings upstairs", "আমার বিড়াল রাতে গান গায়", "vier bunte Kühe tanzen nachts"],
)
def test_four_words_of_ones_own_are_enough(passphrase: str) -> None:
    BOOK.check(passphrase)
