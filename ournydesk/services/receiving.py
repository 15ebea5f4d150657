"""Taking in what others signed, whichever way it came. Layer: services.

One road for the server's log, the relay and the stick: sizes, strict header, known desk, signature, the
role's right, the key, strict payload, the right to this record; only then is it applied. Whatever fails is
kept aside, said once, and the rest goes on. The same bytes a second time change nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from ournydesk.clock import Clock
from ournydesk.crypto.operations import RecordKey, open_operation, open_record_grant
from ournydesk.crypto.signing import VerifyKey
from ournydesk.crypto.verification import check_operation
from ournydesk.domain import merge
from ournydesk.domain.answers import Answers
from ournydesk.domain.grants import decode_grants
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.intake import IntakeHead, IntakeRow, Progress
from ournydesk.domain.membership import READERS, Team, entitled
from ournydesk.domain.operations import (
    DeviceId,
    Envelope,
    Header,
    Kind,
    RecordId,
    decode_envelope,
    decode_header,
)
from ournydesk.domain.oplog import Standing, StoredOperation
from ournydesk.domain.record import Began, Lent, Payload, Received, decode_payload
from ournydesk.errors import DeskError, ProtocolFault, Refused, Tampered
from ournydesk.ports import OpenVault
from ournydesk.services import attachments, erasing, publishing, records, troubles
from ournydesk.services.authoring import keep_stamp, last_stamp
from ournydesk.services.membership import extend, identity_of, team_of
from sync.protocol import chain

MOST_ROUNDS: Final = 1_000
COMPARED: Final = "sync.compared"
SEEN: Final = "seen"
AGAIN: Final = "sync.again"
FORK: Final = "wire.fork"


class Later(Exception):
    """Not yet: an entry of the team, a key or a newer desk is missing. Never leaves this module."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def take(
    untrusted: Iterable[bytes], *, carried: bool, vault: OpenVault, clock: Clock
) -> tuple[StoredOperation, ...]:
    """Take in operations in any order; those that were not here before, as they now stand.

    ``carried``: they came by a relay or a stick, not from the server's verified log. Raises ProtocolFault
    for bytes that are no operation at all; everything else that is wrong is quarantined.
    """
    fresh = []
    for content in untrusted:
        envelope = decode_envelope(content)
        known = vault.operations.get(envelope.op_id)
        if known is None:
            fresh.append(_keep(envelope, content, carried=carried, vault=vault, clock=clock))
        elif known.standing is Standing.FOREIGN and not known.envelope:
            vault.operations.refill(known.op_id, content)
            known = replace(known, envelope=content)
            if _settle(known, vault=vault, clock=clock):
                fresh.append(known)
    if fresh:
        retry(vault=vault, clock=clock)
        acknowledge(vault=vault, clock=clock)
    found = (vault.operations.get(operation.op_id) for operation in fresh)
    return tuple(operation for operation in found if operation is not None)


def take_members(entries: Sequence[bytes], *, vault: OpenVault, clock: Clock) -> None:
    """Verify and keep entries of the team, and look again at what waited for them.

    A desk that has come into a group may open what went by before as not its own: what is still here is
    opened at once, the rest is read once more from the server (:func:`again`).
    """
    device = identity_of(vault).device
    before = _groups_of(team_of(vault), device)
    team = extend(vault, entries)
    if not _groups_of(team, device) <= before:
        vault.preferences.set(AGAIN, "0")
        for operation in vault.operations.with_standing(Standing.FOREIGN):
            if operation.envelope:
                _settle(operation, vault=vault, clock=clock)
    retry(vault=vault, clock=clock)
    acknowledge(vault=vault, clock=clock)


def again(vault: OpenVault) -> int | None:
    """Behind which position the log has to be read once more, None when it need not be."""
    told = vault.preferences.get(AGAIN)
    if not told or int(told) >= vault.operations.cursor().at:
        return None
    return int(told)


