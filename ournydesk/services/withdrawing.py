"""The client takes the yes back: who has the answers already, and telling them. Layer: services.

Nothing that was sealed can be called back: whoever has a key reads. What can be done is to say so in the
record, which reaches everyone who reads it, and to list who that is, so that each can be asked to delete.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from ournydesk.clock import Clock
from ournydesk.domain.grants import decode_grants
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.intake import Status
from ournydesk.domain.membership import Team
from ournydesk.domain.operations import DeviceId, Kind, RecordId, decode_envelope
from ournydesk.domain.oplog import StoredOperation
from ournydesk.domain.record import Noted, decode_payload
from ournydesk.domain.withdrawal import Holder, Way, Withdrawal
from ournydesk.ports import OpenVault
from ournydesk.services import publishing, records
from ournydesk.services.exposure import groups_of
from ournydesk.services.membership import identity_of, team_of

WORDS: Final = (
    "The client took the consent back. Do not use these answers; a coordinator says what is to be deleted."
)


def who_has(intake: IntakeId, *, vault: OpenVault) -> Withdrawal:
    """Who has a record by now. Raises Refused("refused.unknown_intake")."""
    row, name = vault.intakes.row(intake), RecordId(intake)
    operations = vault.operations.of_record(name)
    known = vault.membership.identity()
    if not operations or known is None or not known.member:
        return Withdrawal(record=name, ticket=row.head.ticket, status=Status.ON_THIS_LAPTOP)
    return Withdrawal(
        record=name,
        ticket=row.head.ticket,
        status=row.status,
        sealed=True,
        holders=tuple(_holders(operations, vault)),
        told=any(_says_so(one) for one in operations),
    )


def take_back(intake: IntakeId, *, vault: OpenVault, clock: Clock) -> Withdrawal:
    """Tell everyone who reads the record that the client took the consent back, and list them.

    Raises Refused("refused.purged") where this laptop let go of the record: then each has to be told by
    a person.
    """
    found = who_has(intake, vault=vault)
    if not found.told:
        records.add(found.record, [Noted(text=WORDS)], vault=vault, clock=clock)
    return who_has(intake, vault=vault)


def _holders(operations: tuple[StoredOperation, ...], vault: OpenVault) -> Iterator[Holder]:
    team, own = team_of(vault), identity_of(vault).device
    names, opened = publishing.names(vault), _opened(operations)
    author = {one.header.dev for one in operations if one.header.kind is Kind.CREATE}
    for device, way in sorted(_readers(operations, team).items()):
        if device != own and device not in author:
            name = names.get(team.devices[device].user, "")
            yield Holder(name=name, way=way, opened_at=opened.get(device))


def _readers(operations: tuple[StoredOperation, ...], team: Team) -> dict[DeviceId, Way]:
    """Whoever was given a key that opens a grant of the record."""
    first: dict[str, int] = {}
    for one in operations:
        for grant in decode_grants(decode_envelope(one.envelope).grants) if one.envelope else ():
            first[grant.to] = min(grant.epoch, first.get(grant.to, grant.epoch))
    found: dict[DeviceId, Way] = {}
    for device in team.devices:
        epochs = groups_of(team, device)
        if device in first:
            found[device] = Way.LENT
        if any(group in first and first[group] <= last for group, last in epochs.items()):
            found[device] = Way.GROUP
    return found


def _opened(operations: tuple[StoredOperation, ...]) -> dict[DeviceId, datetime]:
    found: dict[DeviceId, datetime] = {}
    for one in operations:
        if one.header.kind is Kind.ACKNOWLEDGE:
            found.setdefault(one.header.dev, one.arrived_at)
    return found


def _says_so(operation: StoredOperation) -> bool:
    if not operation.payload:
        return False
    told = decode_payload(operation.payload).writes
    return any(isinstance(one, Noted) and one.text == WORDS for one in told)
