from __future__ import annotations

import copy
import pickle

import pytest
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ournydesk.crypto.keys import DatabaseKey, KeyEncryptionKey, MasterKey, subkey

SECRET = bytes(range(32))


def test_a_secret_shows_itself_nowhere() -> None:
    key = MasterKey(SECRET)
    assert repr(key) == str(key) == f"{key}" == "MasterKey(…)"
    for leak in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            leak(key)
    with pytest.raises(TypeError):
        hash(key)


def test_a_forgotten_key_is_overwritten_and_useless() -> None:
    key = MasterKey(SECRET)
    held = key.reveal()
    key.forget()
    assert held == bytes(32)
    with pytest.raises(ValueError, match="forgotten"):
        key.reveal()
    with pytest.raises(ValueError, match="forgotten"):
        key.database_key()
    key.forget()


def test_keys_for_different_purposes_are_never_equal() -> None:
    assert MasterKey(SECRET) == MasterKey(SECRET)
    assert MasterKey(SECRET) != KeyEncryptionKey(SECRET)
    assert MasterKey(SECRET) != SECRET


@pytest.mark.parametrize("length", [0, 16, 31, 33, 48])
def test_a_key_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="wrong length"):
        MasterKey(bytes(length))


def test_fresh_keys_are_not_repeated() -> None:
    assert len({bytes(MasterKey.fresh().reveal()) for _ in range(100)}) == 100


def test_the_raw_key_is_what_sqlcipher_reads_as_key_and_salt() -> None:
    key = MasterKey(SECRET).database_key()
    derived = HKDF(algorithm=SHA512(), length=48, salt=None, info=b"ourny/vault/v1\0database").derive(SECRET)
    assert key == DatabaseKey(derived)
    assert bytes(key.raw()) == b"x'" + derived.hex().encode() + b"'"
    assert len(key.raw()) == 99
    assert key.salt == derived[32:]


def test_another_label_gives_another_key() -> None:
    assert subkey(MasterKey(SECRET), b"one\0") != subkey(MasterKey(SECRET), b"other\0")
