"""Answers of another intake, looked at before they are used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from forms.engine import Session
from forms.library.carrying import Carried
from ournydesk.domain.ids import IntakeId, new_id
from ournydesk.domain.intake import IntakeHead
from ournydesk.services.intakes import OpenedIntake
from tests.unit.library import builders, screenings
from ui.intake.earlier import EarlierDialog
from ui.theme.theme import Theme

TICKET = 12
T = TypeVar("T", bound=QWidget)


def an_earlier_intake(**changed: str) -> OpenedIntake:
    """A full screening with ticket 12."""
    told = {"given": "Farida", "family": "Specimen", "depth": "full"}
    session = screenings.a_client(**{**told, **changed})
    form = session.form
    head = IntakeHead(
        id=IntakeId(new_id()), ticket=TICKET, form_id=form.id, form_version=form.version, form_hash=form.hash,
        form_title=form.title, language="English (en)", started_at=builders.NOON,
    )  # fmt: skip
    return OpenedIntake(head=head, form=form, answers=session.answers, saved_at=builders.NOON)


class Desk:
    """The dialog over an empty naturalization intake."""

    def __init__(self, qtbot: QtBot, theme: Theme, theirs: OpenedIntake) -> None:
        self.taken: list[Carried] = []
        self.mine = Session.start(builders.the_form(), builders.NOON)
        self.parent = QWidget()
        qtbot.addWidget(self.parent)

        def find(ticket: int, found: Callable[[OpenedIntake | None], None]) -> None:
            found(theirs if ticket == TICKET else None)

        self.dialog = EarlierDialog(
            theme, self.parent, find=find, mine=self.mine, now=builders.NOON, take=self.taken.extend
        )
        self.dialog.open()

    def look(self, ticket: str) -> None:
        self._named("earlier_ticket", QLineEdit).setText(ticket)
        self._named("earlier_look", QPushButton).click()

    def choose_household(self) -> None:
        whose = self._named("earlier_whose", QComboBox)
        whose.setCurrentIndex(1)
        whose.activated.emit(1)

    def use(self) -> QPushButton:
        return self._named("earlier_use", QPushButton)

    def shown(self) -> str:
        return "\n".join(label.text() for label in self.dialog.findChildren(QLabel) if label.isVisible())

    def _named(self, name: str, kind: type[T]) -> T:
        found = self.dialog.findChild(kind, name)
        assert found is not None
        return found


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme) -> Iterator[Desk]:
    made = Desk(qtbot, theme, an_earlier_intake())
    yield made
    if isValid(made.dialog):
        made.dialog.close()


def test_what_would_come_over_is_shown_with_its_origin_before_it_is_used(desk: Desk) -> None:
    assert not desk.use().isEnabled()
    desk.look("12")
    assert "From “Legal screening”, ticket 12." in desk.shown()
    assert "What is your family name?  Specimen" in desk.shown()
    assert "Which language do you speak best?  Spanish" in desk.shown()
    assert desk.taken == []
    desk.use().click()
    assert "Specimen" in {one.text for one in desk.taken}


def test_a_ticket_that_is_not_here_is_said_to_be_so(desk: Desk) -> None:
    desk.look("99")
    assert "There is no such ticket on this laptop. Check the number." in desk.shown()
    assert not desk.use().isEnabled()


def test_somebody_of_the_household_gets_only_what_the_first_person_allowed(
    qtbot: QtBot, theme: Theme, desk: Desk
) -> None:
    desk.choose_household()
    desk.look("12")
    assert "Nothing of it can be used here." in desk.shown()
    asked = Desk(qtbot, theme, an_earlier_intake(household_here="Y", household_copy="language"))
    asked.look("12")
    asked.choose_household()
    asked.use().click()
    assert [one.text for one in asked.taken] == ["es"]
