"""A screening that was handed over stands in the attorney's list by how soon somebody must see it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from forms.engine import Session
from ournydesk.bootstrap import LaptopDesk
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.membership import Role
from tests.fakes.desks import TickingClock, enrol, open_desk, save
from tests.unit.library.screenings import PLAIN, paths

ENGLISH = "English (en)"


def a_screening(desk: LaptopDesk, **changed: str) -> IntakeId:
    """The plain client of the form's own tests, with something changed."""
    intake = desk.start_intake("screening", ENGLISH)
    write(desk, intake, **{**PLAIN, **changed})
    return intake


def write(desk: LaptopDesk, intake: IntakeId, **answers: str) -> None:
    opened = desk.open_intake(intake)
    session = Session.open(opened.form, opened.answers, opened.saved_at)
    for name in sorted(answers, key=list(paths()).index):
        if session.state(paths()[name]).relevant:
            session.set(paths()[name], answers[name])
    save(desk, intake, session)


def two_desks(folder: Path, clock: TickingClock) -> tuple[LaptopDesk, LaptopDesk]:
    lead = open_desk(folder / "a", "C. Coordinator", clock)
    lead.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    lead.team.publish_form("screening")
    reader = open_desk(folder / "b", "M. Attorney", clock)
    enrol(reader, "M. Attorney", Role.ATTORNEY, lead, folder, reads=True)
    return lead, reader


def carry(lead: LaptopDesk, reader: LaptopDesk, stick: Path) -> None:
    lead.wire.write_courier(stick)
    reader.wire.read_courier(stick)


def days_on(clock: TickingClock, days: int) -> date:
    return clock.today() + timedelta(days=days)


def test_the_list_says_why_a_case_is_urgent_and_the_day_that_set_it(tmp_path: Path) -> None:
    clock = TickingClock()
    lead, reader = two_desks(tmp_path, clock)
    lead.wire.hand_over(a_screening(lead), "")
    hearing = days_on(clock, 6)
    lead.wire.hand_over(a_screening(lead, court="Y", court_date=str(hearing)), "")
    carry(lead, reader, tmp_path / "stick.courier")
    urgent, plain = reader.cases.cases()
    assert (urgent.urgent, plain.urgent) == ("Hearing in 6 days", "")
    assert urgent.urgent_by is not None
    assert urgent.urgent_by.date() == hearing
    sheet = reader.cases.case(urgent.id).sheet
    assert sheet is not None
    assert sheet.outcome == "Critical: attorney today."
    assert {"Urgency: critical", "Case before the court"} <= {one.title for one in sheet.findings}
    assert all(one.citation for one in sheet.findings if one.title != "Law not checked lately")
    clock.move(days=1)
    assert reader.cases.cases()[0].urgent == "Hearing in 5 days"
    lead.lock()
    reader.lock()


def test_a_level_is_not_lowered_because_an_answer_was_changed(tmp_path: Path) -> None:
    clock = TickingClock()
    lead, reader = two_desks(tmp_path, clock)
    intake = a_screening(lead, held="self")
    lead.wire.hand_over(intake, "")
    write(lead, intake, held="none")
    carry(lead, reader, tmp_path / "stick.courier")
    [case] = reader.cases.cases()
    assert case.urgent == "Detained now (said before)"
    lead.lock()
    reader.lock()


def test_an_attorney_today_stands_before_three_days_however_long_those_waited(tmp_path: Path) -> None:
    clock = TickingClock()
    lead, reader = two_desks(tmp_path, clock)
    lead.wire.hand_over(a_screening(lead, order="Y"), "")
    clock.move(hours=5)
    lead.wire.hand_over(a_screening(lead, court="Y", court_date=str(days_on(clock, 6))), "")
    carry(lead, reader, tmp_path / "stick.courier")
    told = [(case.urgent, case.urgent_rank) for case in reader.cases.cases()]
    assert told == [("Hearing in 6 days", 0), ("Final order", 1)]
    lead.lock()
    reader.lock()
