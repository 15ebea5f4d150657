"""The server as HTTP: reads bodies with a cap, asks who it is, answers with messages. Layer: sync.server.

Handlers are thin; what they do is in ``ledger``, ``access`` and ``blobs``. Nothing is logged about a
request: no address, no id, no body.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends, FastAPI, Header, Query, Request, Response
from fastapi.responses import PlainTextResponse

from ournydesk.errors import ProtocolFault
from sync.protocol import paths
from sync.protocol.codec import decode, encode
from sync.protocol.limits import MOST_BODY, MOST_PAGE, PART_BYTES
from sync.protocol.messages import (
    AddMembers,
    Challenge,
    CreateTeam,
    Failure,
    Push,
    TokenAsked,
)
from sync.server.access import Access, Now, Visitor, setting, utc_now
from sync.server.blobs import Blobs
from sync.server.faults import NotServed
from sync.server.ledger import SERVER_ID, Ledger
from sync.server.meters import Meters
from sync.server.rates import Rates
from sync.server.storage import Storage

BEARER: Final = "Bearer "
RETRY_AFTER_S: Final = "30"


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What the handlers work with; one for each application."""

    database: Storage
    ledger: Ledger
    access: Access
    blobs: Blobs
    meters: Meters
    rates: Rates
    numbered: bool


def house(request: Request) -> House:
    """The house of the application that was asked."""
    found: House = request.app.state.house
    return found


async def body(request: Request) -> bytes:
    """The whole body, or NotServed("too_long") as soon as it is too long, whatever its length header says."""
    return await _read(request, MOST_BODY)


async def part(request: Request) -> bytes:
    """The same for a part of an attachment."""
    return await _read(request, PART_BYTES)


def visitor(house: Annotated[House, Depends(house)], authorization: Annotated[str, Header()] = "") -> Visitor:
    """Who is asking. Raises NotServed("token")."""
    if not authorization.startswith(BEARER):
        raise NotServed("token")
    found = house.access.visitor(authorization.removeprefix(BEARER))
    house.rates.count("request", found.device)
    return found


At = Annotated[House, Depends(house)]
Body = Annotated[bytes, Depends(body)]
Part = Annotated[bytes, Depends(part)]
Who = Annotated[Visitor, Depends(visitor)]
router = APIRouter(default_response_class=Response)


def server(
    database: Storage,
    *,
    new_id: Callable[[], str],
    numbered: bool = True,
    now: Now = utc_now,
    rates: Rates | None = None,
) -> FastAPI:
    """The application on a migrated database; ``numbered`` is False for a relay."""
    ledger = Ledger(database, setting(database, SERVER_ID, new_id), numbered=numbered)
    app = FastAPI(
        title="OurNY sync",
        version="1",
        docs_url=None,
        redoc_url=None,
        description="Sealed operations, in order.",
    )
    app.state.house = House(
        database=database,
        ledger=ledger,
        access=Access(database, ledger, now),
        blobs=Blobs(database),
        meters=Meters(),
        rates=rates or Rates(time.monotonic),
        numbered=numbered,
    )
    app.include_router(router)
    app.add_exception_handler(NotServed, _not_served)
    app.add_exception_handler(ProtocolFault, _fault)
    return app


@router.post(paths.CHALLENGE)
def challenge(at: At, content: Body) -> Response:
    """Something to sign."""
    asked = decode(Challenge, content)
    at.rates.count("login", asked.device)
    return _answer(at.access.challenge(asked.device))


@router.post(paths.TOKEN)
def token(at: At, content: Body, request: Request) -> Response:
    """A token for what was signed."""
    asked = decode(TokenAsked, content)
    at.rates.count("login", asked.device)
    return _answer(at.access.token(asked, request.headers.get("host", "")))


@router.post(paths.TEAMS, status_code=201)
def create_team(at: At, content: Body) -> Response:
    """A team comes to this server."""
    if not at.numbered:
        raise NotServed("unknown")
    asked = decode(CreateTeam, content)
    at.access.create_team(asked.token, asked.entries)
    return Response(status_code=201)


@router.get(paths.STATE)
def state(at: At, who: Who) -> Response:
    """How far the log is."""
    return _answer(at.ledger.state(who.team, who.device))


@router.get(paths.MEMBERS)
def members(at: At, who: Who, since: Annotated[int, Query(ge=0)] = 0) -> Response:
    """The membership log from an entry on."""
    return _answer(at.ledger.members(who.team, since))


@router.post(paths.MEMBERS)
def add_members(at: At, who: Who, content: Body) -> Response:
    """More of the membership log."""
    at.ledger.append_members(who.team, decode(AddMembers, content).entries)
    return _answer(at.ledger.state(who.team, who.device))


@router.post(paths.PUSH)
def push(at: At, who: Who, content: Body) -> Response:
    """Take operations."""
    pushed = at.ledger.push(who.team, decode(Push, content).ops)
    at.meters.pushed(pushed.results)
    return _answer(pushed)


@router.get(paths.PULL)
def pull(
    at: At,
    who: Who,
    after: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1)] = MOST_PAGE,
) -> Response:
    """The log behind a position."""
    return _answer(at.ledger.page(who.team, who.device, after, limit))


@router.put(paths.BLOBS + "/{blob}/{number}")
def put_part(
    at: At, who: Who, blob: str, number: int, content: Part, x_sha256: Annotated[str, Header()] = ""
) -> Response:
    """Keep a part of an attachment."""
    return Response(status_code=at.blobs.put(who.team, blob, number, content, x_sha256))


@router.get(paths.BLOBS + "/{blob}")
def have_parts(at: At, who: Who, blob: str) -> Response:
    """Which parts are here."""
    return _answer(at.blobs.have(who.team, blob))


@router.get(paths.BLOBS + "/{blob}/{number}")
def get_part(at: At, who: Who, blob: str, number: int) -> Response:
    """One part."""
    return Response(at.blobs.get(who.team, blob, number), media_type="application/octet-stream")


@router.get("/healthz")
def healthz(at: At) -> PlainTextResponse:
    """Whether the database answers."""
    at.database.check()
    return PlainTextResponse("ok")


@router.get("/metrics")
def metrics(at: At) -> Response:
    """Counts for Prometheus."""
    return Response(at.meters.text(), media_type="text/plain; version=0.0.4")


async def _not_served(request: Request, failed: Exception) -> Response:
    if not isinstance(failed, NotServed):
        raise failed
    house(request).meters.refused(failed.code)
    headers = {"Retry-After": RETRY_AFTER_S} if failed.status == 429 else {}
    return Response(encode(Failure(code=failed.code, head=failed.head)), failed.status, headers, paths.JSON)


async def _fault(request: Request, _fault: Exception) -> Response:
    house(request).meters.refused("message")
    return Response(encode(Failure(code="message")), 400, None, paths.JSON)


def _answer(message: object) -> Response:
    return Response(encode(message), media_type=paths.JSON)


async def _read(request: Request, most: int) -> bytes:
    taken = bytearray()
    async for chunk in request.stream():
        taken += chunk
        if len(taken) > most:
            raise NotServed("too_long")
    return bytes(taken)
