"""A page of paper fits the window it is looked at in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from ournydesk.bootstrap import LaptopDesk
from ournydesk.store import durable
from tests.fakes.desks import TickingClock, example_intake, open_desk
from tests.fakes.tasks import InlineTasks
from ui.papers.presenter import Paper
from ui.papers.screen import PapersScreen
from ui.theme.theme import Theme
from ui.widgets.combo import Combo
from ui.widgets.page_view import NATURAL, PageView


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LaptopDesk]:
    made = open_desk(tmp_path_factory.mktemp("desk"), "Jo Volunteer", TickingClock())
    example_intake(made)
    yield made
    made.lock()


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", [(1024, 566), (1366, 694)])
def test_a_page_is_never_wider_than_its_room_and_the_screen_never_than_the_window(
    size: tuple[int, int], scale: float, desk: LaptopDesk, theme: Theme, qtbot: QtBot
) -> None:
    theme.scale = scale
    theme.apply()
    [row] = desk.intakes()
    screen = PapersScreen(theme, desk, InlineTasks(), row.head, leave=lambda: None, write=durable.write)
    qtbot.addWidget(screen)
    screen.resize(*size)
    screen.show()
    screen.presenter.look(Paper.PACKET)
    view = screen.findChild(PageView)
    assert view is not None
    qtbot.waitUntil(lambda: drawn(view) == pytest.approx(612 * view.scale(), abs=2), timeout=20_000)
    assert screen.width() == size[0]
    assert view.horizontalScrollBar().maximum() == 0
    assert view.scale() <= NATURAL
    zoom = screen.findChild(Combo, "zoom")
    assert zoom is not None
    zoom.setCurrentIndex(zoom.findText("200 %"))
    zoom.activated.emit(zoom.currentIndex())
    qtbot.waitUntil(lambda: drawn(view) == pytest.approx(612 * 2 * NATURAL, abs=2), timeout=20_000)


def drawn(view: QScrollArea) -> int:
    """How wide the page is on the screen."""
    page = view.widget()
    return page.width() if page is not None else 0
