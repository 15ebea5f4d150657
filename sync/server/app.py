"""The server as HTTP: reads bodies with a cap, asks who it is, answers with messages. Layer: sync.server.

Handlers are thin; what they do is in ``ledger``, ``access`` and ``blobs``. Nothing is logged about a
request: no address, no id, no body.
"""

from __future__ import annotations

import asyncio
import base64
import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends, FastAPI, Header, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, PlainTextResponse
from sqlalchemy.exc import DatabaseError, InterfaceError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from ournydesk.errors import ProtocolFault
from sync.protocol import paths
from sync.protocol.codec import decode, encode
from sync.protocol.limits import API, MOST_BODY, MOST_LOGIN_BODY, MOST_PAGE, PART_BYTES
from sync.protocol.messages import (
    AddMembers,
    Challenge,
    CreateTeam,
    Failure,
    Push,
    TokenAsked,
)
from sync.server import overview_page
from sync.server.access import Access, Now, Visitor, setting, utc_now
from sync.server.blobs import Blobs
from sync.server.faults import NotServed
from sync.server.ledger import SERVER_ID, Ledger
from sync.server.meters import Meters
from sync.server.openapi import document
from sync.server.overview import overview
from sync.server.rates import Rates
from sync.server.storage import Storage

BEARER: Final = "Bearer "
OPERATOR: Final = "/operator"
METRICS: Final = "/metrics"
RETRY_AFTER_S: Final = "30"
BODY_S: Final = 30.0
"""How long a request may take to arrive."""
LOOPBACK: Final = frozenset(("127.0.0.1", "localhost", "::1"))
VERSIONED: Final = re.compile(r"/v(\d+)/")
BUSY: Final = (DatabaseError, InterfaceError, NoConnectionFree)
"""The database does not answer, has no room, or gave way to another at the same moment."""
log = logging.getLogger(__name__)


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
    body_s: float


async def house(request: Request) -> House:
    """The house of the application that was asked. Asynchronous because a thread would cost more than it."""
    return _house(request)


def _house(request: Request) -> House:
    found: House = request.app.state.house
    return found


async def body(request: Request) -> bytes:
    """The whole body, or NotServed("too_long") as soon as it is too long, whatever its length header says."""
    return await _read(request, MOST_BODY)


async def login_body(request: Request) -> bytes:
    """The same from somebody who has proved nothing yet."""
    return await _read(request, MOST_LOGIN_BODY)


async def part(request: Request) -> bytes:
    """The same for a part of an attachment."""
    return await _read(request, PART_BYTES)


def visitor(house: Annotated[House, Depends(house)], authorization: Annotated[str, Header()] = "") -> Visitor:
    """Who is asking. Raises NotServed("token")."""
    if not authorization.startswith(BEARER):
        raise NotServed("token")
    found = house.access.visitor(authorization.removeprefix(BEARER))
    house.rates.request(found.device, found.team)
    return found


def operator(house: Annotated[House, Depends(house)], authorization: Annotated[str, Header()] = "") -> None:
    """Nothing for the operator; a browser asks for a name, which may be anything, and for the token.

    Raises NotServed("token").
    """
    scheme, _, said = authorization.partition(" ")
    if scheme.lower() == "basic":
        try:
            said = base64.b64decode(said, validate=True).decode("utf-8").partition(":")[2]
        except ValueError as error:
            raise NotServed("token") from error
    elif scheme.lower() != "bearer":
        raise NotServed("token")
    house.access.operator(said)


At = Annotated[House, Depends(house)]
Body = Annotated[bytes, Depends(body)]
LoginBody = Annotated[bytes, Depends(login_body)]
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
    hosts: frozenset[str] = LOOPBACK,
    body_s: float = BODY_S,
) -> FastAPI:
    """The application on a migrated database; ``numbered`` is False for a relay.

    ``hosts`` are the names and addresses it is reached by: a login is for one of them or for nobody here.
    """
    ledger = Ledger(database, setting(database, SERVER_ID, new_id), numbered=numbered)
    ledger.learn_keys()
    app = FastAPI(
        title="OurNY sync",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        description="Sealed operations, in order.",
    )
    app.state.house = House(
        database=database,
        ledger=ledger,
        access=Access(database, ledger, now, hosts),
        blobs=Blobs(database),
        meters=Meters(),
        rates=rates or Rates(time.monotonic),
        numbered=numbered,
        body_s=body_s,
    )
    app.include_router(router)
    app.add_exception_handler(NotServed, _not_served)
    app.add_exception_handler(ProtocolFault, _not_understood)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(HTTPException, _nowhere)
    for busy in BUSY:
        app.add_exception_handler(busy, _busy)
    return app


