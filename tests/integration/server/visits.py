"""A real server on a free port of this machine, and plain requests to it."""

from __future__ import annotations

import http.client
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from ournydesk.domain.ids import new_id
from sync.protocol import paths
from sync.protocol.codec import decode, encode
from sync.protocol.faults import read_failure
from sync.protocol.messages import Challenge, ChallengeGiven, Push, Pushed, TokenAsked, TokenGiven
from sync.server.app import House, server
from sync.server.rates import Rates
from sync.server.serving import Hurried, serving
from sync.server.storage import Storage
from tests.fakes.signed_team import SignedDevice, SignedTeam

M = TypeVar("M")
PATIENCE_S = 20
MANY = 10**6


@dataclass(frozen=True)
class Answered:
    """What came back."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """Why it was not served; nothing else may be in the answer."""
        return read_failure(self.body).code


@dataclass(frozen=True)
class Visits:
    """Requests to one server."""

    port: int

    @property
    def host(self) -> str:
        """As the requests name it."""
        return f"127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, body: bytes = b"", token: str = "", **headers: str) -> Answered:
        """One request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            named["Authorization"] = f"Bearer {token}"
        try:
            connection.request(method, path, body, named)
            response = connection.getresponse()
            return Answered(response.status, response.read(), dict(response.getheaders()))
        finally:
            connection.close()

    def get(self, path: str, token: str, kind: type[M]) -> M:
        """A question that is answered."""
        answer = self.ask("GET", path, token=token)
        assert answer.status == 200, answer
        return decode(kind, answer.body)

    def post(self, path: str, message: object, kind: type[M], token: str = "") -> M:
        """A message that is taken."""
        answer = self.ask("POST", path, encode(message), token)
        assert answer.status == 200, answer
        return decode(kind, answer.body)

    def log_in(self, device: SignedDevice) -> str:
        """A token for a device."""
        given = self.post(paths.CHALLENGE, Challenge(device=device.id), ChallengeGiven)
        signature = device.login(self.host, given.nonce)
        asked = TokenAsked(device=device.id, nonce=given.nonce, signature=signature)
        return self.post(paths.TOKEN, asked, TokenGiven).token

    def push(self, token: str, *ops: bytes) -> Pushed:
        """Operations sent."""
        return self.post(paths.PUSH, Push(ops=ops), Pushed, token)


@dataclass(frozen=True)
class Housed(Visits):
    """The same where the server is in this process and can be looked into."""

    house: House


@contextmanager
def visits(
    database: Storage,
    *teams: SignedTeam,
    numbered: bool = True,
    rates: Rates | None = None,
    body_s: float = PATIENCE_S,
    protocol: type[Hurried] = Hurried,
) -> Iterator[Housed]:
    """A server that knows these teams."""
    generous = Rates(lambda: 0.0, requests=MANY, logins=MANY)
    app = server(database, new_id=new_id, numbered=numbered, rates=rates or generous, body_s=body_s)
    house: House = app.state.house
    for team in teams:
        with database.writing() as connection:
            house.ledger.create_team(connection, team.entries)
    with serving(app, protocol=protocol) as port:
        yield Housed(port, house)
