from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QMainWindow,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from forms.engine import Form, compile_xlsform, load_form
from forms.library import library
from ournydesk.clock import SystemClock
from ournydesk.domain.answers import AnswerEvent, Answers
from ournydesk.domain.ids import IntakeId, Path, new_id
from ournydesk.domain.intake import IntakeHead, Progress
from ournydesk.services.intakes import OpenedIntake
from tests.fakes.tasks import InlineTasks
from tests.gui.conftest import settle
from ui.intake.choices import ChoiceButton, ChoiceField
from ui.intake.screen import IntakeScreen, IntakeWays
from ui.theme.theme import Theme
from ui.theme.tokens import Appearance
from ui.widgets.focus import FocusRing

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Desk:
    """An intake on the screen, and what it saved and said."""

    def __init__(self, qtbot: QtBot, theme: Theme, form: Form) -> None:
        self.events: list[AnswerEvent] = []
        self.said: list[tuple[str, str]] = []
        self.left: list[str] = []
        head = IntakeHead(
            id=IntakeId(new_id()), ticket=47, form_id=form.id, form_version=form.version, form_hash=form.hash,
            form_title=form.title, language="Bengali (bn)", started_at=NOW,
        )  # fmt: skip
        ways = IntakeWays(
            record=self._record,
            leave=lambda: self.left.append("list"),
            print_out=lambda: self.left.append("print"),
            saved=lambda words, tone: self.said.append((words, tone)),
            flash=lambda: self.left.append("flash"),
            hand_over=lambda _words: self.left.append("hand over"),
            earlier=lambda *_asked: None,
        )
        opened = OpenedIntake(head=head, form=form, answers=Answers(), saved_at=NOW)
        self.screen = IntakeScreen(opened, ways, theme=theme, tasks=InlineTasks(), clock=SystemClock())
        self.window = QMainWindow()
        self.window.setCentralWidget(self.screen)
        self.window.resize(1366, 700)
        self.ring = FocusRing(theme, self.window)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitActive(self.window)
        settle()

    def _record(self, events: tuple[AnswerEvent, ...], _progress: Progress) -> datetime:
        self.events += events
        return NOW

    def find(self, name: str) -> QWidget | None:
        found = [one for one in self.window.findChildren(QWidget, name) if one.isVisible()]
        return found[0] if found else None

    def click(self, name: str) -> None:
        widget = self.find(name)
        assert widget is not None, name
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        settle()

    def type(self, name: str, text: str) -> None:
        widget = self.find(name)
        assert isinstance(widget, QLineEdit), name
        widget.setFocus()
        widget.selectAll()
        QTest.keyClicks(widget, text)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        settle()

    def texts(self) -> str:
        return "\n".join(label.text() for label in self.window.findChildren(QLabel) if label.isVisible())

    def answer(self, path: str) -> str:
        return self.screen.presenter.session.state(path).answer.text


@pytest.fixture(scope="module")
def form() -> Form:
    [entry] = [one for one in library() if one.id == "naturalization"]
    compiled = compile_xlsform(entry.folder)
    return load_form(compiled.xml, compiled.files)


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, form: Form) -> Iterator[Desk]:
    made = Desk(qtbot, theme, form)
    yield made
    made.window.close()
    made.window.deleteLater()


def test_an_answer_is_saved_when_its_field_is_left(desk: Desk) -> None:
    desk.click("section:about")
    desk.type("answer:/data/about/a_number", "A 061-234-507")
    assert desk.answer("/data/about/a_number") == "061234507"
    field = desk.find("answer:/data/about/a_number")
    assert isinstance(field, QLineEdit)
    assert field.text() == "A 061-234-507"
    assert desk.said[-1][0].startswith("Saved ")


def test_what_does_not_apply_is_hidden_until_it_does(desk: Desk) -> None:
    desk.click("section:about")
    assert desk.find("answer:/data/about/new_name/n_family") is None
    desk.click("choice:/data/about/change_name:Y")
    assert desk.find("answer:/data/about/new_name/n_family") is not None
    desk.type("answer:/data/about/new_name/n_family", "Newname")
    desk.click("choice:/data/about/change_name:N")
    assert desk.find("answer:/data/about/new_name/n_family") is None
    assert "1 answers are kept but not used now." in desk.texts()


def test_a_section_that_does_not_apply_says_so(qtbot: QtBot, theme: Theme) -> None:
    [entry] = [one for one in library() if one.id == "incident"]
    compiled = compile_xlsform(entry.folder)
    desk = Desk(qtbot, theme, load_form(compiled.xml, compiled.files))
    desk.click("section:consent")
    settle()
    asked = desk.find("nothing_asked")
    desk.click("section:acts")
    settle()
    said = desk.find("nothing_asked")
    desk.window.close()
    assert asked is None
    assert said is not None


