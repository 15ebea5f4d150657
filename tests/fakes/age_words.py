"""age files that words open, written by hand: a second implementation, and one that takes no time.

https://age-encryption.org/v1, the scrypt recipient; shares no line with the library the desk uses.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ournydesk.crypto.passphrase import canonical
from ournydesk.crypto.recovery import Kit, plain_kit

CHEAP = 4


def seal(plain: bytes, words: str, *, log_n: int = CHEAP, noise: bytes | None = None) -> bytes:
    """A file of one chunk (64 KiB at most). ``noise``: file key, salt and nonce, 16 bytes each."""
    drawn = noise or secrets.token_bytes(48)
    file_key, salt, nonce = drawn[:16], drawn[16:32], drawn[32:]
    wrapping = hashlib.scrypt(
        words.encode(),
        salt=b"age-encryption.org/v1/scrypt" + salt,
        n=1 << log_n,
        r=8,
        p=1,
        maxmem=1 << 30,
        dklen=32,
    )
    wrapped = ChaCha20Poly1305(wrapping).encrypt(bytes(12), file_key, None)
    header = b"age-encryption.org/v1\n-> scrypt %s %d\n%s\n---" % (_text(salt), log_n, _text(wrapped))
    mac = hmac.digest(_derived(file_key, b"", b"header"), header, "sha256")
    chunk = ChaCha20Poly1305(_derived(file_key, nonce, b"payload")).encrypt(bytes(11) + b"\x01", plain, None)
    return header + b" " + _text(mac) + b"\n" + nonce + chunk


def cheap_kit(kit: Kit, words: str) -> bytes:
    """``crypto.recovery.seal_kit`` that takes no time."""
    return seal(plain_kit(kit), canonical(words).decode())


def _derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, info).derive(key)


def _text(content: bytes) -> bytes:
    return base64.b64encode(content).rstrip(b"=")
