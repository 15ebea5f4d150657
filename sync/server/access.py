"""Who is asking: a device proves its key and gets a token for a quarter of an hour. Layer: sync.server.

A device that is not known gets the same answers in the same shape: nobody learns from here which devices
exist. Tokens are kept as hashes.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from ournydesk.crypto.verification import check_login
from ournydesk.domain.operations import DeviceId, TeamId
from ournydesk.errors import DeskError
from sync.protocol.limits import CHALLENGE_LIFE, NONCE_BYTES, TOKEN_LIFE
from sync.protocol.messages import ChallengeGiven, TokenAsked, TokenGiven
from sync.server import storage
from sync.server.faults import NotServed
from sync.server.ledger import Ledger
from sync.server.storage import Storage

CHALLENGE_KEY: Final = "challenge"
OPERATOR_KEY: Final = "operator"
HOUR_S: Final = 3600
GRID_S: Final = 0.004
"""A login that is refused is answered after a whole multiple of this: a millionth of a second that a row
was found in is not to be seen from outside."""
TOKEN_BYTES: Final = 32
MARK_BYTES: Final = 32
TIME_BYTES: Final = 8
NOT_IN_A_HOST: Final = frozenset("/@?#\\")
NOBODY: Final = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
"""A public key nobody logs in with here (RFC 8032, 7.1, test 1): an unknown device costs the same check."""

_VISITOR: Final = (
    select(
        storage.sessions.c.device,
        storage.sessions.c.team,
        storage.sessions.c.expires,
        storage.teams.c.member_hash,
    )
    .join(storage.teams, storage.teams.c.team == storage.sessions.c.team)
    .where(storage.sessions.c.token_hash == bindparam("hash"))
)

Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A device that proved who it is."""

    device: DeviceId
    team: TeamId


