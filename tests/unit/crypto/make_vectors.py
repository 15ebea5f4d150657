"""``python -m tests.unit.crypto.make_vectors`` writes our own vectors anew; the file must not change.

Nothing of ``ournydesk`` is imported: what these bytes are is said here a second time, from FORMAT.md.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from pathlib import Path

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from tests.unit.crypto import chunked

FOLDER = Path(__file__).parents[2] / "vectors"
OURS = "made by tests/unit/crypto/make_vectors.py from ournydesk/crypto/FORMAT.md"


def counted(length: int) -> bytes:
    return bytes(number % 251 for number in range(length))


def digest(label: bytes, *parts: bytes) -> bytes:
    return hashlib.sha256(label + b"".join(len(p).to_bytes(8, "big") + p for p in parts)).digest()


def envelopes() -> dict[str, object]:
    vectors = []
    for length in (0, 5, 16383, 16384, 40000):
        key, salt, context = counted(32), bytes((length % 256,)) * 24, f"context {length}".encode()
        sealed = b"\1" + chunked.seal(key, context, salt, counted(length))
        vectors.append(
            {
                "key": key.hex(),
                "context": context.hex(),
                "plain_length": length,
                "sealed_sha256": hashlib.sha256(sealed).hexdigest(),
                "sealed": base64.b64encode(sealed).decode() if length < 100 else "",
                "salt": salt.hex(),
            }
        )
    return {"source": f"{OURS} §3; byte i of the plain text is i mod 251", "vectors": vectors}


def vault() -> dict[str, object]:
    salt, master = bytes(range(16)), bytes(range(100, 132))
    kdf = {"name": "argon2id", "memory_cost": 65536, "iterations": 3, "lanes": 4}
    fields = {"v": 1, "id": "0123456789abcdef" * 2, "name": "Front desk", "note": "", "kdf": kdf}
    header = json.dumps(fields | {"salt": salt.hex()}).encode()
    kek = Argon2id(salt=salt, length=32, iterations=3, lanes=4, memory_cost=65536).derive(
        b"six made up words"
    )
    sealed = b"\1" + chunked.seal(kek, digest(b"ourny/vault/v1\0", header), b"\5" * 24, master)
    file = {
        "v": 1,
        "header": header.decode(),
        "sealed": base64.b64encode(sealed).decode(),
        "sum": digest(b"ourny/vault-sum/v1\0", b"1", header, sealed).hex(),
    }
    # RFC 5869 §2.2: without a salt the key of the first step is zeros.
    prk = hmac.digest(bytes(64), master, hashlib.sha512)
    return {
        "source": f"{OURS} §2, §4–§6",
        "vectors": [
            {
                "file": json.dumps(file),
                "typed": "  Six made  up words ",
                "kek": kek.hex(),
                "master": master.hex(),
                "database": chunked.expand(prk, b"ourny/vault/v1\0database", 48).hex(),
            }
        ],
    }


def main() -> None:
    for name, made in (("envelope", envelopes()), ("vault_header", vault())):
        text = json.dumps(made, indent=1, ensure_ascii=False) + "\n"
        (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
