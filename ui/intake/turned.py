"""The laptop turned to the client: one question, large, in their language, and nothing of the staff's.

Layer: ui. It covers the whole window. Answers go the same way as those typed by staff; Esc turns it back.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ournydesk.domain.answers import Said
from ui.i18n import tr
from ui.intake.card import Card
from ui.intake.pages import Note, Page, Question, Words
from ui.intake.turned_words import words_for
from ui.theme.theme import Theme, reveal, surface
from ui.theme.tokens import FOOTER_HEIGHT, LARGE
from ui.theme.type import Type, direction_of, language_code
from ui.widgets.button import Button
from ui.widgets.emptied import empty
from ui.widgets.scroll import scrolled
from ui.widgets.text import Text

MARGIN = 72
TWO_COLUMNS = 900
UNSURE: Final = frozenset({"dk", "unknown", "unsure"})
"""Choices of a form that say already that somebody does not know."""


STAFF_ASKED: Final = frozenset({"heard_in"})
"""Questions staff answer about the conversation itself; no client is shown them."""


def askable(page: Page) -> tuple[Question, ...]:
    """The questions of a section a client can be shown: those that apply and can be answered."""
    return tuple(
        part
        for part in page.parts
        if isinstance(part, Question)
        and part.relevant
        and not part.readonly
        and part.path.rpartition("/")[2] not in STAFF_ASKED
    )


def said_before(page: Page) -> dict[str, tuple[Words, ...]]:
    """By question, the words that stand between it and the one before: consent is nothing without them."""
    found: dict[str, tuple[Words, ...]] = {}
    waiting: list[Words] = []
    for part in page.parts:
        if isinstance(part, Note) and part.relevant:
            waiting.append(part.label)
        elif part in askable(page) and isinstance(part, Question):
            found[part.ref] = tuple(waiting)
            waiting = []
    return found


class TurnedView(QWidget):
    """``answered`` carries path, text and how it was said; ``turned_back`` that staff look again."""

    answered = Signal(str, str, str)
    turned_back = Signal()

    def __init__(self, theme: Theme, over: QWidget, client: str) -> None:
        super().__init__(over)
        self._theme, self._over, self._client = theme, over, client
        self._words = words_for(language_code(client))
        self._questions: tuple[Question, ...] = ()
        self._before: dict[str, tuple[Words, ...]] = {}
        self._at = 0
        self._cards: dict[str, Card] = {}
        self.setObjectName("turned")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        surface(self, "paper")
        self._lay_out()
        over.installEventFilter(self)
        self.setGeometry(over.rect())

    # -- what is shown ------------------------------------------------------------------------------

    def show_page(self, page: Page, at: str = "") -> None:
        """The questions of a section, from the one with the reference ``at``; else where the client is."""
        questions = askable(page)
        self._before = said_before(page)
        here = at or (self._questions[self._at].ref if self._at < len(self._questions) else "")
        before = len(self._questions)
        ended = bool(before) and self._at >= before
        self._questions = questions
        refs = [one.ref for one in self._questions]
        if here in refs:
            self._at = refs.index(here)
        elif not ended:
            self._at = min(self._at, len(refs))
        self._show()

    def _show(self) -> None:
        total = len(self._questions)
        question = self._questions[self._at] if self._at < total else None
        self._place.setText(self._words.place.format(n=self._at + 1, m=total) if question is not None else "")
        self._fill_cards(question)
        reveal(self._next, visible=question is not None)
        before = self._before.get(question.ref, ()) if question is not None else ()
        translated = all(words.client for words in before)
        self._note.speak(self._client if translated else "en")
        self._note.setText("\n\n".join(words.first for words in before))
        reveal(self._note, visible=bool(before))
        if question is None:
            self._question.speak(self._client)
            self._question.setText(self._words.done)
            self._aloud.setText("")
            self._english.setText(words_for("en").done)
            return
        words = question.label
        self._question.speak(self._client if words.client else "en")
        self._question.setText(words.first)
        self._aloud.setText("" if self._cards else self._words.aloud)
        reveal(self._aloud, visible=not self._cards)
        draft = words.draft or (bool(words.client) and not self._words.reviewed)
        note = tr("Draft words, not reviewed.") if draft else ""
        self._english.setText(f"{words.staff} {note}".strip())

    def _fill_cards(self, question: Question | None) -> None:
        empty(self._grid)
        self._cards = {}
        if question is None or not question.options:
            return
        chosen = question.text.split() if question.control == "select" else [question.text]
        for option in question.options:
            language = self._client if option.words.client else "en"
            self._add_card(option.value, option.words.first, language, chosen=option.value in chosen)
        if not UNSURE & set(self._cards):
            self._add_card(
                Said.UNKNOWN.value,
                self._words.unknown,
                self._client,
                chosen=question.said is Said.UNKNOWN,
            )
        self._add_card(
            Said.DECLINED.value, self._words.declined, self._client, chosen=question.said is Said.DECLINED
        )
        self._place_cards()

    def _add_card(self, value: str, words: str, language: str, *, chosen: bool) -> None:
        card = Card(self._theme, len(self._cards) + 1, words, language)
        card.setObjectName(f"card:{value}")
        card.setLayoutDirection(direction_of(self._client))
        card.setChecked(chosen)
        card.clicked.connect(lambda _checked=False: self._choose(value))
        self._cards[value] = card

    def _place_cards(self) -> None:
        across = 2 if self.width() >= TWO_COLUMNS else 1
        for number, card in enumerate(self._cards.values()):
            self._grid.addWidget(card, number // across, number % across)
            card.show()

    # -- what is done -------------------------------------------------------------------------------

    def _choose(self, value: str) -> None:
        question = self._questions[self._at]
        if value in {Said.UNKNOWN.value, Said.DECLINED.value}:
            self.answered.emit(question.path, "", value)
            return
        text = value
        if question.control == "select":
            now = question.text.split()
            kept = [one for one in now if one != value]
            text = " ".join(kept if value in now else [*kept, value])
        self.answered.emit(question.path, text, Said.VALUE.value)

    def step(self, by: int) -> None:
        """The next question, or the one before."""
        self._at = min(max(self._at + by, 0), len(self._questions))
        self._show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Numbers choose, Enter goes on, Backspace goes back, Esc turns the laptop back."""
        cards = list(self._cards)
        number = event.text()
        if event.key() == Qt.Key.Key_Escape:
            self.turned_back.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.step(1)
        elif event.key() == Qt.Key.Key_Backspace:
            self.step(-1)
        elif number.isascii() and number.isdigit() and 0 < int(number) <= len(cards):
            self._choose(cards[int(number) - 1])
        # Nothing else leaves this screen: keys of the staff's view do not work on it.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It always covers the whole window."""
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
            self._place_cards()
        return False

    # -- lay-out ------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        theme, px = self._theme, self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        body = QWidget()
        body.setLayoutDirection(direction_of(self._client))
        inside = QVBoxLayout(body)
        side = min(px(MARGIN), 96)
        inside.setContentsMargins(side, 28, side, 24)
        inside.setSpacing(20)
        self._place = Text(theme, "", Type.LEAD, tone="second", language=self._client, wrap=False)
        inside.addWidget(self._place)
        step = Type.QUESTION if theme.scale <= LARGE else Type.BODY
        self._note = Text(theme, "", step, bold=False, language=self._client)
        inside.addWidget(self._note)
        # Large letters of staff are large here already; twice that would fit nowhere.
        step = Type.CLIENT_QUESTION if theme.scale <= LARGE else Type.QUESTION
        self._question = Text(theme, "", step, language=self._client)
        inside.addWidget(self._question)
        step = Type.QUESTION if theme.scale <= LARGE else Type.BODY
        self._aloud = Text(theme, "", step, tone="second", bold=False, language=self._client)
        inside.addWidget(self._aloud)
        self._grid = QGridLayout()
        self._grid.setSpacing(20)
        inside.addLayout(self._grid)
        self._next = Button(theme, self._words.onward, kind="primary", size="large", name="turned_next")
        self._next.setLayoutDirection(direction_of(self._client))
        self._next.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._next.clicked.connect(lambda _checked=False: self.step(1))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._next)
        inside.addLayout(row)
        inside.addStretch(1)
        column.addWidget(scrolled(body, "turned_body"), 1)
        column.addWidget(self._strip())

    def _strip(self) -> QWidget:
        bar = QWidget()
        surface(bar, "sunk", edge="top")
        bar.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        bar.setMinimumHeight(FOOTER_HEIGHT)
        row = QHBoxLayout(bar)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(16)
        self._english = Text(self._theme, "", Type.CAPTION, tone="second")
        row.addWidget(self._english, 1)
        row.addWidget(Text(self._theme, tr("1 to 9 choose, Enter next"), Type.CAPTION, wrap=False))
        back = Button(self._theme, tr("Back to your view"), size="small", key="Esc", name="turn_back")
        back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        back.clicked.connect(lambda _checked=False: self.turned_back.emit())
        row.addWidget(back)
        return bar
