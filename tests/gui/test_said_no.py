"""A client who does not agree: what was typed goes, one number stays, and the form is offered as paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from ournydesk.bootstrap import LaptopDesk
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.ids import Path as Ref
from tests.fakes.desks import TickingClock, example_intake, open_desk
from tests.gui.windows import a_window, press, until
from ui.app import DeskWindow
from ui.intake.screen import IntakeScreen
from ui.intake.taken_back import TakenBackDialog
from ui.theme.theme import Theme
from ui.widgets.preview import Preview

AGREES = "/data/consent/agrees"
NAME = "Talukder-Example"


@pytest.fixture
def desk(tmp_path: Path) -> LaptopDesk:
    made = open_desk(tmp_path, "Jo Volunteer", TickingClock())
    example_intake(made, agrees=False)
    made.lock()
    return made


@pytest.fixture
def window(desk: LaptopDesk, qtbot: QtBot, theme: Theme) -> Iterator[DeskWindow]:
    with a_window(desk, theme, qtbot) as made:
        yield made


def opened(window: DeskWindow, desk: LaptopDesk, qtbot: QtBot) -> IntakeScreen:
    assert window.seat is not None
    [row] = window._tasks.on_vault(desk.intakes)
    window.seat._open_intake(IntakeId(row.head.id))
    until(qtbot, lambda: window.findChild(IntakeScreen) is not None)
    found = window.findChild(IntakeScreen)
    assert found is not None
    return found


def asked(window: DeskWindow) -> bool:
    return any(
        one.objectName() == "said_no_dialog" and one.isVisible() for one in window.findChildren(QDialog)
    )


def test_a_no_destroys_what_was_typed_and_offers_the_form_as_paper(
    window: DeskWindow, desk: LaptopDesk, qtbot: QtBot
) -> None:
    screen = opened(window, desk, qtbot)
    screen._answer(AGREES, "N", "value")
    until(qtbot, lambda: asked(window))
    press(window, "said_no_now")
    until(qtbot, lambda: window.findChild(QPushButton, "empty_paper") is not None)
    assert window._tasks.on_vault(desk.intakes) == ()
    assert window.seat is not None
    assert "Said no so far: 1" in window.seat.frame.notice.words
    press(window, "empty_paper")
    until(qtbot, lambda: window.findChild(Preview) is not None)
    preview = window.findChild(Preview)
    assert preview is not None
    page = preview.findChild(QLabel, "preview_page")
    assert page is not None
    until(qtbot, lambda: not page.pixmap().isNull())
    assert NAME.encode() not in preview._printout.pdf  # type: ignore[union-attr]  # it is shown


def test_a_slip_of_the_finger_destroys_nothing(window: DeskWindow, desk: LaptopDesk, qtbot: QtBot) -> None:
    screen = opened(window, desk, qtbot)
    screen._answer(AGREES, "N", "value")
    until(qtbot, lambda: asked(window))
    press(window, "said_no_not")
    screen._answer(AGREES, "Y", "value")
    until(qtbot, lambda: not asked(window))
    until(qtbot, lambda: not screen.presenter.unsaved)
    [row] = window._tasks.on_vault(desk.intakes)
    kept = window._tasks.on_vault(lambda: desk.open_intake(row.head.id)).answers
    assert kept.get(Ref(AGREES)).text == "Y"
    assert NAME in " ".join(answer.text for answer in kept.values.values())


def test_an_answer_to_another_question_asks_nothing(
    window: DeskWindow, desk: LaptopDesk, qtbot: QtBot
) -> None:
    screen = opened(window, desk, qtbot)
    screen._answer(AGREES, "Y", "value")
    assert not asked(window)


def test_a_yes_that_is_taken_back_lists_who_has_the_answers_and_tells_them(
    tmp_path: Path, qtbot: QtBot, theme: Theme
) -> None:
    desk = open_desk(tmp_path, "C. Coordinator", TickingClock())
    desk.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    desk.team.publish_form("naturalization")
    intake = example_intake(desk)
    desk.wire.hand_over(intake, "")
    desk.lock()
    with a_window(desk, theme, qtbot) as window:
        screen = opened(window, desk, qtbot)
        screen._said_no()
        until(qtbot, lambda: window.findChild(TakenBackDialog) is not None)
        dialog = window.findChild(TakenBackDialog)
        assert dialog is not None
        press(dialog, "taken_back_tell")
        until(qtbot, lambda: "took the yes back" in dialog.notice.words)
        assert window._tasks.on_vault(lambda: desk.exposures.who_has(intake)).told
        dialog.reject()
