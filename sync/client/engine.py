"""One round with a server or a relay. Layer: sync.client; no thread, no clock, no socket of its own.

The order is always the same: prove who we are, bring both membership logs together, compare the chains,
push, read back. It can be cut after any byte: nothing is counted before it was read back in the verified
chain, and the same round a second time changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from ournydesk.domain.operations import Head, OpId, decode_envelope
from ournydesk.errors import DeskError, ProtocolFault, Refused, Tampered, Unreachable
from sync.client.parts import PartsCarrier
from sync.client.replica import Replica
from sync.client.transport import Answer, Transport
from sync.protocol import chain, paths
from sync.protocol.batches import in_pushes
from sync.protocol.codec import decode, encode
from sync.protocol.faults import read_failure
from sync.protocol.limits import API, MOST_MEMBERS, MOST_PAGE, MOST_PUSH_OPS
from sync.protocol.messages import (
    AddMembers,
    Challenge,
    ChallengeGiven,
    CreateTeam,
    Members,
    OpResult,
    Page,
    PartsHeld,
    Push,
    Pushed,
    State,
    TokenAsked,
    TokenGiven,
)

M = TypeVar("M")
GET: Final = "GET"
POST: Final = "POST"
MOST_TURNS: Final = 10_000
SLICE: Final = 32
"""Entries taken at once: one commit for all of them, and the vault's lane is free for typing in between."""
WAIT_S: Final = 60
"""Until a desk asks again whether others brought back what a restored server lost."""
COME_AGAIN: Final = frozenset((408, 429, 503))
"""Our own server, too busy or waiting too long; nothing was kept and nothing is wrong."""


class Ended(StrEnum):
    """How a round ended."""

    DONE = "done"
    AWAY = "away"
    NOT_OURS = "not_ours"
    SHUT_OUT = "shut_out"
    SLOW_DOWN = "slow_down"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What a round came to."""

    ended: Ended
    pushed: int = 0
    pulled: int = 0
    retry_after_s: int = 0
    why: str = ""


class NotServed(DeskError):
    """The other end answered with a code instead of what was asked. Never leaves this module."""

    code = "wire.refused"

    def __init__(self, answer: Answer, code: str) -> None:
        super().__init__("wire.refused", status=answer.status, why=code)
        self.answer = answer
        self.why = code


class Alarm(DeskError):
    """The chains do not agree: stop, change nothing, tell a person. Never leaves this module."""

    code = "wire.alarm"


class Waiting(DeskError):
    """A restored server waits for what another desk holds. Never leaves this module."""

    code = "wire.waiting"

    def __init__(self, at: int) -> None:
        super().__init__("wire.waiting", at=at)


def run(replica: Replica, transport: Transport) -> Round:
    """One round; being away, shut out or alarmed is a result, not an error."""
    visit = _Visit(replica, transport)
    try:
        visit.log_in()
        visit.meet()
        return Round(ended=Ended.DONE, pushed=visit.sent, pulled=visit.taken)
    except Unreachable as away:
        why = str(away.facts.get("why", ""))
        ended = Ended.NOT_OURS if why in {"not_ours", "tls"} else Ended.AWAY
        return Round(ended=ended, pushed=visit.sent, pulled=visit.taken, why=why)
    except NotServed as refused:
        return _refused(refused)
    except Waiting:
        return Round(ended=Ended.SLOW_DOWN, pushed=visit.sent, retry_after_s=WAIT_S, why="restored")
    except Alarm as alarm:
        replica.trouble(f"wire.{alarm.facts['what']}", str(alarm.facts.get("at", "")))
        return Round(ended=Ended.ALARM, why=str(alarm.facts["what"]))
    except ProtocolFault as fault:
        if fault.code == "wire.fault.fork":
            replica.trouble("wire.fork", str(fault.facts.get("at", "")))
            return Round(ended=Ended.ALARM, why="fork")
        return Round(ended=Ended.NOT_OURS, why=fault.code)


def create_team(entries: tuple[bytes, ...], transport: Transport, token: str) -> None:
    """Bring a team to a server with the operator's token. Raises Unreachable, Refused("refused.token")."""
    message = CreateTeam(token=token, entries=entries)
    answer = transport.send(POST, paths.TEAMS, encode(message))
    if answer.status != 201:
        raise Refused("refused.token", why=_code(answer))


