"""Signing an operation in this desk's name. Layer: services.

Everything that leaves this laptop is made here: the next place in the desk's own chain, a payload
sealed under the record's key, grants for those who may read it, one signature. It is kept in the same
transaction as what it says; its mirror file follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ournydesk.clock import Clock
from ournydesk.crypto.operations import RecordKey, grant_record, grants_hash, seal_operation
from ournydesk.domain.grants import Grant, encode_grants
from ournydesk.domain.membership import Team
from ournydesk.domain.merge import START, next_stamp
from ournydesk.domain.operations import DeviceId, Head, Header, Kind, RecordId
from ournydesk.domain.oplog import Standing, StoredOperation
from ournydesk.domain.record import Payload, Stamp, Write, encode_payload
from ournydesk.domain.team import TEAM
from ournydesk.errors import Refused
from ournydesk.ports import OpenVault
from ournydesk.services.membership import identity_of, team_of
from sync.protocol.chain import start

CLOCK: Final = "clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An operation before it is sealed."""

    record: RecordId
    kind: Kind
    writes: Sequence[Write]
    to: tuple[str, ...]
    """Groups and devices that may pull it; those that hold no key yet are in ``grant_to`` too."""
    grant_to: tuple[str, ...] = ()
    attached: bytes = b""
    after: Stamp = START
    """The latest stamp in the record it is written on top of."""


def write(draft: Draft, *, vault: OpenVault, clock: Clock) -> StoredOperation:
    """Seal, sign and keep one operation; the record's key is made when it has none.

    Called inside ``vault.together()`` when something else has to hold with it; mirror it afterwards.
    Raises Refused("refused.no_team") and Refused("refused.shut_out") for a desk that left the team.
    """
    identity, team = identity_of(vault), team_of(vault)
    version, key = _record_key(vault, draft.record)
    grants = encode_grants(
        tuple(_grant(team, draft.record, version, key, recipient) for recipient in draft.grant_to)
    )
    dseq, dprev = vault.operations.high(identity.device)
    if not team.accepts(identity.device, dseq + 1, draft.kind):
        raise Refused("refused.shut_out", kind=draft.kind.value)
    own = next_stamp(last_stamp(vault), clock.now())
    # Where somebody's clock is far ahead, this desk does not follow it, but for the order in one record.
    stamp = max(own, next_stamp(draft.after, clock.now()))
    payload = encode_payload(Payload(at=stamp, writes=tuple(draft.writes), attached=draft.attached))
    header = Header(
        team=identity.team,
        rec=draft.record,
        kind=draft.kind,
        dev=identity.device,
        dseq=dseq + 1,
        dprev=dprev,
        mhead=team.head,
        rdk=version,
        to=draft.to,
        grants=grants_hash(grants),
        seen=seen_head(vault),
    )
    envelope = seal_operation(header, key, payload, grants, vault.keys.signing())
    operation = StoredOperation(
        op_id=envelope.op_id,
        header=header,
        envelope=envelope.encoded(),
        payload=payload,
        standing=Standing.APPLIED,
        arrived_at=clock.now(),
    )
    with vault.together():
        vault.keys.keep_record(draft.record, version, key)
        vault.operations.add(operation)
        keep_stamp(vault, own)
    return operation


def mirror(operations: Iterable[StoredOperation], vault: OpenVault) -> None:
    """Put what waits beside the vault as files, so that nobody's forgotten words hold it back."""
    for operation in operations:
        vault.outgoing.mirror(operation.op_id, operation.envelope)


def tell_team(writes: Sequence[Write], *, vault: OpenVault, clock: Clock) -> StoredOperation:
    """Sign something about this desk for everybody in the team, in a record named like its person."""
    record = RecordId(identity_of(vault).user)
    first = vault.keys.newest(record) is None
    draft = Draft(
        record=record, kind=Kind.AUDIT, writes=writes, to=(TEAM,), grant_to=(TEAM,) if first else ()
    )
    operation = write(draft, vault=vault, clock=clock)
    mirror([operation], vault)
    return operation


def seen_head(vault: OpenVault) -> Head:
    """The last position of the team's log this desk verified; it travels in every header."""
    cursor = vault.operations.cursor()
    return cursor if cursor.hash else start(identity_of(vault).fingerprint)


def last_stamp(vault: OpenVault) -> Stamp:
    """The latest time this desk wrote or accepted."""
    ms, _, tick = vault.preferences.get(CLOCK, "0.0").partition(".")
    return Stamp(int(ms), int(tick))


def keep_stamp(vault: OpenVault, stamp: Stamp) -> None:
    """Remember it; the clock of a desk never goes back."""
    vault.preferences.set(CLOCK, f"{stamp.ms}.{stamp.tick}")


def _record_key(vault: OpenVault, record: RecordId) -> tuple[int, RecordKey]:
    found = vault.keys.newest(record)
    return found if found is not None else (1, RecordKey.fresh())


def _grant(team: Team, record: RecordId, version: int, key: RecordKey, recipient: str) -> Grant:
    """The record's key for a group in its present epoch, or for one device of the team."""
    group = team.groups.get(recipient)
    if group is not None:
        epoch, public = group.epoch, group.public
    else:
        device = team.devices.get(DeviceId(recipient))
        if device is None or device.last_seq is not None:
            raise Refused("refused.recipient", recipient=recipient)
        epoch, public = 0, device.seal
    return grant_record(
        key, team=team.id, record=record, version=version, to=recipient, epoch=epoch, public=public
    )
