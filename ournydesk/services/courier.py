r"""Operations on a stick: sealed and signed already, so any hand may carry them. Layer: services.

::

    courier file = "ourny-cf\x01" ‖ { kind (1 byte) ‖ length (4 bytes) ‖ bytes } … ‖ "z" ‖ SHA-256 of it all
    kind = "m" for an entry of the team's log, "o" for an operation, "p" for a part of a document:
           its blob's id (16 bytes) ‖ number (1 byte) ‖ the part

The checksum tells a torn copy from a whole one; what is inside is believed for its signatures only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from ournydesk.clock import Clock
from ournydesk.domain.attachments import BlobId
from ournydesk.domain.oplog import Standing, StoredOperation
from ournydesk.errors import BadInput, ProtocolFault
from ournydesk.ports import OpenVault
from ournydesk.services import receiving
from ournydesk.services.attachments import take_part
from ournydesk.services.membership import team_of
from ournydesk.services.records import seal_all

MAGIC: Final = b"ourny-cf\x01"
MEMBER: Final = b"m"
OPERATION: Final = b"o"
PART: Final = b"p"
END: Final = b"z"
MOST_FILE: Final = 512 * 1024 * 1024
MOST_OPS: Final = 100_000
MIRRORED: Final = ".op"
MIRRORED_PART: Final = ".part"


def pack(*, vault: OpenVault, clock: Clock) -> tuple[bytes, tuple[StoredOperation, ...]]:
    """Everything that no server has yet, and the team's log, as one file's bytes.

    What a server refused goes with it: a stick is its way out.
    """
    seal_all(vault=vault, clock=clock)
    team_of(vault)
    refused = (one for one in vault.operations.with_standing(Standing.REFUSED) if one.envelope)
    waiting = (*vault.operations.outbox(MOST_OPS, MOST_FILE), *refused)
    parts = [MAGIC]
    parts += [_part(MEMBER, entry) for entry in vault.membership.entries()]
    parts += [_part(OPERATION, operation.envelope) for operation in waiting]
    parts += _documents(vault, MOST_FILE // 2 - sum(len(part) for part in parts))
    parts.append(END)
    body = b"".join(parts)
    return body + hashlib.sha256(body).digest(), waiting


def handed_on(operations: tuple[StoredOperation, ...], *, vault: OpenVault, clock: Clock) -> None:
    """The file is whole on the stick: what is in it counts as carried."""
    vault.operations.carried([operation.op_id for operation in operations], clock.now())


def unpack(untrusted: bytes, *, vault: OpenVault, clock: Clock) -> tuple[StoredOperation, ...]:
    """Take in a courier file; the operations that were new here.

    Raises BadInput for a file that is not one, or is not whole: then nothing of it was taken.
    """
    members, operations = split(untrusted)
    taken = _take(members, operations, vault=vault, clock=clock)
    for blob, number, content in _pieces(untrusted):
        if number in vault.attachments.missing(blob):
            with suppress(ProtocolFault):
                take_part(blob, number, content, vault=vault)
    receiving.acknowledge(vault=vault, clock=clock)
    return taken


def unpack_folder(folder: Path, *, vault: OpenVault, clock: Clock) -> tuple[StoredOperation, ...]:
    """Take in the ``outgoing`` folder of another vault, whose passphrase nobody needs."""
    files = sorted(folder.glob(f"*{MIRRORED}"))
    if not files:
        raise BadInput(f"{folder.name} holds no sealed operations. Choose a vault's folder “outgoing”.")
    taken = _take([], [path.read_bytes() for path in files], vault=vault, clock=clock)
    for path in sorted(folder.glob(f"*{MIRRORED_PART}")):
        blob, _, number = path.stem.partition(".")
        if number.isdecimal() and int(number) in vault.attachments.missing(BlobId(blob)):
            with suppress(ProtocolFault):  # a torn one holds back no other
                take_part(BlobId(blob), int(number), path.read_bytes(), vault=vault)
    receiving.acknowledge(vault=vault, clock=clock)
    return taken


def _take(
    members: list[bytes], operations: list[bytes], *, vault: OpenVault, clock: Clock
) -> tuple[StoredOperation, ...]:
    if members:
        receiving.take_members(members, vault=vault, clock=clock)
    taken: list[StoredOperation] = []
    for content in operations:
        try:
            taken += receiving.take([content], carried=True, vault=vault, clock=clock)
        except ProtocolFault:
            # One torn mirror file must not hold back the others; the bytes stay where they are.
            continue
    return tuple(taken)


def _part(kind: bytes, content: bytes) -> bytes:
    return kind + len(content).to_bytes(4, "big") + content


def split(untrusted: bytes) -> tuple[list[bytes], list[bytes]]:
    """The entries of the team's log and the operations a file holds, nothing of them believed yet.

    Raises BadInput for a file that is not one, or is not whole.
    """
    if not untrusted.startswith(MAGIC):
        raise BadInput("This is not a courier file.")
    body, checksum = untrusted[:-32], untrusted[-32:]
    if len(untrusted) > MOST_FILE or hashlib.sha256(body).digest() != checksum:
        raise BadInput("This courier file is torn or was changed. Write it again on the desk it came from.")
    found: dict[bytes, list[bytes]] = {MEMBER: [], OPERATION: [], PART: []}
    for kind, content in _parts(body):
        found[kind].append(content)
    return found[MEMBER], found[OPERATION]


def _documents(vault: OpenVault, room: int) -> Iterator[bytes]:
    """Parts of documents the server has not; as many as the file has room for."""
    for one in vault.attachments.waiting():
        for number in vault.attachments.unsent(one.blob):
            content = vault.attachments.part(one.blob, number) or b""
            room -= len(content)
            if room < 0:
                return
            yield _part(PART, bytes.fromhex(one.blob) + bytes((number,)) + content)


def _pieces(checked: bytes) -> Iterator[tuple[BlobId, int, bytes]]:
    for kind, content in _parts(checked[:-32]):
        if kind == PART and len(content) > 17:
            yield BlobId(content[:16].hex()), content[16], content[17:]


def _parts(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(MAGIC)
    while body[at : at + 1] in (MEMBER, OPERATION, PART):
        length = int.from_bytes(body[at + 1 : at + 5], "big")
        content = body[at + 5 : at + 5 + length]
        if len(content) != length:
            break
        yield body[at : at + 1], content
        at += 5 + length
    if body[at:] != END:
        raise BadInput("This courier file is torn or was changed. Write it again on the desk it came from.")
