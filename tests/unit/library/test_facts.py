"""What the naturalization intake tells the law."""

from __future__ import annotations

from datetime import date

import pytest

from forms.library.items import fill_from_items
from forms.library.naturalization.facts import facts, filing_day
from ournydesk.domain.answers import Said
from ournydesk.law.naturalization import BIRTH, Basis, Facts, Military, Trip
from tests.unit.library.builders import a_filling, a_full_filling

FILING = date(2026, 11, 28)


def told(items: dict[str, object]) -> Facts:
    session = a_filling()
    fill_from_items(session, items)
    return facts(session, FILING)


def test_the_example_tells_what_the_client_said() -> None:
    assert facts(a_full_filling(), FILING) == Facts(
        filing_date=FILING,
        dob=date(1984, 2, 29),
        sex="F",
        lpr_date=date(2021, 10, 4),
        basis=Basis.GENERAL,
        trips=(Trip(date(2024, 6, 20), date(2024, 8, 27)), Trip(date(2022, 12, 18), date(2023, 1, 22))),
        married=True,
        living_together=True,
        marriage_date=date(2008, 12, 20),
        parent_usc_before_18=False,
        state="NY",
        state_since=date(2021, 10, 4),
        disability_n648=False,
        lived_us_18_26=False,
        flags=("arrest_or_citation",),
    )


def test_an_empty_intake_reports_nothing() -> None:
    assert told({}) == Facts(filing_date=FILING)


@pytest.mark.parametrize(
    ("basis", "filed_under"),
    [
        ("A", Basis.GENERAL),
        ("B", Basis.SPOUSE),
        ("C", Basis.VAWA),
        ("D", Basis.BEST),
        ("E", Basis.HOSTILITIES),
        ("F", Basis.SERVICE),
        ("G", Basis.BEST),
    ],
)
def test_the_reason_for_filing_is_its_paragraph(basis: str, filed_under: Basis) -> None:
    assert told({"P1.1": basis}).basis is filed_under


def test_a_state_begins_where_its_addresses_begin_to_follow_one_another() -> None:
    now: dict[str, object] = {"P4.1.state": "NY", "P4.1.from": "2024-05-01"}
    before = {"state": "NY", "from": "2023-01-01", "to": "2024-04-30"}
    away = {"state": "NJ", "from": "2022-01-01", "to": "2022-12-31"}
    older = {"state": "NY", "from": "2021-01-01", "to": "2021-12-31"}
    assert told(now).state_since == date(2024, 5, 1)
    assert told({**now, "P4.1.prior": [away, older, before]}).state_since == date(2023, 1, 1)
    assert told({**now, "P4.1.prior": [older]}).state_since == date(2024, 5, 1)


def test_a_citizen_spouse_is_one_by_birth_or_since_a_day() -> None:
    spouse: dict[str, object] = {"P1.1": "B", "P5.1": "married"}
    assert told({**spouse, "P5.5a": "birth"}).spouse_usc_since == BIRTH
    assert told({**spouse, "P5.5a": "other", "P5.5b": "2019-03-01"}).spouse_usc_since == date(2019, 3, 1)
    assert told(spouse).spouse_usc_since is None


@pytest.mark.parametrize(
    ("items", "married", "together"),
    [
        ({"P5.1": "married", "P5.4.same_address": "Y"}, True, True),
        ({"P5.1": "married", "P5.4.same_address": "N"}, True, False),
        ({"P5.1": "married"}, True, None),
        ({"P5.1": "separated", "P5.4.same_address": "Y"}, True, False),
        ({"P5.1": "divorced"}, False, None),
    ],
)
def test_separated_people_are_married_and_do_not_live_together(
    items: dict[str, object], married: bool, together: bool | None
) -> None:
    found = told(items)
    assert (found.married, found.living_together) == (married, together)


@pytest.mark.parametrize(
    ("items", "service"),
    [
        ({}, Military()),
        ({"P9.25": "Y"}, Military()),
        ({"P9.25": "Y", "P9.27": "N"}, Military(honorable=True)),
        ({"P9.25": "Y", "P9.27": "Y"}, Military()),
        ({"P1.1": "E", "P9.25": "Y", "P9.27": "N"}, Military(active_hostilities=True, honorable=True)),
    ],
)
def test_service_is_honourable_only_when_the_client_said_so(
    items: dict[str, object], service: Military
) -> None:
    assert told(items).military == service


@pytest.mark.parametrize(
    ("items", "flag"),
    [
        ({"P9.1": "Y"}, "false_citizenship_claim"),
        ({"P9.2": "Y"}, "registered_or_voted"),
        ({"P9.3": "Y"}, "overdue_taxes"),
        ({"P9.17d": "Y"}, "marriage_fraud"),
        ({"P9.17e": "Y"}, "smuggling"),
        ({"P9.17g": "Y"}, "child_support_arrears"),
        ({"P9.20": "Y"}, "in_removal_proceedings"),
        ({"P9.21": "Y"}, "final_removal_order"),
    ],
)
def test_a_yes_about_conduct_is_a_flag(items: dict[str, object], flag: str) -> None:
    assert told(items).flags == (flag,)


def test_an_unfinished_probation_is_a_flag() -> None:
    assert told({"P9.15b": "Y", "P9.16": "N"}).flags == ("arrest_or_citation", "on_probation")


def test_not_knowing_is_never_a_no() -> None:
    session = a_filling()
    session.set("/data/about/citizen_parent", "", Said.UNKNOWN)
    session.set("/data/questions/q22a", "", Said.UNKNOWN)
    found = facts(session, FILING)
    assert (found.parent_usc_before_18, found.lived_us_18_26) == (None, None)


def test_a_trip_turned_round_is_not_counted() -> None:
    turned = {"left": "2024-08-27", "returned": "2024-06-20"}
    whole = {"left": "2022-12-18", "returned": "2023-01-22"}
    assert told({"P8": [turned, whole]}).trips == (Trip(date(2022, 12, 18), date(2023, 1, 22)),)


def test_the_filing_day_is_today_until_another_is_settled() -> None:
    session = a_filling()
    assert filing_day(session, FILING) == FILING
    session.set("/data/papers/filing_date", "2027-01-15")
    assert filing_day(session, FILING) == date(2027, 1, 15)
