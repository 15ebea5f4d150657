r"""The recovery kit: the team's last key, as a file that twelve words open. Layer: crypto. FORMAT.md §14.

The private half of a key that every group's key is granted to. The file is age's own format (scrypt), so
that the stock ``age -d`` opens it when no desk is left; what is inside is text that says what it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from ournydesk.crypto import age_files
from ournydesk.crypto.envelope import digest
from ournydesk.crypto.fingerprint import fingerprint_words
from ournydesk.crypto.grants import SealingKey
from ournydesk.crypto.passphrase import WordBook, canonical
from ournydesk.domain.ids import is_id
from ournydesk.domain.strict_json import NotStrictJson, loads
from ournydesk.errors import BadInput, Refused

NAME_WORDS: Final = 4
LABEL: Final = b"ourny/recovery/v1\0"
MOST_KIT: Final = 16 * 1024
VERSION: Final = 1
KIND: Final = "ourny-recovery"
WHAT: Final = (
    "OurNY Desk recovery key. Whoever holds this text can read every case of the team: keep it secret, "
    "do not store it, do not send it."
)
_FIELDS: Final = frozenset(("what", "kind", "v", "team", "fingerprint", "made", "key"))
_FINGERPRINT: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """An opened recovery kit. ``fingerprint`` is the hash of the team's first entry."""

    team: str
    fingerprint: str
    made: date
    key: SealingKey = field(repr=False)


def name_of(public: bytes, words: WordBook) -> tuple[str, ...]:
    """Four words that name a kit by its public half; no secret, to tell one kit from another."""
    return fingerprint_words(digest(LABEL, public), NAME_WORDS, words)


def seal_kit(kit: Kit, words: str) -> bytes:
    """The bytes of ``recovery.age``. Takes a second or more: age's scrypt."""
    return age_files.seal_with_words(plain_kit(kit), canonical(words).decode("utf-8"))


def plain_kit(kit: Kit) -> bytes:
    """What is sealed: text that says what it is to whoever opens it in twenty years."""
    fields = {
        "what": WHAT,
        "kind": KIND,
        "v": VERSION,
        "team": kit.team,
        "fingerprint": kit.fingerprint,
        "made": kit.made.isoformat(),
        "key": bytes(kit.key.reveal()).hex(),
    }
    return json.dumps(fields, indent=1).encode("ascii") + b"\n"


def open_kit(untrusted: bytes, words: str) -> Kit:
    """A kit, opened with its twelve words however they were typed. Takes a second or more.

    Raises BadInput with a sentence: no kit, torn, other words.
    """
    if len(untrusted) > MOST_KIT:
        raise BadInput("This file is no recovery kit: it is too long for one.")
    try:
        passphrase = canonical(words).decode("utf-8")
    except Refused as error:
        raise _other_words() from error
    return _read(age_files.open_with_words(untrusted, passphrase))


def _read(plain: bytes) -> Kit:
    try:
        fields = loads(plain, most_bytes=MOST_KIT, deepest=1)
    except NotStrictJson as error:
        raise _no_kit() from error
    if not isinstance(fields, dict) or fields.get("kind") != KIND:
        raise _no_kit()
    if fields.get("v") != VERSION:
        raise BadInput("This recovery kit was made by a newer OurNY Desk: update this one.")
    if frozenset(fields) != _FIELDS:
        raise _no_kit()
    return _kit(fields)


def _kit(fields: Mapping[str, object]) -> Kit:
    team, fingerprint = str(fields["team"]), str(fields["fingerprint"])
    try:
        made = date.fromisoformat(str(fields["made"]))
        named = bytes.fromhex(fingerprint)
        key = SealingKey(bytes.fromhex(str(fields["key"])))
    except ValueError as error:
        raise _no_kit() from error
    if not is_id(team) or len(named) * 2 != _FINGERPRINT:
        raise _no_kit()
    return Kit(team=team, fingerprint=fingerprint, made=made, key=key)


def _no_kit() -> BadInput:
    return BadInput("This file opens with these words, but it holds no recovery kit of OurNY Desk.")


def _other_words() -> BadInput:
    return BadInput("These words do not open this recovery kit. Type all twelve, in their order.")
