from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from ournydesk.domain.documents import Printout
from ournydesk.domain.exposure import ExposedRecord, Exposure, Held
from ournydesk.domain.ids import IntakeId, VaultId
from ournydesk.domain.intake import Status
from ournydesk.domain.operations import DeviceId, RecordId
from ournydesk.domain.record import Dot
from ournydesk.domain.seats import Assignment, Seat, SeatCard, Sitting
from ournydesk.domain.team import Clinic
from ournydesk.domain.vault import VaultCard
from ournydesk.domain.withdrawal import Withdrawal
from ournydesk.errors import Refused
from ournydesk.services.visiting import Visitor
from tests.fakes.tasks import HeldTasks, InlineTasks
from ui.exposure.presenter import ExposurePresenter
from ui.seats.presenter import LONGER, SeatsPresenter
from ui.seats.rows import clinic_words, seat_row, typed_moment, unsettled, who

T = TypeVar("T")
NOON = datetime(2026, 12, 5, 17, 0, tzinfo=UTC)
CLINIC = Clinic(id="c" * 32, title="Queens Library", closes=NOON + timedelta(hours=6))
SEAT = Seat(device=DeviceId("d" * 32), number=1, name="Seat 1", clinic=CLINIC)
CARD = SeatCard(vault=VaultId("e" * 32), number=1, name="Seat 1 - x", words=("a",) * 6, clinic=CLINIC)
PAGES = Printout(pdf=b"%PDF", pages=1)
NOTHING = Exposure(
    device=SEAT.device,
    name="Seat 1",
    role="volunteer",
    seat=True,
    revoked=False,
    heard_at=None,
    records=(ExposedRecord(id=RecordId("1" * 32), held=Held.WRITTEN),),
    groups=(),
    of_groups=(),
    reads_here=True,
)


def given(name: str, lead: str = "a", by: str = "Lead") -> Assignment:
    return Assignment(dot=Dot(DeviceId(lead * 32), 1, 0), name=name, by=by, begins=NOON, until=CLINIC.closes)


class Clock:
    def now(self) -> datetime:
        return NOON


