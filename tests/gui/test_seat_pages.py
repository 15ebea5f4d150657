"""Seats and shutting a desk out, worked by hand on real desks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ournydesk.bootstrap import LaptopDesk
from ournydesk.config import Settings
from ournydesk.domain.days import english_day
from ournydesk.domain.membership import Role, Scope
from ournydesk.domain.operations import DeviceId
from ournydesk.domain.seats import SeatState
from ournydesk.domain.team import EnrolmentCard, Rights
from ournydesk.store import durable
from tests.fakes.desks import TickingClock, example_intake, open_desk
from tests.fakes.tasks import InlineTasks
from ui.app import DeskWindow
from ui.exposure.screen import ExposureScreen
from ui.seats.screen import SeatsScreen
from ui.tasks import QtTasks
from ui.team.letting_in import LettingInPage
from ui.team.screen import TeamScreen
from ui.theme.theme import Theme
from ui.widgets.combo import Combo
from ui.widgets.table import TextRows
from ui.widgets.text import Text


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def desk(tmp_path: Path, clock: TickingClock) -> Iterator[LaptopDesk]:
    made = open_desk(tmp_path / "desk", "C. Coordinator", clock)
    made.team.found_team("Example Coalition", "C. Coordinator", "Queens Library")
    made.team.publish_form("naturalization")
    yield made
    made.lock()


@pytest.fixture
def screen(desk: LaptopDesk, clock: TickingClock, qtbot: QtBot) -> Iterator[SeatsScreen]:
    made = SeatsScreen(
        Theme(),
        desk,
        InlineTasks(),
        clock,
        leave=lambda: None,
        shut_out=lambda _device: None,
        write=durable.write,
    )
    qtbot.addWidget(made)
    made.enter()
    yield made
    settle()


def settle() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press(screen: QWidget, name: str) -> None:
    settle()
    button = screen.findChild(QPushButton, name)
    assert button is not None, name
    assert button.isEnabled(), name
    button.click()


def type_into(screen: QWidget, name: str, text: str) -> None:
    settle()
    field = screen.findChild(QLineEdit, name)
    assert field is not None, name
    field.setText(text)


def read(screen: QWidget) -> str:
    settle()
    return "\n".join(label.text() for label in screen.findChildren(Text) if not label.isHidden())


def test_seats_are_made_and_their_cards_do_not_go_unprinted_by_accident(
    screen: SeatsScreen, desk: LaptopDesk, tmp_path: Path
) -> None:
    type_into(screen, "seat_count", "two")
    press(screen, "prepare_here")
    assert "How many seats?" in read(screen)
    type_into(screen, "seat_count", "2")
    press(screen, "prepare_here")
    assert "Print them now: these words are kept nowhere." in read(screen)
    press(screen, "preview_back")
    assert "gone for good" in read(screen)
    target = tmp_path / "cards.pdf"
    screen._preview.save_as(target)
    assert target.read_bytes().startswith(b"%PDF")
    assert target.stat().st_mode & 0o077 == 0
    press(screen, "preview_back")
    assert screen.seat() is not None
    assert len(desk.vaults()) == 3
    assert [seat.state(TickingClock().now()) for seat in desk.seats.seats()] == [SeatState.PREPARED] * 2


def test_a_seat_is_given_to_a_person_and_a_disagreement_is_settled(
    screen: SeatsScreen, desk: LaptopDesk, clock: TickingClock
) -> None:
    [card] = desk.seats.prepare("Queens Library", 1, None)
    screen.presenter.begin()
    press(screen, "seat_assign")
    assert "Type the name of the person" in read(screen)
    type_into(screen, "seat_person", "Ana Example")
    press(screen, "seat_assign")
    assert "Seat 1 is given to Ana Example." in read(screen)
    opened = desk._vaults.open(card.vault, " ".join(card.words))
    there = LaptopDesk.on(opened, clock)
    there.seats.sit_down("Ben Sample")
    stick = Path(desk._here) / "seat.courier"
    desk.wire.write_courier(stick)
    there.wire.read_courier(stick)
    there.seats.sit_down("Ben Sample")
    there.wire.write_courier(stick)
    opened.close()
    desk.wire.read_courier(stick)
    screen.presenter.begin()
    assert "but “Ben Sample” was typed there. Say who sat there." in read(screen)
    type_into(screen, "seat_person", "Ben Sample")
    press(screen, "seat_settle")
    assert "Say who sat there" not in read(screen)
    [seat] = desk.seats.seats()
    assert seat.author(1, clock.now()) == "Ben Sample (Seat 1)"


def test_a_clinic_is_opened_kept_open_and_its_seats_renewed(
    screen: SeatsScreen, desk: LaptopDesk, clock: TickingClock
) -> None:
    [card] = desk.seats.prepare("Queens Library", 1, None)
    type_into(screen, "clinic_title", "Flushing Hall")
    type_into(screen, "clinic_closes", "next week")
    press(screen, "open_clinic")
    assert "“next week” is no day and time." in read(screen)
    closes = (clock.now() + timedelta(days=7)).astimezone()
    type_into(screen, "clinic_closes", f"{closes:%Y-%m-%d %H:%M}")
    press(screen, "open_clinic")
    assert f"Flushing Hall, until {english_day(closes)}" in read(screen)
    press(screen, "longer")
    assert "stays open for two more hours" in read(screen)
    clock.move(hours=13)
    screen.presenter.begin()
    assert "Its clinic is over" in read(screen)
    press(screen, "seat_renew")
    assert "The words of the old card are needed." in read(screen)
    type_into(screen, "seat_old_words", " ".join(card.words))
    press(screen, "seat_renew")
    assert "Print them now" in read(screen)
    assert [one.name[:22] for one in desk.vaults() if one.id == card.vault] == ["Seat 1 - Flushing Hall"]


def test_a_seat_is_brought_from_a_stick(screen: SeatsScreen, desk: LaptopDesk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    [clinic] = desk.seats.clinics()
    stick.mkdir()
    screen.prepare_in(clinic.id, "1", stick)
    [folder] = stick.iterdir()
    screen.bring_from(folder)
    assert "is on this laptop now" in read(screen)
    assert list(stick.iterdir()) == []
    screen.bring_from(stick)
    assert "There is no seat in this place any more." in read(screen)


def test_shutting_out_says_what_it_does_and_wants_the_name(
    desk: LaptopDesk, clock: TickingClock, qtbot: QtBot, tmp_path: Path
) -> None:
    [card] = desk.seats.prepare("Queens Library", 1, None)
    opened = desk._vaults.open(card.vault, " ".join(card.words))
    there = LaptopDesk.on(opened, clock)
    there.wire.hand_over(example_intake(there), "")
    there.wire.write_courier(tmp_path / "seat.courier")
    opened.close()
    desk.wire.read_courier(tmp_path / "seat.courier")
    [seat] = desk.seats.seats()
    told: list[int] = []
    page = ExposureScreen(
        Theme(),
        desk,
        InlineTasks(),
        seat.device,
        leave=lambda: told.append(1),
        changed=lambda: told.append(2),
        write=durable.write,
    )
    qtbot.addWidget(page)
    page.enter()
    assert "Shut out Seat 1?" in read(page)
    assert "This cannot be undone" in read(page)
    assert page._table.rows.rowCount() == 1
    type_into(page, "exposure_name", "Seat 2")
    press(page, "exposure_shut_out")
    assert "That is not its name." in read(page)
    type_into(page, "exposure_name", "seat 1")
    press(page, "exposure_shut_out")
    assert "Seat 1 is shut out." in read(page)
    assert "What was on the laptop of Seat 1" in read(page)
    assert told == [2]
    page.write_into(tmp_path / "list.csv")
    assert "Talukder-Example" in (tmp_path / "list.csv").read_text(encoding="utf-8-sig")
    press(page, "exposure_print")
    assert "Keep it locked away" in read(page)
    press(page, "preview_back")
    press(page, "exposure_back")
    assert told == [2, 1]
    assert desk.seats.seats()[0].state(clock.now()) is SeatState.REVOKED


def test_seats_do_not_crowd_the_people_of_the_team(desk: LaptopDesk, qtbot: QtBot) -> None:
    desk.seats.prepare("Queens Library", 2, None)
    asked: list[str] = []
    page = TeamScreen(
        Theme(),
        desk,
        InlineTasks(),
        seats=lambda: asked.append("seats"),
        shut_out=lambda device: asked.append(DeviceId(device)),
    )
    qtbot.addWidget(page)
    page.presenter.begin()
    settle()
    assert "Seat 1" not in read(page)
    button = page.findChild(QPushButton, "show_seats")
    assert button is not None
    assert button.text() == "Clinics and seats (2)…"
    button.click()
    assert asked == ["seats"]


def test_a_visitor_and_an_accredited_representative_are_let_in_as_such(
    desk: LaptopDesk, qtbot: QtBot
) -> None:
    page = LettingInPage(Theme())
    qtbot.addWidget(page)
    said: list[Rights] = []
    page.admitted.connect(lambda rights, _third, _fifth: said.append(rights))
    [clinic] = desk.seats.clinics()
    card = EnrolmentCard(name="V. Visitor", device=DeviceId("0" * 32), words=("a",) * 6)
    page.show_card(card, (clinic,))
    press(page, "admit")
    choose(page, "role", Role.REPRESENTATIVE.value)
    choose(page, "scope", Scope.PARTIAL.value)
    press(page, "admit")
    choose(page, "role", Role.ATTORNEY.value)
    choose(page, "visits", clinic.id)
    press(page, "admit")
    choose(page, "role", Role.COORDINATOR.value)
    press(page, "admit")
    assert said == [
        Rights(role=Role.VOLUNTEER),
        Rights(role=Role.REPRESENTATIVE, reads=True, scope=Scope.PARTIAL),
        Rights(role=Role.ATTORNEY, reads=True, visits=clinic.id),
        Rights(role=Role.COORDINATOR, reads=True, manages=True),
    ]


def test_whose_visit_is_over_is_shown_with_one_button(
    screen: SeatsScreen, desk: LaptopDesk, clock: TickingClock, tmp_path: Path
) -> None:
    guest = open_desk(tmp_path / "guest", "V. Visitor", clock)
    card = guest.team.ask_to_join("V. Visitor", tmp_path / "v.request")
    [clinic] = desk.seats.clinics()
    view = desk.team.admit(
        tmp_path / "v.request",
        Role.REPRESENTATIVE,
        manages=False,
        reads=True,
        typed=(card.words[2], card.words[4]),
        target=tmp_path / "v.invite",
        visits=clinic.id,
        scope=Scope.FULL,
    )
    assert [member.scope for member in view.members] == [None, Scope.FULL]
    guest.lock()
    screen.presenter.begin()
    assert "still reads what is written to it" not in read(screen)
    clock.move(hours=13)
    screen.presenter.begin()
    assert "V. Visitor visited “Queens Library”, which is over" in read(screen)
    press(screen, f"end_visit:{card.device}")
    assert "V. Visitor reads nothing new of “Queens Library”." in read(screen)
    assert desk.exposures.visitors() == ()


def test_a_table_of_words_keeps_qt_s_rules(qtmodeltester: ModelTester) -> None:
    model = TextRows(("Seat", "Clinic"))
    model.show_rows([("Seat 1", "Queens Library"), ("Seat 2", "Queens Library")])
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # the plugin ships no type for it


def test_a_seat_asks_who_sits_there_once_a_day(
    desk: LaptopDesk, clock: TickingClock, qtbot: QtBot, theme: Theme
) -> None:
    [card] = desk.seats.prepare("Queens Library", 1, None)
    desk.lock()
    tasks = QtTasks()
    window = DeskWindow(desk, theme=theme, tasks=tasks, clock=clock, write=durable.write)
    window.show()
    window.show_seats()
    qtbot.waitUntil(lambda: window.findChild(QLineEdit, "words") is not None)
    try:
        cards = desk.vaults()
        window.unlock.presenter.choose(next(one for one in cards if one.id == card.vault))
        qtbot.waitUntil(lambda: field(window, "words").isEnabled())
        field(window, "words").setText(" ".join(card.words))
        window.findChild(QPushButton, "open").click()  # type: ignore[union-attr]  # waited for above
        qtbot.waitUntil(lambda: window.findChild(QLineEdit, "who_name") is not None, timeout=10_000)
        field(window, "who_name").setText("Ana Example")
        window.findChild(QPushButton, "who_begin").click()  # type: ignore[union-attr]  # beside the field
        qtbot.waitUntil(lambda: window.seat is not None and window.seat._shown(window.seat._intakes))
        found = tasks.on_vault(desk.seats.own_seat)
        assert found is not None
        assert [one.name for one in found.sittings] == ["Ana Example"]
        assert not tasks.on_vault(desk.seats.asks_who)
    finally:
        window.close()
        tasks.close()
        window.deleteLater()
        settle()


def choose(page: QWidget, name: str, wanted: str) -> None:
    found = page.findChild(Combo, name)
    assert found is not None, name
    found.setCurrentIndex(found.findData(wanted))


def field(window: QWidget, name: str) -> QLineEdit:
    found = window.findChild(QLineEdit, name)
    assert found is not None, name
    return found


def test_a_laptop_without_any_seat_takes_one_from_a_stick(
    desk: LaptopDesk, clock: TickingClock, qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    [card] = desk.seats.prepare("Queens Library", 1, stick)
    fresh = LaptopDesk(Settings(data=tmp_path / "laptop"), clock)
    tasks = QtTasks()
    window = DeskWindow(fresh, theme=theme, tasks=tasks, clock=clock, write=durable.write)
    window.show()
    window.show_seats()
    try:
        qtbot.waitUntil(lambda: window.findChild(QPushButton, "bring_instead") is not None)
        window.bring_from(tmp_path)
        qtbot.waitUntil(lambda: window.findChild(QMessageBox, "not_brought") is not None)
        told = window.findChild(QMessageBox, "not_brought")
        assert told is not None
        assert told.text() == "There is no seat in this place any more."
        told.close()
        window.bring_from(stick / card.vault)
        qtbot.waitUntil(lambda: window.findChild(QPushButton, "bring_seat") is not None)
        assert [one.name for one in fresh.vaults()] == [card.name]
    finally:
        window.close()
        tasks.close()
        window.deleteLater()
        settle()
