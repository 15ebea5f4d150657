"""Two desks that had not seen each other: nobody's answer is lost, and a person settles what differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from forms.engine import Session
from ournydesk.bootstrap import LaptopDesk
from ournydesk.domain.answers import Answer
from ournydesk.domain.case import CaseView
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.ids import Path as Ref
from ournydesk.domain.membership import Role
from ournydesk.domain.operations import RecordId
from ournydesk.domain.record import Choice
from ournydesk.errors import BadInput, Refused
from tests.fakes.desks import TickingClock, change, enrol, example_intake, open_desk, save

REPEAT = Ref("/data/trips/trip")


@dataclass
class Pair:
    """A coordinator who reads and a volunteer, with one intake on both desks."""

    lead: LaptopDesk
    helper: LaptopDesk
    intake: IntakeId
    folder: Path

    def carry(self, source: LaptopDesk, target: LaptopDesk) -> None:
        stick = self.folder / "stick.courier"
        source.wire.write_courier(stick)
        target.wire.read_courier(stick)

    def meet(self) -> CaseView:
        """Each takes what the other wrote meanwhile; the case as the reader then sees it."""
        kept = self.folder / "kept.courier"
        self.lead.wire.write_courier(kept)
        self.carry(self.helper, self.lead)
        self.helper.wire.read_courier(kept)
        return self.view()

    def view(self) -> CaseView:
        return self.lead.cases.case(RecordId(self.intake))

    def answers(self, desk: LaptopDesk) -> dict[str, str]:
        return {path: one.text for path, one in desk.open_intake(self.intake).answers.values.items()}

    def path(self, text: str) -> Ref:
        return next(Ref(path) for path, answer in self.answers(self.helper).items() if answer == text)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    clock = TickingClock()
    lead = open_desk(tmp_path / "a", "C. Coordinator", clock)
    lead.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    lead.team.publish_form("naturalization")
    helper = open_desk(tmp_path / "b", "Jo Volunteer", clock)
    enrol(helper, "Jo Volunteer", Role.VOLUNTEER, lead, tmp_path)
    made = Pair(lead, helper, example_intake(helper), tmp_path)
    made.carry(lead, helper)
    helper.wire.hand_over(made.intake, "")
    made.carry(helper, lead)
    yield made
    lead.lock()
    helper.lock()


def in_conflict(pair: Pair) -> Ref:
    path = pair.path("Talukder-Example")
    change(pair.lead, pair.intake, path, "Talukder")
    change(pair.helper, pair.intake, path, "Talukdar-Example")
    return path


def without_a_trip(desk: LaptopDesk, intake: IntakeId, row: str) -> None:
    opened = desk.open_intake(intake)
    session = Session.open(opened.form, opened.answers, TickingClock().now())
    session.remove_row(f"{REPEAT}[{row}]")
    save(desk, intake, session)


def test_what_was_typed_before_the_other_s_answer_arrived_is_a_conflict_and_not_a_silent_win(
    pair: Pair,
) -> None:
    path = in_conflict(pair)
    view = pair.meet()
    [conflict] = view.conflicts
    assert {rival.answer.text for rival in conflict.rivals} == {"Talukder", "Talukdar-Example"}
    assert {rival.by for rival in conflict.rivals} == {"C. Coordinator", "Jo Volunteer"}
    assert (conflict.path, conflict.section) == (path, "About the client")
    assert view.blocked


def test_nothing_is_printed_or_decided_until_a_person_has_chosen(pair: Pair) -> None:
    path = in_conflict(pair)
    pair.meet()
    with pytest.raises(Refused) as caught:
        pair.lead.packet(pair.intake)
    assert caught.value.code == "refused.conflict"
    with pytest.raises(Refused):
        pair.lead.cases.decide(RecordId(pair.intake), Choice.PREPARE, "")
    assert RecordId(pair.intake) not in pair.lead.batches.plan_batch(None).records
    view = pair.lead.cases.settle(RecordId(pair.intake), path, Answer("Talukder"))
    assert not view.blocked
    assert pair.lead.packet(pair.intake).pages > 2
    assert pair.answers(pair.lead)[path] == "Talukder"


def test_an_answer_nobody_gave_settles_too_if_the_form_takes_it(pair: Pair) -> None:
    path = pair.path("2024-08-27")
    change(pair.lead, pair.intake, path, "2024-08-17")
    change(pair.helper, pair.intake, path, "2024-08-18")
    view = pair.meet()
    assert {rival.shown for rival in view.conflicts[0].rivals} == {"17 Aug 2024", "18 Aug 2024"}
    with pytest.raises(BadInput):
        # Before the day of departure.
        pair.lead.cases.settle(RecordId(pair.intake), path, Answer("2001-01-01"))
    assert pair.view().conflicts == view.conflicts
    assert not pair.lead.cases.settle(RecordId(pair.intake), path, Answer("2024-08-19")).conflicts
    assert pair.answers(pair.lead)[path] == "2024-08-19"


def test_two_people_who_settle_differently_leave_a_conflict_again(pair: Pair) -> None:
    path = in_conflict(pair)
    pair.meet()
    pair.lead.cases.settle(RecordId(pair.intake), path, Answer("Talukder"))
    change(pair.helper, pair.intake, path, "Taluqdar")
    [conflict] = pair.meet().conflicts
    assert {rival.answer.text for rival in conflict.rivals} == {"Talukder", "Taluqdar"}


@pytest.mark.parametrize("keep", [True, False])
def test_a_row_that_one_removed_while_another_wrote_in_it_waits_for_a_person(pair: Pair, keep: bool) -> None:
    path = pair.path("2024-08-27")
    row = path.removeprefix(f"{REPEAT}[").partition("]")[0]
    without_a_trip(pair.helper, pair.intake, row)
    change(pair.lead, pair.intake, path, "2024-08-17")
    view = pair.meet()
    [torn] = view.torn
    assert (torn.row, torn.removed_by, torn.edited_by) == (row, "Jo Volunteer", "C. Coordinator")
    assert "17 Aug 2024" in torn.words
    assert view.blocked
    view = pair.lead.cases.settle_row(RecordId(pair.intake), torn.path, torn.row, keep=keep)
    assert not view.torn
    assert (path in pair.answers(pair.lead)) is keep
