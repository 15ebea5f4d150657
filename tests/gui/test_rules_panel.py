"""What the rules say stands beside the questions for who reads cases, and for nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from forms.engine import Form, Session
from ournydesk.bootstrap.cases import attorneys_sheet
from ournydesk.clock import SystemClock
from ournydesk.domain.answers import AnswerEvent, Answers
from ournydesk.domain.documents import AttorneySheet
from ournydesk.domain.ids import IntakeId, Path, new_id
from ournydesk.domain.intake import IntakeHead, Progress
from ournydesk.services.intakes import OpenedIntake
from tests.fakes.tasks import InlineTasks
from tests.gui.conftest import settle
from tests.unit.library.screenings import ENGLISH, paths, the_form
from ui.intake.screen import IntakeScreen, IntakeWays
from ui.theme.theme import Theme

Show = Callable[[str, int], IntakeScreen]
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def a_head(form: Form) -> IntakeHead:
    return IntakeHead(
        id=IntakeId(new_id()), ticket=47, form_id=form.id, form_version=form.version, form_hash=form.hash,
        form_title=form.title, language=ENGLISH, started_at=NOW,
    )  # fmt: skip


def a_screen(theme: Theme, sheet: Callable[[Session], AttorneySheet | None] | None) -> IntakeScreen:
    def record(_events: tuple[AnswerEvent, ...], _progress: Progress) -> datetime:
        return NOW

    form = the_form()
    ways = IntakeWays(
        record=record,
        leave=lambda: None,
        print_out=lambda: None,
        saved=lambda _words, _tone: None,
        flash=lambda: None,
        sheet=sheet,
    )
    opened = OpenedIntake(head=a_head(form), form=form, answers=Answers(), saved_at=NOW)
    return IntakeScreen(opened, ways, theme=theme, tasks=InlineTasks(), clock=SystemClock())


@pytest.fixture
def shown(qtbot: QtBot, theme: Theme) -> Iterator[Show]:
    windows: list[QMainWindow] = []

    def show(role: str, width: int) -> IntakeScreen:
        def sheet(session: Session) -> AttorneySheet | None:
            return attorneys_sheet(session, a_head(the_form()), date(2026, 11, 23))

        screen = a_screen(theme, sheet if role == "attorney" else None)
        window = QMainWindow()
        window.setCentralWidget(screen)
        window.resize(width, 700)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitActive(window)
        settle()
        windows.append(window)
        return screen

    yield show
    for window in windows:
        window.close()


def said(screen: QWidget) -> str:
    return "\n".join(label.text() for label in screen.findChildren(QLabel) if label.isVisible())


def test_each_answer_changes_what_an_attorney_reads(shown: Show) -> None:
    screen = shown("attorney", 1366)
    QTest.keyClick(screen, Qt.Key.Key_F6)
    settle()
    assert "Nothing urgent was said" in said(screen)
    screen.presenter.answer(Path(paths()["held"]), "self")
    settle()
    assert "Critical: attorney today." in said(screen)
    assert "INA 236; proposed service levels" in said(screen)
    assert "Confirm with an attorney" in said(screen)
    assert "Still missing" not in said(screen)
    QTest.keyClick(screen, Qt.Key.Key_F6)
    settle()
    assert "Still missing" in said(screen)
    assert "Critical" not in said(screen)


def test_where_there_is_no_room_the_rules_take_the_place_of_the_questions(
    shown: Show,
) -> None:
    screen = shown("attorney", 1024)
    QTest.keyClick(screen, Qt.Key.Key_F6)
    settle()
    assert "What the rules say" in said(screen)


def test_a_volunteer_has_no_way_to_them(shown: Show) -> None:
    screen = shown("volunteer", 1366)
    assert screen.findChild(QWidget, "rules") is None
    QTest.keyClick(screen, Qt.Key.Key_F6)
    screen.presenter.answer(Path(paths()["held"]), "self")
    settle()
    assert "Critical" not in said(screen)
    assert "INA" not in said(screen)