def test_an_inverted_trip_shows_its_sentence_below_the_field(desk: Desk) -> None:
    desk.click("section:trips")
    desk.click("choice:/data/trips/travelled:Y")
    desk.type("answer:/data/trips/trip[1]/left", "20 Jun 2024")
    desk.type("answer:/data/trips/trip[1]/returned", "20 Jun 2023")
    problem = desk.find("problem:/data/trips/trip[1]/returned")
    assert isinstance(problem, QLabel)
    assert "The return is before the departure" in problem.text()
    returned = desk.find("answer:/data/trips/trip[1]/returned")
    assert returned is not None
    assert returned.property("state") == "error"
    desk.type("answer:/data/trips/trip[1]/returned", "27 Aug 2024")
    assert desk.find("problem:/data/trips/trip[1]/returned") is None


def test_what_is_no_date_stays_in_its_field_and_is_asked_for_again(desk: Desk) -> None:
    desk.click("section:about")
    desk.type("answer:/data/about/dob", "Feb 1984")
    field = desk.find("answer:/data/about/dob")
    assert isinstance(field, QLineEdit)
    assert field.text() == "Feb 1984"
    assert "A part of the date is missing." in desk.texts()
    assert desk.answer("/data/about/dob") == ""
    desk.type("answer:/data/about/dob", "29 Feb 1984")
    assert desk.answer("/data/about/dob") == "1984-02-29"
    assert "A part of the date is missing." not in desk.texts()


def test_a_row_is_added_removed_and_brought_back(desk: Desk) -> None:
    desk.click("section:trips")
    desk.click("choice:/data/trips/travelled:Y")
    desk.type("answer:/data/trips/trip[1]/countries", "Bangladesh")
    desk.click("add_row")
    assert desk.find("answer:/data/trips/trip[2]/left") is not None
    desk.click("row:/data/trips/trip[1]")
    desk.click("remove:/data/trips/trip[1]")
    assert "Removed: trip 1." in desk.texts()
    assert len(desk.screen.presenter.session.answers.rows[Path("/data/trips/trip")]) == 1
    desk.click("undo")
    assert len(desk.screen.presenter.session.answers.rows[Path("/data/trips/trip")]) == 2
    assert desk.answer("/data/trips/trip[1]/countries") == "Bangladesh"
    assert Answers().apply_all(desk.events) == desk.screen.presenter.session.answers


def test_every_row_of_a_table_is_on_the_screen(desk: Desk) -> None:
    desk.click("section:work")
    for number in (1, 2, 3):
        if number > 1:
            desk.click("add_row")
        desk.type(f"answer:/data/work/job[{number}]/j_employer", f"Specimen {number}")
    assert [desk.find(f"row:/data/work/job[{n}]") is not None for n in (1, 2)] == [True, True]
    desk.click("section:trips")
    desk.click("section:work")
    assert [desk.find(f"row:/data/work/job[{n}]") is not None for n in (1, 2, 3)] == [True, True, True]


def test_number_keys_choose_among_choices_and_only_there(desk: Desk) -> None:
    desk.click("section:about")
    choice = desk.find("choice:/data/about/sex:M")
    assert choice is not None
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_2)
    settle()
    assert desk.answer("/data/about/sex") == "F"
    desk.type("answer:/data/about/name/family", "2")
    assert (desk.answer("/data/about/name/family"), desk.answer("/data/about/sex")) == ("2", "F")


def test_pressing_the_chosen_answer_again_takes_it_back(desk: Desk) -> None:
    desk.click("section:questions")
    desk.click("choice:/data/questions/q1:Y")
    assert "Question 1 was answered Yes." in desk.texts()
    desk.click("choice:/data/questions/q1:Y")
    assert desk.answer("/data/questions/q1") == ""
    assert "Question 1 was answered Yes." not in desk.texts()


def test_long_lists_are_searched_by_typing(desk: Desk) -> None:
    desk.click("section:addresses")
    field = desk.find("answer:/data/addresses/home/h_state")
    assert isinstance(field, QLineEdit)
    field.setFocus()
    QTest.keyClicks(field, "NY")
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()
    assert desk.answer("/data/addresses/home/h_state") == "NY"
    assert desk.find("answer:/data/addresses/home/h_zip") is not None


def test_tab_goes_from_answer_to_answer(desk: Desk) -> None:
    desk.click("section:about")
    desk.type("answer:/data/about/name/family", "Example")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "answer:/data/about/name/given"


def test_a_missing_translation_is_marked(desk: Desk) -> None:
    desk.click("section:consent")
    assert "English only" not in desk.texts()
    desk.click("section:contact")
    assert "English only" in desk.texts()


def test_words_that_nobody_reviewed_are_marked_beside_the_title(desk: Desk) -> None:
    desk.click("section:consent")
    assert "Draft translation: nobody has reviewed it yet" in desk.texts()


@pytest.mark.parametrize(
    ("key", "modifier", "happened"),
    [
        (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier, "flash"),
        (Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier, "print"),
    ],
)
def test_keys_do_what_the_help_says(
    desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier, happened: str
) -> None:
    QTest.keyClick(QApplication.focusWidget() or desk.screen, key, modifier)
    settle()
    assert happened in desk.left


