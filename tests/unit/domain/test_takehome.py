"""A page to take home follows a decision, and only where carrying it is safe."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ournydesk.domain.case import Decision
from ournydesk.domain.record import Choice
from ournydesk.domain.takehome import MOST_WHERE, USUAL, Bring, take_home
from ournydesk.errors import Refused

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


def decided(choice: Choice, hours: int = 0) -> Decision:
    return Decision(choice=choice, reason="", by="A. Attorney", at=NOON + timedelta(hours=hours))


def test_without_a_signed_decision_there_is_no_page() -> None:
    with pytest.raises(Refused) as caught:
        take_home((), "es", safe_to_carry=True)
    assert caught.value.code == "refused.undecided"


def test_until_the_client_said_it_is_safe_there_is_no_page() -> None:
    with pytest.raises(Refused) as caught:
        take_home([decided(Choice.PREPARE)], "es", safe_to_carry=False)
    assert caught.value.code == "refused.carrying"


def test_the_newest_decision_counts() -> None:
    page = take_home([decided(Choice.PREPARE), decided(Choice.NOT_NOW, hours=2)], "es", safe_to_carry=True)
    assert page.choice is Choice.NOT_NOW
    assert page.bring == ()


def test_every_decision_has_a_usual_list_and_another_may_be_given() -> None:
    assert set(USUAL) == set(Choice)
    page = take_home(
        [decided(Choice.PARTNER)],
        "bn",
        safe_to_carry=True,
        bring=[Bring.LETTERS],
        where="  Second \n floor " + "x" * 300,
    )
    assert page.bring == (Bring.LETTERS,)
    assert page.where.startswith("Second floor x")
    assert len(page.where) == MOST_WHERE
