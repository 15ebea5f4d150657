"""Every code that travels when something is not done, and the HTTP status it travels under. Layer: protocol.

A code is all that travels: never a sentence, a name or a number of anybody. The sentence a person reads is
made at the desk.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ournydesk.errors import ProtocolFault
from sync.protocol.codec import decode
from sync.protocol.messages import Failure

STATUS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "message": 400,  # not a message of this protocol
        "api": 400,  # a version of it that is not spoken here
        "cursor": 400,  # a position this log does not have
        "members": 400,  # not a membership log
        "part": 400,  # a part of an attachment that cannot be one
        "hash": 400,  # its bytes are not what was announced
        "login": 401,  # whatever did not fit: nobody learns which devices exist
        "token": 401,
        "host": 403,  # the login was meant for another server
        "shut_out": 403,  # the device was revoked, and proved that it is that device
        "creation_token": 403,
        "member_refused": 403,  # its signers may not say that
        "unknown": 404,  # not there, or not for this device: the same
        "method": 405,
        "slow_body": 408,
        "member_race": 409,  # another entry took the place first
        "team_taken": 409,
        "device_taken": 409,
        "part_differs": 409,
        "too_long": 413,
        "too_many": 413,
        "slow_down": 429,
        "busy": 503,  # the database does not answer; nothing was kept, ask again
    }
)
REFUSALS: Final = frozenset(("envelope", "device", "signature", "role", "fork"))
"""Why a single operation of a push is not taken."""


def read_failure(untrusted: bytes) -> Failure:
    """Why the other end did not do it. Raises ProtocolFault for a code that is none of ours."""
    failure = decode(Failure, untrusted)
    if failure.code not in STATUS:
        raise ProtocolFault("wire.fault.message", why="code")
    return failure
