"""Files any ``age`` opens (https://age-encryption.org/v1). Layer: crypto; the only place that knows pyrage.

age says nothing about who wrote a file: what is inside is signed by us. Decrypted bytes are given out only
when the whole file was read: the library hands over what it has before it finds a broken end.
"""

from __future__ import annotations

import io
import re
from typing import BinaryIO, Final, Self

import pyrage

from ournydesk.errors import BadInput, Refused, Tampered

MOST_OPENED: Final = 4 * 1024 * 1024 * 1024
MOST_WORK: Final = 22
"""log2 of scrypt's cost: the stock ``age`` opens no costlier file either. The library has no limit."""
_WORDS_HEADER: Final = re.compile(rb"age-encryption\.org/v1\n-> scrypt [A-Za-z0-9+/]{22} ([1-9][0-9]?)\n")


class AgeIdentity:
    """A key that opens files written to it."""

    def __init__(self, identity: pyrage.x25519.Identity) -> None:
        self._identity = identity

    @classmethod
    def fresh(cls) -> Self:
        """A new one."""
        return cls(pyrage.x25519.Identity.generate())

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The one a vault kept, ``AGE-SECRET-KEY-1…``. Raises Tampered when it is none."""
        try:
            return cls(pyrage.x25519.Identity.from_str(text))
        except pyrage.IdentityError as error:
            raise Tampered(what="age") from error

    def text(self) -> str:
        """What a vault keeps; a secret."""
        return str(self._identity)

    def public(self) -> str:
        """``age1…``: who writes to this is read here."""
        return str(self._identity.to_public())

    def decrypt(self, source: BinaryIO) -> bytes:
        """What a file holds, all of it or nothing. Raises Refused("refused.batch_key") and Tampered."""
        opened = io.BytesIO()
        try:
            pyrage.decrypt_io(source, opened, [self._identity])
        except pyrage.DecryptError as error:
            if "matching keys" in str(error):
                raise Refused("refused.batch_key") from error
            raise Tampered(what="batch") from error
        except OSError as error:
            raise Tampered(what="batch") from error
        return opened.getvalue()

    def __repr__(self) -> str:
        return "AgeIdentity(…)"


def check_recipient(text: str) -> str:
    """A public key as it is written, without spaces. Raises BadInput with a sentence."""
    key = "".join(text.split())
    try:
        pyrage.x25519.Recipient.from_str(key)
    except pyrage.RecipientError as error:
        raise BadInput(
            "This is no age public key: one begins with age1 and has 62 characters. Ask for it again."
        ) from error
    return key


def encrypt(source: BinaryIO, target: BinaryIO, recipients: list[str]) -> None:
    """Write what ``source`` holds so that each of these keys opens it. The caller syncs the file."""
    keys = [pyrage.x25519.Recipient.from_str(key) for key in recipients]
    pyrage.encrypt_io(source, target, keys)


def seal_with_words(plain: bytes, words: str) -> bytes:
    """A file that a passphrase opens, these very characters. Takes a second or more."""
    return bytes(pyrage.passphrase.encrypt(plain, words))


def open_with_words(untrusted: bytes, words: str) -> bytes:
    """What such a file holds, all of it or nothing. Takes a second or more.

    Raises BadInput with a sentence: no such file, torn, other words. A file that asks for more work than
    :data:`MOST_WORK` is refused before any of it is done.
    """
    header = _WORDS_HEADER.match(untrusted)
    if header is None or int(header[1]) > MOST_WORK:
        raise BadInput("This file is no recovery kit: it is not an age file that words open.")
    try:
        return bytes(pyrage.passphrase.decrypt(untrusted, words))
    except pyrage.DecryptError as error:
        if str(error) == "Decryption failed":
            raise BadInput(
                "These words do not open this recovery kit. Type all twelve, in their order."
            ) from error
        raise BadInput(
            "This recovery kit is torn or was changed. Try the copy on the other stick."
        ) from error
