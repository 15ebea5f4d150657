"""What the foot of the screen says about the world outside, and when it is tried again (C18)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ournydesk.domain.wire import Reach, WireView
from tests.fakes.cheap import NOON
from ui.shell.rounds import reach_words

AGAIN = NOON + timedelta(seconds=47)
TOLD = f"next try {AGAIN.astimezone():%H:%M:%S}"


@pytest.mark.parametrize("reach", [Reach.BUSY, Reach.AWAY, Reach.WRONG_SERVER])
def test_whoever_did_not_get_through_is_told_when_it_is_tried_again(reach: Reach) -> None:
    view = WireView(server="https://sync.example.org", server_reach=reach, server_at=NOON)
    assert reach_words(view, AGAIN).endswith(TOLD)
    assert TOLD not in reach_words(view)


@pytest.mark.parametrize("reach", [Reach.REACHED, Reach.SHUT_OUT, Reach.ALARM])
def test_where_waiting_changes_nothing_no_time_is_named(reach: Reach) -> None:
    view = WireView(server="https://sync.example.org", server_reach=reach, server_at=NOON)
    assert TOLD not in reach_words(view, AGAIN)


def test_without_a_server_no_time_is_named() -> None:
    assert TOLD not in reach_words(WireView(server="", server_reach=Reach.AWAY), AGAIN)
