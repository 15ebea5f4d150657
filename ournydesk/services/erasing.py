"""Erasing a record on every desk: the client took the consent back, or its time is over. Layer: services.

A coordinator signs it, with a reason. Every desk drops the record's key, what was said, its documents and
what was sealed; the names of its operations stay, so that every chain still verifies. What others wrote
meanwhile without knowing is set aside and never shown.
"""

from __future__ import annotations

from ournydesk.clock import Clock
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.keeping import Erased, EraseReason
from ournydesk.domain.operations import DeviceId, Kind, RecordId
from ournydesk.domain.oplog import StoredOperation
from ournydesk.domain.record import Lent, Payload, decode_payload
from ournydesk.errors import ProtocolFault, Refused
from ournydesk.ports import OpenVault
from ournydesk.services import purging, records
from ournydesk.services.membership import identity_of, team_of


def erase(name: RecordId, reason: EraseReason, *, vault: OpenVault, clock: Clock) -> StoredOperation:
    """Sign that a record is erased everywhere, and erase it here. There is no way back.

    Raises Refused("refused.erase") for anybody but a coordinator who reads the record.
    """
    identity, team = identity_of(vault), team_of(vault)
    dseq, _ = vault.operations.high(identity.device)
    if not team.accepts(identity.device, dseq + 1, Kind.ERASE) or vault.keys.newest(name) is None:
        raise Refused("refused.erase")
    records.seal(IntakeId(name), vault=vault, clock=clock)
    with vault.together():
        # The server drops the grants of everything before: who had not read those opens this by itself.
        groups, holders = records.recipients(vault, name), _holders(name, vault)
        operation = records.add(
            name,
            [Erased(reason=reason)],
            vault=vault,
            clock=clock,
            kind=Kind.ERASE,
            also_to=holders,
            grant_to=(*groups, *holders),
        )
        _forget(name, operation, vault=vault, clock=clock)
    return operation


def take(operation: StoredOperation, payload: Payload, *, vault: OpenVault, clock: Clock) -> None:
    """A coordinator erased a record. Raises ProtocolFault("wire.fault.operation") where nothing says so."""
    if not any(isinstance(told, Erased) for told in payload.writes):
        raise ProtocolFault("wire.fault.operation", why="erased")
    _forget(operation.header.rec, operation, vault=vault, clock=clock)


def erased(name: RecordId, vault: OpenVault) -> bool:
    """Whether a record was erased: nothing more is taken in of it."""
    return any(operation.header.kind is Kind.ERASE for operation in vault.operations.of_record(name))


def _forget(name: RecordId, operation: StoredOperation, *, vault: OpenVault, clock: Clock) -> None:
    try:
        vault.intakes.row(IntakeId(name))
    except Refused:  # it never came here
        vault.keys.forget_record(name)
        vault.operations.forget_payloads(name)
        return
    purging.purge(IntakeId(name), vault=vault, clock=clock)
    # The order to erase is still to be carried; what it ends is not.
    vault.outgoing.mirror(operation.op_id, operation.envelope)


def _holders(name: RecordId, vault: OpenVault) -> tuple[str, ...]:
    """Desks that hold the record's key by themselves: who wrote in it, and whom it was lent to."""
    own, team = identity_of(vault).device, team_of(vault)
    found: set[DeviceId] = set()
    for operation in vault.operations.of_record(name):
        found.add(operation.header.dev)
        if operation.payload:
            writes = decode_payload(operation.payload).writes
            found |= {told.device for told in writes if isinstance(told, Lent)}
    return tuple(sorted(one for one in found if one != own and team.active(one)))
