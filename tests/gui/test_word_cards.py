"""Words that somebody has to write down are whole, however large the letters and however small the window."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame
from pytestqt.qtbot import QtBot

from ournydesk.crypto.passphrase import WordBook
from tests.gui.conftest import settle
from ui.theme.theme import TEXT_SIZES, Theme
from ui.theme.type import Type
from ui.widgets.scroll import scrolled
from ui.widgets.word_card import WordCard, WordGrid, fitting

LONGEST = max(WordBook.bundled().listed, key=len)


@pytest.mark.parametrize("scale", TEXT_SIZES)
@pytest.mark.parametrize("width", [60, 120, 180])
def test_the_longest_word_of_the_list_is_drawn_whole(theme: Theme, scale: float, width: int) -> None:
    theme.scale = scale
    theme.apply()
    font = fitting(theme.font(Type.SECTION), LONGEST, width)
    assert QFontMetrics(font).horizontalAdvance(LONGEST) <= width


def test_a_word_that_fits_keeps_its_size(theme: Theme) -> None:
    font = theme.font(Type.SECTION)
    assert fitting(theme.font(Type.SECTION), "oak", 400).pointSizeF() == font.pointSizeF()


@pytest.mark.parametrize(("width", "columns"), [(900, 3), (480, 2), (250, 1)])
def test_cards_that_do_not_fit_beside_one_another_stand_below(
    theme: Theme, qtbot: QtBot, width: int, columns: int
) -> None:
    cards = [WordCard(theme, number) for number in range(1, 7)]
    grid = WordGrid(cards)
    area = scrolled(grid)
    area.setFrameShape(QFrame.Shape.NoFrame)
    qtbot.addWidget(area)
    area.resize(width, 700)
    area.show()
    settle()
    assert grid.columns == columns
    assert all(card.geometry().right() <= width for card in cards)
    first = [card.geometry().top() for card in cards]
    assert first == sorted(first)
