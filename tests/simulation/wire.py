"""The wire without a socket: a server's or relay's door, and a line to it that can be cut at any message."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

from ournydesk.crypto.verification import check_login
from ournydesk.domain.operations import DeviceId
from ournydesk.errors import DeskError, Unreachable
from sync.client.transport import Answer
from sync.protocol import paths
from sync.protocol.codec import decode, encode
from sync.protocol.messages import (
    AddMembers,
    Challenge,
    ChallengeGiven,
    Failure,
    Page,
    Push,
    Pushed,
    State,
    TokenAsked,
    TokenGiven,
)
from sync.server.faults import NotServed
from tests.fakes.desks import TickingClock
from tests.fakes.ledger import FakeLedger

LIFE = timedelta(minutes=15)


class Malice(Protocol):
    """What a lying server makes of its honest answers."""

    def state(self, device: DeviceId, honest: State) -> State: ...

    def page(self, device: DeviceId, honest: Page) -> Page: ...

    def members(self, device: DeviceId, honest: tuple[bytes, ...]) -> tuple[bytes, ...]: ...

    def ledger(self, device: DeviceId, honest: FakeLedger) -> FakeLedger: ...

    def push(self, ledger: FakeLedger, ops: tuple[bytes, ...]) -> Pushed | None: ...


@dataclass
class Door:
    """One server or relay: who asks is checked as the real one does, then the ledger answers."""

    name: str
    ledger: FakeLedger
    clock: TickingClock
    malice: Malice | None = None
    heard: list[bytes] = field(default_factory=list)
    """Every body that arrived."""
    _tokens: dict[str, DeviceId] = field(default_factory=dict)
    _asked: int = 0

    def answer(self, path: str, body: bytes, token: str) -> Answer:
        """What the program behind the door says."""
        self.heard.append(body)
        try:
            return Answer(status=200, body=encode(self._answer(path, body, token)))
        except NotServed as refused:
            return Answer(status=refused.status, body=encode(Failure(code=refused.code, head=refused.head)))

    def _answer(self, path: str, body: bytes, token: str) -> object:
        where = urlsplit(path)
        asked = {name: int(values[0]) for name, values in parse_qs(where.query).items()}
        if where.path == paths.CHALLENGE:
            decode(Challenge, body)
            self._asked += 1
            nonce = hashlib.sha256(f"{self.name} {self._asked}".encode()).digest()
            return ChallengeGiven(nonce=nonce, expires=self.clock.now() + LIFE)
        if where.path == paths.TOKEN:
            return self._log_in(decode(TokenAsked, body))
        device = self._tokens.get(token)
        if device is None:
            raise NotServed("token")
        return self._serve(where.path, asked, device, body)

    def _serve(self, path: str, asked: dict[str, int], device: DeviceId, body: bytes) -> object:
        ledger = self.malice.ledger(device, self.ledger) if self.malice else self.ledger
        found = ledger.find(device)
        if found is None:
            raise NotServed("token")
        team = found[0]
        if not team.active(device):
            raise NotServed("shut_out")
        if path == paths.PUSH:
            ops = decode(Push, body).ops
            lied = self.malice.push(ledger, ops) if self.malice else None
            return lied or ledger.push(team.id, ops)
        if path == paths.PULL:
            page = ledger.page(team.id, device, asked["after"], asked["limit"])
            return self.malice.page(device, page) if self.malice else page
        if path == paths.MEMBERS and body:
            ledger.append_members(team.id, decode(AddMembers, body).entries)
            return ledger.state(team.id, device)
        if path == paths.MEMBERS:
            return ledger.members(team.id, asked["since"])
        state = ledger.state(team.id, device)
        return self.malice.state(device, state) if self.malice else state

    def _log_in(self, asked: TokenAsked) -> TokenGiven:
        found = self.ledger.find(asked.device)
        try:
            if found is None:
                raise NotServed("login")
            parts = (self.name.encode(), asked.device.encode("ascii"), asked.nonce)
            check_login(found[1].sign, asked.signature, *parts)
        except DeskError as error:
            raise NotServed("login") from error
        if not found[0].active(asked.device):
            raise NotServed("shut_out")
        token = hashlib.sha256(asked.signature).hexdigest()
        self._tokens[token] = asked.device
        return TokenGiven(token=token, expires=self.clock.now() + LIFE)


@dataclass
class Line:
    """``Transport`` to a door. After ``whole`` messages it is cut, before or after the door heard one."""

    door: Door
    whole: int = 1_000_000
    heard: bool = False
    """Whether the message it is cut at still arrived: then only the answer is lost."""
    cut: Callable[[], None] = lambda: None

    @property
    def host(self) -> str:
        return self.door.name

    def send(self, method: str, path: str, body: bytes = b"", token: str = "") -> Answer:
        if self.whole == 0:
            if self.heard:
                self.heard = False
                self.door.answer(path, body, token)
            self.cut()
            raise Unreachable(why="cut")
        self.whole -= 1
        return self.door.answer(path, body, token)
