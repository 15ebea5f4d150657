"""Making a kit: twelve words on the screen, three of them typed back, the file on a stick. Layer: ui."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ournydesk.domain.recovery import WORDS, KitMade
from ui.i18n import tr
from ui.recovery.parts import button, in_a_row, page_card
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.text import Label, Text

IN_A_ROW = 3


class WordsPage(QWidget):
    """``written`` when the words are on paper, ``left`` to go back without a kit."""

    written = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        card = page_card(self, theme, tr("1 of 2: the twelve words go onto paper"), "words_card")
        words = tr(
            "The person who will keep the file looks away now. Write the twelve words by hand, in their "
            "order, on two sheets; no photo, no typing. Each sheet goes into an envelope of its own."
        )
        card.column.addWidget(Text(theme, words, tone="second"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(36)
        grid.setVerticalSpacing(14)
        self._words = [Text(theme, "", Type.SECTION, wrap=False) for _ in range(WORDS)]
        for index, word in enumerate(self._words):
            word.setObjectName(f"kit_word:{index + 1}")
            cell = QVBoxLayout()
            cell.setSpacing(0)
            cell.addWidget(Text(theme, str(index + 1), Type.CAPTION, tone="hint", wrap=False))
            cell.addWidget(word)
            grid.addLayout(cell, index // IN_A_ROW, index % IN_A_ROW)
        card.column.addLayout(grid)
        self._go = button(theme, "words_written", tr("They are written down"), self.written.emit, "primary")
        back = button(theme, "words_left", tr("Not now"), self.left.emit, "quiet")
        card.column.addLayout(in_a_row(self._go, back))
        self._card = card

    def show_words(self, words: Sequence[str]) -> None:
        """The words."""
        for text, word in zip(self._words, words, strict=True):
            text.setText(word)
        self._card.setAccessibleDescription(" ".join(words))
        self._go.setFocus()

    def forget(self) -> None:
        """Take the words off the screen."""
        for text in self._words:
            text.clear()
        self._card.setAccessibleDescription("")


class AskingPage(QWidget):
    """``saved`` carries the words as they were typed; ``again`` looks at them once more."""

    saved = Signal(list)
    again = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        card = page_card(self, theme, tr("2 of 2: read three words from the paper"), "asking_card")
        words = tr(
            "They show that the paper is right. Then put a stick in: the file is written to it and opened "
            "again with these words, before it counts."
        )
        card.column.addWidget(Text(theme, words, tone="second"))
        self._fields = [QLineEdit() for _ in range(3)]
        self._labels: list[Label] = []
        row = QHBoxLayout()
        row.setSpacing(16)
        for index, field in enumerate(self._fields):
            field.setObjectName(f"typed_word:{index + 1}")
            label = Label(theme, "", field, wrap=False)
            self._labels.append(label)
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(label)
            column.addWidget(field)
            row.addLayout(column, 1)
        card.column.addLayout(row)
        go = button(theme, "save_kit", tr("Write the file on the first stick…"), self._save, "primary")
        again = button(theme, "words_again", tr("Look at the words again"), self.again.emit)
        back = button(theme, "asking_left", tr("Not now"), self.left.emit, "quiet")
        card.column.addLayout(in_a_row(go, again, back))

    def show_places(self, places: Sequence[int]) -> None:
        """Ask for these words, empty."""
        for field, label, place in zip(self._fields, self._labels, places, strict=True):
            words = tr("Word {n}", n=place)
            label.setText(words)
            field.setAccessibleName(words)
            field.clear()
        self._fields[0].setFocus()

    def forget(self) -> None:
        """Take what was typed off the screen."""
        for field in self._fields:
            field.clear()

    def _save(self) -> None:
        self.saved.emit([field.text() for field in self._fields])


class MadePage(QWidget):
    """What is so now, and what comes next."""

    copied = Signal()
    printed = Signal()
    proposed = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._card = page_card(self, theme, tr("The kit is made"), "made_card")

    def show_made(self, made: KitMade, name: str, file: str) -> None:
        """The steps that are left, numbered."""
        card, theme = self._card, self._theme
        card.clear()
        told = tr(
            "The file {file} was read back from the stick and opened with the words as they were typed. "
            "The kit is called “{name}”; the name is no secret.",
            file=file,
            name=name,
        )
        card.column.addWidget(Text(theme, told))
        if made.proposal is not None:
            waits = tr("It works as soon as a second coordinator has signed for it.")
            card.line(
                waits, button(theme, "made_propose", tr("Write the file for them…"), self.proposed.emit)
            )
        elif made.behind:
            card.line(tr("Some clinics are not opened by it yet. The next page says what to do."))
        else:
            card.line(tr("From now on it opens every case of the team, those of before too."))
        second = tr("The second stick gets the same file.")
        card.line(second, button(theme, "copy_kit", tr("Write the second stick…"), self.copied.emit))
        sheets = tr("A sheet for each of the two people says what to keep, and what to do.")
        card.line(
            sheets,
            button(theme, "made_print", tr("Print the two sheets…"), self.printed.emit, icon="print"),
        )
        done = button(theme, "made_done", tr("Done"), self.left.emit, "primary")
        card.column.addLayout(in_a_row(done))
        done.setFocus()
