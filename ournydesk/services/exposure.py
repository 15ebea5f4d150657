"""What a desk could open, worked out before it is shut out and after a laptop was lost. Layer: services.

From what this desk holds: who wrote which record, to whom it was granted, and what a laptop signed that it
let go of. A desk that does not read cases can count less and name nothing; that is said, not guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from ournydesk.domain.exposure import ExposedGroup, ExposedRecord, Exposure, Held
from ournydesk.domain.grants import decode_grants
from ournydesk.domain.keeping import LetGo
from ournydesk.domain.membership import EVERYONE, Device, Group, Team
from ournydesk.domain.operations import DeviceId, Kind, RecordId, decode_envelope
from ournydesk.domain.oplog import Standing, StoredOperation
from ournydesk.domain.record import Began, Lent, decode_payload
from ournydesk.domain.team import STAFF, clinic_group
from ournydesk.errors import Refused
from ournydesk.ports import OpenVault
from ournydesk.services import publishing, seating
from ournydesk.services.membership import identity_of, team_of

ClientOf = Callable[[RecordId], str]
"""The client's name of a record, as far as this desk may show it; empty otherwise."""
SEEN = (Standing.APPLIED, Standing.HELD, Standing.FOREIGN)
OF_RECORDS = frozenset((Kind.CREATE, Kind.EDIT, Kind.GRANT))


@dataclass(frozen=True, slots=True)
class _Known:
    """What is here of the team's operations, by record."""

    records: Mapping[RecordId, tuple[StoredOperation, ...]]
    let_go: frozenset[RecordId]
    client_of: ClientOf

    def described(self, name: RecordId, held: Held) -> ExposedRecord:
        operations = self.records[name]
        began = next((told for one in operations for told in _told(one) if isinstance(told, Began)), None)
        return ExposedRecord(
            id=name,
            held=held,
            ticket=began.ticket if began is not None else None,
            client=self.client_of(name) if began is not None else "",
            received=any(one.received_at is not None for one in operations),
        )


def of_device(device: DeviceId, *, vault: OpenVault, client_of: ClientOf = lambda _record: "") -> Exposure:
    """What one desk could open. Raises Refused("refused.recipient") for a desk the team never had."""
    team = team_of(vault)
    found = team.devices.get(device)
    if found is None:
        raise Refused("refused.recipient")
    known = _Known(_records(vault), _let_go(device, vault), client_of)
    groups = groups_of(team, device)
    members = {name: epoch for name, epoch in groups.items() if name != EVERYONE}
    of_groups = {name: tuple(_of_group(known, name, epoch)) for name, epoch in sorted(members.items())}
    titles = _titles(vault)
    here = team.member_of(identity_of(vault).device)
    member = team.members.get(found.user)
    heard = vault.operations.heard().get(device)
    seats = {seat.device for seat in seating.all_seats(vault)}
    role = found.role or (member.role if member is not None else None)
    listed = dict.fromkeys(name for names in of_groups.values() for name in names)
    return Exposure(
        device=device,
        name=publishing.names(vault).get(found.user, ""),
        role=role.value if role is not None else "",
        seat=device in seats,
        revoked=found.last_seq is not None,
        heard_at=heard,
        records=tuple(_own(known, found)),
        groups=tuple(
            ExposedGroup(name=name, title=titles.get(name, name), records=len(names))
            for name, names in of_groups.items()
        ),
        of_groups=tuple(known.described(name, Held.GROUP) for name in listed),
        reads_here=here is not None and here.reads,
    )


def holding(vault: OpenVault) -> Mapping[DeviceId, int]:
    """How many records each desk wrote that it did not let go of yet, as far as this desk knows of them."""
    known: dict[DeviceId, set[RecordId]] = {}
    for name, operations in _records(vault).items():
        for one in operations:
            if one.header.kind is Kind.CREATE:
                known.setdefault(one.header.dev, set()).add(name)
    return {device: len(names - _let_go(device, vault)) for device, names in known.items()}


def _own(known: _Known, device: Device) -> Iterator[ExposedRecord]:
    """What the desk wrote, and what was lent to it."""
    for name, operations in known.records.items():
        wrote = any(one.header.kind is Kind.CREATE and one.header.dev == device.id for one in operations)
        lent = [one for one in operations if one.header.kind is Kind.GRANT and device.id in one.header.to]
        if wrote:
            yield known.described(name, Held.LET_GO if name in known.let_go else Held.WRITTEN)
        elif lent:
            record = known.described(name, Held.LET_GO if name in known.let_go else Held.LENT)
            until = [told.until for one in lent for told in _told(one) if isinstance(told, Lent)]
            yield replace(record, until=max(until, default=None))


def _of_group(known: _Known, group: str, last: int) -> Iterator[RecordId]:
    """Records whose key was sealed to the group in an epoch the desk could open."""
    for name, operations in known.records.items():
        epochs = [
            grant.epoch
            for one in operations
            if one.envelope
            for grant in decode_grants(decode_envelope(one.envelope).grants)
            if grant.to == group
        ]
        if epochs and min(epochs) <= last:
            yield name


def groups_of(team: Team, device: DeviceId) -> dict[str, int]:
    """The groups a desk was ever in, with the last epoch whose key it was given."""
    found: dict[str, int] = {}
    for group in team.groups.values():
        epoch: Group | None = group
        while epoch is not None:
            if device in epoch.members:
                found[group.name] = epoch.epoch
                break
            epoch = epoch.before
    return found


def _records(vault: OpenVault) -> dict[RecordId, tuple[StoredOperation, ...]]:
    found: dict[RecordId, list[StoredOperation]] = {}
    for operation in vault.operations.with_standing(*SEEN):
        if operation.header.kind in OF_RECORDS:
            found.setdefault(operation.header.rec, []).append(operation)
    return {name: tuple(operations) for name, operations in found.items()}


def _let_go(device: DeviceId, vault: OpenVault) -> frozenset[RecordId]:
    """What a desk signed that it destroyed."""
    found = team_of(vault).devices.get(device)
    if found is None:
        return frozenset()
    owner = found.user
    return frozenset(
        name
        for operation in vault.operations.of_record(RecordId(owner))
        if operation.header.dev == device
        for told in _told(operation)
        if isinstance(told, LetGo)
        for name in told.records
    )


def _titles(vault: OpenVault) -> dict[str, str]:
    clinics = {clinic_group(clinic.id): clinic.title for clinic in publishing.clinics(vault)}
    return {STAFF: "Staff", **clinics}


def _told(operation: StoredOperation) -> tuple[object, ...]:
    return decode_payload(operation.payload).writes if operation.payload else ()
