"""Two people changed the same answers: a person decides on the screen."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ournydesk.domain.case import CaseView
from tests.fakes.tasks import InlineTasks
from tests.gui.conftest import settle
from tests.integration.team.test_merging import Pair, in_conflict, pair
from ui.cases.conflict_screen import ConflictScreen
from ui.theme.theme import Theme
from ui.widgets.text import Text

__all__ = ["pair"]


def opened(pair: Pair, theme: Theme, qtbot: QtBot, left: list[int]) -> ConflictScreen:
    view: CaseView = pair.meet()
    screen = ConflictScreen(theme, pair.lead.cases, InlineTasks(), view, leave=lambda: left.append(1))
    qtbot.addWidget(screen)
    screen.resize(1366, 700)
    screen.show()
    screen.enter()
    return screen


def press(screen: QWidget, name: str) -> None:
    settle()
    button = next(one for one in screen.findChildren(QPushButton, name) if one.isVisible())
    button.click()


def reads(screen: QWidget) -> str:
    settle()
    return "\n".join(text.text() for text in screen.findChildren(Text) if text.isVisible())


def chosen(screen: QWidget) -> list[str]:
    settle()
    return [
        one.accessibleName()
        for one in screen.findChildren(QPushButton)
        if one.objectName().startswith("rival:") and one.isChecked() and one.isVisible()
    ]


def test_choosing_decides_and_choosing_again_decides_anew(pair: Pair, theme: Theme, qtbot: QtBot) -> None:
    path = in_conflict(pair)
    left: list[int] = []
    screen = opened(pair, theme, qtbot, left)
    assert "0 of 1 decided" in reads(screen)
    assert "Printing and export wait: What is your family name?" in reads(screen)
    for number in (0, 1):
        press(screen, f"rival:{number}")
        assert "1 of 1 decided" in reads(screen)
        [words] = chosen(screen)
        assert pair.answers(pair.lead)[path] == words
    press(screen, "conflict_next")
    assert left == [1]


def test_another_answer_is_signed_and_nothing_is_lost_that_cannot_be_one(
    pair: Pair, theme: Theme, qtbot: QtBot
) -> None:
    path = in_conflict(pair)
    screen = opened(pair, theme, qtbot, [])
    press(screen, "write_another")
    line = screen.findChild(QLineEdit, "another_answer")
    assert line is not None
    press(screen, "sign_another")
    assert "There is nothing written yet." in reads(screen)
    assert pair.view().conflicts
    line.setText("Talukdar")
    press(screen, "sign_another")
    assert chosen(screen) == ["Talukdar"]
    assert pair.answers(pair.lead)[path] == "Talukdar"


def test_the_client_can_be_asked_and_both_answers_stay(pair: Pair, theme: Theme, qtbot: QtBot) -> None:
    in_conflict(pair)
    screen = opened(pair, theme, qtbot, [])
    press(screen, "ask_client")
    view = pair.view()
    assert view.conflicts
    assert view.notes[0].text.startswith("Ask the client: What is your family name?")
    assert "0 of 1 decided" in reads(screen)


def test_what_could_not_be_signed_does_not_look_decided(pair: Pair, theme: Theme, qtbot: QtBot) -> None:
    in_conflict(pair)
    screen = opened(pair, theme, qtbot, [])
    settle()
    pair.lead.lock()
    press(screen, "rival:1")
    assert chosen(screen) == []
    assert "0 of 1 decided" in reads(screen)
    assert screen.findChild(QWidget, "conflict_notice").isVisible()  # type: ignore[union-attr]  # it is there
