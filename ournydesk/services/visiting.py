"""Readers of one clinic only: visiting attorneys, until it closes. Layer: services.

Whoever reads a clinic's cases without being of the staff is its visitor. After the close they are taken
out of its group by a person, because the group's key turns with it: a desk that is offline cannot do that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ournydesk.clock import Clock
from ournydesk.domain.membership import Team
from ournydesk.domain.operations import DeviceId
from ournydesk.domain.team import STAFF, Clinic, clinic_group
from ournydesk.errors import Refused
from ournydesk.ports import OpenVault
from ournydesk.services import publishing
from ournydesk.services.membership import team_of, turn_group


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A desk that reads the cases of one clinic."""

    device: DeviceId
    name: str
    clinic: Clinic

    def overdue(self, now: datetime) -> bool:
        """Whether the clinic is over and the desk still reads what is written to it."""
        return self.clinic.closes <= now


def visitors(vault: OpenVault) -> tuple[Visitor, ...]:
    """Everybody who visits a clinic, by when it closes."""
    team, names = team_of(vault), publishing.names(vault)
    staff = team.groups[STAFF].members if STAFF in team.groups else frozenset()
    found: list[Visitor] = []
    for clinic in publishing.clinics(vault):
        group = team.groups.get(clinic_group(clinic.id))
        guests = sorted(group.members - staff) if group is not None and staff else []
        found += [
            Visitor(device=device, name=names.get(team.devices[device].user, ""), clinic=clinic)
            for device in guests
        ]
    return tuple(reversed(found))


def overdue(vault: OpenVault, clock: Clock) -> tuple[Visitor, ...]:
    """Those whose clinic is over."""
    return tuple(visitor for visitor in visitors(vault) if visitor.overdue(clock.now()))


def end_visit(device: DeviceId, clinic: str, *, vault: OpenVault) -> Team:
    """Take a visitor out of a clinic: its key turns, and what is written from now on is not theirs.

    Raises Refused("refused.visit") for one who is no visitor of it, Refused("refused.group") where this
    desk does not hold the group's key.
    """
    found = [one for one in visitors(vault) if (one.device, one.clinic.id) == (device, clinic)]
    if not found:
        raise Refused("refused.visit")
    name = clinic_group(clinic)
    return turn_group(vault, name, team_of(vault).groups[name].members - {device})


def visit(device: DeviceId, clinic: str, *, vault: OpenVault) -> Team:
    """Let a reader who is in the team already read one more clinic, until it closes."""
    team = team_of(vault)
    member, group = team.member_of(device), team.groups.get(clinic_group(clinic))
    if member is None or not member.reads or group is None:
        raise Refused("refused.visit")
    return turn_group(vault, group.name, group.members | {device})
