"""What an incident report counts as, and what of it may be shared with whom."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.engine import Session
from forms.library.incident.facts import Dimension, Given, Numbers, Tally, count, facts
from forms.library.incident.sharing import consents
from ournydesk.domain.answers import Said
from ournydesk.domain.incident import Consents, PressPart, Recipient, Scope
from tests.unit.library.incidents import NOON, a_call, a_report, a_row, paths, put, the_form

SHAREABLE = [one for one in Recipient if one is not Recipient.STATISTICS]
COUNTED = {"share_statistics": "counted"}


def scopes(session: Session) -> dict[Recipient, Scope]:
    found = consents(session)
    return {one: scope for one in Recipient if (scope := found.scope(one)) is not Scope.NONE}


def numbers(*sessions: Session) -> Numbers:
    return count(facts(one) for one in sessions)


def test_every_recipient_is_asked_about_and_starts_at_nothing() -> None:
    session = a_report()
    for one in Recipient:
        assert session.state(paths()[f"share_{one.value}"]).value == "none"
    assert scopes(session) == {}
    assert scopes(Session.start(the_form(), NOON)) == {}


@pytest.mark.parametrize("recipient", SHAREABLE)
def test_what_one_recipient_may_know_says_nothing_about_another(recipient: Recipient) -> None:
    session = a_report(**{f"share_{recipient.value}": "named"})
    assert scopes(session) == {recipient: Scope.NAMED}


@given(st.dictionaries(st.sampled_from(SHAREABLE), st.sampled_from([Scope.WITHOUT_NAME, Scope.NAMED])))
def test_exactly_what_was_agreed_to_is_allowed(agreed: dict[Recipient, Scope]) -> None:
    session = a_report(**{f"share_{one.value}": scope.value for one, scope in agreed.items()})
    assert scopes(session) == agreed


@pytest.mark.parametrize("answer", [Said.UNKNOWN, Said.DECLINED, ""])
def test_no_clear_yes_is_no_consent(answer: str | Said) -> None:
    assert scopes(a_report(share_police=answer)) == {}


@pytest.mark.parametrize("role", ["witness", "told", "organization"])
def test_who_saw_it_is_counted_at_most(role: str) -> None:
    session = a_report(role=role, **COUNTED)
    assert scopes(session) == {Recipient.STATISTICS: Scope.COUNTED}
    assert not session.state(paths()["share_police"]).relevant
    assert session.state(paths()["third_words"]).relevant


def test_a_consent_given_before_the_role_changed_is_gone() -> None:
    session = put(a_report(share_police="named"), role="witness")
    assert scopes(session) == {}


@pytest.mark.parametrize("name", ["explained_by", "explained_in", "explained_on"])
def test_a_consent_nobody_explained_is_none(name: str) -> None:
    assert scopes(a_report(share_state="named", **{name: ""}, **COUNTED)) == {
        Recipient.STATISTICS: Scope.COUNTED
    }


@pytest.mark.parametrize(
    ("minor", "guardian", "child", "allowed"),
    [
        ("N", None, None, True),
        ("Y", "Y", "Y", True),
        ("Y", "Y", "N", False),
        ("Y", "N", "Y", False),
        (Said.UNKNOWN, None, None, False),
        (Said.DECLINED, None, None, False),
    ],
)
def test_for_a_child_the_guardian_and_the_child_both_agree(
    minor: str | Said, guardian: str | None, child: str | None, allowed: bool
) -> None:
    both = {"guardian_agrees": guardian, "child_agrees": child}
    session = a_report(
        minor=minor, share_attorney="named", **{name: said for name, said in both.items() if said}
    )
    assert (scopes(session) == {Recipient.ATTORNEY: Scope.NAMED}) is allowed
    assert allowed or scopes(session) == {}


def test_what_is_taken_back_stays_taken_back() -> None:
    session = a_report(share_police="named", share_press="named", has_withdrawal="Y")
    a_row(session, "withdrawal", w_recipient="press", w_day="2026-11-22")
    assert scopes(session) == {Recipient.POLICE: Scope.NAMED}
    a_row(session, "withdrawal", w_recipient="everything", w_day="2026-11-22")
    assert scopes(session) == {}


def test_a_withdrawal_that_names_nobody_is_of_everything() -> None:
    assert scopes(a_report(share_police="named", has_withdrawal="Y", **COUNTED)) == {}


def test_without_the_first_consent_nothing_is_allowed() -> None:
    session = put(a_report(share_police="named", **COUNTED), agrees="N")
    assert scopes(session) == {}


def test_the_press_uses_only_the_parts_that_were_agreed_to() -> None:
    session = a_report(share_press="named", press_parts="quote voice")
    assert consents(session).press_parts() == {PressPart.QUOTE, PressPart.VOICE}
    put(session, share_press="without_name")
    assert consents(session).press_parts() == {PressPart.QUOTE}
    assert session.state(paths()["press_parts"]).violation == "constraint"
    assert Consents(press=frozenset(PressPart)).press_parts() == frozenset()


def test_a_call_alone_can_be_counted() -> None:
    found = facts(a_call(**COUNTED))
    assert found.countable
    assert found.given[Dimension.KIND] == Given(frozenset({"hate"}))
    assert found.given[Dimension.MONTH] == Given(frozenset({"2026-11"}))
    assert found.given[Dimension.PLACE].blank


def test_what_may_not_be_counted_is_only_counted_as_such() -> None:
    found = numbers(a_call(**COUNTED), a_call())
    assert (found.incidents, found.not_countable) == (1, 1)
    assert found.tallies[Dimension.COUNTY] == Tally(of=1, by_value={"Queens": 1})


def test_unknown_declined_and_blank_are_counted_apart() -> None:
    told = [
        a_report(reported_police="Y", **COUNTED),
        a_report(reported_police=Said.UNKNOWN, **COUNTED),
        a_report(reported_police=Said.DECLINED, **COUNTED),
        a_report(**COUNTED),
        a_call(**COUNTED),
    ]
    assert numbers(*told).tallies[Dimension.POLICE] == Tally(
        of=5, by_value={"Y": 1}, unknown=1, declined=1, blank=2
    )


def test_bias_is_counted_once_an_event_by_its_nibrs_code() -> None:
    session = a_report(**COUNTED)
    a_row(session, "act", a_what="shouted", a_type="insult", a_bias="anti_arab anti_islamic_muslim")
    a_row(session, "act", a_what="pushed", a_type="assault", a_bias="anti_arab", a_axis="accent")
    found = numbers(session)
    assert found.acts == 2
    assert found.tallies[Dimension.BIAS].by_value == {"24": 1, "31": 1}
    assert found.tallies[Dimension.AXIS].by_value == {"accent": 1}
    assert found.tallies[Dimension.OFFENSE].by_value == {"13B": 1, "none": 1}


@pytest.mark.parametrize(
    ("said", "tally"),
    [
        (Said.UNKNOWN, Tally(of=1, unknown=1)),
        (Said.DECLINED, Tally(of=1, declined=1)),
        ("", Tally(of=1, blank=1)),
        ("unknown", Tally(of=1, by_value={"99": 1})),
    ],
)
def test_a_bias_nobody_could_name_is_no_category_unless_chosen(said: str | Said, tally: Tally) -> None:
    session = a_report(**COUNTED)
    a_row(session, "act", a_what="shouted", a_bias=said)
    assert numbers(session).tallies[Dimension.BIAS] == tally


@pytest.mark.parametrize(
    ("sure", "month"), [("day", "2026-11"), ("month", "2026-11"), ("year", "2026"), (Said.UNKNOWN, "2026")]
)
def test_a_month_nobody_is_sure_of_is_only_a_year(sure: str | Said, month: str) -> None:
    found = facts(a_report(happened_sure=sure))
    assert found.given[Dimension.MONTH].values == {month}


def test_people_are_counted_by_their_part() -> None:
    session = a_report(**COUNTED)
    a_row(session, "person", p_called="the tenant", p_part="affected source")
    a_row(session, "person", p_called="the landlord", p_part="alleged")
    assert numbers(session).affected == 1


def test_a_branch_that_is_closed_again_counts_nothing() -> None:
    session = a_report(has_referral="Y", **COUNTED)
    a_row(session, "referral", rf_to="lawyer", rf_need="legal", rf_agreed="Y")
    assert facts(session).given[Dimension.REFERRAL].values == {"legal"}
    put(session, has_referral="N")
    assert facts(session).given[Dimension.REFERRAL].blank


def test_no_fact_holds_a_text_a_name_or_a_day() -> None:
    session = a_report(narrative="Told by Invented Person", place_words="By the station", **COUNTED)
    a_row(
        session, "person", p_called="the tenant", p_part="affected", p_may_name="Y", p_name="Invented Person"
    )
    told = repr(facts(session))
    assert not any(word in told for word in ("Invented", "station", "tenant", "2026-11-20", "2125550100"))
