"""Reading a team's records with its recovery kit and nothing else. Layer: services.

No vault is needed: the kit opens the groups' keys that the team's log grants to it, those open the records'
keys, those open the operations. Every signature is checked as any desk checks it; what does not check out is
counted and left out, never shown.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from ournydesk.crypto.grants import SealingKey
from ournydesk.crypto.operations import RecordKey, open_operation, open_record_grant
from ournydesk.crypto.recovery import Kit
from ournydesk.crypto.signing import VerifyKey
from ournydesk.crypto.verification import check_key, check_operation, check_statement
from ournydesk.domain import membership, merge
from ournydesk.domain.grants import decode_grants
from ournydesk.domain.membership import Team, UserId, decode_entry
from ournydesk.domain.merge import Told
from ournydesk.domain.operations import (
    DeviceId,
    Envelope,
    Header,
    Kind,
    OpId,
    RecordId,
    decode_envelope,
    decode_header,
)
from ournydesk.domain.record import Lent, Payload, Published, decode_payload
from ournydesk.domain.recovered import Recovered, line, names_of_devices
from ournydesk.errors import BadInput, DeskError, ProtocolFault
from ournydesk.services import cosigning, courier, enrolment
from ournydesk.services.publishing import NAME
from ournydesk.services.records import CHANGES
from ournydesk.services.recovery import NOT_OURS, epoch_keys

OPERATION: Final = b"ourny-op"
DAMAGED: Final = "damaged"
NOT_SIGNED: Final = "not signed by a desk of the team"
NOT_ALLOWED: Final = "signed by a desk that might not say it"
NO_KEY: Final = "no key for it among what was brought"
NOT_OPENED: Final = "its seal does not open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What one file holds, nothing of it believed yet."""

    entries: tuple[bytes, ...] = field(default=(), repr=False)
    operations: tuple[bytes, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class _Opened:
    header: Header
    payload: Payload


def sort(untrusted: bytes) -> Brought | None:
    """What a file brings, None for one that is nothing of ours. Raises BadInput for one that is torn."""
    if untrusted.startswith(OPERATION):
        return Brought(operations=(untrusted,))
    if untrusted.startswith(courier.MAGIC):
        entries, operations = courier.split(untrusted)
        return Brought(entries=tuple(entries), operations=tuple(operations))
    if untrusted.startswith(enrolment.INVITE):
        log, published = enrolment.brought(untrusted)
        return Brought(entries=log, operations=published)
    if untrusted.startswith(cosigning.MAGIC):
        return Brought(entries=tuple(cosigning.split(untrusted)[0]))
    return None


def recover(kit: Kit, brought: Sequence[Brought]) -> Recovered:
    """Every record that the kit opens. Raises BadInput where none of it is of the kit's team."""
    team, logs = _team(kit, brought)
    left: Counter[str] = Counter()
    checked = _checked(team, (one for part in brought for one in part.operations), left)
    keys = _record_keys(team, checked, _group_keys(team, kit.key))
    told: defaultdict[RecordId, list[_Opened]] = defaultdict(list)
    for one in _opened(checked, keys, left):
        told[one.header.rec].append(one)
    published = told.pop(RecordId(team.id), [])
    names = names_of_devices({device.id: device.user for device in team.devices.values()}, _names(published))
    records = []
    for name, operations in sorted(told.items()):
        rightful = tuple(_rightful(team, operations, left))
        if any(one.header.kind in CHANGES for one in rightful):
            state = merge.fold(Told(one.header.dev, one.header.dseq, one.payload) for one in rightful)
            records.append(line(name, state, names))
    return Recovered(records=tuple(records), left_out=dict(left), logs=logs)


def _team(kit: Kit, brought: Sequence[Brought]) -> tuple[Team, int]:
    """The team by the longest log that holds, and how many logs there are that contradict one another."""
    logs = sorted({part.entries for part in brought if part.entries}, key=len, reverse=True)
    held: list[tuple[tuple[bytes, ...], Team]] = []
    for log in logs:
        try:
            if decode_entry(log[0]).hash == kit.fingerprint:
                held.append((log, membership.replay(log, verify=check_statement, check_key=check_key)))
        except DeskError:
            continue
    if not held:
        if logs:
            raise BadInput(f"{NOT_OURS} No file that was given holds the log of the kit's team.")
        raise BadInput(
            "None of these files holds the team's log: add a courier file, an invite or the server's backup."
        )
    longest, team = held[0]
    return team, 1 + sum(longest[: len(log)] != log for log, _ in held[1:])


def _group_keys(team: Team, kit: SealingKey) -> Mapping[tuple[str, int], SealingKey]:
    return {
        (name, epoch): key
        for name, group in team.groups.items()
        for epoch, key in epoch_keys(team, group, kit).items()
    }


def _checked(
    team: Team, operations: Iterable[bytes], left: Counter[str]
) -> tuple[tuple[Envelope, Header], ...]:
    """Operations of the team, each once, that a desk signed which was allowed to."""
    found: dict[OpId, tuple[Envelope, Header]] = {}
    for content in operations:
        try:
            envelope = decode_envelope(content)
            header = decode_header(envelope.header)
            device = team.devices.get(header.dev)
            if header.team != team.id or device is None:
                left[NOT_SIGNED] += 1
                continue
            check_operation(envelope, VerifyKey.decode(device.sign))
        except ProtocolFault:
            left[DAMAGED] += 1
        except DeskError:
            left[NOT_SIGNED] += 1
        else:
            if team.accepts(header.dev, header.dseq, header.kind):
                found[envelope.op_id] = (envelope, header)
            else:
                left[NOT_ALLOWED] += 1
    return tuple(found.values())


def _record_keys(
    team: Team,
    checked: Iterable[tuple[Envelope, Header]],
    groups: Mapping[tuple[str, int], SealingKey],
) -> Mapping[tuple[RecordId, int], RecordKey]:
    """The keys of records, out of the grants beside their operations; the first that opens counts."""
    found: dict[tuple[RecordId, int], RecordKey] = {}
    for envelope, header in checked:
        place = (header.rec, header.rdk)
        try:
            grants = decode_grants(envelope.grants)
        except ProtocolFault:
            continue
        for grant in grants:
            key = groups.get((grant.to, grant.epoch))
            if place not in found and key is not None and grant.to in header.to:
                with suppress(DeskError):
                    found[place] = open_record_grant(
                        grant, team=team.id, record=header.rec, version=header.rdk, key=key
                    )
    return found


def _opened(
    checked: Iterable[tuple[Envelope, Header]],
    keys: Mapping[tuple[RecordId, int], RecordKey],
    left: Counter[str],
) -> Iterator[_Opened]:
    for envelope, header in checked:
        key = keys.get((header.rec, header.rdk))
        if key is None:
            left[NO_KEY] += 1
            continue
        try:
            yield _Opened(header, decode_payload(open_operation(envelope, key)))
        except DeskError:
            left[NOT_OPENED] += 1


def _rightful(team: Team, operations: Sequence[_Opened], left: Counter[str]) -> Iterator[_Opened]:
    """What those said whose record it is: its author, those who ever read it, a desk it was lent to."""
    authors = {one.header.dev for one in operations if one.header.kind is Kind.CREATE}
    lent = {told.device for one in operations for told in one.payload.writes if isinstance(told, Lent)}
    for one in operations:
        header = one.header
        if header.dev in authors | lent or _ever_read(team, header.dev, header.to):
            yield one
        else:
            left[NOT_ALLOWED] += 1


def _ever_read(team: Team, device: DeviceId, to: tuple[str, ...]) -> bool:
    for name in to:
        group = team.groups.get(name)
        while group is not None:
            if device in group.members:
                return True
            group = group.before
    return False


def _names(published: Sequence[_Opened]) -> Mapping[UserId, str]:
    """What the people of the team were last called."""
    told = [
        (one.payload.at, write)
        for one in published
        for write in one.payload.writes
        if isinstance(write, Published) and write.what == NAME
    ]
    told.sort(key=lambda one: one[0])
    return {UserId(write.name): write.facts.get("name", "") for _, write in told}