class Access:
    """Challenges, tokens and the operator's one-time tokens."""

    def __init__(self, database: Storage, ledger: Ledger, now: Now, hosts: frozenset[str]) -> None:
        self._database = database
        self._ledger = ledger
        self._now = now
        self._hosts = hosts

    def challenge(self, device: DeviceId) -> ChallengeGiven:
        """Something to sign. Nothing is kept: the nonce proves itself when it comes back."""
        expires = self._now() + CHALLENGE_LIFE
        stamp = int(expires.timestamp()).to_bytes(TIME_BYTES, "big")
        body = secrets.token_bytes(NONCE_BYTES) + stamp
        return ChallengeGiven(nonce=body + self._mark(device, body), expires=expires)

    def token(self, asked: TokenAsked, host: str) -> TokenGiven:
        """A token for a signed challenge. Raises NotServed("login"), the same for every reason but two.

        ``host`` is what the request says it went to, which the device signed. A server that is none of
        this name answers "host": otherwise whoever a device logs in with could pass its login on to here.
        A device that was shut out and proves its key is told so: its person has to know.
        """
        began = time.monotonic()
        try:
            return self._token(asked, host)
        except NotServed:
            time.sleep(GRID_S - (time.monotonic() - began) % GRID_S)
            raise

    def visitor(self, token: str) -> Visitor:
        """Whose token this is, in one question. Raises NotServed("token"), NotServed("shut_out")."""
        with self._database.reading() as connection:
            row = connection.execute(_VISITOR, {"hash": _hash(token)}).first()
            if row is None or row.expires < self._now().timestamp():
                raise NotServed("token")
            device, team = DeviceId(row.device), TeamId(row.team)
            if not self._ledger.current(connection, team, row.member_hash).active(device):
                raise NotServed("shut_out")
        return Visitor(device=device, team=team)

    def new_creation_token(self) -> str:
        """A one-time token an operator gives to a coordinator; only its hash is kept."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        with self._database.writing() as connection:
            connection.execute(
                insert(storage.creation_tokens).values(
                    hash=_hash(token), made_at=int(self._now().timestamp())
                )
            )
        return token

    def new_operator_token(self) -> str:
        """A token for the operator's page and the counts; the one before it ends. Only its hash is kept."""
        token, table = secrets.token_urlsafe(TOKEN_BYTES), storage.meta
        with self._database.writing() as connection:
            connection.execute(delete(table).where(table.c.name == OPERATOR_KEY))
            connection.execute(insert(table).values(name=OPERATOR_KEY, value=_hash(token)))
        return token

    def operator(self, token: str) -> None:
        """Nothing for the operator's token. Raises NotServed("token")."""
        table = storage.meta
        with self._database.reading() as connection:
            row = connection.execute(select(table.c.value).where(table.c.name == OPERATOR_KEY)).first()
        if not hmac.compare_digest(_hash(token), "" if row is None else str(row.value)):
            raise NotServed("token")

    def create_team(self, token: str, entries: tuple[bytes, ...]) -> TeamId:
        """A team, for a token that was not used yet. Raises NotServed("creation_token").

        The same team with the same token again is answered alike: the first answer may have been lost.
        """
        table = storage.creation_tokens
        with self._database.writing() as connection:
            row = connection.execute(
                select(table).where(table.c.hash == _hash(token)).with_for_update()
            ).first()
            if row is None:
                raise NotServed("creation_token")
            before = _teams(connection)
            team = self._ledger.create_team(connection, entries)
            if row.used_at is not None and team not in before:
                raise NotServed("creation_token")
            connection.execute(
                update(table).where(table.c.hash == _hash(token)).values(used_at=int(self._now().timestamp()))
            )
        return team

    def _token(self, asked: TokenAsked, host: str) -> TokenGiven:
        if hostname(host) not in self._hosts:
            raise NotServed("host")
        now = self._now()
        body, mark = asked.nonce[:-MARK_BYTES], asked.nonce[-MARK_BYTES:]
        fresh = hmac.compare_digest(mark, self._mark(asked.device, body))
        late = int.from_bytes(body[NONCE_BYTES:], "big") < now.timestamp()
        found = self._ledger.key_of(asked.device)
        try:
            check_login(
                found[1] if found is not None else NOBODY,
                asked.signature,
                host.encode("utf-8"),
                asked.device.encode("ascii"),
                asked.nonce,
            )
        except DeskError as error:
            raise NotServed("login") from error
        if not fresh or late or found is None:
            raise NotServed("login")
        # Only now, for somebody who proved the key: what a team's log takes to read tells nobody anything.
        if not self._ledger.team(found[0]).active(asked.device):
            raise NotServed("shut_out")
        return self._admit(asked, found[0], now)

    def _admit(self, asked: TokenAsked, team: TeamId, now: datetime) -> TokenGiven:
        token, expires = secrets.token_urlsafe(TOKEN_BYTES), now + TOKEN_LIFE
        table, teams = storage.sessions, storage.teams
        hour = int(now.timestamp()) // HOUR_S * HOUR_S
        try:
            with self._database.writing() as connection:
                connection.execute(delete(table).where(table.c.expires < int(now.timestamp())))
                connection.execute(
                    insert(table).values(
                        token_hash=_hash(token),
                        nonce_hash=hashlib.sha256(asked.nonce).hexdigest(),
                        device=asked.device,
                        team=team,
                        expires=int(expires.timestamp()),
                    )
                )
                # Once an hour: a login does not wait for the lock that every push of its team takes.
                connection.execute(
                    update(teams).where(teams.c.team == team, teams.c.last_sync < hour).values(last_sync=hour)
                )
        except IntegrityError as error:  # a challenge is answered once
            raise NotServed("login") from error
        return TokenGiven(token=token, expires=expires)

    def _mark(self, device: DeviceId, body: bytes) -> bytes:
        secret = setting(self._database, CHALLENGE_KEY, lambda: secrets.token_hex(32))
        return hmac.digest(bytes.fromhex(secret), device.encode("ascii") + body, hashlib.sha256)


def hostname(host: str) -> str:
    """The name or address alone, in lowercase; empty for what is none. A port stands behind it or not."""
    if set(host) & NOT_IN_A_HOST:
        return ""
    if host.count(":") > 1 and not host.startswith("["):
        return host.lower()  # an IPv6 address as a person writes it
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:  # an address in brackets that is none
        return ""


def setting(database: Storage, name: str, fresh: Callable[[], str]) -> str:
    """A value that is made once and stays, however many workers ask for it first."""
    table = storage.meta
    found = select(table.c.value).where(table.c.name == name)
    with database.reading() as connection:
        row = connection.execute(found).first()
    if row is not None:
        return str(row.value)
    try:
        with database.writing() as connection:
            row = connection.execute(found).first()
            if row is None:
                value = fresh()
                connection.execute(insert(table).values(name=name, value=value))
                return value
            return str(row.value)
    except IntegrityError:  # another made it at the same moment: now it is there
        return setting(database, name, fresh)


def utc_now() -> datetime:
    """The server's own clock."""
    return datetime.now(UTC)


def _teams(connection: Connection) -> frozenset[str]:
    return frozenset(row.team for row in connection.execute(select(storage.teams.c.team)))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8")).hexdigest()
