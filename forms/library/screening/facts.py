"""What the legal screening tells the decision table. Layer: forms.library.

A fact is yes, no, or (``None``) not known. What was not asked is not reported at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from forms.engine import Session
from forms.library.screening.heard import Heard, Told, all_of, any_of, by
from forms.library.screening.people import (
    arrivals,
    born,
    first_arrival,
    latest_arrival,
    national_of,
    tps_country,
    under_21,
)
from ournydesk.law.asylum import asylum_date
from ournydesk.law.dates import ONE_DAY, add_years, earliest, latest
from ournydesk.law.tables import Tables

INSPECTED: Final = ("visa", "waved", "parole")
ADMITTED: Final = ("visa", "waved")
NACARA: Final = frozenset(
    (
        *("El_Salvador", "Guatemala", "Albania", "Georgia", "Kazakhstan", "Kyrgyzstan"),
        *("Poland", "Romania", "Russia", "Tajikistan", "Ukraine", "Uzbekistan"),
    )
)
"""Those of the countries of NACARA 203 that the form lists; the others are "another country"."""
PETITION_DAY: Final = date(2001, 4, 30)
REGISTRY_DAY: Final = date(1971, 12, 31)
NACARA_DAY: Final = date(1991, 12, 31)
SAME: Final = {
    "custody_usc_parent": "custody",
    "present_20001221": "present_2000",
    "crime_victim_us": "crime_victim",
    "helped_police": "helped_police",
    "trafficked": "forced",
    "usc_relative_in_forces": "forces",
    "afghan_iraqi_helped_us": "helped_us",
    "labor_dispute": "work_harm",
    "crime": "arrested",
    "prior_filing": "filed",
    "left_and_reentered_ewi": "came_back",
    "left_after_unlawful_stay": "left_unlawful",
    "gang_label": "gang",
    "smuggling": "smuggled",
    "persecutor": "armed",
    "travelled_on_advance_parole": "ap_travel",
    "travel_planned": "travel_plan",
    "unaccompanied_child": "child_alone",
    "other_lawyer": "helper",
}
"""Facts that are one yes-or-no question."""
_REPORTED: Final = {Told.YES: True, Told.NO: False, Told.UNSURE: None}


def facts(session: Session | Heard, today: date, tables: Tables) -> dict[str, bool | None]:
    """The facts of one filling on a day, by the names the decision table gives them."""
    heard = Heard.of(session)
    told = {fact: heard.yes(question) for fact, question in SAME.items()}
    told.update(_entries(heard, today, tables))
    told.update(_family(heard, today))
    told.update(_status(heard, today, tables))
    told.update(_conduct_and_fear(heard))
    return {fact: _REPORTED[one] for fact, one in told.items() if one is not Told.BLANK}


def _entries(heard: Heard, today: date, tables: Tables) -> Iterator[tuple[str, Told]]:
    rows = heard.rows("entry")
    last = heard.among("last_how", *INSPECTED)
    yield "inspected_or_paroled", last
    yield "ewi", any_of(heard.among("last_how", "ewi"), *(row.among("e_how", "ewi") for row in rows))
    yield "parolee", any_of(heard.among("last_how", "parole"), heard.among("status", "parole"))
    first = first_arrival(heard)
    yield "entered_before_1972", by(first, REGISTRY_DAY)
    yield "here_by_1991", by(first, NACARA_DAY)
    ten = by(first, add_years(today, -10))
    said = heard.yes("ten_years")
    yield "present_10y", ten if said is Told.BLANK else said
    came_seven = [
        all_of(row.among(how, *ADMITTED), by(row.when(when, sure), add_years(today, -7)))
        for row, how, when, sure in (
            (heard, "last_how", "arrived", "arrived_sure"),
            *((row, "e_how", "e_came", "e_sure") for row in rows),
        )
    ]
    yield "resided_7y_after_admission", any_of(*came_seven)
    within = _within_a_year(heard, today, tables)
    yield "arrived_within_year", within
    late = {Told.YES: Told.NO, Told.NO: Told.YES}.get(within, within)
    barred = (heard.yes(name) for name in ("hurt_others", "gave_support", "other_status"))
    yield "asylum_barred", any_of(*barred, late)
    ordered = any_of(heard.yes("order"), *(row.among("e_left_how", "removed") for row in rows))
    yield "prior_order", ordered
    yield "reinstated_order", _came_after_order(heard, ordered)


def _within_a_year(heard: Heard, today: date, tables: Tables) -> Told:
    known = [arrival for arrival in arrivals(heard) if earliest(arrival) <= today]
    if not known:
        return Told.UNSURE if heard.given("arrived") is Told.UNSURE else Told.BLANK
    found = asylum_date(known, today, tables.asylum)
    if found.last_day >= today:
        return Told.YES
    return Told.UNSURE if found.last_day_at_most >= today else Told.NO


def _came_after_order(heard: Heard, ordered: Told) -> Told:
    if ordered is not Told.YES:
        return ordered
    removed = any_of(*(row.among("e_left_how", "removed") for row in heard.rows("entry")))
    came, when = latest_arrival(heard), heard.when("order_date")
    if Told.YES in (removed, heard.yes("came_back")):
        return Told.YES
    if when is None or came is None:
        return Told.UNSURE
    if earliest(came) > latest(when):
        return Told.YES
    return Told.NO if latest(came) <= earliest(when) else Told.UNSURE


def _family(heard: Heard, today: date) -> Iterator[tuple[str, Told]]:
    spouse = {kin: heard.among("spouse_status", kin) for kin in ("usc", "lpr", "asylee")}
    parent = {kin: heard.among("parent_status", kin) for kin in ("usc", "lpr", "asylee")}
    living = all_of(parent["usc"], heard.yes("parent_alive_usc"))
    grown = add_years(today, -21)
    children = heard.rows("child")
    child_usc_lpr = any_of(
        heard.among("child_status", "usc", "lpr"), *(row.among("k_status", "usc", "lpr") for row in children)
    )
    yield "parent_or_grandparent_usc", any_of(parent["usc"], heard.yes("grandparent_usc"))
    yield "usc_spouse", spouse["usc"]
    yield "usc_parent", Told.UNSURE if living is Told.BLANK and parent["usc"] is Told.YES else living
    yield (
        "usc_child_21",
        any_of(
            heard.yes("child_21"),
            *(all_of(row.among("k_status", "usc"), by(row.when("k_dob"), grown)) for row in children),
        ),
    )
    yield "usc_sibling", heard.among("sibling_status", "usc")
    yield "lpr_spouse_or_parent", any_of(spouse["lpr"], parent["lpr"])
    yield "refugee_or_asylee_family", any_of(spouse["asylee"], parent["asylee"])
    yield (
        "qualifying_relative",
        any_of(spouse["usc"], spouse["lpr"], parent["usc"], parent["lpr"], child_usc_lpr),
    )
    yield "under_21", under_21(heard, today)
    yield "unmarried", heard.among("marital", "single", "divorced", "widowed")
    yield "parent_harm", any_of(heard.yes("parent_gone"), heard.yes("parent_harm"))
    yield "abused_by_usc_lpr_family", all_of(heard.yes("family_abuse"), heard.yes("abuser_status"))
    filed = (by(row.when("p_filed"), PETITION_DAY) for row in heard.rows("filing"))
    yield "petition_by_20010430", any_of(heard.yes("petition_2001"), *filed)


def _status(heard: Heard, today: date, tables: Tables) -> Iterator[tuple[str, Told]]:
    lpr, since, birth = heard.among("status", "lpr"), heard.when("lpr_since"), born(heard, today)
    dated = heard.given("lpr_since")
    yield "lpr", lpr
    yield "lpr_5y", all_of(lpr, by(since, add_years(today, -5), dated)) if lpr is Told.YES else lpr
    if lpr is Told.YES and birth is not None:
        surely, perhaps = (add_years(day, 18) - ONE_DAY for day in (earliest(birth), latest(birth)))
        one, other = by(since, surely, dated), by(since, perhaps, dated)
        yield "lpr_under_18", one if one is other else Told.UNSURE
    yield "had_daca", any_of(heard.yes("had_daca"), heard.among("status", "daca"))
    yield "had_tps", any_of(heard.yes("had_tps"), heard.among("status", "tps"))
    yield "tps_country", tps_country(heard, today, tables.tps)
    yield "nacara_nationality", national_of(heard, NACARA, whole=False)
    yield "cuban", national_of(heard, frozenset({"Cuba"}))
    yield "haitian_or_liberian", national_of(heard, frozenset({"Haiti", "Liberia"}))
    yield "in_proceedings", any_of(heard.yes("court"), heard.yes("nta"))


def _conduct_and_fear(heard: Heard) -> Iterator[tuple[str, Told]]:
    yield "false_usc_claim", any_of(heard.yes("claimed_usc"), _ever_came(heard, "citizen_claim"))
    yield (
        "fraud",
        any_of(heard.yes("fake_papers"), heard.yes("sham_marriage"), _ever_came(heard, "false_papers")),
    )
    fears = heard.among("fears", "yes", "unsure")
    # The table's fact reads "fears going back, or does not know"; only a refusal to say stays open.
    yield "fears_return", Told.YES if fears is Told.UNSURE and not heard.declined("fears") else fears
    why = heard.among("fear_why", "race", "religion", "nationality", "opinion", "group")
    yield "protected_ground", Told.UNSURE if why is Told.NO else why


def _ever_came(heard: Heard, manner: str) -> Told:
    return any_of(
        heard.among("last_how", manner), *(row.among("e_how", manner) for row in heard.rows("entry"))
    )
