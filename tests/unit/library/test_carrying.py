"""What one intake tells the next one, and what it never does."""

from __future__ import annotations

import pytest

from forms.engine import Session
from forms.library.carrying import BLOCKS, Carried, Origin, household_blocks, offered, take
from forms.library.items import ITEM
from tests.unit.library import builders, incidents, screenings
from tests.unit.library.screenings import a_client

TICKET = Origin("Legal screening", 12)


def a_screening(**changed: str) -> Session:
    """A client who told a name, a number and a way to be reached."""
    told = {"given": "Farida", "family": "Specimen", "a_number": "012345678", "phone": "2125550100"}
    return a_client(**{**told, "depth": "full", "status": "lpr", "lpr_since": "2015-04-02", **changed})


def the_next() -> Session:
    return Session.start(builders.the_form(), builders.NOON)


def by_item(session: Session, found: tuple[Carried, ...]) -> dict[str, str]:
    return {session.state(one.path).definition.attributes[ITEM]: one.text for one in found}


def test_a_screening_is_not_asked_again_for_the_naturalization() -> None:
    mine = the_next()
    assert by_item(mine, offered(a_screening(), mine, TICKET)) == {
        "C.spoken": "es",
        "C.safe_contact": "text",
        "a_number": "012345678",
        "P2.1.family": "Specimen",
        "P2.1.given": "Farida",
        "P2.6": "1990-05-05",
        "P2.7": "2015-04-02",
        "P2.8": "Mexico",
        "P5.1": "single",
        "P11.phone": "2125550100",
    }


def test_every_offer_says_where_it_comes_from() -> None:
    found = offered(a_screening(), the_next(), TICKET)
    assert {one.origin for one in found} == {TICKET}


def test_nothing_is_put_in_before_somebody_takes_it() -> None:
    mine = the_next()
    found = offered(a_screening(), mine, TICKET)
    assert [one.path for one in found if not mine.state(one.path).answer.blank] == []
    events = take(mine, found)
    assert [one.path for one in found if mine.state(one.path).answer.text != one.text] == []
    assert len(events) >= len(found)
    assert offered(a_screening(), mine, TICKET) == ()


def test_an_answer_that_was_given_already_is_not_offered() -> None:
    mine = the_next()
    mine.set("/data/about/name/family", "Otherwise")
    assert "P2.1.family" not in by_item(mine, offered(a_screening(), mine, TICKET))


def test_consent_and_what_was_said_alone_are_asked_anew() -> None:
    told = a_screening(crime_victim="Y", arrested="Y", fears="yes")
    mine = Session.start(screenings.the_form(), screenings.NOON)
    names = {one.path.rpartition("/")[2] for one in offered(told, mine, TICKET)}
    assert not names & {
        "agrees",
        "heard_in",
        "alone",
        "crime_victim",
        "arrested",
        "fears",
        "scope_understood",
    }
    assert {"given", "family", "dob"} <= names


def test_an_address_that_is_to_be_hidden_is_never_carried() -> None:
    mine = Session.start(screenings.the_form(), screenings.NOON)
    open_one = a_screening(zip="10001", acp="N")
    assert "S.zip" in by_item(mine, offered(open_one, mine, TICKET))
    hidden = builders.a_full_filling()
    assert "S.zip" in by_item(mine, offered(hidden, mine, TICKET))
    hidden.set("/data/consent/acp", "Y")
    assert "S.zip" not in by_item(mine, offered(hidden, mine, TICKET))


@pytest.mark.parametrize(
    ("blocks", "items"), [(("language",), {"C.spoken"}), (("family",), {"P2.1.family"}), ((), set())]
)
def test_a_second_person_of_a_household_gets_the_chosen_blocks_only(
    blocks: tuple[str, ...], items: set[str]
) -> None:
    mine = the_next()
    assert set(by_item(mine, offered(a_screening(), mine, TICKET, blocks=blocks))) == items


def test_another_country_and_what_the_next_form_does_not_offer_are_left_out() -> None:
    mine = the_next()
    told = a_screening(birth_country="other", birth_other="Tuvalu", safe_contact="voicemail call")
    found = by_item(mine, offered(told, mine, TICKET))
    assert not {"P2.8", "C.safe_contact"} & set(found)


def test_an_answer_whose_question_closed_meanwhile_is_left_out() -> None:
    mine = Session.start(incidents.the_form(), incidents.NOON)
    gone = Carried(mine.state("/data/call/phone").path, "2125550100", TICKET)
    assert take(mine, [gone]) == ()


def test_the_first_person_says_what_may_be_used_for_another() -> None:
    assert household_blocks(a_screening()) == ()
    assert household_blocks(a_screening(household_here="Y", household_copy="language home")) == (
        "home",
        "language",
    )
    assert household_blocks(a_screening(household_here="Y", household_copy="none")) == ()


def test_the_blocks_a_client_can_choose_for_the_household_exist() -> None:
    form = screenings.the_form()
    question = form.definition("/data/visit/visit_more/household_copy")
    session = a_screening(household_here="Y")
    assert {one.value for one in session.choices(question.path)} - {"none"} <= set(BLOCKS)
