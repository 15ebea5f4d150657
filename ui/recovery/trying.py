"""Trying a kit, and reading what a colleague asks. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ournydesk.domain.recovery import WORDS
from ui.i18n import tr
from ui.recovery.parts import button, in_a_row, page_card
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.emptied import empty
from ui.widgets.text import Text
from ui.widgets.words import WordsField


class DrillPage(QWidget):
    """``tried`` carries the words as they were typed; ``left`` goes back."""

    tried = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, known: Callable[[str], bool]) -> None:
        super().__init__()
        card = page_card(self, theme, tr("Try the kit"), "drill_card")
        self._file = Text(theme, "", Type.LEAD)
        self._file.setObjectName("drill_file")
        card.column.addWidget(self._file)
        words = tr(
            "The person who keeps the words opens one envelope and types all twelve. The desk opens the kit "
            "as if everything else were lost, says whether it works, and forgets it."
        )
        card.column.addWidget(Text(theme, words, tone="second"))
        self._words = WordsField(theme, known, "drill_words", WORDS, tr("Twelve words"))
        card.column.addWidget(self._words)
        go = button(theme, "drill", tr("Open the kit"), self._try, "primary", "lock")
        back = button(theme, "drill_left", tr("Not now"), self.left.emit, "quiet")
        card.column.addLayout(in_a_row(go, back))
        self._words.entered.connect(self._try)

    def show_file(self, name: str) -> None:
        """Which file it is; nothing typed yet."""
        self._file.setText(tr("The file {name}", name=name))
        self._words.clear()
        self._words.line.setFocus()

    def forget(self) -> None:
        """Take what was typed off the screen."""
        self._words.clear()

    def _try(self) -> None:
        self.tried.emit(self._words.text)


class AskedPage(QWidget):
    """``signed`` when the person agrees; ``left`` when not now."""

    signed = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        card = page_card(self, theme, tr("A colleague asks for your signature"), "asked_card")
        self._by = Text(theme, "", Type.LEAD)
        self._by.setObjectName("asked_by")
        card.column.addWidget(self._by)
        self._what = QVBoxLayout()
        self._what.setSpacing(8)
        card.column.addLayout(self._what)
        words = tr(
            "Sign only if you have spoken with them. For a kit: let them read its name to you, and ask who "
            "keeps the file and who keeps the words."
        )
        card.column.addWidget(Text(theme, words, tone="second"))
        self._go = button(theme, "sign", tr("Sign and write the file that goes back…"), self._sign, "primary")
        back = button(theme, "sign_left", tr("Not now"), self.left.emit, "quiet")
        card.column.addLayout(in_a_row(self._go, back))

    def show_asked(self, by: str, what: Sequence[str]) -> None:
        """Who asks, and what would be so."""
        self._by.setText(tr("{name} asks that this holds:", name=by))
        empty(self._what)
        for index, sentence in enumerate(what):
            told = Text(self._theme, sentence, bold=True)
            told.setObjectName(f"asked_change:{index + 1}")
            self._what.addWidget(told)
        self._go.setFocus()

    def _sign(self) -> None:
        self.signed.emit()
