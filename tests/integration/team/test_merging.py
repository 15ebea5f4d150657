"""Two desks that had not seen each other: nobody's answer is lost."""

from __future__ import annotations

from pathlib import Path

from ournydesk.domain.membership import Role
from ournydesk.domain.operations import RecordId
from tests.fakes.desks import TickingClock, change, enrol, example_intake, open_desk

FAMILY = "/data/names/family"


def test_what_was_typed_before_the_other_s_answer_arrived_is_a_conflict_and_not_a_silent_win(
    tmp_path: Path,
) -> None:
    clock = TickingClock()
    lead = open_desk(tmp_path / "a", "C. Coordinator", clock)
    lead.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    lead.team.publish_form("naturalization")
    helper = open_desk(tmp_path / "b", "Jo Volunteer", clock)
    enrol(helper, "Jo Volunteer", Role.VOLUNTEER, lead, tmp_path)
    stick = tmp_path / "stick.courier"
    lead.wire.write_courier(stick)
    helper.wire.read_courier(stick)
    intake = example_intake(helper)
    helper.wire.hand_over(intake, "")
    helper.wire.write_courier(stick)
    lead.wire.read_courier(stick)
    path = next(
        str(path)
        for path, answer in helper.open_intake(intake).answers.values.items()
        if answer.text == "Talukder-Example"
    )
    change(lead, intake, path, "Talukder")
    lead.wire.write_courier(stick)
    change(helper, intake, path, "Talukdar-Example")
    helper.wire.read_courier(stick)
    other = tmp_path / "other.courier"
    helper.wire.write_courier(other)
    lead.wire.read_courier(other)
    [conflict] = lead.cases.case(RecordId(intake)).conflicts
    assert {rival.answer.text for rival in conflict.rivals} == {"Talukder", "Talukdar-Example"}
    assert conflict.blocks
    lead.lock()
    helper.lock()
