"""How seats and clinics read in a list. Layer: ui, without Qt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ournydesk.domain.days import english_day
from ournydesk.domain.operations import DeviceId
from ournydesk.domain.seats import Seat, SeatState, holders
from ournydesk.domain.team import Clinic
from ui.i18n import tr

HEADS = ("Seat", "Clinic", "How it stands", "Who sits there", "Still holds")
TIME = "%Y-%m-%d %H:%M"
STATES = {
    SeatState.PREPARED: "prepared",
    SeatState.ASSIGNED: "in use",
    SeatState.EXPIRED: "clinic is over",
    SeatState.REVOKED: "shut out",
}


def seat_row(seat: Seat, held: Mapping[DeviceId, int], now: datetime) -> tuple[str, ...]:
    """One line of the list."""
    count = held.get(seat.device, 0)
    return (
        seat.name,
        seat.clinic.title if seat.clinic is not None else tr("not known here"),
        tr(STATES[seat.state(now)]),
        who(seat, now),
        tr("{n} records", n=count) if count else tr("nothing"),
    )


def who(seat: Seat, now: datetime) -> str:
    """The names, as they were given and as they were typed."""
    given = list(dict.fromkeys(one.name for one in holders(seat.assignments, now)))
    typed = seat.sittings[-1].name if seat.sittings else ""
    if not given:
        return tr("“{name}”, as typed there", name=typed) if typed else ""
    people = tr(" or ").join(given)
    return (
        tr("{people}; “{typed}” was typed", people=people, typed=typed)
        if seat.disagrees(now) and (len(given) == 1)
        else people
    )


def unsettled(seat: Seat, now: datetime) -> str:
    """What has to be settled about who sits there; empty when nothing has."""
    if not seat.disagrees(now):
        return ""
    held = holders(seat.assignments, now)
    if len({one.name for one in held}) > 1:
        told = "; ".join(tr("{lead} gave it to {name}", lead=one.by or "?", name=one.name) for one in held)
        return tr("Two people were given this seat: {told}. Say who sat there.", told=told)
    return tr(
        "{lead} gave it to {name}, but “{typed}” was typed there. Say who sat there.",
        lead=held[0].by or "?",
        name=held[0].name,
        typed=seat.sittings[-1].name,
    )


def typed_moment(text: str) -> datetime | None:
    """A moment as somebody typed it, in the zone of this laptop; None for what is none."""
    try:
        return datetime.strptime(text.strip(), TIME).astimezone()
    except ValueError:
        return None


def clinic_words(clinic: Clinic, now: datetime) -> str:
    """A clinic's title and its end."""
    there = clinic.closes.astimezone()
    closes = f"{english_day(there)}, {there:%H:%M}"
    if clinic.closes <= now:
        return tr("{title}, over since {closes}", title=clinic.title, closes=closes)
    return tr("{title}, until {closes}", title=clinic.title, closes=closes)
