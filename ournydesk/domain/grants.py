"""Who a record's key was sealed to, beside an operation. Layer: domain, standard library only.

The signed header carries the hash of these bytes; what each grant holds only its recipient can open.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import Final

from ournydesk.domain.operations import MOST_GRANTS, MOST_RECIPIENTS
from ournydesk.domain.strict_json import NotStrictJson, loads
from ournydesk.errors import ProtocolFault

VERSION: Final = 1
LONGEST_NAME: Final = 64


@dataclass(frozen=True, slots=True)
class Grant:
    """A record's key for one recipient: a group in one epoch, or a device (epoch 0)."""

    to: str
    epoch: int
    sealed: bytes = field(repr=False)


def encode_grants(grants: tuple[Grant, ...]) -> bytes:
    """The bytes that travel beside an operation; nothing at all for no grant."""
    if not grants:
        return b""
    listed = [[grant.to, grant.epoch, base64.b64encode(grant.sealed).decode("ascii")] for grant in grants]
    return json.dumps({"v": VERSION, "grants": listed}, separators=(",", ":")).encode("ascii")


def decode_grants(untrusted: bytes) -> tuple[Grant, ...]:
    """The grants, read strictly. Raises ProtocolFault("wire.fault.grants") with ``why``."""
    if not untrusted:
        return ()
    try:
        body = loads(untrusted, most_bytes=MOST_GRANTS, deepest=4)
    except NotStrictJson as error:
        raise _fault("json") from error
    if not isinstance(body, dict):
        raise _fault("shape")
    if body.get("v") != VERSION:
        raise _fault("newer")
    listed = body.get("grants")
    if set(body) != {"v", "grants"} or not isinstance(listed, list) or len(listed) > MOST_RECIPIENTS:
        raise _fault("shape")
    grants = tuple(_grant(one) for one in listed)
    if len({(grant.to, grant.epoch) for grant in grants}) != len(grants):
        raise _fault("twice")
    return grants


def _grant(found: object) -> Grant:
    if not isinstance(found, list) or len(found) != 3:
        raise _fault("shape")
    to, epoch, sealed = found
    if not isinstance(to, str) or not 0 < len(to) <= LONGEST_NAME or not to.isascii():
        raise _fault("shape")
    if not isinstance(sealed, str):
        raise _fault("shape")
    # bool is an int to Python and would pass for 1.
    if not isinstance(epoch, int) or isinstance(epoch, bool) or epoch < 0:
        raise _fault("shape")
    return Grant(to, epoch, _base64(sealed))


def _base64(text: str) -> bytes:
    try:
        decoded = base64.b64decode(text, validate=True)
    except ValueError as error:  # also for letters outside ASCII, which are no binascii.Error
        raise _fault("base64") from error
    if base64.b64encode(decoded).decode("ascii") != text:
        raise _fault("base64")
    return decoded


def _fault(why: str) -> ProtocolFault:
    return ProtocolFault("wire.fault.grants", why=why)
