"""An operation as it travels: a clear header, ciphertext, grants beside it, one signature. Layer: domain.

The bytes are what is signed, named and kept; nothing is ever serialised a second time. ``op_id`` is the
hash of those bytes, so the same operation has the same name on every path it takes.

::

    envelope = "ourny-op" ‖ 01 ‖ part(header) ‖ part(grants) ‖ part(ct) ‖ sig (64 bytes)
    part(x)  = length of x (4 bytes, big-endian) ‖ x
    op_id    = SHA-256( long(header) ‖ long(ct) ‖ long(sig) ),  long(x) = length (8 bytes) ‖ x
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NewType

from ournydesk.domain.ids import ID_PATTERN
from ournydesk.domain.strict_json import NotStrictJson, loads
from ournydesk.errors import ProtocolFault

OpId = NewType("OpId", str)
DeviceId = NewType("DeviceId", str)
TeamId = NewType("TeamId", str)
RecordId = NewType("RecordId", str)

MAGIC: Final = b"ourny-op\x01"
VERSION: Final = 1
SUITE: Final = 1
SIGNATURE_BYTES: Final = 64
HASH_HEX: Final = 64
MOST_HEADER: Final = 8 * 1024
MOST_GRANTS: Final = 512 * 1024
MOST_CIPHERTEXT: Final = 3 * 1024 * 1024
MOST_RECIPIENTS: Final = 256
NO_OP: Final = OpId("0" * HASH_HEX)
"""``dprev`` of a device's first operation."""


class Kind(StrEnum):
    """What an operation does; the role a kind needs is in ``domain/membership``."""

    CREATE = "rec.create"
    EDIT = "rec.edit"
    GRANT = "rec.grant"
    REKEY = "rec.rekey"
    ACKNOWLEDGE = "rec.ack"
    ERASE = "rec.erase"
    PUBLISH = "team.publish"
    ASSIGN_SEAT = "seat.assign"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class Head:
    """A position in a chain and the hash that stands there (64 hexadecimal digits)."""

    at: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What anyone who carries an operation can read of it."""

    team: TeamId
    rec: RecordId
    kind: Kind
    dev: DeviceId
    dseq: int
    """Position in this device's own chain, from 1 without a gap."""
    dprev: OpId
    mhead: Head
    """The membership the author acted under."""
    rdk: int
    """Version of the record's key."""
    to: tuple[str, ...]
    """Groups and devices that may pull it."""
    grants: str
    """SHA-256 of the grants that travel beside it."""
    seen: Head
    """The last log position and chain head the author had verified."""

    def encoded(self) -> bytes:
        """The bytes to sign; made once, by the author, and never again."""
        fields = {
            "v": VERSION,
            "suite": SUITE,
            "team": self.team,
            "rec": self.rec,
            "kind": self.kind.value,
            "dev": self.dev,
            "dseq": self.dseq,
            "dprev": self.dprev,
            "mhead": [self.mhead.at, self.mhead.hash],
            "rdk": self.rdk,
            "to": list(self.to),
            "grants": self.grants,
            "seen": [self.seen.at, self.seen.hash],
        }
        return json.dumps(fields, separators=(",", ":"), ensure_ascii=True).encode("ascii")


