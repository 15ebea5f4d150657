"""Sealing an intake into operations, handing it over, lending it. Layer: services.

What a volunteer types is saved as local events at once. At a pause in the work, and whenever something
is about to be sent, the events since the last time become one operation. Nothing is sealed, numbered or
sent before the client has agreed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import Final

from ournydesk.clock import Clock
from ournydesk.domain import merge, record
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.membership import Team
from ournydesk.domain.merge import START, Merged, Told
from ournydesk.domain.operations import DeviceId, Kind, OpId, RecordId
from ournydesk.domain.oplog import StoredOperation
from ournydesk.domain.record import Began, HandedOver, Lent, Payload, Write, decode_payload
from ournydesk.domain.team import STAFF, Clinic, clinic_group
from ournydesk.errors import Refused
from ournydesk.ports import OpenVault, Pending
from ournydesk.services import publishing, seating
from ournydesk.services.authoring import Draft, mirror, write
from ournydesk.services.membership import identity_of, team_of

TOGETHER: Final = 32
"""Intakes sealed in one transaction."""
CHANGES: Final = frozenset((Kind.CREATE, Kind.EDIT, Kind.GRANT))
"""Kinds of operation that carry what a record says."""


def merged(
    vault: OpenVault, name: RecordId, decoded: Mapping[OpId, Payload] = MappingProxyType({})
) -> Merged:
    """What every operation of a record that can be read here comes to; ``decoded`` need not be read again."""
    return merge.fold(
        Told(
            operation.header.dev,
            operation.header.dseq,
            decoded.get(operation.op_id) or decode_payload(operation.payload),
        )
        for operation in vault.operations.of_record(name)
        if operation.payload
    )


def seal(intake: IntakeId, *, vault: OpenVault, clock: Clock) -> StoredOperation | None:
    """Turn what was typed since the last time into one operation; None when there is nothing to seal.

    There is nothing to seal before the client agreed, and before this desk is in a team.
    """
    return _seal(intake, (), lambda: publishing.clinics(vault), vault=vault, clock=clock)


def seal_all(*, vault: OpenVault, clock: Clock) -> int:
    """The same for every intake, before something is sent; how many operations were made."""
    waiting, made = vault.intakes.unsealed(), 0
    refusals: list[Refused] = []
    clinics = cache(lambda: publishing.clinics(vault))
    for start in range(0, len(waiting), TOGETHER):
        # One commit for many: each on its own would wait for the disk as often.
        with vault.together():
            for intake in waiting[start : start + TOGETHER]:
                try:
                    made += _seal(intake, (), clinics, vault=vault, clock=clock) is not None
                except Refused as refused:  # the others do not wait for it
                    refusals.append(refused)
    if refusals:
        raise refusals[0]
    return made


def hand_over(intake: IntakeId, words: str, *, vault: OpenVault, clock: Clock) -> None:
    """Give an intake to the readers of this clinic, with a word to them.

    Raises Refused("refused.consent") before the client agreed, Refused("refused.no_team") before this
    desk is in a team, Refused("refused.no_clinic") when no clinic was opened.
    """
    row = vault.intakes.row(intake)
    if not row.progress.agreed:
        raise Refused("refused.consent")
    team = team_of(vault)
    clinics = publishing.clinics(vault)
    group = _readers(vault, team, clinics)[0]
    _seal(intake, (HandedOver(group=group, words=words),), lambda: clinics, vault=vault, clock=clock)
    vault.intakes.mark_handed_over(intake)


def add(
    name: RecordId,
    writes: Sequence[Write],
    *,
    vault: OpenVault,
    clock: Clock,
    kind: Kind = Kind.EDIT,
    also_to: tuple[str, ...] = (),
    grant_to: tuple[str, ...] = (),
) -> StoredOperation:
    """Say something more about a record that is here: a note, a decision, a receipt.

    ``grant_to``: who may have nothing else of it to open this with.

    Raises Refused("refused.purged") when this desk let go of it.
    """
    if vault.keys.newest(name) is None:
        raise Refused("refused.purged")
    to = (*(one for one in recipients(vault, name) if one not in also_to), *also_to)
    # A receipt changes nothing of what the record says: its place among the answers does not matter.
    after = START if kind is Kind.ACKNOWLEDGE else merged(vault, name).latest
    draft = Draft(record=name, kind=kind, writes=writes, to=to, grant_to=grant_to, after=after)
    operation = write(draft, vault=vault, clock=clock)
    mirror([operation], vault)
    return operation


def lend(name: RecordId, device: DeviceId, until: datetime, *, vault: OpenVault, clock: Clock) -> None:
    """Grant a record to one named desk: its key, and everything it says so far in one operation.

    The desk was not among the readers of the earlier operations, so what they come to travels again,
    every live value in place of itself: a conflict stays a conflict.
    """
    if vault.keys.newest(name) is None:
        raise Refused("refused.purged")
    state = merged(vault, name)
    if state.began is None:
        raise Refused("refused.unknown_intake")
    to = (*(one for one in recipients(vault, name) if one != device), device)
    draft = Draft(
        record=name,
        kind=Kind.GRANT,
        writes=(Lent(device=device, until=until), *merge.restated(state)),
        to=to,
        grant_to=(device,),
        after=state.latest,
    )
    mirror([write(draft, vault=vault, clock=clock)], vault)


def recipients(vault: OpenVault, name: RecordId) -> tuple[str, ...]:
    """The groups that read a record: those its first operation here names."""
    team = team_of(vault)
    for operation in vault.operations.of_record(name):
        groups = tuple(one for one in operation.header.to if one in team.groups)
        if operation.header.kind in CHANGES and groups:
            return groups
    return _readers(vault, team, publishing.clinics(vault))


def author_of(vault: OpenVault, name: RecordId) -> DeviceId | None:
    """The desk that began a record, None when its first operation is not here."""
    for operation in vault.operations.of_record(name):
        if operation.header.kind is Kind.CREATE:
            return operation.header.dev
    return None


def _seal(
    intake: IntakeId,
    more: tuple[Write, ...],
    clinics: Callable[[], Sequence[Clinic]],
    *,
    vault: OpenVault,
    clock: Clock,
) -> StoredOperation | None:
    identity = vault.membership.identity()
    pending = vault.intakes.pending(intake)
    row = vault.intakes.row(intake)
    if identity is None or not identity.member or not row.progress.agreed:
        return None
    if not (pending.first or pending.events or more):
        return None
    name = RecordId(intake)
    if pending.first and not more and not clinics():
        # Nobody to seal it to yet: what was typed waits, and a hand-over says why.
        return None
    with vault.together():
        team = team_of(vault)
        state = merge.fold(()) if pending.first else merged(vault, name)
        to = _readers(vault, team, clinics()) if pending.first else recipients(vault, name)
        draft = Draft(
            record=name,
            kind=Kind.CREATE if pending.first else Kind.EDIT,
            writes=(*_writes(pending, state, vault), *more),
            to=to,
            grant_to=to if pending.first else (),
            after=state.latest,
        )
        operation = write(draft, vault=vault, clock=clock)
        vault.intakes.mark_sealed(intake, pending.through)
    mirror([operation], vault)
    return operation


def _writes(pending: Pending, state: Merged, vault: OpenVault) -> tuple[Write, ...]:
    head, counted = pending.head, pending.progress
    writes: list[Write] = []
    if pending.first:
        writes.append(
            Began(
                ticket=head.ticket,
                form_id=head.form_id,
                form_version=head.form_version,
                form_hash=head.form_hash,
                form_title=head.form_title,
                language=head.language,
                started_at=head.started_at,
            )
        )
    if counted is not None:
        writes.append(
            record.Counted(
                sections_done=counted.sections_done,
                sections=counted.sections,
                missing=counted.missing,
                attention=counted.attention,
            )
        )
    device = identity_of(vault).device
    dseq = vault.operations.high(device)[0] + 1
    writes += merge.to_writes(pending.events, state, device, dseq, first_place=len(writes))
    return tuple(writes)


def _readers(vault: OpenVault, team: Team, clinics: Sequence[Clinic]) -> tuple[str, ...]:
    """The group of this seat's own clinic, or of the clinic that closes last; and the staff."""
    own = seating.own_clinic(vault)
    chosen = [own] if own is not None else clinics[:1]
    groups = [clinic_group(clinic.id) for clinic in chosen if clinic_group(clinic.id) in team.groups]
    if not groups:
        raise Refused("refused.no_clinic")
    return (*groups, *([STAFF] if STAFF in team.groups else []))
