"""Secrets as types, and the keys that follow from them. Layer: crypto.

A secret never shows its bytes: not in ``repr``, not in a log, not in a pickle. Python cannot promise
that no copy of a key stays in memory; :meth:`SecretKey.forget` overwrites the copy we hold.
"""
# ruff: noqa: PLC0415 - a header is read, and vaults are listed, without loading any cipher

from __future__ import annotations

import hmac
import secrets
from typing import ClassVar, Final, NoReturn, Self

DATABASE_LABEL: Final = b"ourny/vault/v1\0database"
KEY_BYTES: Final = 32
SALT_BYTES: Final = 16


class SecretKey:
    """Some secret bytes of a fixed length. Subclasses say what they are for."""

    __slots__ = ("_held",)
    length: ClassVar[int] = KEY_BYTES

    def __init__(self, secret: bytes | bytearray) -> None:
        if len(secret) != self.length:
            raise ValueError("a key of the wrong length")
        self._held = bytearray(secret)

    @classmethod
    def fresh(cls) -> Self:
        """A new one from the system's random source."""
        return cls(secrets.token_bytes(cls.length))

    def reveal(self) -> bytearray:
        """The bytes themselves, for a cipher call. The holder keeps them: do not change or store them."""
        if not self._held:
            raise ValueError("a key that was forgotten")
        return self._held

    def forget(self) -> None:
        """Overwrite the bytes held here; the key cannot be used again."""
        self._held[:] = bytes(len(self._held))
        self._held = bytearray()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and hmac.compare_digest(self._held, other._held)

    __hash__ = None  # type: ignore[assignment]  # a secret is no key of a dictionary

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled or copied")


class KeyEncryptionKey(SecretKey):
    """What a passphrase becomes: opens the master key and nothing else."""


class MasterKey(SecretKey):
    """The one random key of a vault; every other key of the vault follows from it."""

    def database_key(self) -> DatabaseKey:
        """The key and salt of this vault's database."""
        return DatabaseKey(subkey(self, DATABASE_LABEL, DatabaseKey.length))


class DatabaseKey(SecretKey):
    """SQLCipher's raw key (32 bytes) and salt (16 bytes)."""

    length: ClassVar[int] = KEY_BYTES + SALT_BYTES

    @property
    def salt(self) -> bytes:
        """The salt, which is also the first sixteen bytes of the database file. Not secret."""
        return bytes(self.reveal()[KEY_BYTES:])

    def raw(self) -> bytearray:
        """The key as SQLCipher wants it: ``x'`` + 96 hexadecimal digits + ``'``. Overwrite it after use.

        SQLCipher silently takes any other length as a passphrase, so this is the only place where
        such a text is made, and the length of the key is a fact of the type.
        """
        return bytearray(b"x'" + self.reveal().hex().encode("ascii") + b"'")


def subkey(key: SecretKey, label: bytes, length: int = KEY_BYTES) -> bytearray:
    """HKDF-SHA-512 (RFC 5869, no salt) of a key under a label; the label is the ``info``."""
    from cryptography.hazmat.primitives.hashes import SHA512
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derived = HKDF(algorithm=SHA512(), length=length, salt=None, info=label).derive(bytes(key.reveal()))
    return bytearray(derived)
