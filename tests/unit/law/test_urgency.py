"""Urgency levels: both sides of each number of days. Source: the proposed service levels."""

from __future__ import annotations

import pytest

from ournydesk.errors import BadInput
from ournydesk.law.urgency import Level, urgency
from tests.unit.law.people import tables


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ([], "LOW"),
        (["detained"], "CRITICAL"),
        (["final_order"], "HIGH"),
        (["ewi_under_2y"], "HIGH"),
        (["hearing_days:7"], "CRITICAL"),
        (["hearing_days:8"], "HIGH"),
        (["hearing_days:30"], "HIGH"),
        (["hearing_days:31"], "MEDIUM"),
        (["hearing_days:2000"], "MEDIUM"),
        (["hearing_days:0"], "CRITICAL"),
        (["hearing_days:-3"], "CRITICAL"),
        (["asylum_days_left:14"], "CRITICAL"),
        (["asylum_days_left:15"], "HIGH"),
        (["asylum_days_left:60"], "HIGH"),
        (["asylum_days_left:61"], "MEDIUM"),
        (["asylum_days_left:366"], "MEDIUM"),
        (["asylum_days_left:367"], "LOW"),
        (["sijs_age_days_to_21:90"], "CRITICAL"),
        (["sijs_age_days_to_21:91"], "HIGH"),
        (["sijs_age_days_to_21:366"], "HIGH"),
        (["sijs_age_days_to_21:367"], "MEDIUM"),
        (["hearing_days:90", "detained", "final_order"], "CRITICAL"),
        (["hearing_days:90", "final_order:true"], "HIGH"),
        (["check_in_days:7"], "CRITICAL"),
        (["check_in_days:8"], "HIGH"),
        (["check_in_days:30"], "HIGH"),
        (["check_in_days:31"], "MEDIUM"),
        (["appeal_days_left:14"], "CRITICAL"),
        (["appeal_days_left:15"], "MEDIUM"),
        (["deadline_days:14"], "CRITICAL"),
        (["deadline_days:15"], "HIGH"),
        (["deadline_days:60"], "HIGH"),
        (["deadline_days:61"], "MEDIUM"),
        (["status_ends_days:366"], "MEDIUM"),
        (["status_ends_days:367"], "LOW"),
        (["status_ends_days:60"], "HIGH"),
        (["status_ends_days:61"], "MEDIUM"),
    ],
)
def test_the_worst_fact_sets_the_level(facts: list[str], level: str) -> None:
    assert urgency(facts, tables().urgency).level == level


def test_another_fact_never_lowers_a_level() -> None:
    every = [row.fact + (":400" if row.days else "") for row in tables().urgency.rows]
    order = tuple(Level)
    for fact in every:
        alone = urgency([fact], tables().urgency).level
        for other in every:
            assert order.index(urgency([fact, other], tables().urgency).level) <= order.index(alone)


def test_each_fact_is_told_once_with_its_reason_worst_first() -> None:
    said = urgency(["final_order", "hearing_days:3"], tables().urgency)
    assert [(reason.fact, reason.level.value) for reason in said.reasons] == [
        ("hearing_days:3", "CRITICAL"),
        ("final_order", "HIGH"),
    ]
    assert said.target == "attorney today"
    assert "days ago" in urgency(["hearing_days:-3"], tables().urgency).reasons[0].text


@pytest.mark.parametrize(
    "fact",
    ["detaned", "detained:no", "hearing_days", "hearing_days:x", "hearing_days:1.5", "hearing_days:99999"],
)
def test_a_fact_that_cannot_be_read_is_refused_by_name(fact: str) -> None:
    with pytest.raises(BadInput) as refused:
        urgency([fact], tables().urgency)
    assert f"“{fact}”" in refused.value.message


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        ("hearing_days:1", "Hearing in 1 day."),
        ("hearing_days:11", "Hearing in 11 days."),
        ("hearing_days:0", "Hearing today."),
        ("asylum_days_left:-26", "The one-year asylum date was 26 days ago. What can still be done"),
        ("appeal_days_left:-1", "The time to appeal or to move the court ended 1 day ago."),
    ],
)
def test_a_day_is_said_as_people_say_it_before_and_after(fact: str, sentence: str) -> None:
    [reason] = urgency([fact], tables().urgency).reasons
    assert reason.text.startswith(sentence)
    assert "-" not in reason.text.replace("one-year", "")
