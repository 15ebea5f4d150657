"""This desk's copy of its team, as the sync engine asks for it. Layer: services.

Every method is called on the lane that owns the vault and is one short piece of work; the engine on the
other lane waits for it and never the other way round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ournydesk.clock import Clock
from ournydesk.crypto.signing import Label
from ournydesk.domain.attachments import BlobId
from ournydesk.domain.membership import decode_entry
from ournydesk.domain.operations import DeviceId, Head, OpId
from ournydesk.domain.oplog import Standing, StoredOperation
from ournydesk.ports import OpenVault
from ournydesk.services import attachments, membership, purging, receiving, records, troubles, whereabouts
from sync.protocol.limits import MOST_PUSH_BYTES, MOST_PUSH_OPS
from sync.protocol.messages import LogEntry, OpResult

MAILBOX: Final = "mailbox."


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamReplica:
    """``sync.client.replica.Replica`` on an open vault."""

    vault: OpenVault
    clock: Clock

    def device(self) -> DeviceId:
        """Which desk this is."""
        return membership.identity_of(self.vault).device

    def sign_login(self, host: str, nonce: bytes) -> bytes:
        """The login's signature."""
        parts = (host.encode("utf-8"), self.device().encode("ascii"), nonce)
        return self.vault.keys.signing().sign(Label.AUTHENTICATION, *parts)

    def seal_all(self) -> None:
        """Turn everything typed so far into operations."""
        records.seal_all(vault=self.vault, clock=self.clock)

    def members(self) -> tuple[bytes, ...]:
        """The membership log here."""
        return self.vault.membership.entries()

    def member_hash(self, count: int) -> str:
        """Hash of the last of the first ``count`` entries."""
        return decode_entry(self.vault.membership.entries()[count - 1]).hash if count else ""

    def take_members(self, entries: Sequence[bytes]) -> None:
        """Verify and keep entries that follow; what waited for them is looked at again."""
        receiving.take_members(entries, vault=self.vault, clock=self.clock)

    def cursor(self) -> Head:
        """The last verified position."""
        return self.vault.operations.cursor()

    def chain(self) -> tuple[tuple[int, OpId], ...]:
        """The whole verified chain."""
        return self.vault.operations.numbered(0)

    def acknowledged(self) -> int:
        """The last place of this desk's own chain that was re-read in the verified log."""
        return self.vault.operations.acknowledged(self.device())

    def own_high(self) -> Head:
        """The end of this desk's own chain."""
        return Head(*self.vault.operations.high(self.device()))

    def outbox(self, behind: OpId | None = None) -> tuple[tuple[OpId, bytes], ...]:
        """What no server has numbered yet, as much as one push may hold."""
        waiting = self.vault.operations.outbox(MOST_PUSH_OPS, MOST_PUSH_BYTES, behind=behind)
        self.vault.operations.offered([operation.op_id for operation in waiting], self.clock.now())
        return tuple((operation.op_id, operation.envelope) for operation in waiting)

    def held(self, names: Sequence[OpId]) -> tuple[bytes, ...]:
        """The sealed bytes of these, up to the first that is not here: for a server that lost them.

        What was refused right before one of them goes with it, so that its place is taken up again.
        """
        found: list[bytes] = []
        for name in names:
            operation = self.vault.operations.get(name)
            if operation is None or not operation.envelope:
                break
            found += (*self._refused_before(operation), operation.envelope)
        return tuple(found)

    def _refused_before(self, operation: StoredOperation) -> tuple[bytes, ...]:
        """What its device signed right before it and a server refused, the earliest first."""
        found: list[bytes] = []
        before = self.vault.operations.get(operation.header.dprev)
        while before is not None and before.standing is Standing.REFUSED and before.envelope:
            found.append(before.envelope)
            before = self.vault.operations.get(before.header.dprev)
        return tuple(reversed(found))

    def mail(self, server: str) -> tuple[tuple[OpId, bytes], ...]:
        """What this relay was not given yet."""
        fresh = self.vault.operations.outbox(MOST_PUSH_OPS, MOST_PUSH_BYTES, box=server)
        self.vault.operations.offered([operation.op_id for operation in fresh], self.clock.now())
        return tuple((operation.op_id, operation.envelope) for operation in fresh)

    def pushed(self, results: Sequence[OpResult]) -> None:
        """Only a refusal changes anything; the operation stays, and a person is told.

        A gap where a refused one stands means that the server knows no more of its refusal: it was
        restored, or learnt only since then to count refused places. That one is offered once more.
        """
        for result in results:
            if result.said == "gap":
                self._offer_refused(result)
            elif result.said == "no":
                self.vault.operations.settle(result.op_id, Standing.REFUSED, result.code)
                troubles.tell("wire.refused", result.code, vault=self.vault, clock=self.clock)

    def _offer_refused(self, gap: OpResult) -> None:
        asked = self.vault.operations.get(gap.op_id)
        if asked is None:
            return
        for one in self.vault.operations.with_standing(Standing.REFUSED):
            if (one.header.dev, one.header.dseq) == (asked.header.dev, gap.expect):
                self.vault.operations.settle(one.op_id, whereabouts.before_refusal(one, self.device()))

    def carried(self, server: str, results: Sequence[OpResult]) -> None:
        """A relay has these."""
        taken = [result.op_id for result in results if result.said in {"ok", "dup"}]
        with self.vault.together():
            self.vault.operations.carried(taken, self.clock.now())
            self.vault.operations.given(server, taken)

    def take_page(self, entries: Sequence[LogEntry], head: Head) -> None:
        """Take in what is for this desk and go forward, in one transaction: cut in it, all comes again."""
        operations = [entry.op for entry in entries if entry.op is not None]
        with self.vault.together():
            receiving.take(operations, carried=False, vault=self.vault, clock=self.clock)
            self.vault.operations.follow([(entry.n, entry.op_id) for entry in entries], head)
        self.vault.outgoing.remove([entry.op_id for entry in entries])
        purging.purge_received(vault=self.vault, clock=self.clock)

    def again(self) -> int | None:
        """Behind which position the log has to be read once more."""
        return receiving.again(self.vault)

    def take_again(self, entries: Sequence[LogEntry]) -> None:
        """What was read once more."""
        operations = [entry.op for entry in entries if entry.op is not None]
        receiving.take_again(operations, entries[-1].n, vault=self.vault, clock=self.clock)

    def mailbox(self, server: str) -> int:
        """How far this relay's arrivals were read."""
        return int(self.vault.preferences.get(MAILBOX + server, "0"))

    def take_mail(self, server: str, ops: Sequence[bytes], through: int) -> None:
        """Operations a relay brought."""
        receiving.take(ops, carried=True, vault=self.vault, clock=self.clock)
        self.vault.preferences.set(MAILBOX + server, str(through))

    def go_back(self, head: Head) -> None:
        """The server was restored: what came after is offered again, by everyone who holds it."""
        with self.vault.together():
            self.vault.operations.unnumber(head.at, head)
            self.vault.attachments.offer_again()

    def parts_to_send(self) -> tuple[tuple[BlobId, tuple[int, ...]], ...]:
        """Documents with the parts that are here and were not seen on the server."""
        waiting = self.vault.attachments.waiting()
        return tuple((one.blob, self.vault.attachments.unsent(one.blob)) for one in waiting)

    def parts_to_fetch(self) -> tuple[tuple[BlobId, tuple[int, ...]], ...]:
        """Documents with the parts that are not here."""
        wanted = self.vault.attachments.wanted()
        return tuple((one.blob, tuple(self.vault.attachments.missing(one.blob))) for one in wanted)

    def part(self, blob: BlobId, part: int) -> bytes:
        """One part that is here; nothing for one that was purged meanwhile."""
        return self.vault.attachments.part(blob, part) or b""

    def parts_sent(self, blob: BlobId, parts: Sequence[int]) -> None:
        """The server has these."""
        self.vault.attachments.sent(blob, parts)
        self.vault.outgoing.remove_parts(blob, parts)

    def take_part(self, blob: BlobId, part: int, content: bytes) -> None:
        """One part that came; the last one lets a reader sign."""
        attachments.take_part(blob, part, content, vault=self.vault)
        if not self.vault.attachments.missing(blob):
            receiving.acknowledge(vault=self.vault, clock=self.clock)

    def trouble(self, code: str, about: str) -> None:
        """Say that a person has to look."""
        troubles.tell(code, about, vault=self.vault, clock=self.clock)
