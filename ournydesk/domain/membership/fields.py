"""Single fields of a statement, read strictly. Layer: domain, standard library only.

Every reader raises ProtocolFault("wire.fault.member") whose ``why`` is the field's name.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from typing import Final

from ournydesk.domain.ids import ID_PATTERN
from ournydesk.errors import ProtocolFault

_BASE64URL: Final = re.compile(r"[A-Za-z0-9_-]*")


def body_of(fields: Mapping[str, object], *names: str, may: str = "") -> Mapping[str, object]:
    """The body, which has exactly these fields; the one it ``may`` have was not there from the start."""
    body = fields["body"]
    allowed = ({*names}, {*names, may} if may else {*names})
    if not isinstance(body, dict) or set(body) not in allowed:
        raise fault("body")
    return body


def id_in(body: Mapping[str, object], name: str) -> str:
    """An id: 32 hexadecimal digits."""
    value = body[name]
    if not isinstance(value, str) or ID_PATTERN.fullmatch(value) is None:
        raise fault(name)
    return value


def bytes_in(body: Mapping[str, object], name: str) -> bytes:
    """Bytes written in hexadecimal digits."""
    value = body[name]
    if not isinstance(value, str):
        raise fault(name)
    try:
        return bytes.fromhex(value)
    except ValueError as error:
        raise fault(name) from error


def sealed(value: object, name: str) -> bytes:
    """Sealed bytes written in base64url without padding, in the one spelling they have."""
    if not isinstance(value, str) or _BASE64URL.fullmatch(value) is None or len(value) % 4 == 1:
        raise fault(name)
    read = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
    if spelled(read) != value:
        raise fault(name)
    return read


def spelled(value: bytes) -> str:
    """Sealed bytes as they are written in a statement."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode("ascii")


def flag_in(body: Mapping[str, object], name: str) -> bool:
    """Yes or no."""
    value = body[name]
    if not isinstance(value, bool):
        raise fault(name)
    return value


def count_in(body: Mapping[str, object], name: str) -> int:
    """A whole number from 0."""
    value = body[name]
    # bool is an int to Python and would pass for 1.
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise fault(name)
    return value


def policy_in(body: Mapping[str, object]) -> dict[str, object]:
    """The policy: a name and a value each."""
    policy = body["policy"]
    if not isinstance(policy, dict):
        raise fault("policy")
    return policy


def fault(why: str) -> ProtocolFault:
    """What to raise for bytes that are not a statement of ours."""
    return ProtocolFault("wire.fault.member", why=why)