def take_again(operations: Iterable[bytes], through: int, *, vault: OpenVault, clock: Clock) -> None:
    """Take in what was read once more, up to this position."""
    take(operations, carried=False, vault=vault, clock=clock)
    vault.preferences.set(AGAIN, str(through) if through < vault.operations.cursor().at else "")


def retry(*, vault: OpenVault, clock: Clock) -> int:
    """Look again at what was waiting, until nothing moves; how many are applied now."""
    moved = 0
    for _ in range(MOST_ROUNDS):
        before = moved
        for operation in vault.operations.with_standing(Standing.HELD):
            moved += _settle(operation, vault=vault, clock=clock)
        if moved == before:
            break
    return moved


def acknowledge(*, vault: OpenVault, clock: Clock) -> int:
    """Sign for what this desk opened as a reader; how many records were signed for.

    Only people who read cases sign: it is their signature that lets a volunteer's laptop forget.
    """
    identity, team = identity_of(vault), team_of(vault)
    member = team.member_of(identity.device)
    if member is None or member.role not in READERS or not member.reads:
        return 0
    opened: dict[RecordId, list[StoredOperation]] = {}
    on_their_way = {parts.op_id for parts in vault.attachments.wanted()}
    for operation in vault.operations.unacknowledged(identity.device):
        if operation.op_id in on_their_way:
            continue  # its author's laptop must not let go of a document that is not here yet
        if _reads(team, identity.device, operation.header):
            opened.setdefault(operation.header.rec, []).append(operation)
    with vault.together():
        for name, operations in opened.items():
            authors = tuple(sorted({operation.header.dev for operation in operations}))
            names = tuple(operation.op_id for operation in operations)
            told = [Received(operations=names)]
            records.add(name, told, vault=vault, clock=clock, kind=Kind.ACKNOWLEDGE, also_to=authors)
            vault.operations.received(names, clock.now())
    return len(opened)


def _keep(
    envelope: Envelope, content: bytes, *, carried: bool, vault: OpenVault, clock: Clock
) -> StoredOperation:
    now = clock.now()
    operation = StoredOperation(
        op_id=envelope.op_id,
        header=decode_header(envelope.header),
        envelope=content,
        standing=Standing.HELD,
        why="new",
        carried_at=now if carried else None,
        arrived_at=now,
    )
    vault.operations.add(operation)
    _settle(operation, vault=vault, clock=clock)
    return operation


def _settle(operation: StoredOperation, *, vault: OpenVault, clock: Clock) -> bool:
    """Check and apply one operation; whether it is applied now."""
    try:
        # What was typed here so far was typed without having seen this: it is sealed before this counts.
        intake = IntakeId(operation.header.rec)
        if _known(intake, vault):
            records.seal(intake, vault=vault, clock=clock)
        with vault.together():
            payload, plain = _opened(operation, vault)
            vault.operations.settle(operation.op_id, Standing.APPLIED, payload=plain)
            _apply(operation, payload, vault=vault, clock=clock)
        return True
    except Later as later:
        standing = Standing.FOREIGN if later.why == "foreign" else Standing.HELD
        vault.operations.settle(operation.op_id, standing, later.why)
    except (ProtocolFault, Refused, Tampered) as error:
        vault.operations.settle(operation.op_id, Standing.QUARANTINED, _why(error))
        if error.facts.get("why") == SEEN:
            troubles.tell(FORK, str(operation.header.seen.at), vault=vault, clock=clock)
    return False


def _opened(operation: StoredOperation, vault: OpenVault) -> tuple[Payload, bytes]:
    identity, team = identity_of(vault), team_of(vault)
    envelope = decode_envelope(operation.envelope)
    header = operation.header
    if header.team != team.id:
        raise ProtocolFault("wire.fault.operation", why="team")
    device = team.devices.get(header.dev)
    if device is None:
        _know_the_team(team, header)
        raise ProtocolFault("wire.fault.operation", why="device")
    check_operation(envelope, VerifyKey.decode(device.sign))
    if vault.operations.rival(header.dev, header.dseq, operation.op_id):
        raise ProtocolFault("wire.fault.operation", why="fork")
    _compare_logs(header, vault)
    if not team.accepts(header.dev, header.dseq, header.kind):
        _know_the_team(team, header)
        raise ProtocolFault("wire.fault.operation", why="role")
    if not entitled(team, identity.device, header.to) and header.dev != identity.device:
        raise Later("foreign")
    if header.kind is not Kind.ERASE and erasing.erased(header.rec, vault):
        # Its author had not heard of it: kept aside, never shown, and no key of it is taken again.
        raise ProtocolFault("wire.fault.operation", why="erased")
    plain = open_operation(envelope, _key(operation, envelope, team, vault))
    try:
        return decode_payload(plain), plain
    except ProtocolFault as fault:
        if fault.facts.get("why") == "newer":
            raise Later("newer") from fault
        raise