def test_f8_goes_to_what_is_missing_and_control_page_down_to_the_next_section(desk: Desk) -> None:
    target = QApplication.focusWidget() or desk.screen
    QTest.keyClick(target, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert desk.screen.presenter.current == "/data/about"
    QTest.keyClick(QApplication.focusWidget() or desk.screen, Qt.Key.Key_F8)
    settle()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "answer:/data/about/a_number"


def clipped(window: QWidget) -> list[str]:
    """Labels and buttons whose words need more room than they have."""
    found: list[str] = []
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.text() and not label.wordWrap():
            need = label.fontMetrics().horizontalAdvance(label.text())
            if need > label.width() + 1:
                found.append(f"{label.text()!r} needs {need}, has {label.width()}")
        elif label.isVisible() and label.text():
            need = label.heightForWidth(label.width())
            if need > label.height() + 1:
                found.append(f"{label.text()[:60]!r} needs {need} high, has {label.height()}")
    buttons = [one for one in window.findChildren(QAbstractButton) if one.isVisible() and one.text()]
    return found + [one.text() for one in buttons if one.minimumSizeHint().width() > one.width() + 1]


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_no_words_are_clipped_at_any_text_size(desk: Desk, theme: Theme, scale: float) -> None:
    theme.resize(scale)
    for section in ("consent", "about", "trips", "questions"):
        desk.click(f"section:{section}")
        if section == "trips":
            desk.click("choice:/data/trips/travelled:Y")
        settle()
        assert clipped(desk.window) == [], section
        assert desk.window.minimumSizeHint().width() <= 1366, section


def open_everything(desk: Desk) -> None:
    """Choose what opens further questions: the first of one, all of many; and begin a row of every table."""
    for field in desk.screen.findChildren(ChoiceField):
        buttons = field.findChildren(ChoiceButton) if field.isVisible() else []
        for button in buttons if field.many else buttons[:1]:
            if not button.isChecked():
                button.click()
    for more in desk.screen.findChildren(QAbstractButton):
        if more.objectName().startswith("add:") and more.isVisible():
            more.click()


@pytest.mark.parametrize("size", [(1024, 1.0), (1366, 2.0)])
@pytest.mark.parametrize("name", [entry.id for entry in library()])
def test_no_section_of_any_form_is_wider_than_its_place(
    qtbot: QtBot, theme: Theme, name: str, size: tuple[int, float]
) -> None:
    [entry] = [one for one in library() if one.id == name]
    compiled = compile_xlsform(entry.folder)
    width, scale = size
    theme.resize(scale)
    desk = Desk(qtbot, theme, load_form(compiled.xml, compiled.files))
    desk.window.resize(width, 640)
    sections = [
        one.objectName() for one in desk.window.findChildren(QWidget) if "section:" in one.objectName()
    ]
    wide = []
    for section in sections:
        desk.click(section)
        open_everything(desk)
        settle()
        for area in desk.screen.findChildren(QScrollArea):
            body = area.widget()
            needs = body.minimumSizeHint().width() if body is not None else 0
            if area.isVisible() and needs > area.viewport().width():
                wide.append(f"{section}: {needs} in {area.viewport().width()}")
    desk.window.close()
    assert sections
    assert wide == []


def test_another_text_size_keeps_what_is_being_typed_and_where(desk: Desk, theme: Theme) -> None:
    desk.click("section:about")
    line = desk.find("answer:/data/about/name/family")
    assert isinstance(line, QLineEdit)
    line.setFocus()
    QTest.keyClicks(line, "Exam")
    theme.resize(2.0)
    settle()
    again = QApplication.focusWidget()
    assert isinstance(again, QLineEdit)
    assert (again.objectName(), again.text()) == ("answer:/data/about/name/family", "Exam")


@pytest.mark.parametrize("appearance", list(Appearance))
def test_every_appearance_can_be_worn_while_an_answer_is_typed(
    desk: Desk, theme: Theme, appearance: Appearance
) -> None:
    desk.click("section:about")
    desk.type("answer:/data/about/name/family", "Example")
    theme.wear(appearance)
    settle()
    desk.type("answer:/data/about/name/given", "Nusrat")
    assert (desk.answer("/data/about/name/family"), desk.answer("/data/about/name/given")) == (
        "Example",
        "Nusrat",
    )


def test_everything_that_can_be_used_has_a_name_for_those_who_cannot_see_it(desk: Desk) -> None:
    for section in ("consent", "about", "addresses", "trips", "questions"):
        desk.click(f"section:{section}")
        nameless = [
            widget.objectName() or type(widget).__name__
            for widget in desk.window.findChildren(QWidget)
            if widget.isVisible()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and isinstance(widget, QAbstractButton | QLineEdit)
            and not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
        ]
        assert nameless == []


def test_nothing_is_a_window_of_its_own(desk: Desk) -> None:
    for section in ("about", "trips", "questions"):
        desk.click(f"section:{section}")
    strays = [
        type(one).__name__
        for one in QApplication.topLevelWidgets()
        if one.isVisible() and one is not desk.window
    ]
    assert strays == []
