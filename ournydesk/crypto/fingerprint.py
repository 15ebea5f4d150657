"""Words people compare by voice instead of hexadecimal digits. Layer: crypto. FORMAT.md, "Fingerprints".

Six words of the list are 77 bits, eight are 103: nobody finds a second key with the same words, and
two of them typed back show that somebody really compared.
"""

from __future__ import annotations

import hashlib
from typing import Final

from ournydesk.crypto.passphrase import WordBook

LABEL: Final = b"ourny/words/v1\0"
DEVICE_WORDS: Final = 6
TEAM_WORDS: Final = 8


def fingerprint_words(fingerprint: bytes, count: int, words: WordBook) -> tuple[str, ...]:
    """The words of a fingerprint, the same on every desk.

    SHA-256 under a label as one big-endian number, written in base 7776, most significant word last.
    """
    number = int.from_bytes(hashlib.sha256(LABEL + fingerprint).digest(), "big")
    chosen = []
    for _ in range(count):
        number, place = divmod(number, len(words.listed))
        chosen.append(words.listed[place])
    return tuple(chosen)
