"""Seats on real vaults: made ready at home, given away at the door, closed, renewed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from ournydesk.bootstrap import LaptopDesk
from ournydesk.crypto.passphrase import WordBook
from ournydesk.domain.membership import Role
from ournydesk.domain.seats import FINISHING, SeatCard, SeatState
from ournydesk.domain.team import Clinic
from ournydesk.errors import BadInput, Refused, WrongPassphrase
from ournydesk.ports import OpenVault
from ournydesk.services import courier, founding, publishing, seating, seats
from ournydesk.services.membership import identity_of
from ournydesk.store.vaults import LaptopVaults
from tests.fakes.cheap import COST, POLICY
from tests.fakes.desks import TickingClock, a_server, change, enrol, example_intake, here, open_desk

BOOK = WordBook.bundled()


def vault_of(desk: LaptopDesk) -> OpenVault:
    return desk.team.replica().vault


@dataclass
class Hall:
    """A coordinator at home, a folder of seats, and a clinic in eight hours."""

    folder: Path
    clock: TickingClock
    lead: LaptopDesk
    clinic: Clinic
    vaults: LaptopVaults
    open: list[OpenVault] = field(default_factory=list)

    @property
    def vault(self) -> OpenVault:
        return vault_of(self.lead)

    def prepare(self, count: int = 1) -> tuple[SeatCard, ...]:
        return seats.prepare(
            self.clinic, count, vault=self.vault, vaults=self.vaults, words=BOOK, clock=self.clock
        )

    def sit(self, card: SeatCard) -> OpenVault:
        opened = self.vaults.open(card.vault, " ".join(card.words))
        self.open.append(opened)
        return opened

    def desk_of(self, seat: OpenVault) -> LaptopDesk:
        return LaptopDesk.on(seat, self.clock)

    def carry(self, source: OpenVault, target: OpenVault) -> None:
        """By stick."""
        content, _ = courier.pack(vault=source, clock=self.clock)
        courier.unpack(content, vault=target, clock=self.clock)

    def second_lead(self) -> LaptopDesk:
        other = open_desk(self.folder / "second", "D. Coordinator", self.clock)
        enrol(other, "D. Coordinator", Role.COORDINATOR, self.lead, self.folder, reads=True, manages=False)
        self.open.append(vault_of(other))
        return other


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    clock = TickingClock()
    lead = open_desk(tmp_path / "home", "C. Coordinator", clock)
    lead.team.found_team("Example Coalition", "C. Coordinator", "Queens Library")
    lead.team.publish_form("naturalization")
    [clinic] = publishing.clinics(vault_of(lead))
    made = Hall(
        tmp_path, clock, lead, clinic, LaptopVaults(tmp_path / "laptop" / "vaults", policy=POLICY, cost=COST)
    )
    yield made
    for opened in made.open:
        opened.close()
    lead.lock()


def test_seats_are_enrolled_in_advance_and_open_with_the_words_of_their_card(hall: Hall) -> None:
    cards = hall.prepare(2)
    assert [card.number for card in cards] == [1, 2]
    assert [card.name for card in hall.vaults.cards()] == [card.name for card in cards]
    assert cards[0].name.startswith("Seat 1 - Queens Library ")
    assert all(len(card.words) == 6 for card in cards)
    with pytest.raises(WrongPassphrase):
        hall.vaults.open(cards[0].vault, " ".join(cards[1].words))
    seat = hall.sit(cards[0])
    mine = seating.own_seat(seat)
    assert mine is not None
    assert (mine.number, mine.name, mine.clinic) == (1, "Seat 1", hall.clinic)
    assert seating.own_clinic(seat) == hall.clinic
    [third] = hall.prepare()
    assert third.number == 3
    known = seating.all_seats(hall.vault)
    assert [(one.number, one.state(hall.clock.now())) for one in known] == [
        (number, SeatState.PREPARED) for number in (1, 2, 3)
    ]
    assert seating.own_seat(hall.vault) is None


def test_the_words_of_a_card_are_on_no_disk(hall: Hall) -> None:
    [card] = hall.prepare()
    phrase = " ".join(card.words).encode()
    kept = [path for path in hall.folder.rglob("*") if path.is_file()]
    assert kept
    assert not any(phrase in path.read_bytes() for path in kept)


def test_what_a_seat_wrote_is_read_under_the_name_the_lead_gave(hall: Hall) -> None:
    [card] = hall.prepare()
    seat = hall.sit(card)
    assert not seating.sat_today(seat, hall.clock)
    seats.sit_down("Ana  Example", vault=seat, clock=hall.clock)
    assert seating.sat_today(seat, hall.clock)
    desk = hall.desk_of(seat)
    desk.wire.hand_over(example_intake(desk), "15b is Yes")
    hall.carry(seat, hall.vault)
    [row] = hall.lead.cases.cases()
    assert row.taken_by == "Ana Example (Seat 1)"
    mine = seating.own_seat(seat)
    assert mine is not None
    given = seats.assign(mine.device, "Ana Example", vault=hall.vault, clock=hall.clock)
    assert given.state(hall.clock.now()) is SeatState.ASSIGNED
    hall.carry(hall.vault, seat)
    there = seating.own_seat(seat)
    assert there is not None
    assert [one.by for one in there.assignments] == ["C. Coordinator"]
    assert not there.disagrees(hall.clock.now())
    hall.clock.move(days=1)
    assert not seating.sat_today(seat, hall.clock)


def test_two_leads_offline_orphan_nothing(hall: Hall) -> None:
    other = hall.second_lead()
    [card] = hall.prepare()
    seat = hall.sit(card)
    hall.carry(hall.vault, vault_of(other))
    mine = seating.own_seat(seat)
    assert mine is not None
    seats.assign(mine.device, "Ana Example", vault=hall.vault, clock=hall.clock)
    seats.assign(mine.device, "Ben Sample", vault=vault_of(other), clock=hall.clock)
    desk = hall.desk_of(seat)
    desk.wire.hand_over(example_intake(desk), "")
    for source in (seat, vault_of(other)):
        hall.carry(source, hall.vault)
    [row] = hall.lead.cases.cases()
    assert row.taken_by == "Ana Example or Ben Sample (Seat 1)"
    [seen] = seating.all_seats(hall.vault)
    assert seen.disagrees(hall.clock.now())
    seats.assign(mine.device, "Ben Sample", settle=True, vault=hall.vault, clock=hall.clock)
    [row] = hall.lead.cases.cases()
    assert row.taken_by == "Ben Sample (Seat 1)"
    hall.carry(hall.vault, vault_of(other))
    [settled] = seating.all_seats(vault_of(other))
    assert not settled.disagrees(hall.clock.now())


def test_after_the_close_a_seat_takes_nothing_new_and_still_delivers(hall: Hall) -> None:
    [card] = hall.prepare()
    seat = hall.sit(card)
    desk = hall.desk_of(seat)
    intake = example_intake(desk)
    hall.clock.move(hours=12)
    with pytest.raises(Refused) as caught:
        seating.check_may_begin(vault=seat, clock=hall.clock)
    assert (caught.value.code, caught.value.facts["clinic"]) == ("refused.seat_closed", "Queens Library")
    head = seat.intakes.row(intake).head
    seating.check_may_change(head, vault=seat, clock=hall.clock)
    hall.clock.move(seconds=FINISHING / timedelta(seconds=1))
    with pytest.raises(Refused):
        seating.check_may_change(head, vault=seat, clock=hall.clock)
    desk.wire.hand_over(intake, "late")
    hall.carry(seat, hall.vault)
    assert len(hall.lead.cases.cases()) == 1
    seating.check_may_begin(vault=hall.vault, clock=hall.clock)  # the coordinator's desk is no seat


def test_a_clinic_that_is_kept_open_keeps_its_seats_open(hall: Hall) -> None:
    [card] = hall.prepare()
    seat = hall.sit(card)
    later = Clinic(id=hall.clinic.id, title=hall.clinic.title, closes=hall.clinic.closes + timedelta(hours=2))
    publishing.publish_clinic(later, vault=hall.vault, clock=hall.clock)
    hall.carry(hall.vault, seat)
    seating.refresh(seat)
    hall.clock.move(hours=13)
    seating.check_may_begin(vault=seat, clock=hall.clock)


def test_before_the_next_clinic_a_seat_gets_other_words_and_gives_up_what_it_held(hall: Hall) -> None:
    [card] = hall.prepare()
    seat = hall.sit(card)
    desk = hall.desk_of(seat)
    desk.wire.hand_over(example_intake(desk), "")
    hall.open.remove(seat)
    seat.close()
    hall.clock.move(days=7)
    following = founding.open_clinic(
        "Flushing Hall", hall.clock.now() + timedelta(days=1), vault=hall.vault, clock=hall.clock
    )
    old = " ".join(card.words)
    fresh = seats.renew(
        card.vault, old, following, vault=hall.vault, vaults=hall.vaults, words=BOOK, clock=hall.clock
    )
    assert fresh.words != card.words
    assert fresh.name.startswith("Seat 1 - Flushing Hall")
    assert [one.name for one in hall.vaults.cards()] == [fresh.name]
    with pytest.raises(WrongPassphrase):
        hall.vaults.open(card.vault, old)
    assert len(hall.lead.cases.cases()) == 1
    again = hall.sit(fresh)
    seating.check_may_begin(vault=again, clock=hall.clock)
    desk = hall.desk_of(again)
    desk.wire.hand_over(example_intake(desk), "")
    hall.carry(again, hall.vault)
    assert len(hall.lead.cases.cases()) == 2
    with pytest.raises(WrongPassphrase):
        seats.renew(
            card.vault, old, following, vault=hall.vault, vaults=hall.vaults, words=BOOK, clock=hall.clock
        )


def test_a_seat_seals_to_its_own_clinic_not_to_a_later_one(hall: Hall) -> None:
    [card] = hall.prepare()
    founding.open_clinic(
        "Next week", hall.clinic.closes + timedelta(days=7), vault=hall.vault, clock=hall.clock
    )
    seat = hall.sit(card)
    hall.carry(hall.vault, seat)
    seating.refresh(seat)
    desk = hall.desk_of(seat)
    desk.wire.hand_over(example_intake(desk), "")
    created = [one for one in seat.operations.outbox(99, 10**9) if one.header.kind.value == "rec.create"]
    assert [f"clinic:{hall.clinic.id}" in one.header.to for one in created] == [True]


def test_what_cannot_be_is_said(hall: Hall) -> None:
    with pytest.raises(BadInput, match="not 0"):
        hall.prepare(0)
    with pytest.raises(BadInput, match="Its clinics: “Queens Library”"):
        seats.clinic_called("Nowhere", vault=hall.vault)
    assert seats.clinic_called("queens  library", vault=hall.vault) == hall.clinic
    [card] = hall.prepare()
    seat = hall.sit(card)
    mine = seating.own_seat(seat)
    assert mine is not None
    with pytest.raises(BadInput, match="Type the name"):
        seats.assign(mine.device, "   ", vault=hall.vault, clock=hall.clock)
    with pytest.raises(BadInput, match="Type the name"):
        seats.sit_down("x\u202e", vault=seat, clock=hall.clock)
    with pytest.raises(Refused) as caught:
        seats.assign(mine.device, "Ana", vault=seat, clock=hall.clock)
    assert caught.value.code == "refused.shut_out"
    with pytest.raises(Refused) as caught:
        seats.assign(identity_of(hall.vault).device, "Ana", vault=hall.vault, clock=hall.clock)
    assert caught.value.code == "refused.no_seat"
    with pytest.raises(Refused) as caught:
        seats.prepare(hall.clinic, 1, vault=seat, vaults=hall.vaults, words=BOOK, clock=hall.clock)
    assert caught.value.code == "refused.manages"
    hall.clock.move(days=1)
    with pytest.raises(BadInput, match="is over"):
        hall.prepare()
    with pytest.raises(Refused) as caught:
        seats.assign(mine.device, "Ana", vault=hall.vault, clock=hall.clock)
    assert caught.value.code == "refused.seat_closed"
    stranger = hall.vaults.create("Not a seat", "some words of a person here")
    later = founding.open_clinic(
        "Next", hall.clock.now() + timedelta(days=1), vault=hall.vault, clock=hall.clock
    )
    with pytest.raises(Refused) as caught:
        seats.renew(
            stranger.id,
            "some words of a person here",
            later,
            vault=hall.vault,
            vaults=hall.vaults,
            words=BOOK,
            clock=hall.clock,
        )
    assert caught.value.code == "refused.no_seat"


def test_the_desk_refuses_new_work_at_a_closed_seat_and_keeps_what_is_there(hall: Hall) -> None:
    [card] = hall.prepare()
    desk = hall.desk_of(hall.sit(card))
    intake = example_intake(desk)
    before = desk.open_intake(intake).answers
    hall.clock.move(hours=13)
    with pytest.raises(Refused) as caught:
        desk.start_intake("naturalization", "Bengali (bn)")
    assert caught.value.code == "refused.seat_closed"
    with pytest.raises(Refused) as caught:
        change(desk, intake, "/data/consent/agrees", "N")
    assert caught.value.code == "refused.seat_closed"
    assert desk.open_intake(intake).answers == before
    assert desk.wire.hand_over(intake, "").handed_over


def test_the_server_numbers_what_is_said_about_seats(hall: Hall) -> None:
    with a_server(hall.folder / "server") as central:
        token = central.house.access.new_creation_token()
        hall.lead.team.register_team(central.address, None, token, here)
        [card] = hall.prepare()
        hall.lead.wire.sync(here)
        desk = hall.desk_of(hall.sit(card))
        seats.sit_down("Ana Example", vault=vault_of(desk), clock=hall.clock)
        [known] = seating.all_seats(hall.vault)
        seats.assign(known.device, "Ana Example", vault=hall.vault, clock=hall.clock)
        for one in (hall.lead, desk, hall.lead):
            counts = one.wire.sync(here).counts
        assert (counts.waiting, counts.refused, counts.quarantined) == (0, 0, 0)
        [seat] = seating.all_seats(hall.vault)
        assert [one.name for one in seat.sittings] == ["Ana Example"]
        [there] = seating.all_seats(vault_of(desk))
        assert [one.name for one in there.assignments] == ["Ana Example"]