class Recorder:
    """A face that writes down what it is told to show."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, tuple[Any, ...]]] = []

    def __getattr__(self, name: str) -> Any:
        return lambda *args: self.shown.append((name, args))

    def names(self) -> list[str]:
        return [name for name, _ in self.shown]

    def last(self, name: str) -> tuple[Any, ...]:
        return next(args for shown, args in reversed(self.shown) if shown == name)


@dataclass
class Seats:
    """A desk with one seat that notes what it is asked for."""

    asked: list[tuple[Any, ...]] = field(default_factory=list)
    error: Exception | None = None

    def seats(self) -> tuple[Seat, ...]:
        return (SEAT,)

    def clinics(self) -> tuple[Clinic, ...]:
        return (CLINIC,)

    def open_clinic(self, title: str, closes: datetime) -> Clinic:
        return self._note(replace(CLINIC, title=title, closes=closes), title, closes)

    def keep_open(self, clinic: str, closes: datetime) -> Clinic:
        return self._note(replace(CLINIC, closes=closes), clinic, closes)

    def prepare(self, clinic: str, count: int, folder: Path | None) -> tuple[SeatCard, ...]:
        return self._note((CARD,), clinic, count, folder)

    def renew(self, seat: VaultId, old_words: str, clinic: str) -> SeatCard:
        return self._note(CARD, seat, old_words, clinic)

    def assign(self, device: DeviceId, name: str, *, settle: bool) -> Seat:
        return self._note(SEAT, device, name, settle)

    def asks_who(self) -> bool:
        return False

    def own_seat(self) -> Seat | None:
        return None

    def sit_down(self, name: str) -> None:
        self._note(None, name)

    def print_cards(self, cards: Sequence[SeatCard]) -> Printout:
        return self._note(PAGES, tuple(cards))

    def bring(self, source: Path) -> VaultCard:
        return self._note(VaultCard(id=VaultId("e" * 32), name="Seat 1 - x"), source)

    def _note(self, result: T, *asked: Any) -> T:
        if self.error is not None:
            raise self.error
        self.asked.append(asked)
        return result


@dataclass
class Exposures:
    """What one desk could open, and whether it was shut out."""

    found: Exposure = NOTHING
    asked: list[tuple[Any, ...]] = field(default_factory=list)

    def exposure(self, _device: DeviceId) -> Exposure:
        return self.found

    def holding(self) -> Mapping[DeviceId, int]:
        return {SEAT.device: 2}

    def revoke(self, device: DeviceId) -> Exposure:
        self.asked.append((device,))
        return replace(self.found, revoked=True)

    def print_list(self, _found: Exposure) -> Printout:
        return PAGES

    def write_table(self, found: Exposure, target: Path) -> None:
        self.asked.append((found.device, target))

    def who_has(self, intake: IntakeId) -> Withdrawal:
        return Withdrawal(record=RecordId(intake), ticket=1, status=Status.ON_THIS_LAPTOP)

    def take_back(self, intake: IntakeId) -> Withdrawal:
        self.asked.append((intake,))
        return self.who_has(intake)

    def visitors(self) -> tuple[Visitor, ...]:
        return ()

    def end_visit(self, device: DeviceId, clinic: str) -> tuple[Visitor, ...]:
        self.asked.append((device, clinic))
        return ()


def a_page(seats: Seats, told: list[int] | None = None) -> tuple[SeatsPresenter, Recorder]:
    face = Recorder()
    changed = told if told is not None else []
    page = SeatsPresenter(
        face,
        seats,
        Exposures(),
        InlineTasks(),
        Clock(),  # type: ignore[arg-type]  # nobody here asks for the date
        vaults=lambda: (),
        changed=lambda: changed.append(1),
    )
    return page, face


def test_cards_are_shown_as_soon_as_seats_are_made_and_the_others_are_told() -> None:
    seats, told = Seats(), list[int]()
    page, face = a_page(seats, told)
    page.prepare(CLINIC.id, " 3 ", None)
    assert seats.asked == [(CLINIC.id, 3, None), ((CARD,),)]
    assert face.last("show_cards") == (PAGES,)
    assert told == [1]
    page.renew(VaultId("e" * 32), "old words", CLINIC.id)
    assert seats.asked[2] == (VaultId("e" * 32), "old words", CLINIC.id)


@pytest.mark.parametrize("count", ["", "many", "-1", "1.5"])
def test_a_number_that_is_none_is_asked_for_again(count: str) -> None:
    seats = Seats()
    page, face = a_page(seats)
    page.prepare(CLINIC.id, count, None)
    page.renew(VaultId("e" * 32), "  ", CLINIC.id)
    page.open_clinic("Hall", "soon")
    assert seats.asked == []
    assert face.names().count("show_trouble") == 3


def test_what_is_refused_is_said_and_nothing_else_happens() -> None:
    told: list[int] = []
    page, face = a_page(Seats(error=Refused("refused.manages")), told)
    page.prepare(CLINIC.id, "3", None)
    assert "Only a coordinator" in face.last("show_trouble")[0].what
    assert (told, "show_cards" in face.names()) == ([], False)


def test_clinics_open_at_the_time_that_was_typed_and_stay_open_longer() -> None:
    seats = Seats()
    page, face = a_page(seats)
    page.open_clinic("Hall", " 2026-12-12 18:00 ")
    page.keep_open(CLINIC)
    page.keep_open(replace(CLINIC, closes=NOON - timedelta(days=1)))
    assert [asked[1] for asked in seats.asked] == [
        typed_moment("2026-12-12 18:00"),
        CLINIC.closes + LONGER,
        NOON + LONGER,
    ]
    page.assign(SEAT, " Ana  Example ", settle=True)
    assert face.last("show_done")[0] == "Seat 1 is given to Ana Example."


def test_how_a_seat_reads_in_the_list() -> None:
    assert seat_row(SEAT, {}, NOON) == ("Seat 1", "Queens Library", "prepared", "", "nothing")
    typed = replace(SEAT, sittings=(Sitting(name="Ben", dseq=1, at=NOON),))
    assert seat_row(typed, {SEAT.device: 2}, NOON)[3:] == ("“Ben”, as typed there", "2 records")
    assert who(replace(typed, assignments=(given("Ana"),)), NOON) == "Ana; “Ben” was typed"
    two = replace(typed, assignments=(given("Ana"), given("Cleo", "b", "Other lead")))
    assert who(two, NOON) == "Ana or Cleo"
    assert "Lead gave it to Ana; Other lead gave it to Cleo" in unsettled(two, NOON)
    assert "“Ben” was typed there" in unsettled(replace(typed, assignments=(given("Ana"),)), NOON)
    assert unsettled(SEAT, NOON) == ""
    lost = replace(SEAT, clinic=None, revoked=True)
    assert seat_row(lost, {}, NOON)[1:3] == ("not known here", "shut out")


def test_how_a_clinic_reads() -> None:
    assert clinic_words(CLINIC, NOON).startswith("Queens Library, until 5 Dec 2026")
    assert "over since" in clinic_words(CLINIC, CLINIC.closes)


def test_a_desk_is_shut_out_only_by_its_name() -> None:
    face, exposures, told = Recorder(), Exposures(), list[int]()
    held = HeldTasks()
    page = ExposurePresenter(face, exposures, held, SEAT.device, changed=lambda: told.append(1))
    page.begin()
    page.shut_out("Seat 1")  # not worked out yet: nothing is shut out blindly
    page.print_list()
    page.write_table(Path("x.csv"))
    held.release()
    assert exposures.asked == []
    page.shut_out("Seat 2")
    held.release()
    assert exposures.asked == []
    assert face.last("show_trouble")[0].what == "That is not its name."
    page.shut_out(" SEAT  1")
    held.release()
    assert exposures.asked == [(SEAT.device,)]
    assert told == [1]
    assert face.last("show_exposure")[0].revoked
    page.print_list()
    page.write_table(Path("x.csv"))
    held.release()
    assert face.last("show_list") == (PAGES,)
    assert exposures.asked[-1] == (SEAT.device, Path("x.csv"))
