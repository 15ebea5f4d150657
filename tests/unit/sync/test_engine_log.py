"""One round with a server that tells another log than it told before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import takewhile

import pytest

from ournydesk.domain.attachments import BlobId
from ournydesk.domain.operations import NO_OP, DeviceId, Envelope, Head, OpId, decode_envelope
from sync.client import engine
from sync.client.engine import Ended, Round
from sync.client.transport import Answer
from sync.protocol import chain, paths
from sync.protocol.codec import decode, encode
from sync.protocol.limits import API
from sync.protocol.messages import (
    ChallengeGiven,
    LogEntry,
    Members,
    OpResult,
    Outcome,
    Page,
    Push,
    Pushed,
    State,
    TokenGiven,
)

NOON = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
MEMBERS = (b"first entry", b"second entry")
HASHES = {0: "", 1: "ab" * 32, 2: "cd" * 32}
START = chain.start(HASHES[1])
OK = Outcome.OK
HERE = DeviceId("a" * 32)


def sealed(word: str) -> tuple[OpId, bytes]:
    """Bytes in the shape of an operation; nothing in this room looks further."""
    envelope = Envelope(header=word.encode(), grants=b"", ct=b"sealed", sig=bytes(64))
    return envelope.op_id, envelope.encoded()


OPS = tuple(sealed(word) for word in ("first", "second", "third"))


def headed(ops: Sequence[tuple[OpId, bytes]]) -> Head:
    return chain.follow(START, enumerate((name for name, _ in ops), 1))


@dataclass
class Desk:
    """What a desk has verified; ``troubles`` are what it tells its person."""

    log: list[tuple[OpId, bytes]] = field(default_factory=list)
    waiting: list[tuple[OpId, bytes]] = field(default_factory=list)
    own: Head = field(default_factory=lambda: Head(0, NO_OP))
    known: int = 2
    most: int = 200
    troubles: list[str] = field(default_factory=list)
    missed: int | None = None
    read_again: list[tuple[int, bytes | None]] = field(default_factory=list)
    pushed_ops: list[OpResult] = field(default_factory=list)
    refused: list[bytes] = field(default_factory=list)

    def device(self) -> DeviceId:
        return HERE

    def sign_login(self, host: str, nonce: bytes) -> bytes:
        return b"signed"

    def seal_all(self) -> None: ...

    def members(self) -> tuple[bytes, ...]:
        return MEMBERS[: self.known]

    def member_hash(self, count: int) -> str:
        return HASHES[count]

    def take_members(self, entries: Sequence[bytes]) -> None:
        self.known += len(entries)

    def cursor(self) -> Head:
        return headed(self.log) if self.log else Head(0, "")

    def chain(self) -> tuple[tuple[int, OpId], ...]:
        return tuple(enumerate((name for name, _ in self.log), 1))

    def acknowledged(self) -> int:
        return 0

    def own_high(self) -> Head:
        return self.own

    def outbox(self, behind: OpId | None = None) -> tuple[tuple[OpId, bytes], ...]:
        names = [name for name, _ in OPS]
        since = names.index(behind) + 1 if behind is not None else 0
        return tuple(one for one in self.waiting if one[0] in names[since:])[: self.most]

    def held(self, names: Sequence[OpId]) -> tuple[bytes, ...]:
        here = dict(self.log)
        return (*self.refused, *takewhile(bool, (here[name] for name in names)))

    def mail(self, server: str) -> tuple[tuple[OpId, bytes], ...]:
        return ()

    def pushed(self, results: Sequence[OpResult]) -> None:
        self.pushed_ops += results

    def carried(self, server: str, results: Sequence[OpResult]) -> None: ...

    def take_page(self, entries: Sequence[LogEntry], head: Head) -> None:
        for entry in entries:
            self.log.append((entry.op_id, entry.op or b""))
            self.waiting = [one for one in self.waiting if one[0] != entry.op_id]

    def again(self) -> int | None:
        return self.missed

    def take_again(self, entries: Sequence[LogEntry]) -> None:
        self.read_again += [(entry.n, entry.op) for entry in entries]
        self.missed = None if entries[-1].n == len(self.log) else entries[-1].n

    def mailbox(self, server: str) -> int:
        return 0

    def take_mail(self, server: str, ops: Sequence[bytes], through: int) -> None: ...

    def go_back(self, head: Head) -> None:
        self.log, self.waiting = self.log[: head.at], self.log[head.at :]

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


@dataclass
class Server:
    """One log; what is set beside it is what it says instead of the truth."""

    host = "sync.example.org"
    log: list[tuple[OpId, bytes]] = field(default_factory=list)
    state_head: Head | None = None
    page_head: Head | None = None
    device_high: Head = field(default_factory=lambda: Head(0, NO_OP))
    member_hash: str = HASHES[2]
    swapped: bytes | None = None
    forgetful: bool = False
    blocked: OpId | None = None
    refuses: tuple[OpId, ...] = ()
    spoken: tuple[int, int] = (API, API)

    def send(self, method: str, path: str, body: bytes = b"", token: str = "") -> Answer:
        return Answer(status=200, body=encode(self.said(path, body)))

    def said(self, path: str, body: bytes) -> object:
        address, _, question = path.partition("?")
        if address == paths.CHALLENGE:
            return ChallengeGiven(nonce=b"n", expires=NOON)
        if address == paths.TOKEN:
            return TokenGiven(token="invented", expires=NOON)
        if address == paths.MEMBERS:
            return Members(since=2, entries=())
        if address == paths.PULL:
            after, most = (int(part.partition("=")[2]) for part in question.split("&"))
            return self.page(after, most)
        if address == paths.PUSH:
            return self.take(body)
        return State(
            api_min=self.spoken[0],
            api_max=self.spoken[1],
            server="b" * 32,
            numbered=True,
            head=self.state_head or headed(self.log),
            members=len(MEMBERS),
            member_hash=self.member_hash,
            device_high=self.device_high,
        )

    def page(self, after: int, most: int) -> Page:
        entries = [
            LogEntry(n=n, op_id=name, op=self.swapped or op or None)
            for n, (name, op) in enumerate(self.log, 1)
            if n > after
        ][:most]
        head = self.page_head or headed(self.log)
        return Page(since=after, entries=tuple(entries), head=head, more=after + len(entries) < len(self.log))

    def take(self, body: bytes) -> Pushed:
        results = []
        for content in decode(Push, body).ops:
            name = decode_envelope(content).op_id
            if name in self.refuses:
                self.blocked = None
                results.append(OpResult(op_id=name, said=Outcome.NO, code="role"))
                continue
            if name == self.blocked:
                results.append(OpResult(op_id=name, said=Outcome.GAP, expect=1))
                continue
            if not self.forgetful:
                self.log.append((name, content))
            results.append(OpResult(op_id=name, said=OK, n=len(self.log)))
        return Pushed(results=tuple(results))


def test_what_waits_is_sent_and_counts_when_it_was_read_back() -> None:
    desk, server = Desk(waiting=list(OPS)), Server()
    assert engine.run(desk, server) == Round(ended=Ended.DONE, pushed=3, pulled=3)
    assert desk.chain() == tuple(enumerate((name for name, _ in OPS), 1))
    assert (desk.waiting, desk.troubles) == ([], [])


def test_what_a_server_says_it_took_and_does_not_show_still_waits() -> None:
    desk = Desk(waiting=list(OPS))
    assert engine.run(desk, Server(forgetful=True)).ended is Ended.DONE
    assert desk.waiting == list(OPS)


def test_what_cannot_go_yet_holds_nothing_else_back() -> None:
    desk, server = Desk(waiting=list(OPS), most=1), Server(blocked=OPS[0][0])
    assert engine.run(desk, server) == Round(ended=Ended.DONE, pushed=2, pulled=2)
    assert (server.log, desk.waiting) == (list(OPS[1:]), list(OPS[:1]))


def test_a_second_round_with_nothing_new_changes_nothing() -> None:
    desk, server = Desk(log=list(OPS)), Server(log=list(OPS))
    assert engine.run(desk, server) == Round(ended=Ended.DONE)
    assert (desk.log, desk.troubles) == (list(OPS), [])


@pytest.mark.parametrize(
    "server",
    [
        Server(log=list(OPS), state_head=Head(2, "cd" * 32)),
        Server(log=list(OPS), page_head=Head(3, "cd" * 32)),
        Server(log=list(OPS), member_hash="ef" * 32),
        Server(log=list(OPS), swapped=OPS[0][1]),
    ],
    ids=["another head", "another head behind a page", "another team", "another operation under a name"],
)
def test_another_story_is_an_alarm_and_nothing_of_it_is_kept(server: Server) -> None:
    desk = Desk(log=list(OPS[:2]))
    assert engine.run(desk, server) == Round(ended=Ended.ALARM, why="fork")
    assert (desk.log, desk.troubles) == (list(OPS[:2]), ["wire.fork"])


def test_a_server_that_shares_nothing_with_the_desk_is_an_alarm_and_no_restored_one() -> None:
    desk = Desk(log=list(OPS))
    assert engine.run(desk, Server(log=[sealed("strange")])).ended is Ended.ALARM
    assert (desk.log, desk.troubles) == (list(OPS), ["wire.fork"])


def test_a_desk_that_became_a_reader_reads_what_went_by_before() -> None:
    desk, server = Desk(log=list(OPS[:2]), missed=0), Server(log=list(OPS))
    assert engine.run(desk, server).ended is Ended.DONE
    assert desk.read_again == [(n, op) for n, (_, op) in enumerate(OPS, 1)]
    assert (desk.missed, desk.log) == (None, list(OPS))


def test_what_went_by_before_cannot_become_something_else() -> None:
    desk = Desk(log=list(OPS), missed=1)
    server = Server(log=[OPS[0], OPS[2], OPS[1]], state_head=headed(OPS), page_head=headed(OPS))
    assert engine.run(desk, server) == Round(ended=Ended.ALARM, why="fork")
    assert (desk.read_again, desk.troubles) == ([], ["wire.fork"])


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_a_restored_server_is_offered_again_what_it_lost(kept: int) -> None:
    desk = Desk(log=list(OPS))
    server = Server(log=list(OPS[:kept]))
    assert engine.run(desk, server).ended is Ended.DONE
    assert desk.troubles == ["wire.restored"]
    assert server.log == list(OPS)


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_what_only_others_hold_is_waited_for_and_nothing_takes_its_place(missing: int) -> None:
    mine = [(name, b"" if at == missing else op) for at, (name, op) in enumerate(OPS)]
    fresh = sealed("fresh")
    desk, server = Desk(log=mine, waiting=[fresh]), Server()
    told = engine.run(desk, server)
    assert (told.ended, told.why, told.pushed) == (Ended.SLOW_DOWN, "restored", missing)
    assert server.log == list(OPS[:missing])
    # Another desk brings what was missing, and this one goes on where it stopped.
    assert engine.run(Desk(log=list(OPS)), server).ended is Ended.DONE
    assert engine.run(desk, server).ended is Ended.DONE
    assert server.log[:3] == list(OPS)


@pytest.mark.parametrize("spoken", [(0, 0), (API + 1, API + 2)])
def test_a_server_that_speaks_another_version_is_an_alarm_and_never_met_halfway(
    spoken: tuple[int, int],
) -> None:
    desk, server = Desk(waiting=list(OPS)), Server(spoken=spoken)
    assert engine.run(desk, server) == Round(ended=Ended.ALARM, why="version")
    assert server.log == []


def test_a_restored_server_that_takes_the_next_one_no_more_is_offered_the_rest() -> None:
    desk, server = Desk(log=list(OPS)), Server(log=[OPS[0]], blocked=OPS[1][0])
    assert engine.run(desk, server).ended is Ended.DONE
    assert (server.log, desk.waiting) == ([OPS[0], OPS[2]], [OPS[1]])


def test_a_restored_server_refuses_again_what_it_refused_and_its_log_keeps_its_order() -> None:
    name, forbidden = sealed("forbidden")
    desk = Desk(log=list(OPS), refused=[forbidden])
    server = Server(log=[OPS[0]], blocked=OPS[1][0], refuses=(name,))
    assert engine.run(desk, server).ended is Ended.DONE
    assert (server.log, desk.troubles) == (list(OPS), ["wire.restored"])


def test_a_server_that_refuses_again_and_answers_of_nothing_else_is_not_asked_for_ever() -> None:
    strange = [sealed(f"forbidden {at}") for at in range(200)]
    desk = Desk(log=list(OPS), refused=[op for _, op in strange])
    server = Server(log=[OPS[0]], refuses=tuple(name for name, _ in strange))
    assert engine.run(desk, server).ended is Ended.DONE


def test_a_restored_server_that_went_on_otherwise_is_gone_back_to() -> None:
    desk = Desk(log=list(OPS))
    server = Server(log=[OPS[0], sealed("fourth")])
    assert engine.run(desk, server).ended is Ended.DONE
    assert [name for name, _ in server.log] == [name for name, _ in (OPS[0], sealed("fourth"), *OPS[1:])]
    assert desk.troubles == ["wire.restored"]


@pytest.mark.parametrize(
    ("own", "told"),
    [(Head(1, "1" * 64), Head(2, "2" * 64)), (Head(2, "1" * 64), Head(2, "2" * 64))],
    ids=["the server knows more", "the server knows other work"],
)
def test_a_copied_desk_stops_before_it_sends(own: Head, told: Head) -> None:
    desk, server = Desk(waiting=list(OPS), own=own), Server(device_high=told)
    assert engine.run(desk, server) == Round(ended=Ended.ALARM, why="cloned")
    assert (server.log, desk.troubles) == ([], ["wire.cloned"])