@router.post(paths.CHALLENGE)
def challenge(at: At, content: LoginBody) -> Response:
    """Something to sign."""
    asked = decode(Challenge, content)
    at.rates.login(asked.device)
    return _answer(at.access.challenge(asked.device))


@router.post(paths.TOKEN)
def token(at: At, content: LoginBody, request: Request) -> Response:
    """A token for what was signed."""
    asked = decode(TokenAsked, content)
    at.rates.login(asked.device)
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
    at.rates.upload(who.team, len(content))
    return Response(status_code=at.blobs.put(who.team, blob, number, content, x_sha256))


@router.get(paths.BLOBS + "/{blob}")
def have_parts(at: At, who: Who, blob: str) -> Response:
    """Which parts are here."""
    return _answer(at.blobs.have(who.team, blob))


@router.get(paths.BLOBS + "/{blob}/{number}")
def get_part(at: At, who: Who, blob: str, number: int) -> Response:
    """One part."""
    return Response(at.blobs.get(who.team, blob, number), media_type="application/octet-stream")


@router.get(paths.OPENAPI)
def openapi() -> Response:
    """What may be asked here, for programs that read such texts."""
    return Response(document(), media_type=paths.JSON)


@router.get("/healthz")
def healthz(at: At) -> PlainTextResponse:
    """Whether the database answers."""
    at.database.check()
    return PlainTextResponse("ok")


@router.get(METRICS, dependencies=[Depends(operator)])
def metrics(at: At) -> Response:
    """Counts for Prometheus, which shows the operator's token."""
    return Response(at.meters.text(), media_type="text/plain; version=0.0.4")


@router.get(OPERATOR, dependencies=[Depends(operator)])
def operator_page(at: At) -> HTMLResponse:
    """Teams as ids, counts, sizes, and what is stored."""
    return HTMLResponse(overview_page.page(overview(at.database)), headers=dict(overview_page.HEADERS))


async def _not_served(request: Request, failed: Exception) -> Response:
    if not isinstance(failed, NotServed):
        raise failed
    return _failure(request, failed)


async def _not_understood(request: Request, _fault: Exception) -> Response:
    return _failure(request, NotServed("message"))


async def _nowhere(request: Request, failed: Exception) -> Response:
    """An address that is none, or one of a version that is not spoken here."""
    if isinstance(failed, HTTPException) and failed.status_code == 405:
        return _failure(request, NotServed("method"))
    version = VERSIONED.match(request.url.path)
    other = version is not None and version[1] != str(API)
    return _failure(request, NotServed("api" if other else "unknown"))


async def _busy(request: Request, failed: Exception) -> Response:
    if isinstance(failed, ProgrammingError):
        raise failed  # a fault of ours, to be heard
    # The statement and what was in it stay out of the log: the kind of failure is enough to look for.
    log.warning("server.busy %s", type(getattr(failed, "orig", failed)).__name__)
    return _failure(request, NotServed("busy"))


def _failure(request: Request, failed: NotServed) -> Response:
    _house(request).meters.refused(failed.code)
    headers = {"Retry-After": RETRY_AFTER_S} if failed.status in (429, 503) else {}
    if failed.status == 401 and request.url.path == OPERATOR:
        headers["WWW-Authenticate"] = 'Basic realm="OurNY server", charset="UTF-8"'
    return Response(encode(Failure(code=failed.code, head=failed.head)), failed.status, headers, paths.JSON)


def _answer(message: object) -> Response:
    return Response(encode(message), media_type=paths.JSON)


async def _read(request: Request, most: int) -> bytes:
    if "content-length" in request.headers and "transfer-encoding" in request.headers:
        # Two lengths: whatever stands in front of this server may have believed the other one.
        raise NotServed("message")
    taken = bytearray()
    try:
        async with asyncio.timeout(_house(request).body_s):
            async for chunk in request.stream():
                taken += chunk
                if len(taken) > most:
                    raise NotServed("too_long")
    except TimeoutError as error:
        raise NotServed("slow_body") from error
    except ClientDisconnect as error:  # nobody hears the answer; it is no fault of ours to log
        raise NotServed("message") from error
    return bytes(taken)
