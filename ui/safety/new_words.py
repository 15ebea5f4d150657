"""Six new words in place of the old ones: written down, typed twice, proven. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ournydesk.errors import WrongPassphrase
from ui.desk import Desk
from ui.i18n import tr
from ui.messages import message
from ui.tasks import Attached, Lane, Tasks
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.focus import FocusRing
from ui.widgets.scroll import scrolled
from ui.widgets.text import Label, Text
from ui.widgets.typed import differing
from ui.widgets.word_card import WordCard, WordGrid
from ui.widgets.words import WordsField

WRITE, TYPE = 0, 1


class NewWordsDialog(QDialog):
    """``changed`` is called when only the new words open the seat. The words live here and nowhere else."""

    def __init__(
        self, theme: Theme, desk: Desk, tasks: Tasks, parent: QWidget, *, changed: Callable[[], None]
    ) -> None:
        super().__init__(parent)
        self._theme, self._desk, self._changed = theme, desk, changed
        self._tasks = Attached(tasks, self)
        self._words = desk.new_words()
        self._again = False
        self.setObjectName("words_dialog")
        self.setWindowTitle(tr("Change the six words"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._old = WordsField(theme, desk.word_known, "old_words")
        self._new = WordsField(theme, desk.word_known, "new_words")
        self._banner = Banner(theme, "attention", name="words_trouble")
        self._banner.hide()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._write_page())
        self._pages.addWidget(self._type_page())
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(32, 24, 32, 20)
        column.setSpacing(12)
        column.addWidget(self._banner)
        column.addWidget(self._pages, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(body, "words_scroll"))
        self._ring = FocusRing(theme, self)
        room = parent.size()
        self.resize(min(theme.px(760), room.width() - 40), min(theme.px(600), room.height() - 40))
        self._old.line.setFocus()

    def _write_page(self) -> QWidget:
        page, column = _page()
        column.addWidget(Text(self._theme, tr("Write these six new words on a new card"), Type.SECTION))
        lead = tr("Until the last step the old words open this seat; after it, only the new ones.")
        column.addWidget(Text(self._theme, lead, tone="second"))
        cards = [WordCard(self._theme, index) for index in range(1, len(self._words) + 1)]
        for card, word in zip(cards, self._words, strict=True):
            card.show_word(word, covered=False)
        column.addWidget(WordGrid(cards))
        column.addWidget(Label(self._theme, tr("The six words you have &now"), self._old.line))
        self._old.entered.connect(self._written)
        column.addWidget(self._old)
        next_step = Button(
            self._theme, tr("I have written all six"), kind="primary", size="large", name="new_written"
        )
        next_step.clicked.connect(lambda _checked=False: self._written())
        column.addLayout(self._acts(next_step, "keep_old_words"))
        column.addStretch(1)
        return page

    def _type_page(self) -> QWidget:
        page, column = _page()
        self._title = Text(self._theme, tr("Type the six new words from the card"), Type.SECTION)
        column.addWidget(self._title)
        column.addWidget(Label(self._theme, tr("&Six new words"), self._new.line))
        self._new.entered.connect(self._typed)
        column.addWidget(self._new)
        self._go = Button(
            self._theme, tr("Continue"), kind="primary", size="large", key=tr("Enter"), name="new_typed"
        )
        self._go.clicked.connect(lambda _checked=False: self._typed())
        column.addLayout(self._acts(self._go, "keep_old_words_after_all"))
        column.addStretch(1)
        return page

    def _acts(self, first: Button, name: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        stay = Button(self._theme, tr("Keep the old words"), kind="quiet", key="Esc", name=name)
        stay.clicked.connect(lambda _checked=False: self.reject())
        row.addWidget(first)
        row.addWidget(stay)
        row.addStretch(1)
        return row

    def _written(self) -> None:
        if not self._old.text.strip():
            self._banner.say(tr("Type the six words you have now."), tr("They stand on your card."))
            self._old.line.setFocus()
            return
        self._banner.hide()
        self._pages.setCurrentIndex(TYPE)
        self._new.line.setFocus()

    def _typed(self) -> None:
        wrong = differing(self._new.text.split(), self._words)
        self._new.clear()
        self._new.line.setFocus()
        if wrong:
            self._banner.say(tr("Word {n} is not the one on the card.", n=wrong), tr("Look at the card."))
            return
        self._banner.hide()
        if not self._again:
            self._again = True
            self._title.setText(tr("Once more, to be sure"))
            return
        old, new = self._old.text, " ".join(self._words)
        self._go.setEnabled(False)
        self._go.setText(tr("Changing…"))
        self._tasks.run(
            Lane.VAULT, lambda: self._desk.change_words(old, new), done=self._done, failed=self._failed
        )

    def _done(self, _none: None) -> None:
        self._changed()
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._go.setEnabled(True)
        self._go.setText(tr("Continue"))
        words = message(error)
        self._banner.say(
            words.what, tr("Nothing was changed: the old words open this seat.") + " " + words.then
        )
        if isinstance(error, WrongPassphrase):
            self._old.clear()
            self._pages.setCurrentIndex(WRITE)
            self._old.line.setFocus()


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    return page, column
