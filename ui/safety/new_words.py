"""Six new words in place of the old ones: written down, typed twice, proven. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ournydesk.errors import WrongPassphrase
from ui.desk import Desk
from ui.i18n import tr
from ui.messages import message
from ui.tasks import Attached, Lane, Tasks
from ui.theme.theme import Theme, reveal
from ui.theme.type import Type
from ui.widgets.dialog import Dialog
from ui.widgets.text import Label, Text
from ui.widgets.typed import differing
from ui.widgets.word_card import WordCard, WordGrid
from ui.widgets.words import WordsField

WRITE, TYPE = 0, 1


class NewWordsDialog(Dialog):
    """``changed`` is called when only the new words open the seat. The words live here and nowhere else."""

    def __init__(
        self, theme: Theme, desk: Desk, tasks: Tasks, parent: QWidget, *, changed: Callable[[], None]
    ) -> None:
        lead = tr("Until the last step the old words open this seat; after it, only the new ones.")
        title = tr("Change the six words")
        super().__init__(theme, parent, name="words_dialog", title=title, lead=lead, width=760)
        self._desk, self._changed = desk, changed
        self._tasks = Attached(tasks, self)
        self._words = desk.new_words()
        self._again = False
        self._old = WordsField(theme, desk.word_known, "old_words")
        self._new = WordsField(theme, desk.word_known, "new_words")
        self._old.entered.connect(self._written)
        self._new.entered.connect(self._typed)
        self._step = Text(theme, "", Type.LEAD, bold=True)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._write_page())
        self._pages.addWidget(self._type_page())
        self.column.addWidget(self._step)
        self.column.addWidget(self._pages)
        self.button(tr("Keep the old words"), self.reject, kind="quiet", key="Esc", name="keep_old_words")
        self._wrote = self.button(
            tr("I have written all six"), self._written, kind="primary", name="new_written"
        )
        self._go = self.button(tr("Continue"), self._typed, kind="primary", key=tr("Enter"), name="new_typed")
        self._turn(WRITE)

    def _turn(self, page: int) -> None:
        steps = (tr("Write these six new words on a new card"), tr("Type the six new words from the card"))
        self._step.setText(steps[page])
        self._pages.setCurrentIndex(page)
        reveal(self._wrote, visible=page == WRITE)
        reveal(self._go, visible=page == TYPE)
        (self._old if page == WRITE else self._new).line.setFocus()

    def _write_page(self) -> QWidget:
        page, column = _page()
        cards = [WordCard(self._theme, index) for index in range(1, len(self._words) + 1)]
        for card, word in zip(cards, self._words, strict=True):
            card.show_word(word, covered=False)
        column.addWidget(WordGrid(cards))
        column.addWidget(Label(self._theme, tr("The six words you have &now"), self._old.line))
        column.addWidget(self._old)
        column.addStretch(1)
        return page

    def _type_page(self) -> QWidget:
        page, column = _page()
        column.addWidget(Label(self._theme, tr("&Six new words"), self._new.line))
        column.addWidget(self._new)
        column.addStretch(1)
        return page

    def _written(self) -> None:
        if not self._old.text.strip():
            self.say(tr("Type the six words you have now."), tr("They stand on your card."))
            self._old.line.setFocus()
            return
        self.notice.hide()
        self._turn(TYPE)

    def _typed(self) -> None:
        wrong = differing(self._new.text.split(), self._words)
        self._new.clear()
        self._new.line.setFocus()
        if wrong:
            self.say(tr("Word {n} is not the one on the card.", n=wrong), tr("Look at the card."))
            return
        self.notice.hide()
        if not self._again:
            self._again = True
            self._step.setText(tr("Once more, to be sure"))
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
        self.say(words.what, tr("Nothing was changed: the old words open this seat.") + " " + words.then)
        if isinstance(error, WrongPassphrase):
            self._old.clear()
            self._turn(WRITE)


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    return page, column
