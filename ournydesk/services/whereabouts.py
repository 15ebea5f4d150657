"""Gathering where everything is, and whether a laptop can be handed back. Layer: services.

Nothing is counted here that was not counted elsewhere: the rungs are those of the list, the troubles those
of the status line.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ournydesk.clock import Clock
from ournydesk.crypto.passphrase import WordBook
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.intake import IntakeRow, Status
from ournydesk.domain.membership import Team
from ournydesk.domain.operations import DeviceId, OpId, RecordId
from ournydesk.domain.oplog import Standing, StoredOperation
from ournydesk.domain.whereabouts import Aside, CheckOut, OnItsWay, Place, WaitsFor, Whereabouts
from ournydesk.errors import Refused
from ournydesk.ports import OpenVault
from ournydesk.services import publishing, receiving, records, troubles
from ournydesk.services.membership import identity_of, team_of

MOST_ASIDE: Final = 200
"""More than a person reads; the counts beside the list are of all of them."""
ASIDE: Final = (Standing.REFUSED, Standing.QUARANTINED, Standing.HELD)
ORDER: Final = tuple(Status)


def whereabouts(vault: OpenVault, words: WordBook, clock: Clock) -> Whereabouts:
    """How everything stands here. Raises Refused("refused.no_team") before this desk was admitted."""
    wire, team = troubles.view(vault, words), team_of(vault)
    member = team.member_of(identity_of(vault).device)
    rows = vault.intakes.rows()
    clinic_open, readers = bool(publishing.clinics(vault)), _readers(vault, team)
    tickets = {row.head.id: row.head.ticket for row in rows}
    places = [_place(row, clinic_open=clinic_open, readers=readers) for row in rows]
    places.sort(key=lambda place: place.changed_at, reverse=True)
    places.sort(key=lambda place: (place.waits_for is not WaitsFor.PERSON, ORDER.index(place.status)))
    return Whereabouts(
        wire=wire,
        places=tuple(places),
        asides=_asides(vault, team, tickets),
        documents=_documents(vault, tickets),
        manages=member is not None and member.manages,
        now=clock.now(),
    )


def check_out(vault: OpenVault, words: WordBook, clock: Clock) -> CheckOut:
    """Seal what can be sealed and count what is nowhere else."""
    records.seal_all(vault=vault, clock=clock)
    here = [vault.intakes.row(intake) for intake in vault.intakes.unsealed()]
    counts = vault.operations.counts()
    return CheckOut(
        at=clock.now(),
        drafts=sum(not row.progress.agreed for row in here),
        unsealed=sum(row.progress.agreed for row in here),
        waiting=counts.waiting,
        refused=counts.refused,
        documents=len(vault.attachments.waiting()),
        unread=sum(row.status is Status.ON_THE_SERVER and not row.purged for row in vault.intakes.rows()),
        head_words=troubles.view(vault, words).head_words,
    )


def look_again(op_id: OpId, *, vault: OpenVault, clock: Clock) -> None:
    """Try an operation once more that was refused or set aside: what was wrong may have been mended.

    A refused one is offered to the server again; one that was set aside is checked from the beginning.
    Raises Refused("refused.empty") for one that is not here any more.
    """
    operation = vault.operations.get(op_id)
    if operation is None or not operation.envelope:
        raise Refused("refused.empty")
    if operation.standing is Standing.REFUSED:
        vault.operations.settle(op_id, before_refusal(operation, identity_of(vault).device))
        troubles.dealt_with("wire.refused", operation.why, vault=vault)
    elif operation.standing in ASIDE:
        vault.operations.settle(op_id, Standing.HELD, "again")
        receiving.retry(vault=vault, clock=clock)


def before_refusal(operation: StoredOperation, own: DeviceId) -> Standing:
    """What an operation was before a server refused it: what was not opened here is only carried."""
    opened = operation.payload or operation.header.dev == own
    return Standing.APPLIED if opened else Standing.FOREIGN


def _documents(vault: OpenVault, tickets: Mapping[IntakeId, int]) -> tuple[OnItsWay, ...]:
    moving = {one.blob: one for one in (*vault.attachments.wanted(), *vault.attachments.waiting())}
    found = (
        OnItsWay(
            ticket=tickets.get(IntakeId(one.record)), parts=len(one.hashes), have=one.have, sent=one.sent
        )
        for one in moving.values()
    )
    return tuple(sorted(found, key=lambda one: (one.ticket or 0, one.parts)))


def _place(row: IntakeRow, *, clinic_open: bool, readers: Mapping[RecordId, int]) -> Place:
    return Place(
        id=row.head.id,
        ticket=row.head.ticket,
        title=row.head.form_title,
        changed_at=row.changed_at,
        status=row.status,
        readers=readers.get(RecordId(row.head.id), 0),
        waits_for=_waits_for(row, clinic_open=clinic_open),
    )


def _waits_for(row: IntakeRow, *, clinic_open: bool) -> WaitsFor:
    if row.needs_you:
        return WaitsFor.PERSON
    match row.status:
        case Status.RECEIVED:
            return WaitsFor.NOTHING
        case Status.ON_THE_SERVER:
            return WaitsFor.READER if row.handed_over else WaitsFor.HAND_OVER
        case Status.CARRIED | Status.SENDING:
            return WaitsFor.SERVER
        case _:
            if not row.progress.agreed:
                return WaitsFor.CONSENT
            return WaitsFor.ROUND if clinic_open else WaitsFor.CLINIC


def _readers(vault: OpenVault, team: Team) -> Mapping[RecordId, int]:
    """How many people signed for each record; several laptops of one person are one."""
    found: dict[RecordId, set[str]] = {}
    for record, device in vault.operations.readers():
        known = team.devices.get(device)
        if known is not None:
            found.setdefault(record, set()).add(known.user)
    return {record: len(people) for record, people in found.items()}


def _asides(vault: OpenVault, team: Team, tickets: Mapping[IntakeId, int]) -> tuple[Aside, ...]:
    names, own = publishing.names(vault), identity_of(vault).device

    def by(device: DeviceId) -> str:
        known = team.devices.get(device)
        return names.get(known.user, "") if known is not None else ""

    def told(operation: StoredOperation) -> Aside:
        return Aside(
            op_id=operation.op_id,
            ticket=tickets.get(IntakeId(operation.header.rec)),
            by=by(operation.header.dev),
            own=operation.header.dev == own,
            standing=operation.standing,
            why=operation.why,
            at=operation.arrived_at,
        )

    found = vault.operations.with_standing(*ASIDE)
    listed = sorted(found, key=lambda operation: ASIDE.index(operation.standing))
    return tuple(told(operation) for operation in listed[:MOST_ASIDE])