class _Visit:
    """The state of one round: a token, and counts."""

    def __init__(self, replica: Replica, transport: Transport) -> None:
        self._replica = replica
        self._transport = transport
        self._token = ""
        self.sent = 0
        self.taken = 0

    def log_in(self) -> None:
        """A token for this desk's signature."""
        device = self._replica.device()
        given = self._post(paths.CHALLENGE, Challenge(device=device), ChallengeGiven)
        signature = self._replica.sign_login(self._transport.host, given.nonce)
        asked = TokenAsked(device=device, nonce=given.nonce, signature=signature)
        self._token = self._post(paths.TOKEN, asked, TokenGiven).token

    def meet(self) -> None:
        """Everything after the login."""
        self._replica.seal_all()
        state = self._get(paths.STATE, State)
        if not state.api_min <= API <= state.api_max:
            raise Alarm(what="version")
        state = self._meet_members(state)
        if state.numbered:
            self._compare(state)
            self._exchange()
        else:
            self._exchange_mail(state.server)

    # -- members ------------------------------------------------------------------------------------

    def _meet_members(self, state: State) -> State:
        here = self._replica.members()
        common = min(len(here), state.members)
        if state.members == common and state.member_hash != self._replica.member_hash(common):
            raise Alarm(what="fork", at=common)
        known = len(here)
        for _ in range(MOST_TURNS):
            if state.members <= known:
                break
            told = self._get(f"{paths.MEMBERS}?since={known}", Members)
            if not told.entries:
                raise ProtocolFault("wire.fault.message", why="members")
            self._take_members(told.entries, known)
            known += len(told.entries)
        for start in range(state.members, len(here), MOST_MEMBERS):
            entries = here[start : start + MOST_MEMBERS]
            try:
                state = self._post(paths.MEMBERS, AddMembers(entries=entries), State)
            except NotServed as refused:
                if refused.why == "member_race":
                    raise Alarm(what="member_race", at=start) from refused
                raise
        return state

    def _take_members(self, entries: Sequence[bytes], known: int) -> None:
        try:
            self._replica.take_members(entries)
        except (ProtocolFault, Refused, Tampered) as error:
            # No honest server keeps an entry that does not follow, or that its signers may not make.
            raise Alarm(what="fork", at=known) from error

    # -- the numbered log ---------------------------------------------------------------------------

    def _compare(self, state: State) -> None:
        """Whether the server still has what it had. Raises Alarm where it tells another story."""
        cursor, own = self._replica.cursor(), self._replica.own_high()
        if state.device_high.at > own.at:
            raise Alarm(what="cloned", at=state.device_high.at)
        same = state.device_high.at < own.at or state.device_high.hash == own.hash or own.at == 0
        if not same:
            raise Alarm(what="cloned", at=own.at)
        lost = state.device_high.at < self._replica.acknowledged() or state.head.at < cursor.at
        if lost:
            self._find_common(state)
        elif state.head.at == cursor.at and cursor.at and state.head.hash != cursor.hash:
            raise Alarm(what="fork", at=cursor.at)

    def _find_common(self, state: State) -> None:
        """The server lost something: go back to where both agree, and offer again what came after."""
        mine = self._replica.chain()
        same, other = 0, min(len(mine), state.head.at) + 1
        while other - same > 1:
            middle = (same + other) // 2
            page = self._page(middle - 1, 1)
            if [entry.op_id for entry in page.entries] == [mine[middle - 1][1]]:
                same = middle
            else:
                other = middle
        if same == 0 and mine and state.head.at > 0:
            raise Alarm(what="fork", at=1)
        self._replica.trouble("wire.restored", str(same))
        if same == state.head.at:
            # Nobody went on from there yet. The log is put back as it was, so that it stays the one that
            # every other desk has verified; what is told of documents is told anew.
            self._replica.go_back(self._replica.cursor())
            same = self._continue(mine, same)
        if same < len(mine):
            # Whether everything before is the same, too, is found out by the chain when it is read from here.
            self._replica.go_back(chain.follow(self._start(), mine[:same]))

    def _continue(self, mine: Sequence[tuple[int, OpId]], same: int) -> int:
        """Offer a log's continuation in its own order; up to which position the server has it now.

        Raises Waiting where only other desks hold what comes next: they bring it, and this desk goes on.
        """
        at = same
        while at < len(mine):
            names = [name for _, name in mine[at : at + MOST_PUSH_OPS]]
            batch = next(in_pushes(self._replica.held(names)), ())
            if not batch:
                raise Waiting(at=at)
            before = at
            for result in self._push(list(batch)):
                if result.op_id not in names:
                    continue  # refused before, and refused again: its place is taken up
                if result.n != at + 1:
                    return at
                at += 1
            if at == before:
                return at
        return at

    def _start(self) -> Head:
        """The chain before its first position: the hash of the team's fingerprint."""
        return chain.start(self._replica.member_hash(1))

    def _exchange(self) -> None:
        tried: set[OpId] = set()
        self._pull()
        self._read_again()
        for _ in range(MOST_TURNS):
            before = len(tried)
            self._offer(tried)
            if len(tried) == before and not self._carry_parts(numbered=True):
                return

    def _offer(self, tried: set[OpId]) -> None:
        """Everything that waits and was not tried in this round, once, whatever of it cannot go now."""
        behind: OpId | None = None
        while waiting := self._replica.outbox(behind):
            behind = waiting[-1][0]
            batch = [(name, op) for name, op in waiting if name not in tried]
            if batch:
                tried |= {name for name, _ in batch}
                self._replica.pushed(self._push([op for _, op in batch]))
                self._pull()

    def _pull(self) -> None:
        for _ in range(MOST_TURNS):
            cursor = self._replica.cursor()
            here = cursor if cursor.hash else self._start()
            page = self._page(here.at)
            head = self._follow(here, page)
            if head.at == page.head.at and head.hash != page.head.hash:
                raise Alarm(what="fork", at=head.at)
            for entry in page.entries:
                self._check_name(entry.op_id, entry.op)
            for start in range(0, len(page.entries), SLICE):
                some = page.entries[start : start + SLICE]
                here = chain.follow(here, ((entry.n, entry.op_id) for entry in some))
                self._replica.take_page(some, here)
                self.taken += sum(entry.op is not None for entry in some)
            if not page.more or not page.entries:
                return

    def _read_again(self) -> None:
        """What went by before this desk was a reader of it; it must be the log that went by."""
        after = self._replica.again()
        known = self._replica.chain() if after is not None else ()
        while after is not None and after < len(known):
            page = self._page(after)
            entries = [entry for entry in page.entries if entry.n <= len(known)]
            told = tuple((entry.n, entry.op_id) for entry in entries)
            if not told or told != known[after : after + len(told)]:
                raise Alarm(what="fork", at=after)
            for entry in entries:
                self._check_name(entry.op_id, entry.op)
            self._replica.take_again(entries)
            self.taken += sum(entry.op is not None for entry in entries)
            after = entries[-1].n

    @staticmethod
    def _follow(here: Head, page: Page) -> Head:
        try:
            return chain.follow(here, ((entry.n, entry.op_id) for entry in page.entries))
        except ProtocolFault as fault:  # a gap or a repeat: something was left out, or told twice
            raise Alarm(what="fork", at=here.at) from fault

    @staticmethod
    def _check_name(op_id: OpId, op: bytes | None) -> None:
        try:
            same = op is None or decode_envelope(op).op_id == op_id
        except ProtocolFault:  # bytes that are no operation have no name
            same = False
        if not same:
            raise Alarm(what="fork", at=op_id[:8])

    def _page(self, after: int, most: int = MOST_PAGE) -> Page:
        page = self._get(f"{paths.PULL}?after={after}&limit={most}", Page)
        if page.since != after:
            raise ProtocolFault("wire.fault.message", why="since")
        return page

    # -- a relay ------------------------------------------------------------------------------------

    def _exchange_mail(self, server: str) -> None:
        for _ in range(MOST_TURNS):
            read = self._read_mail(server)
            batch = self._replica.mail(server)
            if batch:
                self._replica.carried(server, self._push([op for _, op in batch]))
            elif not read and not self._carry_parts(numbered=False):
                return

    def _read_mail(self, server: str) -> bool:
        after = self._replica.mailbox(server)
        page = self._page(after)
        if not page.entries:
            return False
        ops = [entry.op for entry in page.entries if entry.op is not None]
        self._replica.take_mail(server, ops, page.entries[-1].n)
        self.taken += len(ops)
        return True

    # -- documents ----------------------------------------------------------------------------------

    def _carry_parts(self, *, numbered: bool) -> bool:
        """Send and fetch parts of documents; whether one came, which may leave something to sign."""
        parts = PartsCarrier(
            self._replica,
            self._transport,
            self._token,
            lambda address: self._get(address, PartsHeld),
            lambda answer: NotServed(answer, _code(answer)),
        )
        parts.send(numbered=numbered)
        return parts.fetch(numbered=numbered) > 0

    # -- asking -------------------------------------------------------------------------------------

    def _push(self, ops: list[bytes]) -> tuple[OpResult, ...]:
        pushed = self._post(paths.PUSH, Push(ops=tuple(ops)), Pushed)
        if len(pushed.results) != len(ops):
            raise ProtocolFault("wire.fault.message", why="results")
        self.sent += sum(result.said == "ok" for result in pushed.results)
        return pushed.results

    def _get(self, path: str, kind: type[M]) -> M:
        return self._read(self._transport.send(GET, path, b"", self._token), kind)

    def _post(self, path: str, message: object, kind: type[M]) -> M:
        return self._read(self._transport.send(POST, path, encode(message), self._token), kind)

    def _read(self, answer: Answer, kind: type[M]) -> M:
        if answer.status != 200:
            raise NotServed(answer, _code(answer))
        return decode(kind, answer.body)


def _refused(refused: NotServed) -> Round:
    if refused.why == "shut_out":
        return Round(ended=Ended.SHUT_OUT, why=refused.why)
    if refused.answer.status in COME_AGAIN:
        return Round(ended=Ended.SLOW_DOWN, retry_after_s=refused.answer.retry_after_s, why=refused.why)
    return Round(ended=Ended.NOT_OURS, why=refused.why)


def _code(answer: Answer) -> str:
    try:
        return read_failure(answer.body).code
    except ProtocolFault:
        return str(answer.status)
