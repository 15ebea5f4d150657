"""Single fields of a payload, read strictly. Layer: domain, standard library only.

Every reader raises ProtocolFault("wire.fault.payload") whose ``why`` says what was expected.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeGuard

from ournydesk.domain.ids import ID_PATTERN, Path, RowId
from ournydesk.errors import ProtocolFault


def text_of(found: object) -> str:
    """A text."""
    if not isinstance(found, str):
        raise fault("text")
    return found


def id_of(found: object) -> str:
    """An id: 32 hexadecimal digits."""
    if not isinstance(found, str) or ID_PATTERN.fullmatch(found) is None:
        raise fault("id")
    return found


def row_of(found: object) -> RowId:
    """A row's id."""
    return RowId(id_of(found))


def path_of(found: object) -> Path:
    """The path of a question."""
    text = text_of(found)
    if not text.startswith("/"):
        raise fault("path")
    return Path(text)


def count_of(found: object) -> int:
    """A whole number from 0."""
    # bool is an int to Python and would pass for 1.
    if not isinstance(found, int) or isinstance(found, bool) or found < 0:
        raise fault("count")
    return found


def whole(found: object, length: int) -> TypeGuard[list[int]]:
    """Whether this is a list of so many whole numbers."""
    return isinstance(found, list) and len(found) == length and all(count_of(one) >= 0 for one in found)


def moment_of(found: object) -> datetime:
    """A time with its zone."""
    try:
        moment = datetime.fromisoformat(text_of(found))
    except ValueError as error:
        raise fault("moment") from error
    if moment.tzinfo is None:
        raise fault("moment")
    return moment


def fault(why: str) -> ProtocolFault:
    """What to raise for a payload that is not ours."""
    return ProtocolFault("wire.fault.payload", why=why)
