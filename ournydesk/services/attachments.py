"""Documents of a record: sealed here, sent in parts, put together on the desks that read it. Layer: services.

A reader signs for an operation only when it holds every part the operation names, so that no laptop lets go
of a document that is nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ournydesk.clock import Clock
from ournydesk.crypto.attachments import (
    AttachmentKey,
    cut,
    is_part,
    open_attachment,
    seal_attachment,
)
from ournydesk.domain.attachments import MOST_BYTES, MOST_OF_RECORD, BlobId, DocumentCard, Parts
from ournydesk.domain.ids import IntakeId, new_id
from ournydesk.domain.keeping import Documented
from ournydesk.domain.membership import Team, UserId
from ournydesk.domain.operations import RecordId
from ournydesk.domain.oplog import StoredOperation
from ournydesk.domain.record import Payload, decode_payload
from ournydesk.errors import BadInput, ProtocolFault, Refused, Tampered
from ournydesk.ports import OpenVault
from ournydesk.services import publishing, records
from ournydesk.services.membership import identity_of, team_of

LONGEST_NAME: Final = 80
MEGABYTE: Final = 1024 * 1024


def add(intake: IntakeId, name: str, plain: bytes, *, vault: OpenVault, clock: Clock) -> DocumentCard:
    """Seal a checked PDF into a record.

    Raises Refused("refused.consent") before the client agreed, Refused("refused.no_clinic") while there is
    nobody to seal it to, and BadInput for what is too large or one too many.
    """
    if not vault.intakes.row(intake).progress.agreed:
        raise Refused("refused.consent")
    record = RecordId(intake)
    if len(plain) > MOST_BYTES:
        raise BadInput(f"Its pages take more than {MOST_BYTES // MEGABYTE} MB. Scan them smaller.")
    if len(vault.attachments.of_record(record)) >= MOST_OF_RECORD:
        raise BadInput(f"An intake holds at most {MOST_OF_RECORD} documents.")
    identity_of(vault)
    records.seal(intake, vault=vault, clock=clock)
    if vault.keys.newest(record) is None:
        raise Refused("refused.no_clinic")
    blob, key = BlobId(new_id()), AttachmentKey.fresh()
    sealed = seal_attachment(key, team=team_of(vault).id, record=record, blob=blob, plain=plain)
    parts = cut(sealed)
    told = Documented(
        blob=blob,
        name=" ".join(name.split())[:LONGEST_NAME],
        size=len(plain),
        key=key.reveal().hex(),
        parts=tuple(sha256 for sha256, _ in parts),
    )
    with vault.together():
        operation = records.add(record, [told], vault=vault, clock=clock)
        vault.attachments.expect(blob, record, operation.op_id, told.parts)
        for number, (_, content) in enumerate(parts):
            vault.attachments.put(blob, number, content)
            vault.outgoing.mirror_part(blob, number, content)
    return next(card for card in cards(record, vault) if card.blob == blob)


def expect(operation: StoredOperation, payload: Payload, vault: OpenVault) -> None:
    """Wait for the parts of the documents an operation names."""
    for told in payload.writes:
        if isinstance(told, Documented):
            vault.attachments.expect(BlobId(told.blob), operation.header.rec, operation.op_id, told.parts)


def take_part(blob: BlobId, part: int, untrusted: bytes, *, vault: OpenVault) -> None:
    """Keep one part that came. Raises ProtocolFault("wire.fault.part") for other bytes than were named."""
    wanted = vault.attachments.missing(blob).get(part)
    if wanted is None:
        return
    if not is_part(wanted, untrusted):
        raise ProtocolFault("wire.fault.part", part=part)
    vault.attachments.put(blob, part, untrusted)


def cards(record: RecordId, vault: OpenVault) -> tuple[DocumentCard, ...]:
    """The documents of a record, the first added first."""
    here = {one.blob: one for one in vault.attachments.of_record(record)}
    team, names = team_of(vault), publishing.names(vault)
    found = [
        _card(here[BlobId(told.blob)], told, operation, team, names)
        for operation, told in _told(record, vault)
        if BlobId(told.blob) in here
    ]
    return tuple(sorted(found, key=lambda card: (card.at, card.blob)))


def content(record: RecordId, blob: BlobId, vault: OpenVault) -> bytes:
    """The document itself, in memory only.

    Raises Refused("refused.on_its_way") while a part is not here, Tampered for one that does not hold.
    """
    told = next((told for _, told in _told(record, vault) if told.blob == blob), None)
    if told is None:
        raise Refused("refused.purged")
    parts = [vault.attachments.part(blob, number) for number in range(len(told.parts))]
    whole = [part for part in parts if part is not None]
    if len(whole) != len(parts):
        raise Refused("refused.on_its_way", have=len(whole), of=len(parts))
    if not all(is_part(sha256, part) for sha256, part in zip(told.parts, whole, strict=True)):
        raise Tampered(what="attachment")
    return open_attachment(
        AttachmentKey(bytes.fromhex(told.key)),
        team=team_of(vault).id,
        record=record,
        blob=blob,
        size=told.size,
        untrusted=b"".join(whole),
    )


def _told(record: RecordId, vault: OpenVault) -> list[tuple[StoredOperation, Documented]]:
    return [
        (operation, told)
        for operation in vault.operations.of_record(record)
        if operation.payload
        for told in decode_payload(operation.payload).writes
        if isinstance(told, Documented)
    ]


def _card(
    parts: Parts, told: Documented, operation: StoredOperation, team: Team, names: Mapping[UserId, str]
) -> DocumentCard:
    device = team.devices.get(operation.header.dev)
    by = names.get(device.user, "") if device is not None else ""
    return DocumentCard(
        blob=parts.blob,
        name=told.name,
        size=told.size,
        by=by,
        at=operation.arrived_at,
        parts=len(parts.hashes),
        have=parts.have,
        sent=parts.sent,
    )
