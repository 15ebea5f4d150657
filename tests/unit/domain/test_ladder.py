from __future__ import annotations

import pytest

from ournydesk.domain.intake import Status
from ournydesk.domain.ladder import Step, status

HERE = Step(offered=False, carried=False, numbered=False, received=False)
OFFERED = Step(offered=True, carried=False, numbered=False, received=False)
CARRIED = Step(offered=True, carried=True, numbered=False, received=False)
NUMBERED = Step(offered=True, carried=True, numbered=True, received=False)
RECEIVED = Step(offered=True, carried=True, numbered=True, received=True)
READ_AT_THE_CLINIC = Step(offered=True, carried=True, numbered=False, received=True)


@pytest.mark.parametrize(
    ("steps", "rung"),
    [
        ((), Status.ON_THIS_LAPTOP),
        ((HERE,), Status.ON_THIS_LAPTOP),
        ((NUMBERED, HERE), Status.ON_THIS_LAPTOP),
        ((OFFERED, CARRIED, NUMBERED), Status.SENDING),
        ((CARRIED, NUMBERED), Status.CARRIED),
        ((READ_AT_THE_CLINIC, RECEIVED), Status.CARRIED),
        ((NUMBERED, RECEIVED), Status.ON_THE_SERVER),
        ((RECEIVED, RECEIVED), Status.RECEIVED),
    ],
)
def test_a_record_stands_where_the_operation_that_came_least_far_stands(
    steps: tuple[Step, ...], rung: Status
) -> None:
    assert status(steps, unsealed=False) is rung
    assert status(reversed(steps), unsealed=False) is rung


def test_what_no_operation_holds_yet_is_on_this_laptop_only() -> None:
    assert status((RECEIVED,), unsealed=True) is Status.ON_THIS_LAPTOP