FIELDS: Final = frozenset(
    ("v", "suite", "team", "rec", "kind", "dev", "dseq", "dprev", "mhead", "rdk", "to", "grants", "seen")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One operation as bytes. Nothing in it is believed until its signature was checked."""

    header: bytes = field(repr=False)
    grants: bytes = field(repr=False)
    ct: bytes = field(repr=False)
    sig: bytes = field(repr=False)

    @property
    def op_id(self) -> OpId:
        """The operation's name: the same bytes have the same name everywhere."""
        hashed = hashlib.sha256()
        for part in (self.header, self.ct, self.sig):
            hashed.update(len(part).to_bytes(8, "big") + part)
        return OpId(hashed.hexdigest())

    def encoded(self) -> bytes:
        """The envelope as it is stored and sent."""
        parts = (self.header, self.grants, self.ct)
        return MAGIC + b"".join(len(part).to_bytes(4, "big") + part for part in parts) + self.sig


def decode_envelope(untrusted: bytes) -> Envelope:
    """Split an envelope into its parts. Raises ProtocolFault("wire.fault.envelope") with ``why``."""
    if not untrusted.startswith(MAGIC):
        raise _fault("magic")
    at = len(MAGIC)
    parts = []
    for most in (MOST_HEADER, MOST_GRANTS, MOST_CIPHERTEXT):
        if len(untrusted) < at + 4:
            raise _fault("short")
        length = int.from_bytes(untrusted[at : at + 4], "big")
        if length > most:
            raise _fault("long")
        at += 4
        if len(untrusted) < at + length:
            raise _fault("short")
        parts.append(untrusted[at : at + length])
        at += length
    if len(untrusted) != at + SIGNATURE_BYTES:
        raise _fault("length")
    header, grants, ct = parts
    return Envelope(header=header, grants=grants, ct=ct, sig=untrusted[at:])


def decode_header(untrusted: bytes) -> Header:
    """Read a header strictly: every field, nothing else, nothing in another shape.

    Raises ProtocolFault("wire.fault.envelope") with ``why``; a version or suite this desk does not
    know has ``why="newer"``.
    """
    try:
        value = loads(untrusted, most_bytes=MOST_HEADER, deepest=2)
    except NotStrictJson as error:
        raise _fault("json") from error
    if not isinstance(value, dict):
        raise _fault("shape")
    if (value.get("v"), value.get("suite")) != (VERSION, SUITE):
        raise _fault("newer")
    if frozenset(value) != FIELDS:
        raise _fault("fields")
    try:
        kind = Kind(_text(value, "kind"))
    except ValueError as error:
        raise _fault("kind") from error
    return Header(
        team=TeamId(_id(value, "team")),
        rec=RecordId(_id(value, "rec")),
        kind=kind,
        dev=DeviceId(_id(value, "dev")),
        dseq=_count(value, "dseq", 1),
        dprev=OpId(_hash(value["dprev"])),
        mhead=_head(value, "mhead"),
        rdk=_count(value, "rdk", 0),
        to=_recipients(value["to"]),
        grants=_hash(value["grants"]),
        seen=_head(value, "seen"),
    )


def _fault(why: str) -> ProtocolFault:
    return ProtocolFault("wire.fault.envelope", why=why)


def _text(value: Mapping[str, object], name: str) -> str:
    found = value[name]
    if not isinstance(found, str):
        raise _fault(name)
    return found


def _id(value: Mapping[str, object], name: str) -> str:
    found = _text(value, name)
    if ID_PATTERN.fullmatch(found) is None:
        raise _fault(name)
    return found


def _hash(found: object) -> str:
    if not isinstance(found, str) or len(found) != HASH_HEX or not set(found) <= set("0123456789abcdef"):
        raise _fault("hash")
    return found


def _count(value: Mapping[str, object], name: str, least: int) -> int:
    found = value[name]
    # bool is an int to Python and would pass for 1.
    if not isinstance(found, int) or isinstance(found, bool) or found < least:
        raise _fault(name)
    return found


def _head(value: Mapping[str, object], name: str) -> Head:
    found = value[name]
    if not isinstance(found, list) or len(found) != 2:
        raise _fault(name)
    return Head(_count({name: found[0]}, name, 0), _hash(found[1]))


def _recipients(found: object) -> tuple[str, ...]:
    if not isinstance(found, list) or len(found) > MOST_RECIPIENTS:
        raise _fault("to")
    named = tuple(one for one in found if isinstance(one, str) and 0 < len(one) <= 64 and one.isascii())
    if len(named) != len(found) or len(set(named)) != len(named):
        raise _fault("to")
    return named
