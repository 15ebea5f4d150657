"""Other law data is tried on the open cases, and the cases it touches are opened from there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ournydesk.domain.operations import RecordId
from tests.fakes.desks import TickingClock
from tests.fakes.tasks import InlineTasks
from tests.gui.conftest import settle
from tests.integration.team.test_law_changes import own_law
from tests.integration.team.test_urgent_cases import a_screening, carry, days_on, two_desks
from ui.cases.law_dialog import LawDialog
from ui.theme.theme import Theme


def said(dialog: QWidget) -> str:
    return "\n".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())


def press(dialog: QWidget, name: str) -> None:
    found = dialog.findChild(QPushButton, name)
    assert found is not None, name
    found.click()
    settle()


def test_a_case_that_would_read_differently_is_named_with_what_differs(
    tmp_path: Path, qtbot: QtBot, theme: Theme
) -> None:
    clock = TickingClock()
    lead, reader = two_desks(tmp_path, clock)
    hearing = a_screening(lead, court="Y", court_date=str(days_on(clock, 9)))
    lead.wire.hand_over(hearing, "")
    carry(lead, reader, tmp_path / "stick.courier")
    folders: list[Path | None] = [
        None,
        own_law(tmp_path / "broken", "urgency.toml", "at_most = 7", "at_most = -1"),
        own_law(tmp_path / "same", "asylum.toml", "years = 1", "years = 1"),
        own_law(tmp_path / "stricter", "urgency.toml", "at_most = 7", "at_most = 14"),
    ]
    opened: list[RecordId] = []
    over = QWidget()
    over.resize(1100, 700)
    qtbot.addWidget(over)
    over.show()
    dialog = LawDialog(
        theme, reader.cases, InlineTasks(), over, ask=lambda: folders.pop(0), opened=opened.append
    )
    dialog.open()
    settle()
    press(dialog, "law_choose")
    assert "No open case" not in said(dialog)
    press(dialog, "law_choose")
    assert "at_most" in said(dialog)
    press(dialog, "law_choose")
    assert "No open case would read differently." in said(dialog)
    press(dialog, "law_choose")
    assert "One open case would read differently." in said(dialog)
    assert "High: attorney within 3 business days. → Critical: attorney today." in said(dialog)
    press(dialog, f"law_open:{hearing}")
    assert opened == [RecordId(hearing)]
    qtbot.waitUntil(lambda: not isValid(dialog))
    lead.lock()
    reader.lock()