def _compare_logs(header: Header, vault: OpenVault) -> None:
    """Whether the author was shown the same log as this desk, as far as both have verified it.

    A server that shows two people two logs is found out here: what the author had seen is under their
    signature. Raises ProtocolFault("wire.fault.operation") with ``why="seen"``.
    """
    seen = header.seen
    told = f"{seen.at} {seen.hash}"
    if not 0 < seen.at <= vault.operations.cursor().at or vault.preferences.get(COMPARED) == told:
        return
    start = chain.start(identity_of(vault).fingerprint)
    here = chain.follow(start, vault.operations.numbered(0)[: seen.at])
    if here.hash != seen.hash:
        raise ProtocolFault("wire.fault.operation", why=SEEN)
    # Many operations tell of the same position: the last one that agreed need not be computed again.
    vault.preferences.set(COMPARED, told)


def _key(operation: StoredOperation, envelope: Envelope, team: Team, vault: OpenVault) -> RecordKey:
    header, device = operation.header, identity_of(vault).device
    held = vault.keys.record(header.rec, header.rdk)
    if held is not None:
        return held
    for grant in decode_grants(envelope.grants):
        key = vault.keys.sealing() if grant.to == device else vault.keys.group(grant.to, grant.epoch)
        if key is not None and (grant.to == device or grant.to in header.to):
            opened = open_record_grant(grant, team=team.id, record=header.rec, version=header.rdk, key=key)
            vault.keys.keep_record(header.rec, header.rdk, opened)
            return opened
    raise Later("foreign" if _purged(header.rec, vault) else "key")


def _purged(name: RecordId, vault: OpenVault) -> bool:
    row = _row(IntakeId(name), vault)
    return row is not None and row.purged


def _apply(operation: StoredOperation, payload: Payload, *, vault: OpenVault, clock: Clock) -> None:
    header = operation.header
    stamp, ahead = merge.observed(last_stamp(vault), payload.at, clock.now())
    keep_stamp(vault, stamp)
    if ahead:
        vault.preferences.set("clock.ahead", clock.now().isoformat())
    if header.kind is Kind.PUBLISH:
        publishing.take(operation, payload, vault=vault)
    elif header.kind is Kind.ACKNOWLEDGE:
        _signed_for(header, payload, vault=vault, clock=clock)
    elif header.kind is Kind.ERASE:
        _check_reader(team_of(vault), header)
        erasing.take(operation, payload, vault=vault, clock=clock)
    elif header.kind in records.CHANGES:
        _check_right(operation, payload, vault)
        attachments.expect(operation, payload, vault)
        _show(operation, payload, vault=vault, clock=clock)


def _signed_for(header: Header, payload: Payload, *, vault: OpenVault, clock: Clock) -> None:
    _check_reader(team_of(vault), header)
    for told in payload.writes:
        if isinstance(told, Received):
            vault.operations.received(told.operations, clock.now())


def _check_reader(team: Team, header: Header) -> None:
    """Whether its author read the record when signing this."""
    if not _wrote_as_reader(team, header):
        _know_the_team(team, header)
        raise ProtocolFault("wire.fault.operation", why="reader")


