"""The line at the foot says whether the server answers, in words, wherever there is room for them."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ournydesk.domain.intake import Status
from tests.gui.conftest import settle
from ui.shell.status import StatusLine
from ui.theme.theme import Theme

WORDS = "No server is set up. Everything stays on this laptop."


@pytest.mark.parametrize(("width", "said"), [(1366, True), (1024, False)])
def test_the_words_stand_where_there_is_room_and_only_there(
    qtbot: QtBot, theme: Theme, width: int, said: bool
) -> None:
    line = StatusLine(theme)
    qtbot.addWidget(line)
    line.resize(width, 34)
    line.show()
    settle()
    line.show_counts([Status.ON_THIS_LAPTOP])
    settle()
    shown = [one.text() for one in line.findChildren(QLabel) if one.isVisible()]
    assert (WORDS in shown) is said
    assert line.minimumSizeHint().width() <= width
