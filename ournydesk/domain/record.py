"""What one sealed operation says about a record. Layer: domain, standard library only.

A payload is a time and a list of writes. Every write that can be contradicted names the writes it
replaces (``over``), so two people who had not seen each other leave two live values, never a lost one
(PROTOCOL.md, "Merge"). Which write it is, is known from where it stands: device, position in the
device's chain, position in the payload.

::

    payload = length of JSON (4 bytes, big-endian) ‖ JSON ‖ attached bytes
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from ournydesk.domain.answers import Answer, Said
from ournydesk.domain.ids import Path, RowId
from ournydesk.domain.keeping import KEEPING, Documented, Erased, LetGo, encode_kept
from ournydesk.domain.operations import DeviceId, OpId
from ournydesk.domain.record_fields import (
    count_of,
    fault,
    id_of,
    moment_of,
    path_of,
    row_of,
    text_of,
    whole,
)
from ournydesk.domain.strict_json import NotStrictJson, loads

VERSION: Final = 1
MOST_JSON: Final = 1024 * 1024
MOST_WRITES: Final = 5_000
LAST_MS: Final = 253_402_214_400_000
"""The last day of the year 9999: a later time cannot be shown in every time zone."""
MOST_TICKS: Final = 65_535


class Stamp(NamedTuple):
    """A hybrid logical clock (Kulkarni et al., 2014): milliseconds since 1970 and a counter.

    Orders what is shown and which of two live values is shown first; decides nothing else.
    """

    ms: int
    tick: int


class Dot(NamedTuple):
    """One write: the device, its place in the device's chain, its place in the payload."""

    device: DeviceId
    dseq: int
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Began:
    """The record exists: what the intake was started with."""

    ticket: int
    form_id: str
    form_version: str
    form_hash: str
    form_title: str
    language: str
    started_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The answer at ``path`` is ``answer``, in place of the writes in ``over``."""

    path: Path
    answer: Answer
    over: tuple[Dot, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPut:
    """Repeat ``path`` has a row ``row``, before row ``before`` or at the end.

    ``over`` names earlier puts of the row that this one stands for, and removals it takes back.
    """

    path: Path
    row: RowId
    before: RowId | None = None
    over: tuple[Dot, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTaken:
    """Row ``row`` of repeat ``path`` is gone; ``over`` are all writes in it that were seen."""

    path: Path
    row: RowId
    over: tuple[Dot, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How far the intake is, as its screen counted it; for lists only."""

    sections_done: int
    sections: int
    missing: int
    attention: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """The author gives the record to the readers of a group, with a word to them."""

    group: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A note by whoever signed the operation."""

    text: str


class Choice(StrEnum):
    """What an attorney decides about a case."""

    PREPARE = "prepare"
    PARTNER = "partner"
    REFERRAL_LIST = "referral_list"
    NOT_NOW = "not_now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision; who signed the operation signed the decision."""

    choice: Choice
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lent:
    """The record was granted to one named desk until a time."""

    device: DeviceId
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A reader opened these operations."""

    operations: tuple[OpId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A thing for the whole team: a form version, a blank, a name. The bytes are attached, deflated."""

    what: str
    """``form``, ``blank``, ``roster`` or ``clinic``."""
    name: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """A lead gave a seat to a person, from a time until a time, in place of what is in ``over``."""

    device: DeviceId
    name: str
    begins: datetime
    until: datetime
    over: tuple[Dot, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SatDown:
    """Somebody typed this name at the desk that signed; what it signs from here on is theirs."""

    name: str


Write = (
    Began
    | Answered
    | RowPut
    | RowTaken
    | Counted
    | HandedOver
    | Noted
    | Decided
    | Lent
    | Received
    | Published
    | Assigned
    | SatDown
    | LetGo
    | Documented
    | Erased
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """What an operation says, and bytes that travel with it."""

    at: Stamp
    writes: tuple[Write, ...]
    attached: bytes = field(default=b"", repr=False)


def encode_payload(payload: Payload) -> bytes:
    """The bytes to seal; made once.

    Raises ProtocolFault("wire.fault.payload") for what nobody could read back: ``why`` is ``long`` or
    ``text``.
    """
    body = {"v": VERSION, "at": list(payload.at), "writes": [_encode(write) for write in payload.writes]}
    try:
        text = json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise fault("text") from error
    if len(text) > MOST_JSON or len(payload.writes) > MOST_WRITES:
        raise fault("long")
    return len(text).to_bytes(4, "big") + text + payload.attached


def decode_payload(untrusted: bytes) -> Payload:
    """What was sealed, read strictly. Raises ProtocolFault("wire.fault.payload") with ``why``.

    A write of a kind this desk does not know has ``why="newer"``: a newer desk wrote it.
    """
    length = int.from_bytes(untrusted[:4], "big")
    text = untrusted[4 : 4 + length]
    if len(untrusted) < 4 or len(text) != length:
        raise fault("length")
    try:
        body = loads(text, most_bytes=MOST_JSON, deepest=8)
    except NotStrictJson as error:
        raise fault("json") from error
    if not isinstance(body, dict):
        raise fault("shape")
    if body.get("v") != VERSION:
        raise fault("newer")
    if set(body) != {"v", "at", "writes"}:
        raise fault("fields")
    writes, at = body["writes"], body["at"]
    if not isinstance(writes, list) or len(writes) > MOST_WRITES:
        raise fault("writes")
    if not whole(at, 2) or at[0] > LAST_MS or at[1] > MOST_TICKS:
        raise fault("at")
    return Payload(
        at=Stamp(at[0], at[1]),
        writes=tuple(_decode(write) for write in writes),
        attached=untrusted[4 + length :],
    )


def _encode(write: Write) -> dict[str, object]:
    match write:
        case Began():
            return {
                "k": "began",
                "ticket": write.ticket,
                "form": [write.form_id, write.form_version, write.form_hash, write.form_title],
                "language": write.language,
                "started_at": write.started_at.isoformat(),
            }
        case Answered(path=path, answer=answer, over=over):
            return {
                "k": "answer",
                "path": path,
                "text": answer.text,
                "said": answer.said.value,
                "over": _dots(over),
            }
        case RowPut(path=path, row=row, before=before, over=over):
            return {"k": "row", "path": path, "row": row, "before": before or "", "over": _dots(over)}
        case RowTaken(path=path, row=row, over=over):
            return {"k": "row.gone", "path": path, "row": row, "over": _dots(over)}
        case Counted():
            counts = [write.sections_done, write.sections, write.missing, write.attention]
            return {"k": "counted", "counts": counts}
        case HandedOver(group=group, words=words):
            return {"k": "handed_over", "group": group, "words": words}
        case Noted(text=text):
            return {"k": "note", "text": text}
        case Decided(choice=choice, reason=reason):
            return {"k": "decision", "choice": choice.value, "reason": reason}
        case Lent(device=device, until=until):
            return {"k": "lent", "device": device, "until": until.isoformat()}
        case Received(operations=operations):
            return {"k": "received", "operations": list(operations)}
        case Assigned():
            return {
                "k": "assigned",
                "device": write.device,
                "name": write.name,
                "times": [write.begins.isoformat(), write.until.isoformat()],
                "over": _dots(write.over),
            }
        case SatDown(name=name):
            return {"k": "sat_down", "name": name}
        case Published():
            facts = dict(write.facts)
            return {"k": "published", "what": write.what, "name": write.name, "facts": facts}
        case _:
            return encode_kept(write)


def _began(body: Mapping[str, object]) -> Began:
    form = body["form"]
    if not isinstance(form, list) or len(form) != 4 or not all(isinstance(part, str) for part in form):
        raise fault("form")
    return Began(
        ticket=count_of(body["ticket"]),
        form_id=form[0],
        form_version=form[1],
        form_hash=form[2],
        form_title=form[3],
        language=text_of(body["language"]),
        started_at=moment_of(body["started_at"]),
    )


def _answered(body: Mapping[str, object]) -> Answered:
    try:
        said = Said(text_of(body["said"]))
    except ValueError as error:
        raise fault("said") from error
    return Answered(
        path=path_of(body["path"]), answer=Answer(text_of(body["text"]), said), over=_dots_of(body["over"])
    )


def _row_put(body: Mapping[str, object]) -> RowPut:
    before = text_of(body["before"])
    return RowPut(
        path=path_of(body["path"]),
        row=row_of(body["row"]),
        before=row_of(before) if before else None,
        over=_dots_of(body["over"]),
    )


def _row_taken(body: Mapping[str, object]) -> RowTaken:
    return RowTaken(path=path_of(body["path"]), row=row_of(body["row"]), over=_dots_of(body["over"]))


def _counted(body: Mapping[str, object]) -> Counted:
    counts = body["counts"]
    if not whole(counts, 4):
        raise fault("counts")
    return Counted(sections_done=counts[0], sections=counts[1], missing=counts[2], attention=counts[3])


def _handed_over(body: Mapping[str, object]) -> HandedOver:
    return HandedOver(group=text_of(body["group"]), words=text_of(body["words"]))


def _noted(body: Mapping[str, object]) -> Noted:
    return Noted(text=text_of(body["text"]))


def _decided(body: Mapping[str, object]) -> Decided:
    try:
        choice = Choice(text_of(body["choice"]))
    except ValueError as error:
        raise fault("choice") from error
    return Decided(choice=choice, reason=text_of(body["reason"]))


def _lent(body: Mapping[str, object]) -> Lent:
    return Lent(device=DeviceId(id_of(body["device"])), until=moment_of(body["until"]))


def _received(body: Mapping[str, object]) -> Received:
    names = body["operations"]
    if not isinstance(names, list):
        raise fault("operations")
    return Received(operations=tuple(OpId(text_of(name)) for name in names))


def _assigned(body: Mapping[str, object]) -> Assigned:
    times = body["times"]
    if not isinstance(times, list) or len(times) != 2:
        raise fault("times")
    return Assigned(
        device=DeviceId(id_of(body["device"])),
        name=text_of(body["name"]),
        begins=moment_of(times[0]),
        until=moment_of(times[1]),
        over=_dots_of(body["over"]),
    )


def _sat_down(body: Mapping[str, object]) -> SatDown:
    return SatDown(name=text_of(body["name"]))


def _published(body: Mapping[str, object]) -> Published:
    facts = body["facts"]
    if not isinstance(facts, dict):
        raise fault("facts")
    return Published(
        what=text_of(body["what"]),
        name=text_of(body["name"]),
        facts={name: text_of(value) for name, value in facts.items()},
    )


_KINDS: Final[Mapping[str, tuple[frozenset[str], Callable[[Mapping[str, object]], Write]]]] = {
    "began": (frozenset(("ticket", "form", "language", "started_at")), _began),
    "answer": (frozenset(("path", "text", "said", "over")), _answered),
    "row": (frozenset(("path", "row", "before", "over")), _row_put),
    "row.gone": (frozenset(("path", "row", "over")), _row_taken),
    "counted": (frozenset(("counts",)), _counted),
    "handed_over": (frozenset(("group", "words")), _handed_over),
    "note": (frozenset(("text",)), _noted),
    "decision": (frozenset(("choice", "reason")), _decided),
    "lent": (frozenset(("device", "until")), _lent),
    "received": (frozenset(("operations",)), _received),
    "published": (frozenset(("what", "name", "facts")), _published),
    "assigned": (frozenset(("device", "name", "times", "over")), _assigned),
    "sat_down": (frozenset(("name",)), _sat_down),
    **KEEPING,
}


def _decode(body: object) -> Write:
    if not isinstance(body, dict):
        raise fault("shape")
    kind = body.get("k")
    if not isinstance(kind, str) or kind not in _KINDS:
        raise fault("newer")
    fields, read = _KINDS[kind]
    if set(body) != fields | {"k"}:
        raise fault("fields")
    return read(body)


def _dots(dots: Sequence[Dot]) -> list[list[object]]:
    return [list(dot) for dot in dots]


def _dots_of(found: object) -> tuple[Dot, ...]:
    if not isinstance(found, list):
        raise fault("over")
    dots = []
    for one in found:
        if not isinstance(one, list) or len(one) != 3:
            raise fault("over")
        dots.append(Dot(DeviceId(id_of(one[0])), count_of(one[1]), count_of(one[2])))
    return tuple(dots)
