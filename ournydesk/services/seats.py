"""Seats: made ready at home, given to a person at the door, closed after the clinic. Layer: services.

A seat is an ordinary desk of a volunteer with a vault of its own and six generated words on a printed
card. The coordinator makes both ends of its enrolment in one go, so nothing is compared by voice. The
words are in the cards this returns and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ournydesk.clock import Clock
from ournydesk.domain import membership, seats
from ournydesk.domain.days import english_day
from ournydesk.domain.ids import VaultId
from ournydesk.domain.membership import Role, Statement
from ournydesk.domain.operations import DeviceId, Kind, RecordId
from ournydesk.domain.record import Assigned, SatDown
from ournydesk.domain.seats import Seat, SeatCard
from ournydesk.domain.team import TEAM, Clinic
from ournydesk.errors import BadInput, Refused
from ournydesk.ports import OpenVault, Vaults, Words
from ournydesk.services import courier, enrolment, publishing, receiving, records, seating
from ournydesk.services.authoring import Draft, mirror, tell_team, write
from ournydesk.services.membership import extend, identity_of, state, team_of, turn_group

MOST: Final = 40
"""Seats made in one go; more laptops than that stand in no hall."""
LONGEST_NAME: Final = 60
LONGEST_PERSON: Final = 80


@dataclass(frozen=True, slots=True)
class _Made:
    """A seat's vault with its request, not in the team yet."""

    card: SeatCard
    request: enrolment.Request


def clinic_called(title: str, *, vault: OpenVault) -> Clinic:
    """The clinic of a title, the one that closes last where two have it. Raises BadInput."""
    found = publishing.clinics(vault)
    for clinic in found:
        if seats.same_person(clinic.title, title):
            return clinic
    known = ", ".join(f"“{clinic.title}”" for clinic in found) or "none yet"
    raise BadInput(f"There is no clinic called “{title}” in this team. Its clinics: {known}.")


def prepare(
    clinic: Clinic, count: int, *, vault: OpenVault, vaults: Vaults, words: Words, clock: Clock
) -> tuple[SeatCard, ...]:
    """Make so many seats for a clinic; their cards. ``vaults`` is where their folders are made.

    Takes some seconds a seat. Raises BadInput for a number or a clinic that cannot be, and
    Refused("refused.manages") unless the coordinator of ``vault`` may let people in.
    """
    _check_lead(vault)
    if not 1 <= count <= MOST:
        raise BadInput(f"Between 1 and {MOST} seats can be made at once, not {count}.")
    _check_ahead(clinic, clock)
    taken = [seat.number for seat in seating.all_seats(vault) if seat.clinic == clinic]
    first = max(taken, default=0) + 1
    made = [_make(number, clinic, vaults=vaults, words=words) for number in range(first, first + count)]
    _admit(made, clinic, vault=vault, clock=clock)
    for one in made:
        # The invite is the coordinator's own word on the same laptop: nobody else could have changed it.
        invite = enrolment.invite(one.request.device, vault=vault, clock=clock)
        with_seat = vaults.open(one.card.vault, " ".join(one.card.words))
        try:
            enrolment.join(invite, vault=with_seat, clock=clock)
            seating.refresh(with_seat)
        finally:
            with_seat.close()
    return tuple(one.card for one in made)


def renew(
    seat: VaultId,
    old_words: str,
    clinic: Clinic,
    *,
    vault: OpenVault,
    vaults: Vaults,
    words: Words,
    clock: Clock,
) -> SeatCard:
    """Other words and another clinic for a seat on this laptop; its new card. The old card opens nothing.

    What the seat still held is taken along into this vault and stays on the seat until it is received.
    Raises WrongPassphrase, Refused("refused.no_seat") for a vault that is no seat of this team, BadInput
    for a clinic that is over.
    """
    _check_lead(vault)
    _check_ahead(clinic, clock)
    opened = vaults.open(seat, old_words)
    try:
        identity = opened.membership.identity()
        device = identity.device if identity is not None else DeviceId("")
        known = {one.device: one for one in seating.all_seats(vault)}
        if device not in known or known[device].revoked:
            raise Refused("refused.no_seat")
        take_along(opened, vault=vault, clock=clock)
        publishing.publish_seat(device, known[device].number, clinic, vault=vault, clock=clock)
        _bring_up_to_date(opened, vault=vault, clock=clock)
        fresh = words.generate()
        card = SeatCard(
            vault=seat,
            number=known[device].number,
            name=_vault_name(known[device].number, clinic),
            words=fresh,
            clinic=clinic,
        )
        opened.change_passphrase(old_words, " ".join(fresh), name=card.name)
        return card
    finally:
        opened.close()


def take_along(seat: OpenVault, *, vault: OpenVault, clock: Clock) -> int:
    """Carry what a seat still holds for the server into this vault, as a stick would; how many pieces."""
    records.seal_all(vault=seat, clock=clock)
    content, operations = courier.pack(vault=seat, clock=clock)
    courier.unpack(content, vault=vault, clock=clock)
    courier.handed_on(operations, vault=seat, clock=clock)
    return len(operations)


