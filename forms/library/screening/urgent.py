"""What a screening tells of the urgency of a case. Layer: forms.library.

Only what was said is reported: a question answered with "not known" is marked for the attorney instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from forms.engine import Session
from forms.library.screening.facts import facts
from forms.library.screening.heard import Heard, Told, any_of
from forms.library.screening.people import arrivals, born, latest_arrival, tps_states, under_21
from ournydesk.law.asylum import AsylumDate, asylum_date
from ournydesk.law.dates import add_years, earliest
from ournydesk.law.screening import Exposure, Screening, expedited_removal, screen
from ournydesk.law.tables import Tables
from ournydesk.law.tps import TpsState
from ournydesk.law.urgency import Urgency, urgency

APPEAL_DAYS: Final = 30
"""8 CFR 1003.38(b), 103.5(a)(1); to be verified: the rules of 2026 are in court."""
LATE_DAYS: Final = 30
"""How long after its last day an asylum date is still reported: a late filing needs a reasonable time."""
SETTLED: Final = ("lpr", "usc", "asylee")


def urgency_of(
    session: Session | Heard, today: date, tables: Tables, screened: Screening | None = None
) -> Urgency:
    """The level of a filling on a day, with its reasons; ``screened`` spares reading the table twice."""
    return urgency(urgency_facts(session, today, tables, screened), tables.urgency)


def urgency_facts(
    session: Session | Heard, today: date, tables: Tables, screened: Screening | None = None
) -> tuple[str, ...]:
    """The facts of a filling as ``ournydesk.law.urgency`` reads them."""
    heard = Heard.of(session)
    found = screened or screen(facts(heard, today, tables), tables.screening)
    red = ("red_line",) if found.red_lines else ()
    return (
        *_held_and_ordered(heard),
        *_days(heard, today),
        *_asylum(heard, today, tables),
        *_youth(heard, today),
        *_status(heard, today, tables),
        *_safety(heard),
        *red,
    )


def one_year_date(session: Session | Heard, today: date, tables: Tables) -> AsylumDate | None:
    """The asylum date from every arrival that was told; None without one."""
    known = [one for one in arrivals(Heard.of(session)) if earliest(one) <= today]
    return asylum_date(known, today, tables.asylum) if known else None


def exposure_of(heard: Heard, today: date, tables: Tables) -> Exposure | None:
    """How expedited removal touches the client; None for somebody who was admitted or said nothing of it."""
    if heard.among("status", *SETTLED) is Told.YES:
        return None
    ends = heard.day("status_ends")
    parole_over = (
        any_of(heard.among("last_how", "parole"), heard.among("status", "parole")) is Told.YES
        and ends is not None
        and ends < today
    )
    not_admitted = Told.YES if parole_over else heard.among("last_how", "ewi")
    if not_admitted not in {Told.YES, Told.UNSURE} or heard.given("arrived") is Told.BLANK:
        return None
    return expedited_removal(
        not_admitted=None if not_admitted is Told.UNSURE else True,
        arrived=latest_arrival(heard),
        on=today,
        table=tables.screening,
    )


def _held_and_ordered(heard: Heard) -> Iterator[str]:
    if heard.among("held", "self", "family") is Told.YES:
        yield "detained"
    removed = (row.among("e_left_how", "removed") for row in heard.rows("entry"))
    if any_of(heard.yes("order"), *removed) is Told.YES:
        yield "final_order"
        if any_of(heard.yes("check_in"), heard.yes("order_stay")) is Told.YES:
            yield "final_order_check_in"
    if heard.yes("crime_open") is Told.YES:
        yield "criminal_case_open"
    if heard.yes("filed") is Told.UNSURE:
        yield "filings_unknown"


def _days(heard: Heard, today: date) -> Iterator[str]:
    dated = {
        "court_date": "hearing_days",
        "check_in_date": "check_in_days",
        "letter_date": "deadline_days",
        "status_ends": "status_ends_days",
    }
    for question, fact in dated.items():
        day = heard.day(question)
        if day is not None:
            yield _left(fact, day, today)
    decided = heard.day("denied_date")
    if decided is not None and heard.yes("appealed") is not Told.YES:
        yield _left("appeal_days_left", decided + timedelta(days=APPEAL_DAYS), today)


def _asylum(heard: Heard, today: date, tables: Tables) -> Iterator[str]:
    """The one-year date, unless it does not matter: no fear, a lasting status, asylum asked for already."""
    known = [one for one in arrivals(heard) if earliest(one) <= today]
    matters = (
        heard.among("fears", "no") is not Told.YES
        and heard.among("status", *SETTLED) is not Told.YES
        and heard.yes("asylum_filed") is not Told.YES
    )
    if known and matters:
        found = asylum_date(known, today, tables.asylum)
        if found.last_day_at_most >= today - timedelta(days=LATE_DAYS):
            yield f"asylum_days_left:{found.days_left}"


def _youth(heard: Heard, today: date) -> Iterator[str]:
    if heard.yes("child_alone") is Told.YES:
        yield "unaccompanied_child"
    birth = born(heard, today)
    parents = (heard.yes("parent_gone"), heard.yes("parent_harm"))
    possible = (
        under_21(heard, today) in {Told.YES, Told.UNSURE}
        and heard.among("marital", "married", "separated") is not Told.YES
        and heard.among("status", *SETTLED) is not Told.YES
        and heard.among("birth_country", "United_States") is not Told.YES
        and any(told is not Told.NO for told in parents)
    )
    if birth is not None and possible:
        yield _left("sijs_age_days_to_21", add_years(earliest(birth), 21), today)


def _status(heard: Heard, today: date, tables: Tables) -> Iterator[str]:
    if heard.among("status", *SETTLED) is Told.YES:
        return
    exposure = exposure_of(heard, today, tables)
    if exposure is not None and exposure.level != "none":
        yield "ewi_under_2y"
    had = any_of(heard.yes("had_tps"), heard.among("status", "tps"))
    states = tps_states(heard, today, tables.tps)
    # Sources that disagree, or a table that is behind, are no reason to see somebody later.
    if had is Told.YES and states and TpsState.ACTIVE not in states:
        yield "tps_ended"


def _safety(heard: Heard) -> Iterator[str]:
    if heard.yes("danger") is Told.YES:
        yield "trafficking_or_violence_now"
    harmed = any_of(*(heard.yes(name) for name in ("crime_victim", "family_abuse", "forced")))
    safe = heard.yes("home_safe")
    if safe is Told.NO or (harmed is Told.YES and safe is not Told.YES):
        yield "victim_safety"


def _left(fact: str, day: date, today: date) -> str:
    return f"{fact}:{(day - today).days}"
