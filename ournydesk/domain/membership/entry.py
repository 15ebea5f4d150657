"""One statement of a team's log as bytes. Layer: domain, standard library only.

::

    entry     = "ourny-mb" ‖ 01 ‖ length of statement (4 bytes) ‖ statement ‖ signers (1 byte) ‖ signed…
    signed    = device (16 bytes) ‖ signature (64 bytes)
    statement = JSON {v, team, mseq, mprev, kind, body}; mprev is the hash of the entry before
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from ournydesk.domain.membership.fields import fault
from ournydesk.domain.operations import DeviceId, TeamId
from ournydesk.domain.strict_json import NotStrictJson, loads

MAGIC: Final = b"ourny-mb\x01"
VERSION: Final = 1
SIGNATURE_BYTES: Final = 64
MOST_STATEMENT: Final = 512 * 1024
MOST_SIGNERS: Final = 2
DEEPEST: Final = 6
FIELDS: Final = frozenset(("v", "team", "mseq", "mprev", "kind", "body"))


class Statement(StrEnum):
    """What an entry of the log says."""

    GENESIS = "genesis"
    USER_ADD = "user.add"
    USER_ROLE = "user.role"
    USER_REMOVE = "user.remove"
    DEVICE_ADD = "device.add"
    DEVICE_REVOKE = "device.revoke"
    GROUP_EPOCH = "group.epoch"
    POLICY_SET = "policy.set"
    RECOVERY_SET = "recovery.set"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One statement of the log as bytes, with one or two signatures over them."""

    statement: bytes = field(repr=False)
    signatures: tuple[tuple[DeviceId, bytes], ...] = field(repr=False)

    @property
    def hash(self) -> str:
        """Names the entry and everything before it."""
        hashed = hashlib.sha256()
        for part in (self.statement, *(signature for _, signature in self.signatures)):
            hashed.update(len(part).to_bytes(8, "big") + part)
        return hashed.hexdigest()

    def encoded(self) -> bytes:
        """The entry as it is stored and sent."""
        signed = b"".join(bytes.fromhex(device) + signature for device, signature in self.signatures)
        length = len(self.statement).to_bytes(4, "big")
        return MAGIC + length + self.statement + bytes((len(self.signatures),)) + signed


def encode_statement(
    team: TeamId, mseq: int, mprev: str, kind: Statement, body: Mapping[str, object]
) -> bytes:
    """The bytes that are signed; made once, by the first signer."""
    fields = {
        "v": VERSION,
        "team": team,
        "mseq": mseq,
        "mprev": mprev,
        "kind": kind.value,
        "body": dict(body),
    }
    return json.dumps(fields, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def decode_entry(untrusted: bytes) -> Entry:
    """Split an entry into its parts. Raises ProtocolFault("wire.fault.member")."""
    start = len(MAGIC) + 4
    if not untrusted.startswith(MAGIC) or len(untrusted) < start:
        raise fault("magic")
    length = int.from_bytes(untrusted[len(MAGIC) : start], "big")
    end = start + length
    if length > MOST_STATEMENT or len(untrusted) < end + 1:
        raise fault("length")
    signers = untrusted[end]
    each = 16 + SIGNATURE_BYTES
    if not 1 <= signers <= MOST_SIGNERS or len(untrusted) != end + 1 + signers * each:
        raise fault("signatures")
    pairs = []
    for index in range(signers):
        at = end + 1 + index * each
        pairs.append((DeviceId(untrusted[at : at + 16].hex()), untrusted[at + 16 : at + each]))
    if len({device for device, _ in pairs}) != signers:
        raise fault("signatures")
    return Entry(statement=untrusted[start:end], signatures=tuple(pairs))


def decode_statement(untrusted: bytes) -> Mapping[str, object]:
    """The fields of a statement, ``kind`` being one of ours; the body is not looked at yet.

    Raises ProtocolFault("wire.fault.member") with ``why``; of a newer version it is ``newer``.
    """
    try:
        fields = loads(untrusted, most_bytes=MOST_STATEMENT, deepest=DEEPEST)
    except NotStrictJson as error:
        raise fault("json") from error
    if not isinstance(fields, dict) or frozenset(fields) != FIELDS:
        raise fault("fields")
    if fields["v"] != VERSION:
        raise fault("newer")
    if fields["kind"] not in {kind.value for kind in Statement}:
        raise fault("kind")
    return fields
