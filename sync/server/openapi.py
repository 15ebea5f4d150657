"""The server's interface as an OpenAPI text, made from the messages both ends read. Layer: sync.server.

Nothing is written down twice: fields come from ``sync.protocol.messages``, statuses from the table of
codes. What a schema cannot say (one spelling of base64, signatures, order) is in PROTOCOL.md.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from ournydesk.domain.operations import DeviceId, OpId
from sync.protocol import paths
from sync.protocol.codec import LONGEST_TEXT
from sync.protocol.faults import STATUS
from sync.protocol.limits import API, MOST_PAGE, PART_BYTES
from sync.protocol.messages import (
    AddMembers,
    Challenge,
    ChallengeGiven,
    CreateTeam,
    Failure,
    Members,
    Page,
    PartsHeld,
    Push,
    Pushed,
    State,
    TokenAsked,
    TokenGiven,
)

LONGEST_NUMBER: Final = 10**18 - 1
ALWAYS: Final = ("busy",)
READ: Final = ("message", "too_long", "slow_body")
"""What a request with a body may be told."""
KNOWN: Final = ("token", "shut_out", "slow_down")
"""What a request with a token may be told."""
BYTES: Final = "application/octet-stream"
BLOB: Final = {"name": "blob", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
PART: Final = {"name": "number", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 0}}
SHA256: Final = {
    "name": "X-Sha256",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One verb at one address."""

    method: str
    path: str
    says: str
    sends: type | str | None = None
    gives: type | str | None = None
    done: tuple[int, ...] = (200,)
    codes: tuple[str, ...] = ()
    known: bool = True
    parameters: tuple[Mapping[str, Any], ...] = ()


def _number(name: str, least: int, default: int) -> Mapping[str, Any]:
    schema = {"type": "integer", "minimum": least, "default": default}
    return {"name": name, "in": "query", "schema": schema}


ASKED: Final = (
    Asked(
        method="post",
        path=paths.CHALLENGE,
        says="Something to sign.",
        sends=Challenge,
        gives=ChallengeGiven,
        codes=("slow_down",),
        known=False,
    ),
    Asked(
        method="post",
        path=paths.TOKEN,
        says="A token for what was signed.",
        sends=TokenAsked,
        gives=TokenGiven,
        codes=("login", "host", "shut_out", "slow_down"),
        known=False,
    ),
    Asked(
        method="post",
        path=paths.TEAMS,
        says="A team comes to this server, with the operator's one-time token.",
        sends=CreateTeam,
        done=(201,),
        codes=("members", "creation_token", "unknown", "team_taken", "device_taken"),
        known=False,
    ),
    Asked(method="get", path=paths.STATE, says="How far the log is.", gives=State),
    Asked(
        method="post",
        path=paths.PUSH,
        says="Take operations, in one transaction.",
        sends=Push,
        gives=Pushed,
        codes=("too_many",),
    ),
    Asked(
        method="get",
        path=paths.PULL,
        says="The log behind a position.",
        gives=Page,
        codes=("cursor", "message"),
        parameters=(_number("after", 0, 0), _number("limit", 1, MOST_PAGE)),
    ),
    Asked(
        method="get",
        path=paths.MEMBERS,
        says="The membership log from an entry on.",
        gives=Members,
        codes=("cursor", "message"),
        parameters=(_number("since", 0, 0),),
    ),
    Asked(
        method="post",
        path=paths.MEMBERS,
        says="More of the membership log.",
        sends=AddMembers,
        gives=State,
        codes=("members", "member_refused", "member_race", "device_taken", "too_many"),
    ),
    Asked(
        method="put",
        path=paths.BLOBS + "/{blob}/{number}",
        says="Keep a part of a sealed attachment.",
        sends=BYTES,
        done=(200, 201),
        codes=("part", "hash", "unknown", "part_differs"),
        parameters=(BLOB, PART, SHA256),
    ),
    Asked(
        method="get",
        path=paths.BLOBS + "/{blob}",
        says="Which parts are here.",
        gives=PartsHeld,
        codes=("unknown",),
        parameters=(BLOB,),
    ),
    Asked(
        method="get",
        path=paths.BLOBS + "/{blob}/{number}",
        says="One part.",
        gives=BYTES,
        codes=("message", "unknown"),
        parameters=(BLOB, PART),
    ),
    Asked(
        method="get",
        path=paths.OPENAPI,
        says="This text.",
        gives="application/json",
        known=False,
    ),
)


