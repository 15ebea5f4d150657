"""What the services ask for where a record has documents. Layer: ports, Protocols only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ournydesk.domain.attachments import BlobId, Parts
    from ournydesk.domain.operations import OpId, RecordId


class Attachments(Protocol):
    """Sealed documents of records, in the parts they travel in."""

    def expect(self, blob: BlobId, record: RecordId, op_id: OpId, hashes: Sequence[str]) -> None:
        """A document that an operation names; the same one again changes nothing."""
        ...

    def put(self, blob: BlobId, part: int, content: bytes) -> None:
        """Keep a part that was held against its hash; what is here already stays."""
        ...

    def part(self, blob: BlobId, part: int) -> bytes | None:
        """One part, None while it is not here."""
        ...

    def sent(self, blob: BlobId, parts: Sequence[int]) -> None:
        """The server has these."""
        ...

    def offer_again(self) -> None:
        """The server was restored from a backup: nobody knows what it has."""
        ...

    def of_record(self, record: RecordId) -> tuple[Parts, ...]:
        """The documents of a record, by blob."""
        ...

    def wanted(self) -> tuple[Parts, ...]:
        """Documents of which a part is not here."""
        ...

    def waiting(self) -> tuple[Parts, ...]:
        """Documents of which a part that is here was not seen on the server."""
        ...

    def missing(self, blob: BlobId) -> Mapping[int, str]:
        """The parts that are not here, with their hashes."""
        ...

    def unsent(self, blob: BlobId) -> tuple[int, ...]:
        """The parts that are here and were not seen on the server."""
        ...

    def forget(self, record: RecordId) -> None:
        """Drop the documents of a record."""
        ...
