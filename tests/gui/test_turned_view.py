"""The laptop turned to the client: one question in their language over the whole window, and back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from tests.gui.conftest import settle
from tests.gui.test_rules_panel import a_screen
from ui.intake.card import Card
from ui.intake.screen import IntakeScreen
from ui.intake.turned import TurnedView
from ui.intake.turned_words import ENGLISH, WORDS
from ui.theme.theme import Theme

ARABIC = "Arabic (ar)"


class Turned:
    """A screening whose client reads Arabic."""

    def __init__(self, qtbot: QtBot, theme: Theme) -> None:
        self.screen: IntakeScreen = a_screen(theme, None)
        self.window = QMainWindow()
        self.window.setCentralWidget(self.screen)
        self.window.resize(1366, 700)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitActive(self.window)
        self.screen.presenter.speak(ARABIC)
        self.screen._client = ARABIC
        settle()
        QTest.keyClick(self.screen, Qt.Key.Key_F4)
        settle()

    @property
    def view(self) -> TurnedView | None:
        found = [one for one in self.window.findChildren(TurnedView) if one.isVisible()]
        return found[0] if found else None

    def press(self, key: Qt.Key) -> None:
        assert self.view is not None
        QTest.keyClick(self.view, key)
        settle()

    def words(self) -> str:
        assert self.view is not None
        return "\n".join(one.text() for one in self.view.findChildren(QLabel) if one.isVisible())

    def answer(self, name: str) -> tuple[str, str]:
        given = self.screen.presenter.session.state(f"/data/consent/{name}").answer
        return given.text, given.said.value


@pytest.fixture
def turned(qtbot: QtBot, theme: Theme) -> Iterator[Turned]:
    made = Turned(qtbot, theme)
    yield made
    made.window.close()


def test_it_covers_the_window_and_shows_nothing_of_the_staff(turned: Turned) -> None:
    assert turned.view is not None
    assert turned.view.geometry() == turned.window.rect()
    assert "Ticket" not in turned.words()
    assert "Still missing" not in turned.words()
    assert "السؤال 1 من" in turned.words()
    turned.window.resize(1200, 640)
    settle()
    assert turned.view.geometry() == turned.window.rect()


def test_a_number_chooses_enter_goes_on_and_escape_turns_it_back(turned: Turned) -> None:
    assert turned.view is not None
    first = turned.words()
    turned.press(Qt.Key.Key_1)
    assert next(one.isChecked() for one in turned.view.findChildren(Card) if one.isVisible())
    assert turned.words() == first
    turned.press(Qt.Key.Key_Return)
    assert turned.words() != first
    turned.press(Qt.Key.Key_Backspace)
    assert turned.words() == first
    turned.press(Qt.Key.Key_Escape)
    assert turned.view is None


def test_not_wanting_to_say_is_an_answer(turned: Turned) -> None:
    assert turned.view is not None
    cards = [one for one in turned.view.findChildren(Card) if one.isVisible()]
    turned.press(Qt.Key(Qt.Key.Key_0.value + len(cards)))
    assert turned.answer("agrees") == ("", "declined")


def test_keys_of_the_staff_do_nothing_there(turned: Turned) -> None:
    before = turned.words()
    for key in (Qt.Key.Key_F6, Qt.Key.Key_F8, Qt.Key.Key_PageDown):
        turned.press(key)
    assert turned.words() == before


def test_after_the_last_question_it_asks_to_be_turned_back(turned: Turned) -> None:
    for _ in range(40):
        turned.press(Qt.Key.Key_Return)
    assert WORDS["ar"].done in turned.words()


def test_leaving_the_intake_leaves_nothing_over_the_next_page(turned: Turned) -> None:
    turned.screen.hide()
    settle()
    assert turned.view is None


def test_every_language_has_every_word_and_only_english_is_reviewed() -> None:
    assert {code for code, words in WORDS.items() if words.reviewed} == {"en"}
    for words in WORDS.values():
        assert "{n}" in words.place
        assert "{m}" in words.place
        for name in ("unknown", "declined", "onward", "aloud", "done"):
            assert getattr(words, name)
            assert words is ENGLISH or getattr(words, name) != getattr(ENGLISH, name)
