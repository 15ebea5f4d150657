"""The edition of an agency's form on the print page of a real desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ournydesk.domain.membership import Role
from ournydesk.store import durable
from tests.fakes.desks import TickingClock, enrol, example_intake, open_desk
from tests.fakes.tasks import InlineTasks
from tests.gui.conftest import settle
from tests.integration.paper.official_blank import official_blank
from ui.papers.screen import PapersScreen
from ui.theme.theme import Theme
from ui.widgets.text import Text

Screens = tuple[PapersScreen, PapersScreen, TickingClock]


@pytest.fixture
def screens(theme: Theme, tmp_path: Path, qtbot: QtBot) -> Iterator[Screens]:
    """The same kind of page on a coordinator's desk and on an attorney's."""
    clock = TickingClock()
    blank = tmp_path / "n-400.pdf"
    blank.write_bytes(official_blank())
    first = open_desk(tmp_path / "first", "C. Coordinator", clock)
    first.team.found_team("Example Coalition", "C. Coordinator", "Queens Library")
    first.team.publish_form("naturalization")
    first.team.publish_blank(blank)
    second = open_desk(tmp_path / "second", "A. Attorney", clock)
    enrol(second, "A. Attorney", Role.ATTORNEY, first, tmp_path, reads=True)
    second.import_blank(blank)
    made = []
    for desk in (first, second):
        head = desk.open_intake(example_intake(desk)).head
        screen = PapersScreen(theme, desk, InlineTasks(), head, leave=lambda: None, write=durable.write)
        qtbot.addWidget(screen)
        screen.resize(1366, 694)
        screen.show()
        made.append(screen)
    yield made[0], made[1], clock
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for desk in (first, second):
        desk.lock()


def press(screen: QWidget, name: str) -> None:
    found = screen.findChild(QPushButton, name)
    assert found is not None, name
    assert found.isEnabled(), name
    found.click()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def reads(screen: QWidget) -> str:
    settle()
    return "\n".join(text.text() for text in screen.findChildren(Text) if text.isVisibleTo(screen))


def the(screen: QWidget, kind: type[QLineEdit | QPlainTextEdit], name: str) -> QLineEdit | QPlainTextEdit:
    found = screen.findChild(kind, name)
    assert found is not None, name
    return found


def test_the_page_says_when_an_edition_was_confirmed_and_a_coordinator_ends_it(
    screens: Screens, tmp_path: Path
) -> None:
    screen, _, clock = screens
    screen.presenter.begin()
    assert "edition 01/20/25, confirmed 28 Nov 2026" in reads(screen)
    assert "No last day is known." in reads(screen)
    press(screen, "confirm_edition")
    until = the(screen, QLineEdit, "edition_until")
    assert isinstance(until, QLineEdit)
    until.setText("soon")
    press(screen, "save_edition")
    assert "The day cannot be read." in reads(screen)
    until.setText("2026-11-29")
    press(screen, "save_edition")
    assert "Accepted until 29 Nov 2026." in reads(screen)
    clock.move(days=2)
    screen.presenter.import_blank(tmp_path / "n-400.pdf")
    assert "The agency takes this edition no more." in reads(screen)
    assert "Accepted until 29 Nov 2026." in reads(screen)
    written = the(screen, QPlainTextEdit, "edition_reason")
    written.setPlainText("It is late.")  # type: ignore[union-attr]  # the kind asked for
    press(screen, "print_over")
    assert "Only an attorney may print an edition that is over." in reads(screen)


def test_an_attorney_reads_that_deciding_for_all_desks_is_the_coordinators(screens: Screens) -> None:
    _, screen, _ = screens
    screen.presenter.begin()
    press(screen, "confirm_edition")
    press(screen, "save_edition")
    assert "Ask the coordinator." in reads(screen)
    assert screen.presenter.printout() is not None
