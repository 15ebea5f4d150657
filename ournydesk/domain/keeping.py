"""What an operation says about the keeping of a record: documents, letting go, erasing. Layer: domain."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from ournydesk.domain.attachments import MOST_BYTES, MOST_PARTS
from ournydesk.domain.operations import RecordId
from ournydesk.domain.record_fields import count_of, fault, id_of, text_of

HASH: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetGo:
    """The desk that signed destroyed the keys of these records and what it held of them."""

    records: tuple[RecordId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Documented:
    """A document belongs to the record: where its sealed parts are, and the key that opens them."""

    blob: str
    name: str
    size: int
    """Bytes before padding and sealing."""
    key: str = field(repr=False)
    """64 hexadecimal digits."""
    parts: tuple[str, ...]
    """SHA-256 of every sealed part, in order."""


class EraseReason(StrEnum):
    """Why a record was erased everywhere."""

    WITHDRAWN = "withdrawn"
    """The client takes the consent back."""
    RETENTION = "retention"
    """It was kept as long as the organisation keeps records."""
    MISTAKE = "mistake"
    """It should never have been written: a wrong person, a test."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """The record is to be erased on every desk; nothing but its number and this reason stays."""

    reason: EraseReason


Kept = LetGo | Documented | Erased


def encode_kept(write: Kept) -> dict[str, object]:
    """The JSON of one of them."""
    if isinstance(write, LetGo):
        return {"k": "let_go", "records": list(write.records)}
    if isinstance(write, Erased):
        return {"k": "erased", "reason": write.reason.value}
    told: dict[str, object] = {"k": "document", "blob": write.blob, "name": write.name, "size": write.size}
    return told | {"key": write.key, "parts": list(write.parts)}


def _let_go(body: Mapping[str, object]) -> LetGo:
    names = body["records"]
    if not isinstance(names, list):
        raise fault("records")
    return LetGo(records=tuple(RecordId(id_of(name)) for name in names))


def _documented(body: Mapping[str, object]) -> Documented:
    parts, size, key = body["parts"], count_of(body["size"]), body["key"]
    if not isinstance(parts, list) or not 0 < len(parts) <= MOST_PARTS or not 0 < size <= MOST_BYTES:
        raise fault("parts")
    if not all(_is_hash(one) for one in (*parts, key)):
        raise fault("hash")
    return Documented(
        blob=id_of(body["blob"]), name=text_of(body["name"]), size=size, key=str(key), parts=tuple(parts)
    )


def _erased(body: Mapping[str, object]) -> Erased:
    try:
        return Erased(reason=EraseReason(text_of(body["reason"])))
    except ValueError as error:
        raise fault("reason") from error


def _is_hash(found: object) -> bool:
    return isinstance(found, str) and HASH.fullmatch(found) is not None


KEEPING: Final[Mapping[str, tuple[frozenset[str], Callable[[Mapping[str, object]], Kept]]]] = {
    "let_go": (frozenset(("records",)), _let_go),
    "document": (frozenset(("blob", "name", "size", "key", "parts")), _documented),
    "erased": (frozenset(("reason",)), _erased),
}
"""The names they have in a payload, their fields, and how each is read."""
