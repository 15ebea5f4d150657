from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ournydesk.domain.ids import VaultId
from ournydesk.domain.operations import DeviceId
from ournydesk.domain.record import Dot
from ournydesk.domain.seats import (
    FINISHING,
    LATE,
    Assignment,
    Seat,
    SeatCard,
    SeatState,
    Sitting,
    holders,
    may_begin,
    may_change,
    same_person,
    standing,
)
from ournydesk.domain.team import Clinic

OPENS = datetime(2026, 12, 5, 14, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
CLINIC = Clinic(id="c" * 32, title="Queens Library", closes=OPENS + 8 * HOUR)
LEAD, OTHER_LEAD = DeviceId("a" * 32), DeviceId("b" * 32)


def given_to(
    name: str, dseq: int = 1, *, lead: DeviceId = LEAD, after: timedelta = timedelta()
) -> Assignment:
    return Assignment(dot=Dot(lead, dseq, 0), name=name, by="Lead", begins=OPENS + after, until=CLINIC.closes)


def a_seat(*assignments: Assignment, sat: tuple[Sitting, ...] = ()) -> Seat:
    return Seat(
        device=DeviceId("d" * 32),
        number=3,
        name="Seat 3",
        clinic=CLINIC,
        assignments=assignments,
        sittings=sat,
    )


def sat(name: str, dseq: int = 1, after: timedelta = timedelta(minutes=5)) -> Sitting:
    return Sitting(name=name, dseq=dseq, at=OPENS + after)


def test_a_seat_nobody_was_given_is_prepared_then_expired() -> None:
    seat = a_seat()
    assert seat.state(OPENS) is SeatState.PREPARED
    assert seat.state(CLINIC.closes) is SeatState.EXPIRED
    assert replace(seat, revoked=True).state(OPENS) is SeatState.REVOKED
    assert replace(seat, clinic=None).state(OPENS) is SeatState.EXPIRED
    assert a_seat(given_to("Ana")).state(OPENS) is SeatState.ASSIGNED
    assert a_seat(given_to("Ana")).state(OPENS - HOUR) is SeatState.PREPARED


def test_what_is_written_is_named_after_whom_the_lead_gave_the_seat() -> None:
    assert a_seat().author(1, OPENS) == "Seat 3"
    assert a_seat(sat=(sat("Ana"),)).author(1, OPENS) == "Ana (Seat 3)"
    assert a_seat(sat=(sat("Ana", dseq=4),)).author(3, OPENS) == "Seat 3"
    seat = a_seat(given_to("Ana Example"), sat=(sat("ana  EXAMPLE"),))
    assert seat.author(1, OPENS) == "Ana Example (Seat 3)"
    assert not seat.disagrees(OPENS)


def test_another_name_that_was_typed_is_shown() -> None:
    seat = a_seat(given_to("Ana"), sat=(sat("Ben"),))
    assert seat.author(2, OPENS + HOUR) == "Ana (Seat 3; “Ben” was typed there)"
    assert seat.disagrees(OPENS + HOUR)


def test_a_name_typed_before_the_seat_was_given_to_somebody_is_no_disagreement() -> None:
    seat = a_seat(given_to("Ben", after=HOUR), sat=(sat("Ana"),))
    assert not seat.disagrees(OPENS + 2 * HOUR)
    assert not a_seat(given_to("Ben")).disagrees(OPENS)
    assert not a_seat(sat=(sat("Ana"),)).disagrees(OPENS)


def test_two_leads_offline_both_stand_until_one_settles_it() -> None:
    ana, ben = given_to("Ana"), given_to("Ben", lead=OTHER_LEAD)
    seat = a_seat(ana, ben)
    assert seat.author(1, OPENS) == "Ana or Ben (Seat 3)"
    assert seat.disagrees(OPENS)
    settled = replace(given_to("Ben", dseq=2), over=standing((ana, ben)))
    seat = a_seat(ana, ben, settled)
    assert seat.author(1, OPENS) == "Ben (Seat 3)"
    assert not seat.disagrees(OPENS)


def test_two_leads_who_gave_it_to_the_same_person_agree() -> None:
    seat = a_seat(given_to("Ana"), given_to("Ana", lead=OTHER_LEAD))
    assert seat.author(1, OPENS) == "Ana (Seat 3)"
    assert not seat.disagrees(OPENS)


def test_the_next_person_does_not_take_the_morning_s_work() -> None:
    ana = given_to("Ana")
    ben = replace(given_to("Ben", dseq=2, after=4 * HOUR), over=standing((ana,)))
    seat = a_seat(ana, ben)
    assert seat.author(1, OPENS + HOUR) == "Ana (Seat 3)"
    assert seat.author(9, OPENS + 5 * HOUR) == "Ben (Seat 3)"
    assert seat.author(9, CLINIC.closes + HOUR) == "Ben (Seat 3)"  # sealed when it was locked
    assert seat.author(9, CLINIC.closes + LATE) == "Seat 3"


times = st.integers(0, 8).map(lambda hours: timedelta(hours=hours))


@given(st.lists(st.tuples(st.sampled_from("ABC"), times, st.booleans()), min_size=1, max_size=6), times)
def test_whoever_hears_of_it_in_any_order_names_the_same_people(
    told: list[tuple[str, timedelta, bool]], at: timedelta
) -> None:
    known: list[Assignment] = []
    for dseq, (name, after, seen) in enumerate(told, 1):
        over = standing(known) if seen else ()
        known.append(replace(given_to(name, dseq, after=after), over=over))
    assert holders(known, OPENS + at) == holders(reversed(known), OPENS + at)
    moment = OPENS + at
    begun = [one for one in known if one.begins <= moment < one.until + LATE]
    # Somebody who was given the seat is lost only to somebody who took it over knowingly.
    assert bool(holders(known, moment)) == bool(begun)


def test_a_name_is_the_same_whatever_its_capitals_and_blanks() -> None:
    assert same_person(" Ana  Example", "ana example")
    assert not same_person("Ana", "Ben")


def test_after_the_close_nothing_is_begun_and_what_was_begun_is_finished() -> None:
    assert may_begin(CLINIC, CLINIC.closes - HOUR)
    assert not may_begin(CLINIC, CLINIC.closes)
    assert may_change(CLINIC, OPENS, OPENS + HOUR)
    assert may_change(CLINIC, OPENS, CLINIC.closes)
    assert not may_change(CLINIC, OPENS, CLINIC.closes + FINISHING)
    assert not may_change(CLINIC, CLINIC.closes, CLINIC.closes)


@pytest.mark.parametrize("words", [("acorn",) * 6])
def test_a_card_does_not_show_its_words(words: tuple[str, ...]) -> None:
    card = SeatCard(vault=VaultId("e" * 32), number=3, name="Seat 3", words=words, clinic=CLINIC)
    assert "acorn" not in repr(card)
