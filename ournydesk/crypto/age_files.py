"""Files any ``age`` opens (https://age-encryption.org/v1). Layer: crypto; the only place that knows pyrage.

age says nothing about who wrote a file: what is inside is signed by us. Decrypted bytes are given out only
when the whole file was read: the library hands over what it has before it finds a broken end.
"""

from __future__ import annotations

import io
from typing import BinaryIO, Final, Self

import pyrage

from ournydesk.errors import BadInput, Refused, Tampered

MOST_OPENED: Final = 4 * 1024 * 1024 * 1024


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
