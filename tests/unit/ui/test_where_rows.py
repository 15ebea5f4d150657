"""What the page “What is where” says, word by word."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from ournydesk.domain.ids import IntakeId
from ournydesk.domain.intake import Status
from ournydesk.domain.operations import OpId
from ournydesk.domain.oplog import Standing
from ournydesk.domain.whereabouts import Aside, CheckOut, OnItsWay, Place, WaitsFor
from ournydesk.domain.wire import Heard, Reach, WireView
from tests.fakes.cheap import NOON
from ui.where.rows import (
    REACHES,
    WAITS,
    aside_words,
    check_out_words,
    document_words,
    place_row,
    relay_words,
    server_words,
    silence,
)

PLACE = Place(
    id=IntakeId("a" * 32),
    ticket=7,
    title="Naturalization (N-400)",
    changed_at=NOON,
    status=Status.RECEIVED,
    readers=1,
    waits_for=WaitsFor.NOTHING,
)
ASIDE = Aside(
    op_id=OpId("b" * 64), ticket=7, by="Jo Volunteer", own=False,
    standing=Standing.QUARANTINED, why="wire.fault.operation:role", at=NOON,
)  # fmt: skip  # one thing that was set aside
HEARD = Heard(name="M. Attorney", role="attorney", at=NOON)
REACHED = WireView(server="https://sync.example.org", server_reach=Reach.REACHED, server_at=NOON)


def test_every_reason_and_every_reach_has_words() -> None:
    assert set(WAITS) == set(WaitsFor)
    assert set(REACHES) == set(Reach)


@pytest.mark.parametrize(
    ("readers", "words"),
    [
        (0, "received by the legal team"),
        (1, "received by the legal team (1 person)"),
        (3, "received by the legal team (3 people)"),
    ],
)
def test_a_record_says_by_how_many_it_was_received(readers: int, words: str) -> None:
    assert place_row(replace(PLACE, readers=readers)) == ("#7  Naturalization (N-400)", words, "nothing")


def test_what_stands_aside_says_whose_it_is_and_why() -> None:
    assert aside_words(ASIDE) == (
        "Intake #7, from Jo Volunteer",
        "It does not check out: its author may not do this any more.",
    )
    strange = replace(ASIDE, ticket=None, by="", why="something:new")
    assert aside_words(strange) == ("Something for the team, from nobody known", "It does not check out.")
    refused = replace(ASIDE, own=True, standing=Standing.REFUSED, why="role")
    assert aside_words(refused)[0] == "Intake #7, written here"
    assert "a stick carries all of it" in aside_words(refused)[1]


def test_a_server_that_brings_nothing_for_a_week_is_asked_about() -> None:
    assert silence(replace(REACHED, heard=(HEARD,)), NOON + timedelta(days=6)) == ""
    assert "9 days" in silence(replace(REACHED, heard=(HEARD,)), NOON + timedelta(days=9))
    assert silence(REACHED, NOON + timedelta(days=9)) == ""
    away = replace(REACHED, heard=(HEARD,), server_reach=Reach.AWAY)
    assert silence(away, NOON + timedelta(days=9)) == ""


def test_contact_is_told_with_its_time_or_as_never() -> None:
    assert "It answers, and knows this desk." in server_words(REACHED, NOON)[0]
    assert server_words(replace(REACHED, server_at=None), NOON)[1] == "Never reached yet."
    assert "A coordinator names it" in server_words(WireView(server=""), NOON)[1]
    assert relay_words(WireView(server=""), NOON) == ("No relay is named.", "")


def test_a_laptop_is_let_go_only_with_nothing_on_it() -> None:
    clear = CheckOut(at=NOON)
    assert check_out_words(clear) == ("Nothing unsent is left. This laptop can be handed back.", ())
    assert len(check_out_words(replace(clear, unread=2))[1]) == 1
    for kept in (
        replace(clear, drafts=1),
        replace(clear, unsealed=1),
        replace(clear, waiting=1),
        replace(clear, refused=1),
        replace(clear, documents=1),
    ):
        assert not kept.clear
        assert check_out_words(kept)[0].startswith("Keep this laptop.")


def test_a_document_says_how_far_its_parts_have_come() -> None:
    one = OnItsWay(ticket=3, parts=4, have=4, sent=1)
    assert document_words(one) == ("Intake #3", "1 of 4 parts on the server")
    assert document_words(replace(one, ticket=None, have=2)) == ("A document", "arriving: 2 of 4 parts")
