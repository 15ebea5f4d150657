"""``python -m tests.unit.crypto.make_sealed_vectors`` writes grants, epochs and operations anew.

Nothing of ``ournydesk`` is imported: what these bytes are is said here a second time, from FORMAT.md
§10–§12. The lattice's half of a grant is random, so every run gives other grants: run it only when the
format changes. Operations follow from the grants that stand in ``grant.json`` and from nothing random.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.unit.crypto import chunked, hybrid
from tests.unit.crypto.make_vectors import FOLDER, OURS, counted, digest

TEAM, RECORD, DEVICE, OTHER = (byte * 16 for byte in ("a1", "b2", "c3", "d4"))
GRANT, OPERATION = b"ourny/grant/v1\0", b"ourny/op/v1\0"
RECORD_KEY = bytes(range(200, 232))
PRIVATE = {"staff": bytes(range(96)), DEVICE: bytes(range(96, 192)), "recovery": bytes(range(150, 246))}
GROUP_KEYS = (bytes(range(3, 99)), bytes(range(5, 101)))


def text(sealed: bytes) -> str:
    return base64.b64encode(sealed).decode("ascii")


def info(public: bytes, team: str, about: str, version: int, recipient: str, context: str) -> bytes:
    parts = [part.encode() for part in (team, about, str(version), recipient, context)]
    return GRANT + digest(GRANT, *parts, hashlib.sha256(public).digest())


def sealed(public: bytes, about: bytes, secret: bytes, number: int) -> str:
    """KEM 1; the ephemeral key of the curve is one byte repeated."""
    return text(b"\1" + hybrid.seal(public, about, secret, bytes((number,)) * 32))


def grants() -> list[dict[str, Any]]:
    made = []
    for number, (to, epoch) in enumerate((("staff", 3), (DEVICE, 0)), 1):
        public = hybrid.Private(PRIVATE[to]).public
        about = info(public, TEAM, RECORD, 1, f"{to}#{epoch}", "")
        made.append(
            {
                "team": TEAM,
                "record": RECORD,
                "version": 1,
                "to": to,
                "epoch": epoch,
                "private": PRIVATE[to].hex(),
                "public_sha256": hashlib.sha256(public).hexdigest(),
                "info": about.hex(),
                "sealed": sealed(public, about, RECORD_KEY, number),
                "record_key": RECORD_KEY.hex(),
            }
        )
    return made


def epochs() -> list[dict[str, Any]]:
    made = []
    for epoch, key in enumerate(GROUP_KEYS, 1):
        mprev, group = hashlib.sha256(bytes((epoch,))).hexdigest(), "clinic:spring"
        own = hybrid.Private(key).public
        past = ""
        if epoch > 1:
            about = info(own, TEAM, group, epoch, "past", mprev)
            past = sealed(own, about, GROUP_KEYS[epoch - 2], 90 + epoch)
        for number, member in enumerate((DEVICE, "recovery"), 1):
            public = hybrid.Private(PRIVATE[member]).public
            about = info(public, TEAM, group, epoch, member, mprev)
            made.append(
                {
                    "team": TEAM,
                    "group": group,
                    "epoch": epoch,
                    "mprev": mprev,
                    "member": member,
                    "private": PRIVATE[member].hex(),
                    "info": about.hex(),
                    "sealed": sealed(public, about, key, 10 * epoch + number),
                    "past": past,
                    "key": key.hex(),
                    "public_sha256": hashlib.sha256(own).hexdigest(),
                    "before": GROUP_KEYS[epoch - 2].hex() if epoch > 1 else "",
                }
            )
    return made


def padded(payload: bytes) -> bytes:
    whole = len(payload).to_bytes(4, "big") + payload
    sizes = (*range(512, 8193, 512), *(2**power for power in range(14, 22)))
    return whole + bytes(min(size for size in sizes if size >= len(whole)) - len(whole))


def operation(granted: list[dict[str, Any]], length: int) -> dict[str, Any]:
    listed = [[one["to"], one["epoch"], one["sealed"]] for one in granted]
    beside = json.dumps({"v": 1, "grants": listed}, separators=(",", ":")).encode() if granted else b""
    fields = {"v": 1, "suite": 1, "team": TEAM, "rec": RECORD, "kind": "rec.edit", "dev": OTHER}
    fields |= {"dseq": 7, "dprev": "0" * 64, "mhead": [3, "ab" * 32], "rdk": 1, "to": ["staff", DEVICE]}
    fields |= {"grants": hashlib.sha256(beside).hexdigest(), "seen": [0, "cd" * 32]}
    header = json.dumps(fields, separators=(",", ":")).encode()
    # RFC 5869 §2.2: without a salt the key of the first step is zeros.
    prk = hmac.digest(bytes(64), RECORD_KEY, hashlib.sha512)
    key = chunked.expand(prk, OPERATION + b"op", 32)
    context = hashlib.sha256(OPERATION + header).digest()
    payload, salt = counted(length), bytes((length % 256,)) * 24
    ct = b"\1" + chunked.seal(key, context, salt, padded(payload))
    signer = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    sig = signer.sign(OPERATION + hashlib.sha256(header).digest() + hashlib.sha256(ct).digest())
    named = hashlib.sha256(b"".join(len(part).to_bytes(8, "big") + part for part in (header, ct, sig)))
    parts = b"".join(len(part).to_bytes(4, "big") + part for part in (header, beside, ct))
    return {
        "record_key": RECORD_KEY.hex(),
        "signer": signer.public_key().public_bytes_raw().hex(),
        "header": header.decode(),
        "grants": beside.decode(),
        "ct": text(ct),
        "sig": sig.hex(),
        "op_key": key.hex(),
        "context": context.hex(),
        "payload_length": length,
        "op_id": named.hexdigest(),
        "envelope_sha256": hashlib.sha256(b"ourny-op\1" + parts + sig).hexdigest(),
    }


def operations(granted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [operation(granted, 5), operation([], 0), operation([], 8189)]


def main() -> None:
    granted = grants()
    for name, made, sections in (
        ("grant", granted, "§10"),
        ("epoch", epochs(), "§11"),
        ("operation", operations(granted), "§12; byte i of a payload is i mod 251"),
    ):
        source = f"{OURS.replace('make_vectors', 'make_sealed_vectors')} {sections}"
        written = json.dumps({"source": source, "vectors": made}, indent=1, ensure_ascii=False) + "\n"
        (FOLDER / f"{name}.json").write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
