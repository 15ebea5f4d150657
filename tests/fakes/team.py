"""A desk's identity, keys and mirror in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ournydesk.crypto.grants import SealingKey
from ournydesk.crypto.operations import RecordKey
from ournydesk.crypto.signing import SigningKey
from ournydesk.domain.attachments import BlobId
from ournydesk.domain.operations import OpId, RecordId
from ournydesk.domain.team import Identity
from ournydesk.errors import Refused


class FakeMembership:
    """``ports.Membership`` in lists."""

    def __init__(self) -> None:
        self._identity: Identity | None = None
        self._entries: list[bytes] = []
        self._confirmed = 0

    def identity(self) -> Identity | None:
        return self._identity

    def adopt(self, identity: Identity) -> None:
        self._identity = identity

    def entries(self) -> tuple[bytes, ...]:
        return tuple(self._entries)

    def extend(self, entries: Sequence[bytes]) -> None:
        self._entries += entries

    def confirmed(self) -> int:
        return self._confirmed

    def confirm(self, entries: int) -> None:
        self._confirmed = entries


class FakeKeyring:
    """``ports.Keyring`` in dictionaries; the first key kept in a place stays."""

    def __init__(self) -> None:
        self._device: dict[str, bytes] = {}
        self._groups: dict[tuple[str, int], bytes] = {}
        self._records: dict[tuple[RecordId, int], bytes] = {}

    def keep_device(self, sign: SigningKey, seal: SealingKey) -> None:
        self._device.setdefault("sign", bytes(sign.reveal()))
        self._device.setdefault("seal", bytes(seal.reveal()))

    def signing(self) -> SigningKey:
        return SigningKey(self._own("sign"))

    def sealing(self) -> SealingKey:
        return SealingKey(self._own("seal"))

    def keep_group(self, group: str, epoch: int, key: SealingKey) -> None:
        self._groups.setdefault((group, epoch), bytes(key.reveal()))

    def group(self, group: str, epoch: int) -> SealingKey | None:
        held = self._groups.get((group, epoch))
        return SealingKey(held) if held else None

    def keep_record(self, record: RecordId, version: int, key: RecordKey) -> None:
        self._records.setdefault((record, version), bytes(key.reveal()))

    def record(self, record: RecordId, version: int) -> RecordKey | None:
        held = self._records.get((record, version))
        return RecordKey(held) if held else None

    def newest(self, record: RecordId) -> tuple[int, RecordKey] | None:
        versions = [version for name, version in self._records if name == record]
        return (max(versions), RecordKey(self._records[record, max(versions)])) if versions else None

    def forget_record(self, record: RecordId) -> None:
        self._records = {place: key for place, key in self._records.items() if place[0] != record}

    def _own(self, name: str) -> bytes:
        if name not in self._device:
            raise Refused("refused.no_team")
        return self._device[name]


class FakeOutgoing:
    """``ports.Outgoing`` in a dictionary."""

    def __init__(self) -> None:
        self.files: dict[OpId, bytes] = {}
        self.parts: dict[tuple[BlobId, int], bytes] = {}

    def mirror(self, op_id: OpId, envelope: bytes) -> None:
        self.files.setdefault(op_id, envelope)

    def remove(self, op_ids: Iterable[OpId]) -> None:
        for op_id in op_ids:
            self.files.pop(op_id, None)

    def names(self) -> frozenset[OpId]:
        return frozenset(self.files)

    def mirror_part(self, blob: BlobId, part: int, content: bytes) -> None:
        self.parts.setdefault((blob, part), content)

    def remove_parts(self, blob: BlobId, parts: Iterable[int]) -> None:
        for part in parts:
            self.parts.pop((blob, part), None)
