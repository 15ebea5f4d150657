"""Sealed documents in memory, as ``ports.Attachments`` promises them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ournydesk.domain.attachments import BlobId, Parts
from ournydesk.domain.operations import OpId, RecordId


@dataclass
class _Kept:
    record: RecordId
    op_id: OpId
    hashes: tuple[str, ...]
    here: dict[int, bytes] = field(default_factory=dict)
    sent: set[int] = field(default_factory=set)


class FakeAttachments:
    """Documents in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[BlobId, _Kept] = {}

    def expect(self, blob: BlobId, record: RecordId, op_id: OpId, hashes: Sequence[str]) -> None:
        self.kept.setdefault(blob, _Kept(record, op_id, tuple(hashes)))

    def put(self, blob: BlobId, part: int, content: bytes) -> None:
        self.kept[blob].here.setdefault(part, content)

    def part(self, blob: BlobId, part: int) -> bytes | None:
        return self.kept[blob].here.get(part) if blob in self.kept else None

    def sent(self, blob: BlobId, parts: Sequence[int]) -> None:
        if blob in self.kept:
            self.kept[blob].sent |= set(parts) & set(range(len(self.kept[blob].hashes)))

    def offer_again(self) -> None:
        for one in self.kept.values():
            one.sent.clear()

    def of_record(self, record: RecordId) -> tuple[Parts, ...]:
        return tuple(one for one in self._all() if one.record == record)

    def wanted(self) -> tuple[Parts, ...]:
        return tuple(one for one in self._all() if not one.whole)

    def waiting(self) -> tuple[Parts, ...]:
        return tuple(one for one in self._all() if self.unsent(one.blob))

    def missing(self, blob: BlobId) -> Mapping[int, str]:
        kept = self.kept.get(blob)
        hashes = enumerate(kept.hashes) if kept is not None else ()
        return {part: sha256 for part, sha256 in hashes if kept is not None and part not in kept.here}

    def unsent(self, blob: BlobId) -> tuple[int, ...]:
        return tuple(sorted(set(self.kept[blob].here) - self.kept[blob].sent))

    def forget(self, record: RecordId) -> None:
        self.kept = {blob: one for blob, one in self.kept.items() if one.record != record}

    def _all(self) -> tuple[Parts, ...]:
        return tuple(
            Parts(
                blob=blob,
                record=one.record,
                op_id=one.op_id,
                hashes=one.hashes,
                have=len(one.here),
                sent=len(one.sent),
            )
            for blob, one in sorted(self.kept.items())
        )
