"""How soon an attorney must see an incident: from what was said, never from what was not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from forms.library.incident.urgent import SAME, urgency_facts, urgency_of
from ournydesk.bootstrap.cases import urgency
from ournydesk.domain.answers import Said
from ournydesk.domain.ids import IntakeId, new_id
from ournydesk.domain.intake import IntakeHead
from tests.unit.library.incidents import ENGLISH, NOON, a_call, questions, the_form
from tests.unit.library.screenings import tables

TODAY = date(2026, 11, 23)
LETTER = {"more": "Y", "kinds": "discrimination", "d_letter": "Y"}


def in_days(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


@pytest.mark.parametrize(
    ("answers", "fact", "level"),
    [
        ({"danger": "Y"}, "trafficking_or_violence_now", "CRITICAL"),
        ({"held": "Y"}, "detained", "CRITICAL"),
        ({"child": "Y"}, "child_at_risk", "CRITICAL"),
        ({"more": "Y", "kinds": "intimidation", "t_again": "Y"}, "victim_safety", "HIGH"),
        ({"more": "Y", "kinds": "health", "h_now": "Y"}, "care_needed", "HIGH"),
        ({**LETTER, "d_letter_date": in_days(14)}, "deadline_days:14", "CRITICAL"),
        ({**LETTER, "d_letter_date": in_days(15)}, "deadline_days:15", "HIGH"),
        ({**LETTER, "d_letter_date": in_days(61)}, "deadline_days:61", "MEDIUM"),
    ],
)
def test_what_was_told_sets_the_level(answers: dict[str, str], fact: str, level: str) -> None:
    call = a_call(**answers)
    assert tuple(urgency_facts(call, TODAY)) == (fact,)
    assert urgency_of(call, TODAY, tables().urgency).level == level


@pytest.mark.parametrize("said", ["N", Said.UNKNOWN, Said.DECLINED])
def test_what_is_not_so_or_not_known_sets_none(said: str | Said) -> None:
    assert tuple(urgency_facts(a_call(danger=said, held=said, child=said), TODAY)) == ()


def test_every_question_read_is_one_of_the_form_and_every_fact_one_of_the_table() -> None:
    asked = {one.name for one in questions()}
    assert {*SAME, "d_letter_date"} <= asked
    assert set(SAME.values()) <= {row.fact for row in tables().urgency.rows}


def test_an_incident_stands_in_the_list_with_its_reason() -> None:
    form = the_form()
    head = IntakeHead(
        id=IntakeId(new_id()), ticket=47, form_id="incident", form_version=form.version, form_hash=form.hash,
        form_title=form.title, language=ENGLISH, started_at=NOON,
    )  # fmt: skip
    found = urgency(a_call(child="Y"), head, TODAY)
    assert found is not None
    assert (found.reason, found.by, found.rank, found.shown) == ("Child at risk", None, 0, True)
    calm = urgency(a_call(), head, TODAY)
    assert calm is not None
    assert not calm.shown