def _check_right(operation: StoredOperation, payload: Payload, vault: OpenVault) -> None:
    """Whose record it is: its author's, its readers', or that of a desk it was lent to."""
    header = operation.header
    others = [one for one in vault.operations.of_record(header.rec) if one.op_id != operation.op_id]
    authors = {one.header.dev for one in others if one.header.kind is Kind.CREATE}
    if header.kind is Kind.CREATE:
        if authors or not any(isinstance(told, Began) for told in payload.writes):
            raise ProtocolFault("wire.fault.operation", why="began")
        return
    if not authors:
        # Its beginning was not for this desk: known by its header at most, or by whoever lent it here.
        authors = _began_elsewhere(header.rec, vault) or {
            one.header.dev for one in others if one.header.kind is Kind.GRANT
        }
    team = team_of(vault)
    if header.dev in authors or _wrote_as_reader(team, header):
        return
    if not authors and header.kind is Kind.GRANT and identity_of(vault).device in header.to:
        return
    lent = {
        told.device for one in others for told in decode_payload(one.payload).writes if isinstance(told, Lent)
    }
    if header.dev in lent:
        return
    if not authors and not lent:
        raise Later("record")
    _know_the_team(team, header)
    raise ProtocolFault("wire.fault.operation", why="not_theirs")


def _began_elsewhere(record: RecordId, vault: OpenVault) -> set[DeviceId]:
    """Who began a record that this desk was not meant to read, as far as it went by here."""
    passed = vault.operations.with_standing(Standing.FOREIGN)
    return {one.header.dev for one in passed if one.header.rec == record and one.header.kind is Kind.CREATE}


def _groups_of(team: Team, device: DeviceId) -> frozenset[str]:
    return frozenset(name for name, group in team.groups.items() if device in group.members)


def _reads(team: Team, device: DeviceId, header: Header) -> bool:
    """Whether a device is among the readers of a group the operation names."""
    return any(device in team.groups[group].members for group in header.to if group in team.groups)


def _wrote_as_reader(team: Team, header: Header) -> bool:
    """Whether the author was among the readers of a group the operation names, when it was written.

    Who left since then, or reads something else now, read it then: what they wrote stays. Nothing that
    was written after a revocation comes here, whatever team its author says to have known.
    """
    for name in header.to:
        group = team.groups.get(name)
        while group is not None and group.at > header.mhead.at:
            group = group.before
        if group is not None and header.dev in group.members:
            return True
    return False


def _know_the_team(team: Team, header: Header) -> None:
    """Raises Later where the author knew of more entries of the team than this desk does."""
    if header.mhead.at > team.head.at:
        raise Later("membership")


def _show(operation: StoredOperation, payload: Payload, *, vault: OpenVault, clock: Clock) -> None:
    """Bring what the screens read to what all operations of the record come to."""
    name = operation.header.rec
    intake = IntakeId(name)
    state = records.merged(vault, name, {operation.op_id: payload})
    if state.began is None:
        raise Later("record")
    before = vault.intakes.answers(intake) if _known(intake, vault) else Answers()
    counted = state.counted
    progress = None
    if counted is not None:
        progress = Progress(
            sections_done=counted.sections_done,
            sections=counted.sections,
            missing=counted.missing,
            attention=counted.attention,
            agreed=True,
        )
    vault.intakes.receive(
        _head(intake, state.began),
        merge.effect(before, state.answers),
        progress,
        clock.now(),
        operation.op_id,
    )
    if state.handed_over:
        vault.intakes.mark_handed_over(intake)


def _known(intake: IntakeId, vault: OpenVault) -> bool:
    return _row(intake, vault) is not None


def _row(intake: IntakeId, vault: OpenVault) -> IntakeRow | None:
    try:
        return vault.intakes.row(intake)
    except Refused:
        return None


def _head(intake: IntakeId, began: Began) -> IntakeHead:
    return IntakeHead(
        id=intake,
        ticket=began.ticket,
        form_id=began.form_id,
        form_version=began.form_version,
        form_hash=began.form_hash,
        form_title=began.form_title,
        language=began.language,
        started_at=began.started_at,
    )


def _why(error: DeskError) -> str:
    return f"{error.code}:{error.facts.get('why', '')}".rstrip(":")
