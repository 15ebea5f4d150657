"""What a desk knows of the seats of its team: which there are, whose they are, whether one is closed.

Layer: services. Acts on seats are in ``seats``. A seat is a desk that a coordinator published as one;
to whom a lead gave it and which name was typed there are operations sealed to the whole team.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from ournydesk.clock import Clock
from ournydesk.domain import seats
from ournydesk.domain.intake import IntakeHead
from ournydesk.domain.membership import Team, UserId
from ournydesk.domain.operations import DeviceId, Kind, RecordId
from ournydesk.domain.record import Assigned, Dot, Payload, SatDown, Stamp, decode_payload
from ournydesk.domain.seats import Assignment, Seat, Sitting
from ournydesk.domain.team import Clinic
from ournydesk.errors import Refused
from ournydesk.ports import OpenVault
from ournydesk.services import publishing
from ournydesk.services.membership import identity_of, team_of

CLINIC: Final = "seat.clinic"
TITLE: Final = "seat.title"
CLOSES: Final = "seat.closes"


@dataclass(frozen=True, slots=True)
class Names:
    """What is shown for the author of an operation; read once for a whole list."""

    people: Mapping[UserId, str]
    devices: Mapping[DeviceId, UserId]
    seats: Mapping[DeviceId, Seat] = field(default_factory=dict)

    def of(self, device: DeviceId, dseq: int, at: Stamp) -> str:
        """The person, or for a seat whoever sat there; empty for a device nobody named."""
        seat = self.seats.get(device)
        if seat is not None:
            return seat.author(dseq, datetime.fromtimestamp(at.ms / 1000, UTC))
        user = self.devices.get(device)
        return self.people.get(user, "") if user is not None else ""


def names(vault: OpenVault) -> Names:
    """The names of everybody whose operations are here."""
    team = team_of(vault)
    return Names(
        publishing.names(vault),
        {device.id: device.user for device in team.devices.values()},
        {seat.device: seat for seat in all_seats(vault)},
    )


def all_seats(vault: OpenVault) -> tuple[Seat, ...]:
    """Every seat of the team, by clinic and number; those that were shut out too."""
    team = team_of(vault)
    known = {clinic.id: clinic for clinic in publishing.clinics(vault)}
    people = publishing.names(vault)
    given = _assignments(vault, team, people)
    heard = vault.operations.heard()
    found = []
    for name, told in publishing.published(vault, publishing.SEAT).items():
        device = team.devices.get(DeviceId(name))
        if device is None or not told.facts.get("number", "").isdecimal():
            continue
        found.append(
            Seat(
                device=device.id,
                number=int(told.facts["number"]),
                name=people.get(device.user, ""),
                clinic=known.get(told.facts.get("clinic", "")),
                revoked=device.last_seq is not None,
                assignments=tuple(given.get(device.id, ())),
                sittings=_sittings(vault, device.id, device.user),
                heard_at=heard.get(device.id),
            )
        )
    return tuple(sorted(found, key=_order))


def own_seat(vault: OpenVault) -> Seat | None:
    """This desk as a seat; None when it is none."""
    identity = vault.membership.identity()
    if identity is None or not identity.member:
        return None
    return next((seat for seat in all_seats(vault) if seat.device == identity.device), None)


def refresh(vault: OpenVault) -> None:
    """Note until when this desk may begin and change intakes, so that saving an answer need not look it up.

    Called when a vault was opened and when something arrived: a coordinator may keep a clinic open longer.
    """
    seat = own_seat(vault)
    clinic = seat.clinic if seat is not None else None
    told = (clinic.id, clinic.title, clinic.closes.isoformat()) if clinic is not None else ("", "", "")
    for name, value in zip((CLINIC, TITLE, CLOSES), told, strict=True):
        if vault.preferences.get(name) != value:
            vault.preferences.set(name, value)


def own_clinic(vault: OpenVault) -> Clinic | None:
    """The clinic this seat was made ready for, as last noted; None for a desk that is no seat."""
    closes = vault.preferences.get(CLOSES)
    if not closes:
        return None
    return Clinic(
        id=vault.preferences.get(CLINIC),
        title=vault.preferences.get(TITLE),
        closes=datetime.fromisoformat(closes),
    )


def check_may_begin(*, vault: OpenVault, clock: Clock) -> None:
    """Raise Refused("refused.seat_closed") with ``clinic`` when this seat takes no new intake any more."""
    clinic = own_clinic(vault)
    if clinic is not None and not seats.may_begin(clinic, clock.now()):
        raise Refused("refused.seat_closed", clinic=clinic.title)


def check_may_change(head: IntakeHead, *, vault: OpenVault, clock: Clock) -> None:
    """Raise the same when an intake may not be changed here any more."""
    clinic = own_clinic(vault)
    if clinic is not None and not seats.may_change(clinic, head.started_at, clock.now()):
        raise Refused("refused.seat_closed", clinic=clinic.title)


def sat_today(vault: OpenVault, clock: Clock) -> bool:
    """Whether somebody has typed a name at this seat today; yes for a desk that is no seat."""
    seat = own_seat(vault)
    if seat is None:
        return True
    last = seat.sittings[-1] if seat.sittings else None
    # The day on the wall: a clinic in the evening is another day in UTC.
    return last is not None and last.at.astimezone().date() >= clock.now().astimezone().date()


def _assignments(
    vault: OpenVault, team: Team, people: Mapping[UserId, str]
) -> dict[DeviceId, list[Assignment]]:
    found: dict[DeviceId, list[Assignment]] = {}
    for operation in vault.operations.of_record(RecordId(identity_of(vault).team)):
        if operation.header.kind is not Kind.ASSIGN_SEAT or not operation.payload:
            continue
        lead = team.devices.get(operation.header.dev)
        for place, told in enumerate(decode_payload(operation.payload).writes):
            if isinstance(told, Assigned):
                given = Assignment(
                    dot=Dot(operation.header.dev, operation.header.dseq, place),
                    name=told.name,
                    by=people.get(lead.user, "") if lead is not None else "",
                    begins=told.begins,
                    until=told.until,
                    over=told.over,
                )
                found.setdefault(told.device, []).append(given)
    return found


def _sittings(vault: OpenVault, device: DeviceId, user: UserId) -> tuple[Sitting, ...]:
    found = []
    for operation in vault.operations.of_record(RecordId(user)):
        if operation.header.dev != device or not operation.payload:
            continue
        payload: Payload = decode_payload(operation.payload)
        moment = datetime.fromtimestamp(payload.at.ms / 1000, UTC)
        found += [
            Sitting(name=told.name, dseq=operation.header.dseq, at=moment)
            for told in payload.writes
            if isinstance(told, SatDown)
        ]
    return tuple(sorted(found, key=lambda one: one.dseq))


def _order(seat: Seat) -> tuple[float, int, str]:
    closes = seat.clinic.closes.timestamp() if seat.clinic is not None else 0.0
    return (-closes, seat.number, seat.device)
