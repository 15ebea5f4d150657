"""``python -m tests.unit.crypto.make_recovery_vector`` writes a recovery kit anew, from FORMAT.md §14.

Nothing of the desk's own reading or writing of kits is imported; nothing in it is random.
"""

from __future__ import annotations

import base64
import hashlib
import json
from importlib import resources

from tests.fakes.age_words import seal
from tests.unit.crypto import hybrid
from tests.unit.crypto.make_vectors import FOLDER, digest

WORDS = "invented marble otter sings under twelve quiet paper moons beside a lake"
TEAM, FINGERPRINT, MADE = "a1" * 16, "b2" * 32, "2026-11-23"
PRIVATE = bytes(range(150, 246))
PLAIN = f"""{{
 "what": "OurNY Desk recovery key. Whoever holds this text can read every case of the team: keep it secret, \
do not store it, do not send it.",
 "kind": "ourny-recovery",
 "v": 1,
 "team": "{TEAM}",
 "fingerprint": "{FINGERPRINT}",
 "made": "{MADE}",
 "key": "{PRIVATE.hex()}"
}}
"""


def name(public: bytes) -> str:
    """Four words, as §13 takes them from the list."""
    listed = sorted(
        set(resources.files("xkcdpass").joinpath("static", "eff-long").read_text(encoding="utf-8").split())
    )
    fingerprint = digest(b"ourny/recovery/v1\0", public)
    number = int.from_bytes(hashlib.sha256(b"ourny/words/v1\0" + fingerprint).digest(), "big")
    words = []
    for _ in range(4):
        number, place = divmod(number, len(listed))
        words.append(listed[place])
    return " ".join(words)


def made() -> dict[str, object]:
    """The whole of ``tests/vectors/recovery.json``."""
    file = seal(PLAIN.encode("ascii"), WORDS, noise=bytes(range(48)))
    vector = {
        "words": WORDS,
        "team": TEAM,
        "fingerprint": FINGERPRINT,
        "made": MADE,
        "private": PRIVATE.hex(),
        "name": name(hybrid.Private(PRIVATE).public),
        "plain": PLAIN,
        "file": base64.b64encode(file).decode("ascii"),
    }
    source = "made by tests/unit/crypto/make_recovery_vector.py from ournydesk/crypto/FORMAT.md §14"
    return {"source": source, "vectors": [vector]}


if __name__ == "__main__":
    (FOLDER / "recovery.json").write_text(
        json.dumps(made(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
