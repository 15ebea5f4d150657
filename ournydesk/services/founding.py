"""Founding a team, and what its people see of it. Layer: services."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from ournydesk.clock import Clock
from ournydesk.crypto.fingerprint import TEAM_WORDS, fingerprint_words
from ournydesk.crypto.grants import SealingKey
from ournydesk.crypto.passphrase import WordBook
from ournydesk.crypto.signing import Label, SigningKey
from ournydesk.domain import membership
from ournydesk.domain.ids import new_id
from ournydesk.domain.membership import Entry, Role, Statement, Team, UserId
from ournydesk.domain.operations import DeviceId, TeamId
from ournydesk.domain.team import (
    STAFF,
    TEAM,
    Clinic,
    Identity,
    TeamDevice,
    TeamMember,
    TeamView,
    clinic_group,
)
from ournydesk.errors import Refused
from ournydesk.ports import OpenVault
from ournydesk.services import publishing
from ournydesk.services.membership import identity_of, take_group_keys, team_of, turn_group


def found_team(team_name: str, person: str, *, reads: bool, vault: OpenVault, clock: Clock) -> Identity:
    """A new team, with the person at this desk as its first coordinator who manages people.

    ``reads`` is whether this coordinator may read cases; it is a right of its own. Raises
    Refused("refused.in_team") when this vault belongs to a team already.
    """
    if vault.membership.identity() is not None:
        raise Refused("refused.in_team")
    sign, seal = SigningKey.fresh(), SealingKey.fresh()
    team, user, device = TeamId(new_id()), UserId(new_id()), DeviceId(new_id())
    body = membership.genesis_body(
        user=user, device=device, sign=sign.public().encoded, seal=seal.public(), reads=reads
    )
    statement = membership.encode_statement(team, 0, "", Statement.GENESIS, body)
    entry = Entry(statement=statement, signatures=((device, sign.sign(Label.MEMBERSHIP, statement)),))
    identity = Identity(team=team, user=user, device=device, name=person, fingerprint=entry.hash)
    with vault.together():
        vault.keys.keep_device(sign, seal)
        vault.membership.adopt(identity)
        vault.membership.extend([entry.encoded()])
        turn_group(vault, TEAM, frozenset((device,)))
        if reads:
            turn_group(vault, STAFF, frozenset((device,)))
        take_group_keys(vault, team_of(vault))
        publishing.publish(publishing.TITLE, team, {"name": team_name}, vault=vault, clock=clock)
        publishing.publish_name(user, person, vault=vault, clock=clock)
    return identity


def open_clinic(title: str, closes: datetime, *, vault: OpenVault, clock: Clock) -> Clinic:
    """A new clinic day; its readers so far are the staff who may read cases."""
    team = team_of(vault)
    clinic = Clinic(id=new_id(), title=title, closes=closes)
    staff = team.groups.get(STAFF)
    readers = staff.members if staff is not None else frozenset((identity_of(vault).device,))
    with vault.together():
        turn_group(vault, clinic_group(clinic.id), readers)
        publishing.publish_clinic(clinic, vault=vault, clock=clock)
    return clinic


def keep_open(clinic: Clinic, closes: datetime, *, vault: OpenVault, clock: Clock) -> Clinic:
    """The same clinic with another end: its seats take new work until then, as soon as they hear of it."""
    longer = replace(clinic, closes=closes)
    publishing.publish_clinic(longer, vault=vault, clock=clock)
    return longer


def view(vault: OpenVault, words: WordBook) -> TeamView:
    """The team as its screen shows it."""
    identity, team = identity_of(vault), team_of(vault)
    names = publishing.names(vault)
    titles = publishing.published(vault, publishing.TITLE)
    heard = _heard(vault)
    here = team.member_of(identity.device)
    seats = publishing.published(vault, publishing.SEAT)
    return TeamView(
        name=titles[team.id].facts.get("name", "") if team.id in titles else "",
        words=fingerprint_words(bytes.fromhex(team.fingerprint), TEAM_WORDS, words),
        members=tuple(
            TeamMember(
                id=member.id,
                name=names.get(member.id, ""),
                role=member.role,
                manages=member.manages,
                reads=member.reads,
                scope=member.scope,
                devices=_devices(team, member.id, heard),
                here=member.id == identity.user,
                seat=any(device.user == member.id for device in team.devices.values() if device.id in seats),
            )
            for member in team.members.values()
        ),
        clinics=publishing.clinics(vault),
        forms=tuple(
            told.facts.get("title", told.name)
            for told in publishing.published(vault, publishing.FORM).values()
        ),
        blanks=tuple(
            f"{told.name} {told.facts.get('edition', '')}".strip()
            for told in publishing.published(vault, publishing.BLANK).values()
        ),
        manages=here is not None and here.manages,
        leads=here is not None and here.role is Role.COORDINATOR,
    )


def _devices(team: Team, user: UserId, heard: dict[DeviceId, datetime]) -> tuple[TeamDevice, ...]:
    return tuple(
        TeamDevice(id=device.id, revoked=device.last_seq is not None, heard_at=heard.get(device.id))
        for device in team.devices.values()
        if device.user == user
    )


def _heard(vault: OpenVault) -> dict[DeviceId, datetime]:
    return dict(vault.operations.heard())
