"""C2SP chunked-encryption written again from its text, to hold the library against.

Source: https://c2sp.org/chunked-encryption, with SHA-512 and AES-256-GCM. HKDF-Expand is RFC 5869 §2.3.
"""

from __future__ import annotations

import hashlib
import hmac

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK = 16 * 1024
TAG = 16
ABOUT = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0"


def expand(key: bytes, info: bytes, length: int) -> bytes:
    made = block = b""
    while len(made) < length:
        block = hmac.digest(key, block + info + bytes((len(made) // 64 + 1,)), hashlib.sha512)
        made += block
    return made[:length]


def seal(key: bytes, context: bytes, salt: bytes, plain: bytes) -> bytes:
    derived = expand(key, ABOUT + salt + context, 32 + 12 + 32)
    first, cipher = int.from_bytes(derived[32:44], "big"), AESGCM(derived[:32])
    sealed = salt + derived[44:]
    for number in range(len(plain) // CHUNK + 1):
        chunk = plain[number * CHUNK : (number + 1) * CHUNK]
        sealed += cipher.encrypt((first ^ number).to_bytes(12, "big"), chunk, None)
    return sealed
