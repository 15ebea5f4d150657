"""A page to take home is asked for, made and written on a real desk, after a decision only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ournydesk.bootstrap import LaptopDesk
from ournydesk.domain.operations import RecordId
from ournydesk.domain.record import Choice
from ournydesk.services import handouts
from ournydesk.store import durable
from tests.fakes.desks import TickingClock, example_intake, open_desk
from tests.fakes.tasks import InlineTasks
from tests.gui.conftest import settle as laid_out
from ui.papers.presenter import Paper
from ui.papers.screen import PapersScreen
from ui.theme.theme import Theme
from ui.widgets.text import Text


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[LaptopDesk]:
    made = open_desk(tmp_path / "desk", "A. Attorney", TickingClock())
    made.team.found_team("Example Coalition", "A. Attorney", "Queens Library")
    made.team.publish_form("naturalization")
    yield made
    made.lock()


@pytest.fixture
def screen(desk: LaptopDesk, qtbot: QtBot) -> Iterator[PapersScreen]:
    intake = example_intake(desk)
    desk.wire.hand_over(intake, "")
    head = desk.open_intake(intake).head
    made = PapersScreen(Theme(), desk, InlineTasks(), head, leave=lambda: None, write=durable.write)
    qtbot.addWidget(made)
    made.show()
    made.presenter.look(Paper.TAKE_HOME)
    yield made
    settle()


def settle() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def button(screen: QWidget, name: str) -> QPushButton:
    found = screen.findChild(QPushButton, name)
    assert found is not None, name
    return found


def field(screen: QWidget, name: str) -> QLineEdit:
    found = screen.findChild(QLineEdit, name)
    assert found is not None, name
    return found


def reads(screen: QWidget) -> str:
    laid_out()
    return "\n".join(text.text() for text in screen.findChildren(Text) if text.isVisibleTo(screen))


def test_the_page_waits_for_the_clients_yes_and_for_a_decision(
    desk: LaptopDesk, screen: PapersScreen, tmp_path: Path
) -> None:
    assert "Ask the client first." in reads(screen)
    assert not button(screen, "make_take_home").isEnabled()
    assert not button(screen, "print_pages").isEnabled()
    button(screen, "safe_to_carry").click()
    button(screen, "make_take_home").click()
    assert "No attorney has signed a decision in this case yet." in reads(screen)
    assert not button(screen, "save_pdf").isEnabled()

    desk.cases.decide(RecordId(screen.presenter.head.id), Choice.PREPARE, "")
    field(screen, "take_home_by").setText("soon")
    button(screen, "make_take_home").click()
    assert "The day cannot be read." in reads(screen)
    field(screen, "take_home_by").setText("2026-12-04")
    field(screen, "take_home_where").setText("Second floor, room 12")
    button(screen, "make_take_home").click()
    assert button(screen, "print_pages").text() == "Print the page"
    assert screen.presenter.file_name() == "next-steps.pdf"
    out = tmp_path / "next-steps.pdf"
    screen.save_as(out)
    assert out.read_bytes().startswith(b"%PDF-")


def test_turning_to_another_paper_and_back_asks_no_second_time(
    desk: LaptopDesk, screen: PapersScreen
) -> None:
    desk.cases.decide(RecordId(screen.presenter.head.id), Choice.NOT_NOW, "")
    button(screen, "safe_to_carry").click()
    button(screen, "make_take_home").click()
    screen.presenter.look(Paper.PACKET)
    screen.presenter.look(Paper.TAKE_HOME)
    assert button(screen, "print_pages").isEnabled()
    assert button(screen, "look_take_home").isChecked()
    button(screen, "change_take_home").click()
    settle()
    assert not button(screen, "make_take_home").isEnabled()
    assert not button(screen, "print_pages").isEnabled()


def test_an_empty_copy_of_the_form_can_be_printed(screen: PapersScreen, tmp_path: Path) -> None:
    button(screen, "look_empty").click()
    assert screen.presenter.file_name() == "naturalization-empty.pdf"
    screen.save_as(tmp_path / "empty.pdf")
    made = screen.presenter.printout()
    assert made is not None
    assert made.pages > 15
    assert (tmp_path / "empty.pdf").read_bytes() == made.pdf


def test_terms_and_evidence_are_printed_from_the_same_page(screen: PapersScreen) -> None:
    for name, title in (("terms", "Print what was agreed"), ("evidence", "Print the evidence checklist")):
        button(screen, f"look_{name}").click()
        assert title in reads(screen)
        assert screen.presenter.file_name() == f"ticket-1-{name}.pdf"
        assert button(screen, "print_pages").isEnabled()
    button(screen, "look_mailing").click()
    assert "The agency's blank form is not on this laptop yet." in reads(screen)


def test_a_handout_is_chosen_and_printed(desk: LaptopDesk, screen: PapersScreen) -> None:
    button(screen, "look_handout").click()
    assert "The coordinator has sent none yet" in reads(screen)
    for language, title in (("en", "Know your rights"), ("bn", "আপনার অধিকার")):
        text = f"{title}\n{title}."
        handouts.send(text.encode(), "rights", language, vault=desk._vault, clock=TickingClock())
    button(screen, "look_handout").click()
    assert button(screen, "handout:0").text() == "আপনার অধিকার · bn"  # the client's language first
    button(screen, "handout:0").click()
    assert button(screen, "print_pages").isEnabled()
    assert screen.presenter.file_name() == "handout.pdf"
    button(screen, "change_handout").click()
    settle()
    assert not button(screen, "print_pages").isEnabled()


def test_a_report_is_made_of_incidents_only(screen: PapersScreen) -> None:
    button(screen, "look_incident").click()
    assert "Only what the person agreed to for this reader is printed" in reads(screen)
    button(screen, "make_report").click()
    assert "This intake is no incident." in reads(screen)
