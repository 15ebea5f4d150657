"""What the engine asks of the desk it syncs for. Layer: sync.client; a Protocol.

The desk answers on the lane that owns its vault, the engine runs on the wire's. Every method is one short
transaction: whatever is cut between two of them, the next round goes on from there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ournydesk.domain.attachments import BlobId
from ournydesk.domain.operations import DeviceId, Head, OpId
from sync.protocol.messages import LogEntry, OpResult


class Replica(Protocol):
    """One desk's copy of its team."""

    def device(self) -> DeviceId:
        """Which desk this is."""
        ...

    def sign_login(self, host: str, nonce: bytes) -> bytes:
        """The login's signature over host, device and nonce."""
        ...

    def seal_all(self) -> None:
        """Turn everything typed so far into operations."""
        ...

    def members(self) -> tuple[bytes, ...]:
        """The membership log here."""
        ...

    def member_hash(self, count: int) -> str:
        """Hash of the last of the first ``count`` entries here."""
        ...

    def take_members(self, entries: Sequence[bytes]) -> None:
        """Verify and keep entries that follow. Raises ProtocolFault("wire.fault.fork")."""
        ...

    def cursor(self) -> Head:
        """The last verified position of the team's log."""
        ...

    def chain(self) -> tuple[tuple[int, OpId], ...]:
        """The whole verified chain."""
        ...

    def acknowledged(self) -> int:
        """The last place of this desk's own chain that was re-read in the verified log; 0 for none."""
        ...

    def own_high(self) -> Head:
        """The end of this desk's own chain: place and operation."""
        ...

    def outbox(self, behind: OpId | None = None) -> tuple[tuple[OpId, bytes], ...]:
        """What no server has numbered, as much as one push may hold, in order; begins to be *sending*.

        ``behind``: only what comes after this one in that order, so that what cannot go now blocks nothing.
        """
        ...

    def held(self, names: Sequence[OpId]) -> tuple[bytes, ...]:
        """The bytes of these operations as they travel, up to the first that is not here.

        Before each comes what its device signed right before it and a server refused: those take up their
        places, and a server that lost its log has to refuse them again.
        """
        ...

    def mail(self, server: str) -> tuple[tuple[OpId, bytes], ...]:
        """What this relay was not given yet, as much as one push may hold."""
        ...

    def pushed(self, results: Sequence[OpResult]) -> None:
        """What a server said of what was sent.

        Only a refusal changes anything, and a gap where one was refused that the server knows no more:
        it is offered again. A number counts when it is read back.
        """
        ...

    def carried(self, server: str, results: Sequence[OpResult]) -> None:
        """A relay has these."""
        ...

    def take_page(self, entries: Sequence[LogEntry], head: Head) -> None:
        """Positions of the verified chain, and the operations that are for this desk."""
        ...

    def again(self) -> int | None:
        """Behind which verified position the log has to be read once more, None when it need not be.

        A desk that has come into a group reads what went by before without its bytes.
        """
        ...

    def take_again(self, entries: Sequence[LogEntry]) -> None:
        """Known positions with the operations that are for this desk now; the cursor stays."""
        ...

    def mailbox(self, server: str) -> int:
        """How far this relay's arrivals were read."""
        ...

    def take_mail(self, server: str, ops: Sequence[bytes], through: int) -> None:
        """Operations a relay brought, up to this arrival."""
        ...

    def go_back(self, head: Head) -> None:
        """The server was restored from a backup that ends here: offer it again what came after."""
        ...

    def parts_to_send(self) -> tuple[tuple[BlobId, tuple[int, ...]], ...]:
        """Documents with the parts that are here and were not seen on the server."""
        ...

    def parts_to_fetch(self) -> tuple[tuple[BlobId, tuple[int, ...]], ...]:
        """Documents with the parts that are not here."""
        ...

    def part(self, blob: BlobId, part: int) -> bytes:
        """One part that is here, empty for one that is not any more."""
        ...

    def parts_sent(self, blob: BlobId, parts: Sequence[int]) -> None:
        """The server has these."""
        ...

    def take_part(self, blob: BlobId, part: int, content: bytes) -> None:
        """One part that came. Raises ProtocolFault("wire.fault.part") for other bytes than were named."""
        ...

    def trouble(self, code: str, about: str) -> None:
        """Say that a person has to look."""
        ...
