"""The pages of a team on a real desk: found, queue, case, batch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ournydesk.bootstrap import LaptopDesk
from ournydesk.domain.case import CaseRow
from ournydesk.domain.operations import RecordId
from tests.fakes.desks import TickingClock, example_intake, open_desk
from tests.fakes.tasks import InlineTasks
from ui.batches.screen import BatchScreen
from ui.cases.case_screen import CaseScreen
from ui.cases.model import QueueModel
from ui.cases.queue_screen import QueueScreen
from ui.cases.queues import Queue
from ui.team.screen import TeamScreen
from ui.theme.theme import Theme
from ui.widgets.text import Text


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[LaptopDesk]:
    made = open_desk(tmp_path / "desk", "C. Coordinator", TickingClock())
    yield made
    made.lock()


def a_case(desk: LaptopDesk) -> RecordId:
    desk.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    desk.team.publish_form("naturalization")
    intake = example_intake(desk)
    desk.wire.hand_over(intake, "15b is Yes")
    return RecordId(intake)


def press(screen: QWidget, name: str) -> None:
    button = screen.findChild(QPushButton, name)
    assert button is not None, name
    button.click()


def type_into(screen: QWidget, name: str, text: str) -> None:
    field = screen.findChild(QWidget, name)
    assert isinstance(field, QLineEdit | QPlainTextEdit), name
    if isinstance(field, QLineEdit):
        field.setText(text)
    else:
        field.setPlainText(text)


def read(screen: QWidget) -> str:
    return "\n".join(label.text() for label in screen.findChildren(Text) if not label.isHidden())


def test_a_team_is_founded_and_shows_its_people(desk: LaptopDesk, qtbot: QtBot) -> None:
    changed: list[int] = []
    screen = TeamScreen(Theme(), desk, InlineTasks(), changed=lambda: changed.append(1))
    qtbot.addWidget(screen)
    screen.presenter.begin()
    for name, text in (("team_name", "Example Coalition"), ("person_name", "C. Coordinator")):
        type_into(screen, name, text)
    press(screen, "found_team")
    assert "Three names are needed." in read(screen)
    type_into(screen, "clinic_name", "Jackson Heights")
    press(screen, "found_team")
    assert changed == [1]
    assert "C. Coordinator (you)" in read(screen)
    assert screen.findChild(QPushButton, "let_someone_in") is not None


def test_forms_that_are_read_late_can_still_be_sent(desk: LaptopDesk, qtbot: QtBot) -> None:
    desk.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    screen = TeamScreen(Theme(), desk, InlineTasks())
    qtbot.addWidget(screen)
    screen.presenter.begin()
    assert screen.findChild(QPushButton, "send_form:naturalization") is None
    screen.show_forms(desk.form_choices(()))
    press(screen, "send_form:naturalization")
    assert "The form goes to every desk" in read(screen)


def test_the_queue_shows_who_waits_and_why(desk: LaptopDesk, qtbot: QtBot) -> None:
    record, opened = a_case(desk), list[RecordId]()
    screen = QueueScreen(Theme(), desk.cases, InlineTasks(), TickingClock(), opened=opened.append)
    qtbot.addWidget(screen)
    screen.enter()
    assert "Question 15b: Yes" in read(screen)
    screen.presenter.seek("nobody of that name")
    assert screen.presenter.selected is None
    screen.presenter.seek("talukder 507")
    press(screen, "open_case")
    assert opened == [record]
    screen.presenter.choose(Queue.DECIDED)
    assert screen.presenter.selected is None


def test_the_queue_s_model_keeps_qt_s_rules(
    desk: LaptopDesk, qtmodeltester: ModelTester, qtbot: QtBot
) -> None:
    a_case(desk)
    model = QueueModel()
    model.show_rows(desk.cases.cases(), TickingClock().now())
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # the plugin ships no type for it
    assert isinstance(model.line(1), CaseRow)
    assert model.line(99) is None


def test_a_decision_is_signed_once_and_followed_never_edited(desk: LaptopDesk, qtbot: QtBot) -> None:
    record = a_case(desk)
    screen = CaseScreen(
        Theme(), desk.cases, InlineTasks(), record, leave=lambda: None, print_out=lambda _record: None
    )
    qtbot.addWidget(screen)
    screen.enter()
    assert "8 CFR 316.10" in read(screen)
    assert "061-234-507" not in "".join(button.text() for button in screen.findChildren(QPushButton))
    press(screen, "decision_sign")
    assert "Choose one of the four first." in read(screen)
    press(screen, "decision:prepare")
    type_into(screen, "decision_reason", "Citation only.")
    press(screen, "decision_sign")
    assert "Signed by C. Coordinator" in read(screen)
    press(screen, "decision:not_now")
    press(screen, "decision_sign")
    assert [one.choice.value for one in desk.cases.case(record).decisions] == ["not_now", "prepare"]
    press(screen, "case_note")
    type_into(screen, "note_text", "Bring the receipt.")
    press(screen, "note_save")
    assert "Bring the receipt." in read(screen)


def test_a_batch_is_written_and_a_wrong_key_is_told(desk: LaptopDesk, qtbot: QtBot, tmp_path: Path) -> None:
    a_case(desk)
    screen = BatchScreen(Theme(), desk.batches, InlineTasks())
    qtbot.addWidget(screen)
    screen.enter()
    type_into(screen, "batch_keys", "not a key")
    screen.write_into(tmp_path)
    assert "age public key" in read(screen)
    assert list(tmp_path.glob("*.age")) == []
    type_into(screen, "batch_keys", "")
    screen.write_into(tmp_path)
    assert "It was opened again and compared." in read(screen)
    assert len(list(tmp_path.glob("*.age"))) == 1
