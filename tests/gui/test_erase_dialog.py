"""Erasing a case everywhere wants a reason and the six words."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ournydesk.domain.operations import RecordId
from tests.fakes.cheap import WORDS
from tests.fakes.desks import TickingClock, example_intake, open_desk
from tests.fakes.tasks import InlineTasks
from ui.cases.erase import EraseDialog
from ui.theme.theme import Theme
from ui.widgets.banner import Banner


def test_a_case_is_erased_for_a_reason_and_with_words(theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    desk = open_desk(tmp_path, "C. Coordinator", TickingClock())
    desk.team.found_team("Example Coalition", "C. Coordinator", "Queens Library")
    desk.team.publish_form("naturalization")
    intake = example_intake(desk)
    desk.wire.hand_over(intake, "")
    behind, told = QWidget(), []
    behind.resize(1024, 640)
    qtbot.addWidget(behind)
    dialog = EraseDialog(
        theme,
        desk.cases,
        InlineTasks(),
        behind,
        record=RecordId(intake),
        client="Nusrat Jahan Talukder-Example",
        known=desk.word_known,
        erased=lambda: told.append(1),
    )
    go = dialog.findChild(QPushButton, "erase_now")
    why = dialog.findChild(QPushButton, "erase:withdrawn")
    words = dialog.findChild(QLineEdit, "erase_words")
    trouble = dialog.findChild(Banner, "erase_dialog_notice")
    assert go is not None
    assert why is not None
    assert words is not None
    assert trouble is not None
    go.click()
    assert trouble.words == "Choose why first."
    why.click()
    words.setText("six quite other words are these")
    go.click()
    assert trouble.words.startswith("These words do not open this seat.")
    assert len(desk.cases.cases()) == 1
    words.setText(WORDS)
    go.click()
    assert (told, words.text(), desk.cases.cases()) == ([1], "", ())
    desk.lock()
