"""The recovery kit's room on real desks: made, tried, signed by two, printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from ournydesk.domain.membership import Role
from ournydesk.store import durable
from tests.fakes.desks import TickingClock, enrol
from tests.fakes.kit_desks import KitDesk, open_kit_desk
from tests.fakes.tasks import InlineTasks
from ui.recovery.screen import RecoveryScreen
from ui.team.screen import TeamScreen
from ui.theme.theme import Theme
from ui.widgets.text import Text

PLACES = (2, 6, 10)
Room = Callable[[KitDesk], RecoveryScreen]


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def lead(tmp_path: Path, clock: TickingClock) -> Iterator[KitDesk]:
    desk = open_kit_desk(tmp_path / "lead", "C. Coordinator", clock)
    desk.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    yield desk
    desk.lock()


@pytest.fixture
def second(tmp_path: Path, lead: KitDesk, clock: TickingClock) -> Iterator[KitDesk]:
    desk = open_kit_desk(tmp_path / "second", "Second Lead", clock)
    enrol(desk, "Second Lead", Role.COORDINATOR, lead, tmp_path, manages=True, reads=True)
    yield desk
    desk.lock()


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    def enter(desk: KitDesk) -> RecoveryScreen:
        screen = RecoveryScreen(
            Theme(), desk, InlineTasks(), leave=lambda: None, write=durable.write, pick=lambda: PLACES
        )
        qtbot.addWidget(screen)
        screen.enter()
        return screen

    return enter


def drop_what_was_replaced() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press(screen: RecoveryScreen, name: str) -> None:
    drop_what_was_replaced()
    [button] = [one for one in screen.findChildren(QPushButton, name) if one.isVisibleTo(screen)]
    button.click()


def shown(screen: RecoveryScreen) -> str:
    drop_what_was_replaced()
    return "\n".join(label.text() for label in screen.findChildren(Text) if label.isVisibleTo(screen))


def words_on(screen: RecoveryScreen) -> list[str]:
    found = [screen.findChild(Text, f"kit_word:{number}") for number in range(1, 13)]
    return [one.text() for one in found if one is not None]


def type_three(screen: RecoveryScreen, words: list[str]) -> None:
    for index, place in enumerate(PLACES, 1):
        field = screen.findChild(QLineEdit, f"typed_word:{index}")
        assert field is not None
        field.setText(words[place])


def a_kit(screen: RecoveryScreen, target: Path) -> list[str]:
    """Make one by hand; its words."""
    press(screen, "make_kit")
    words = words_on(screen)
    press(screen, "words_written")
    type_three(screen, words)
    screen.presenter.save([words[place] for place in PLACES], target)
    return words


def test_a_kit_is_made_by_writing_down_typing_back_and_saving(
    lead: KitDesk, room: Room, tmp_path: Path
) -> None:
    screen = room(lead)
    assert "There is no recovery kit." in shown(screen)
    press(screen, "make_kit")
    words = words_on(screen)
    assert len(set(words)) > 6
    assert all(lead.word_known(word) for word in words)
    press(screen, "words_written")
    assert words_on(screen) == [""] * 12
    assert "Word 3" in shown(screen)
    type_three(screen, ["badger"] * 12)
    press(screen, "save_kit")
    assert "Not the word that was shown: word 3, 7, 11." in shown(screen)
    press(screen, "words_again")
    assert words_on(screen) == words
    press(screen, "words_written")
    target = tmp_path / "recovery.age"
    screen.presenter.save([words[place].upper() for place in PLACES], target)
    assert "was read back from the stick and opened" in shown(screen)
    screen.presenter.copy(tmp_path / "second.age")
    assert "compared byte by byte" in shown(screen)
    assert (tmp_path / "second.age").read_bytes() == target.read_bytes()
    press(screen, "made_done")
    assert "Kit made on 28 Nov 2026; no drill yet." in shown(screen)


def test_a_kit_that_cannot_be_written_is_told_and_can_be_written_elsewhere(
    lead: KitDesk, room: Room, tmp_path: Path
) -> None:
    screen = room(lead)
    words = a_kit(screen, tmp_path / "nowhere" / "recovery.age")
    assert "There is no folder nowhere" in shown(screen)
    assert lead.recovery.status().name == ()
    screen.presenter.save([words[place] for place in PLACES], tmp_path / "recovery.age")
    assert lead.recovery.status().name != ()


def test_a_drill_opens_the_kit_and_says_what_is_wrong(
    lead: KitDesk, room: Room, tmp_path: Path, clock: TickingClock
) -> None:
    screen = room(lead)
    words = a_kit(screen, tmp_path / "recovery.age")
    clock.move(days=430)
    screen.enter()
    assert "no drill yet: a drill is due." in shown(screen)
    screen.presenter.choose(tmp_path / "recovery.age")
    field = screen.findChild(QLineEdit, "drill_words")
    assert field is not None
    field.setText(" ".join(words[:6]))
    press(screen, "drill")
    assert "6 words were typed. A kit has twelve." in shown(screen)
    field.setText(" ".join(reversed(words)))
    press(screen, "drill")
    assert "do not open this recovery kit" in shown(screen)
    field.setText(" ".join(words).title())
    press(screen, "drill")
    assert "works: it opens the cases of the team" in shown(screen)
    assert "last opened in a drill today." in shown(screen)
    assert field.text() == ""
    clock.move(days=80)
    screen.enter()
    assert "last opened in a drill 2 months ago." in shown(screen)


def test_two_coordinators_sign_for_a_kit(lead: KitDesk, second: KitDesk, room: Room, tmp_path: Path) -> None:
    screen, theirs = room(lead), room(second)
    a_kit(screen, tmp_path / "recovery.age")
    assert "as soon as a second coordinator has signed" in shown(screen)
    screen.presenter.write_proposal(tmp_path / "please-sign.ourny")
    assert "The file for the second person is please-sign.ourny." in shown(screen)
    name = " ".join(lead.recovery.status().waiting)
    theirs.presenter.read(tmp_path / "please-sign.ourny")
    assert "C. Coordinator asks that this holds:" in shown(theirs)
    assert f"The team gets its first recovery kit, “{name}”." in shown(theirs)
    theirs.presenter.sign(tmp_path / "signed.ourny")
    assert "You have signed." in shown(theirs)
    screen.presenter.read(tmp_path / "signed.ourny")
    assert "Both have signed" in shown(screen)
    assert "Kit made on 28 Nov 2026" in shown(screen)
    assert lead.recovery.status().behind == 0


def test_the_sheets_are_looked_at_before_they_are_printed(lead: KitDesk, room: Room, tmp_path: Path) -> None:
    screen = room(lead)
    a_kit(screen, tmp_path / "recovery.age")
    press(screen, "made_print")
    assert "Sheets of the recovery kit" in shown(screen)
    assert [path.name for path in tmp_path.rglob("*.pdf")] == []


def test_leaving_takes_the_words_off_the_screen(lead: KitDesk, room: Room) -> None:
    screen = room(lead)
    press(screen, "make_kit")
    assert words_on(screen) != [""] * 12
    press(screen, "leave_recovery")
    assert words_on(screen) == [""] * 12
    assert "There is no recovery kit." in shown(screen)


def test_the_team_s_page_says_how_the_kit_stands_to_those_who_manage(
    lead: KitDesk, second: KitDesk, room: Room, qtbot: QtBot, tmp_path: Path, clock: TickingClock
) -> None:
    volunteer = open_kit_desk(tmp_path / "helper", "Jo Volunteer", clock)
    enrol(volunteer, "Jo Volunteer", Role.VOLUNTEER, lead, tmp_path)
    asked: list[int] = []
    for desk, seen in ((lead, True), (second, True), (volunteer, False)):
        page = TeamScreen(Theme(), desk, InlineTasks(), recovery=lambda: asked.append(1))
        qtbot.addWidget(page)
        page.presenter.begin()
        drop_what_was_replaced()
        line = page.findChild(Text, "team_kit_line")
        assert (line is not None) is seen
        if line is not None:
            assert "There is no recovery kit." in line.text()
            button = page.findChild(QPushButton, "show_recovery")
            assert button is not None
            button.click()
    assert asked == [1, 1]
    volunteer.lock()


def test_a_second_person_is_made_to_let_people_in_and_two_undo_it(
    lead: KitDesk, room: Room, tmp_path: Path, clock: TickingClock
) -> None:
    attorney = open_kit_desk(tmp_path / "attorney", "An Attorney", clock)
    enrol(attorney, "An Attorney", Role.ATTORNEY, lead, tmp_path, reads=True)
    volunteer = open_kit_desk(tmp_path / "helper", "Jo Volunteer", clock)
    enrol(volunteer, "Jo Volunteer", Role.VOLUNTEER, lead, tmp_path)
    screen = room(lead)
    assert "One person alone is one accident away from nobody" in shown(screen)
    assert "Jo Volunteer" not in shown(screen)
    [other] = [one.id for one in lead.team.team().members if one.name == "An Attorney"]
    press(screen, f"stand:{other}")
    assert "It holds from now on." in shown(screen)
    assert "Two of these people sign when this changes" in shown(screen)
    screen.presenter.let_manage(other, tmp_path / "please-sign.ourny", may=False)
    assert "The file for the second person is please-sign.ourny." in shown(screen)
    theirs = room(attorney)
    theirs.presenter.read(tmp_path / "please-sign.ourny")
    assert "An Attorney was: attorney, lets people in and shuts them out, reads cases." in shown(theirs)
    theirs.presenter.sign(tmp_path / "signed.ourny")
    screen.presenter.read(tmp_path / "signed.ourny")
    assert "Both have signed" in shown(screen)
    assert [one.manages for one in lead.team.team().members if one.id == other] == [False]
    attorney.lock()
    volunteer.lock()
