"""Messages as bytes and back, without forgiveness. Layer: protocol.

JSON in UTF-8; bytes are base64url without padding; moments are ISO 8601 with an offset. A field too many,
too few, twice, or of another type is a fault: two ends that read differently would believe differently.
"""

from __future__ import annotations

import base64
import json
import re
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

from ournydesk.domain.ids import ID_PATTERN
from ournydesk.domain.operations import HASH_HEX, DeviceId, OpId
from ournydesk.domain.strict_json import NotStrictJson, loads
from ournydesk.errors import ProtocolFault
from sync.protocol.limits import MOST_BODY

M = TypeVar("M")
DEEPEST: Final = 5
LONGEST_TEXT: Final = 4096
HEX: Final = frozenset("0123456789abcdef")
_BASE64URL: Final = re.compile(r"[A-Za-z0-9_-]*")


def encode(message: object) -> bytes:
    """The bytes of a message."""
    return json.dumps(_plain(message), separators=(",", ":"), ensure_ascii=True).encode("ascii")


def decode(kind: type[M], untrusted: bytes) -> M:
    """A message of the kind that is expected. Raises ProtocolFault("wire.fault.message") with ``why``."""
    try:
        value = loads(untrusted, most_bytes=MOST_BODY, deepest=DEEPEST)
    except NotStrictJson as error:
        raise _fault(str(error)) from error
    made: M = _message(kind, value)
    return made


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, bytes):
        return _spelled(value)
    if isinstance(value, datetime):
        return value.isoformat()
    return value


@lru_cache(maxsize=64)
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _typed(kind: Any, value: object) -> object:
    origin = get_origin(kind)
    if origin is tuple:
        if not isinstance(value, list):
            raise _fault("list")
        return tuple(_typed(get_args(kind)[0], one) for one in value)
    if origin in (Union, types.UnionType):
        inner = next(one for one in get_args(kind) if one is not type(None))
        return None if value is None else _typed(inner, value)
    if is_dataclass(kind) and isinstance(kind, type):
        return _message(kind, value)
    return _scalar(kind, value)


def _message(kind: Any, value: object) -> Any:
    hints = _hints(kind)
    if not isinstance(value, dict) or not set(value) <= set(hints):
        raise _fault("fields")
    required = {one.name for one in fields(kind) if one.default is MISSING}
    if not required <= set(value):
        raise _fault("fields")
    return kind(**{name: _typed(hints[name], inner) for name, inner in value.items()})


def _scalar(kind: Any, value: object) -> object:
    if kind is bool and isinstance(value, bool):
        return value
    # bool is an int to Python and would pass for 1.
    if kind is int and isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    if not isinstance(value, str):
        raise _fault("type")
    if kind is bytes:
        return _bytes(value)
    if len(value) > LONGEST_TEXT:
        raise _fault("long")
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _one_of(kind, value)
    if kind is datetime:
        return _moment(value)
    if kind is DeviceId and ID_PATTERN.fullmatch(value):
        return DeviceId(value)
    if kind is OpId and len(value) == HASH_HEX and set(value) <= HEX:
        return OpId(value)
    if kind is str:
        return value
    raise _fault("type")


def _spelled(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode("ascii")


def _bytes(text: str) -> bytes:
    if _BASE64URL.fullmatch(text) is None or len(text) % 4 == 1:
        raise _fault("base64")
    read = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    # The last letter may carry bits that stand for nothing: only one spelling of the same bytes counts.
    if _spelled(read) != text:
        raise _fault("base64")
    return read


def _one_of(kind: type[StrEnum], text: str) -> StrEnum:
    try:
        return kind(text)
    except ValueError as error:
        raise _fault("word") from error


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise _fault("moment") from error
    if moment.tzinfo is None:
        raise _fault("moment")
    return moment


def _fault(why: str) -> ProtocolFault:
    return ProtocolFault("wire.fault.message", why=why)
