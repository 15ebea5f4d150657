"""One round with a server that answers in parts, or not now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from ournydesk.domain.attachments import BlobId
from ournydesk.domain.operations import NO_OP, DeviceId, Head, OpId
from ournydesk.errors import DeskError, ProtocolFault, Refused, Tampered
from sync.client import engine
from sync.client.engine import Ended
from sync.client.transport import Answer
from sync.protocol import chain, paths
from sync.protocol.codec import encode
from sync.protocol.limits import API
from sync.protocol.messages import (
    ChallengeGiven,
    Failure,
    LogEntry,
    Members,
    OpResult,
    Page,
    State,
    TokenGiven,
)

NOON = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
LOG = tuple(f"entry {number}".encode() for number in range(5))
GENESIS = "ab" * 32
START = chain.start(GENESIS)


class Reader:
    """A desk that knows the first entry of its team and has nothing to say."""

    def __init__(self) -> None:
        self.entries = list(LOG[:1])
        self.troubles: list[str] = []

    def device(self) -> DeviceId:
        return DeviceId("a" * 32)

    def sign_login(self, host: str, nonce: bytes) -> bytes:
        return b"signed"

    def seal_all(self) -> None:
        pass

    def members(self) -> tuple[bytes, ...]:
        return tuple(self.entries)

    def member_hash(self, count: int) -> str:
        return GENESIS if count == 1 else "cd" * 32

    def take_members(self, entries: Sequence[bytes]) -> None:
        self.entries += entries

    def cursor(self) -> Head:
        return START

    def chain(self) -> tuple[tuple[int, OpId], ...]:
        return ()

    def acknowledged(self) -> int:
        return 0

    def own_high(self) -> Head:
        return Head(0, NO_OP)

    def outbox(self, behind: OpId | None = None) -> tuple[tuple[OpId, bytes], ...]:
        return ()

    def held(self, names: Sequence[OpId]) -> tuple[bytes, ...]:
        return ()

    def mail(self, server: str) -> tuple[tuple[OpId, bytes], ...]:
        return ()

    def pushed(self, results: Sequence[OpResult]) -> None: ...

    def carried(self, server: str, results: Sequence[OpResult]) -> None: ...

    def take_page(self, entries: Sequence[LogEntry], head: Head) -> None: ...

    def again(self) -> int | None:
        return None

    def take_again(self, entries: Sequence[LogEntry]) -> None: ...

    def mailbox(self, server: str) -> int:
        return 0

    def take_mail(self, server: str, ops: Sequence[bytes], through: int) -> None: ...

    def go_back(self, head: Head) -> None: ...

    def parts_to_send(self) -> tuple[tuple[BlobId, tuple[int, ...]], ...]:
        return ()

    def parts_to_fetch(self) -> tuple[tuple[BlobId, tuple[int, ...]], ...]:
        return ()

    def part(self, blob: BlobId, part: int) -> bytes:
        raise NotImplementedError

    def parts_sent(self, blob: BlobId, parts: Sequence[int]) -> None: ...

    def take_part(self, blob: BlobId, part: int, content: bytes) -> None: ...

    def trouble(self, code: str, about: str) -> None:
        self.troubles.append(code)


class Doubter(Reader):
    """A desk that finds something wrong with the entries it is told."""

    def __init__(self, wrong: DeskError) -> None:
        super().__init__()
        self.wrong = wrong

    def take_members(self, entries: Sequence[bytes]) -> None:
        raise self.wrong


class Slow:
    """A server that tells two members at a time, or answers every question with one status."""

    host = "sync.example.org"

    def __init__(
        self, each: int = 2, failing: tuple[int, str] | None = None, entries: tuple[LogEntry, ...] = ()
    ) -> None:
        self.each, self.failing, self.log = each, failing, entries

    def send(self, method: str, path: str, body: bytes = b"", token: str = "") -> Answer:
        if self.failing is not None:
            status, code = self.failing
            return Answer(status=status, body=encode(Failure(code=code)), retry_after_s=30)
        return Answer(status=200, body=encode(self.said(path)))

    def said(self, path: str) -> object:
        address, _, question = path.partition("?")
        if address == paths.CHALLENGE:
            return ChallengeGiven(nonce=b"n", expires=NOON)
        if address == paths.TOKEN:
            return TokenGiven(token="invented", expires=NOON)
        if address == paths.MEMBERS:
            since = int(question.removeprefix("since="))
            return Members(since=since, entries=LOG[since : since + self.each])
        if address == paths.PULL:
            return Page(since=0, entries=self.log, head=START, more=False)
        return State(
            api_min=API,
            api_max=API,
            server="b" * 32,
            numbered=True,
            head=START,
            members=len(LOG),
            member_hash="cd" * 32,
            device_high=Head(0, NO_OP),
        )


def test_a_long_membership_log_is_read_to_its_end_in_one_round() -> None:
    reader = Reader()
    assert engine.run(reader, Slow()).ended is Ended.DONE
    assert reader.entries == list(LOG)


def test_a_server_that_promises_members_and_tells_none_is_not_asked_for_ever() -> None:
    assert engine.run(Reader(), Slow(each=0)).ended is Ended.NOT_OURS


@pytest.mark.parametrize(("status", "code"), [(408, "slow_body"), (429, "slow_down"), (503, "busy")])
def test_a_busy_server_is_asked_again_later_and_is_no_stranger(status: int, code: str) -> None:
    ended = engine.run(Reader(), Slow(failing=(status, code)))
    assert (ended.ended, ended.retry_after_s, ended.why) == (Ended.SLOW_DOWN, 30, code)


def test_a_code_nobody_agreed_on_is_no_server_of_ours() -> None:
    ended = engine.run(Reader(), Slow(failing=(403, "invented")))
    assert (ended.ended, ended.why) == (Ended.NOT_OURS, "403")


@pytest.mark.parametrize(
    "wrong",
    [
        ProtocolFault("wire.fault.member", why="chain"),
        Refused("refused.member", why="signer"),
        Tampered("vault.seal.signature"),
    ],
)
def test_entries_of_the_team_that_do_not_hold_are_an_alarm(wrong: DeskError) -> None:
    reader = Doubter(wrong)
    assert engine.run(reader, Slow()).ended is Ended.ALARM
    assert reader.troubles == ["wire.fork"]


@pytest.mark.parametrize(
    "told",
    [
        LogEntry(n=2, op_id=OpId("e" * 64)),
        LogEntry(n=1, op_id=OpId("e" * 64), op=b"no operation"),
    ],
)
def test_a_log_with_a_gap_or_with_other_bytes_is_an_alarm(told: LogEntry) -> None:
    reader = Reader()
    assert engine.run(reader, Slow(entries=(told,))).ended is Ended.ALARM
    assert reader.troubles == ["wire.fork"]
