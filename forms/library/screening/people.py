"""Where somebody is from, how old they are, when they came: worked out once. Layer: forms.library."""

from __future__ import annotations

from datetime import date, timedelta

from forms.library.screening.heard import Heard, Told, any_of, between, truth
from ournydesk.law.dates import When, add_years, age_on, earliest, latest
from ournydesk.law.tps import TpsState, TpsStatus, TpsTable, tps

OTHER = "other"
ADULT = 21


def arrivals(heard: Heard) -> tuple[When, ...]:
    """Every arrival that was told, in no order."""
    rows = [row.when("e_came", "e_sure") for row in heard.rows("entry")]
    return tuple(one for one in (heard.when("arrived", "arrived_sure"), *rows) if one is not None)


def latest_arrival(heard: Heard) -> When | None:
    """The last one by date, whatever order they were typed in."""
    return max(arrivals(heard), key=latest, default=None)


def first_arrival(heard: Heard) -> When | None:
    """The first one, None as long as an earlier one may be missing."""
    if heard.yes("before") is Told.NO or heard.rows("entry"):
        return min(arrivals(heard), key=earliest, default=None)
    return None


def born(heard: Heard, today: date) -> When | None:
    """The day of birth; a span of a year when only the age is known."""
    told = heard.when("dob")
    if told is not None or not heard.text("age").isdigit():
        return told
    age = int(heard.text("age"))
    return between(add_years(today, -age - 1) + timedelta(days=1), add_years(today, -age))


def under_21(heard: Heard, today: date) -> Told:
    """Whether the 21st birthday is still to come."""
    birth = born(heard, today)
    if birth is None:
        return any_of(heard.given("dob"), heard.given("age"))
    if age_on(today, earliest(birth)) < ADULT:
        return Told.YES
    return Told.NO if age_on(today, latest(birth)) >= ADULT else Told.UNSURE


def nationalities(heard: Heard) -> frozenset[str]:
    """The countries named; the country of birth when it was said to be the only one."""
    named = heard.text("nationalities").split()
    if not named and heard.yes("same_nationality") is Told.YES:
        named = [heard.text("birth_country")]
    return frozenset(named)


def national_of(heard: Heard, countries: frozenset[str], *, whole: bool = True) -> Told:
    """Whether somebody is a national of one of these countries.

    ``whole``: the form's list names all of these, so "another country" is none of them.
    """
    named = nationalities(heard)
    if named & countries:
        return Told.YES
    if named:
        return Told.NO if whole or OTHER not in named else Told.UNSURE
    if heard.text("birth_country") in countries:
        return Told.UNSURE
    told = {heard.given(name) for name in ("nationalities", "same_nationality", "birth_country")}
    return Told.UNSURE if Told.UNSURE in told else Told.BLANK


def tps_statuses(heard: Heard, today: date, table: TpsTable) -> tuple[TpsStatus, ...]:
    """Every designation of every country somebody is a national of."""
    named = nationalities(heard) or {heard.text("birth_country")}
    return tuple(status for name in sorted(named) for status in tps(name.replace("_", " "), today, table))


def tps_states(heard: Heard, today: date, table: TpsTable) -> frozenset[TpsState]:
    """What the table says of every country somebody is a national of."""
    return frozenset(status.state for status in tps_statuses(heard, today, table))


def tps_country(heard: Heard, today: date, table: TpsTable) -> Told:
    """Whether a country has protection now; not known when sources disagree or the table is behind."""
    if not (nationalities(heard) or heard.text("birth_country")):
        return heard.given("birth_country")
    states = tps_states(heard, today, table)
    if TpsState.ACTIVE in states:
        return Told.YES if nationalities(heard) else Told.UNSURE
    return Told.UNSURE if states & {TpsState.CONFLICTING, TpsState.LAPSED} else truth(so=False)