def assign(device: DeviceId, name: str, *, settle: bool = False, vault: OpenVault, clock: Clock) -> Seat:
    """Give a seat to a person from now until its clinic closes; works offline. The seat as it stands now.

    ``settle``: from when it was first given to anybody who holds it now, so that a disagreement about who
    sat there ends. Raises Refused("refused.no_seat"), Refused("refused.seat_closed"),
    Refused("refused.shut_out") unless this desk is a coordinator's, BadInput for a name that is none.
    """
    person = checked_name(name)
    now = clock.now()
    seat = next((one for one in seating.all_seats(vault) if one.device == device), None)
    if seat is None or seat.revoked or seat.clinic is None:
        raise Refused("refused.no_seat")
    if seat.clinic.closes <= now:
        raise Refused("refused.seat_closed", clinic=seat.clinic.title)
    held = seats.holders(seat.assignments, now)
    told = Assigned(
        device=device,
        name=person,
        begins=held[0].begins if settle and held else now,
        until=seat.clinic.closes,
        over=seats.standing(seat.assignments),
    )
    draft = Draft(record=RecordId(identity_of(vault).team), kind=Kind.ASSIGN_SEAT, writes=[told], to=(TEAM,))
    mirror([write(draft, vault=vault, clock=clock)], vault)
    return next(one for one in seating.all_seats(vault) if one.device == device)


def sit_down(name: str, *, vault: OpenVault, clock: Clock) -> None:
    """Who sits here from now on, as they typed it. What was typed before is sealed first: it is not theirs.

    Raises BadInput for a name that is none.
    """
    person = checked_name(name)
    records.seal_all(vault=vault, clock=clock)
    tell_team([SatDown(name=person)], vault=vault, clock=clock)


def checked_name(name: str) -> str:
    """A person's name as it is kept. Raises BadInput."""
    person = " ".join(name.split())
    if not person or len(person) > LONGEST_PERSON or not person.isprintable():
        raise BadInput(f"Type the name of the person who sits here, up to {LONGEST_PERSON} letters.")
    return person


def _check_lead(vault: OpenVault) -> None:
    member = team_of(vault).member_of(identity_of(vault).device)
    if member is None or not member.manages or member.role is not Role.COORDINATOR:
        raise Refused("refused.manages")


def _check_ahead(clinic: Clinic, clock: Clock) -> None:
    if clinic.closes <= clock.now():
        raise BadInput(f"The clinic “{clinic.title}” is over. Open the next one first.")


def _vault_name(number: int, clinic: Clinic) -> str:
    day = english_day(clinic.closes.astimezone()).rpartition(" ")[0]
    title = clinic.title if clinic.title.endswith(day) else f"{clinic.title} {day}"
    return f"Seat {number} - {title}"[:LONGEST_NAME].rstrip()


def _make(number: int, clinic: Clinic, *, vaults: Vaults, words: Words) -> _Made:
    """A vault with keys of its own, which has asked to join."""
    drawn, name = words.generate(), _vault_name(number, clinic)
    made = vaults.create(name, " ".join(drawn))
    opened = vaults.open(made.id, " ".join(drawn))
    try:
        request = enrolment.read_request(enrolment.ask(f"Seat {number}", vault=opened))
    finally:
        opened.close()
    card = SeatCard(vault=made.id, number=number, name=name, words=drawn, clinic=clinic)
    return _Made(card, request)


def _admit(made: list[_Made], clinic: Clinic, *, vault: OpenVault, clock: Clock) -> None:
    """All of them into the team at once: the team's key turns once, not once a seat."""
    with vault.together():
        for one in made:
            user, device = one.request.user, one.request.device
            state(vault, Statement.USER_ADD, membership.user_body(user=user, role=Role.VOLUNTEER))
            keys = membership.device_body(
                device=device, user=user, sign=one.request.sign, seal=one.request.seal
            )
            state(vault, Statement.DEVICE_ADD, keys)
        newcomers = {one.request.device for one in made}
        turn_group(vault, TEAM, team_of(vault).groups[TEAM].members | newcomers)
        for one in made:
            publishing.publish_name(one.request.user, one.request.name, vault=vault, clock=clock)
            publishing.publish_seat(one.request.device, one.card.number, clinic, vault=vault, clock=clock)


def _bring_up_to_date(seat: OpenVault, *, vault: OpenVault, clock: Clock) -> None:
    """The team's log and what was published so far, from this vault into the seat's."""
    published = vault.operations.of_record(RecordId(identity_of(vault).team))
    extend(seat, vault.membership.entries())
    receiving.take(
        [operation.envelope for operation in published if operation.envelope],
        carried=True,
        vault=seat,
        clock=clock,
    )
    seating.refresh(seat)
