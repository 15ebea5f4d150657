"""The team as this desk verified it, and statements made in its name. Layer: services.

Nothing here is believed because a server said it: the team is what the signed log adds up to, from the
entry whose hash this desk pinned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from ournydesk.crypto.grants import SealingKey
from ournydesk.crypto.groups import open_epoch, turn_epoch, walk_back
from ournydesk.crypto.signing import Label
from ournydesk.crypto.verification import check_key, check_statement
from ournydesk.domain import membership
from ournydesk.domain.membership import Entry, Group, Statement, Team, decode_entry
from ournydesk.domain.operations import DeviceId
from ournydesk.domain.team import RECOVERY, Identity
from ournydesk.errors import ProtocolFault, Refused, Tampered
from ournydesk.ports import OpenVault


def identity_of(vault: OpenVault) -> Identity:
    """Who this desk is in its team. Raises Refused("refused.no_team") before it was admitted."""
    identity = vault.membership.identity()
    if identity is None or not identity.member:
        raise Refused("refused.no_team")
    return identity


def team_of(vault: OpenVault) -> Team:
    """The team as its log adds up here. Raises Refused("refused.no_team")."""
    identity_of(vault)
    return _replayed(vault.membership.entries())


def extend(vault: OpenVault, untrusted: Sequence[bytes]) -> Team:
    """Verify entries that follow what is here, keep them, and take the keys they bring.

    Entries that are here already change nothing; another entry in the place of one that is here raises
    ProtocolFault("wire.fault.fork"): two people were shown two different teams.
    """
    here = vault.membership.entries()
    known = set(here)
    fresh: list[bytes] = []
    team = team_of(vault)
    for entry in untrusted:
        if entry in known:
            continue
        decoded = decode_entry(entry)
        if membership.place_of(decoded) <= team.head.at:
            raise ProtocolFault("wire.fault.fork", where="members", at=membership.place_of(decoded))
        team = membership.apply(team, decoded, verify=check_statement, check_key=check_key)
        fresh.append(entry)
    if fresh:
        with vault.together():
            vault.membership.extend(fresh)
            take_group_keys(vault, team)
    return team


def state(vault: OpenVault, kind: Statement, body: Mapping[str, object]) -> Team:
    """Sign one statement about the team and add it to the log here; it travels at the next sync."""
    team = team_of(vault)
    statement = membership.encode_statement(team.id, team.head.at + 1, team.head.hash, kind, body)
    device = identity_of(vault).device
    signature = vault.keys.signing().sign(Label.MEMBERSHIP, statement)
    entry = Entry(statement=statement, signatures=((device, signature),))
    return extend(vault, [entry.encoded()])


def turn_group(vault: OpenVault, group: str, members: frozenset[DeviceId]) -> Team:
    """Give a group a new key that exactly these devices, and the recovery kit, can take."""
    return state(vault, Statement.GROUP_EPOCH, epoch_statement(vault, team_of(vault), group, members))


def epoch_statement(
    vault: OpenVault, team: Team, group: str, members: frozenset[DeviceId]
) -> Mapping[str, object]:
    """The body that turns a group's key. Raises Refused("refused.group") where the old key is not here."""
    before = team.groups.get(group)
    previous = None
    if before is not None:
        previous = vault.keys.group(group, before.epoch)
        if previous is None:
            raise Refused("refused.group", group=group)
    epoch = (before.epoch if before else 0) + 1
    publics = {str(device): team.devices[device].seal for device in members}
    if team.recovery is not None:
        publics[RECOVERY] = team.recovery
    turned = turn_epoch(
        team=team.id,
        group=group,
        epoch=epoch,
        mprev=team.head.hash,
        members=publics,
        previous=previous,
    )
    return membership.epoch_body(
        group=group,
        epoch=epoch,
        public=turned.public,
        members=members,
        grants=turned.grants,
        past=turned.past,
    )


def revoke(device: DeviceId, *, vault: OpenVault) -> Team:
    """Shut a desk out: what it signs from now on counts nowhere, and every group it was in turns its key.

    What this desk has of its operations until now stays good. Raises Refused("refused.member").
    """
    return state(vault, Statement.DEVICE_REVOKE, revocation(device, vault=vault))


def revocation(device: DeviceId, *, vault: OpenVault) -> Mapping[str, object]:
    """The body that shuts a desk out. Raises Refused("refused.group") where a group's key is not here."""
    team = team_of(vault)
    last, _ = vault.operations.high(device)
    epochs = []
    for name, group in team.groups.items():
        if device in group.members:
            epochs.append(epoch_statement(vault, team, name, group.members - {device}))
    return membership.revoke_body(device=device, last_seq=last, epochs=epochs)


def take_group_keys(vault: OpenVault, team: Team) -> None:
    """Open every group key that was granted to this desk, and through it the earlier ones."""
    identity = identity_of(vault)
    for group in team.groups.values():
        if identity.device in group.members and vault.keys.group(group.name, group.epoch) is None:
            _take(vault, team, group, identity.device)


def _take(vault: OpenVault, team: Team, group: Group, device: DeviceId) -> None:
    key = open_epoch(
        team=team.id,
        group=group.name,
        epoch=group.epoch,
        mprev=group.context,
        device=device,
        sealed=group.grants[device],
        key=vault.keys.sealing(),
    )
    _check_half(key, group)
    vault.keys.keep_group(group.name, group.epoch, key)
    newer = group
    while newer.before is not None and vault.keys.group(group.name, newer.before.epoch) is None:
        key = walk_back(
            team=team.id, group=group.name, epoch=newer.epoch, mprev=newer.context, past=newer.past, key=key
        )
        newer = newer.before
        _check_half(key, newer)
        vault.keys.keep_group(group.name, newer.epoch, key)


def _check_half(key: SealingKey, group: Group) -> None:
    """A key that does not belong to the group's public half would be kept for good and open nothing."""
    if key.public() != group.public:
        raise Tampered(what="epoch")


@lru_cache(maxsize=8)
def _replayed(entries: tuple[bytes, ...]) -> Team:
    # A pure function of public bytes: keeping its last results keeps no secret.
    return membership.replay(entries, verify=check_statement, check_key=check_key)