def document() -> bytes:
    """The whole text as JSON."""
    schemas: dict[str, Any] = {}
    told: dict[str, dict[str, Any]] = {}
    for asked in ASKED:
        told.setdefault(asked.path, {})[asked.method] = _operation(asked, schemas)
    whole = {
        "openapi": "3.1.0",
        "info": {
            "title": "OurNY sync",
            "version": str(API),
            "description": "Sealed operations, in order. What is meant by them is in PROTOCOL.md.",
        },
        "paths": told,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }
    return json.dumps(whole, indent=1).encode("ascii")


def _operation(asked: Asked, schemas: dict[str, Any]) -> dict[str, Any]:
    codes = (*ALWAYS, *asked.codes, *(READ if asked.sends else ()), *(KNOWN if asked.known else ()))
    answers: dict[str, Any] = {
        str(status): {"description": "Done.", **_content(asked.gives, schemas)} for status in asked.done
    }
    for status in sorted({STATUS[code] for code in codes}):
        why = ", ".join(sorted({code for code in codes if STATUS[code] == status}))
        answers[str(status)] = {"description": why, **_content(Failure, schemas)}
    told: dict[str, Any] = {"summary": asked.says, "responses": answers}
    if asked.parameters:
        told["parameters"] = list(asked.parameters)
    if asked.sends is not None:
        told["requestBody"] = {"required": True, **_content(asked.sends, schemas)}
    if asked.known:
        told["security"] = [{"token": []}]
    return told


def _content(what: type | str | None, schemas: dict[str, Any]) -> dict[str, Any]:
    if what is None:
        return {}
    if what == BYTES:
        return {
            "content": {BYTES: {"schema": {"type": "string", "format": "binary", "maxLength": PART_BYTES}}}
        }
    if isinstance(what, str):
        return {"content": {what: {"schema": {"type": "object"}}}}
    return {"content": {paths.JSON: {"schema": _schema(what, schemas)}}}


def _schema(kind: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    if is_dataclass(kind) and isinstance(kind, type):
        if kind.__name__ not in schemas:
            schemas[kind.__name__] = _message(kind, schemas)
        return {"$ref": f"#/components/schemas/{kind.__name__}"}
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _schema(get_args(kind)[0], schemas)}
    inner = [one for one in get_args(kind) if one is not type(None)]
    if inner and (get_origin(kind) is Union or type(None) in get_args(kind)):
        return {"anyOf": [_schema(inner[0], schemas), {"type": "null"}]}
    return _scalar(kind)


def _message(kind: type, schemas: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [one.name for one in fields(kind) if one.default is MISSING],
        "properties": {one.name: _schema(hints[one.name], schemas) for one in fields(kind)},
    }


def _scalar(kind: Any) -> dict[str, Any]:
    if kind is bool:
        return {"type": "boolean"}
    if kind is int:
        return {"type": "integer", "minimum": 0, "maximum": LONGEST_NUMBER}
    if kind is bytes:
        return {"type": "string", "pattern": "^[A-Za-z0-9_-]*$", "contentEncoding": "base64url"}
    if kind is datetime:
        return {"type": "string", "format": "date-time"}
    if kind is DeviceId:
        return {"type": "string", "pattern": "^[0-9a-f]{32}$"}
    if kind is OpId:
        return {"type": "string", "pattern": "^[0-9a-f]{64}$"}
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"type": "string", "enum": [one.value for one in kind]}
    return {"type": "string", "maxLength": LONGEST_TEXT}
