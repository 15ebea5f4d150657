"""Every dialog has its ways out in sight, however large the letters and small the window."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ournydesk.bootstrap import LaptopDesk
from ournydesk.domain.intake import Status
from ournydesk.domain.operations import RecordId
from ournydesk.domain.withdrawal import Holder, Way, Withdrawal
from tests.fakes.desks import TickingClock, open_desk
from tests.gui.conftest import settle
from ui.cases.erase import EraseDialog
from ui.cases.law_dialog import LawDialog
from ui.intake.hand_over import HandOverDialog
from ui.intake.said_no import SaidNoDialog
from ui.intake.taken_back import TakenBackDialog
from ui.safety.new_words import NewWordsDialog
from ui.safety.pin import PinDialog
from ui.safety.restore import RestoreDialog
from ui.shell.keys import KeySheet
from ui.shell.support import SupportDialog, bundle
from ui.tasks import QtTasks
from ui.theme.theme import Theme
from ui.widgets.dialog import Dialog

SMALL, USUAL = QSize(1024, 640), QSize(1366, 768)


class Room:
    """What dialogs are made with, over a window of a size."""

    def __init__(self, theme: Theme, desk: LaptopDesk, tasks: QtTasks, size: QSize) -> None:
        self.theme, self.desk, self.tasks = theme, desk, tasks
        self.window = QWidget()
        self.window.resize(size)


def nothing(*_given: object) -> None:
    """What follows is not looked at here."""


def withdrawal() -> Withdrawal:
    opened = datetime(2026, 11, 20, 12, tzinfo=UTC)
    people = [
        Holder(name=f"Invented Person With A Long Name {n}", way=Way.GROUP, opened_at=opened)
        for n in range(12)
    ]
    return Withdrawal(
        record=RecordId("00" * 16), ticket=7, status=Status.RECEIVED, sealed=True, holders=tuple(people)
    )


MADE: dict[str, Callable[[Room], Dialog]] = {
    "erase": lambda room: EraseDialog(
        room.theme,
        room.desk.cases,
        room.tasks,
        room.window,
        record=RecordId("00" * 16),
        client="An Invented Client With Rather A Long Name",
        known=room.desk.word_known,
        erased=nothing,
    ),
    "law": lambda room: LawDialog(
        room.theme, room.desk.cases, room.tasks, room.window, ask=lambda: None, opened=nothing
    ),
    "hand over": lambda room: HandOverDialog(room.theme, room.window, missing=12, go=nothing),
    "said no": lambda room: SaidNoDialog(room.theme, room.window, ticket=7, go=lambda: None),
    "taken back": lambda room: TakenBackDialog(
        room.theme, room.tasks, room.window, found=withdrawal(), tell=withdrawal
    ),
    "new words": lambda room: NewWordsDialog(
        room.theme, room.desk, room.tasks, room.window, changed=lambda: None
    ),
    "digits": lambda room: PinDialog(room.theme, room.desk, room.tasks, room.window, kept=lambda: None),
    "restore": lambda room: RestoreDialog(
        room.theme, room.desk, room.tasks, room.window, source=Path("jo.ourny-backup"), restored=nothing
    ),
    "keys": lambda room: KeySheet(room.theme, room.window),
    "support": lambda room: SupportDialog(
        room.theme, room.window, text=bundle("", scale=1.0, size=(1366, 768)), write=nothing
    ),
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LaptopDesk]:
    made = open_desk(tmp_path_factory.mktemp("desk"), "Jo Volunteer", TickingClock())
    yield made
    made.lock()


@pytest.fixture
def tasks() -> Iterator[QtTasks]:
    made = QtTasks()
    yield made
    made.close()


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", [SMALL, USUAL], ids=["1024x640", "1366x768"])
@pytest.mark.parametrize("which", MADE)
def test_a_dialog_fits_its_window_and_shows_every_way_out(
    which: str, size: QSize, scale: float, theme: Theme, desk: LaptopDesk, tasks: QtTasks, qtbot: QtBot
) -> None:
    theme.scale = scale
    theme.apply()
    room = Room(theme, desk, tasks, size)
    qtbot.addWidget(room.window)
    room.window.show()
    dialog = MADE[which](room)
    dialog.open()
    dialog.say("Something did not work, and these words say at some length what it was.", "What to do next.")
    settle()
    if pictures := os.environ.get("OURNY_PICTURES"):
        dialog.grab().save(f"{pictures}/{which}-{size.width()}-{scale}.png")
    assert dialog.width() <= size.width()
    assert dialog.height() <= size.height()
    ways = [one for one in dialog.findChildren(QPushButton) if one.isVisible() and not inside(one, dialog)]
    assert ways
    for way in ways:
        corner = way.mapTo(dialog, way.rect().bottomRight())
        assert dialog.rect().contains(corner)
        assert dialog.rect().contains(way.mapTo(dialog, way.rect().topLeft()))
        assert way.width() >= way.sizeHint().width()
    # Only what is too long for the window scrolls, and never sideways.
    body = dialog.area.widget()
    assert body is not None
    assert body.width() <= dialog.area.viewport().width()
    cut = [one.text() for one in body.findChildren(QLabel) if one.isVisible() and clipped(one)]
    assert cut == []


def inside(button: QPushButton, dialog: Dialog) -> bool:
    """Whether a button is part of what scrolls."""
    return dialog.area.isAncestorOf(button)


def clipped(label: QLabel) -> bool:
    """Whether words are higher than the room they got."""
    return label.wordWrap() and label.heightForWidth(label.width()) > label.height() + 1
