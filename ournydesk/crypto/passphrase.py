"""Passphrases: made of six words, or chosen and checked. Layer: crypto. FORMAT.md §4.

The word list is the EFF's long one (7776 words, 12.9 bits each, https://www.eff.org/dice), read from
the ``xkcdpass`` package, which ships it as ``eff-long``.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Self

from ournydesk.errors import Refused

GENERATED_WORDS: Final = 6
FEWEST_WORDS: Final = 4
FEWEST_CHARACTERS: Final = 16
MOST_BYTES: Final = 1024


def canonical(passphrase: str) -> bytes:
    """The bytes a passphrase stands for, so that the same words typed elsewhere are the same key.

    Unicode NFC, case folded, NFC again; runs of white space are one space, none at the ends; UTF-8.
    Raises Refused when that is nothing, more than 1024 bytes, or not text.
    """
    # Composing makes a text shorter, to a third at most; this bound only keeps the work small.
    if len(passphrase) > 4 * MOST_BYTES:
        raise Refused("refused.passphrase", why="long")
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", passphrase).casefold())
    try:
        text = " ".join(folded.split()).encode("utf-8")
    except UnicodeEncodeError as error:
        raise Refused("refused.passphrase", why="unreadable") from error
    if not text:
        raise Refused("refused.passphrase", why="empty")
    if len(text) > MOST_BYTES:
        raise Refused("refused.passphrase", why="long")
    return text


@dataclass(frozen=True, slots=True)
class WordBook:
    """The words passphrases are made of, and the phrases everybody knows."""

    listed: tuple[str, ...]
    common: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def bundled(cls) -> Self:
        """The EFF long list and the phrases beside this module."""
        from importlib import resources  # noqa: PLC0415 - who unlocks needs no list

        listed = resources.files("xkcdpass").joinpath("static").joinpath("eff-long")
        words = listed.read_text(encoding="utf-8")
        phrases = resources.files("ournydesk.crypto").joinpath("common_phrases.txt")
        lines = phrases.read_text(encoding="utf-8").splitlines()
        return cls(
            listed=tuple(sorted(set(words.split()))),
            common=tuple(_bare(line) for line in lines if line and not line.startswith("#")),
        )

    def generate(self, count: int = GENERATED_WORDS) -> tuple[str, ...]:
        """Words drawn from the system's random source, each independent of the others."""
        return tuple(secrets.choice(self.listed) for _ in range(count))

    def known(self, word: str) -> bool:
        """Whether a word is on the list, however it was typed. Says nothing about any passphrase."""
        folded = unicodedata.normalize("NFC", word).casefold().strip()
        low, high = 0, len(self.listed)
        while low < high:
            middle = (low + high) // 2
            if self.listed[middle] < folded:
                low = middle + 1
            else:
                high = middle
        return low < len(self.listed) and self.listed[low] == folded

    def check(self, passphrase: str) -> None:
        """Raise Refused when a chosen passphrase is too easy to guess; facts say why.

        ``why`` is one of empty, long, unreadable, words (fewer than four different ones), short
        (fewer than 16 characters), unassigned (a character this Unicode does not know yet, which
        the next one might fold otherwise), row (letters or digits in order), common.
        """
        text = canonical(passphrase).decode("utf-8")
        words = text.split(" ")
        if len(set(words)) < FEWEST_WORDS:
            raise Refused("refused.passphrase", why="words", fewest=FEWEST_WORDS)
        if len(text) < FEWEST_CHARACTERS:
            raise Refused("refused.passphrase", why="short", fewest=FEWEST_CHARACTERS)
        if any(unicodedata.category(character) == "Cn" for character in text):
            raise Refused("refused.passphrase", why="unassigned")
        if _in_a_row("".join(words)):
            raise Refused("refused.passphrase", why="row")
        if any(_mostly(_bare(text), phrase) for phrase in self.common):
            raise Refused("refused.passphrase", why="common")


def _bare(text: str) -> tuple[str, ...]:
    """The words of a text without what people add to make them look hard."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    letters = "".join(character if character.isalpha() else " " for character in folded.replace("'", ""))
    return tuple(letters.split())


def _mostly(words: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    """Whether words are all from a known phrase, or are one with fewer than three words of their own."""
    if set(words) <= set(phrase):
        return True
    own = len(words) - len(phrase)
    return own < FEWEST_WORDS - 1 and len(phrase) >= FEWEST_WORDS and _within(phrase, words)


def _within(piece: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    length = len(piece)
    return any(whole[at : at + length] == piece for at in range(len(whole) - length + 1))


def _in_a_row(characters: Iterable[str]) -> bool:
    """Whether nearly every character follows its neighbour: ``abcd efgh ijkl mnop``."""
    steps = [ord(after) - ord(before) for before, after in pairwise(characters)]
    return sum(step in (-1, 0, 1) for step in steps) * 4 >= len(steps) * 3
