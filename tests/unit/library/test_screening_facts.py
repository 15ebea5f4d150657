"""What the legal screening tells the law: the decision table, the one-year date, the urgency."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.engine import Session
from forms.library.screening.facts import facts
from forms.library.screening.heard import Heard, Told, all_of, any_of, by
from forms.library.screening.people import tps_country
from forms.library.screening.urgent import one_year_date, urgency_facts, urgency_of
from ournydesk.domain.answers import Said
from ournydesk.law.dates import PartialDate, read_when
from ournydesk.law.screening import screen
from ournydesk.law.urgency import Level
from tests.unit.library.screenings import TODAY, a_client, a_row, paths, tables, the_form, told, walk_through


def so(session: Session, fact: str) -> object:
    """A fact, or "not asked"."""
    return facts(session, TODAY, tables()).get(fact, "not asked")


def urgent(session: Session) -> tuple[str, ...]:
    return urgency_facts(session, TODAY, tables())


def in_days(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


def test_nothing_asked_reports_nothing() -> None:
    assert facts(told(agrees="Y"), TODAY, tables()) == {}
    assert urgent(told(agrees="Y")) == ()
    assert urgency_of(told(agrees="Y"), TODAY, tables()).level is Level.LOW


def test_every_fact_is_one_the_table_explains() -> None:
    known = set(facts(a_client(depth="full", fears="yes"), TODAY, tables()))
    assert known <= set(tables().screening.facts)


@pytest.mark.parametrize(
    ("said", "fact"),
    [("Y", True), ("N", False), (Said.UNKNOWN, None), (Said.DECLINED, None), ("", "not asked")],
)
def test_yes_no_not_known_and_not_asked_stay_apart(said: str | Said, fact: object) -> None:
    assert so(a_client(arrested=said), "crime") == fact


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ("yes", True),
        ("unsure", True),
        ("no", False),
        (Said.UNKNOWN, True),
        (Said.DECLINED, None),
        ("", "not asked"),
    ],
)
def test_not_knowing_whether_one_is_afraid_counts_as_fear(said: str | Said, fact: object) -> None:
    assert so(a_client(fears=said), "fears_return") == fact


def test_a_plain_client_sets_off_nothing() -> None:
    found = screen(facts(a_client(), TODAY, tables()), tables().screening)
    assert (found.reliefs, found.red_lines) == ((), ())


@pytest.mark.parametrize(
    ("answers", "relief"),
    [
        ({"marital": "married", "spouse_status": "usc"}, "immediate_relative"),
        ({"parent_status": "usc"}, "citizenship"),
        ({"filed": "Y", "petition_2001": "Y"}, "245i"),
        ({"status": "daca"}, "daca_renewal"),
        ({"had_tps": "Y"}, "tps"),
        ({"birth_country": "Lebanon"}, "tps"),
        ({"fears": "yes"}, "asylum"),
        ({"crime_victim": "Y"}, "u_visa"),
        ({"forced": "Y"}, "t_visa"),
        ({"family_abuse": "Y", "abuser_status": "Y"}, "vawa"),
        ({"dob": "2008-01-01", "parent_gone": "Y"}, "sijs"),
        ({"status": "lpr"}, "naturalization"),
        ({"arrived": "1971-05-05", "dob": "1960-01-01", "before": "N"}, "registry"),
        (
            {"birth_country": "Guatemala", "arrived": "1990-01-01", "dob": "1970-01-01", "before": "N"},
            "nacara",
        ),
        ({"arrived": "2015-03-01", "before": "N", "parent_status": "lpr"}, "42b"),
        ({"last_how": "parole"}, "parole"),
        ({"birth_country": "Cuba"}, "special_groups"),
    ],
)
def test_what_was_told_sets_off_its_row(answers: dict[str, str], relief: str) -> None:
    found = screen(facts(a_client(**answers), TODAY, tables()), tables().screening)
    assert relief in {one.id for one in found.reliefs}


@pytest.mark.parametrize(
    ("answers", "line"),
    [
        ({"before": "Y", "left_unlawful": "Y"}, "unlawful_presence_bar"),
        ({"before": "Y", "came_back": "Y"}, "permanent_bar"),
        ({"order": "Y"}, "reinstatement"),
        ({"arrested": "Y"}, "crime"),
        ({"claimed_usc": "Y"}, "false_claim_or_fraud"),
        ({"last_how": "citizen_claim"}, "false_claim_or_fraud"),
        ({"fake_papers": "Y"}, "false_claim_or_fraud"),
        ({"gang": "Y"}, "smuggling_gang_persecutor"),
        ({"travel_plan": "Y"}, "travel"),
        ({"filed": "Y", "helper": "Y"}, "other_helper"),
        ({"court": "Y"}, "in_proceedings"),
        ({"dob": "2012-01-01", "child_alone": "Y"}, "child"),
    ],
)
def test_what_was_told_crosses_its_red_line(answers: dict[str, str], line: str) -> None:
    session = a_client(**answers)
    found = screen(facts(session, TODAY, tables()), tables().screening)
    assert line in {one.id for one in found.red_lines}
    assert "red_line" in urgent(session)


@pytest.mark.parametrize(
    ("answers", "fact", "level"),
    [
        ({"held": "self"}, "detained", "CRITICAL"),
        ({"held": "family"}, "detained", "CRITICAL"),
        ({"order": "Y"}, "final_order", "HIGH"),
        ({"order": "Y", "check_in": "Y"}, "final_order_check_in", "CRITICAL"),
        ({"order": "Y", "order_stay": "Y"}, "final_order_check_in", "CRITICAL"),
        ({"court": "Y", "court_date": in_days(7)}, "hearing_days:7", "CRITICAL"),
        ({"court": "Y", "court_date": in_days(8)}, "hearing_days:8", "HIGH"),
        ({"court": "Y", "court_date": in_days(31)}, "hearing_days:31", "MEDIUM"),
        ({"court": "Y", "court_date": in_days(-3)}, "hearing_days:-3", "CRITICAL"),
        ({"check_in": "Y", "check_in_date": in_days(7)}, "check_in_days:7", "CRITICAL"),
        ({"letter": "Y", "letter_date": in_days(15)}, "deadline_days:15", "HIGH"),
        ({"denied": "Y", "denied_date": in_days(-16)}, "appeal_days_left:14", "CRITICAL"),
        ({"denied": "Y", "denied_date": in_days(-15)}, "appeal_days_left:15", "MEDIUM"),
        (
            {"status": "visa", "status_has_end": "Y", "status_ends": in_days(60)},
            "status_ends_days:60",
            "HIGH",
        ),
        ({"arrested": "Y", "crime_open": "Y"}, "criminal_case_open", "HIGH"),
        ({"birth_country": "Haiti", "had_tps": "Y"}, "tps_ended", "HIGH"),
        ({"birth_country": "El_Salvador", "status": "tps"}, "tps_ended", "HIGH"),
        ({"danger": "Y"}, "trafficking_or_violence_now", "CRITICAL"),
        ({"home_safe": "N"}, "victim_safety", "HIGH"),
        ({"dob": "2012-01-01", "child_alone": "Y"}, "unaccompanied_child", "CRITICAL"),
        ({"filed": Said.UNKNOWN}, "filings_unknown", "MEDIUM"),
        ({"last_how": "ewi", "arrived": "2025-01-15"}, "ewi_under_2y", "HIGH"),
    ],
)
def test_the_urgency_of_worked_cases(answers: dict[str, str | Said], fact: str, level: str) -> None:
    session = a_client(**answers)
    assert fact in urgent(session)
    assert urgency_of(session, TODAY, tables()).level == level


@pytest.mark.parametrize(
    ("answers", "fact"),
    [
        ({"birth_country": "Lebanon", "had_tps": "Y"}, "tps_ended"),
        ({"denied": "Y", "denied_date": in_days(-5), "appealed": "Y"}, "appeal_days_left:25"),
        ({"last_how": "ewi", "arrived": "2024-11-23"}, "ewi_under_2y"),
        ({"last_how": "visa", "arrived": "2026-01-15"}, "ewi_under_2y"),
        ({"order": Said.UNKNOWN}, "final_order"),
    ],
)
def test_what_is_not_so_is_not_urgent(answers: dict[str, str | Said], fact: str) -> None:
    assert fact not in urgent(a_client(**answers))


def test_the_one_year_date_counts_from_the_latest_arrival_in_whatever_row() -> None:
    session = a_client(depth="full", before="Y", arrived="2025-12-14", fears="yes")
    a_row(session, "entry", e_came="2009-02-03", e_how="ewi")
    found = one_year_date(session, TODAY, tables())
    assert found is not None
    assert (found.counted_from, found.last_day, found.safe_target) == (
        date(2025, 12, 14),
        date(2026, 12, 14),
        date(2026, 12, 13),
    )
    assert "asylum_days_left:21" in urgent(session)


@pytest.mark.parametrize(
    ("arrived", "sure", "left"),
    [
        ("2025-12-01", "day", "asylum_days_left:8"),
        ("2025-12-01", "month", "asylum_days_left:8"),
        ("2026-01-01", "year", "asylum_days_left:42"),
        ("2025-12-20", "year", "asylum_days_left:-325"),
    ],
)
def test_a_date_known_in_part_counts_from_its_first_day(arrived: str, sure: str, left: str) -> None:
    assert left in urgent(a_client(arrived=arrived, arrived_sure=sure, fears="unsure"))


@pytest.mark.parametrize(
    "answers",
    [
        {"fears": "no"},
        {"fears": "yes", "status": "lpr"},
        {"fears": "yes", "filed": "Y", "asylum_filed": "Y"},
        {"fears": "yes", "arrived": "2015-03-01"},
    ],
)
def test_a_one_year_date_that_does_not_matter_is_no_urgency(answers: dict[str, str]) -> None:
    session = a_client(**{"arrived": "2025-12-14", **answers})
    assert not [fact for fact in urgent(session) if fact.startswith("asylum")]


def test_a_year_that_just_passed_is_still_reported() -> None:
    assert "asylum_days_left:-20" in urgent(a_client(arrived="2025-11-03", fears="yes"))
    assert not [f for f in urgent(a_client(arrived="2025-10-20", fears="yes")) if f.startswith("asylum")]


@pytest.mark.parametrize(("days", "level"), [(90, "CRITICAL"), (91, "HIGH"), (366, "HIGH")])
def test_turning_twenty_one_is_counted_to_the_day(days: int, level: str) -> None:
    birthday = TODAY + timedelta(days=days)
    session = a_client(dob=birthday.replace(year=birthday.year - 21).isoformat(), parent_gone="Y")
    assert f"sijs_age_days_to_21:{days}" in urgent(session)
    assert urgency_of(session, TODAY, tables()).level == level


def test_the_birthday_does_not_press_where_both_parents_cared_or_there_is_a_marriage() -> None:
    young = {"dob": "2006-06-01"}
    assert [fact for fact in urgent(a_client(**young)) if fact.startswith("sijs")]
    for answers in ({"parent_gone": "N", "parent_harm": "N"}, {"marital": "married"}, {"status": "lpr"}):
        assert not [fact for fact in urgent(a_client(**young, **answers)) if fact.startswith("sijs")]


def test_somebody_of_twenty_without_a_birthday_may_turn_twenty_one_tomorrow() -> None:
    assert "sijs_age_days_to_21:1" in urgent(a_client(dob=Said.UNKNOWN, age="20"))


def test_coming_back_after_an_order_is_known_from_the_dates() -> None:
    assert so(a_client(order="Y", order_date="2010-01-01"), "reinstated_order") is True
    assert so(a_client(order="Y", order_date="2020-01-01"), "reinstated_order") is False
    assert so(a_client(order="Y"), "reinstated_order") is None


def test_a_green_card_before_eighteen_is_known_from_the_dates() -> None:
    assert so(a_client(status="lpr", lpr_since="2008-05-04"), "lpr_under_18") is True
    assert so(a_client(status="lpr", lpr_since="2008-05-05"), "lpr_under_18") is False
    assert so(a_client(status="lpr"), "lpr_under_18") == "not asked"


def test_children_of_the_table_stand_for_the_two_questions_of_the_short_form() -> None:
    session = a_client(depth="full", has_children="Y")
    a_row(session, "child", k_dob="2005-11-23", k_status="usc")
    assert (so(session, "usc_child_21"), so(session, "qualifying_relative")) == (True, True)
    other = a_client(depth="full", has_children="Y")
    a_row(other, "child", k_dob="2005-11-24", k_status="usc")
    assert (so(other, "usc_child_21"), so(other, "qualifying_relative")) == (False, True)


def test_the_list_of_countries_names_every_country_of_the_table() -> None:
    session = told()
    offered = {choice.value.replace("_", " ") for choice in session.choices("/data/person/birth_country")}
    assert {row.country for row in tables().tps.rows} <= offered
    assert the_form().id == "screening"


def test_sources_that_disagree_leave_protection_open() -> None:
    def state(country: str) -> Told:
        return tps_country(Heard(a_client(birth_country=country)), TODAY, tables().tps)

    assert [state(one) for one in ("Lebanon", "El_Salvador", "Sudan", "Haiti", "Mexico")] == [
        Told.YES, Told.UNSURE, Told.UNSURE, Told.NO, Told.NO,
    ]  # fmt: skip


def test_what_is_heard_combines_without_losing_what_is_not_known() -> None:
    yes, no, unsure, blank = Told.YES, Told.NO, Told.UNSURE, Told.BLANK
    assert (any_of(no, unsure, yes), any_of(blank, no), any_of(no, unsure), any_of()) == (
        yes,
        no,
        unsure,
        blank,
    )
    assert (all_of(yes, no, blank), all_of(yes, blank, unsure), all_of(yes, unsure)) == (no, blank, unsure)
    may = read_when("2020-05")
    assert isinstance(may, PartialDate)
    assert [by(may, day) for day in (date(2020, 5, 31), date(2020, 5, 30), date(2020, 4, 30))] == [
        yes,
        unsure,
        no,
    ]


@pytest.mark.parametrize(
    ("answers", "cuban"),
    [
        ({"birth_country": "Mexico"}, "not asked"),
        ({"birth_country": "Cuba"}, None),
        ({"birth_country": "Mexico", "same_nationality": Said.UNKNOWN}, None),
        ({"birth_country": "Mexico", "same_nationality": "N"}, "not asked"),
        ({"birth_country": "Mexico", "same_nationality": "N", "nationalities": "Mexico Cuba"}, True),
        ({"birth_country": "Mexico", "same_nationality": "Y"}, False),
        ({"birth_country": "other", "nationalities": "other"}, False),
    ],
)
def test_a_nationality_is_known_only_when_it_was_told(answers: dict[str, str | Said], cuban: object) -> None:
    assert so(told(**answers), "cuban") == cuban


def test_a_country_the_list_does_not_name_may_be_one_of_the_former_soviet_bloc() -> None:
    assert so(told(birth_country="other", nationalities="other"), "nacara_nationality") is None


def test_an_arrival_in_the_future_tells_nothing() -> None:
    session = a_client(arrived=in_days(30), fears="yes")
    assert so(session, "arrived_within_year") == "not asked"
    assert one_year_date(session, TODAY, tables()) is None
    assert not [fact for fact in urgent(session) if fact.startswith("asylum")]


@given(st.randoms(use_true_random=False), st.sampled_from(["1940-01-01", "1975-01-01", "2007-06-01"]))
def test_whatever_is_told_the_law_can_read_it(chance: Random, dob: str) -> None:
    session, _ = walk_through({"agrees": "Y", "dob": dob}, chance.choice)
    screen(facts(session, TODAY, tables()), tables().screening)
    level = urgency_of(session, TODAY, tables()).level
    session.set(paths()["held"], "self")
    worse = urgency_of(session, TODAY, tables()).level
    assert worse is Level.CRITICAL
    assert list(Level).index(worse) <= list(Level).index(level)
