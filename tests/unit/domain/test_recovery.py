"""When a recovery kit has to be opened again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ournydesk.domain.recovery import KitStatus

TODAY = date(2027, 6, 1)
KIT = ("one", "two", "three", "four")


@pytest.mark.parametrize(
    ("made", "opened", "due"),
    [
        (364, None, False),
        (365, None, True),
        (800, 364, False),
        (800, 365, True),
        (10, 800, False),
        (None, 364, False),
        (None, None, True),
    ],
)
def test_a_drill_is_due_a_year_after_somebody_last_saw_the_kit_open(
    made: int | None, opened: int | None, due: bool
) -> None:
    def ago(days: int | None) -> date | None:
        return None if days is None else TODAY - timedelta(days=days)

    assert KitStatus(today=TODAY, name=KIT, made=ago(made), opened=ago(opened)).due is due


def test_without_a_kit_no_drill_is_due() -> None:
    assert not KitStatus(today=TODAY).due
    assert KitStatus(today=TODAY).proven() is None
